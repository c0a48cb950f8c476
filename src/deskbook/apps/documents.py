"""The document of a page: what is the same at every visit is sent before the page itself is made."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any, Final

import bokeh_fastapi.application
from bokeh.core.types import ID
from bokeh.resources import Resources
from bokeh_fastapi.handler import DocHandler
from fastapi import Request
from fastapi.responses import StreamingResponse

from deskbook.views.frame import MADE_AT_EACH_VISIT

log = logging.getLogger(__name__)
UNUSED: Final = ("bokeh-gl",)
"""Parts of Bokeh's JavaScript that no page asks for."""
AT_ONCE: Final = {"x-accel-buffering": "no"}
"""Tells a proxy in front to pass on what comes, and not to wait for the end."""
FAILED: Final = "<p role='alert'>This page could not be made; the server's log says why.</p></main></body></html>"
AGAIN: Final = "<script>location.reload()</script></main></body></html>"


class PageDocument(DocHandler):  # type: ignore[misc]  # bokeh_fastapi has no types
    """Bokeh's own would be silent until the page is made; so the browser has the frame and runs the scripts by then."""

    def __init__(self, application: Any, application_context: Any, *, theme: Callable[[], str]) -> None:
        super().__init__(application, application_context)
        self._theme = theme
        self._openings: dict[str, str] = {}

    async def get(self, request: Request, bokeh_session_id: ID | None = None) -> StreamingResponse:
        """Answer a visit, in two parts."""
        parts = self._parts(request, bokeh_session_id)
        return StreamingResponse(parts, media_type="text/html", headers=AT_ONCE)

    async def _parts(self, request: Request, session_id: ID | None) -> AsyncIterator[str]:
        try:
            theme = self._theme()  # the one thing the opening varies with
            sent = self._openings.get(theme, "")
            if sent:
                yield sent
            made, rest = await self._made(request, session_id)
        except Exception:  # the status is out by now: what failed is said where the page would stand, and logged
            log.exception("document failed path=%s", request.url.path)
            yield FAILED
            return
        self._openings[theme] = made
        if sent == made:
            yield rest
        else:
            yield AGAIN if sent else made + rest

    async def _made(self, request: Request, session_id: ID | None) -> tuple[str, str]:
        """The whole document of a new session, parted where it begins to be made for each visit."""
        session = await self.get_session(request, session_id)
        page: str = type(self).render_session(
            session,
            resources=_used(self.application.resources()),
            title=session.document.title,
            template=session.document.template,
            template_variables=session.document.template_variables,
        )
        opening, mark, rest = page.partition(MADE_AT_EACH_VISIT)
        return opening + mark, rest


def _used(resources: Resources) -> Resources:
    resources.components = [one for one in resources.components if one not in UNUSED]
    return resources


def use(theme: Callable[[], str]) -> None:
    """Have pages served so from now on.

    Args:
        theme: the theme kept for who visits, as the page's frame has it.
    """
    bokeh_fastapi.application.DocHandler = partial(PageDocument, theme=theme)

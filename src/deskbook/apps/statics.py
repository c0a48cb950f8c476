"""Static files, compressed once and kept by the browser as long as their address stays the same."""

from __future__ import annotations

import gzip
from typing import Any, Final

from fastapi import FastAPI, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deskbook.views.frame import load_script_from
from deskbook.views.surface import script, script_name

FOLDER: Final = "/static/"
OURS: Final = f"{FOLDER}deskbook/"
"""Where every file's name says its content."""
CONDITIONS: Final = (b"if-none-match", b"if-modified-since", b"range")
SMALL: Final = 1024
FOREVER: Final = b"public, max-age=31536000, immutable"
AN_HOUR: Final = b"public, max-age=3600"
TEXT: Final = ("text/", "application/javascript", "application/json", "image/svg")


def add_script(app: FastAPI) -> None:
    """Serve the pages' JavaScript at an address of its own, and have pages load it from there.

    Within each document it would travel, be parsed and compiled again at every load. Call it before Bokeh's own
    files are mounted, as they take the whole folder.
    """
    address = f"{OURS}{script_name()}.js"

    @app.get(address, include_in_schema=False)
    def page_script() -> Response:
        return Response(script(), media_type="text/javascript")

    load_script_from(f".{address}")


class Statics:
    """Serves files under `/static/` from memory, gzipped, after the first time; pages are gzipped as they come."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: dict[tuple[str, bool], tuple[dict[str, Any], bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or let the application answer and remember it."""
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(FOLDER):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        key = (scope["path"], "gzip" in headers.get("accept-encoding", ""))
        start, body = self._kept.get(key) or _prepared(await self._fetch(scope, receive), zipped=key[1])
        if start["status"] == 200:
            self._kept[key] = (start, body)
        shown = {**start, "headers": [*start["headers"], (b"cache-control", _kept_for(scope, start["status"]))]}
        await send(shown)
        await send({"type": "http.response.body", "body": body})

    async def _fetch(self, scope: Scope, receive: Receive) -> list[Message]:
        held: list[Message] = []

        async def collect(message: Message) -> None:
            held.append(message)

        # Conditional headers would give a part or no body at all, which could not be kept.
        raw = [(name, value) for name, value in scope["headers"] if name not in CONDITIONS]
        await self.app({**scope, "headers": raw, "extensions": {}}, receive, collect)
        return held


def _kept_for(scope: Scope, status: int) -> bytes:
    """How long a browser may keep a file: one whose address names its version, for ever; what failed, not at all."""
    if status >= 400:
        return b"no-store"
    return FOREVER if b"v=" in scope["query_string"] or scope["path"].startswith(OURS) else AN_HOUR


def _prepared(held: list[Message], *, zipped: bool) -> tuple[dict[str, Any], bytes]:
    start: dict[str, Any] = {**held[0], "headers": list(held[0]["headers"])}
    body = b"".join(message.get("body", b"") for message in held[1:])
    headers = MutableHeaders(raw=start["headers"])
    headers["vary"] = "accept-encoding"
    if zipped and len(body) > SMALL and headers.get("content-type", "").startswith(TEXT):
        body = gzip.compress(body, 6, mtime=0)
        headers["content-encoding"] = "gzip"
    headers["content-length"] = str(len(body))
    return start, body

"""The web door: FastAPI with the pages mounted, health checks, and what keeps strangers out."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any, Final

from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse, RedirectResponse
from panel.io.fastapi import add_applications

from deskbook.apps import documents, sockets
from deskbook.apps.exports import add_exports
from deskbook.apps.guard import Guard, allowed_hosts
from deskbook.apps.hooks import add_hooks
from deskbook.apps.lost import add_lost
from deskbook.apps.pages import Notebook, find_pages, page_of
from deskbook.apps.slack import add_slack
from deskbook.apps.statics import Statics, add_script
from deskbook.book import Book, share_book
from deskbook.errors import DeskbookError
from deskbook.sync.health import worst
from deskbook.views import lean, navigate

log = logging.getLogger(__name__)
KEEP_SECONDS: Final = 15


def make_app(book: Book, *, on_ready: Callable[[], None] = lambda: None) -> FastAPI:
    """The web application of a workspace: every notebook at its name, `/` leads to the first page.

    Args:
        on_ready: called once, when every page is warm.

    Raises:
        ConfigError: there is no page to serve, a notebook is none, or a dashboard does not hold.
    """
    os.environ["DESKBOOK_HOME"] = str(book.settings.workspace)  # where the notebooks look
    share_book(book)
    notebooks = find_pages(book.settings.workspace)
    navigate([one.link for one in notebooks])
    ready = Readiness()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        warming = asyncio.create_task(ready.warm(book, mounted, on_ready))
        yield
        warming.cancel()

    app = FastAPI(title=book.settings.name, docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    _health(app, book, ready)
    add_exports(app, book)
    add_hooks(app, book)
    add_slack(app, book)

    @app.get("/", include_in_schema=False)
    def first_page() -> RedirectResponse:
        return RedirectResponse(f"/{notebooks[0].name}")

    add_lost(app, book.settings.name, notebooks)
    add_script(app)
    sockets.use()
    documents.use(lambda: book.wishes.of(book.actor, "theme"))
    lean.use()
    hosts = allowed_hosts(book.settings.host, book.settings.origins)
    pages: dict[str, Any] = {f"/{one.name}": page_of(one, book.settings.name) for one in notebooks}
    mounted = add_applications(
        pages,
        app=app,
        title={f"/{one.name}": one.title for one in notebooks},
        websocket_origin=["*"],  # the guard below checks every origin, of pages and websockets alike
        unused_session_lifetime_milliseconds=KEEP_SECONDS * 1000,
    )
    app.state.pages = mounted
    app.add_middleware(Statics)
    app.add_middleware(Guard, hosts=hosts)
    return app


class Readiness:
    """Whether the hot copy is built and every page has been made once."""

    def __init__(self) -> None:
        self.done = False
        self.said = "starting"

    async def warm(self, book: Book, mounted: Any, on_ready: Callable[[], None]) -> None:
        """Build the hot copy beside the server, then make each page once so that the first visitor does not wait."""
        begun = perf_counter()
        self.said = "building the hot copy"
        try:
            await asyncio.to_thread(book.view)
        except DeskbookError as error:
            self.said = str(error)
            log.error("not ready: %s", error)
            return
        for path, context in mounted._applications.items():
            self.said = f"making {path}"
            await asyncio.sleep(0)
            context.application.create_document()
        # What is here now lives as long as the server; searching it for garbage would cost each page a third more.
        gc.collect()
        gc.freeze()
        self.done, self.said = True, "ready"
        log.info("ready pages=%d seconds=%.2f", len(mounted._applications), perf_counter() - begun)
        on_ready()


def _health(app: FastAPI, book: Book, ready: Readiness) -> None:
    @app.get("/health", include_in_schema=False)
    def sources() -> Response:
        """Each source's colour and the worst of them; why stands on the Sources page, for who may read it."""
        found = {name: one.colour for name, one in book.health().items()}
        status = worst(found.values())
        said = {"status": status, "watched": book.is_watched, "sources": found}
        return JSONResponse(said, status_code=503 if status == "red" else 200, headers={"cache-control": "no-store"})

    @app.get("/health/live", include_in_schema=False)
    def live() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/health/ready", include_in_schema=False)
    def is_ready() -> Response:
        return JSONResponse({"status": ready.said}, status_code=200 if ready.done else 503)


def serve(book: Book, host: str, port: int, *, say: Callable[[str], None] = log.info) -> None:
    """Serve the pages until stopped; says the address once they are ready."""
    import uvicorn

    os.environ.setdefault("BOKEH_LOG_LEVEL", "warn")
    os.environ.setdefault("BOKEH_VALIDATE_DOC", "false")
    shown = f"[{host}]" if ":" in host else host
    app = make_app(book, on_ready=lambda: say(f"Deskbook is at http://{shown}:{port}  (Ctrl-C stops it)"))
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)


__all__ = ["Notebook", "Readiness", "make_app", "serve"]

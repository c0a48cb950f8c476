"""What an address that leads nowhere shows: the closest page, and all there are."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from html import escape

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.exceptions import HTTPException

from deskbook.apps.pages import Notebook
from deskbook.views.theme import css_tokens

STYLE = (
    "body{background:var(--paper);color:var(--ink);font:16px/1.5 var(--font);max-width:60ch;margin:12vh auto;"
    "padding:0 24px}a{color:var(--accent)}li{line-height:44px}ul{list-style:none;padding:0;columns:2}"
)


def add_lost(app: FastAPI, desk: str, pages: Sequence[Notebook]) -> None:
    """Answer a browser that asks for a page there is not with those there are; its filters are kept in the links."""

    @app.exception_handler(404)
    async def lost(request: Request, error: HTTPException) -> Response:
        name = request.url.path.strip("/")
        if "text/html" not in request.headers.get("accept", ""):
            return JSONResponse({"detail": error.detail}, status_code=404)
        return HTMLResponse(_drawn(name, request.url.query, desk, pages), status_code=404)


def _drawn(name: str, query: str, desk: str, pages: Sequence[Notebook]) -> str:
    titles = {page.name: page.title for page in pages}
    tail = f"?{escape(query)}" if query else ""
    close = get_close_matches(name, titles, n=1, cutoff=0.5)
    links = {page: f'<a href="/{escape(page)}{tail}">{escape(title)}</a>' for page, title in titles.items()}
    meant = f"<p>Did you mean {links[close[0]]}?</p>" if close else ""
    system = css_tokens().replace(":root[data-theme=dark]{", "@media (prefers-color-scheme:dark){:root{") + "}"
    return (
        f"<!DOCTYPE html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>No such page · {escape(desk)}</title><style>{system}{STYLE}</style>"
        f"<h1>There is no page “{escape(name[:80])}”</h1>{meant}"
        f"<p>Pages of {escape(desk)}:</p><ul>{''.join(f'<li>{link}</li>' for link in links.values())}</ul></html>"
    )

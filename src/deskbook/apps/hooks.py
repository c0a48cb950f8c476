"""The door for webhooks: a help desk calls `/hooks/ENTRY` when something changed, and is answered at once."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from deskbook.book import Book
from deskbook.book.connecting import Replayed
from deskbook.errors import AuthFailed, DeskbookError, UnknownName, Unreadable

log = logging.getLogger(__name__)
MOST_BYTES: Final = 1024 * 1024
STATUS: Final[tuple[tuple[type[DeskbookError], int, str], ...]] = (
    (AuthFailed, 401, "the signature is missing, wrong or too old"),
    (Replayed, 401, "this call came before"),
    (UnknownName, 404, "no entry of that name takes webhooks"),
    (Unreadable, 422, "the call is signed, and says nothing that is known"),
)
"""What a caller is told of a failure: never more than that, as it may be anybody."""


def add_hooks(app: FastAPI, book: Book) -> None:
    """Add the door."""

    @app.post("/hooks/{entry}", include_in_schema=False)
    async def hooked(entry: str, request: Request) -> Response:
        body = await body_of(request)
        if body is None:
            return too_long()
        try:
            reply = await asyncio.to_thread(book.heard, entry, _headers(request), body)
        except DeskbookError as error:
            return refused(entry, error)
        return JSONResponse({"status": "ok"} if reply is None else reply)

    @app.options("/hooks/{entry}", include_in_schema=False)
    async def asked(entry: str, request: Request) -> Response:
        try:
            allowed = await asyncio.to_thread(book.consent, entry, _headers(request))
        except DeskbookError as error:
            return refused(entry, error)
        return Response(headers=dict(allowed))


def _headers(request: Request) -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers.items()}


async def body_of(request: Request) -> bytes | None:
    """The body of a call; None of one that is too long, read no further than that."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return None
    return body


def too_long() -> Response:
    """What the caller of such a one is told."""
    return _said(413, f"more than {MOST_BYTES:,} bytes")


def refused(entry: str, error: DeskbookError) -> Response:
    """What the caller is told; why, stands in the log."""
    log.warning("webhook refused entry=%r: %s", entry[:80], error)
    for kind, status, said in STATUS:
        if isinstance(error, kind):
            return _said(status, said)
    return _said(503, "not now; call again later")


def _said(status: int, said: str) -> Response:
    return JSONResponse({"status": "refused", "said": said}, status_code=status)

"""Downloads: the tickets a page shows, all of them, as CSV."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse

from deskbook.book import Book
from deskbook.errors import DeskbookError
from deskbook.metrics import to_csv
from deskbook.views import tickets_asked


def add_exports(app: FastAPI, book: Book) -> None:
    """`/tickets.csv` with the address of a tickets page: one row a ticket, nothing cut off."""

    @app.get("/tickets.csv", include_in_schema=False)
    async def tickets(request: Request) -> Response:
        asked = {name: request.query_params.getlist(name) for name in request.query_params}
        try:
            text = await asyncio.to_thread(_tickets_csv, book.pinned(), asked)
        except DeskbookError as error:
            return PlainTextResponse(str(error), status_code=400)
        headers = {"content-disposition": 'attachment; filename="tickets.csv"', "cache-control": "no-store"}
        return Response("\ufeff" + text, media_type="text/csv; charset=utf-8", headers=headers)


def _tickets_csv(book: Any, asked: dict[str, list[str]]) -> str:
    frame = tickets_asked(book, asked)
    rows: list[dict[Any, Any]] = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return to_csv(rows, frame.columns)

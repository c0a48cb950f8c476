"""Downloads: the tickets a page shows, all of them, as CSV; and any page or view of it as a file."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pandas as pd
from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse

from deskbook.book import Book
from deskbook.errors import BadValue, ConfigError, DeskbookError, UnknownName
from deskbook.locales import chosen
from deskbook.metrics import to_csv
from deskbook.reports import FORMS, MEDIA, find_page, write_report
from deskbook.views import tickets_asked

MOST_WAITING: Final = 4
"""Files asked for and not begun; who comes after them is told to come back."""
RETRY_SECONDS: Final = 30


def add_exports(app: FastAPI, book: Book) -> None:
    """`/tickets.csv` with the address of a tickets page, and `/export/PAGE.FORM` with the address of any page."""

    @app.get("/tickets.csv", include_in_schema=False)
    async def tickets(request: Request) -> Response:
        asked = {name: request.query_params.getlist(name) for name in request.query_params}
        try:
            text = await asyncio.to_thread(_tickets_csv, book.pinned(wait=False), asked)
        except DeskbookError as error:
            return PlainTextResponse(str(error), status_code=400)
        headers = {"content-disposition": 'attachment; filename="tickets.csv"', "cache-control": "no-store"}
        return Response("\ufeff" + text, media_type="text/csv; charset=utf-8", headers=headers)

    @app.get("/quarantine.csv", include_in_schema=False)
    async def quarantine(entry: str) -> Response:
        if entry not in book.catalog.names:
            return PlainTextResponse(str(UnknownName("catalog entry", entry, book.catalog.names)), status_code=404)
        text = await asyncio.to_thread(_csv, book.quarantine, entry)
        name = quote(f"quarantine-{entry}.csv")
        headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
        return Response("\ufeff" + text, media_type="text/csv; charset=utf-8", headers=headers)

    turns = Turns()

    @app.get("/export/{page}.{form}", include_in_schema=False)
    async def export(page: str, form: str, request: Request) -> Response:
        try:
            find_page(book.settings.workspace, page)
            if form not in FORMS:
                raise UnknownName("form", form, FORMS)
        except UnknownName as error:
            return PlainTextResponse(str(error), status_code=404)
        if turns.waiting >= MOST_WAITING:
            said = f"{MOST_WAITING} files are waiting to be made already. Try again in {RETRY_SECONDS} s."
            return PlainTextResponse(said, status_code=503, headers={"retry-after": str(RETRY_SECONDS)})
        asked = dict(request.query_params)
        locale = chosen(book.settings.locale, request.headers.get("accept-language", ""))
        async with turns.turn():
            return await asyncio.to_thread(_made, book, page, form, asked, locale)


class Turns:
    """Files are made one at a time: a report runs under the environment, which is the process's."""

    def __init__(self) -> None:
        self.waiting = 0
        self._lock = asyncio.Lock()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until nobody else's file is being made."""
        self.waiting += 1
        try:
            await self._lock.acquire()
        finally:
            self.waiting -= 1
        try:
            yield
        finally:
            self._lock.release()


def _made(book: Book, page: str, form: Any, asked: dict[str, str], locale: str) -> Response:
    """The file as it is sent; what was asked wrongly is said, with the status that fits."""
    view = asked.pop("view", "")
    ending = "zip" if form == "csv" and not view else form
    given = [f"{name}={value}" for name, value in asked.items()]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"report.{ending}"
        try:
            made = write_report(
                page, given, to=form, output=file, workspace=book.settings.workspace, view=view, locale=locale
            )
        except (BadValue, ConfigError) as error:
            return PlainTextResponse(str(error), status_code=400)
        except DeskbookError as error:
            return PlainTextResponse(str(error), status_code=500)
        headers = {"content-disposition": f'attachment; filename="{quote(made["name"])}"', "cache-control": "no-store"}
        return Response(file.read_bytes(), media_type=MEDIA[ending], headers=headers)


def _tickets_csv(book: Any, asked: dict[str, list[str]]) -> str:
    return _csv(lambda: tickets_asked(book, asked))


def _csv(read: Callable[..., pd.DataFrame], *given: str) -> str:
    frame = read(*given)
    rows: list[dict[Any, Any]] = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return to_csv(rows, frame.columns)

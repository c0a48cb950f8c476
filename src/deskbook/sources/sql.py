"""Any SQL database with a SQLAlchemy dialect: one table or one query, whole or what is new by a column."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pyarrow as pa

from deskbook.errors import Unreachable
from deskbook.schema import Batch
from deskbook.sources import drift, mapping
from deskbook.sources.arrays import flat, texts
from deskbook.sources.bulk import Field, fields_of, read_pages
from deskbook.sources.contract import Clock, Cursor, Entry, Page, Source, source
from deskbook.sources.database import Database, Reading
from deskbook.sources.following import new_rows
from deskbook.sources.forms import form, form_of
from deskbook.sources.hosts import backend_of
from deskbook.sources.listening import heard
from deskbook.sources.moments import placed
from deskbook.sources.rules import has_history
from deskbook.sources.selecting import select_of
from deskbook.sources.size import Size
from deskbook.sources.sqloptions import SqlOptions, sql_options
from deskbook.sources.sweeping import (
    check_key,
    is_due,
    key_of,
    present_keys,
    tombstones,
    with_gone,
    without_deleted,
)
from deskbook.sources.undecoded import decoded, naive_times
from deskbook.sources.whole import all_rows, one_page

if TYPE_CHECKING:
    from sqlalchemy import Select

log = logging.getLogger(__name__)
KEPT = ("columns", "swept_at", "tombstones", "unswept")
"""What a cursor holds beside the place in the rows."""


class Sql:
    """One table or query of a SQL database.

    The cursor is that of `deskbook.sources.following` or `deskbook.sources.whole`, with the columns last seen, when
    keys were last swept, whether they still are to be, and a hash of the tombstones; of an archive also its file's.
    """

    def __init__(self, entry: Entry, options: SqlOptions, clock: Clock) -> None:
        self._entry, self._options, self._clock = entry, options, clock
        self._is_whole = has_history(entry)
        self._database = Database(options, entry.folder, entry.name)
        self._origin = options.table or "query"
        self._key = key_of(entry)
        check_key(options, self._key, entry)

    def pull(self, cursor: Cursor) -> Iterator[Page]:
        """Pages of new rows, or of the whole if anything in it changed; on another host where one is lost.

        Raises:
            SourceError: no host answers, or the database refuses.
        """
        if self._options.archive:
            yield from self._pull_archive(cursor)
            return
        tries = 0
        while True:
            try:
                for page in self._pull(cursor):
                    cursor = page.cursor
                    yield page
            except Unreachable as error:
                tries += 1
                if tries >= len(self._database.hosts):
                    raise
                log.warning("the pull goes on elsewhere: %s", error)
            else:
                return

    def normalise(self, page: Page) -> list[Batch]:
        """The page as standard tables, by the entry's mapping; what is gone by the ids it takes."""
        page, rejects = decoded(
            without_deleted(page, self._options, self._key, self._entry), self._options, self._entry
        )
        first, *others = with_gone(
            mapping.normalise(self._entry, page, self._clock()), page, self._entry, self._clock()
        )
        return [replace(first, rejects=(*rejects, *first.rejects)), *others]

    def sample(self, rows: int) -> pa.Table:
        """The first rows."""
        with self._database.reading() as reading:
            select = self._select(reading)
            fields = fields_of(reading, select)
            found = list(read_pages(reading, select.limit(rows), fields, Size(rows)))
            return self._placed(found[0], fields) if found else self._empty(fields)

    def _select(self, reading: Reading) -> Select[Any]:
        return select_of(reading, self._options.query or self._options.table)

    def _pull(self, cursor: Cursor) -> Iterator[Page]:
        with self._database.reading() as reading:
            select = self._select(reading)
            fields = fields_of(reading, select)
            notes = drift.changes(self._entry, cursor.get("columns", {}), fields, self._origin)
            naive_times(fields, self._options, self._entry)
            for note in notes:
                log.warning("entry=%s %s", self._entry.name, note)
            state = {**cursor, "columns": drift.columns_of(fields)}
            kept = {name: state[name] for name in KEPT if name in state}
            with closing(self._rows(reading, select, fields, _same(cursor, fields, self._options))) as found:
                for page in found:
                    page = self._with_keys(page)
                    if page.first and cursor.get("digest") and page.present is None and not self._is_whole:
                        kept["unswept"] = self._options.sweep != "never"
                    state = {**page.cursor, **kept}
                    rows = self._placed(page.rows, fields)
                    yield replace(page, rows=rows, cursor=state, notes=notes, is_read_only=True)
                    notes = ()
            yield from self._gone(reading, select, fields, state, notes)

    def _rows(self, reading: Reading, select: Select[Any], fields: Sequence[Field], cursor: Cursor) -> Generator[Page]:
        if self._is_whole:
            yield from one_page(reading, select, fields, self._options.size, self._origin, cursor)
        elif self._options.cursor_column:
            own = {name: cursor[name] for name in ("after", "seen") if name in cursor}
            for page in new_rows(reading, select, fields, self._options, self._entry, own):
                yield page if page.rows.num_columns else replace(page, rows=self._empty(fields))
        else:
            yield from all_rows(reading, select, fields, self._options.size, self._origin, cursor)

    def _with_keys(self, page: Page) -> Page:
        """A page that is the whole table knows all keys."""
        by_hash = not self._is_whole and not self._options.cursor_column and self._options.sweep != "never"
        if not (by_hash and page.first and page.cursor["complete"] and self._key in page.rows.column_names):
            return page
        return replace(page, present=pa.chunked_array([texts(flat(page.rows.column(self._key)))]))

    def _gone(
        self,
        reading: Reading,
        select: Select[Any],
        fields: Sequence[Field],
        state: dict[str, Any],
        notes: tuple[str, ...],
    ) -> Iterator[Page]:
        """Pages that tell what is gone, or only what is new about the columns."""
        if self._options.tombstones and self._key:
            keys, digest = tombstones(reading, self._options)
            if state.get("tombstones") != digest:
                state = {**state, "tombstones": digest}
                yield replace(self._page(fields, state), gone=keys, notes=notes)
                notes = ()
        # A replica may lag behind what was read of the first host: from there nothing is told to be gone.
        if self._key and reading.host.is_first and self._is_swept(state):
            state = {name: value for name, value in state.items() if name != "unswept"}
            if self._options.sweep == "daily":
                state["swept_at"] = self._clock().isoformat()
            with present_keys(reading, select, self._key, fields) as keys_there:
                yield replace(self._page(fields, state), present=keys_there, notes=notes)
        elif notes:
            yield replace(self._page(fields, state), notes=notes)

    def _is_swept(self, state: Cursor) -> bool:
        return bool(state.get("unswept")) or is_due(self._options, str(state.get("swept_at", "")), self._clock())

    def _page(self, fields: Sequence[Field], state: Cursor) -> Page:
        return Page(self._empty(fields), np.array([], np.int64), self._origin, dict(state))

    def _empty(self, fields: Sequence[Field]) -> pa.Table:
        return pa.table({field.name: pa.array([], pa.null()) for field in fields})

    def _placed(self, rows: pa.Table, fields: Sequence[Field]) -> pa.Table:
        """The rows with times that the database keeps without a zone in UTC."""
        naive = {field.name for field in fields if field.kind == "time"} if self._options.zone else set()
        for place, name in enumerate(rows.column_names):
            if name in naive and rows.num_rows:
                rows = rows.set_column(place, name, placed(flat(rows.column(name)), self._options.zone))
        return rows

    def _pull_archive(self, cursor: Cursor) -> Iterator[Page]:
        """The pages of a file that never changes: none where its hash is that of the cursor."""
        file = self._database.file
        digest = ""
        if file is not None:
            with file.open("rb") as stream:
                digest = hashlib.file_digest(cast(Any, stream), "sha256").hexdigest()
        if digest and cursor.get("file") == digest and cursor.get("complete", True):
            return
        own = cursor if cursor.get("file") == digest else {}
        for page in self._pull(own):
            yield replace(page, cursor={**page.cursor, "file": digest})


class ListeningSql(Sql):
    """A table of PostgreSQL that says when it changed."""

    def wakes(self, stop: Event) -> Iterator[None]:
        """Yields when something was said on the entry's channel."""
        yield from heard(self._database, self._options.notify, stop)


@source("sql")
def sql(entry: Entry, clock: Clock) -> Source:
    """The source of a `sql` entry; one that listens if the entry names a channel."""
    url = str(entry.options.get("url") or "")
    options = sql_options(entry, backend_of(url, entry.name) if url else "")
    return (ListeningSql if options.notify else Sql)(entry, options, clock)


def _same(cursor: Cursor, fields: Sequence[Field], options: SqlOptions) -> Cursor:
    """The cursor; an empty one where the column it follows is of another type than it was."""
    before = cursor.get("columns", {}).get(options.cursor_column)
    now = {field.name: field.kind for field in fields}.get(options.cursor_column)
    return {} if options.cursor_column and before is not None and now is not None and before != now else cursor


form.add(
    "sql",
    form_of(
        SqlOptions,
        title="Database",
        reads="A table or query of PostgreSQL, MySQL, MariaDB, SQLite or any database that SQLAlchemy speaks to.",
        shown=("url", "password", "table", "query", "cursor_column"),
        url={
            "label": "Address",
            "example": "postgresql+psycopg://reader@db.example/desk",
            "help": "dialect://user@host/database, or sqlite:///desk.db; a file starts at the catalog's folder.",
        },
        table={
            "example": "tickets",
            "help": "A table or view, schema.table where it needs one; or leave it to a query.",
        },
        query={"kind": "long", "example": "select * from tickets", "help": "One SELECT or WITH, in place of a table."},
        cursor_column={"label": "Grows with every change", "example": "updated_at"},
    ),
)

"""Any SQL database with a SQLAlchemy dialect: one table or one query, whole or what is new by a column."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from deskbook.errors import ConfigError, UnknownName, Unreadable
from deskbook.schema import Batch, Reject
from deskbook.sources import mapping
from deskbook.sources.arrays import array_of, json_text
from deskbook.sources.contract import Clock, Cursor, Entry, Page, source
from deskbook.sources.database import Database
from deskbook.sources.forms import PASSWORD, form, form_of
from deskbook.sources.history import ROWS_AT_ONCE, check_size
from deskbook.sources.layout import unique_names
from deskbook.sources.rules import has_history
from deskbook.sources.statements import read_only

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

PAYLOAD_SHOWN = 2_000
Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True, kw_only=True)
class SqlOptions:
    """Options of a `sql` entry: its url, a table or a query, and how to go on.

    Attributes:
        cursor_column: grows with every change (updated_at, id); without it the whole is compared.
        page_rows: rows a page.
    """

    url: str
    table: str = ""
    query: str = ""
    cursor_column: str = ""
    page_rows: int = 50_000


@source("sql")
class Sql:
    """One table or query of a SQL database.

    The cursor is `{"sha256", "rows_done", "complete"}` for a whole read; with a cursor column it
    is `{"after": [kind, value], "seen": [hash of each row at that value]}`.
    """

    def __init__(self, entry: Entry, clock: Clock) -> None:
        self._entry, self._clock = entry, clock
        self._options, self._is_whole = _options(entry), has_history(entry)
        self._database = Database(self._options.url, entry.folder, entry.name)
        self._origin = self._options.table or "query"

    def pull(self, cursor: Cursor) -> Iterator[Page]:
        """Pages of new rows, or of the whole if anything in it changed."""
        with self._database.reading() as connection:
            if self._options.cursor_column:
                yield from self._pull_new(connection, cursor)
            else:
                yield from self._pull_whole(connection, cursor)

    def normalise(self, page: Page) -> list[Batch]:
        """The page as standard tables, by the entry's mapping."""
        return mapping.normalise(self._entry, page, self._clock())

    def sample(self, rows: int) -> pa.Table:
        """The first rows."""
        with self._database.reading() as connection:
            names, pages = self._rows(connection, self._select(connection).limit(rows), rows)
            return _table(names, next(pages, []))

    def _select(self, connection: Connection) -> Select[Any]:
        import sqlalchemy as sa

        everything: sa.ColumnClause[Any] = sa.literal_column("*")
        if self._options.query:
            query = self._options.query.replace(":", "\\:")  # else a colon begins a bound value
            return sa.select(everything).select_from(sa.text(f"({query}) AS q"))
        self._database.check_table(connection, self._options.table)
        schema, _, name = self._options.table.rpartition(".")
        order: list[sa.ColumnClause[Any]] = [
            sa.column(one) for one in self._database.order(connection, self._options.table)
        ]
        return sa.select(everything).select_from(sa.table(name, schema=schema or None)).order_by(*order)

    def _rows(self, connection: Connection, select: Select[Any], size: int) -> tuple[list[str], Iterator[Rows]]:
        result = connection.execution_options(stream_results=True, max_row_buffer=size).execute(select)
        return list(unique_names(list(result.keys()))), iter(result.partitions(size))

    def _pull_whole(self, connection: Connection, cursor: Cursor) -> Iterator[Page]:
        size, digest = ROWS_AT_ONCE if self._is_whole else self._options.page_rows, hashlib.sha256()
        select = self._select(connection)
        names, pages = self._rows(connection, select, size)
        digest.update(repr(names).encode())
        count = 0
        for rows in pages:
            count += len(rows)
            for row in rows:
                digest.update(repr(tuple(row)).encode("utf-8", "replace"))
        found = digest.hexdigest()
        if self._is_whole:
            check_size(count, self._origin)
        same = cursor.get("sha256") == found
        if same and cursor["complete"]:
            return
        done = cursor["rows_done"] if same and not self._is_whole else 0
        first = done == 0
        _, pages = self._rows(connection, select, size)
        at = 0
        for rows in pages:
            at += len(rows)
            kept = rows[max(0, len(rows) - (at - done)) :] if at > done else []
            if not kept:
                continue
            state = {"sha256": found, "rows_done": at, "complete": at >= count}
            lines = np.arange(at - len(kept), at, dtype=np.int64) + 1
            yield Page(_table(names, kept), lines, self._origin, state, replaces=first and at >= count, first=first)
            first = False
        if not count:
            state = {"sha256": found, "rows_done": 0, "complete": True}
            yield Page(_table(names, []), np.array([], np.int64), self._origin, state, replaces=True, first=True)

    def _pull_new(self, connection: Connection, cursor: Cursor) -> Iterator[Page]:
        import sqlalchemy as sa

        by: sa.ColumnElement[Any] = sa.column(self._options.cursor_column)
        select = self._select(connection).order_by(None)
        names, _ = self._rows(connection, select.limit(1), 1)
        if self._options.cursor_column not in names:
            raise UnknownName(f"cursor_column of entry '{self._entry.name}'", self._options.cursor_column, names)
        rejects = () if cursor else self._without_value(connection, select.where(by.is_(None)))
        select = select.where(by.is_not(None)).order_by(by)
        if cursor:
            select = select.where(by >= sa.literal(_value(cursor["after"])))
        _, pages = self._rows(connection, select, self._options.page_rows)
        place = names.index(self._options.cursor_column)
        after, seen = (_value(cursor["after"]), set(cursor["seen"])) if cursor else (None, set())
        first, line = not cursor, 1
        for rows in pages:
            new = [row for row in rows if row[place] != after or _hash(row) not in seen]
            last = rows[-1][place]
            at_last = {_hash(row) for row in rows if row[place] == last}
            after, seen = last, (seen | at_last if last == after else at_last)
            if new:
                state = {"after": _kept(last), "seen": sorted(seen)}
                lines = np.arange(line, line + len(new), dtype=np.int64)
                yield Page(_table(names, new), lines, self._origin, state, rejects=rejects, first=first)
                first, rejects, line = False, (), line + len(new)

    def _without_value(self, connection: Connection, select: Select[Any]) -> tuple[Reject, ...]:
        names, pages = self._rows(connection, select, self._options.page_rows)
        column = self._options.cursor_column
        reason = f"{column} is empty, so the row cannot be followed by it"
        return tuple(
            Reject(
                self._entry.table,
                self._origin,
                0,
                column,
                reason,
                json_text(dict(zip(names, row, strict=True)))[:PAYLOAD_SHOWN],
            )
            for rows in pages
            for row in rows
        )


def _options(entry: Entry) -> SqlOptions:
    known = [field.name for field in fields(SqlOptions)]
    for name in entry.options:
        if name not in known:
            raise UnknownName(f"option of entry '{entry.name}'", name, known)
    if not entry.options.get("url"):
        raise ConfigError(f"Entry '{entry.name}' has no url:. Write a SQLAlchemy URL, such as sqlite:///desk.db.")
    options = SqlOptions(**entry.options)
    if bool(options.table) == bool(options.query):
        raise ConfigError(f"Entry '{entry.name}' wants either table: or query:.")
    if not isinstance(options.page_rows, int) or options.page_rows < 1:
        raise ConfigError(
            f"Entry '{entry.name}': page_rows: wants a whole number from 1 on, got {options.page_rows!r}."
        )
    if options.cursor_column and has_history(entry):
        raise ConfigError(
            f"Entry '{entry.name}' has cursor_column: '{options.cursor_column}' and history:. A history is compared "
            "with earlier rows, so it is read as a whole: take cursor_column: out."
        )
    if options.query:
        return SqlOptions(**{**entry.options, "query": read_only(options.query, entry.name)})
    return options


def _table(names: Sequence[str], rows: Rows) -> pa.Table:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return pa.table([array_of(column) for column in columns], names=list(names))


def _hash(row: Sequence[Any]) -> str:
    return hashlib.sha256(repr(tuple(row)).encode("utf-8", "replace")).hexdigest()[:16]


def _kept(value: object) -> list[Any]:
    """A cursor value as JSON can hold it."""
    if isinstance(value, datetime):
        return ["datetime", value.isoformat()]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    if isinstance(value, Decimal):
        return ["decimal", str(value)]
    if isinstance(value, str | int | float):
        return ["plain", value]
    raise Unreadable(f"cursor_column holds {type(value).__name__}; wanted times, numbers or texts.")


def _value(kept: Sequence[Any]) -> Any:
    kind, value = kept
    readers: Mapping[str, Any] = {"datetime": datetime.fromisoformat, "date": date.fromisoformat, "decimal": Decimal}
    return readers[kind](value) if kind in readers else value


form.add(
    "sql",
    form_of(
        SqlOptions,
        title="Database",
        reads="A table or query of PostgreSQL, MySQL, MariaDB, SQLite or any database that SQLAlchemy speaks to.",
        shown=("url", "password", "table", "query", "cursor_column"),
        more=(PASSWORD,),
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

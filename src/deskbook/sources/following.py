"""What is new in a table by a column that grows with every change, ties and late commits included."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deskbook.errors import ConfigError, UnknownName, Unreadable
from deskbook.schema import Reject
from deskbook.sources.arrays import json_text
from deskbook.sources.bulk import Field, read_pages
from deskbook.sources.contract import Cursor, Entry, Page
from deskbook.sources.database import Reading
from deskbook.sources.sqloptions import SqlOptions

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

PAYLOAD_SHOWN: Final = 2_000
BEYOND: Final = "10000-01-01"
"""From here on times cannot be followed: nothing would ever come after PostgreSQL's infinity."""
TIMES: Final = ("time", "moment", "date")


def new_rows(
    reading: Reading, select: Select[Any], fields: Sequence[Field], options: SqlOptions, entry: Entry, cursor: Cursor
) -> Iterator[Page]:
    """Pages of the rows whose cursor column lies at or behind the last one seen.

    The cursor is `{"after": [kind, value], "seen": [hash of each row at that value]}`. With `overlap_seconds` rows
    from that long before are read again; those that the lake has it does not write.

    Raises:
        UnknownName: there is no such column.
    """
    import sqlalchemy as sa

    names = [field.name for field in fields]
    if options.cursor_column not in names:
        raise UnknownName(f"cursor_column of entry '{entry.name}'", options.cursor_column, names)
    kind = fields[names.index(options.cursor_column)].kind
    by: sa.ColumnElement[Any] = sa.column(options.cursor_column)
    odd: sa.ColumnElement[bool] = by.is_(None)
    if reading.backend == "postgresql" and kind in TIMES:
        odd = sa.or_(odd, by >= sa.literal(BEYOND))
    rejects = () if cursor else _not_followed(reading, select.where(odd), fields, options, entry)
    wanted = select.where(sa.not_(odd)).order_by(None).order_by(by)
    if cursor:
        wanted = wanted.where(by >= _literal(_from(cursor, options, entry), reading))
    state = (_value(cursor["after"]), set(cursor["seen"])) if cursor else (None, set())
    first, line = not cursor, 1
    for table in read_pages(reading, wanted, fields, options.size):
        new, state = _new(table, options.cursor_column, *state)
        if new.num_rows:
            kept = {"after": _kept(state[0]), "seen": sorted(state[1])}
            lines = np.arange(line, line + new.num_rows, dtype=np.int64)
            yield Page(new, lines, options.table or "query", kept, rejects=rejects, first=first)
            first, rejects, line = False, (), line + new.num_rows
    if rejects:
        yield Page(
            pa.schema([]).empty_table(), np.array([], np.int64), options.table or "query", cursor, rejects=rejects
        )


def _new(table: pa.Table, column: str, after: Any, seen: set[str]) -> tuple[pa.Table, tuple[Any, set[str]]]:
    """The rows that were not seen, and the last value with the rows that stand at it."""
    values, new = table.column(column), table
    known = [place for place in _places(values, after) if _hash(table, place) in seen] if seen else []
    if known:
        keep = np.ones(len(values), dtype=bool)
        keep[known] = False
        new = table.filter(pa.array(keep))
    last = values[-1].as_py()
    if after is not None and _lies_before(last, after):
        return new, (after, seen)
    at_last = {_hash(table, place) for place in _places(values, last)}
    return new, (last, seen | at_last if last == after else at_last)


def _places(values: pa.ChunkedArray, wanted: Any) -> list[int]:
    """Where a value stands in a column; nowhere if it is of another type."""
    try:
        return list(np.flatnonzero(pc.fill_null(pc.equal(values, pa.scalar(wanted, values.type)), False).to_numpy()))
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
        return []


def _lies_before(value: Any, after: Any) -> bool:
    """Whether a page of an overlap ends before what was seen already."""
    return type(value) is type(after) and bool(value < after)


def _not_followed(
    reading: Reading, select: Select[Any], fields: Sequence[Field], options: SqlOptions, entry: Entry
) -> tuple[Reject, ...]:
    """The rows that have no value to be followed by."""
    column, found = options.cursor_column, []
    for table in read_pages(reading, select, fields, options.size):
        for row in table.to_pylist():
            said = "empty" if row[column] is None else f"'{row[column]}'"
            reason = f"{column} is {said}, so the row cannot be followed by it"
            payload = json_text(row)[:PAYLOAD_SHOWN]
            found.append(Reject(entry.table, options.table or "query", 0, column, reason, payload))
    return tuple(found)


def _from(cursor: Cursor, options: SqlOptions, entry: Entry) -> Any:
    after = _value(cursor["after"])
    if not options.overlap_seconds:
        return after
    if isinstance(after, datetime):
        return after - timedelta(seconds=options.overlap_seconds)
    if isinstance(after, int | float | Decimal):
        return after - options.overlap_seconds
    raise ConfigError(
        f"Entry '{entry.name}': overlap_seconds: wants a cursor_column of times, or of seconds since 1970; "
        f"'{options.cursor_column}' holds {type(after).__name__}. Take it out, or name another column."
    )


def _literal(value: Any, reading: Reading) -> ColumnElement[Any]:
    """The value to start from; PostgreSQL takes it as a text of the column's own type."""
    import sqlalchemy as sa

    if reading.backend == "postgresql":
        return sa.literal(value.isoformat(" ") if isinstance(value, datetime) else str(value), sa.Text)
    return sa.literal(value)


def _hash(table: pa.Table, place: int) -> str:
    row = tuple(table.slice(int(place), 1).to_pylist()[0].values())
    return hashlib.sha256(repr(row).encode("utf-8", "replace")).hexdigest()[:16]


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

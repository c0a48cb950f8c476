"""Rows of a SELECT as Arrow tables of bounded size, by the quickest way each database has.

PostgreSQL sends binary COPY through ADBC; MariaDB and MySQL send texts, which are cut out of the wire as columns;
SQLite and all others are read row by row. None of them holds more than a page of rows or of bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from deskbook.sources.allocation import give_back
from deskbook.sources.arrays import array_of
from deskbook.sources.database import Reading
from deskbook.sources.layout import unique_names
from deskbook.sources.moments import readable
from deskbook.sources.mysqlrows import column_blocks
from deskbook.sources.size import Size

if TYPE_CHECKING:
    from sqlalchemy import Select

FIRST_ROWS, MOST_ROWS = 8, 10_000
"""Rows asked for at first, and at most, by drivers that cannot count bytes."""
POSTGRES: Final = {
    16: "bool",
    **dict.fromkeys((20, 21, 23, 26), "int"),
    **dict.fromkeys((700, 701), "float"),
    1700: "decimal",
    **dict.fromkeys((25, 1043, 1042, 18, 19), "text"),
    1082: "date",
    1114: "time",
    1184: "moment",
    17: "bytes",
}
MYSQL: Final = {
    **dict.fromkeys((1, 2, 3, 8, 9, 13), "int"),
    **dict.fromkeys((4, 5), "float"),
    **dict.fromkeys((0, 246), "decimal"),
    10: "date",
    12: "time",
    7: "moment",
    **dict.fromkeys((15, 249, 250, 251, 252, 253, 254, 245), "text"),
}
ARROW: Final = {
    "int": pa.int64(),
    "float": pa.float64(),
    "date": pa.date32(),
    "time": pa.timestamp("us"),
    "moment": pa.timestamp("us", tz="UTC"),
}
AHEAD: Final = ("postgresql", "mysql")
AS_THEY_ARE: Final = ("bool", "int", "float", "text", "date", "time", "moment", "bytes")
"""Kinds that come from PostgreSQL as they are; others as their text, lists as JSON."""


@dataclass(frozen=True)
class Field:
    """One column of a SELECT.

    Attributes:
        kind: bool, int, float, decimal, text, date, time (without a zone), moment (with one), bytes, list or other;
            any where a database has no types.
    """

    name: str
    kind: str


def fields_of(reading: Reading, select: Select[Any]) -> list[Field]:
    """The columns of a SELECT, without its rows."""
    result = reading.connection.execute(select.order_by(None).limit(0))
    cursor = result.cursor
    described = list(cursor.description or ()) if cursor is not None else []
    names = unique_names([one[0] for one in described])
    kinds = [_kind(reading.backend, one[1]) for one in described]
    result.close()
    return [Field(name, kind) for name, kind in zip(names, kinds, strict=True)]


def _kind(backend: str, code: Any) -> str:
    if backend == "postgresql":
        from psycopg.postgres import types

        known: Any = types.get(code)
        is_list = known is not None and known.array_oid == code
        return "list" if is_list else POSTGRES.get(code, "other")
    return MYSQL.get(code, "other") if backend == "mysql" else "any"


def read_pages(reading: Reading, select: Select[Any], fields: Sequence[Field], size: Size) -> Generator[pa.Table]:
    """The rows of a SELECT over these columns, cut by `pages`; the next page is read while one is worked on."""
    give_back()
    reader = _READERS.get(reading.backend, _any)
    found = pages((_readable(table, fields) for table in reader(reading, select, fields, size)), size)
    return ahead(found) if reading.backend in AHEAD else found


def _readable(table: pa.Table, fields: Sequence[Field]) -> pa.Table:
    return pa.table([readable(table.column(place)) for place in range(len(fields))], _names(fields))


def ahead(found: Generator[pa.Table]) -> Generator[pa.Table]:
    """The same tables, each read in a thread of its own while the one before it is worked on."""
    with closing(found), ThreadPoolExecutor(1, "deskbook-read-ahead") as hand:
        waiting = hand.submit(next, found, None)
        while (table := waiting.result()) is not None:
            waiting = hand.submit(next, found, None)
            yield table


def _postgres(reading: Reading, select: Select[Any], fields: Sequence[Field], size: Size) -> Iterator[pa.Table]:
    from adbc_driver_postgresql import dbapi

    adbc: Any = dbapi
    address = reading.database.libpq(reading.host)
    with adbc.connect(address) as connection, connection.cursor() as cursor:
        cursor.adbc_statement.set_options(**{"adbc.postgresql.batch_size_hint_bytes": str(size.chunk)})
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL TIME ZONE 'UTC'")
        cursor.execute(_literal(_plain(select, fields)))
        for batch in cursor.fetch_record_batch():
            if batch.num_rows:
                yield pa.Table.from_batches([batch])


def _plain(select: Select[Any], fields: Sequence[Field]) -> Select[Any]:
    """The SELECT with types that Arrow has no word for as their texts."""
    import sqlalchemy as sa

    inner = select.subquery("q")
    columns = []
    for field in fields:
        column: Any = sa.literal_column(f'q."{field.name.replace(chr(34), chr(34) * 2)}"')
        if field.kind == "list":
            column = sa.cast(sa.func.to_json(column), sa.Text)
        elif field.kind not in AS_THEY_ARE:
            column = sa.cast(column, sa.Text)
        columns.append(column)
    return sa.select(*columns).select_from(inner)


def _literal(select: Select[Any]) -> str:
    """The statement with its one value in it: PostgreSQL's COPY takes no bound ones."""
    from sqlalchemy.dialects.postgresql import base

    made: Any = base.PGDialect
    dialect = made(paramstyle="named")  # another style would double each percent sign
    return str(select.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


def _mysql(reading: Reading, select: Select[Any], fields: Sequence[Field], size: Size) -> Iterator[pa.Table]:
    from pymysql.cursors import SSCursor

    raw: Any = reading.connection.connection.dbapi_connection
    with closing(raw.cursor(SSCursor)) as cursor:
        cursor.execute(*_compiled(reading, select))
        with closing(column_blocks(raw, cursor)) as blocks:
            for columns in blocks:
                typed = [_typed(column, field.kind) for column, field in zip(columns, fields, strict=True)]
                yield pa.table(typed, _names(fields))


def _typed(array: pa.Array, kind: str) -> pa.Array:
    """A column from the texts in which MySQL sends it; what does not fit stays text, so that coercion can name it."""
    wanted = ARROW.get(kind)
    if wanted is None or not pa.types.is_string(array.type):
        return array
    if kind == "moment":
        wanted = pa.timestamp("us")
    try:
        cast = array.cast(wanted)
    except pa.ArrowInvalid:
        return array
    return cast.cast(ARROW["moment"]) if kind == "moment" else cast


def _sqlite(reading: Reading, select: Select[Any], fields: Sequence[Field], size: Size) -> Iterator[pa.Table]:
    raw: Any = reading.connection.connection.dbapi_connection
    before, raw.text_factory = raw.text_factory, bytes  # else one wrong byte would end the whole query
    try:
        with closing(raw.cursor()) as cursor:
            cursor.execute(*_compiled(reading, select))
            for columns in _fetched(cursor.fetchmany, size):
                yield pa.table([_decoded(column) for column in columns], _names(fields))
    finally:
        raw.text_factory = before


def _decoded(values: Sequence[Any]) -> pa.Array:
    """A column of SQLite: texts where all its bytes are UTF-8, else bytes, of which the wrong ones are told later."""
    try:
        return pa.array(values, pa.binary()).cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
        pass
    if all(value is None or isinstance(value, bytes) for value in values):
        return pa.array(values, pa.binary())
    return array_of([value.decode("utf-8", "replace") if isinstance(value, bytes) else value for value in values])


def _any(reading: Reading, select: Select[Any], fields: Sequence[Field], size: Size) -> Iterator[pa.Table]:
    result = reading.connection.execution_options(stream_results=True, max_row_buffer=FIRST_ROWS).execute(select)
    for columns in _fetched(result.fetchmany, size):
        yield pa.table([array_of(column) for column in columns], _names(fields))


def _fetched(fetch: Callable[[int], Sequence[Any]], size: Size) -> Iterator[list[Sequence[Any]]]:
    """Columns of some rows after others, from a driver that cannot count bytes; as many as fit a chunk."""
    count = FIRST_ROWS
    while rows := fetch(count):
        yield list(zip(*rows, strict=True))
        texts = [one for row in rows[:: max(1, len(rows) // 50)] for one in row if isinstance(one, str | bytes)]
        row_bytes = 16 + sum(map(len, texts)) // min(50, len(rows))
        count = max(1, min(MOST_ROWS, 4 * count, size.chunk // row_bytes))


def _compiled(reading: Reading, select: Select[Any]) -> tuple[str, Any]:
    """The statement as a driver's own cursor takes it, and its bound values."""
    compiled = select.compile(dialect=reading.connection.dialect)
    bound: Any = compiled.params
    if compiled.positional:
        bound = tuple(bound[name] for name in compiled.positiontup or ())
    return str(compiled), bound


def _names(fields: Sequence[Field]) -> list[str]:
    return [field.name for field in fields]


Reader = Callable[[Reading, "Select[Any]", Sequence[Field], Size], Iterator[pa.Table]]
_READERS: Final[Mapping[str, Reader]] = {"postgresql": _postgres, "mysql": _mysql, "sqlite": _sqlite}


def pages(found: Iterator[pa.Table], most: Size) -> Generator[pa.Table]:
    """The rows in tables of exactly so many rows, or fewer where they would hold too many bytes; the last may be short.

    The same rows are cut at the same places each time.
    """
    held: list[pa.Table] = []
    rows = size = 0
    for table in found:
        for piece in _pieces(table, most.chunk):
            while rows + piece.num_rows >= most.rows:
                yield _joined([*held, piece.slice(0, most.rows - rows)])
                piece, held, rows, size = piece.slice(most.rows - rows), [], 0, 0
            if piece.num_rows:
                held, rows, size = [*held, piece], rows + piece.num_rows, size + piece.nbytes
            if size >= most.bytes:
                yield _joined(held)
                held, rows, size = [], 0, 0
    if held:
        yield _joined(held)


def _pieces(table: pa.Table, most: int) -> Iterator[pa.Table]:
    """A table in parts of a few megabytes."""
    parts = max(1, min(table.num_rows, -(-table.nbytes // most)))
    step = max(1, -(-table.num_rows // parts))
    for at in range(0, table.num_rows, step):
        yield table.slice(at, step)


def _joined(held: Sequence[pa.Table]) -> pa.Table:
    if len(held) == 1:
        return held[0].combine_chunks()
    return pa.concat_tables(_alike(held)).combine_chunks()


def _alike(held: Sequence[pa.Table]) -> list[pa.Table]:
    """The tables with a column's texts as texts in all of them, where it could not be typed in one."""
    if all(one.schema == held[0].schema for one in held):
        return list(held)
    out = [{name: one.column(name) for name in one.column_names} for one in held]
    for name in held[0].column_names:
        kinds = {one[name].type for one in out} - {pa.null()}
        if len(kinds) > 1:
            wanted = pa.binary() if pa.binary() in kinds else pa.string()
            for one in out:
                one[name] = (
                    one[name].cast(wanted) if wanted == pa.string() else one[name].cast(pa.string()).cast(wanted)
                )
        elif kinds:
            (kind,) = kinds
            for one in out:
                one[name] = one[name].cast(kind)
    return [pa.table(one) for one in out]

"""Rows made ready to be written: payload as JSON text, a hash of the content, all under the name `staged`."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock
from typing import Final

import duckdb
import pyarrow as pa

from deskbook.schema import TABLES, Batch
from deskbook.store.engine import CONFIG

LARGE_PAGE_ROWS: Final = 5_000
"""From here on a page is worth a DuckDB of its own."""
MOMENT: Final = pa.timestamp("us", tz="UTC")


def given_back(con: duckdb.DuckDBPyConnection) -> None:
    """Let DuckDB give the memory of a page back; else up to 512 MB stay with its allocator."""
    con.execute("SET allocator_flush_threshold = '1MB'")
    con.execute("SET allocator_bulk_deallocation_flush_threshold = '8MB'")


class Staging:
    """Makes large pages ready beside the commit of those before, in a DuckDB of its own with one thread."""

    def __init__(self) -> None:
        self._con: duckdb.DuckDBPyConnection | None = None
        self._opening = Lock()

    def ready(self, batch: Batch) -> Batch:
        """The batch with its payload as text and the hash of each row; a small one as it is."""
        if batch.rows.num_rows < LARGE_PAGE_ROWS:
            return batch
        con = self._cursor()
        given, payload = _arriving(batch.rows, batch.raw)
        con.register("arriving", given)
        names = ", ".join(TABLES[batch.table].names)
        made = con.execute(
            f"SELECT raw, hash({names}, raw) AS row_hash FROM (SELECT * REPLACE ({payload} AS raw) FROM arriving)"
        ).to_arrow_table()
        con.close()
        raw = made.column("raw")
        return replace(
            batch, raw=raw.chunk(0) if raw.num_chunks == 1 else raw.combine_chunks(), row_hash=made.column("row_hash")
        )

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        with self._opening:
            if self._con is None:
                self._con = duckdb.connect(config=CONFIG)
                self._con.execute("SET threads = 1")
                self._con.execute("SET TimeZone = 'UTC'")
                given_back(self._con)
            return self._con.cursor()

    def close(self) -> None:
        """Let go of its memory; it can be used again."""
        with self._opening:
            if self._con is not None:
                self._con.close()
                self._con = None


def stage(con: duckdb.DuckDBPyConnection, tenant: str, source: str, batch: Batch) -> None:
    """Give the rows of a batch, with keys, payload as JSON text and a hash of the content, the name `staged`.

    What was made ready stays where it lies; other rows go into a temp table.
    """
    if batch.row_hash is not None:
        count = batch.rows.num_rows
        keys = {"tenant": pa.repeat(tenant, count), "source": pa.repeat(source, count)}
        ready = pa.table({**keys, **dict(zip(batch.rows.column_names, batch.rows.columns, strict=True))})
        con.register("ready", ready.append_column("raw", batch.raw).append_column("row_hash", batch.row_hash))
        con.execute("CREATE OR REPLACE TEMP VIEW staged AS FROM ready")
        return
    given, payload = _arriving(batch.rows, batch.raw)
    con.register("arriving", given)
    names = ", ".join(TABLES[batch.table].names)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE staged_rows AS SELECT $1 AS tenant, $2 AS source, {names}, "
        f"{payload} AS raw, hash({names}, {payload}) AS row_hash FROM arriving",
        [tenant, source],
    )
    con.unregister("arriving")
    con.execute("CREATE OR REPLACE TEMP VIEW staged AS FROM staged_rows")


def unstage_same(con: duckdb.DuckDBPyConnection, held: str) -> None:
    """Leave those rows out of `staged` that a table of id_hash and row_hash holds unchanged."""
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE staged_changed AS FROM staged s WHERE NOT EXISTS "
        f"(FROM {held} h WHERE h.id_hash = hash(s.id) AND h.row_hash = s.row_hash)"
    )
    con.execute("CREATE OR REPLACE TEMP VIEW staged AS FROM staged_changed")


def _arriving(rows: pa.Table, raw: pa.Array) -> tuple[pa.Table, str]:
    payload = "raw"
    if not pa.types.is_string(raw.type):
        raw, payload = _payload(raw)
    return rows.append_column("raw", raw), payload


def _payload(raw: pa.Array) -> tuple[pa.Array, str]:
    """Structs, and the SQL of their JSON text: the same as DuckDB's own, but quicker where a field is a moment.

    Its text of a TIMESTAMPTZ takes as long as all other fields together; in UTC it is that of a TIMESTAMP with +00.
    """
    fields = list(raw.type) if pa.types.is_struct(raw.type) else []
    moments = [field.name for field in fields if field.type == MOMENT]
    if not moments or raw.null_count or len({field.name.lower() for field in fields}) < len(fields):
        return raw, "CAST(to_json(raw) AS VARCHAR)"
    arrays = [
        raw.field(place).cast(pa.timestamp("us")) if field.name in moments else raw.field(place)
        for place, field in enumerate(fields)
    ]
    parts = []
    for name in raw.type.names:
        quoted = '"' + name.replace('"', '""') + '"'
        value = f"raw.{quoted}"
        told = f"CAST({value} AS VARCHAR)"
        if name in moments:
            value = f"CASE WHEN isfinite({value}) THEN {told} || '+00' ELSE {told} END"
        parts.append(f"{quoted} := {value}")
    struct = pa.StructArray.from_arrays(arrays, names=raw.type.names)
    return struct, f"CAST(to_json(struct_pack({', '.join(parts)})) AS VARCHAR)"

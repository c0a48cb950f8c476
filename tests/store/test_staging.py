"""The payload of a row is the JSON text that DuckDB makes of it, however and whenever it is made."""

from __future__ import annotations

from datetime import datetime

import duckdb
import pyarrow as pa
import pytest

from deskbook.schema import TABLES, Batch
from deskbook.store import Commit, Lake
from deskbook.store.staging import LARGE_PAGE_ROWS, MOMENT, Staging, stage

from ..conftest import NOW

MICROSECONDS = [0, -1, 10, 100_000, 1_790_000_000_000_000, 253_402_300_800_000_000, -62_236_339_200_000_000]
INFINITE = [2**63 - 1, -(2**63 - 1), None]
MOMENTS = pa.array([*MICROSECONDS, *INFINITE], pa.int64()).cast(pa.timestamp("us", tz="UTC"))
COUNT = len(MOMENTS)
NUMBERS, WALL = pa.array(range(COUNT)), pa.array([datetime(2026, 1, 2, 3)] * COUNT)
TEXTS = pa.array(['a "word"', None, "é", "", "{}"] * (COUNT // 5))
PAIRS = pa.array([{"b": 1, "c": [None, "x"]}] * COUNT)
SCORE = pa.array([0.5, None] * (COUNT // 2))
PAYLOADS = {
    "of all kinds": pa.StructArray.from_arrays(
        [MOMENTS, NUMBERS, WALL, TEXTS, PAIRS, SCORE], names=["made", "n", "wall", 'a "b"', "pairs", "Score"]
    ),
    "of names that differ by case": pa.StructArray.from_arrays([MOMENTS, NUMBERS], names=["At", "at"]),
    "without a moment": pa.StructArray.from_arrays([NUMBERS, TEXTS], names=["n", "text"]),
    "with a row that is none": pa.array([{"at": None}, None], pa.struct([("at", MOMENT)])),
}


def staged(batch: Batch, columns: str) -> list[tuple[object, ...]]:
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    stage(con, "main", "desk", batch)
    return con.execute(f"SELECT {columns} FROM staged").fetchall()


def batch_of(raw: pa.Array) -> Batch:
    table = TABLES["teams"]
    return Batch("teams", pa.table([pa.nulls(len(raw), kind) for kind in table.arrow.types], table.names), raw)


@pytest.mark.parametrize("of", PAYLOADS)
def test_a_payload_is_the_json_text_that_duckdb_makes_of_it(of: str) -> None:
    raw = PAYLOADS[of]
    if len(raw) == COUNT:
        raw = raw.slice(1)  # rows that were set aside leave an array that begins elsewhere
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    con.register("own", pa.table({"raw": raw}))
    own = con.execute("SELECT CAST(to_json(raw) AS VARCHAR) FROM own").fetchall()
    assert staged(batch_of(raw), "raw") == own


@pytest.mark.parametrize("of", PAYLOADS)
def test_what_is_made_ready_ahead_is_what_a_commit_would_make(of: str) -> None:
    raw = pa.concat_arrays([PAYLOADS[of]] * (LARGE_PAGE_ROWS // len(PAYLOADS[of]) + 1)).slice(1)
    batch, staging = batch_of(raw), Staging()
    ready = staging.ready(batch)
    staging.close()
    assert ready.row_hash is not None and staging.ready(batch_of(raw.slice(0, 3))).row_hash is None
    assert staged(ready, "*") == staged(batch, "*")


def tickets(count: int, subject: str) -> Batch:
    table = TABLES["tickets"]
    columns = {"id": list(map(str, range(count))), "created_at": [NOW] * count, "subject": [subject] * count}
    rows = pa.table([pa.array(columns.get(c.name, [None] * count), c.arrow) for c in table.columns], table.names)
    return Batch("tickets", rows, pa.StructArray.from_arrays([rows["id"].chunk(0)], names=["number"]))


def test_rows_made_ready_ahead_are_known_again_and_changed_ones_replaced(lake: Lake) -> None:
    count = LARGE_PAGE_ROWS + 1
    late, lost = tickets(count, "Late"), tickets(count, "Lost")
    mixed = pa.concat_tables([lost.rows.slice(0, 7), late.rows.slice(7)]).combine_chunks()
    written = [
        lake.commit("main", Commit(entry="desk", source="desk", batches=[batch], cursor=None))["tickets"].written
        for batch in (lake.ready(late), late, lake.ready(Batch("tickets", mixed, late.raw)), lake.ready(lost))
    ]
    assert written == [count, 0, 7, count - 7]
    found = lake.read("tickets", "main", columns=["subject"])
    assert found["subject"].unique().to_pylist() == ["Lost"] and found.num_rows == count

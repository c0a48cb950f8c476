"""The payload of a row is the JSON text that DuckDB makes of it, however it is made."""

from __future__ import annotations

from datetime import datetime

import duckdb
import pyarrow as pa
import pytest

from deskbook.store import layout

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
    "with a row that is none": pa.array([{"at": None}, None], pa.struct([("at", layout.MOMENT)])),
}


@pytest.mark.parametrize("of", PAYLOADS)
def test_a_payload_is_the_json_text_that_duckdb_makes_of_it(of: str) -> None:
    raw = PAYLOADS[of]
    if len(raw) == COUNT:
        raw = raw.slice(1)  # rows that were set aside leave an array that begins elsewhere
    rows = pa.table(
        [pa.nulls(len(raw), kind) for kind in layout.TABLES["teams"].arrow.types], layout.TABLES["teams"].names
    )
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    layout.stage(con, "teams", "main", "desk", rows, raw)
    con.register("own", pa.table({"raw": raw}))
    own = con.execute("SELECT CAST(to_json(raw) AS VARCHAR) FROM own").fetchall()
    assert con.execute("SELECT raw FROM staged").fetchall() == own

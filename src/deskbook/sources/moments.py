"""Times of a database that no calendar holds, and those it keeps without a zone."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

FIRST_MICROSECOND: Final = -62_135_596_800_000_000
"""0001-01-01."""
LAST_MICROSECOND: Final = 253_402_300_799_999_999
"""9999-12-31, the last day that ISO 8601 writes without an agreement."""
WRAPPED: Final = -9_222_425_352_054_775_809
"""PostgreSQL counts from 2000, and its infinities are the ends of 64 bits: read from 1970 on, they wrap around."""


def readable(column: pa.ChunkedArray) -> pa.Array:
    """A column whose times can all be read; where one cannot, all of it as texts, so that the row can be named."""
    values = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    if pa.types.is_timestamp(values.type) and not _is_sound(values):
        return _texts(values)
    return _dates(values) if pa.types.is_date32(values.type) else values


def placed(values: pa.Array, zone: str) -> pa.Array:
    """Times without a zone, in UTC; among texts those that are times."""
    if pa.types.is_timestamp(values.type):
        aware = pc.assume_timezone(values.cast(pa.timestamp("us")), zone, ambiguous="earliest", nonexistent="latest")
        return aware.cast(pa.timestamp("us", tz="UTC"))
    return _placed_texts(values, zone) if pa.types.is_string(values.type) else values


def _is_sound(values: pa.Array) -> bool:
    ends = pc.min_max(values.cast(pa.int64()))
    first, last = ends["min"].as_py(), ends["max"].as_py()
    return first is None or (first >= FIRST_MICROSECOND and last <= LAST_MICROSECOND)


def _texts(values: pa.Array) -> pa.Array:
    number = values.cast(pa.int64())
    ok = np.asarray(pc.fill_null(pc.and_(pc.greater_equal(number, FIRST_MICROSECOND),
                                         pc.less_equal(number, LAST_MICROSECOND)), False))  # fmt: skip
    said: list[str | None] = []
    suffix = "Z" if values.type.tz else ""
    for place, one in enumerate(number.to_pylist()):
        if one is None:
            said.append(None)
        elif ok[place]:
            said.append(f"{np.datetime64(one, 'us')}{suffix}")
        else:
            said.append(_far(one, suffix))
    return pa.array(said, pa.string())


def _far(microseconds: int, suffix: str) -> str:
    """A time beyond the calendar, in words."""
    if microseconds in (WRAPPED, (1 << 63) - 1):
        return "infinity"
    if microseconds == -9_222_425_352_054_775_808:
        return "-infinity"
    return f"{np.datetime64(microseconds, 'us')}{suffix}"


def _dates(values: pa.Array) -> pa.Array:
    """Dates, as texts where one lies beyond the calendar."""
    ends = pc.min_max(values.cast(pa.int32()))
    first, last = ends["min"].as_py(), ends["max"].as_py()
    day = 86_400_000_000
    if first is None or (first >= FIRST_MICROSECOND // day and last <= LAST_MICROSECOND // day):
        return values
    return pa.array([_date(one) for one in values.cast(pa.int32()).to_pylist()], pa.string())


def _date(days: int | None) -> str | None:
    if days is None:
        return None
    return "infinity" if abs(days) > 2_147_000_000 else str(np.datetime64(days, "D"))


def _placed_texts(values: pa.Array, zone: str) -> pa.Array:
    """The texts with those that are times moved to UTC; the others as they are."""
    text = values.to_pandas().astype("object")
    read: Any = pd.to_datetime(text, format="ISO8601", errors="coerce")
    local = read.dt.tz_localize(zone, ambiguous=True, nonexistent="shift_forward").dt.tz_convert("UTC")
    known = local.notna()
    text[known] = [one.isoformat() for one in local[known]]
    return pa.array([None if pd.isna(one) else str(one) for one in text], pa.string())

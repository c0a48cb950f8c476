"""Times as sources write them, turned into UTC microseconds, a whole column at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

UTC_MICROSECONDS: Final = pa.timestamp("us", tz="UTC")

# Tried in order on the values that ISO 8601 did not take; none of them is ambiguous.
FORMATS: Final = (
    "%a %b %d %H:%M:%S %z %Y",
    "%a, %d %b %Y %H:%M:%S %z",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%d %b %Y %H:%M:%S",
    "%d %b %Y %H:%M",
    "%d %b %Y",
    "%b %d, %Y %H:%M",
    "%b %d, %Y %I:%M %p",
    "%b %d, %Y",
)
SLASHED: Final = r"^\s*(\d{1,2})/(\d{1,2})/(\d{4})(.*)$"
EPOCH_SECONDS_BELOW: Final = 1e11
EPOCH_MILLISECONDS_BELOW: Final = 1e14


@dataclass(frozen=True)
class Times:
    """A parsed column.

    Attributes:
        values: timestamp[us, UTC], null where the source had none or it could not be read.
        unread: per row, whether a value was there but fits no known form.
        ambiguous: per row, whether it reads both as day/month and month/day.
    """

    values: pa.Array
    unread: np.ndarray
    ambiguous: np.ndarray


def utc(values: pa.Array, *, format: str | None = None, zone: str = "UTC") -> Times:
    """Times of one column in UTC.

    Args:
        values: timestamps, dates, epoch numbers (seconds, milliseconds or microseconds, told by
            size) or strings.
        format: strptime format when the source has one of its own; else ISO 8601, then `FORMATS`,
            then slashed dates if the column itself shows which part is the day.
        zone: IANA zone of times that carry no offset.
    """
    nothing = np.zeros(len(values), dtype=bool)
    if pa.types.is_timestamp(values.type) or pa.types.is_date(values.type):
        return Times(_from_arrow(values, zone), nothing, nothing)
    if pa.types.is_integer(values.type) or pa.types.is_floating(values.type):
        return Times(_from_epoch(values.to_pandas()), nothing, nothing)
    if pa.types.is_null(values.type):
        return Times(pa.nulls(len(values), UTC_MICROSECONDS), nothing, nothing)
    if format is None:
        try:  # what most sources write: ISO 8601 with an offset in every value, which Arrow reads ten times as fast
            return Times(values.cast(pa.string()).cast(UTC_MICROSECONDS), nothing, nothing)
        except pa.ArrowInvalid:
            pass
    return _from_strings(values, format, zone)


def _from_arrow(values: pa.Array, zone: str) -> pa.Array:
    if pa.types.is_timestamp(values.type) and values.type.tz:
        return pc.cast(values, UTC_MICROSECONDS, safe=False)
    naive = pc.cast(values, pa.timestamp("us"), safe=False)
    return pc.cast(pc.assume_timezone(naive, zone, ambiguous="earliest", nonexistent="latest"), UTC_MICROSECONDS)


def _from_epoch(numbers: pd.Series) -> pa.Array:
    number = pd.to_numeric(numbers, errors="coerce").astype("float64")
    size = number.abs()
    factor = np.where(size < EPOCH_SECONDS_BELOW, 1e6, np.where(size < EPOCH_MILLISECONDS_BELOW, 1e3, 1.0))
    micros = pa.array((number * factor).round(), from_pandas=True).cast(pa.int64())
    return micros.cast(UTC_MICROSECONDS)


def _from_strings(values: pa.Array, format: str | None, zone: str) -> Times:
    text = pc.utf8_trim_whitespace(values.cast(pa.string())).to_pandas().astype("object")
    text = text.where(text.notna() & (text != ""), None)
    parsed = pd.Series(pd.NaT, index=text.index, dtype="datetime64[us, UTC]")
    open_rows = text.notna()
    for one in (format,) if format else ("ISO8601", *FORMATS):
        if not open_rows.any():
            break
        found = _strptime(text[open_rows], str(one), zone).dropna()
        parsed.loc[found.index] = found
        open_rows &= parsed.isna()
    ambiguous = np.zeros(len(text), dtype=bool)
    if open_rows.any() and not format:
        numeric = pd.to_numeric(text[open_rows], errors="coerce").replace([np.inf, -np.inf], np.nan).dropna()
        if len(numeric):
            parsed.loc[numeric.index] = _from_epoch(numeric).to_pandas().array
        open_rows &= parsed.isna()
        found, unclear = _slashed(text[open_rows], zone)
        parsed.loc[found.index] = found
        ambiguous[unclear] = True
        open_rows &= parsed.isna()
    return Times(pa.Array.from_pandas(parsed, type=UTC_MICROSECONDS), open_rows.to_numpy(), ambiguous)


def _strptime(text: pd.Series, format: str, zone: str) -> pd.Series:
    if zone == "UTC" or "%z" in format:
        return pd.to_datetime(text, format=format, utc=True, errors="coerce").astype("datetime64[us, UTC]")
    has_offset = text.str.contains(r"(?:Z|[+-]\d\d:?\d\d)$", regex=True)
    aware = pd.to_datetime(text[has_offset], format=format, utc=True, errors="coerce")
    naive = pd.to_datetime(text[~has_offset], format=format, errors="coerce")
    local = naive.dt.tz_localize(zone, ambiguous=True, nonexistent="shift_forward").dt.tz_convert("UTC")
    return pd.concat([aware.astype("datetime64[us, UTC]"), local.astype("datetime64[us, UTC]")]).sort_index()


def _slashed(text: pd.Series, zone: str) -> tuple[pd.Series, np.ndarray]:
    """Slashed dates, read day-first or month-first only if the column itself says which."""
    parts = text.str.extract(SLASHED)
    parts = parts[parts[0].notna()]
    nothing = pd.Series(dtype="datetime64[us, UTC]")
    if parts.empty:
        return nothing, np.array([], dtype=int)
    first, second = parts[0].astype(int), parts[1].astype(int)
    day_first, month_first = bool((first > 12).any()), bool((second > 12).any())
    if day_first == month_first:
        return nothing, parts.index.to_numpy()
    day, month = (first, second) if day_first else (second, first)
    iso = parts[2] + "-" + month.map("{:02d}".format) + "-" + day.map("{:02d}".format) + parts[3]
    found = _strptime(iso, "ISO8601", zone).dropna()
    for twelve_hours in ("%Y-%m-%d %I:%M:%S %p", "%Y-%m-%d %I:%M %p"):
        if len(found) < len(iso):
            found = pd.concat([found, _strptime(iso.drop(found.index), twelve_hours, zone).dropna()])
    return found, np.array([], dtype=int)

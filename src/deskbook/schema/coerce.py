"""Source values turned into a standard table, column by column; bad rows set aside with a reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from difflib import get_close_matches
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deskbook.schema.batch import Batch, Reject
from deskbook.schema.tables import Column, standard_table
from deskbook.schema.times import utc

TRUE = ("true", "t", "1", "yes", "y", "ja", "sí", "oui", "sim")
FALSE = ("false", "f", "0", "no", "n", "nein", "non", "não", "")
SEPARATORS = (";", "|", ",")
FUTURE_ALLOWED = timedelta(days=1)
PAYLOAD_SHOWN = 2_000


@dataclass(frozen=True)
class TimeForm:
    """How a source writes a time column: a strptime format, and the zone of times without offset."""

    format: str | None = None
    zone: str = "UTC"


@dataclass
class _Problems:
    """The first problem of each row; a later one does not replace it."""

    rows: dict[int, tuple[str, str]] = field(default_factory=dict)

    def add(self, mask: np.ndarray, column: str, reason: Any) -> None:
        for row in np.flatnonzero(mask):
            said = reason(int(row)) if callable(reason) else reason
            self.rows.setdefault(int(row), (column, said))


def coerce(
    table: str,
    columns: Mapping[str, pa.Array],
    *,
    raw: pa.Array,
    lines: np.ndarray,
    origin: str,
    now: datetime,
    times: Mapping[str, TimeForm] | None = None,
    is_history: bool = False,
) -> Batch:
    """A batch of the standard table from the source's values.

    Args:
        table: name of the standard table.
        columns: standard column name -> Arrow array of any type, all of one length.
        raw: the source's row of each row (JSON text or struct), same length.
        lines: line (or row number) of each row in its origin.
        origin: file, table or address, for messages.
        now: moment after which (plus one day) a row's own time counts as a mistake.
        times: how the source writes its time columns, where it is not ISO 8601.
        is_history: whether rows of one id are its states, one after another; all are kept then.

    Returns:
        Rows with every declared column, keys unique unless it is a history, and one reject for each
        row left out.
    """
    standard = standard_table(table)
    problems = _Problems()
    forms = times or {}
    arrays = []
    for column in standard.columns:
        values = columns.get(column.name)
        if values is None:
            values = pa.nulls(len(raw), column.arrow)
        arrays.append(_column(column, values, forms.get(column.name, TimeForm()), now, problems))
    good = pa.table(arrays, schema=standard.arrow)
    if standard.span:
        _spans(good, *standard.span, problems)
    if not is_history:
        _duplicates(good, lines, problems)
    return _split(table, good, raw, lines, origin, problems)


def _column(column: Column, values: pa.Array, form: TimeForm, now: datetime, problems: _Problems) -> pa.Array:
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if column.dtype == "time":
        out = _times(column, values, form, now, problems)
    elif column.dtype == "list":
        out = _lists(values)
    elif column.dtype == "bool":
        out = _bools(column, values, problems)
    elif column.dtype in ("int", "float"):
        out = _numbers(column, values, problems)
    else:
        out = _strings(values)
    if column.one_of:
        out = _choices(column, out, problems)
    if column.required:
        problems.add(_mask(pc.is_null(out)), column.name, f"{column.name} is empty, and a row needs it")
    return out


def _mask(values: pa.Array) -> np.ndarray:
    return np.asarray(values.to_numpy(zero_copy_only=False), dtype=bool)


def _strings(values: pa.Array) -> pa.Array:
    if pa.types.is_nested(values.type):
        values = pa.array([None if v is None else json.dumps(v, default=str) for v in values.to_pylist()], pa.string())
    if pa.types.is_floating(values.type) and pc.all(pc.equal(values, pc.floor(values))).as_py():
        values = values.cast(pa.int64())  # an id that passed through a float column is 3, not 3.0
    text = values.cast(pa.string())
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)


def _times(column: Column, values: pa.Array, form: TimeForm, now: datetime, problems: _Problems) -> pa.Array:
    if pa.types.is_dictionary(values.type):
        values = values.cast(pa.string())
    times = utc(values, format=form.format, zone=form.zone)

    def unread(row: int) -> str:
        said = values[row].as_py()
        if times.ambiguous[row]:
            return f"{column.name} '{said}' may be day/month or month/day; add format: to its mapping"
        if str(said).startswith("0000-00-00"):
            return f"{column.name} '{said}' is no time; where it means none, let a query say NULLIF(column, 0)"
        if "infinity" in str(said):
            return f"{column.name} '{said}' is no time; where it means none, let a query say NULLIF(column, 'infinity')"
        wanted = form.format or "ISO 8601 or another known form"
        return f"{column.name} '{said}' is no time; wanted {wanted}"

    problems.add(times.unread, column.name, unread)
    if column.required and not column.may_be_ahead:
        limit = pa.scalar(now + FUTURE_ALLOWED, column.arrow)
        ahead = _mask(pc.fill_null(pc.greater(times.values, limit), False))
        problems.add(ahead, column.name, lambda row: f"{column.name} {times.values[row].as_py()} lies in the future")
    return times.values


def _spans(rows: pa.Table, first: str, last: str, problems: _Problems) -> None:
    begins, ends = rows.column(first), rows.column(last)
    turned = _mask(pc.fill_null(pc.less(ends, begins), False))
    problems.add(turned, last, lambda row: f"{last} {ends[row].as_py()} lies before {first} {begins[row].as_py()}")


def _lists(values: pa.Array) -> pa.Array:
    if pa.types.is_list(values.type) or pa.types.is_large_list(values.type):
        return values.cast(pa.list_(pa.string()))
    encoded = _strings(values).dictionary_encode()  # a desk has few sets of tags
    split = [None if value is None else _split_list(value) for value in encoded.dictionary.to_pylist()]
    return pa.array(split, pa.list_(pa.string())).take(encoded.indices)


def _split_list(value: str) -> list[str]:
    if value.startswith("["):
        try:
            return [str(item) for item in json.loads(value)]
        except json.JSONDecodeError:
            pass  # a tag may begin with a bracket; then it is plain text
    for separator in SEPARATORS:
        if separator in value:
            return [part.strip() for part in value.split(separator) if part.strip()]
    return [value.strip()]


def _bools(column: Column, values: pa.Array, problems: _Problems) -> pa.Array:
    if pa.types.is_boolean(values.type):
        return values
    text = pc.utf8_lower(_strings(values))
    true, false = pc.is_in(text, pa.array(TRUE)), pc.is_in(text, pa.array(FALSE))
    known = pc.or_(pc.or_(true, false), pc.is_null(text))
    said = text.to_pylist
    problems.add(~_mask(known), column.name, lambda row: f"{column.name} '{said()[row]}' is neither true nor false")
    return pc.if_else(true, True, pc.if_else(pc.and_(false, pc.is_valid(text)), False, pa.scalar(None, pa.bool_())))


def _numbers(column: Column, values: pa.Array, problems: _Problems) -> pa.Array:
    try:
        return values.cast(column.arrow)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        import pandas as pd

        text = _strings(values).to_pandas()
        numbers = pd.to_numeric(text, errors="coerce")
        wrong = (text.notna() & numbers.isna()).to_numpy()
        problems.add(wrong, column.name, lambda row: f"{column.name} '{text[row]}' is no number")
        return pa.Array.from_pandas(numbers.astype("float64")).cast(column.arrow, safe=False)


def _choices(column: Column, values: pa.Array, problems: _Problems) -> pa.Array:
    text = pc.utf8_lower(values)
    wrong = ~_mask(pc.or_(pc.is_in(text, pa.array(column.one_of)), pc.is_null(text)))

    def reason(row: int) -> str:
        said = values[row].as_py()
        close = get_close_matches(str(said).lower(), column.one_of, n=1, cutoff=0.5)
        hint = f"did you mean {close[0]}?" if close else f"wanted one of {', '.join(column.one_of)}"
        return f"{column.name} '{said}' is unknown; {hint} Map it under {column.name}: values:"

    problems.add(wrong, column.name, reason)
    return text


def _duplicates(rows: pa.Table, lines: np.ndarray, problems: _Problems) -> None:
    """Of sound rows with one id the last is kept; the others are named, with the line that won."""
    if not problems.rows and pc.count_distinct(rows.column("id")).as_py() == rows.num_rows:
        return
    ids = rows.column("id").to_pandas()
    sound = ids.drop(index=list(problems.rows))
    repeated = sound.duplicated(keep="last")
    if not repeated.any():
        return
    last = {key: int(lines[row]) for row, key in sound.items()}
    mask = repeated.reindex(ids.index, fill_value=False).to_numpy()
    problems.add(mask, "id", lambda row: f"id '{ids[row]}' stands again on line {last[ids[row]]}, which was kept")


def _split(table: str, rows: pa.Table, raw: pa.Array, lines: np.ndarray, origin: str, problems: _Problems) -> Batch:
    if not problems.rows:
        return Batch(table, rows, raw)
    keep = np.ones(rows.num_rows, dtype=bool)
    rejects = []
    for row in sorted(problems.rows):
        keep[row] = False
        column, reason = problems.rows[row]
        payload = raw[row].as_py()
        text = payload if isinstance(payload, str) else json.dumps(payload, default=str, ensure_ascii=False)
        rejects.append(Reject(table, origin, int(lines[row]), column, reason, text[:PAYLOAD_SHOWN]))
    mask = pa.array(keep)
    return Batch(table, rows.filter(mask), raw.filter(mask), tuple(rejects))

"""What a statement gave as plain columns: quick to compare and to write as JSON, a pandas frame only when wanted."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from json.encoder import encode_basestring
from typing import Any, Final

import numpy as np
import orjson
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

Row = dict[str, Any]
MANY_ROWS: Final = 2_000
"""From how many rows on Arrow writes them: below, its calls cost more than they save."""
PLAIN_FLOATS: Final = (1e-4, 1e16)
"""Sizes of floats that every writer of JSON writes alike: in digits, without an exponent."""


@dataclass(frozen=True, eq=False)
class Column:
    """Values, None where unknown, and what numpy calls them; `object` is text.

    Attributes:
        held: the values, or an array that they are taken from when first asked for.
    """

    held: Sequence[Any] | np.ndarray
    dtype: str

    @cached_property
    def values(self) -> list[Any]:
        """One a row."""
        if not isinstance(self.held, np.ndarray):
            return list(self.held)
        values = self.held.tolist()
        return [*map(known, values)] if self.held.dtype.kind in "fO" else values

    @property
    def plain(self) -> list[Any]:
        """The values as JSON has them: moments as ISO text, midnight as its date."""
        if not self.is_moments:
            return self.values
        texts = {moment: _iso(moment) for moment in {*self.values}}
        return [texts[moment] for moment in self.values]

    def written(self) -> list[str]:
        """Each value in JSON."""
        if self.dtype == "object" or self.is_moments:
            plain = self.plain
            words = {value: "null" if value is None else encode_basestring(value) for value in {*plain}}
            return [words[value] for value in plain]
        return json.dumps(self.values)[1:-1].split(", ") if self.values else []

    def written_once(self) -> pa.Array:
        """The same where there are many: each value that occurs is written once."""
        array = self.held if isinstance(self.held, np.ndarray) else _array(self.held, self.dtype)
        mask = np.ma.getmaskarray(array) if isinstance(array, np.ma.MaskedArray) else None
        whole = pa.array(np.ma.getdata(array), mask=mask, from_pandas=True)
        found = whole.dictionary_encode()
        texts = pa.array(_texts(found.dictionary, self.dtype), pa.string()).take(found.indices)
        return texts.fill_null("null") if texts.null_count else texts

    @property
    def is_whole(self) -> bool:
        """Whether it holds whole numbers."""
        return "int" in self.dtype

    @property
    def is_moments(self) -> bool:
        """Whether it holds moments on a wall clock."""
        return self.dtype.startswith("datetime64")

    def series(self) -> pd.Series[Any]:
        """The same for pandas, which has types of its own for whole numbers and truths that are not all known."""
        dtype = "str" if self.dtype == "object" else self.dtype
        if None in self.values:
            dtype = "boolean" if dtype == "bool" else dtype.replace("int", "Int")
        return pd.Series(self.values, dtype=dtype)


@dataclass(frozen=True)
class Table:
    """Columns of equal length by name."""

    columns: Mapping[str, Column]

    @classmethod
    def of(cls, answer: Any) -> Table:
        """What a DuckDB statement that has run gave."""
        return cls({name: Column(array, str(array.dtype)) for name, array in answer.fetchnumpy().items()})

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())).held)

    def pick(self, names: Iterable[str]) -> Table:
        """These columns, in this order."""
        return Table({name: self.columns[name] for name in names})

    def rows(self) -> list[Row]:
        """One mapping a row of plain JSON values: moments as ISO text, midnight as its date."""
        shown = [column.plain for column in self.columns.values()]
        return [dict(zip(self.columns, row, strict=True)) for row in zip(*shown, strict=True)]

    def json(self) -> str:
        """The rows as `json.dumps(rows, sort_keys=True, ensure_ascii=False)` writes them, made column by column."""
        return str(self.json_bytes(), "utf-8")

    def json_bytes(self) -> bytes:
        """The same in UTF-8."""
        names = sorted(self.columns)
        if len(self) >= MANY_ROWS:
            return self._joined(names)
        row = ", ".join(f"{encode_basestring(name).replace('%', '%%')}: %s" for name in names)
        values = zip(*(self.columns[name].written() for name in names), strict=True)
        return f"[{', '.join(map(f'{{{row}}}'.__mod__, values))}]".encode()

    def _joined(self, names: Sequence[str]) -> bytes:
        parts: list[Any] = []
        for name in names:
            parts += [f"{', ' if parts else '{'}{encode_basestring(name)}: ", self.columns[name].written_once()]
        rows = pc.binary_join_element_wise(*map(_large, parts), _large("}, "), _large(""))
        _, ends, texts = rows.buffers()
        size = int(np.frombuffer(ends, np.int64, len(rows) + 1)[-1])
        return b"".join((b"[", memoryview(texts)[: size - len(", ")], b"]"))

    def frame(self) -> pd.DataFrame:
        """The same as a pandas frame."""
        return pd.DataFrame({name: column.series() for name, column in self.columns.items()})


def _large(part: Any) -> Any:
    """Text whose rows together may be longer than 2 GiB."""
    return part.cast(pa.large_string()) if isinstance(part, pa.Array) else pa.scalar(part, pa.large_string())


def _array(values: Sequence[Any], dtype: str) -> np.ndarray:
    """Values as numpy has them, those unknown masked."""
    mask = [value is None for value in values]
    if dtype == "object":
        return np.ma.masked_array(np.array(values, object), mask)
    filling = np.zeros((), dtype).item()
    filled = [filling if unknown else value for value, unknown in zip(values, mask, strict=True)]
    return np.ma.masked_array(np.array(filled, dtype), mask)


def _texts(values: pa.Array, dtype: str) -> list[str]:
    """Distinct values in JSON, none of them unknown."""
    if pa.types.is_timestamp(values.type):
        return _moments(values.to_numpy(zero_copy_only=False))
    if pa.types.is_floating(values.type):
        return _floats(values.to_numpy())
    return Column(values.to_pylist(), dtype).written()


def _floats(values: np.ndarray) -> list[str]:
    """Floats as Python writes them."""
    texts = orjson.dumps(values, option=orjson.OPT_SERIALIZE_NUMPY).decode()[1:-1].split(",") if len(values) else []
    sizes, (least, most) = np.abs(values), PLAIN_FLOATS
    for place in np.flatnonzero((sizes != 0) & ~((sizes >= least) & (sizes < most))).tolist():
        texts[place] = json.dumps(float(values[place]))
    return texts


def _moments(moments: np.ndarray) -> list[str]:
    """Moments as ISO text, midnight as its date."""
    texts = orjson.dumps(moments.astype("datetime64[us]"), option=orjson.OPT_SERIALIZE_NUMPY).decode()[1:-1]
    return texts.replace('T00:00:00"', '"').split(",") if len(moments) else []


def known(value: Any) -> Any:
    """The value; None for what is not a number."""
    return None if isinstance(value, float) and math.isnan(value) else value


def _iso(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    is_midnight = not (moment.hour or moment.minute or moment.second or moment.microsecond)
    return moment.date().isoformat() if is_midnight else moment.isoformat()

"""What a statement gave as plain columns: quick to compare and to write as JSON, a pandas frame only when wanted."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from json.encoder import encode_basestring
from typing import Any, NamedTuple

import pandas as pd

Row = dict[str, Any]


class Column(NamedTuple):
    """Values, None where unknown, and what numpy calls them; `object` is text."""

    values: list[Any]
    dtype: str

    @property
    def plain(self) -> list[Any]:
        """The values as JSON has them: moments as ISO text, midnight as its date."""
        if not self.dtype.startswith("datetime64"):
            return self.values
        texts = {moment: _iso(moment) for moment in {*self.values}}
        return [texts[moment] for moment in self.values]

    def written(self) -> list[str]:
        """Each value in JSON."""
        if self.dtype == "object" or self.dtype.startswith("datetime64"):
            plain = self.plain
            words = {value: "null" if value is None else encode_basestring(value) for value in {*plain}}
            return [words[value] for value in plain]
        return json.dumps(self.values)[1:-1].split(", ") if self.values else []

    @property
    def is_whole(self) -> bool:
        """Whether it holds whole numbers."""
        return "int" in self.dtype

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
        return cls({name: _column(array) for name, array in answer.fetchnumpy().items()})

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())).values)

    def pick(self, names: Iterable[str]) -> Table:
        """These columns, in this order."""
        return Table({name: self.columns[name] for name in names})

    def rows(self) -> list[Row]:
        """One mapping a row of plain JSON values: moments as ISO text, midnight as its date."""
        shown = [column.plain for column in self.columns.values()]
        return [dict(zip(self.columns, row, strict=True)) for row in zip(*shown, strict=True)]

    def json(self) -> str:
        """The rows as `json.dumps(rows, sort_keys=True, ensure_ascii=False)` writes them, made column by column."""
        names = sorted(self.columns)
        row = ", ".join(f"{encode_basestring(name).replace('%', '%%')}: %s" for name in names)
        values = zip(*(self.columns[name].written() for name in names), strict=True)
        return f"[{', '.join(map(f'{{{row}}}'.__mod__, values))}]"

    def frame(self) -> pd.DataFrame:
        """The same as a pandas frame."""
        return pd.DataFrame({name: column.series() for name, column in self.columns.items()})


def _column(array: Any) -> Column:
    values = array.tolist()
    return Column([*map(known, values)] if array.dtype.kind in "fO" else values, str(array.dtype))


def known(value: Any) -> Any:
    """The value; None for what is not a number."""
    return None if isinstance(value, float) and math.isnan(value) else value


def _iso(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    is_midnight = not (moment.hour or moment.minute or moment.second or moment.microsecond)
    return moment.date().isoformat() if is_midnight else moment.isoformat()

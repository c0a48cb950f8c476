"""What a statement gave as plain columns: quick to compare and to write as JSON, a pandas frame only when wanted."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import pandas as pd

Row = dict[str, Any]


class Column(NamedTuple):
    """Values, None where unknown, and what numpy calls them; `object` is text."""

    values: list[Any]
    dtype: str

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
        arrays = answer.fetchnumpy()
        return cls({name: Column([*map(known, array.tolist())], str(array.dtype)) for name, array in arrays.items()})

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())).values)

    def pick(self, names: Iterable[str]) -> Table:
        """These columns, in this order."""
        return Table({name: self.columns[name] for name in names})

    def rows(self) -> list[Row]:
        """One mapping a row of plain JSON values: moments as ISO text, midnight as its date."""
        shown = [
            [*map(_iso, column.values)] if column.dtype.startswith("datetime64") else column.values
            for column in self.columns.values()
        ]
        return [dict(zip(self.columns, row, strict=True)) for row in zip(*shown, strict=True)]

    def frame(self) -> pd.DataFrame:
        """The same as a pandas frame."""
        return pd.DataFrame({name: column.series() for name, column in self.columns.items()})


def known(value: Any) -> Any:
    """The value; None for what is not a number."""
    return None if isinstance(value, float) and math.isnan(value) else value


def _iso(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    is_midnight = not (moment.hour or moment.minute or moment.second or moment.microsecond)
    return moment.date().isoformat() if is_midnight else moment.isoformat()

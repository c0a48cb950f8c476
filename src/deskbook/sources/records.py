"""A page's rows as a mapping sees them: fields to pick from, whether they came as columns or as documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deskbook.errors import Unreadable
from deskbook.schema import Column, Reject
from deskbook.sources.arrays import (
    array_of,
    flat,
    json_text,
    load_all,
    struct_of,
    texts,
)
from deskbook.sources.contract import Page
from deskbook.sources.documents import DOCUMENT, PAYLOAD_SHOWN, is_documents
from deskbook.sources.expressions import Expression, looks_like_expression
from deskbook.sources.rules import Rule

NULL_WORDS = pa.array(["NULL", "null", "Null", "None", "\\N", "NaN", "nan", "NaT", "N/A", "n/a", "#N/A"])
# Below this likeness an absent key of a document counts as optional, above it as misspelt.
MISSPELT = 0.8
PARENT = "_parent"
# Row -> the column it does not fit, and why.
Problems = dict[int, tuple[str, str]]
NAMES_SHOWN = 30
NAME_SHOWN = 60


@dataclass(frozen=True)
class Records:
    """Rows with their fields.

    Attributes:
        columns: the rows as a table; None if they are documents.
        documents: the rows as JSON objects; None if they are columns.
        raw: each row as it is kept.
        lines: its line in the origin.
    """

    origin: str
    columns: pa.Table | None
    documents: list[dict[str, Any]] | None
    raw: pa.Array
    lines: np.ndarray

    @classmethod
    def of(cls, page: Page) -> Records:
        """The rows of a page."""
        if not is_documents(page.rows):
            return cls(page.origin, page.rows, None, struct_of(page.rows), page.lines)
        raw = flat(page.rows.column(DOCUMENT))
        return cls(page.origin, None, load_all(raw.to_pylist()), raw, page.lines)

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.raw)

    @cached_property
    def fields(self) -> Sequence[str]:
        """Names of the fields, in their order."""
        if self.columns is not None:
            return list(self.columns.column_names)
        return list(dict.fromkeys(chain.from_iterable(self.documents or ())))

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The rows one by one; only expressions need them."""
        return self.documents if self.columns is None else self.columns.to_pylist()  # type: ignore[return-value]

    def pick(self, rule: Rule, problems: Problems) -> pa.Array:
        """Values of one rule; rows its expression does not fit are told in `problems`."""
        if rule.field is None:
            return pa.repeat(pa.scalar(_plain(rule.value)), len(self))
        if rule.field in self.fields:
            if self.columns is not None:
                values = flat(self.columns.column(rule.field))
            else:
                values = array_of([row.get(rule.field) for row in self.rows])
        elif looks_like_expression(rule.field):
            values = self._searched(rule, problems)
        else:
            self._missing(rule)
            return pa.nulls(len(self), rule.column.arrow)
        return _without_null_words(_shaped(values, rule.column), rule.column)

    def _searched(self, rule: Rule, problems: Problems) -> pa.Array:
        expression = Expression(str(rule.field), rule.place)
        found: list[Any] = []
        for place, row in enumerate(self.rows):
            try:
                found.append(expression.search(row))
            except ValueError as error:
                problems.setdefault(place, (rule.column.name, f"{rule.field}: {error}"))
                found.append(None)
        return array_of(found)

    def _missing(self, rule: Rule) -> None:
        """An absent column is an error; an absent key of documents only if needed or misspelt."""
        names = [name for name in self.fields if name != PARENT]
        optional = self.columns is None and not (rule.column.required and len(self))
        close = get_close_matches(str(rule.field), names, n=1, cutoff=MISSPELT if optional else 0.5)
        if optional and not close:
            return
        listed = ", ".join(name[:NAME_SHOWN] for name in names[:NAMES_SHOWN])
        hint = f"Did you mean '{close[0][:NAME_SHOWN]}'?" if close else f"Fields: {listed or 'none'}."
        raise Unreadable(f"{rule.place} to '{rule.field}', a field that {self.origin} lacks. {hint}")

    def take(self, places: np.ndarray) -> Records:
        """The rows at these places, in their order; a place may come more than once."""
        at = pa.array(places, pa.int64())
        columns = None if self.columns is None else self.columns.take(at)
        documents = None if self.documents is None else [self.documents[place] for place in places]
        return Records(self.origin, columns, documents, self.raw.take(at), self.lines[places])

    def items(self, rows: str, table: str, place: str) -> tuple[Records, list[Reject]]:
        """The records that an expression finds in each row, each knowing its row as `_parent`."""
        if rows == "@":
            return self, []
        expression = Expression(rows, place)
        items: list[dict[str, Any]] = []
        raw: list[str] = []
        lines: list[int] = []
        rejects = []
        for row, line in zip(self.rows, self.lines.tolist(), strict=True):
            try:
                found = expression.search(row)
            except ValueError as error:
                rejects.append(Reject(table, self.origin, line, "", f"{rows}: {error}", json_text(row)[:PAYLOAD_SHOWN]))
                continue
            for item in found if isinstance(found, list) else [] if found is None else [found]:
                text = json_text(item)
                if not isinstance(item, dict):
                    rejects.append(
                        Reject(table, self.origin, line, "", f"{rows} gives no object", text[:PAYLOAD_SHOWN])
                    )
                    continue
                items.append({**item, PARENT: row})
                raw.append(text)
                lines.append(line)
        kept = pa.array(raw, pa.string())
        return Records(self.origin, None, items, kept, np.array(lines, dtype=np.int64)), rejects


def _plain(value: Any) -> Any:
    return json_text(value) if isinstance(value, Mapping) else value


def _shaped(values: pa.Array, column: Column) -> pa.Array:
    """Nested values as JSON text, unless the column is a list and they are lists of plain values."""
    if not pa.types.is_nested(values.type):
        return values
    if column.dtype == "list" and pa.types.is_list(values.type):
        if not pa.types.is_nested(values.type.value_type):
            return values
        lists = values.to_pylist()
        told = [None if v is None else [i if isinstance(i, str) else json_text(i) for i in v] for v in lists]
        return pa.array(told, pa.list_(pa.string()))
    return texts(values)


def _without_null_words(values: pa.Array, column: Column) -> pa.Array:
    if column.privacy == "content" or not pa.types.is_string(values.type):
        return values
    empty = pc.is_in(values, NULL_WORDS)
    if not pc.any(empty).as_py():
        return values
    return pc.if_else(empty, pa.scalar(None, pa.string()), values)

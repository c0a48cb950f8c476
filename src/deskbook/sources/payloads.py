"""What an API sends, as pages that keep it as it came, and as rows of standard tables made from it in code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa

from deskbook.schema import Batch, coerce, standard_table
from deskbook.sources.arrays import array_of, flat, json_text, load_all
from deskbook.sources.contract import Cursor, Page
from deskbook.sources.documents import DOCUMENT, document_table

Row = Mapping[str, Any]


def payload_page(payloads: Iterable[Any], origin: str, cursor: Cursor, **more: Any) -> Page:
    """A page of JSON objects as an API sent them.

    Args:
        origin: what they are, such as `zendesk tickets`; `normalise` can go by it.
        more: what else a `Page` holds; its `objects` too, where they are what the texts say, of JSON's own types.
    """
    rows = document_table([json_text(one) for one in payloads])
    return Page(rows, np.arange(1, rows.num_rows + 1), origin, dict(cursor), **more)


def payloads(page: Page) -> list[dict[str, Any]]:
    """The objects of such a page."""
    if page.objects is not None:
        return list(page.objects)
    return load_all(flat(page.rows.column(DOCUMENT)).to_pylist())


def batch_of(
    table: str, rows: Sequence[Row], page: Page, now: datetime, *, of: Sequence[int] | None = None, **more: Any
) -> Batch:
    """Rows of a standard table made from a page's objects.

    Args:
        rows: standard column -> value; nested values become JSON, columns that no row has stay empty.
        of: for each row, the place of its object in the page; the row's own place when absent.
        more: what else a `Batch` holds, such as the ids of rows that are gone.

    Raises:
        UnknownName: a column that the table does not have.
    """
    declared = standard_table(table)
    names = list(dict.fromkeys(chain.from_iterable(rows)))
    places = np.arange(len(rows)) if of is None else np.asarray(of, dtype=np.int64)
    columns = {declared[name].name: _column([row.get(name) for row in rows]) for name in names}
    raw = flat(page.rows.column(DOCUMENT)).take(pa.array(places, pa.int64()))
    batch = coerce(table, columns, raw=raw, lines=page.lines[places], origin=page.origin, now=now)
    return replace(batch, **more)


def _column(values: list[Any]) -> pa.Array:
    if any(issubclass(kind, dict) for kind in set(map(type, values))):
        values = [json_text(value) if isinstance(value, dict) else value for value in values]
    return array_of(values)

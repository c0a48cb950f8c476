"""What a source is: pages of raw rows with the cursor that follows them, and a way to normalise them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any, Protocol, runtime_checkable

import numpy as np
import pyarrow as pa

from deskbook.registry import Registry
from deskbook.schema import Batch, Reject

Cursor = Mapping[str, Any]
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock every source is given unless a test gives another."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One catalog entry, resolved: what to read, and how its fields become standard ones.

    Attributes:
        name: the entry's name in its catalog.
        kind: which source reads it (`files`, `sql`, …).
        source: the value of the `source` key column; entries of one outside system share it.
        table: the standard table its rows become; empty when `mapping` names several.
        mapping: standard column -> field, JMESPath expression or {field, value, values, format, zone,
            from}; or, under `tables:`, one such mapping a table with its `rows:` expression. Beside the
            columns, `history:` orders rows that are states and `changes:` makes events of them.
        options: what the source kind itself wants (url, format, query, …), secrets resolved; never shown.
        shape: a layout known by name (`twitter`) in place of a mapping.
        freshness_hours: how old its newest sync may be before it counts as stale.
        folder: the folder of the catalog file; relative paths start there.
    """

    name: str
    kind: str
    source: str
    table: str = ""
    mapping: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict, repr=False)
    shape: str = ""
    freshness_hours: float = 24.0
    folder: Path = field(default_factory=Path.cwd)
    description: str = ""


@dataclass(frozen=True)
class Page:
    """Some rows as the source holds them.

    Attributes:
        rows: the source's own columns and types.
        lines: for each row, its line in the origin (first data row of a plain CSV is 2).
        origin: file, table or address they came from.
        cursor: what to keep, in the same commit, so that the next pull starts after these rows.
        rejects: lines that could not even be read as rows.
        replaces: whether this page is everything the entry has.
        first: whether this is the first page of its origin in this pull.
    """

    rows: pa.Table
    lines: np.ndarray
    origin: str
    cursor: Cursor
    rejects: tuple[Reject, ...] = ()
    replaces: bool = False
    first: bool = False


class Source(Protocol):
    """A part that reads one kind of outside system. Built from a resolved entry and a clock."""

    def pull(self, cursor: Cursor) -> Iterator[Page]:
        """Pages after the cursor, in order; nothing if nothing changed."""

    def normalise(self, page: Page) -> list[Batch]:
        """The page as batches of standard tables; runs again on kept raw rows."""

    def sample(self, rows: int) -> pa.Table:
        """The first rows as the source holds them, for mapping and preview."""


@runtime_checkable
class Waking(Protocol):
    """A source whose outside system says that something changed (LISTEN/NOTIFY, a queue of notifications)."""

    def wakes(self, stop: Event) -> Iterator[None]:
        """Yields each time there may be something to pull, until `stop` is set; what was said is taken off the queue.

        Blocks in between, a second at most before it looks at `stop` again. It runs in a thread of its own beside
        `pull`, which finds the rows by its cursor: a wake that is lost or said twice costs time, never a row.

        Raises:
            SourceError: the outside system cannot be heard; whoever listens falls back to the entry's interval.
        """


@runtime_checkable
class Showing(Protocol):
    """A source that gives its first rows as a page: with their lines, and what among them is no row."""

    def first(self, rows: int) -> Page:
        """The first rows as they would be pulled; reads no further than it must."""


source: Registry[Callable[[Entry, Clock], Source]] = Registry("source kind", "deskbook.sources")

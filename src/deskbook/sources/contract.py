"""What a source is: pages of raw rows with the cursor that follows them, and a way to normalise them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np
import pyarrow as pa

from deskbook.registry import Registry
from deskbook.schema import Batch, Reject
from deskbook.sources.rhythm import Every

if TYPE_CHECKING:
    from deskbook.sources.http.oauth import App

Cursor = Mapping[str, Any]
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock every source is given unless a test gives another."""
    return datetime.now(UTC)


class Keeper(Protocol):
    """Where the tokens of one entry are kept, sealed, that its OAuth server gives in place of those before."""

    def load(self) -> Mapping[str, Any] | None:
        """What was kept last, also by another process."""

    def save(self, tokens: Mapping[str, Any]) -> None:
        """Keep these in place of those before; when it returns, they outlive a crash."""


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
        every: how often it is pulled; as the workspace is set where None.
        priority: who goes first of those that are due, the greater; each interval waited weighs 10.
        fallback: the entry that is pulled in its stead, under its `source`, while it fails.
        folder: the folder of the catalog file; relative paths start there.
        keeper: of the tokens that an OAuth server gives; None where nothing can be kept.
    """

    name: str
    kind: str
    source: str
    table: str = ""
    mapping: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict, repr=False)
    shape: str = ""
    freshness_hours: float = 24.0
    every: Every | None = None
    priority: float = 0.0
    fallback: str = ""
    folder: Path = field(default_factory=Path.cwd)
    description: str = ""
    keeper: Keeper | None = field(default=None, repr=False, compare=False)


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
        gone: keys, as the source writes them, of rows that it no longer has.
        present: keys of all rows that it still has, so that every other one is gone; None where that is not known.
        notes: what is worth knowing about the source and is no fault of a row, such as a new column.
        is_read_only: whether going on to the next page changes nothing outside, so that it may be pulled before this
            one is in the lake.
        objects: the rows as Python objects, where whoever made the page still has them: `normalise` need not read them
            again. No part of what the page says.
    """

    rows: pa.Table
    lines: np.ndarray
    origin: str
    cursor: Cursor
    rejects: tuple[Reject, ...] = ()
    replaces: bool = False
    first: bool = False
    gone: pa.Array | None = None
    present: pa.ChunkedArray | None = None
    notes: tuple[str, ...] = ()
    is_read_only: bool = False
    objects: Sequence[Any] | None = field(default=None, repr=False, compare=False)


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


@dataclass(frozen=True)
class Told:
    """What a webhook said, once its signature was found to be good.

    Attributes:
        id: the vendor's own id of what happened; the same one twice is taken once.
        about: what is to be fetched of it, such as ids of tickets; kept as JSON until it was.
        reply: what the caller waits for, where the vendor wants more than a 200; sent at once.
        is_kept: whether it is remembered; a handshake that nobody signs is not.
    """

    id: str
    about: Mapping[str, Any]
    reply: Any = None
    is_kept: bool = True


@runtime_checkable
class Called(Protocol):
    """A source whose outside system calls us when something changed (a webhook); it is then pulled at once."""

    def told(self, headers: Mapping[str, str], body: bytes) -> Told:
        """What a call says.

        Args:
            headers: names in lower case.
            body: as it came: the signature is of these bytes.

        Raises:
            AuthFailed: the signature is missing, wrong or too old.
            Unreadable: it is good, but says nothing that is known.
        """


@runtime_checkable
class Consenting(Protocol):
    """A source whose outside system asks first whether it may call (CloudEvents, HTTP 1.1 Web Hooks, section 4)."""

    def consent(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """Headers of the answer that says yes.

        Args:
            headers: names in lower case.

        Raises:
            AuthFailed: whoever asks is not the one who is to call.
        """


@runtime_checkable
class Hooked(Called, Protocol):
    """A source that is called, and fetches what a call was about without a pull."""

    def fetched(self, about: Sequence[Mapping[str, Any]], cursor: Cursor) -> Iterator[Page]:
        """Pages of what calls were about, fetched anew; their cursor is the one given, so that no pull skips a row."""


@runtime_checkable
class LetIn(Protocol):
    """A source that a person lets into its account in a browser (OAuth 2, authorisation code)."""

    @property
    def app(self) -> App | None:
        """The application that the account knows; None where the entry has a key or token of its own."""


@runtime_checkable
class Settling(Protocol):
    """A source that does something outside once rows are committed, such as moving a file to its archive."""

    def settled(self, cursor: Cursor) -> None:
        """Called before a pull with the cursor it starts from, and after each commit with the cursor in it.

        Whoever only looks at pages never calls it, and nothing outside is changed then. A failure is kept for the
        end of the pull: the rows are committed, and the others are to be read first.
        """


@runtime_checkable
class Showing(Protocol):
    """A source that gives its first rows as a page: with their lines, and what among them is no row."""

    def first(self, rows: int) -> Page:
        """The first rows as they would be pulled; reads no further than it must."""


source: Registry[Callable[[Entry, Clock], Source]] = Registry("source kind", "deskbook.sources")

"""A batch of tickets with everything that happened to them, as arrays sorted by ticket and time.

Times are microseconds since 1970 (UTC) in int64. A ticket is its row number in the batch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from deskbook.schema import EVENT_KINDS, ROLES

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
Bools = NDArray[np.bool_]

OPEN: Final = 2**62
"""The end of what has not ended yet."""
SECOND: Final = 1_000_000
NONE: Final = -1
"""The code of no value."""


@dataclass(frozen=True)
class Messages:
    """One row a message, sorted by ticket, time and id; an agent's comes before a customer's of the same instant.

    Attributes:
        role: place in `deskbook.schema.ROLES`.
        author: code of the writer within the batch; NONE if unknown.
    """

    ticket: Codes
    at: Ints
    role: Codes
    is_public: Bools
    author: Codes
    ids: pa.Array
    author_ids: pa.Array

    def __len__(self) -> int:
        """Number of messages."""
        return len(self.ticket)


@dataclass(frozen=True)
class Events:
    """One row a change, sorted by ticket, time and id.

    Attributes:
        kind: place in `deskbook.schema.EVENT_KINDS`.
    """

    ticket: Codes
    at: Ints
    kind: Codes
    old: pa.Array
    new: pa.Array


@dataclass(frozen=True)
class Past:
    """The batch.

    Attributes:
        tickets: the ticket rows, for their words.
        created, source_reply, source_resolved, updated: microseconds; OPEN where the source says nothing.
    """

    tickets: pa.Table
    created: Ints
    source_reply: Ints
    source_resolved: Ints
    updated: Ints
    messages: Messages
    events: Events

    def __len__(self) -> int:
        """Number of tickets."""
        return int(self.tickets.num_rows)

    def words(self, column: str) -> list[Any]:
        """A column of the tickets as Python values."""
        return list(self.tickets[column].to_pylist())


def make_past(tickets: pa.Table, messages: pa.Table, events: pa.Table) -> Past:
    """Arrays from the rows of a batch.

    Args:
        tickets: one row a ticket in its order: created_us, first_reply_us, resolved_us, updated_us and words.
        messages: ticket, at_us, id, role, author_id, is_public, sorted by ticket, at_us, id.
        events: ticket, at_us, id, kind, old_value, new_value, sorted by ticket, at_us, id.
    """
    return Past(
        tickets=tickets,
        created=micros(tickets["created_us"]),
        source_reply=micros(tickets["first_reply_us"]),
        source_resolved=micros(tickets["resolved_us"]),
        updated=micros(tickets["updated_us"]),
        messages=_messages(messages),
        events=Events(
            numbers(events["ticket"]),
            micros(events["at_us"]),
            numbers(pc.index_in(flat(events["kind"]), pa.array(EVENT_KINDS))),
            flat(events["old_value"]),
            flat(events["new_value"]),
        ),
    )


def _messages(rows: pa.Table) -> Messages:
    role = numbers(pc.index_in(flat(rows["role"]), pa.array(ROLES)))
    ticket, at = numbers(rows["ticket"]), micros(rows["at_us"])
    is_customer = role == ROLES.index("customer")
    order = np.lexsort((is_customer, at, ticket))  # stable: rows of one instant and side stay in the order of their ids
    author_ids = flat(rows["author_id"]).take(pa.array(order))
    author = numbers(author_ids.dictionary_encode().indices)
    public = np.asarray(pc.fill_null(flat(rows["is_public"]), True).to_numpy(zero_copy_only=False), np.bool_)
    ids = flat(rows["id"]).take(pa.array(order))
    return Messages(ticket[order], at[order], role[order], public[order], author, ids, author_ids)


def flat(column: Any) -> pa.Array:
    """A column as one array."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def micros(column: Any) -> Ints:
    """Microseconds of a column; OPEN where it holds none."""
    return np.asarray(pc.fill_null(flat(column).cast(pa.int64()), OPEN), np.int64)


def numbers(column: Any) -> Codes:
    """Small whole numbers of a column; NONE where it holds none."""
    return np.asarray(pc.fill_null(flat(column).cast(pa.int32()), NONE), np.int32)


def first_rows(ticket: NDArray[Any]) -> Bools:
    """Which rows of arrays sorted by ticket are their ticket's first."""
    out = np.ones(len(ticket), np.bool_)
    out[1:] = ticket[1:] != ticket[:-1]
    return out


def last_rows(ticket: NDArray[Any]) -> Bools:
    """Which rows of arrays sorted by ticket are their ticket's last."""
    out = np.ones(len(ticket), np.bool_)
    out[:-1] = ticket[1:] != ticket[:-1]
    return out


def per_ticket(size: int, ticket: NDArray[Any], values: NDArray[Any], fill: int = OPEN) -> Ints:
    """One value a ticket, from rows that hold at most one of each; `fill` for tickets without a row."""
    out = np.full(size, fill, np.int64)
    out[ticket] = values
    return out


def totals(size: int, ticket: NDArray[Any], amounts: NDArray[Any] | None = None) -> Ints:
    """Sum of whole amounts by ticket; number of rows without amounts.

    Doubles hold the sums exactly: 2**53 microseconds are 285 years.
    """
    weights = None if amounts is None else np.asarray(amounts, np.float64)
    return np.asarray(np.bincount(ticket, weights, size), np.int64)


def places(ticket: NDArray[Any]) -> Ints:
    """The place of each row within its ticket, from 0; rows are sorted by ticket."""
    first = np.flatnonzero(first_rows(ticket))
    return np.arange(len(ticket)) - np.repeat(first, np.diff([*first, len(ticket)]))


def expand(counts: NDArray[Any]) -> tuple[Ints, Ints]:
    """For rows that each stand for several: the row of each of those, and its place within the row."""
    row = np.repeat(np.arange(len(counts)), counts)
    return row, np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)

"""One field of a ticket over time: consecutive values, each from a moment to a moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from deskbook.clocks.past import (
    NONE,
    OPEN,
    Bools,
    Codes,
    Ints,
    Past,
    expand,
    first_rows,
    flat,
    last_rows,
    numbers,
    totals,
)
from deskbook.schema import EVENT_KINDS


@dataclass(frozen=True)
class Steps:
    """Every value a field took, those that held for no time, too: one row each, sorted by ticket and time."""

    ticket: Codes
    value: Codes
    at: Ints


@dataclass(frozen=True)
class Spans:
    """One row a value that held for a while, sorted by ticket and start; the last of each ticket ends OPEN.

    Attributes:
        value: place in `words`; NONE for no value.
        steps: what led to the spans: of changes at one instant a span shows the last, the steps show all.
        has_history: by ticket, whether any event speaks of the field.
        early, repeated, jumped: events by ticket that lie before creation, change nothing, or start from
            another value than the event before left.
    """

    ticket: Codes
    value: Codes
    start: Ints
    end: Ints
    words: tuple[str, ...]
    steps: Steps
    has_history: Bools
    early: Ints
    repeated: Ints
    jumped: Ints

    @property
    def counts(self) -> Ints:
        """Spans of each ticket."""
        return totals(len(self.has_history), self.ticket)

    def at(self, ticket: NDArray[Any], moment: Ints) -> Codes:
        """The value that held for tickets at moments; the first one if asked about earlier."""
        counts = self.counts
        place = (np.cumsum(counts) - counts)[ticket]
        end = place + counts[ticket]
        step = 1 << int(counts.max(initial=1)).bit_length()
        while step := step >> 1:  # a binary search within each ticket's spans, for all at once
            further = place + step
            begun = self.start[np.minimum(further, len(self.start) - 1)] <= moment
            place = np.where((further < end) & begun, further, place)
        return np.asarray(self.value[place])

    def within(self, ticket: NDArray[Any], start: Ints, end: Ints) -> tuple[Ints, Ints, Ints, Ints]:
        """The pieces of stretches of time in which one value holds; the first one held before, too.

        Returns:
            Row of the stretch, row of the span, start and end of each piece that is not empty.
        """
        counts = self.counts
        row, place = expand(counts[ticket])
        span = (np.cumsum(counts) - counts)[np.asarray(ticket)[row]] + place
        begins = np.where(place == 0, start[row], np.maximum(start[row], self.start[span]))
        ends = np.minimum(end[row], self.end[span])
        keep = ends > begins
        return row[keep], span[keep], begins[keep], ends[keep]


@dataclass(frozen=True)
class Changes:
    """The changes of one field: one row an event, sorted by ticket and time.

    Attributes:
        initial, current: by ticket, the value at creation and the value the ticket has now.
        old, new: values of each event, places in `words`; NONE for no value.
    """

    words: tuple[str, ...]
    initial: Codes
    current: Codes
    ticket: Codes
    at: Ints
    old: Codes
    new: Codes


def changes_of(
    past: Past, kind: str, *, now: str | None = None, before: str | None = None, backdated: bool = False
) -> Changes:
    """What the events of one kind say of a field.

    Args:
        now: the ticket column that says where it stands, if one does; where no event speaks of the field it always
            stood there.
        before: the value before the first event, where that event does not say.
        backdated: whether, where nobody says, the first value known is taken to have held since creation.
    """
    rows = np.flatnonzero(past.events.kind == EVENT_KINDS.index(kind))
    picked = pa.array(rows)
    current = flat(past.tickets[now]) if now else pa.nulls(len(past), pa.string())
    coded = pa.concat_arrays([past.events.new.take(picked), past.events.old.take(picked), current]).dictionary_encode()
    words = tuple(coded.dictionary.to_pylist())
    if before is not None and before not in words:
        words = (*words, before)
    new, old, standing = np.split(numbers(coded.indices), [len(rows), 2 * len(rows)])
    ticket, at = past.events.ticket[rows], past.events.at[rows]
    first = first_rows(ticket)
    unsaid = new[first] if backdated else np.int32(words.index(before) if before is not None else NONE)
    initial = standing.copy()
    initial[ticket[first]] = np.where(old[first] != NONE, old[first], unsaid)
    return Changes(words, initial, standing, ticket, at, old, new)


def spans_of(created: Ints, changes: Changes) -> Spans:
    """Consecutive values from creation on; changes that change nothing are left out, and counted."""
    size = len(created)
    ticket = np.concatenate([np.arange(size, dtype=np.int32), changes.ticket])
    at = np.concatenate([created, np.maximum(changes.at, created[changes.ticket])])
    value = np.concatenate([changes.initial, changes.new])
    was = np.concatenate([changes.initial, changes.old])
    order = np.argsort(ticket, kind="stable")  # changes are sorted in themselves, and creation comes first
    ticket, at, value, was = ticket[order], at[order], value[order], was[order]
    first = first_rows(ticket)
    follows = np.zeros(len(ticket), np.bool_)
    follows[1:] = ~first[1:]
    before = np.concatenate([value[:1], value[:-1]])
    same = follows & (value == before)
    opening = np.concatenate([first[:1], first[:-1]]) & (was == NONE)  # "it is new" said at creation repeats nothing
    jumped = follows & ~same & (was != NONE) & (was != before)
    repeated, jumps = totals(size, ticket[same & ~opening]), totals(size, ticket[jumped])
    steps = Steps(ticket[~same], value[~same], at[~same])
    lasting = last_rows(ticket)
    lasting[:-1] |= at[1:] > at[:-1]  # of changes at one instant the last holds
    ticket, at, value = ticket[lasting], at[lasting], value[lasting]
    begins = first_rows(ticket)
    begins[1:] |= value[1:] != value[:-1]
    ticket, at, value = ticket[begins], at[begins], value[begins]
    end = np.full(len(ticket), OPEN)
    end[:-1] = np.where(ticket[1:] == ticket[:-1], at[1:], OPEN)
    return Spans(
        ticket=ticket,
        value=value,
        start=at,
        end=end,
        words=changes.words,
        steps=steps,
        has_history=totals(size, changes.ticket) > 0,
        early=totals(size, changes.ticket, changes.at < created[changes.ticket]),
        repeated=repeated,
        jumped=jumps,
    )


def field_spans(past: Past, kind: str, *, now: str, backdated: bool = False) -> Spans:
    """The values of one field of every ticket over time."""
    return spans_of(past.created, changes_of(past, kind, now=now, backdated=backdated))

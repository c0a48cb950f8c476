"""A reading: one way to count a figure from tickets' histories, and what it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deskbook.clocks.measure import Batch, measure
from deskbook.clocks.past import NONE, OPEN, Bools, Ints, flat, micros
from deskbook.clocks.rules import Rules
from deskbook.errors import UnknownName
from deskbook.schema import MEASURED

SUFFIX: Final = "_seconds"
MEASURES: Final = tuple(
    column.name.removesuffix(SUFFIX) for column in MEASURED["ticket_clocks"].columns if column.unit == "s"
)
"""What can be explained: every duration of a ticket, by its name without `_seconds`."""
REPLY: Final = ("first_reply", "total_reply")
RESOLUTION: Final = ("first_resolution", "resolution")
STOOD: Final = ("new", "open", "pending", "hold")
ENDS: Final = {"first_reply": "first_reply_at", "first_resolution": "first_resolved_at", "resolution": "resolved_at"}


@dataclass(frozen=True)
class Reading:
    """One way to count a figure.

    Attributes:
        batch: tickets and their history, with the tickets merged into them or that they were merged into;
            `messages` may have a column role_now, the role its author has today.
        rules: how they are measured.
        clocks: the measures whose sum is the figure.
        zone: the workspace's IANA zone.
        scale: what the sum is multiplied by and divided by.
    """

    batch: Batch
    rules: Rules
    clocks: tuple[str, ...]
    zone: str = "UTC"
    scale: tuple[int, int] = (1, 1)

    @property
    def family(self) -> str:
        """The measure without its way of counting time: first_reply_business is of first_reply."""
        return self.clocks[0].removesuffix("_business").removesuffix("_last_schedule")

    @property
    def is_business(self) -> bool:
        """Whether schedules play a part."""
        return self.clocks[0].endswith(("_business", "_last_schedule"))

    def with_tickets(self, **columns: Any) -> Reading:
        """The reading with columns of its tickets replaced."""
        tickets = self.batch.tickets
        for name, values in columns.items():
            tickets = tickets.set_column(tickets.schema.get_field_index(name), name, values)
        return replace(self, batch=replace(self.batch, tickets=tickets))

    def with_messages(self, messages: pa.Table, touched: Bools) -> Reading:
        """The reading with other messages; in the tickets they touch, replies are found from them alone."""
        reply = pc.if_else(pa.array(touched), pa.scalar(None, pa.int64()), flat(self.batch.tickets["first_reply_us"]))
        return replace(self, batch=replace(self.batch, messages=messages)).with_tickets(first_reply_us=reply)

    def with_events(self, events: pa.Table) -> Reading:
        """The reading with other events."""
        return replace(self, batch=replace(self.batch, events=events))


@dataclass(frozen=True)
class Counted:
    """What a reading comes to, by ticket.

    Attributes:
        seconds: the figure; NONE where it has none.
        start, end: when its clock starts and ends, microseconds; OPEN where there is no such moment.
        left_out: why the ticket counts nowhere; null if it does.
    """

    seconds: Ints
    start: Ints
    end: Ints
    left_out: pa.Array


def measure_name(name: str) -> str:
    """The measure of that name, with or without `_seconds`.

    Raises:
        UnknownName: no ticket has such a clock; offers the closest one.
    """
    found = name.strip().removesuffix(SUFFIX)
    if found not in MEASURES:
        raise UnknownName("measure of a ticket", name, MEASURES)
    return found


def count(reading: Reading) -> Counted:
    """Measure a reading."""
    clocks = measure(reading.batch, replace(reading.rules, policies=()))["ticket_clocks"]
    parts = [np.asarray(pc.fill_null(flat(clocks[name + SUFFIX]), NONE)) for name in reading.clocks]
    known = np.all([part != NONE for part in parts], axis=0)
    by, over = reading.scale
    seconds = np.where(known, np.sum(parts, axis=0) * by // over, NONE)
    end = ENDS.get(reading.family)
    ends = micros(clocks[end]) if end else np.full(len(seconds), OPEN)
    return Counted(seconds, micros(reading.batch.tickets["created_us"]), ends, flat(clocks["left_out"]))


def targets(tickets: pa.Table) -> Ints:
    """The row of the ticket that each was merged into, through several merges if need be; NONE if it is not there."""
    keys = list(zip(tickets["source"].to_pylist(), tickets["id"].to_pylist(), strict=True))
    row = {key: place for place, key in enumerate(keys)}
    into = [row.get((source, one), NONE) for (source, _), one in zip(keys, merged_into(tickets), strict=True)]
    out = np.full(len(keys), NONE, np.int64)
    for place, target in enumerate(into):
        seen = {place}
        while target != NONE and into[target] != NONE and target not in seen:
            seen.add(target)
            target = into[target]
        out[place] = NONE if target in seen else target
    return out


def merged_into(tickets: pa.Table) -> Sequence[str | None]:
    """Ids of the tickets that tickets were merged into."""
    found: list[str | None] = tickets["merged_into_id"].to_pylist()
    return found


def some(reading: Reading, rows: Ints) -> Reading:
    """The reading of some tickets, in that order, followed by those they are merged with."""
    tickets = reading.batch.tickets
    into = targets(tickets)
    asked = np.zeros(len(into), np.bool_)
    asked[rows] = True
    kin = np.zeros(len(into), np.bool_)
    merged = np.flatnonzero(into != NONE)
    kin[merged[asked[into[merged]]]] = True
    kin[into[merged[asked[merged]]]] = True
    order = np.concatenate([rows, np.flatnonzero(kin & ~asked)])
    place = np.full(len(into), NONE, np.int64)
    place[order] = np.arange(len(order))
    batch = Batch(
        tickets.take(pa.array(order)),
        _of_tickets(reading.batch.messages, place),
        _of_tickets(reading.batch.events, place),
    )
    return replace(reading, batch=batch)


def _of_tickets(rows: pa.Table, place: Ints) -> pa.Table:
    ticket = place[np.asarray(flat(rows["ticket"]), np.int64)]
    keep = np.flatnonzero(ticket != NONE)
    keep = keep[np.argsort(ticket[keep], kind="stable")]
    return renumbered(rows.take(pa.array(keep)), ticket[keep])


def renumbered(rows: pa.Table, ticket: Ints) -> pa.Table:
    """Rows as those of other tickets."""
    at = rows.schema.get_field_index("ticket")
    return rows.set_column(at, "ticket", pa.array(ticket.astype(np.int32)))

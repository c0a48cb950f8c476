"""Readings in which a clock starts or ends at another moment, or other statuses count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deskbook.clocks.differences.reading import RESOLUTION, STOOD, Reading, renumbered, targets
from deskbook.clocks.differences.schedules import every_moment
from deskbook.clocks.past import NONE, OPEN, SECOND, Bools, Ints, first_rows, flat, last_rows, micros, per_ticket

STARTED: Final = ("first_reply", *RESOLUTION)
"""Measures whose clock starts at creation."""
DONE: Final = ("solved", "closed")
ACTIVE: Final = STOOD
WITHOUT_PENDING: Final = ("new", "open", "hold")
WITH_AGENTS: Final = ("new", "open")


def merged_creation(reading: Reading) -> Reading | None:
    """The clock starts at the creation of the oldest ticket that was merged into this one."""
    into = targets(reading.batch.tickets)
    merged = np.flatnonzero(into != NONE)
    if reading.family not in STARTED or not len(merged):
        return None
    created = micros(reading.batch.tickets["created_us"])
    earliest = created.copy()
    np.minimum.at(earliest, into[merged], created[merged])
    return reading.with_tickets(created_us=pa.array(earliest))


def merged_messages(reading: Reading) -> Reading | None:
    """Messages of tickets merged into this one count as its own."""
    tickets, messages = reading.batch.tickets, reading.batch.messages
    into = targets(tickets)
    ticket = np.asarray(flat(messages["ticket"]), np.int64)
    moved = np.flatnonzero(into[ticket] != NONE)
    if reading.family not in ("first_reply", "total_reply") or not len(moved):
        return None
    copies = renumbered(messages.take(pa.array(moved)), into[ticket[moved]])
    both = pa.concat_tables([messages, copies]).sort_by([(name, "ascending") for name in ("ticket", "at_us", "id")])
    touched = np.zeros(tickets.num_rows, np.bool_)
    touched[into[ticket[moved]]] = True
    return reading.with_messages(both, touched)


def first_message_starts(reading: Reading) -> Reading | None:
    """The clock starts at the customer's first message, not at creation."""
    messages = reading.batch.messages
    asks = np.flatnonzero(np.asarray(pc.fill_null(pc.equal(flat(messages["role"]), "customer"), False)))
    return _started(reading, messages, asks)


def assignment_starts(reading: Reading) -> Reading | None:
    """The clock starts when the ticket is first assigned to an agent, not at creation."""
    events = reading.batch.events
    kind, agent = flat(events["kind"]), flat(events["new_value"])
    return _started(
        reading, events, np.flatnonzero(np.asarray(pc.and_(pc.equal(kind, "assignment"), agent.is_valid())))
    )


def _started(reading: Reading, rows: pa.Table, which: Ints) -> Reading | None:
    if reading.family not in STARTED or not len(which):
        return None
    ticket = np.asarray(flat(rows["ticket"]), np.int64)[which]
    first = which[first_rows(ticket)]
    created = micros(reading.batch.tickets["created_us"])
    found = per_ticket(len(created), np.asarray(flat(rows["ticket"]))[first], micros(rows["at_us"])[first])
    return reading.with_tickets(created_us=pa.array(np.where(found == OPEN, created, found)))


def shifted(seconds: int) -> Callable[[Reading], Reading | None]:
    """Everything after creation so much later."""

    def moved(column: pa.Array) -> pa.Array:
        return pc.add(flat(column).cast(pa.int64()), seconds * SECOND)

    def read(reading: Reading) -> Reading | None:
        return every_moment(reading, moved, creation=False) if reading.family in STARTED else None

    return read


def update_ends(reading: Reading) -> Reading | None:
    """The ticket's last update is taken for the reply or the resolution."""
    return _ended(reading, micros(reading.batch.tickets["updated_us"]))


def solved_field_ends(reading: Reading) -> Reading | None:
    """The source's own resolution time is taken for the reply or the resolution, not the change to solved."""
    return _ended(reading, micros(reading.batch.tickets["resolved_us"]))


def solving_replies(reading: Reading) -> Reading | None:
    """The last change to solved is taken for the reply."""
    return _ended(reading, _changed(reading, "solved", last_rows)) if reading.family == "first_reply" else None


def closing_solves(reading: Reading) -> Reading | None:
    """The change to closed is taken for the resolution, not that to solved."""
    return _ended(reading, _changed(reading, "closed", last_rows)) if reading.family in RESOLUTION else None


def _changed(reading: Reading, status: str, which: Callable[[Ints], Bools]) -> Ints:
    """The first or last moment at which each ticket's status became one; OPEN if it never did."""
    events = reading.batch.events
    became = pc.and_(
        pc.equal(flat(events["kind"]), "status"), pc.equal(pc.utf8_lower(flat(events["new_value"])), status)
    )
    rows = np.flatnonzero(np.asarray(pc.fill_null(became, False)))
    ticket = np.asarray(flat(events["ticket"]), np.int64)[rows]
    rows, ticket = rows[which(ticket)], ticket[which(ticket)]
    return per_ticket(reading.batch.tickets.num_rows, ticket, micros(events["at_us"])[rows])


def _ended(reading: Reading, end: Ints) -> Reading | None:
    """The clock of a reply or a resolution ended at a moment of each ticket; as it is where that is OPEN."""
    told = end != OPEN
    if not told.any():
        return None
    moments = pa.array(end, pa.int64(), mask=~told)
    if reading.family == "first_reply":
        return reading.with_tickets(first_reply_us=pc.coalesce(moments, flat(reading.batch.tickets["first_reply_us"])))
    if reading.family not in RESOLUTION:
        return None
    events, tickets = reading.batch.events, reading.batch.tickets
    ticket = np.asarray(flat(events["ticket"]), np.int64)
    done = np.asarray(pc.fill_null(pc.is_in(flat(tickets["status"]), pa.array(DONE)), False))
    told &= done
    is_status = np.asarray(pc.equal(flat(events["kind"]), "status"))
    kept = events.filter(pa.array(~(is_status & told[ticket])))
    resolved = pc.if_else(pa.array(told), moments, flat(tickets["resolved_us"]))
    return reading.with_events(kept).with_tickets(resolved_us=resolved)


def first_solving(reading: Reading) -> Reading | None:
    """The first resolution, where ours is the last one."""
    return _renamed(reading, "resolution", "first_resolution")


def last_solving(reading: Reading) -> Reading | None:
    """The last resolution, where ours is the first one."""
    return _renamed(reading, "first_resolution", "resolution")


def _renamed(reading: Reading, family: str, other: str) -> Reading | None:
    if reading.family != family or len(reading.clocks) > 1:
        return None
    return replace(reading, clocks=(reading.clocks[0].replace(family, other),))


def standing(statuses: tuple[str, ...]) -> Callable[[Reading], Reading | None]:
    """Only time in some statuses counts, up to the resolution."""

    def read(reading: Reading) -> Reading | None:
        if reading.family != "resolution":
            return None
        way = "_business" if reading.is_business else ""
        return replace(reading, clocks=tuple(f"{status}{way}" for status in statuses))

    return read


def also_new(reading: Reading) -> Reading | None:
    """Time in new counts as time in the status asked for."""
    if reading.family not in STOOD[1:] or len(reading.clocks) > 1:
        return None
    way = "_business" if reading.is_business else ""
    return replace(reading, clocks=(f"new{way}", *reading.clocks))


def scaled(by: int, over: int) -> Callable[[Reading], Reading | None]:
    """The figure written in another unit than it is read in."""
    return lambda reading: replace(reading, scale=(reading.scale[0] * by, reading.scale[1] * over))

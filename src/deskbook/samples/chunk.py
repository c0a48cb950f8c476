"""One stretch of days, fully drawn: the unit that is written and booked, and then forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from deskbook.samples.arrivals import FIRST_TICKET, Tickets, draw_tickets
from deskbook.samples.calendar import DAY_SECONDS, BusinessClock
from deskbook.samples.conversation import Talk, Turn, converse
from deskbook.samples.desk import Customers, Staff
from deskbook.samples.history import History, record
from deskbook.samples.incidents import Plan
from deskbook.samples.reported import Office, Reported, report
from deskbook.samples.satisfaction import GOOD, Surveys, ask_customers
from deskbook.samples.slots import fill_slots
from deskbook.samples.writing import Texts, Writer

CHUNK_TICKETS = 8_000
"""A chunk ends with the day on which it reaches this size, which bounds memory."""


@dataclass(frozen=True)
class Chunk:
    """Everything about the tickets of some days."""

    tickets: Tickets
    talk: Talk
    history: History
    surveys: Surveys
    subjects: pa.StringArray
    texts: Texts
    comments: pa.StringArray
    reported: Reported


@dataclass(frozen=True)
class Desk:
    """What stays the same for every chunk."""

    seed: int
    plan: Plan
    staff: Staff
    customers: Customers
    clock: BusinessClock
    office: Office


def spans(plan: Plan) -> Iterator[tuple[range, int]]:
    """Row numbers of the days of each chunk, and the number of its first ticket."""
    planted = np.bincount(plan.planted_at // DAY_SECONDS - plan.first_day, minlength=len(plan.counts))
    before = np.concatenate([[0], np.cumsum(plan.counts + planted)])
    start = 0
    for stop in range(1, len(before)):
        if before[stop] - before[start] >= CHUNK_TICKETS or stop == len(before) - 1:
            if before[stop] > before[start]:
                yield range(start, stop), FIRST_TICKET + int(before[start])
            start = stop


def draw_chunk(desk: Desk, days: range, first_number: int) -> Chunk:
    """The chunk of those days; depends on the seed and its first day only, not on other chunks."""
    rng = np.random.default_rng([desk.seed, 1, days.start])
    plan = desk.plan
    tickets = draw_tickets(plan, desk.staff, desk.customers, days, first_number, rng)
    talk = converse(tickets, plan, desk.staff, desk.clock, rng)
    history = record(tickets, talk, plan.end_at, rng)
    surveys = ask_customers(tickets, talk, history, plan.end_at, rng)
    slots = fill_slots(
        tickets, talk.at[:, Turn.REPLY], (desk.customers, desk.staff), (plan.first_day, len(plan.counts)), rng
    )
    writer = Writer(tickets, slots, rng)
    return Chunk(
        tickets=tickets,
        talk=talk,
        history=history,
        surveys=surveys,
        subjects=writer.subjects(),
        texts=writer.messages(talk),
        comments=writer.comments(surveys.row, surveys.score >= GOOD),
        # A stream of its own: what the help desk reports changes nothing that happened.
        reported=report(tickets, talk, history, desk.office, np.random.default_rng([desk.seed, 2, days.start])),
    )

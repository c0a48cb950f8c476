"""How each ticket goes on: when it is answered, asked again, solved, reopened and closed.

Every step of a conversation has a fixed place, so a ticket is a row of times and a row of flags;
what would happen after the end of the period has not happened.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from deskbook.samples.arrivals import Bools, Tickets
from deskbook.samples.calendar import DAY_SECONDS, BusinessClock, Floats, Ints
from deskbook.samples.desk import Staff
from deskbook.samples.incidents import Plan
from deskbook.samples.reasons import CHANNELS, REASON_KEYS


class Turn(IntEnum):
    """Places of the messages of a ticket, in the order in which they are sent."""

    FIRST = 0
    ACK = 1
    NOTE = 2
    CHASE = 3
    REPLY = 4
    FOLLOW_1 = 5
    ANSWER_1 = 6
    FOLLOW_2 = 7
    ANSWER_2 = 8
    FOLLOW_3 = 9
    ANSWER_3 = 10
    THANKS = 11
    STILL = 12
    AGAIN = 13


FOLLOWS = (Turn.FOLLOW_1, Turn.FOLLOW_2, Turn.FOLLOW_3)
ANSWERS = (Turn.ANSWER_1, Turn.ANSWER_2, Turn.ANSWER_3)
CUSTOMER_TURNS = (Turn.FIRST, Turn.CHASE, *FOLLOWS, Turn.THANKS, Turn.STILL)
AGENT_TURNS = (Turn.REPLY, *ANSWERS, Turn.AGAIN)
"""Public messages of agents; notes are internal and the bot is no agent."""

_REPLY_SECONDS = np.array([11_500.0, 150.0, 9_000.0, 45.0, 2_400.0])
"""Usual working seconds until the first reply, in the order of CHANNELS."""
_CUSTOMER_SECONDS = np.array([18_000.0, 80.0, 21_000.0, 40_000.0, 3_000.0])
"""Usual wall seconds until a customer writes again."""
_IS_LIVE = np.isin(CHANNELS, ("chat", "phone"))
_PRAISE = REASON_KEYS.index("praise")
_ROUNDS = (0.52, 0.80, 0.94)
"""Cumulative shares of tickets with at most 0, 1 and 2 further rounds."""


@dataclass(frozen=True)
class Talk:
    """One row a ticket, one column a Turn.

    Attributes:
        at: seconds since 1970; only meaningful where `has` is set.
        has: the message was sent before the end of the period.
        rounds: further rounds the conversation was meant to take, 0 to 3.
        is_auto: solved by the waiting period, not by a person.
        solved_at, again_solved_at: when it is solved, and solved again after a reopen; may lie after the end.
        is_solved, is_reopened: whether that is part of its story at all.
        wait: wall seconds until the first reply was sent, or was due.
    """

    at: Ints
    has: Bools
    rounds: Ints
    is_auto: Bools
    solved_at: Ints
    again_solved_at: Ints
    is_solved: Bools
    is_reopened: Bools
    wait: Ints


def converse(tickets: Tickets, plan: Plan, staff: Staff, clock: BusinessClock, rng: np.random.Generator) -> Talk:
    """The course of every ticket's conversation, cut at the end of the period."""
    n = len(tickets)
    at = np.repeat(tickets.at[:, None], len(Turn), axis=1)
    has = np.zeros((n, len(Turn)), np.bool_)
    kind = np.array([plant.kind for plant in plan.plants] + ["none"])[tickets.plant]
    is_incident = kind == "incident"
    is_replied = rng.random(n) >= np.where(kind == "hostile", 0.5, 0.015)
    # Praise and attacks need no second round.
    talks_on = is_replied & (tickets.reason != _PRAISE) & (kind != "hostile")
    rounds = np.where(talks_on, np.searchsorted(_ROUNDS, rng.random(n), "right"), 0)
    first_reply = clock.after(tickets.at, _waits(tickets, plan, staff, clock, is_incident, rng))
    wait = first_reply - tickets.at
    has[:, Turn.FIRST] = True
    has[:, Turn.ACK] = rng.random(n) < np.array([0.3, 0.55, 0.4, 0.0, 0.0])[tickets.channel]
    at[:, Turn.ACK] += np.minimum(np.where(_IS_LIVE[tickets.channel], 2, 40), wait)
    at[:, Turn.NOTE] += wait * 4 // 5
    has[:, Turn.NOTE] = talks_on & (rng.random(n) < 0.2)
    at[:, Turn.CHASE] += wait * 9 // 10
    has[:, Turn.CHASE] = talks_on & (wait > DAY_SECONDS) & (rng.random(n) < 0.4)
    at[:, Turn.REPLY] = first_reply
    has[:, Turn.REPLY] = is_replied
    last = _rounds(tickets, clock, rounds, at, has, rng)
    is_auto = (rng.random(n) < 0.25) | ~is_replied
    has[:, Turn.THANKS] = talks_on & ~is_auto & (rng.random(n) < 0.38)
    at[:, Turn.THANKS] = last + _gap(tickets, rng) // 2 + 15
    solved = np.where(has[:, Turn.THANKS], at[:, Turn.THANKS], last) + rng.integers(20, 900, n)
    solved = np.where(is_auto, last + 3 * DAY_SECONDS, solved)
    is_solved = rng.random(n) >= 0.012
    is_reopened = is_solved & talks_on & (rng.random(n) < np.where(is_incident, 0.13, 0.06))
    again = _reopen(solved, is_reopened, clock, at, has, rng)
    has &= at <= plan.end_at
    return Talk(at, has, rounds, is_auto, solved, again, is_solved, is_reopened, wait)


def _waits(
    tickets: Tickets, plan: Plan, staff: Staff, clock: BusinessClock, is_incident: Bools, rng: np.random.Generator
) -> Ints:
    """Working seconds until the first reply: by channel, agent, load, incident, customer and urgency."""
    n = len(tickets)
    day = tickets.at // DAY_SECONDS - plan.first_day
    usual = _REPLY_SECONDS[tickets.channel] * rng.lognormal(0, 0.75, n)
    usual *= staff.pace[tickets.agent] * plan.load[day] * np.where(is_incident, 1.9, 1.0)
    usual *= np.where(tickets.segment == 3, 0.6, 1.0) * np.array([1.3, 1.0, 0.75, 0.5])[tickets.urgency]
    # Whatever came in overnight is waiting when the desk opens, so even a call back takes its turn.
    is_closed = clock.to_work(tickets.at) == clock.to_work(tickets.at + 1)
    usual += np.where(is_closed, rng.lognormal(7.5, 0.8, n), 0)
    return np.maximum(usual, 12).astype(np.int64)


def _gap(tickets: Tickets, rng: np.random.Generator) -> Ints:
    """Wall seconds until the customer writes again, at least 20."""
    usual: Floats = _CUSTOMER_SECONDS[tickets.channel] * rng.lognormal(0, 0.9, len(tickets))
    return np.maximum(usual, 20).astype(np.int64)


def _rounds(
    tickets: Tickets, clock: BusinessClock, rounds: Ints, at: Ints, has: Bools, rng: np.random.Generator
) -> Ints:
    """Fills in the further rounds; returns when the last answer was sent, or was due."""
    last = at[:, Turn.REPLY]
    for turn, (follow, answer) in enumerate(zip(FOLLOWS, ANSWERS, strict=True), 1):
        goes_on = rounds >= turn
        asked = last + _gap(tickets, rng)
        work = _REPLY_SECONDS[tickets.channel] * 0.7 * rng.lognormal(0, 0.7, len(tickets))
        replied = clock.after(asked, np.maximum(work, 10).astype(np.int64))
        at[:, follow], at[:, answer] = asked, replied
        has[:, follow] = has[:, answer] = goes_on
        last = np.where(goes_on, replied, last)
    return last


def _reopen(
    solved: Ints, is_reopened: Bools, clock: BusinessClock, at: Ints, has: Bools, rng: np.random.Generator
) -> Ints:
    """Fills in the customer's return within four days and its answer; returns when it is solved again."""
    n = len(solved)
    pause = np.clip(rng.lognormal(11.0, 0.8, n), 600, 3.8 * DAY_SECONDS).astype(np.int64)
    at[:, Turn.STILL] = solved + pause
    at[:, Turn.AGAIN] = clock.after(at[:, Turn.STILL], rng.integers(1200, 14_000, n))
    has[:, Turn.STILL] = has[:, Turn.AGAIN] = is_reopened
    return at[:, Turn.AGAIN] + rng.integers(60, 1800, n)

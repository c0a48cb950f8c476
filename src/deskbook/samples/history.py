"""The event log of each ticket: status, assignment, team and priority changes, and where they lead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from deskbook.samples.arrivals import Bools, Tickets
from deskbook.samples.calendar import DAY_SECONDS, Ints
from deskbook.samples.conversation import Talk, Turn

STATUSES = ("new", "open", "pending", "hold", "solved", "closed")
NEW, OPEN, PENDING, HOLD, SOLVED, CLOSED = range(6)
URGENCIES = ("low", "medium", "high", "critical")
EVENT_TYPES = ("status", "team", "assignment", "priority")
STATUS, TEAM, ASSIGNMENT, PRIORITY = range(4)
BY_SYSTEM, BY_CUSTOMER, BY_FIRST_AGENT, BY_AGENT = range(4)
"""Who did it."""

_STEPS = (
    (STATUS, NEW, BY_CUSTOMER),
    (TEAM, -1, BY_SYSTEM),
    (ASSIGNMENT, -1, BY_SYSTEM),
    (STATUS, OPEN, BY_FIRST_AGENT),
    (PRIORITY, -1, BY_FIRST_AGENT),
    (TEAM, -1, BY_FIRST_AGENT),
    (ASSIGNMENT, -1, BY_SYSTEM),
    (STATUS, PENDING, BY_AGENT),
    (STATUS, OPEN, BY_CUSTOMER),
    (STATUS, HOLD, BY_AGENT),
    (STATUS, OPEN, BY_AGENT),
    (STATUS, SOLVED, BY_AGENT),
    (STATUS, OPEN, BY_CUSTOMER),
    (STATUS, SOLVED, BY_AGENT),
    (STATUS, CLOSED, BY_SYSTEM),
)
"""Type, new status and actor of each place of the log, in the order in which they happen."""
_CREATED, _ROUTED, _GIVEN, _OPENED, _RAISED, _MOVED, _REGIVEN = range(7)
_WAITS, _RETURNS, _HELD, _RELEASED, _SOLVED, _REOPENED, _RESOLVED, _CLOSED = range(7, 15)
STEP_TYPE = np.array([step[0] for step in _STEPS])
STEP_ACTOR = np.array([step[2] for step in _STEPS])


@dataclass(frozen=True)
class History:
    """One row a ticket, one column a step.

    Attributes:
        at, has: time of each step and whether it happened before the end.
        old, new: codes in the step's own words (status, urgency, row of TEAMS, row of the staff); -1 is none.
        status, team, agent, urgency: where the ticket stands at the end; agent -1 while unassigned.
        solved_at: when it was last solved, 0 unless it is solved or closed now.
        updated_at: its last change or message.
        is_reopened: it went from solved to open at least once.
    """

    at: Ints
    has: Bools
    old: Ints
    new: Ints
    status: Ints
    team: Ints
    agent: Ints
    urgency: Ints
    solved_at: Ints
    updated_at: Ints
    is_reopened: Bools


def record(tickets: Tickets, talk: Talk, end_at: int, rng: np.random.Generator) -> History:
    """The log that follows from the conversation, cut at `end_at` (seconds since 1970, inclusive)."""
    at, has = _steps(tickets, talk, rng)
    has &= at <= end_at
    old, new, status = _values(tickets, has)
    solved_at = np.where(has[:, _RESOLVED], at[:, _RESOLVED], at[:, _SOLVED])
    latest = np.maximum(np.where(has, at, 0).max(axis=1), np.where(talk.has, talk.at, 0).max(axis=1))
    agent = np.where(has[:, _GIVEN], tickets.first_agent, -1)
    return History(
        at=at,
        has=has,
        old=old,
        new=new,
        status=status,
        team=np.where(has[:, _MOVED], tickets.team, tickets.first_team),
        agent=np.where(has[:, _REGIVEN], tickets.agent, agent),
        urgency=np.where(has[:, _RAISED], tickets.urgency, tickets.first_urgency),
        solved_at=np.where(status >= SOLVED, solved_at, 0),
        updated_at=latest,
        is_reopened=has[:, _REOPENED],
    )


def _steps(tickets: Tickets, talk: Talk, rng: np.random.Generator) -> tuple[Ints, Bools]:
    """When each step happens and whether it is part of the ticket's story."""
    n = len(tickets)
    at = np.repeat(tickets.at[:, None], len(_STEPS), axis=1)
    has = np.zeros((n, len(_STEPS)), np.bool_)
    at[:, _ROUTED] += np.minimum(2, talk.wait)
    at[:, _GIVEN] += talk.wait * 3 // 10
    at[:, _OPENED] = at[:, _GIVEN]
    at[:, _RAISED] += talk.wait // 2
    at[:, _MOVED] += talk.wait * 3 // 5
    at[:, _REGIVEN] = at[:, _MOVED]
    at[:, _WAITS] = talk.at[:, Turn.REPLY] + 3
    at[:, _RETURNS] = talk.at[:, Turn.FOLLOW_1]
    pause = talk.at[:, Turn.ANSWER_1] - talk.at[:, Turn.FOLLOW_1]
    at[:, _HELD] = talk.at[:, Turn.FOLLOW_1] + pause // 5
    at[:, _RELEASED] = talk.at[:, Turn.FOLLOW_1] + pause * 9 // 10
    at[:, _SOLVED] = talk.solved_at
    at[:, _REOPENED] = talk.at[:, Turn.STILL]
    at[:, _RESOLVED] = talk.again_solved_at
    at[:, _CLOSED] = np.where(talk.is_reopened, talk.again_solved_at, talk.solved_at) + 4 * DAY_SECONDS
    has[:, [_CREATED, _ROUTED, _GIVEN, _OPENED]] = True
    has[:, _RAISED] = tickets.first_urgency != tickets.urgency
    has[:, _MOVED] = tickets.first_team != tickets.team
    has[:, _REGIVEN] = tickets.first_agent != tickets.agent
    goes_on = talk.rounds > 0
    has[:, _WAITS] = talk.has[:, Turn.REPLY] & (goes_on | talk.is_auto)
    has[:, _RETURNS] = goes_on
    has[:, _HELD] = goes_on & (rng.random(n) < 0.12)
    has[:, _RELEASED] = has[:, _HELD] & talk.is_solved
    has[:, _SOLVED] = has[:, _CLOSED] = talk.is_solved
    has[:, _REOPENED] = has[:, _RESOLVED] = talk.is_reopened
    return at, has


def _values(tickets: Tickets, has: Bools) -> tuple[Ints, Ints, Ints]:
    """Old and new value of each step, and the status each ticket ends in."""
    n = len(tickets)
    old = np.full((n, len(_STEPS)), -1)
    new = np.empty((n, len(_STEPS)), np.int64)
    status = np.full(n, -1)
    for place, (kind, word, _) in enumerate(_STEPS):
        if kind == STATUS:
            old[:, place], new[:, place] = status, word
            status = np.where(has[:, place], word, status)
    new[:, _ROUTED], new[:, _GIVEN] = tickets.first_team, tickets.first_agent
    old[:, _RAISED], new[:, _RAISED] = tickets.first_urgency, tickets.urgency
    old[:, _MOVED], new[:, _MOVED] = tickets.first_team, tickets.team
    old[:, _REGIVEN], new[:, _REGIVEN] = tickets.first_agent, tickets.agent
    return old, new, status

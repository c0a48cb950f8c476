"""Promises: each clock a policy starts on a ticket, when it would run out, and how it ended.

A promise is a target on one clock while one priority holds. When the priority changes, the clock runs on under
the new target: the old promise is cancelled, unless it was broken before. While a ticket is solved or deleted its
clocks stand still and no promise is replaced; both go on when it comes back. So a promise that history up to some
moment shows as broken stays broken, whatever comes later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from deskbook.clocks.claims import first_choice
from deskbook.clocks.pace import CALENDAR, Pace
from deskbook.clocks.past import OPEN, SECOND, Bools, Codes, Ints, Past, first_rows, last_rows, places, totals
from deskbook.clocks.policies import RUNNING_IN, Policy
from deskbook.clocks.replies import Replies
from deskbook.clocks.rules import Rules
from deskbook.clocks.spans import Spans
from deskbook.clocks.states import DONE, Solved, States
from deskbook.schema import STATUSES, TARGETS

ENDINGS: Final = ("achieved", "breached", "cancelled", "running")
ACHIEVED, BREACHED, CANCELLED, RUNNING = range(len(ENDINGS))


@dataclass(frozen=True)
class Clocks:
    """One row a clock of one target: from a moment until it is answered, given up, or OPEN.

    Attributes:
        answered: whether its end fulfils it; else the end gives it up.
    """

    ticket: Codes
    start: Ints
    end: Ints
    answered: Bools


@dataclass(frozen=True)
class Promises:
    """One row a promise; times in microseconds, OPEN where there is none.

    Attributes:
        policy, target: places in the rules' policies and in TARGETS.
        priority: place in the words of the priority spans; NONE if the ticket had none.
        number: which clock of this target on the ticket, from 1.
        started: when its clock started.
        applied: from when this promise held.
        target_seconds: what was promised.
        breach: the last moment within the target, if nothing changed; OPEN while the clock stands still.
        ended: when it was kept, broken off or replaced.
        ending: place in ENDINGS.
        elapsed: microseconds on the clock at its end; OPEN while it runs.
    """

    ticket: Codes
    policy: Codes
    target: Codes
    priority: Codes
    number: Ints
    started: Ints
    applied: Ints
    target_seconds: Ints
    breach: Ints
    ended: Ints
    ending: Codes
    elapsed: Ints


def promises_of(
    past: Past, rules: Rules, pace: Pace, states: States, solved: Solved, replies: Replies, priorities: Spans
) -> Promises:
    """Every promise of a batch, by target, ticket and clock."""
    policy = first_choice(past.tickets, [one.applies_to for one in rules.policies])
    parts = []
    for target, name in enumerate(TARGETS):
        if not any(name in one.targets for one in rules.policies):
            continue
        clocks = _clocks(name, past, states, solved, replies)
        for number, one in enumerate(rules.policies):
            if name in one.targets:
                mine = _rows(clocks, policy[clocks.ticket] == number)
                parts.append(_promised(mine, one, (number, target), pace, states, priorities))
    names = Promises.__dataclass_fields__
    empty = {name: np.zeros(0, np.int64) for name in names}
    return Promises(**{name: np.concatenate([empty[name], *(getattr(one, name) for one in parts)]) for name in names})


def _rows(clocks: Clocks, row: NDArray[Any]) -> Clocks:
    return Clocks(clocks.ticket[row], clocks.start[row], clocks.end[row], clocks.answered[row])


def _clocks(target: str, past: Past, states: States, solved: Solved, replies: Replies) -> Clocks:
    everyone = np.arange(len(past), dtype=np.int32)
    if target == "first_reply":
        return _until_reply(solved, everyone, past.created, replies.first)
    if target == "next_reply":
        later = replies.number > 1
        waits = np.flatnonzero((replies.waiting != OPEN) & (replies.first != OPEN)).astype(np.int32)
        ticket = np.concatenate([replies.ticket[later], waits])
        start = np.concatenate([replies.asked[later], replies.waiting[waits]])
        end = np.concatenate([replies.replied[later], np.full(len(waits), OPEN)])
        order = np.lexsort((start, ticket))
        return _until_reply(solved, ticket[order], start[order], end[order])
    if target == "periodic_update":
        ticket, start = replies.public_ticket, replies.public_at
        end = np.full(len(ticket), OPEN)
        end[:-1] = np.where(ticket[1:] == ticket[:-1], start[1:], OPEN)
        given_up = _next(states, ticket, start, done=True)
        clocks = Clocks(ticket, start, np.minimum(end, given_up), end <= given_up)
        return _rows(clocks, given_up > start)  # who writes as it is solved, or later, owes no further update
    return Clocks(everyone, past.created, solved.gone, solved.last != OPEN)  # gone for good without a time is given up


def _until_reply(solved: Solved, ticket: Codes, start: Ints, reply: Ints) -> Clocks:
    """Clocks that a reply fulfils; one that is not answered is given up when the ticket is solved or deleted."""
    end = np.where(reply == OPEN, solved.gone[ticket], reply)
    return Clocks(ticket, start, np.maximum(start, end), reply != OPEN)


def _next(states: States, ticket: NDArray[Any], moment: Ints, *, done: bool) -> Ints:
    """The first moment from another on at which a ticket is solved or deleted, or is not; OPEN if there is none."""
    row, span, begins, _ = states.spans.within(ticket, moment, np.full(len(ticket), OPEN))
    wanted = np.isin(states.spans.value[span], DONE) == done
    out = np.full(len(ticket), OPEN)
    row, begins = row[wanted], begins[wanted]
    first = first_rows(row)
    out[row[first]] = begins[first]
    return out


def _promised(
    clocks: Clocks, policy: Policy, place: tuple[int, int], pace: Pace, states: States, priorities: Spans
) -> Promises:
    """The promises of one policy's target."""
    target = TARGETS[place[1]]
    clock, span, applied, replaced, seconds = _targets(clocks, policy, target, states, priorities)
    end, answered = clocks.end[clock], clocks.answered[clock]
    ends = np.minimum(end, replaced)
    breach, elapsed = _run_out(_rows(clocks, clock), ends, seconds, policy, target, pace, states)
    broken = np.maximum(breach, applied)
    is_breached = (broken < ends) & (ends != OPEN)
    finished = np.where(answered & (end <= replaced), ACHIEVED, CANCELLED)
    ending = np.where(ends == OPEN, RUNNING, np.where(is_breached, BREACHED, finished))
    ticket = clocks.ticket[clock]
    return Promises(
        ticket=ticket,
        policy=np.full(len(ticket), place[0]),
        target=np.full(len(ticket), place[1]),
        priority=priorities.value[span],
        number=places(clocks.ticket)[clock] + 1,
        started=clocks.start[clock],
        applied=applied,
        target_seconds=seconds,
        breach=np.where(breach == OPEN, OPEN, broken),
        ended=ends,
        ending=ending,
        elapsed=np.where(ends == OPEN, OPEN, elapsed),
    )


def _targets(
    clocks: Clocks, policy: Policy, target: str, states: States, priorities: Spans
) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Clocks cut where the priority in force changes the target.

    Returns:
        Row of the clock, row of the priority span, from when, until when (OPEN if to the clock's end), seconds.
    """
    ends = np.where(clocks.end <= clocks.start, clocks.start + 1, clocks.end)  # a clock that ended at once was one
    row, span, begins = _in_force(clocks.ticket, clocks.start, ends, states, priorities)
    words: list[str | None] = [*priorities.words, None]
    promised = np.array([policy.seconds(target, word) or 0 for word in words], np.int64)[priorities.value[span]]
    fresh = first_rows(row)
    fresh[1:] |= promised[1:] != promised[:-1]
    row, span, begins, promised = row[fresh], span[fresh], begins[fresh], promised[fresh]
    until = np.full(len(row), OPEN)
    until[:-1] = np.where(row[1:] == row[:-1], begins[1:], OPEN)
    held = promised > 0
    return row[held], span[held], begins[held], until[held], promised[held]


def _in_force(ticket: Codes, start: Ints, end: Ints, states: States, priorities: Spans) -> tuple[Ints, Ints, Ints]:
    """Row, priority span and beginning of each stretch of one priority; a done ticket's changes once it is back."""
    row, span, begins, _ = priorities.within(ticket, start, end)
    later = np.flatnonzero(~first_rows(row))
    begins[later] = _next(states, ticket[row[later]], begins[later], done=False)
    keep = begins < end[row]
    row, span, begins = row[keep], span[keep], begins[keep]
    newest = last_rows(row)
    newest[:-1] |= begins[1:] > begins[:-1]
    return row[newest], span[newest], begins[newest]


def _run_out(
    clocks: Clocks, ends: Ints, seconds: Ints, policy: Policy, target: str, pace: Pace, states: States
) -> tuple[Ints, Ints]:
    """When each clock runs out, and what it stands at when its promise ends."""
    running = [STATUSES.index(state) for state in policy.running.get(target, RUNNING_IN[target])]
    row, span, start, end = states.spans.within(clocks.ticket, clocks.start, clocks.end)
    runs = np.isin(states.spans.value[span], running)
    row, start, end = row[runs], start[runs], end[runs]
    if policy.hours.get(target) == "business":
        piece, schedule, start, end = pace.pieces(clocks.ticket[row], start, end)
        row = row[piece]
    else:
        schedule = np.full(len(row), CALENDAR)
    length = _known(pace.length(schedule, start, end))
    left = seconds[row] * SECOND - _before(row, length)
    crossing = np.flatnonzero((left >= 0) & (length > left))
    crossing = crossing[first_rows(row[crossing])]
    breach = np.full(len(clocks.ticket), OPEN)
    breach[row[crossing]] = pace.until(schedule[crossing], start[crossing], left[crossing])
    elapsed = _known(pace.length(schedule, start, np.minimum(end, np.maximum(start, ends[row]))))
    return breach, totals(len(clocks.ticket), row, np.where(elapsed == OPEN, 0, elapsed))


def _known(length: Ints) -> Ints:
    """Lengths of time, none where no schedule says any: UNKNOWN is negative."""
    return np.asarray(np.maximum(length, 0))


def _before(row: Ints, length: Ints) -> Ints:
    """Time on the clock before each of its pieces; only the last one may have no end."""
    finite = np.where(length == OPEN, 0, length)
    running = np.cumsum(finite) - finite
    starts = np.flatnonzero(first_rows(row))
    return np.asarray(running - np.repeat(running[starts], np.diff([*starts, len(row)])))

"""Solved tickets on which another system reports another resolution time, with the cause planted in each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from .planted import OFFICE, Desk, Dice, Planted, open_seconds

Stretch = tuple[datetime, datetime, str]
Their = Callable[[Desk, Callable[[datetime, datetime], float]], float]


def solved(dice: Dice) -> Desk:
    """Opened, pending for a while, solved, mostly reopened and solved again, closed days later."""
    desk = dice.ticket(channel="email")
    at, statuses = desk.created, []
    again = ("open", "pending", "open", "solved") if dice.random.random() < 0.8 else ()
    for status in ("open", "hold", "open", "pending", "open", "solved", *again):
        at = dice.later(at, 1, 40)
        statuses.append((at, status))
    closed = dice.later(at, 40, 120)
    statuses.append((closed, "closed"))
    return replace(desk, statuses=tuple(statuses), updated=dice.later(closed, 1, 60))


def solvings(desk: Desk) -> list[datetime]:
    return [at for at, status in desk.statuses if status == "solved"]


def stretches(desk: Desk) -> list[Stretch]:
    starts = [(desk.created, "new"), *desk.statuses]
    return [(at, until, status) for (at, status), (until, _) in pairwise(starts)]


def only(*statuses: str) -> Their:
    def seconds(desk: Desk, worked: Callable[[datetime, datetime], float]) -> float:
        return sum(worked(start, end) for start, end, status in stretches(desk) if status in statuses)

    return seconds


def until(moment: Callable[[Desk], datetime]) -> Their:
    return lambda desk, worked: worked(desk.created, moment(desk))


LAST = until(lambda desk: solvings(desk)[-1])
PLANTS: tuple[tuple[str, int, Their], ...] = (
    ("", 20, LAST),
    ("status", 30, until(lambda desk: solvings(desk)[0])),
    ("status", 20, only("new", "open", "pending", "hold")),
    ("status", 20, only("new", "open", "hold")),
    ("status", 20, only("new", "open")),
    ("status", 15, until(lambda desk: desk.statuses[-1][0])),
    ("clock", 15, until(lambda desk: desk.updated or desk.created)),
    ("clock", 15, until(lambda desk: solvings(desk)[-1] + timedelta(hours=5))),
    ("rounding", 15, lambda desk, worked: 60 * round(LAST(desk, worked) / 60)),
)


def planted_statuses(seed: int, *, business: bool) -> list[Planted]:
    """Tickets in a random order, in business or in calendar time."""
    dice, found = Dice(seed), []

    def worked(start: datetime, end: datetime) -> float:
        return open_seconds(OFFICE, start, end) if business else (end - start).total_seconds()

    for cause, wanted, their in PLANTS:
        made: list[Planted] = []
        while len(made) < wanted:
            desk = solved(dice)
            ours, theirs = int(LAST(desk, worked)), int(their(desk, worked))
            differs = {"": ours == theirs, "rounding": ours != theirs}.get(cause, abs(ours - theirs) > 60)
            if theirs > 0 and differs:
                made.append(Planted(desk, ours, theirs, cause))
        found += made
    dice.random.shuffle(found)
    return found

"""Which entries are due, and in which order: a pure function of how they stand and of the time.

No thread, no clock, no store: whoever runs entries asks again after each thing that happened.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from typing import Final

from deskbook.sources.rhythm import Every
from deskbook.store import Standing
from deskbook.sync.breaker import pause_seconds

IDLE_RUNS: Final = 3
"""Syncs in a row with nothing new after which the interval doubles, again and again up to its bound."""
WEIGHT_OF_WAITING: Final = 10.0
"""What each interval waited adds to a priority: a low entry is before a high one after two intervals."""
ASKED_FOR: Final = 20.0
"""What it adds that somebody asked for a sync: a low entry is then as a high one."""


@dataclass(frozen=True, kw_only=True)
class Planned:
    """An entry that is to be pulled.

    Attributes:
        name: the entry.
        of: the entry in whose stead it is pulled; itself otherwise.
    """

    name: str
    of: str
    every: Every
    priority: float
    standing: Standing
    is_paused: bool = False
    is_wanted: bool = False


def interval_seconds(every: Every, idle: int) -> float:
    """From one sync to the next: `at_least`, doubled after each three with nothing new, `at_most` at most."""
    return min(every.at_most, every.at_least * 2.0 ** min(idle // IDLE_RUNS, 30))


def next_at(one: Planned, now: datetime) -> datetime | None:
    """When it is due (naive UTC); None while it is paused. A sync that was asked for is due at once, also then."""
    if one.is_wanted:
        return now
    return None if one.is_paused else _by_itself(one, now)


def _by_itself(one: Planned, now: datetime) -> datetime:
    """When it is due if nobody pauses it or asks for it."""
    held = one.standing
    if held.begun_at is None:
        return now
    if held.unfinished:
        return min(held.ended_at or now, now)
    # A clock that was set back must not keep an entry waiting for the time it once was.
    begun = min(held.begun_at, now)
    interval = interval_seconds(one.every, held.idle)
    return begun + timedelta(seconds=pause_seconds(held.failures, interval, one.name))


def due(planned: Iterable[Planned], now: datetime, *, running: Collection[str] = ()) -> list[Planned]:
    """What is due, who goes first at the front: who never had a turn, then by priority, which grows with waiting.

    Args:
        running: names that are being pulled now; none is due twice.
    """
    found = []
    for one in planned:
        at = next_at(one, now)
        if one.name not in running and at is not None and at <= now:
            found.append((-_urgency(one, now), -one.priority, at, one.name, one))
    return [one for *_, one in sorted(found, key=lambda row: row[:4])]


def _urgency(one: Planned, now: datetime) -> float:
    if one.standing.begun_at is None:
        return inf
    waited = max(0.0, (now - _by_itself(one, now)).total_seconds())
    grown = WEIGHT_OF_WAITING * waited / interval_seconds(one.every, one.standing.idle)
    return one.priority + grown + (ASKED_FOR if one.is_wanted else 0.0)


def wait_seconds(planned: Iterable[Planned], now: datetime, *, running: Collection[str], most: float) -> float:
    """How long nothing becomes due, `most` at most."""
    times = [at for one in planned if one.name not in running and (at := next_at(one, now)) is not None]
    return max(0.0, min([most, *((at - now).total_seconds() for at in times)]))

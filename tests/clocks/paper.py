"""Stretches of time on paper: opening hours, values one after the other, and sums of lengths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

Line = list[tuple[datetime, Any]]
Stretch = tuple[datetime, datetime]
NOTHING, SECOND = timedelta(), timedelta(seconds=1)
EARLY, LATE = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Hours:
    """A schedule on paper: weekday (Monday 0) -> clock hours, an hour past 24 being the next day's.

    Attributes:
        fits: dimension -> words of tickets it is for; {} is the default.
    """

    name: str
    zone: str
    week: dict[int, list[tuple[float, float]]]
    fits: dict[str, tuple[str, ...]] = field(default_factory=dict)
    id: str = ""

    @cached_property
    def open(self) -> list[Stretch]:
        """When it is open from March 2026 to the middle of 2027."""
        zone, found = ZoneInfo(self.zone), []
        for number in range(480):
            day = date(2026, 3, 1) + timedelta(days=number)
            for begin, end in self.week.get(day.weekday(), []):
                found.append((moment(day, begin, zone), moment(day, end, zone)))
        return found

    def within(self, start: datetime, end: datetime) -> Iterator[Stretch]:
        """The open parts of a stretch of time."""
        for begin, finish in self.open:
            if begin >= end:
                return
            if finish > start:
                yield max(begin, start), min(finish, end)


def moment(day: date, hour: float, zone: ZoneInfo) -> datetime:
    """When the wall clock reads so many hours after midnight of a day."""
    day, hour = day + timedelta(days=hour // 24), hour % 24
    wall = time(int(hour), int(hour % 1 * 60))
    return datetime.combine(day, wall, zone).astimezone(UTC)


def line(created: datetime, first: Any, changes: Line) -> Line:
    """Values one after the other, from creation on; of those of one instant the last."""
    found: Line = [(created, first)]
    for when, new in changes:
        when = max(when, created)
        if found[-1][0] == when:
            found.pop()
        found.append((when, new))
    return [one for place, one in enumerate(found) if place == 0 or found[place - 1][1] != one[1]]


def pieces(values: Line, start: datetime, end: datetime) -> Iterator[tuple[Any, datetime, datetime]]:
    """The parts of a stretch in which one value holds; the first one held always before."""
    for place, (since, held) in enumerate(values):
        until = values[place + 1][0] if place + 1 < len(values) else LATE
        begin, finish = max(since, start) if place else start, min(until, end)
        if finish > begin:
            yield held, begin, finish


def value(values: Line, when: datetime, *, before: bool = False) -> Any:
    """The value at a moment, or just before it."""
    held = [one for since, one in values if (since < when if before else since <= when)]
    return held[-1] if held else values[0][1]


def whole(length: timedelta | None) -> int | None:
    """Whole seconds."""
    return None if length is None else length // SECOND


def summed(lengths: list[Any], of_none: timedelta | None = None) -> timedelta | None:
    """Sum; unknown if one is."""
    if not lengths or None in lengths:
        return None if lengths else of_none
    return sum(lengths, NOTHING)


def fits(ticket: Any, wanted: Any) -> bool:
    """Whether a ticket is one of those wanted."""
    return all(
        set(ticket["tags"] or ()) & set(words) if name == "tag" else ticket[name] in words
        for name, words in wanted.items()
    )

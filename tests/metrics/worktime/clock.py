"""The plain way to tell business time: read the wall clock of every minute, one after the other.

Shares nothing with the engine but `zoneinfo`: it knows no week minutes, no merging and no offsets.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE_US = 60_000_000
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def us(text: str) -> int:
    """UTC microseconds of an ISO time; without an offset it is UTC."""
    moment = datetime.fromisoformat(text)
    return int(((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - EPOCH) / timedelta(microseconds=1))


@dataclass
class Plain:
    """Opening hours as a person would write them on paper; minutes of the day, an end past 1440 is the next day's."""

    zone: str
    hours: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    closed: set[date] = field(default_factory=set)
    opened: dict[date, list[tuple[int, int]]] = field(default_factory=dict)

    def is_open(self, wall: datetime) -> bool:
        """Whether a wall clock reads inside a span."""
        minute, day = wall.hour * 60 + wall.minute, wall.date()
        before = day - timedelta(days=1)
        if any(a <= minute < b for a, b in self.opened.get(day, ())):
            return True
        if any(a <= minute + 1440 < b for a, b in self.opened.get(before, ())):
            return True
        if day in self.opened or day in self.closed:
            return False
        today, yesterday = (self.hours.get(WEEKDAYS[one.weekday()], ()) for one in (day, before))
        return any(a <= minute < b for a, b in today) or any(a <= minute + 1440 < b for a, b in yesterday)

    def toml(self) -> dict[str, Any]:
        """The same hours as a table of `deskbook.toml`."""
        return {
            "zone": self.zone,
            "hours": {day: text(spans) for day, spans in self.hours.items()},
            "closed": sorted(day.isoformat() for day in self.closed),
            "open": {day.isoformat(): text(spans) for day, spans in self.opened.items()},
        }


def text(spans: list[tuple[int, int]]) -> str:
    """Spans as clock text."""
    return " ".join(f"{a // 60:02d}:{a % 60:02d}-{'24:00' if b == 1440 else clock(b % 1440)}" for a, b in spans)


def clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


class Minutes:
    """Open or closed, minute by minute, from a UTC moment on.

    Args:
        versions: (first day on the wall clock of its own zone, hours), ascending; the first holds before, too.
    """

    def __init__(self, versions: list[tuple[date, Plain]], first: datetime, days: int) -> None:
        self.first_us = int((first - EPOCH) / timedelta(microseconds=1))
        zones = [ZoneInfo(plain.zone) for _, plain in versions]
        self.open_us = np.zeros(days * 1440, np.int64)
        for index in range(days * 1440):
            moment = first + timedelta(minutes=index)
            walls = [moment.astimezone(zone) for zone in zones]
            begun = [one for one, (since, _) in enumerate(versions) if one == 0 or walls[one].date() >= since]
            now = begun[-1]
            self.open_us[index] = versions[now][1].is_open(walls[now]) * MINUTE_US
        self.passed_us = np.concatenate([[0], np.cumsum(self.open_us)])

    def passed(self, at_us: int) -> int:
        minute, rest = divmod(at_us - self.first_us, MINUTE_US)
        part = rest if minute < len(self.open_us) and self.open_us[minute] else 0
        return int(self.passed_us[minute]) + part

    def worked(self, start_us: int, end_us: int) -> int:
        """Business microseconds between two moments."""
        return max(self.passed(end_us) - self.passed(start_us), 0)

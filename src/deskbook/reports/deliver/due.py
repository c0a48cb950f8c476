"""When a schedule is due, on the clock of its zone: also across the days that are an hour longer or shorter.

A time that a day skips comes at the first moment after the gap, and one that a day has twice comes once, the first
time; an hourly schedule comes every hour (the rules of Debian's cron).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from deskbook.errors import BadValue

FIELDS: Final = 5
MOST_COUNTED: Final = 1000
"""Missed times that are counted one by one."""


@dataclass(frozen=True)
class Due:
    """The newest time that is due (UTC), and how many before it were missed and are not made up for."""

    at: datetime
    missed: int = 0


def check_cron(at: str) -> None:
    """Whether a cron line can be meant.

    Raises:
        BadValue: it has not five fields, one of them is none, or it never comes.
    """
    try:
        if len(at.split()) != FIELDS:
            raise CronSimError(f"it has {len(at.split())} fields and wants {FIELDS}")
        next(CronSim(at, datetime(2026, 1, 1, tzinfo=UTC)))
    except StopIteration:
        raise BadValue(f"'{at}' never comes") from None
    except CronSimError as error:
        raise BadValue(f"'{at}' is no cron line: {str(error)[:1].lower()}{str(error)[1:]}") from None


def next_due(at: str, zone: str, now: datetime) -> datetime:
    """The first time after now (UTC)."""
    return next_times(at, zone, now, 1)[0]


def next_times(at: str, zone: str, now: datetime, count: int) -> list[datetime]:
    """The first times after now (UTC), as many as asked for or as ever come."""
    times = CronSim(at, now.astimezone(ZoneInfo(zone)))
    return [found.astimezone(UTC) for found in islice(times, count)]


def due_time(at: str, zone: str, since: datetime, now: datetime) -> Due | None:
    """The newest time after `since` that has come; None where none has.

    Args:
        since: the last time that was dealt with, or since when the schedule stands.
    """
    times = _backwards(at, zone, now)
    newest = next(times)
    if newest <= since:
        return None
    missed = 0
    for earlier in times:
        if earlier <= since or missed == MOST_COUNTED:
            break
        missed += 1
    return Due(newest, missed)


def _backwards(at: str, zone: str, now: datetime) -> Iterator[datetime]:
    """The times up to and with this minute, newest first."""
    after = now.astimezone(UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)
    for found in CronSim(at, after.astimezone(ZoneInfo(zone)), reverse=True):
        yield found.astimezone(UTC)

"""Days off: days on which a schedule stays closed that its week would open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from deskbook.metrics.worktime.rules import public_holidays
from deskbook.metrics.worktime.schedule import DAY_MINUTES, Schedule, Version


def days_off(schedules: Sequence[Schedule], first: date, last: date) -> tuple[date, ...]:
    """Days from the first to the last one, both included, on which at least one schedule has a day off.

    A day off is closed from 00:00 to 24:00, as a public holiday, a closed day or a day whose own hours are none,
    though the week has hours on that weekday. A date is that of the schedule's own wall clock.
    """
    return tuple(sorted({day for schedule in schedules for day in _of(schedule, first, last)}))


def _of(schedule: Schedule, first: date, last: date) -> Iterator[date]:
    for version, since, until in _in_force(schedule, first, last):
        public = {day for code in version.holidays for day in public_holidays(code, since.year, until.year)}
        own = dict(version.opened)
        for number in range((until - since).days + 1):
            day = since + timedelta(days=number)
            is_closed = not own[day] if day in own else day in public or _is_within(version.closed, day)
            if is_closed and _has_hours(version, day):
                yield day


def _in_force(schedule: Schedule, first: date, last: date) -> Iterator[tuple[Version, date, date]]:
    """Each version with the first and the last of the days on which it holds."""
    begins = [date.min, *(version.since or date.min for version in schedule.versions[1:]), date.max]
    for version, since, following in zip(schedule.versions, begins, begins[1:], strict=False):
        until = last if following == date.max else following - timedelta(days=1)
        if max(since, first) <= min(until, last):
            yield version, max(since, first), min(until, last)


def _is_within(stretches: Sequence[tuple[date, date]], day: date) -> bool:
    return any(start <= day <= end for start, end in stretches)


def _has_hours(version: Version, day: date) -> bool:
    start = day.isoweekday() % 7 * DAY_MINUTES
    return any(opens < start + DAY_MINUTES and closes > start for opens, closes in version.week)

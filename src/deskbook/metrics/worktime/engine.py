"""Business time of many intervals at once, exact to the microsecond.

**Business time is real elapsed time while the wall clock of the schedule's zone reads inside a span.**
So when clocks go back, an hour that is open and comes twice counts twice; when they go forward, the
hour that never came does not count. A span that a change of clocks or of version cuts is cut there.

A schedule over a range becomes one table of UTC spans with the business time before each. Time passed
by a moment is a binary search in it, so a million intervals cost two searches each and no loop.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from deskbook.errors import BadFrame, BadValue
from deskbook.metrics.worktime.rules import EPOCH, offsets, public_holidays
from deskbook.metrics.worktime.schedule import DAY_MINUTES, Schedule, Version

Ints = NDArray[np.int64]

MINUTE_US: Final = 60_000_000
DAY_US: Final = DAY_MINUTES * MINUTE_US
HORIZON_DAYS: Final = 366
"""How far ahead a moment is projected, as dbt_zendesk does: business time a year away is no promise."""
FAR: Final = int(np.iinfo(np.int64).max)
"""`after`: not within HORIZON_DAYS. Later than every moment, so "due before now" stays false."""
UNKNOWN: Final = int(np.iinfo(np.int64).min)
"""`worked` under a schedule without any hours. NumPy reads it as NaT."""
YEARS: Final = (1900, 2199)
RULES_YEARS: Final = (1970, 2037)
"""The years whose offsets and holidays go into a schedule's version."""


@dataclass(frozen=True, eq=False)
class Worktime:
    """One schedule over a range of time; make it with `Worktime.of`.

    Arrays have one element a span, after a first one without length at `first_us`.

    Attributes:
        name: the schedule's.
        first_us: first moment that may be asked for, UTC microseconds since 1970.
        last_us: last moment that `after` may start from; other questions reach HORIZON_DAYS further.
        has_hours: whether the schedule ever opens.
        opens: UTC microseconds at which each span opens, ascending.
        closes: at which it closes.
        passed: business microseconds by the time it has closed.
    """

    name: str
    first_us: int
    last_us: int
    has_hours: bool
    opens: Ints
    closes: Ints
    passed: Ints
    _shift: Ints

    @classmethod
    def of(cls, schedule: Schedule, first_us: int, last_us: int) -> Worktime:
        """The schedule from a moment to HORIZON_DAYS after another, both UTC microseconds.

        Raises:
            BadValue: the last lies before the first, or they are not of the years 1900 to 2199.
        """
        end_us = int(last_us) + HORIZON_DAYS * DAY_US
        low, high = (int((datetime(year, 1, 3, tzinfo=UTC) - EPOCH) / timedelta(microseconds=1)) for year in YEARS)
        if not low <= first_us <= last_us or end_us > high:
            wanted = f"first <= last, within the years {YEARS[0]} to {YEARS[1] - 2}"
            raise BadValue(f"Schedule '{schedule.name}': wanted {wanted}, got {first_us} and {last_us} microseconds.")
        parts = [_utc_spans(*part) for part in _in_force(schedule, int(first_us), end_us)]
        opens, closes = _merged(*(np.concatenate(side) for side in zip(*parts, strict=True)))
        opens, closes = (np.concatenate([[first_us], side]).astype(np.int64) for side in (opens, closes))
        passed = np.cumsum(closes - opens)
        return cls(
            schedule.name, int(first_us), int(last_us), schedule.has_hours, opens, closes, passed, passed - closes
        )

    def worked(self, start_us: Ints, end_us: Ints) -> Ints:
        """Business microseconds of each [start, end); 0 where the end is not later than the start.

        Args:
            start_us: UTC microseconds; end_us: the same, as many.

        Returns:
            int64; UNKNOWN throughout when the schedule has no hours.

        Raises:
            BadValue: a moment lies outside the range.
        """
        start, end = self._within("start_us", start_us), self._within("end_us", end_us)
        if not self.has_hours:
            return np.full(np.broadcast(start, end).shape, UNKNOWN)
        worked: Ints = np.maximum(self._passed_by(end) - self._passed_by(start), 0)
        return worked

    def after(self, start_us: Ints, worked_us: Ints) -> Ints:
        """The first moment by which so much business time has passed since each start.

        No business time has passed at once, so 0 gives the start itself.

        Returns:
            UTC microseconds; FAR where it does not happen within HORIZON_DAYS.

        Raises:
            BadValue: a start lies outside `first_us` to `last_us`, or a time is negative.
        """
        start, wanted = self._within("start_us", start_us, self.last_us), _integers("worked_us", worked_us)
        if wanted.size and wanted.min() < 0:
            raise BadValue(f"Schedule '{self.name}': worked_us wants 0 or more, got {wanted.min()}.")
        target = self._passed_by(start) + np.minimum(wanted, self.passed[-1] + 1)
        slot = np.searchsorted(self.passed, target)
        is_far = slot == len(self.passed)
        moment = target - self._shift[np.where(is_far, 0, slot)]
        is_far |= moment > start + HORIZON_DAYS * DAY_US
        return np.where(wanted == 0, start, np.where(is_far, FAR, moment))

    def is_open(self, at_us: Ints) -> NDArray[np.bool_]:
        """Whether the schedule is open at each moment; it is at the opening minute, not at the closing one."""
        at = self._within("at_us", at_us)
        return np.asarray(at < self.closes[np.searchsorted(self.opens, at, "right") - 1])

    def _passed_by(self, at: Ints) -> Ints:
        slot = np.searchsorted(self.opens, at, "right") - 1
        passed: Ints = np.minimum(at, self.closes[slot]) + self._shift[slot]
        return passed

    def _within(self, name: str, values: Ints, last: int | None = None) -> Ints:
        values = _integers(name, values)
        last = self.last_us + HORIZON_DAYS * DAY_US if last is None else last
        if values.size and (values.min() < self.first_us or values.max() > last):
            raise BadValue(
                f"Schedule '{self.name}': {name} wants {_said(self.first_us)} to {_said(last)}, "
                f"got {_said(int(values.min()))} to {_said(int(values.max()))}. Make the Worktime of a wider range."
            )
        return values


def schedule_version(schedules: Sequence[Schedule]) -> str:
    """A hash that changes whenever a business time could: with the schedules, zone rules or holidays.

    Rules enter as the offsets and dates they give in RULES_YEARS, so that a new release of a package
    that changes none of them changes nothing.
    """
    versions = [version for schedule in schedules for version in schedule.versions]
    zones = {version.zone: offsets(version.zone, *RULES_YEARS) for version in versions}
    days = {code: public_holidays(code, *RULES_YEARS) for version in versions for code in version.holidays}
    parts = [[asdict(schedule) for schedule in schedules], zones, days]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:10]


def _integers(name: str, values: Ints) -> Ints:
    values = np.asarray(values)
    if values.dtype.kind not in "iu" and values.size:
        raise BadFrame(name, "integer microseconds", str(values.dtype))
    return values.astype(np.int64, copy=False)


def _said(moment_us: int) -> str:
    low, high = (datetime(year, 1, 1, tzinfo=UTC) for year in (1, 9999))
    if not (low - EPOCH) // timedelta(microseconds=1) < moment_us < (high - EPOCH) // timedelta(microseconds=1):
        return f"{moment_us} µs"
    return (EPOCH + timedelta(microseconds=moment_us)).isoformat(timespec="minutes")[:16] + "Z"


def _year(moment_us: int) -> int:
    return (EPOCH + timedelta(microseconds=moment_us)).year


def _in_force(schedule: Schedule, first_us: int, end_us: int) -> list[tuple[Version, int, int]]:
    """Each version with the UTC moments it holds from and to, within the range."""
    found: list[tuple[Version, int, int]] = []
    for version in reversed(schedule.versions):
        begin = _midnight(version) if version is not schedule.versions[0] else first_us
        found.append((version, max(begin, first_us), end_us))
        end_us = min(end_us, begin)
    return found[::-1]


def _midnight(version: Version) -> int:
    """The moment at which a version's first day begins in its zone."""
    day = version.since or date.min
    local = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(version.zone))
    return (local - EPOCH) // timedelta(microseconds=1)


def _utc_spans(version: Version, begin_us: int, end_us: int) -> tuple[Ints, Ints]:
    """Open spans in UTC: the wall clock's, moved by each offset and cut to where that offset holds."""
    none = np.array([], np.int64)
    if begin_us >= end_us:
        return none, none
    starts, ends = (side * MINUTE_US for side in _wall_spans(version, begin_us // DAY_US - 2, end_us // DAY_US + 2))
    held = offsets(version.zone, _year(begin_us) - 1, _year(end_us) + 1)
    opens, closes = [none], [none]
    for (since, offset), (until, _) in zip(held, (*held[1:], (FAR, 0)), strict=True):
        since, until = max(since, begin_us), min(until, end_us)
        if since >= until:
            continue
        low, high = np.searchsorted(ends, since + offset, "right"), np.searchsorted(starts, until + offset)
        opens.append(np.maximum(starts[low:high] - offset, since))
        closes.append(np.minimum(ends[low:high] - offset, until))
    return np.concatenate(opens), np.concatenate(closes)


def _wall_spans(version: Version, first_day: int, last_day: int) -> tuple[Ints, Ints]:
    """Open spans on the wall clock, in minutes since 1970-01-01 00:00 there, for days since that one."""
    days = np.arange(first_day, last_day + 1)
    weekly = days[~np.isin(days, _own_days(version, first_day, last_day))]
    weekday = (weekly + 4) % 7
    starts, ends = [np.array([], np.int64)], [np.array([], np.int64)]
    for start, end in version.week:
        for day in range(start // DAY_MINUTES, (end - 1) // DAY_MINUTES + 1):
            midnights = weekly[weekday == day] * DAY_MINUTES
            starts.append(midnights + max(start - day * DAY_MINUTES, 0))
            ends.append(midnights + min(end - day * DAY_MINUTES, DAY_MINUTES))
    for date_, spans in version.opened:
        midnight = _number(date_) * DAY_MINUTES
        starts.append(np.array([midnight + start for start, _ in spans], np.int64))
        ends.append(np.array([midnight + end for _, end in spans], np.int64))
    return _merged(np.concatenate(starts), np.concatenate(ends))


def _own_days(version: Version, first_day: int, last_day: int) -> Ints:
    """Days on which the weekly spans do not hold."""
    years = [_year(day * DAY_US) for day in (first_day, last_day)]
    found = [_number(day) for code in version.holidays for day in public_holidays(code, years[0], years[1])]
    found += [_number(day) for day, _ in version.opened]
    for first, last in version.closed:
        found += range(max(_number(first), first_day), min(_number(last), last_day) + 1)
    return np.array(found, np.int64)


def _number(day: date) -> int:
    return (day - EPOCH.date()).days


def _merged(starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Spans in order, those that touch or overlap made one."""
    if not len(starts):
        return starts, ends
    order = np.argsort(starts, kind="stable")
    starts, reach = starts[order], np.maximum.accumulate(ends[order])
    is_first = np.concatenate([[True], starts[1:] > reach[:-1]])
    return starts[is_first], reach[np.concatenate([is_first[1:], [True]])]

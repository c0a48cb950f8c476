"""Schedules as values, the findings made while reading them, and the checks that every way in shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

DAY_MINUTES: Final = 1_440
WEEK_MINUTES: Final = 7 * DAY_MINUTES
DAYS: Final = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")

Span = tuple[int, int]
"""Minutes on the wall clock, [start, end)."""


@dataclass(frozen=True)
class Version:
    """What one schedule says from a day on.

    The clock counts where the weekly spans hold and the date is neither closed, a public holiday nor
    one with hours of its own; and in the spans of a date with hours of its own. A closed day closes
    from 00:00 to 24:00, so a night shift loses the part that falls on it and keeps the rest.

    Attributes:
        since: first day, on the wall clock of `zone`; None is the beginning.
        zone: IANA zone.
        week: minutes since Sunday 00:00, ascending, neither touching nor overlapping, within one week.
        holidays: countries, or countries with a subdivision, whose public holidays are closed: "DE-BE".
        closed: first and last day of each closed stretch, both inclusive.
        opened: dates with hours of their own, as minutes since that day's 00:00 (beyond 24:00 is the
            day after); they win over everything else.
    """

    since: date | None
    zone: str
    week: tuple[Span, ...] = ()
    holidays: tuple[str, ...] = ()
    closed: tuple[tuple[date, date], ...] = ()
    opened: tuple[tuple[date, tuple[Span, ...]], ...] = ()

    @property
    def has_hours(self) -> bool:
        """Whether it opens at all."""
        return bool(self.week) or any(spans for _, spans in self.opened)


@dataclass(frozen=True)
class Schedule:
    """Opening hours under one name.

    A ticket is under the first schedule of which every `applies_to` holds for it, else under the
    default, else under none and its business times are unknown.

    Attributes:
        id: what a help desk's tickets refer to it by; the name where it has none.
        versions: by `since`, ascending; the first one also holds before its own `since`.
        applies_to: dimension -> the values of which a ticket must have one.
        is_default: whether it holds for tickets that no other one claims.
    """

    name: str
    versions: tuple[Version, ...]
    applies_to: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    id: str = ""
    is_default: bool = False

    @property
    def has_hours(self) -> bool:
        """Whether it ever opens; business times under one that does not are unknown."""
        return any(version.has_hours for version in self.versions)


@dataclass(frozen=True)
class Finding:
    """Something in the input that cannot stand as written, and the rule that was applied instead.

    Attributes:
        name: `schedule_overlap`, `schedule_zone_unknown` …: the kind, for counting.
        subject: the schedule's name.
        said: what was found.
        applied: what was done about it.
    """

    name: str
    subject: str
    said: str
    applied: str


@dataclass(frozen=True)
class Parsed:
    """Schedules that are ready to use, and what was found while reading them."""

    schedules: tuple[Schedule, ...] = ()
    findings: tuple[Finding, ...] = ()


def together(*parts: Parsed) -> Parsed:
    """Schedules of several origins as one set: names are told apart, and one default remains."""
    findings = [finding for part in parts for finding in part.findings]
    schedules: list[Schedule] = []
    for schedule in (one for part in parts for one in part.schedules):
        taken = {one.name for one in schedules}
        if schedule.name in taken:
            name = next(name for count in range(2, len(taken) + 3) if (name := f"{schedule.name} {count}") not in taken)
            said, applied = "two schedules have this name", f"the later one is called '{name}'"
            findings.append(Finding("schedule_duplicate_name", schedule.name, said, applied))
            schedule = replace(schedule, name=name)
        default = next((one.name for one in schedules if one.is_default), None)
        if schedule.is_default and default is not None:
            said = f"'{default}' and '{schedule.name}' both apply to every ticket"
            applied = f"'{default}' is the default; '{schedule.name}' holds only where a ticket refers to it"
            findings.append(Finding("schedule_two_defaults", schedule.name, said, applied))
            schedule = replace(schedule, is_default=False)
        schedules.append(schedule)
    return Parsed(tuple(schedules), tuple(findings))


class Notes:
    """The findings about one schedule, as they are made."""

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self.findings: list[Finding] = []

    def add(self, name: str, said: str, applied: str) -> None:
        """Note one finding."""
        self.findings.append(Finding(name, self.subject, said, applied))


def joined(spans: Iterable[Span], notes: Notes, *, day: str = "") -> tuple[Span, ...]:
    """Spans in order, those that touch or overlap made one; an overlap is noted.

    Args:
        day: the date that minutes count from; empty when they count from Sunday 00:00.
    """
    found: list[Span] = []
    for start, end in sorted(spans):
        if not found or start > found[-1][1]:
            found.append((start, end))
            continue
        if start < found[-1][1]:
            said = f"{span_words(found[-1], day)} and {span_words((start, end), day)} overlap"
            notes.add("schedule_overlap", said, "overlapping spans were joined")
        found[-1] = (found[-1][0], max(end, found[-1][1]))
    return tuple(found)


def within_week(spans: Iterable[Span]) -> list[Span]:
    """Spans with what runs past Saturday 24:00 carried to Sunday 00:00."""
    found: list[Span] = []
    for start, end in spans:
        found.append((start, min(end, WEEK_MINUTES)))
        if end > WEEK_MINUTES:
            found.append((0, end - WEEK_MINUTES))
    return found


def span_words(span: Span, day: str = "") -> str:
    """A span as people say it: 'mon 09:00-12:30'."""
    start, end = span
    length = end - start
    until = start % DAY_MINUTES + length
    clock = "24:00" if until == DAY_MINUTES else _clock(until % DAY_MINUTES)
    return f"{day or DAYS[start // DAY_MINUTES % 7]} {_clock(start % DAY_MINUTES)}-{clock}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def known_zone(zone: str, otherwise: str, notes: Notes) -> str:
    """The zone if there is one of that name, else the workspace's, with a note."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        close = get_close_matches(zone, available_timezones(), n=1, cutoff=0.5)
        said = f"zone '{zone}' is no IANA time zone" + (f" (closest: '{close[0]}')" if close else "")
        notes.add("schedule_zone_unknown", said, f"the workspace's zone {otherwise} is used")
        return otherwise
    return zone


def latest_of_each_day(versions: Iterable[Version], notes: Notes) -> tuple[Version, ...]:
    """Versions by day; of two that begin on one day the later written one counts, with a note."""
    found: list[Version] = []
    for version in sorted(versions, key=lambda one: one.since or date.min):
        if found and found[-1].since == version.since:
            said = f"two versions begin on {version.since}" if version.since else "two versions have no since"
            notes.add("schedule_version_repeated", said, "the later one counts")
            found.pop()
        found.append(version)
    return tuple(found)


def note_if_never_open(versions: Iterable[Version], notes: Notes) -> None:
    """Note a schedule without any hours."""
    if not any(version.has_hours for version in versions):
        applied = "it counts no time: business times of its tickets are unknown"
        notes.add("schedule_empty", "it has no hours at all", applied)

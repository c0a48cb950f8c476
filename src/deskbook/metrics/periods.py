"""Periods as people write them, turned into half-open UTC spans on the workspace's wall clock.

    -30d   last week   this month   yesterday   2026-10   2026-W44   2026-Q3   2026
    2026-10-01..2026-10-15   2026-10-31T14:00..2026-10-31T16:00

A date includes the whole of its day, at either end. A moment with a clock time is exact.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from deskbook.errors import BadValue, UnknownName

RELATIVE: Final = re.compile(r"^-?\s*(\d{1,4})\s*(h|d|w|m|q|y)$")
NAMED: Final = re.compile(r"^(this|last|previous)\s+(day|week|month|quarter|year)$")
LAST_N: Final = re.compile(r"^last\s+(\d{1,4})\s+(hour|day|week|month|quarter|year)s?$")
UNITS: Final = {"d": "day", "w": "week", "m": "month", "q": "quarter", "y": "year"}
MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
AGAINST: Final = {
    "before": "the period before",
    "alike": "the same weekdays before",
    "year": "the same dates a year before",
}
"""What a period can be compared with."""
HELP: Final = "Write -30d, last week, yesterday, 2026-10, 2026-W44, 2026-Q3 or 2026-10-01..2026-10-31."


@dataclass(frozen=True)
class Period:
    """A half-open span.

    Attributes:
        since: first moment (UTC); None is the beginning of the data.
        until: first moment after it (UTC); None is the end of the data.
        text: what the person wrote, or words that mean the same.
        zone: IANA zone whose wall clock it follows.
        months: its length when it is whole calendar months, else 0.
        without: days on its wall clock that do not count, ascending.
    """

    since: datetime | None = None
    until: datetime | None = None
    text: str = "all time"
    zone: str = "UTC"
    months: int = 0
    without: tuple[date, ...] = ()

    def before(self) -> Period | None:
        """The period of the same length just before; None when this one has no beginning or end."""
        if self.since is None or self.until is None:
            return None
        local = self.since.astimezone(ZoneInfo(self.zone))
        if self.months:
            start = _midnight(_months_later(local.date(), -self.months), self.zone)
        else:
            length = self.until.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None) - local.replace(tzinfo=None)
            start = (local.replace(tzinfo=None) - length).replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)
        return Period(start, self.since, period_text(start, self.since, self.zone), self.zone, self.months)

    def alike(self) -> Period | None:
        """The period before, moved back to the same weekdays: whole weeks earlier."""
        return self._moved(weeks=-(-math.ceil(self.days) // 7)) if self.days else None

    def year_before(self) -> Period | None:
        """The same dates a year earlier."""
        return self._moved(months=12)

    def earlier(self, against: str) -> Period | None:
        """The period that one of AGAINST sets this one against; None when it has no beginning or end.

        Raises:
            UnknownName: it is none of them.
        """
        if against not in AGAINST:
            raise UnknownName("comparison", against, AGAINST)
        return {"before": self.before, "alike": self.alike, "year": self.year_before}[against]()

    def _moved(self, *, weeks: int = 0, months: int = 0) -> Period | None:
        """The same wall-clock times so much earlier."""
        if self.since is None or self.until is None:
            return None
        zone = ZoneInfo(self.zone)
        ends = []
        for moment in (self.since, self.until):
            local = moment.astimezone(zone).replace(tzinfo=None) - timedelta(weeks=weeks)
            day = _months_later(local.date(), -months)
            ends.append(datetime.combine(day, local.time(), zone).astimezone(UTC))
        return Period(ends[0], ends[1], period_text(ends[0], ends[1], self.zone), self.zone, self.months)

    @property
    def days(self) -> float | None:
        """Length in days; None when it has no beginning or end."""
        if self.since is None or self.until is None:
            return None
        return (self.until - self.since) / timedelta(days=1)

    @property
    def dates(self) -> tuple[date, ...]:
        """The days of its wall clock that it touches, ascending; none when it has no beginning or end."""
        if self.since is None or self.until is None:
            return ()
        zone = ZoneInfo(self.zone)
        last = (self.until - timedelta(microseconds=1)).astimezone(zone).date()
        first = self.since.astimezone(zone).date()
        return tuple(first + timedelta(days=number) for number in range((last - first).days + 1))

    @property
    def holes(self) -> tuple[tuple[datetime, datetime], ...]:
        """Its days that do not count as half-open spans (UTC), days in a row as one."""
        found: list[tuple[datetime, datetime]] = []
        for day in self.without:
            start, end = _midnight(day, self.zone), _midnight(day + timedelta(days=1), self.zone)
            joins = bool(found) and found[-1][1] == start
            found[-1 if joins else len(found) :] = [(found[-1][0] if joins else start, end)]
        return tuple(found)

    @property
    def ends(self) -> tuple[datetime | None, datetime | None]:
        """Its first and last day on its wall clock, at midnight; a moment where it begins or ends within a day."""
        zone = ZoneInfo(self.zone)
        first = self.since.astimezone(zone) if self.since else None
        if self.until is None:
            return first, None
        last = self.until.astimezone(zone)
        if last.time() == time():
            last = (last - timedelta(microseconds=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        return first, last

    def sentence(self) -> str:
        """The dates, as people say them: '1 Oct 2026 to 31 Oct 2026'."""
        first, last = self.ends
        if first is None and last is None:
            return "all time"
        start = _said(first) if first else "the beginning"
        if last is None:
            return f"since {start}"
        end = _said(last)
        return start if start == end else f"{start} to {end}"


def period_text(since: datetime, until: datetime, zone: str) -> str:
    """A span (aware moments) as `parse_period` reads it: its days where they are whole, else its moments."""
    first, last = (moment.astimezone(ZoneInfo(zone)) for moment in (since, until))
    if first.time() == last.time() == time():
        days = first.date(), last.date() - timedelta(days=1)
        return f"{days[0]}" if days[0] == days[1] else f"{days[0]}..{days[1]}"
    return f"{first.isoformat()}..{last.isoformat()}"


def _said(moment: datetime) -> str:
    words = f"{moment.day} {moment:%b %Y}"
    return words if moment.time() == time() else f"{words}, {moment:%H:%M}"


def parse_period(text: str | None, *, now: datetime, zone: str) -> Period:
    """The span that words mean at a moment.

    Args:
        now: the moment relative words start from (aware).
        zone: IANA zone of the workspace.

    Raises:
        BadValue: the words are no period.
    """
    if not text or not text.strip() or text.strip().lower() in ("all", "all time"):
        return Period(zone=zone)
    words = " ".join(text.strip().split())
    if ".." in words:
        first, last = words.split("..", 1)
        return span(first, last, now=now, zone=zone)
    today = now.astimezone(ZoneInfo(zone)).date()
    found = _relative(words.lower(), now, today, zone) or _calendar(words, zone) or _moment(words, zone)
    if found is None:
        raise BadValue(f"'{text}' is no period. {HELP}")
    return Period(found[0], found[1], words, zone, found[2])


def span(since: str | None, until: str | None, *, now: datetime, zone: str) -> Period:
    """The span from the start of one period to the end of another; either may be open.

    Raises:
        BadValue: one of them is no period, or the end lies before the start.
    """
    first = parse_period(since, now=now, zone=zone)
    last = parse_period(until, now=now, zone=zone)
    if first.since and last.until and last.until <= first.since:
        raise BadValue(f"The period ends ({until}) before it starts ({since}). Swap them.")
    words = f"{(since or '').strip()}..{(until or '').strip()}"
    return Period(first.since, last.until, "all time" if words == ".." else words, zone)


_Span = tuple[datetime | None, datetime | None, int]


def _relative(words: str, now: datetime, today: date, zone: str) -> _Span | None:
    if words in ("today", "yesterday"):
        day = today - timedelta(days=words == "yesterday")
        return _midnight(day, zone), _midnight(day + timedelta(days=1), zone), 0
    named = NAMED.match(words)
    if named:
        return _named(named[2], named[1] != "this", today, zone)
    counted, rolling = LAST_N.match(words), RELATIVE.match(words)
    if not counted and not rolling:
        return None
    match = counted or rolling
    assert match is not None
    count, unit = int(match[1]), match[2]
    if unit in ("h", "hour"):
        return now - timedelta(hours=count), now, 0
    unit = UNITS.get(unit, unit)
    end = _midnight(today + timedelta(days=1), zone)
    if unit in MONTHS:
        start = _months_later(today, -count * MONTHS[unit]) + timedelta(days=1)
        return _midnight(start, zone), end, 0
    days = count * (7 if unit == "week" else 1)
    return _midnight(today - timedelta(days=days - 1), zone), end, 0


def _named(unit: str, is_last: bool, today: date, zone: str) -> _Span:
    if unit in ("day", "week"):
        length = timedelta(days=7 if unit == "week" else 1)
        start = today - timedelta(days=today.weekday()) if unit == "week" else today
        start -= length * is_last
        return _midnight(start, zone), _midnight(start + length, zone), 0
    size = MONTHS[unit]
    start = date(today.year, (today.month - 1) // size * size + 1, 1)
    start = _months_later(start, -size * is_last)
    return _midnight(start, zone), _midnight(_months_later(start, size), zone), size


def _calendar(words: str, zone: str) -> _Span | None:
    try:
        if match := re.fullmatch(r"(\d{4})", words):
            start, size = date(int(match[1]), 1, 1), 12
        elif match := re.fullmatch(r"(\d{4})-(\d{2})", words):
            start, size = date(int(match[1]), int(match[2]), 1), 1
        elif match := re.fullmatch(r"(\d{4})-?[Qq]([1-4])", words):
            start, size = date(int(match[1]), int(match[2]) * 3 - 2, 1), 3
        elif match := re.fullmatch(r"(\d{4})-?[Ww](\d{1,2})", words):
            monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
            return _midnight(monday, zone), _midnight(monday + timedelta(days=7), zone), 0
        else:
            return None
    except ValueError as error:
        raise BadValue(f"'{words}' is no period: {error}. {HELP}") from None
    return _midnight(start, zone), _midnight(_months_later(start, size), zone), size


def _moment(words: str, zone: str) -> _Span | None:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
            day = date.fromisoformat(words)
            return _midnight(day, zone), _midnight(day + timedelta(days=1), zone), 0
        if re.match(r"\d{4}-\d{2}-\d{2}[T ]\d", words):
            moment = datetime.fromisoformat(words.replace(" ", "T"))
            aware = (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
            return aware, aware, 0
    except ValueError as error:
        raise BadValue(f"'{words}' is no date: {error}. {HELP}") from None
    return None


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def _months_later(day: date, months: int) -> date:
    month = day.year * 12 + day.month - 1 + months
    year, index = divmod(month, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, index + 1, last)
        except ValueError:
            continue
    raise BadValue(f"{day} moved by {months} months is no date.")

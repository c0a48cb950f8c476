"""The spans around a plan's period: what it is set against, the step of its series, whether it holds data."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from deskbook.metrics import Period
from deskbook.rag.calendar import Calendar
from deskbook.rag.contract import Numbers
from deskbook.rag.dates import local_day
from deskbook.rag.says import Says

BASELINE_DAYS: Final = 28
FREQUENCIES: Final = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q-DEC"}
"""Pandas' names of steps."""


def baseline_of(period: Period, days: Calendar, numbers: Numbers, says: Says) -> tuple[Period | None, str]:
    """The 28 days before the period, or the part of them that holds data, and what to say of it."""
    since, first = period.since, days.first
    if since is None or first is None:
        return None, says("no_period_before")
    zone = ZoneInfo(period.zone)
    local = since.astimezone(zone).replace(tzinfo=None)
    start = local - timedelta(days=BASELINE_DAYS)
    if first >= local_day(since, period.zone):
        return None, says("no_data_before")
    note = ""
    if first > start.date():
        start = datetime.combine(first, time())
        note = says("short_baseline", day=says.day(first), days=BASELINE_DAYS)
    return numbers.period(f"{_written(start, zone)}..{_written(local, zone, is_end=True)}"), note


def _written(local: datetime, zone: ZoneInfo, *, is_end: bool = False) -> str:
    if local.time() == time():
        return (local.date() - timedelta(days=is_end)).isoformat()
    return local.replace(tzinfo=zone).isoformat()


def grain_of(period: Period, days: Calendar) -> str:
    """The step at which a series of the period has a readable number of points."""
    span = period.days
    if span is None and days.first and days.last:
        span = (days.last - days.first).days
    return "hour" if (span or 0) <= 2 else "day" if (span or 0) <= 62 else "week" if (span or 0) <= 400 else "month"


def step_of(grain: str, begin: str, within: Period, numbers: Numbers) -> Period:
    """The step of a series that begins on a day, as far as it lies within a period.

    Args:
        grain: day, week, month or quarter.
        begin: as rows have it, such as 2026-09-01.
    """
    first = date.fromisoformat(begin)
    last = whole = pd.Period(begin, FREQUENCIES[grain]).end_time.date()
    if within.since:
        first = max(first, local_day(within.since, within.zone))
    if within.until:
        last = min(last, local_day(within.until - timedelta(microseconds=1), within.zone))
    is_month = grain == "month" and (first.day, last) == (1, whole)
    return numbers.period(f"{first:%Y-%m}" if is_month else f"{first}..{last}")


def no_data(period: Period, days: Calendar, says: Says) -> str:
    """The sentence for a period without any data; empty when it has some or is open."""
    zone, said = period.zone, says.period(period)
    if not days.first or not days.last:
        return says("no_data_at_all", period=said)
    since = local_day(period.since, zone) if period.since else days.first
    until = local_day(period.until - timedelta(microseconds=1), zone) if period.until else days.last
    if any(since <= day <= until for day in days.days):
        return ""
    return says("no_data", period=said, first=says.day(days.first), last=says.day(days.last))

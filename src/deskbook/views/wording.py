"""Values as people read them: numbers with units, changes with their direction, dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from math import isfinite
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

import pandas as pd

from deskbook import locales
from deskbook.analytics import share_interval
from deskbook.metrics import AGAINST, Metric, Period, dimension, listed, pair_of

NBSP: Final = "\u00a0"
ABSENT: Final = "–"
FEW: Final = 10
"""Below this many rows behind it a value is shown grey, and says so."""
Tone = Literal["good", "bad", "flat", "neutral"]


@dataclass(frozen=True)
class Change:
    """A change against the period before, in words.

    Attributes:
        arrow: up, down or flat, as the value moved.
        tone: whether that is good news.
        text: its size with unit.
        word: better, worse, up, down or unchanged.
    """

    arrow: Literal["up", "down", "flat"]
    tone: Tone
    text: str
    word: str

    def as_dict(self) -> dict[str, str]:
        """Plain values for the page."""
        return {"arrow": self.arrow, "tone": self.tone, "text": self.text, "word": self.word}


def known(value: Any) -> bool:
    """Whether there is a number at all."""
    if isinstance(value, float | int):
        return isfinite(value)  # what a query gives; a page asks this thousands of times
    return value is not None and not pd.isna(value) and isfinite(float(value))


def text(value: Any) -> str:
    """A word from a frame; empty when absent."""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None or (not isinstance(value, str) and pd.isna(value)) else str(value)


CODES: Final = ("target", "move", "promise_state")
"""Dimensions whose words are Deskbook's own names."""


def number(value: Any, decimals: int = 0) -> str:
    """A number with thousands marked; an en dash when unknown."""
    if not known(value):
        return ABSENT
    if round(float(value), decimals) == 0:
        value = 0
    return locales.decimal(value, decimals).replace("-", "\u2212")


def amount(value: Any, metric: Metric) -> str:
    """A metric's value without its unit."""
    if not known(value):
        return ABSENT
    decimals = metric.decimals if abs(float(value)) < 1000 else 0
    return number(value, decimals)


def unit(metric: Metric) -> str:
    """A metric's unit as it stands behind a value; scores have none."""
    return "" if metric.unit == "score" else metric.unit


def valued(value: Any, metric: Metric) -> str:
    """A metric's value with its unit: '41.3 min'."""
    text = amount(value, metric)
    word = unit(metric)
    if word == "tickets" and text == "1":
        word = "ticket"
    return f"{text}{NBSP}{word}" if word and text != ABSENT else text


def change_of(metric: Metric, change: Any, change_pct: Any) -> Change | None:
    """The change in words; None where there is nothing to compare with.

    Counts move by per cent, shares by points, times by their own unit.
    """
    if not known(change):
        return None
    change = float(change)
    if metric.unit == "%":
        size, still = f"{number(abs(change), 1)}{NBSP}points", abs(change) < 0.05
    elif metric.n:
        size, still = valued(abs(change), metric), round(abs(change), max(metric.decimals, 1)) == 0
    elif known(change_pct):
        size, still = f"{number(abs(change_pct), 0 if abs(change_pct) >= 10 else 1)}{NBSP}%", change == 0
    else:
        size, still = valued(abs(change), metric), change == 0
    if still:
        return Change("flat", "flat", "unchanged", "unchanged")
    arrow: Literal["up", "down"] = "up" if change > 0 else "down"
    if metric.better == "neutral":
        return Change(arrow, "neutral", size, arrow)
    good = (change > 0) == (metric.better == "higher")
    return Change(arrow, "good" if good else "bad", size, "better" if good else "worse")


def sample(metric: Metric, n: Any) -> tuple[str, bool]:
    """The size of the sample in words, and whether it is too small to lean on."""
    if not metric.n or not known(n):
        return "", False
    count = int(n)
    if count == 0:
        return "nothing to measure", True
    if count < FEW:
        return f"only {count} – too few to lean on", True
    return f"n{NBSP}{number(count)}", False


def likely(metric: Metric, value: Any, n: Any) -> str:
    """The range that a share may well have: '95 %: 61 to 74 %' (Wilson's interval); empty for what is no share."""
    if metric.unit != "%" or not known(value) or not known(n) or not n or not 0 <= value <= 100:
        return ""
    low, high = share_interval(value, n)
    return f"95{NBSP}%: {number(float(low))} to {number(float(high))}{NBSP}%"


def dates(period: Period) -> str:
    """The dates of a period; a year that both ends share is said once."""
    first, last = period.ends
    if last is None:
        return f"since {_day(first)}" if first else "all time"
    end = _day(last)
    if first is None:
        return f"the beginning to {end}"
    both_whole = first.time() == last.time() == time()
    start = _day(first, "day" if first.year == last.year and both_whole else "day_year")
    return end if first == last else f"{start} to {end}"


def _day(local: datetime, form: Literal["day", "day_year"] = "day_year") -> str:
    """A day, with its time where it is not whole."""
    words = locales.moment(local, form)
    return words if local.time() == time() else f"{words}, {locales.moment(local, 'time')}"


def length(period: Period) -> str:
    """How long a period is, in words: '28 days'."""
    days = period.days
    if days is None:
        return "period"
    if period.months:
        named = {1: "month", 3: "quarter", 12: "year"}
        return named.get(period.months, f"{period.months} months")
    if days < 1.5 and "h" in period.text.lower():
        return f"{round(days * 24)} hours"
    return "day" if round(days) == 1 else f"{round(days)} days"


def baseline(period: Period, against: str = "before", days_off: Sequence[date] = ()) -> str:
    """What a change is measured against: 'vs the 28 days before', 'vs the same weekdays before, without 26 Dec'.

    Args:
        days_off: for which days are left out of the comparison.
    """
    if days_off:
        return pair_of(period, against, days_off).said(_in_month)
    return f"vs {AGAINST[against]}" if against in ("alike", "year") else f"vs the {length(period)} before"


def _in_month(days: Sequence[date]) -> str:
    """Days of one month: '25 and 26 Dec'; each in full where its month does not stand behind it."""
    if locales.spoken() != locales.DEFAULT:
        return listed([locales.moment(day, "day") for day in days])
    return f"{listed([str(day.day) for day in days])} {locales.moment(days[0], 'month')}"


def moment(value: Any, zone: str, *, brief: bool = False) -> str:
    """A UTC moment on the workspace's wall clock: 'Tue 31 Oct 2026, 14:00', briefly '31 Oct 26, 14:00'."""
    if value is None or pd.isna(value):
        return ""
    told = pd.Timestamp(value)
    local = (told.tz_localize(UTC) if told.tzinfo is None else told).tz_convert(ZoneInfo(zone))
    if not brief:
        return at(local, "moment")
    return f"{locales.moment(local, 'day')} {local:%y}, {locales.moment(local, 'time')}"


def at(local: datetime, grain: str) -> str:
    """A moment that is already on the wall clock: 'Tue 31 Oct 2026, 14:00', as a day 'Tue 31 Oct 2026'."""
    day = f"{locales.moment(local, 'weekday')} {locales.moment(local, 'day_year')}"
    return day if grain == "day" else f"{day}, {locales.moment(local, 'time')}"


def elapsed(seconds: Any) -> str:
    """A length of time in its largest fitting unit: '5 min', '3.2 h', '4 days'."""
    if not known(seconds):
        return ABSENT
    value = abs(float(seconds))
    for limit, size, word in ((90, 1, "s"), (5400, 60, "min"), (172_800, 3600, "h")):
        if value < limit:
            return f"{value / size:.0f}{NBSP}{word}"
    return f"{value / 86_400:.0f}{NBSP}days"


def cut(dimension_name: str) -> str:
    """A dimension as it stands behind 'by': 'contact reason', 'team at the time', 'who answered'."""
    label = dimension(dimension_name).label.lower()
    if label.endswith(" then"):
        return f"{label.removesuffix(' then')} at the time"
    return f"who {label.removesuffix(' by')}" if label.endswith(" by") else label


def head(dimension_name: str) -> str:
    """A dimension as it stands above a column: 'Contact reason'; those of a desk's own begin small in its data."""
    label = dimension(dimension_name).label.replace(" then", " at the time")
    return label[:1].upper() + label[1:]


def group(dimension_name: str, value: Any) -> str:
    """A group of a dimension as people say it: 'Wednesday', '14:00', 'first reply', 'English', 'not set'."""
    if value is None:
        return "not set"
    if dimension_name == "weekday":
        return locales.weekdays("wide")[int(value) - 1]
    if dimension_name == "hour_of_day":
        return f"{int(value):02d}:00"
    if dimension_name == "language":
        return locales.language(str(value))
    return str(value).replace("_", " ") if dimension_name in CODES else str(value)


def bucket(start: datetime, grain: str) -> str:
    """A bucket of a series, in full: 'Mon 26 Oct 2026', 'week of 26 Oct 2026'."""
    if grain == "hour":
        named = locales.moment(start, "weekday"), locales.moment(start, "day")
        return f"{' '.join(named)}, {locales.moment(start, 'time')}"
    if grain == "day":
        return at(start, "day")
    if grain == "week":
        return f"week of {locales.moment(start, 'day_year')}"
    return locales.moment(start, "month_year") if grain == "month" else f"Q{(start.month + 2) // 3} {start.year}"


def tick(start: datetime, grain: str) -> str:
    """A bucket of a series, short enough for an axis."""
    if grain in ("hour", "weekday"):
        return locales.moment(start, "time" if grain == "hour" else "weekday")
    if grain == "month":
        return f"{locales.moment(start, 'month')} {start:%y}"
    return f"Q{(start.month + 2) // 3} {start:%y}" if grain == "quarter" else locales.moment(start, "day")

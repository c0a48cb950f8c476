"""When tickets arrive and when people work: seasons, weekdays, holidays, business hours.

Days are whole UTC days counted from 1970-01-01, times are seconds since then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

DAY_SECONDS = 86_400
EPOCH = date(1970, 1, 1)

_WEEKDAY = np.array([1.16, 1.10, 1.04, 1.00, 0.94, 0.48, 0.36])
_MONTH = np.array([1.08, 0.96, 0.98, 0.96, 0.95, 0.93, 0.88, 0.90, 1.00, 1.04, 1.20, 1.28])
_GROWTH = 0.6
"""Growth of volume from the first to the last day, as a share of the first day's."""
_HOLIDAY = 0.14
_QUIET = 0.18


def easter_sunday(year: int) -> date:
    """Easter Sunday of a year.

    Source: the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, ch. 8).
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def holidays(year: int) -> tuple[date, ...]:
    """The days of a year on which the desk is closed."""
    monday = easter_sunday(year) + timedelta(days=1)
    return (date(year, 1, 1), monday, date(year, 5, 1), date(year, 12, 25), date(year, 12, 26))


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def iso_day(number: int) -> str:
    """ISO text of a day number."""
    return (EPOCH + timedelta(days=int(number))).isoformat()


def holiday_numbers(first: int, last: int) -> Ints:
    """Day numbers of the holidays from `first` to `last`, inclusive."""
    years = range((EPOCH + timedelta(days=first)).year, (EPOCH + timedelta(days=last)).year + 1)
    every = [day_number(day) for year in years for day in holidays(year)]
    return np.array([day for day in every if first <= day <= last], np.int64)


def weekdays(days: Ints) -> Ints:
    """Weekday of each day number, Monday 0; 1970-01-01 was a Thursday."""
    return (days + 3) % 7


def months(days: Ints) -> Ints:
    """Month of each day number, January 0."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12


def arrival_weights(days: Ints, quiet: Ints, rng: np.random.Generator) -> Floats:
    """Relative number of ordinary tickets of each day, with growth, season, weekday and noise.

    Args:
        days: consecutive day numbers.
        quiet: day numbers that are held quiet on purpose.
    """
    growth = 1 + _GROWTH * np.arange(len(days)) / max(len(days) - 1, 1)
    weights = growth * _WEEKDAY[weekdays(days)] * _MONTH[months(days)] * rng.gamma(60, 1 / 60, len(days))
    weights[np.isin(days, quiet)] *= _QUIET
    weights[np.isin(days, holiday_numbers(int(days[0]), int(days[-1])))] *= _HOLIDAY
    return np.asarray(weights / weights.sum())


@dataclass(frozen=True)
class BusinessClock:
    """Converts wall time to working time and back.

    Attributes:
        opens: start of each opening interval, seconds since 1970, ascending.
        closes: end of each.
        worked: working seconds before each interval.
    """

    opens: Ints
    closes: Ints
    worked: Ints

    def to_work(self, at: Ints) -> Ints:
        """Working seconds passed at each time; constant while the desk is closed."""
        slot = np.maximum(np.searchsorted(self.opens, at, "right") - 1, 0)
        return np.asarray(self.worked[slot] + np.clip(at - self.opens[slot], 0, self.closes[slot] - self.opens[slot]))

    def after(self, at: Ints, work_seconds: Ints) -> Ints:
        """The wall time at which so much work (at least a second) is done after each time."""
        target = self.to_work(at) + np.maximum(work_seconds, 1)
        slot = np.searchsorted(self.worked, target, "left") - 1
        return np.asarray(self.opens[slot] + target - self.worked[slot])


def business_clock(first: int, last: int) -> BusinessClock:
    """Opening hours from day `first` to `last`: Mon-Fri 08:00-20:00, Sat 10:00-16:00 UTC."""
    return _clock(first, last, ((8, 20),) * 5 + ((10, 16),), holiday_numbers(first, last))


def promised_clock(first: int, last: int, *, is_open_on_holidays: bool = False) -> BusinessClock:
    """The hours that promises count in, from day `first` to `last`: Mon-Fri 08:00-18:00 UTC."""
    closed = np.empty(0, np.int64) if is_open_on_holidays else holiday_numbers(first, last)
    return _clock(first, last, ((8, 18),) * 5, closed)


def _clock(first: int, last: int, hours: tuple[tuple[int, int], ...], closed: Ints) -> BusinessClock:
    """Opening hours by weekday from Monday on, UTC; weekdays beyond those are closed."""
    days = np.arange(first, last + 1)
    days = days[(weekdays(days) < len(hours)) & ~np.isin(days, closed)]
    opens, closes = (days * DAY_SECONDS + np.array(side)[weekdays(days)] * 3600 for side in zip(*hours, strict=True))
    worked = np.concatenate([[0], np.cumsum(closes - opens)[:-1]])
    return BusinessClock(opens, closes, worked)


_HOURS = {
    "office": (1, 1, 1, 1, 1, 2, 4, 8, 16, 22, 24, 23, 19, 20, 22, 22, 20, 17, 14, 9, 4, 3, 2, 1),
    "always": (3, 2, 2, 2, 2, 4, 7, 11, 15, 17, 17, 16, 14, 15, 16, 16, 16, 15, 15, 14, 13, 12, 9, 5),
}
"""Tickets by UTC hour: chat and phone follow the office, mail and forms come at any time."""


def seconds_of_day(is_staffed: NDArray[np.bool_], rng: np.random.Generator) -> Ints:
    """A plausible second of the day for each ticket; chat and phone keep to office hours."""
    hour = np.empty(len(is_staffed), np.int64)
    for name, mask in (("office", is_staffed), ("always", ~is_staffed)):
        edges = np.cumsum(_HOURS[name]) / sum(_HOURS[name])
        hour[mask] = np.searchsorted(edges, rng.random(int(mask.sum())), "right")
    return np.minimum(hour, 23) * 3600 + rng.integers(0, 3600, len(hour))

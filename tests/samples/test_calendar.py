"""Holidays and the business clock against known dates and a naive count."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from deskbook.samples import calendar


@pytest.mark.parametrize(
    "easter",
    [date(1999, 4, 4), date(2000, 4, 23), date(2019, 4, 21), date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5)],
)
def test_easter_sunday_is_right(easter: date) -> None:
    assert calendar.easter_sunday(easter.year) == easter


def test_weekday_and_month_of_a_day_number() -> None:
    days = np.array([calendar.day_number(day) for day in (date(2026, 10, 31), date(2026, 1, 1), date(1970, 1, 1))])
    assert calendar.weekdays(days).tolist() == [5, 3, 3]
    assert calendar.months(days).tolist() == [9, 0, 0]


def test_business_clock_agrees_with_counting_minute_by_minute() -> None:
    first = calendar.day_number(date(2025, 12, 22))
    clock = calendar.business_clock(first, first + 14)
    open_hours = {day: (8, 20) for day in (0, 1, 2, 7, 8, 9, 11, 14)} | {5: (10, 16), 12: (10, 16)}
    worked = 0
    for minute in range(14 * 1440):
        at = np.array([first * 86_400 + minute * 60])
        assert clock.to_work(at)[0] == worked * 60, minute
        day, hour = minute // 1440, minute % 1440 // 60
        worked += day in open_hours and open_hours[day][0] <= hour < open_hours[day][1]


def test_work_after_closing_time_ends_the_next_morning() -> None:
    friday = calendar.day_number(date(2026, 10, 30)) * 86_400
    clock = calendar.business_clock(friday // 86_400 - 7, friday // 86_400 + 30)
    late = np.array([friday + 19 * 3600 + 3000, friday + 23 * 3600])
    done = clock.after(late, np.array([1200, 60])) - friday
    assert done.tolist() == [86_400 + 10 * 3600 + 600, 86_400 + 10 * 3600 + 60]

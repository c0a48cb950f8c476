from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbook.errors import BadValue
from deskbook.metrics import AGAINST, Period, parse_period, span

NOW = datetime(2026, 11, 4, 15, 30, tzinfo=UTC)  # a Wednesday


def days(text: str, zone: str = "UTC") -> tuple[str, str]:
    period = parse_period(text, now=NOW, zone=zone)
    assert period.since and period.until
    return f"{period.since:%Y-%m-%d %H:%M}", f"{period.until:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("today", "2026-11-04", "2026-11-05"),
        ("yesterday", "2026-11-03", "2026-11-04"),
        ("-7d", "2026-10-29", "2026-11-05"),
        ("last 2 weeks", "2026-10-22", "2026-11-05"),
        ("this week", "2026-11-02", "2026-11-09"),
        ("last week", "2026-10-26", "2026-11-02"),
        ("last month", "2026-10-01", "2026-11-01"),
        ("this quarter", "2026-10-01", "2027-01-01"),
        ("2026-10", "2026-10-01", "2026-11-01"),
        ("2026-Q3", "2026-07-01", "2026-10-01"),
        ("2026-W44", "2026-10-26", "2026-11-02"),
        ("2025", "2025-01-01", "2026-01-01"),
        ("2026-10-31", "2026-10-31", "2026-11-01"),
        ("2026-10-01..2026-10-15", "2026-10-01", "2026-10-16"),
    ],
)
def test_words_mean_whole_days(text: str, since: str, until: str) -> None:
    assert days(text) == (f"{since} 00:00", f"{until} 00:00")


def test_hours_roll_back_from_the_moment() -> None:
    assert days("-24h") == ("2026-11-03 15:30", "2026-11-04 15:30")


def test_days_follow_the_wall_clock_across_the_end_of_summer_time() -> None:
    assert days("2026-10-25", "Europe/Berlin") == ("2026-10-24 22:00", "2026-10-25 23:00")


def test_the_period_before_a_month_is_the_month_before() -> None:
    before = parse_period("2026-03", now=NOW, zone="UTC").before()
    assert before and before.since == datetime(2026, 2, 1, tzinfo=UTC)


def test_the_period_before_a_week_is_as_long_on_the_wall_clock() -> None:
    before = parse_period("2026-W44", now=NOW, zone="Europe/Berlin").before()
    assert before and before.since == datetime(2026, 10, 18, 22, tzinfo=UTC)


def test_all_time_has_nothing_before_it() -> None:
    assert Period().before() is None


@pytest.mark.parametrize("text", ["soon", "2026-13", "2026-02-30", "-d", "last", "2026-W60"])
def test_what_is_no_period_says_how_to_write_one(text: str) -> None:
    with pytest.raises(BadValue, match="Write -30d"):
        parse_period(text, now=NOW, zone="UTC")


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(BadValue, match="ends"):
        span("2026-10-02", "2026-10-01", now=NOW, zone="UTC")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-10-31", "31 Oct 2026"),
        ("2026-10", "1 Oct 2026 to 31 Oct 2026"),
        ("", "all time"),
        ("2026-10-31T14:00..2026-10-31T16:00", "31 Oct 2026, 14:00 to 31 Oct 2026, 16:00"),
    ],
)
def test_a_period_says_its_dates(text: str, said: str) -> None:
    assert parse_period(text, now=NOW, zone="UTC").sentence() == said


@given(st.integers(1, 400), st.sampled_from("dwmq"))
def test_the_period_before_ends_where_this_one_starts(count: int, unit: str) -> None:
    period = parse_period(f"-{count}{unit}", now=NOW, zone="America/New_York")
    before = period.before()
    assert before and before.until == period.since and before.since and before.since < before.until


@pytest.mark.parametrize("against", AGAINST)
@pytest.mark.parametrize(
    "text", ["-28d", "2026-10", "last week", "-36h", "2026-10-25T01:30..2026-10-31T14:00", "-2y", "2026-Q1"]
)
def test_what_a_period_is_compared_with_is_written_so_that_it_is_read_back(text: str, against: str) -> None:
    earlier = parse_period(text, now=NOW, zone="Europe/Berlin").earlier(against)
    assert earlier is not None
    again = parse_period(earlier.text, now=NOW + timedelta(days=400), zone="Europe/Berlin")
    assert (again.since, again.until) == (earlier.since, earlier.until)

"""When a schedule is due, on the days that have 23 and 25 hours too."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from deskbook.errors import BadValue
from deskbook.reports.deliver.due import Due, check_cron, due_time, next_due

BERLIN = "Europe/Berlin"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-03-27T12:00", "2026-03-28T01:30"),  # 02:30 in winter
        ("2026-03-28T12:00", "2026-03-29T01:00"),  # there is no 02:30 that day: the first moment after the gap
        ("2026-03-29T01:00", "2026-03-30T00:30"),  # 02:30 in summer
        ("2026-10-24T12:00", "2026-10-25T00:30"),  # 02:30 comes twice: the first time
        ("2026-10-25T00:30", "2026-10-26T01:30"),  # and not the second
    ],
)
def test_half_past_two_comes_once_on_every_day(now: str, due: str) -> None:
    assert next_due("30 2 * * *", BERLIN, at(now)) == at(due)
    assert due_time("30 2 * * *", BERLIN, at(now), at(due)) == Due(at(due))


def test_an_hourly_schedule_comes_in_every_hour_of_a_long_day() -> None:
    assert due_time("0 * * * *", BERLIN, at("2026-10-24T22:00"), at("2026-10-25T23:00")) == Due(
        at("2026-10-25T23:00"), missed=24
    )


def test_eight_on_monday_is_eight_in_its_own_zone() -> None:
    assert next_due("0 8 * * mon", BERLIN, at("2026-10-23T12:00")) == at("2026-10-26T07:00")
    assert next_due("0 8 * * mon", "America/New_York", at("2026-10-23T12:00")) == at("2026-10-26T12:00")


def test_nothing_is_due_before_its_minute_nor_again_after_it_was_dealt_with() -> None:
    assert due_time("0 8 * * *", "UTC", at("2026-10-26T07:00"), at("2026-10-26T07:59:59")) is None
    assert due_time("0 8 * * *", "UTC", at("2026-10-26T07:00"), at("2026-10-26T08:00:00")) == Due(
        at("2026-10-26T08:00")
    )
    assert due_time("0 8 * * *", "UTC", at("2026-10-26T08:00"), at("2026-10-27T07:59")) is None


def test_of_missed_times_the_last_is_due_and_the_others_are_counted() -> None:
    assert due_time("0 8 * * *", "UTC", at("2026-10-20T08:00"), at("2026-10-25T09:00")) == Due(
        at("2026-10-25T08:00"), missed=4
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("0 8 * *", "it has 4 fields and wants 5"),
        ("61 8 * * *", "bad minute"),
        ("0 8 * * fry", "bad day-of-week"),
        ("0 0 30 2 *", "bad day-of-month"),
        ("@daily", "it has 1 fields"),
    ],
)
def test_a_line_that_is_no_cron_line_says_why(line: str, said: str) -> None:
    with pytest.raises(BadValue, match=said):
        check_cron(line)

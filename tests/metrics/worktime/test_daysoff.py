"""Days off: closed from midnight to midnight, where the week would open."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from deskbook.metrics.worktime import days_off, parse_schedules

OFFICE: dict[str, Any] = {"name": "office", "hours": {"mon-fri": "09:00-17:00"}}


def off(*schedules: dict[str, Any], first: str = "2026-12-01", last: str = "2027-01-31") -> list[str]:
    parsed = parse_schedules(schedules, zone="UTC").schedules
    return [day.isoformat() for day in days_off(parsed, date.fromisoformat(first), date.fromisoformat(last))]


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({}, []),
        ({"holidays": "DE"}, ["2026-12-25", "2027-01-01"]),
        ({"closed": ["2026-12-24..2026-12-28"]}, ["2026-12-24", "2026-12-25", "2026-12-28"]),
        ({"holidays": "DE", "open": {"2027-01-01": "10:00-12:00"}}, ["2026-12-25"]),
        ({"open": {"2026-12-24": "09:00-12:00"}}, []),
    ],
    ids=["no holidays", "public holidays on working days", "closed days", "opened after all", "a short day"],
)
def test_a_day_off_is_closed_where_the_week_opens(more: dict[str, Any], found: list[str]) -> None:
    assert off(OFFICE | more) == found


def test_a_day_is_off_where_any_schedule_is() -> None:
    nights = {
        "name": "nights",
        "hours": {"sun-sat": "22:00-06:00"},
        "closed": ["2026-12-26"],
        "for": {"channel": ["x"]},
    }
    assert off(OFFICE | {"closed": ["2026-12-24"]}, nights) == ["2026-12-24", "2026-12-26"]


def test_each_version_has_its_own_days_off() -> None:
    changed = OFFICE | {"holidays": "DE", "versions": [{"since": "2026-12-28", "hours": {"mon-fri": "09:00-17:00"}}]}
    assert off(changed)[0] == "2026-12-25"
    closed = {"since": "2027-01-01", "hours": {"mon-fri": "09:00-17:00"}, "closed": ["2026-12-30", "2027-01-04"]}
    assert off(OFFICE | {"closed": ["2026-12-22"], "versions": [closed]}) == ["2026-12-22", "2027-01-04"]


def test_both_ends_are_included() -> None:
    assert off(OFFICE | {"closed": ["2026-12-24..2026-12-25"]}, first="2026-12-24", last="2026-12-25") == [
        "2026-12-24",
        "2026-12-25",
    ]

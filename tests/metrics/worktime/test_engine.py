"""The engine's definitions, each on a case small enough to count by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from deskbook.errors import BadFrame, BadValue
from deskbook.metrics.worktime import FAR, UNKNOWN, Worktime, parse_schedules, schedule_version, schedules_from_rows
from tests.metrics.worktime.clock import us

HOUR = 3_600_000_000
WEEKDAYS = {"mon-fri": "09:00-17:00"}


def over(since: str, until: str, **said: Any) -> Worktime:
    (schedule,) = parse_schedules([{"name": "office", "zone": "Europe/Berlin", **said}], zone="UTC").schedules
    return Worktime.of(schedule, us(since), us(until))


def hours(worktime: Worktime, start: str, end: str) -> float:
    (found,) = worktime.worked(np.array([us(start)]), np.array([us(end)]))
    return float(found / HOUR)


def after(worktime: Worktime, start: str, worked_hours: float) -> int:
    (found,) = worktime.after(np.array([us(start)]), np.array([round(worked_hours * HOUR)]))
    return int(found)


def test_the_golden_ticket_under_all_its_schedules_and_under_the_last_one() -> None:
    # Ticket 941606 of dbt_zendesk's decision log, exact to the second.
    first = [[720, 1560], [2160, 3000], [3600, 4440], [5040, 5880], [6480, 7320], [7920, 8760], [9360, 10200]]
    last = [[2340, 2910], [3780, 4350], [5220, 5790], [6660, 7230], [8100, 8670]]
    rows = [
        {"id": 1, "name": "A", "zone": "UTC", "intervals": first},
        {"id": 2, "name": "B", "zone": "UTC", "intervals": last},
    ]
    created, changed, replied = map(us, ("2020-09-29T17:01:38", "2020-09-30T19:01:25", "2020-09-30T19:01:46"))
    a, b = (Worktime.of(one, created, replied) for one in schedules_from_rows(rows, zone="UTC").schedules)
    under_a, under_b = (
        int(one.worked(np.array([since]), np.array([until]))[0])
        for one, since, until in ((a, created, changed), (b, changed, replied))
    )
    assert (under_a, under_b) == (round(959.783333 * 60) * 1_000_000, 21_000_000)
    assert round((under_a + under_b) / 60e6, 3) == 960.133
    assert round(b.worked(np.array([created]), np.array([replied]))[0] / 60e6, 3) == 690.133


def test_lunch_does_not_count() -> None:
    office = over("2026-06-01", "2026-06-08", hours={"mon": "09:00-12:30 13:30-18:00"})
    assert hours(office, "2026-06-01T12:00+02:00", "2026-06-01T14:00+02:00") == 1.0


def test_a_night_shift_runs_into_the_next_day_and_the_next_week() -> None:
    night = over("2026-06-01", "2026-06-15", hours={"sat": "22:00-06:00"})
    assert hours(night, "2026-06-06T12:00+02:00", "2026-06-07T12:00+02:00") == 8.0
    assert night.is_open(np.array([us("2026-06-07T05:59+02:00"), us("2026-06-07T06:00+02:00")])).tolist() == [
        True,
        False,
    ]


def test_round_the_clock_is_real_time_also_when_clocks_change() -> None:
    always = over("2026-03-01", "2026-11-30", hours={"mon-sun": "00:00-24:00"})
    assert hours(always, "2026-03-01", "2026-11-30") == 274 * 24


def test_the_repeated_hour_counts_twice_and_the_missing_one_not_at_all() -> None:
    early = over("2026-03-01", "2026-11-30", hours={"sun": "01:00-04:00"})
    assert hours(early, "2026-10-24", "2026-10-26") == 4.0
    assert hours(early, "2026-03-28", "2026-03-30") == 2.0


def test_a_span_inside_the_repeated_hour_comes_twice() -> None:
    early = over("2026-10-01", "2026-11-30", hours={"sun": "02:10-02:50"})
    at = [us(f"2026-10-25T{clock}") for clock in ("00:10", "00:50", "01:10", "01:49")]  # UTC; clocks go back at 01:00
    assert early.is_open(np.array(at)).tolist() == [True, False, True, True]
    assert hours(early, "2026-10-25", "2026-10-26") == pytest.approx(80 / 60)


def test_lord_howe_goes_back_by_half_an_hour() -> None:
    island = over("2026-03-01", "2026-05-01", zone="Australia/Lord_Howe", hours={"sun": "01:00-03:00"})
    assert hours(island, "2026-04-04", "2026-04-05") == 2.5


def test_public_holidays_follow_country_and_subdivision() -> None:
    # 8 March is a holiday in Berlin only; Whit Monday (25 May 2026) in all of Germany.
    for code, womens_day in (("DE-BE", 0.0), ("DE", 8.0)):
        office = over("2027-03-01", "2027-06-01", hours=WEEKDAYS, holidays=code)
        assert hours(office, "2027-03-08", "2027-03-09") == womens_day
        assert hours(office, "2027-05-17", "2027-05-18") == 0.0


def test_a_country_whose_holidays_are_known_for_some_years_only_is_read_as_far() -> None:
    # Republic Day, 26 January, is fixed; Diwali (8 November 2026) follows the moon.
    office = over("2026-01-01", "2026-12-01", zone="Asia/Kolkata", hours={"mon-sun": "09:00-17:00"}, holidays="IN")
    assert hours(office, "2026-01-26", "2026-01-27") == hours(office, "2026-11-08", "2026-11-09") == 0.0
    assert len(schedule_version(parse_schedules([{"name": "x", "holidays": "IN"}], zone="UTC").schedules)) == 10


def test_closed_days_close_and_own_hours_replace_the_days_usual_ones() -> None:
    office = over(
        "2026-12-01", "2027-01-31", hours=WEEKDAYS, holidays="DE", closed=["2026-12-28..2026-12-31"],
        open={"2026-12-05": "10:00-14:00", "2026-12-25": "10:00-11:00", "2026-12-07": "09:00-10:00"},
    )  # fmt: skip
    assert hours(office, "2026-12-05", "2026-12-06") == 4.0
    assert hours(office, "2026-12-07", "2026-12-08") == 1.0
    assert hours(office, "2026-12-25", "2026-12-26") == 1.0
    assert hours(office, "2026-12-28", "2027-01-02") == 0.0


def test_a_night_shift_loses_only_the_part_that_falls_on_a_closed_day() -> None:
    night = over("2026-06-01", "2026-06-15", hours={"fri": "22:00-06:00"}, closed=["2026-06-06"])
    assert hours(night, "2026-06-05", "2026-06-07") == 2.0


def test_a_version_holds_from_its_day_on_the_wall_clock_and_the_first_also_before() -> None:
    office = over(
        "2026-06-01", "2026-07-31", hours=WEEKDAYS, versions=[{"since": "2026-07-01", "hours": {"wed": "00:00-01:00"}}]
    )
    assert hours(office, "2026-06-30", "2026-06-30T22:00") == 8.0
    assert hours(office, "2026-06-30T22:00", "2026-06-30T23:00") == 1.0  # 1 July has begun in Berlin
    assert hours(office, "2026-07-02", "2026-07-07") == 0.0
    early = [{"id": 1, "name": "x", "zone": "UTC", "since": "2026-06-01", "intervals": [[1440, 1500]]}]
    worktime = Worktime.of(schedules_from_rows(early, zone="UTC").schedules[0], us("2026-01-01"), us("2026-02-01"))
    assert hours(worktime, "2026-01-05", "2026-01-06") == 1.0


def test_a_version_that_another_zone_overtakes_never_holds() -> None:
    # 2 July begins in Kiritimati an hour before 1 July does in Midway.
    later: list[dict[str, Any]] = [
        {"since": "2026-07-01", "zone": "Pacific/Midway"},
        {"since": "2026-07-02", "zone": "Pacific/Kiritimati", "hours": {}},
    ]
    office = over("2026-06-01", "2026-07-31", zone="UTC", hours={"mon-sun": "00:00-24:00"}, versions=later)
    assert hours(office, "2026-07-01", "2026-07-03") == 10.0


def test_after_finds_the_first_moment() -> None:
    office = over("2026-06-01", "2026-07-31", hours={"mon-fri": "09:00-12:00 13:00-17:00"})
    assert after(office, "2026-06-05T16:00+02:00", 2) == us("2026-06-08T10:00+02:00")
    assert after(office, "2026-06-05T11:00+02:00", 1) == us("2026-06-05T12:00+02:00")
    assert after(office, "2026-06-06T11:00+02:00", 0) == us("2026-06-06T11:00+02:00")


def test_after_looks_no_further_than_a_year_whatever_the_range() -> None:
    for until in ("2026-01-06", "2030-01-01"):
        yearly = over("2026-01-01", until, open={"2026-01-05": "09:00-10:00", "2028-01-05": "09:00-10:00"})
        assert after(yearly, "2026-01-05", 1) == us("2026-01-05T09:00")
        assert after(yearly, "2026-01-05", 1.5) == FAR
        assert after(yearly, "2026-01-05", 2e6) == FAR


def test_an_end_before_the_start_counts_nothing() -> None:
    assert hours(over("2026-06-01", "2026-07-01", hours=WEEKDAYS), "2026-06-05", "2026-06-01") == 0.0


def test_business_time_under_a_schedule_without_hours_is_unknown() -> None:
    never = over("2026-06-01", "2026-07-01")
    found = never.worked(np.array([us("2026-06-01")]), np.array([us("2026-06-05")]))
    assert found.tolist() == [UNKNOWN] and np.isnat(found.view("timedelta64[us]")).all()
    assert after(never, "2026-06-01", 1) == FAR


def test_no_intervals_give_no_answers() -> None:
    office = over("2026-06-01", "2026-07-01", hours=WEEKDAYS)
    assert office.worked(np.array([], np.int64), np.array([], np.int64)).shape == (0,)


def test_moments_outside_the_range_are_refused() -> None:
    office = over("2026-06-01", "2026-07-01", hours=WEEKDAYS)
    with pytest.raises(BadValue, match=r"start_us wants 2026-06-01T00:00Z to .* got 2026-05-31"):
        hours(office, "2026-05-31", "2026-06-05")
    with pytest.raises(BadValue, match="end_us"):
        hours(office, "2026-06-01", "2027-07-03")
    with pytest.raises(BadValue, match="start_us wants"):
        after(office, "2026-07-02", 1)
    with pytest.raises(BadValue, match=r"got 9223372036854775807 µs"):
        office.is_open(np.array([FAR]))
    with pytest.raises(BadValue, match="0 or more"):
        after(office, "2026-06-02", -1)


def test_seconds_as_floats_are_refused() -> None:
    office = over("2026-06-01", "2026-07-01", hours=WEEKDAYS)
    with pytest.raises(BadFrame, match="integer microseconds"):
        office.is_open(np.array([1.5]))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "pair", [("2026-07-01", "2026-06-01"), ("1880-01-01", "2026-06-01"), ("2026-01-01", "2300-01-01")]
)
def test_a_range_that_is_none_is_refused(pair: tuple[str, str]) -> None:
    with pytest.raises(BadValue, match="within the years 1900 to 2197"):
        over(*pair, hours=WEEKDAYS)


def test_the_range_does_not_change_the_answer() -> None:
    narrow, wide = (
        over(a, b, hours=WEEKDAYS, holidays="DE")
        for a, b in (("2026-05-01", "2026-06-30"), ("2001-01-01", "2040-01-01"))
    )
    assert hours(narrow, "2026-05-01", "2026-06-30") == hours(wide, "2026-05-01", "2026-06-30")


def test_the_version_changes_with_everything_that_makes_a_number() -> None:
    base = {"name": "office", "zone": "Europe/Berlin", "hours": WEEKDAYS, "holidays": "DE"}
    changes: list[dict[str, Any]] = [
        {}, {"zone": "Europe/Paris"}, {"hours": {"mon": "09:00-17:00"}}, {"holidays": "DE-BE"},
        {"closed": ["2026-12-24"]}, {"open": {"2026-12-05": "10:00-14:00"}}, {"for": {"channel": ["chat"]}},
        {"versions": [{"since": "2026-07-01", "zone": "UTC"}]}, {"versions": [{"since": "2026-07-02", "zone": "UTC"}]},
    ]  # fmt: skip
    found = [schedule_version(parse_schedules([{**base, **change}], zone="UTC").schedules) for change in changes]
    again = schedule_version(parse_schedules([base], zone="UTC").schedules)
    assert len(set(found)) == len(changes) and again == found[0] and len(again) == 10

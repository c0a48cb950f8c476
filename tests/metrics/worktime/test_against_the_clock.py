"""The engine gives what reading the wall clock of every minute gives, over random schedules and changes of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest

from deskbook.metrics.worktime import FAR, Worktime, parse_schedules
from tests.metrics.worktime.clock import MINUTE_US, WEEKDAYS, Minutes, Plain

# Each zone's changes of clocks in both directions; nine days are read around each.
CHANGES = [
    ("Europe/Berlin", ("2026-03-29", "2026-10-25")),
    ("America/New_York", ("2026-03-08", "2026-11-01")),
    ("Australia/Sydney", ("2026-04-05", "2026-10-04")),
    ("Pacific/Auckland", ("2026-04-05", "2026-09-27")),
    ("America/Sao_Paulo", ("2018-02-18", "2018-11-04")),  # at midnight: the day begins at 01:00, or ends twice
    ("Australia/Lord_Howe", ("2026-04-05", "2026-10-04")),  # by thirty minutes
    ("Africa/Casablanca", ("2026-02-15", "2026-03-22")),  # backwards in spring, around Ramadan
    ("Asia/Kolkata", ("2026-06-10",)),
    ("UTC", ("2026-12-28",)),
]
CASES = [(zone, day, seed) for zone, days in CHANGES for day in days for seed in range(3)]
DAYS, EACH = 9, 240


def spans(dice: np.random.Generator) -> list[tuple[int, int]]:
    """None to three spans of one day, now and then the whole day, or with a last one past midnight."""
    if dice.random() < 0.1:
        return [(0, 1440)]
    edges = sorted(dice.choice(np.arange(0, 1440, 5), 2 * dice.integers(0, 4), replace=False).tolist())
    found = [(a, b) for a, b in pairwise(edges)][::2]
    if found and dice.random() < 0.4:
        found[-1] = (found[-1][0], 1440 + int(dice.integers(0, found[0][0] // 5 + 1)) * 5)
    return found


def hours(zone: str, day: date, dice: np.random.Generator) -> Plain:
    near = [day + timedelta(days=int(step)) for step in dice.choice(np.arange(-4, 5), 3, replace=False)]
    week = {name: found for name in WEEKDAYS if dice.random() < 0.85 and (found := spans(dice))}
    opened = {near[0]: found} if dice.random() < 0.5 and (found := spans(dice)) else {}
    return Plain(zone, week, set(near[1:]) if dice.random() < 0.5 else set(), opened)


def case(zone: str, day: str, seed: int) -> tuple[Worktime, Minutes, np.random.Generator]:
    dice = np.random.default_rng([seed, *day.encode(), *zone.encode()])
    change = date.fromisoformat(day)
    versions = [(date.min, hours(zone, change, dice))]
    if seed:  # the second schedule changes near the change of clocks, the third moves to another zone as well
        since = change + timedelta(days=int(dice.integers(-1, 2)))
        versions.append((since, hours(zone if seed == 1 else "Asia/Tokyo", change, dice)))
    later = [{"since": since, **plain.toml()} for since, plain in versions[1:]]
    (schedule,) = parse_schedules([{"name": "x", **versions[0][1].toml(), "versions": later}], zone="UTC").schedules
    first = datetime.combine(change, datetime.min.time(), UTC) - timedelta(days=DAYS // 2)
    minutes = Minutes(versions, first, DAYS)
    return Worktime.of(schedule, minutes.first_us, minutes.first_us + DAYS * 1440 * MINUTE_US), minutes, dice


@pytest.mark.parametrize(("zone", "day", "seed"), CASES)
def test_business_time_is_what_the_wall_clock_shows(zone: str, day: str, seed: int) -> None:
    worktime, minutes, dice = case(zone, day, seed)
    moments = minutes.first_us + dice.integers(0, DAYS * 1440 * 60 + 1, (2, EACH)) * 1_000_000
    moments[:, ::4] -= moments[:, ::4] % MINUTE_US
    moments[:, 1::4] += dice.integers(0, 1_000_000, moments[:, 1::4].shape) * (moments[:, 1::4] < moments.max())
    start, end = moments
    plain = [minutes.worked(*pair) for pair in zip(start.tolist(), end.tolist(), strict=True)]
    assert worktime.worked(start, end).tolist() == plain
    every = minutes.first_us + np.arange(DAYS * 1440) * MINUTE_US
    assert worktime.is_open(every).tolist() == (minutes.open_us > 0).tolist()


@pytest.mark.parametrize(("zone", "day", "seed"), CASES)
def test_after_gives_the_first_moment_at_which_that_much_has_passed(zone: str, day: str, seed: int) -> None:
    worktime, minutes, dice = case(zone, day, seed)
    start = minutes.first_us + dice.integers(0, DAYS * 1440 * MINUTE_US, EACH)
    wanted = dice.integers(1, 5 * 1440 * MINUTE_US, EACH)
    moment = worktime.after(start, wanted)
    start, wanted, moment = (one[moment != FAR] for one in (start, wanted, moment))
    assert worktime.worked(start, moment).tolist() == wanted.tolist()
    assert worktime.worked(start, moment - 1).tolist() == (wanted - 1).tolist()
    assert worktime.has_hours is False or len(start) > 0


def test_ten_thousand_intervals_were_compared() -> None:
    assert len(CASES) * EACH >= 10_000

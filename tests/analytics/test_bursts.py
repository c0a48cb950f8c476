"""Bursts: planted ones are found, ordinary unrest is not, and false ones are as few as is said."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from deskbook.analytics.bursts import bursts, upper_tail
from deskbook.errors import BadFrame, BadValue

DAYS, TESTED, GROUPS = 84, 14, 40
WEEK = np.array([1.3, 1.2, 1.1, 1.0, 1.0, 0.6, 0.8])
START = pd.Timestamp("2026-08-03")  # a Monday


def desk(
    rng: np.random.Generator, *, planted: int = 0, times: float = 4.0, shape: float = 0.0, groups: int = GROUPS
) -> tuple[pd.DataFrame, set[tuple[str, pd.Timestamp]]]:
    """Hashtags of many sizes over twelve weeks, with bursts on some of the last days; which those are."""
    days = pd.date_range(START, periods=DAYS)
    level = rng.lognormal(1.0, 1.0, groups)
    mean = level * WEEK[days.day_of_week][:, None]
    if shape:
        mean = mean * rng.gamma(shape, 1 / shape, mean.shape)
    names = [f"#t{number}" for number in range(groups)]
    truth = set()
    for group in rng.choice(np.flatnonzero(level >= 2), planted, replace=False) if planted else ():
        day = int(rng.integers(DAYS - TESTED, DAYS))
        mean[day, group] = level[group] * WEEK[days[day].weekday()] * times
        truth.add((names[group], days[day]))
    counts = rng.poisson(mean)
    frame = pd.DataFrame(counts, index=days, columns=names).rename_axis("day").reset_index()
    frame = frame.melt("day", var_name="group", value_name="count")
    return frame[frame["count"] > 0], truth


def found(frame: pd.DataFrame, **given: float) -> set[tuple[str, pd.Timestamp]]:
    got = bursts(frame, days=TESTED, until=START + pd.Timedelta(days=DAYS - 1), **given)
    return set(zip(got["group"], got["day"], strict=True))


@pytest.mark.parametrize("shape", [0.0, 4.0], ids=["steady", "unsteady"])
@pytest.mark.parametrize("level", [0.05, 0.2])
def test_false_discoveries_stay_below_the_level_beside_planted_bursts(shape: float, level: float) -> None:
    rng, shares, hits, planted = np.random.default_rng(11), [], 0, 0
    for _ in range(60):
        frame, truth = desk(rng, planted=6, times=5.0, shape=shape)
        got = found(frame, level=level)
        shares.append(len(got - truth) / max(len(got), 1))
        hits, planted = hits + len(got & truth), planted + len(truth)
    # Two standard errors of 60 desks.
    assert np.mean(shares) <= level + 2 * np.std(shares) / np.sqrt(60)
    assert hits / planted >= (0.8 if not shape else 0.4)


@pytest.mark.parametrize("shape", [0.0, 4.0], ids=["steady", "unsteady"])
def test_desks_without_bursts_seldom_show_one(shape: float) -> None:
    rng = np.random.default_rng(5)
    alarms = sum(bool(found(desk(rng, shape=shape)[0], level=0.1)) for _ in range(80))
    assert alarms <= 8 + 2 * (80 * 0.1 * 0.9) ** 0.5


def test_a_planted_burst_is_told_with_what_was_expected() -> None:
    frame, _ = desk(np.random.default_rng(1), groups=5)
    day = START + pd.Timedelta(days=DAYS - 3)
    frame = pd.concat([frame, pd.DataFrame([{"group": "#t0", "day": day, "count": 60}])])
    (row,) = bursts(frame, days=TESTED, level=0.01).to_dict("records")
    usual = frame[(frame["group"] == "#t0") & (frame["day"] < day - pd.Timedelta(days=1))]["count"].sum() / (DAYS - 3)
    assert row["group"] == "#t0" and row["day"] == day and row["count"] >= 60
    assert usual / 2 < row["expected"] < usual * 2 and row["chance"] <= row["adjusted"] < 0.001


def test_a_mondays_rush_is_no_burst() -> None:
    days = pd.date_range(START, periods=DAYS)
    counts = np.where(days.day_of_week == 0, 40, 5)
    frame = pd.DataFrame({"group": "#monday", "day": days, "count": counts})
    assert not found(frame, level=0.2)
    late = frame.assign(count=np.where(frame["day"] == days[-2], 40, frame["count"]))  # a Saturday
    assert found(late) == {("#monday", days[-2])}


def test_a_group_that_was_never_there_needs_more_than_a_few() -> None:
    frame, _ = desk(np.random.default_rng(2), groups=10)
    day = START + pd.Timedelta(days=DAYS - 2)
    few, many = (pd.concat([frame, pd.DataFrame([{"group": "#new", "day": day, "count": n}])]) for n in (2, 12))
    assert found(few) == set() and found(many) == {("#new", day)}


def test_nothing_gives_nothing_and_too_little_is_said() -> None:
    assert bursts(pd.DataFrame(columns=["group", "day", "count"]), days=7).empty
    with pytest.raises(BadValue, match="21 days"):
        bursts(pd.DataFrame({"group": ["#a"], "day": [START], "count": [1]}), days=7)
    with pytest.raises(BadFrame, match="count"):
        bursts(pd.DataFrame({"group": ["#a"], "day": [START]}), days=7)


def test_the_tail_is_that_of_the_distribution() -> None:
    def term(at: int, mean: float, shape: float) -> float:
        choose = math.lgamma(shape + at) - math.lgamma(shape) - math.lgamma(at + 1)
        return math.exp(choose + shape * math.log(shape / (shape + mean)) + at * math.log(mean / (shape + mean)))

    for count, mean, shape in [(1, 0.2, 3.0), (5, 2.0, 10.0), (40, 12.0, 8.0), (7, 7.0, 1e5), (300, 250.0, 30.0)]:
        exact = math.fsum(term(at, mean, shape) for at in range(count, count + 4_000))
        assert upper_tail(count, mean, shape) == pytest.approx(exact, rel=1e-6)
    assert upper_tail(0, 3.0, 2.0) == 1.0 and upper_tail(10_000, 1.0, 50.0) > 0

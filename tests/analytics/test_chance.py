"""Chance: what ordinary days give is ordinary, what they do not give is not."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from deskbook.analytics import count_chance, false_discovery, ratio_chance
from deskbook.analytics.chance import tail


def days(shares: list[float], n: int) -> pd.DataFrame:
    return pd.DataFrame({"value": shares, "n": [n] * len(shares)})


def test_the_tail_is_that_of_the_normal_distribution() -> None:
    assert math.isclose(tail(1.959964), 0.05, rel_tol=1e-5) and tail(0) == 1.0


def test_without_spread_it_is_the_two_proportion_test() -> None:
    # 60 of 100 against 40 of 100: pooled 0.5, z = 0.2 / sqrt(0.25 * 0.02)
    chance = ratio_chance(60.0, 100, 40.0, 100, days([40.0, 40.0], 50), scale=100.0)
    assert math.isclose(chance.z, 0.2 / math.sqrt(0.005)) and not chance.is_ordinary


def test_days_that_differ_more_make_the_same_movement_ordinary() -> None:
    calm, wild = days([40.0] * 10, 100), days([20.0, 60.0] * 5, 100)
    assert not ratio_chance(60.0, 100, 40.0, 1_000, calm, scale=100.0).is_ordinary
    assert ratio_chance(60.0, 100, 40.0, 1_000, wild, scale=100.0).is_ordinary


def test_a_count_is_judged_by_poisson_when_days_are_even() -> None:
    even = pd.Series([100.0] * 28)
    assert count_chance(105, 2_800, even, scale=1 / 28).is_ordinary
    assert not count_chance(160, 2_800, even, scale=1 / 28).is_ordinary


def test_a_count_is_judged_by_its_days_when_they_swing() -> None:
    swinging = pd.Series([40.0, 160.0] * 14)
    assert count_chance(160, 2_800, swinging, scale=1 / 28).is_ordinary


def test_ordinary_days_are_called_ordinary_ninety_nine_times_in_a_hundred() -> None:
    dice = np.random.default_rng(3)
    shares = 100 * dice.binomial(60, 0.25, (400, 29)) / 60
    called = [ratio_chance(row[0], 60, row[1:].mean(), 1_680, days(list(row[1:]), 60), scale=100.0) for row in shares]
    assert sum(not one.is_ordinary for one in called) <= 10


def test_nothing_moving_at_all_is_ordinary() -> None:
    assert ratio_chance(0.0, 10, 0.0, 10, days([], 0), scale=100.0).is_ordinary


def test_false_discoveries_are_held_as_benjamini_and_hochberg_say() -> None:
    assert false_discovery([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.02, 0.04, 0.04, 0.02])
    assert false_discovery([0.001], looked_at=100) == pytest.approx([0.1]) and false_discovery([]) == []

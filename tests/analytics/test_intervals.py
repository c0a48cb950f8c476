"""Wilson's interval: known answers, its edges, and how often it holds the truth."""

from __future__ import annotations

import numpy as np
import pytest

from deskbook.analytics import share_interval, stratified_share
from deskbook.errors import BadFrame


@pytest.mark.parametrize(
    ("seen", "n", "level_pct", "low", "high"),
    [
        (8, 10, 95, 49.016247, 94.331785),
        (0, 20, 95, 0.0, 16.112516),
        (20, 20, 95, 83.887484, 100.0),
        (1, 3, 95, 6.149194, 79.234040),
        (263, 1_000, 95, 23.665686, 29.115702),
        (45, 50, 99.8, 69.966651, 97.204317),
    ],
)
def test_it_is_the_interval_that_statsmodels_gives(
    seen: int, n: int, level_pct: float, low: float, high: float
) -> None:
    # statsmodels 0.15.0, proportion_confint(seen, n, alpha, method="wilson"), times 100
    found = share_interval(100 * seen / n, n, level_pct=level_pct)
    assert found[0] == pytest.approx(low, abs=1e-6) and found[1] == pytest.approx(high, abs=1e-6)


def test_whole_columns_at_once_and_nothing_seen_says_nothing() -> None:
    low, high = share_interval([80.0, float("nan"), 0.0], [10, 0, 20])
    assert low.round(3).tolist() == [49.016, 0.0, 0.0] and high.round(3).tolist() == [94.332, 100.0, 16.113]


def test_it_holds_the_true_share_about_ninety_five_times_in_a_hundred() -> None:
    dice = np.random.default_rng(5)
    for share, n in ((0.5, 20), (0.9, 40), (0.04, 120)):
        low, high = share_interval(100 * dice.binomial(n, share, 4_000) / n, n)
        assert 0.93 < ((low <= 100 * share) & (100 * share <= high)).mean() < 0.98


@pytest.mark.parametrize(("pct", "n", "column"), [(101.0, 5, "pct"), (-1.0, 5, "pct"), (50.0, -1, "n")])
def test_what_is_no_share_is_refused(pct: float, n: int, column: str) -> None:
    with pytest.raises(BadFrame, match=f"Column '{column}'"):
        share_interval(pct, n)


@pytest.mark.parametrize("share", [0.005, 0.05, 0.3])
@pytest.mark.parametrize("drawn", [0.1, 0.4])
def test_a_stratified_interval_holds_the_true_share_as_often_as_it_says(share: float, drawn: float) -> None:
    dice, held, trials = np.random.default_rng(5), 0, 600
    for _ in range(trials):
        sizes = dice.integers(40, 400, 7)
        every = [dice.random(size) < min(1.0, share * dice.uniform(0.2, 1.8)) for size in sizes]
        n = np.maximum(1, (sizes * drawn).astype(int))
        hits = [dice.choice(one, size, replace=False).sum() for one, size in zip(every, n, strict=True)]
        _, low, high = stratified_share(hits, n, sizes)
        held += low - 1e-9 <= 100 * sum(one.sum() for one in every) / sizes.sum() <= high + 1e-9
    assert 0.93 <= held / trials <= 1.0


def test_of_everything_drawn_nothing_is_left_to_guess() -> None:
    share, low, high = stratified_share([2, 3], [10, 20], [10, 20])
    assert share == pytest.approx(100 * 5 / 30) and low <= share <= high


def test_more_hits_than_sample_are_refused() -> None:
    with pytest.raises(BadFrame):
        stratified_share([3], [2], [5])

"""Drivers: parts of a movement that add up to it, for shares, means and counts."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from deskbook.analytics import count_drivers, ratio_drivers
from deskbook.errors import BadFrame

Side = list[tuple[str, float, int]]
values = st.tuples(st.sampled_from("abcdefg"), st.floats(-100, 100), st.integers(0, 5_000))
sides = st.lists(values, min_size=1, max_size=7, unique_by=lambda one: one[0])
counts = st.lists(
    st.tuples(st.sampled_from("abcdefg"), st.integers(0, 10_000)), min_size=1, max_size=7, unique_by=lambda one: one[0]
)


def side(rows: Side) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["team", "value", "n"])


def whole(rows: Side) -> float:
    return sum(value * n for _, value, n in rows) / sum(n for _, _, n in rows)


@given(sides, sides)
def test_effects_and_contributions_of_a_share_sum_to_its_movement(now: Side, before: Side) -> None:
    assume(sum(n for _, _, n in now) and sum(n for _, _, n in before))
    frame = ratio_drivers(side(now), side(before), key="team", variance=100.0)
    moved = whole(now) - whole(before)
    assert math.isclose(frame["effect"].sum(), moved, abs_tol=1e-9)
    assert math.isclose(frame["contribution"].sum(), moved, abs_tol=1e-9)
    assert math.isclose((frame["rate"] + frame["mix"]).sum(), moved, abs_tol=1e-9)


@given(counts, counts, st.floats(0.01, 10))
def test_effects_of_a_count_sum_to_its_movement(
    now: list[tuple[str, int]], before: list[tuple[str, int]], scale: float
) -> None:
    frames = [pd.DataFrame(rows, columns=["team", "value"]) for rows in (now, before)]
    frame = count_drivers(frames[0], frames[1], key="team", scale=scale)
    moved = sum(n for _, n in now) - scale * sum(n for _, n in before)
    assert math.isclose(frame["effect"].sum(), moved, abs_tol=1e-6)


def test_a_worse_rate_is_a_rate_effect_and_a_shift_to_a_bad_value_a_mix_effect() -> None:
    before = side([("A", 10.0, 50), ("B", 50.0, 50)])
    worse = ratio_drivers(side([("A", 30.0, 50), ("B", 50.0, 50)]), before, key="team", variance=2_000).set_index(
        "team"
    )
    assert worse.loc["A", ["rate", "mix"]].tolist() == [10.0, 0.0]
    shifted = ratio_drivers(side([("A", 10.0, 25), ("B", 50.0, 75)]), before, key="team", variance=2_000)
    assert shifted["rate"].tolist() == [0.0, 0.0] and math.isclose(shifted["mix"].sum(), 10.0)


def test_a_value_that_only_grew_at_an_average_rate_has_no_effect() -> None:
    now, before = side([("A", 20.0, 90), ("B", 20.0, 10)]), side([("A", 20.0, 50), ("B", 20.0, 50)])
    frame = ratio_drivers(now, before, key="team", variance=1_600).set_index("team")
    assert frame["effect"].abs().max() < 1e-12 and frame.loc["A", "contribution"] > 5


def test_a_value_that_is_not_set_counts_like_any_other() -> None:
    now = side([("A", 10.0, 10), ("?", 90.0, 10)]).replace("?", None)
    frame = ratio_drivers(now, side([("A", 10.0, 10)]), key="team", variance=900)
    assert frame.iloc[0]["team"] is None and math.isclose(frame["effect"].sum(), 40.0)


def test_small_figures_are_marked_and_do_not_pass_for_sure() -> None:
    now, before = side([("A", 25.0, 1_000), ("B", 100.0, 2)]), side([("A", 25.0, 1_000), ("B", 0.0, 2)])
    row = ratio_drivers(now, before, key="team", variance=1_875).set_index("team").loc["B"]
    assert row["is_small"] and row["p"] > 0.01


def test_an_empty_period_is_refused() -> None:
    with pytest.raises(BadFrame, match="observations in both periods"):
        ratio_drivers(side([("A", 1.0, 0)]), side([("A", 1.0, 5)]), key="team", variance=1)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(BadFrame, match="Column 'n'"):
        ratio_drivers(pd.DataFrame({"team": ["A"], "value": [1.0]}), side([("A", 1.0, 5)]), key="team", variance=1)

"""A fair comparison does not rank equal agents apart, and finds the one who is truly different."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from deskbook.analytics import fair_comparison, share_interval
from deskbook.errors import BadFrame

SHARES = np.array([0.55, 0.65, 0.75, 0.82, 0.90, 0.95])
LOG_MINUTES = np.array([2.0, 2.6, 3.1, 3.6, 4.2, 5.0])
AGENTS, RUNS = 30, 200


def tickets(dice: np.random.Generator, least: int, most: int) -> np.ndarray:
    """Numbers of tickets: agents of different sizes, each with its own mix of six reasons."""
    sizes = np.exp(dice.uniform(np.log(least), np.log(most), AGENTS)).astype(int)
    mixes = dice.dirichlet(np.full(6, 1.2), AGENTS)
    return np.array([dice.multinomial(size, mix) for size, mix in zip(sizes, mixes, strict=True)])


def desk(n: np.ndarray, **columns: np.ndarray) -> pd.DataFrame:
    agent, reason = np.indices(n.shape)
    return pd.DataFrame({"agent": agent.ravel(), "reason": reason.ravel(), "n": n.ravel()}).assign(
        **{name: values.ravel() for name, values in columns.items()}
    )


def solved(dice: np.random.Generator, *, least: int = 60, most: int = 600, worse_by: float = 0.0) -> pd.DataFrame:
    """Shares that only the reason decides, but for agent 0, who is worse in each of them."""
    n = tickets(dice, least, most)
    share = np.tile(SHARES, (AGENTS, 1))
    share[0] -= worse_by
    return desk(n, successes=dice.binomial(n, share))


def minutes(dice: np.random.Generator, *, slower_by: float = 0.0) -> pd.DataFrame:
    """Logarithms of reply times that only the reason decides, but for agent 0, who is slower."""
    n = tickets(dice, 60, 600)
    draws = [
        [LOG_MINUTES[r] + dice.standard_normal(n[a, r]) + slower_by * (a == 0) for r in range(6)] for a in range(AGENTS)
    ]
    total = np.array([[one.sum() for one in row] for row in draws])
    return desk(n, sum=total, sumsq=np.array([[(one**2).sum() for one in row] for row in draws]))


def compare(frame: pd.DataFrame, better: str = "higher") -> pd.DataFrame:
    found = fair_comparison(frame, group="agent", stratum="reason", better=better)  # type: ignore[arg-type]
    return found.set_index("agent")


def is_any_called(found: pd.DataFrame) -> bool:
    return bool(found["verdict"].isin(["better", "worse"]).any())


def test_equal_agents_are_not_ranked_apart_where_their_raw_shares_would_be() -> None:
    dice = np.random.default_rng(11)
    called, called_raw = 0, 0
    for _ in range(RUNS):
        frame = solved(dice)
        found = compare(frame)
        called += is_any_called(found)
        low, high = share_interval(found["raw"], found["n"], level_pct=99.8)
        everyone = 100 * frame["successes"].sum() / frame["n"].sum()
        called_raw += bool(((low > everyone) | (high < everyone)).any())
    assert called <= 0.05 * RUNS
    assert called_raw >= 0.9 * RUNS


def test_agents_of_equal_speed_are_not_ranked_apart() -> None:
    dice = np.random.default_rng(12)
    assert sum(is_any_called(compare(minutes(dice), "lower")) for _ in range(60)) <= 3


def test_an_agent_fifteen_points_worse_in_two_hundred_tickets_is_found_four_times_in_five() -> None:
    dice = np.random.default_rng(13)
    runs = [compare(solved(dice, least=200, most=201, worse_by=0.15)) for _ in range(RUNS)]
    assert sum(found.loc[0, "verdict"] == "worse" for found in runs) >= 0.8 * RUNS
    assert sum(is_any_called(found.drop(0)) for found in runs) <= 0.05 * RUNS


def test_an_agent_twice_as_slow_is_found() -> None:
    dice = np.random.default_rng(14)
    runs = [compare(minutes(dice, slower_by=np.log(2)), "lower") for _ in range(30)]
    assert sum(found.loc[0, "verdict"] == "worse" for found in runs) >= 29


def test_the_spread_of_agents_who_all_differ_is_found_and_none_is_called_for_it() -> None:
    dice = np.random.default_rng(15)
    spreads, called = [], 0
    for _ in range(RUNS):
        n = tickets(dice, 400, 600)
        share = 0.5 + 0.06 * dice.standard_normal((AGENTS, 1)) + 0 * n
        found = compare(desk(n, successes=dice.binomial(n, share)))
        spreads.append(found["spread"].iloc[0])
        called += is_any_called(found)
    assert 5.4 < np.mean(spreads) < 6.2 and called <= 0.1 * RUNS


def rows(*values: tuple[str | None, str, int, int]) -> pd.DataFrame:
    return pd.DataFrame(values, columns=["agent", "reason", "n", "successes"])


# By hand: refunds 40 of 100, logins 70 of 100 with success; Ann has the hard ones, Bo the easy ones.
TWO = rows(("Ann", "refund", 80, 32), ("Ann", "login", 20, 14), ("Bo", "refund", 20, 8), ("Bo", "login", 80, 56))


def test_what_the_mix_explains_is_taken_out() -> None:
    found = compare(TWO)
    assert found.loc["Ann", ["raw", "expected", "adjusted"]].tolist() == pytest.approx([46.0, 46.0, 55.0])
    assert found.loc["Bo", ["raw", "expected", "adjusted"]].tolist() == pytest.approx([64.0, 64.0, 55.0])
    assert found["verdict"].tolist() == ["as expected"] * 2 and found["spread"].tolist() == [0.0, 0.0]


def test_for_two_groups_it_is_the_cochran_mantel_haenszel_test() -> None:
    found = compare(rows(("A", "x", 50, 30), ("B", "x", 50, 40), ("A", "y", 50, 10), ("B", "y", 100, 30)))
    # statsmodels 0.15.0, StratifiedTable(...).test_null_odds(correction=False); twice, since two groups are judged
    assert found["p"].tolist() == pytest.approx([2 * 0.015552858656348811] * 2, rel=1e-9)
    assert found["verdict"].to_dict() == {"B": "better", "A": "worse"}


def test_successes_are_the_special_case_of_a_value_that_is_0_or_1() -> None:
    shares, values = (
        compare(TWO),
        compare(TWO.assign(sum=TWO["successes"], sumsq=TWO["successes"]).drop(columns="successes")),
    )
    numbers = ["raw", "expected", "adjusted", "low_95", "high_998"]
    assert np.allclose(shares[numbers], 100 * values[numbers])


def test_limits_are_those_of_the_normal_distribution_around_everyone() -> None:
    found = compare(TWO).loc["Ann"]
    error = 100 * np.sqrt(2 * 80 * 20 / 100 * (0.24 + 0.21) / 2 * 100 / 99) / 100  # sum of n(N-n)/N * S², over n
    assert found["high_95"] - 55 == pytest.approx(1.959964 * error) and 55 - found["low_998"] == pytest.approx(
        3.090232 * error
    )


def test_better_can_mean_lower_and_the_best_comes_first() -> None:
    frame = rows(("A", "x", 200, 20), ("B", "x", 200, 60), ("C", "x", 200, 40))
    found = compare(frame, "lower")
    assert found["verdict"].to_dict() == {"A": "better", "C": "as expected", "B": "worse"}
    assert next(iter(compare(frame)["verdict"].items())) == ("B", "better")


def test_of_few_tickets_or_tickets_nobody_else_has_nothing_is_said() -> None:
    frame = rows(
        ("A", "x", 200, 100), ("B", "x", 200, 110), ("C", "x", 8, 0), ("D", "y", 500, 100), (None, "x", 300, 150)
    )
    verdicts = compare(frame)["verdict"]
    assert verdicts["C"] == verdicts["D"] == "too few to say" and verdicts.isna().sum() == 0 and len(verdicts) == 5


def test_of_rare_successes_nothing_is_said() -> None:
    frame = rows(("A", "x", 200, 0), ("B", "x", 200, 5))
    assert compare(frame)["verdict"].tolist() == ["too few to say"] * 2
    turned = frame.assign(successes=frame["n"] - frame["successes"])
    assert compare(turned)["verdict"].tolist() == ["too few to say"] * 2


def test_when_all_succeed_nothing_is_said() -> None:
    assert compare(rows(("A", "x", 50, 50), ("B", "x", 90, 90)))["verdict"].tolist() == ["too few to say"] * 2


def test_empty_cells_do_not_count() -> None:
    pd.testing.assert_frame_equal(compare(pd.concat([TWO, rows(("Ann", "z", 0, 0), ("Cy", "z", 0, 0))])), compare(TWO))


@pytest.mark.parametrize(
    ("frame", "column"),
    [
        (TWO.drop(columns="reason"), "reason"),
        (TWO.drop(columns="successes"), "sum"),
        (TWO.assign(successes=TWO["n"] + 1), "successes"),
        (TWO.assign(n=-1), "n"),
        (TWO.assign(n=0, successes=0), "n"),
        (TWO.assign(n=None), "n"),
        (TWO.assign(sum=100.0, sumsq=1.0).drop(columns="successes"), "sumsq"),
    ],
)
def test_a_frame_that_cannot_be_is_refused(frame: pd.DataFrame, column: str) -> None:
    with pytest.raises(BadFrame, match=f"Column '{column}'"):
        compare(frame)

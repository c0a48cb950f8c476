"""What moved a metric: each value of a dimension with its part of the movement, adding up to the whole.

For a share or mean y = sum(w_i * m_i), with m_i the value's own figure and w_i its share of the
observations, the movement is split by shift-share (Kitagawa, "Components of a difference between
two rates", JASA 50, 1955):

    rate_i = (m1_i - m0_i) * (w1_i + w0_i) / 2
    mix_i  = (w1_i - w0_i) * ((m1_i + m0_i) / 2 - (M1 + M0) / 2)

Both sum over i to M1 - M0, and so does contribution_i = w1_i * m1_i - w0_i * m0_i. The last one
credits a value with mere growth at an average figure, which another value's shrinking takes back;
`effect` = rate + mix leaves that out (it differs by (w1_i - w0_i) * (M1 + M0) / 2, which sums to
nothing), so values are ranked by it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from deskbook.analytics.chance import tail
from deskbook.errors import BadFrame

SMALL_N = 10
"""Figures resting on fewer observations are marked."""


def ratio_drivers(now: pd.DataFrame, before: pd.DataFrame, *, key: str, variance: float) -> pd.DataFrame:
    """Parts of the movement of a share or mean.

    Args:
        now: one row a value of the dimension: key, value (its figure), n (what it rests on).
        before: the same for the baseline.
        key: name of the dimension's column; an absent value (None) is a value like any other.
        variance: of one observation, as `ratio_chance` gives it.

    Returns:
        One row a value, largest `effect` first: key, now, now_n, before, before_n, contribution,
        rate, mix, effect, p (chance of such an effect), is_small. Effects sum to the movement.
    """
    both = _joined(now, before, key, ("value", "n"))
    n1, n0 = both["n_now"].to_numpy(), both["n_before"].to_numpy()
    if not n1.sum() or not n0.sum():
        raise BadFrame("n", "observations in both periods", f"{n1.sum():g} and {n0.sum():g}")
    w1, w0 = n1 / n1.sum(), n0 / n0.sum()
    own1, own0 = both["value_now"].to_numpy(), both["value_before"].to_numpy()
    all1, all0 = float((w1 * own1).sum()), float((w0 * own0).sum())
    m1 = np.where(n1 > 0, own1, own0)
    m0 = np.where(n0 > 0, own0, own1)
    rate = (m1 - m0) * (w1 + w0) / 2
    off = (m1 + m0) / 2 - (all1 + all0) / 2
    mix = (w1 - w0) * off
    pooled = (n1 + n0) / (n1.sum() + n0.sum())
    with np.errstate(divide="ignore"):
        own = np.where((n1 > 0) & (n0 > 0), variance * (1 / n1 + 1 / n0), 0.0)
    spread = ((w1 + w0) / 2) ** 2 * own + off**2 * pooled * (1 - pooled) * (1 / n1.sum() + 1 / n0.sum())
    columns = {
        "now": own1, "now_n": n1, "before": own0, "before_n": n0,
        "contribution": w1 * own1 - w0 * own0, "rate": rate, "mix": mix, "effect": rate + mix,
        "p": _tails(rate + mix, spread), "is_small": n1 < SMALL_N,
    }  # fmt: skip
    return _ranked(both[[key]].assign(**columns))


def count_drivers(
    now: pd.DataFrame, before: pd.DataFrame, *, key: str, scale: float, dispersion: float = 1.0
) -> pd.DataFrame:
    """Parts of the movement of a count: each value's count less what the baseline lets expect.

    Args:
        now: one row a value of the dimension: key, value (its count).
        before: the same for the baseline.
        scale: length of the period over length of the baseline; 1 for a level such as a backlog.
        dispersion: of the whole count, as `count_chance` gives it.

    Returns:
        One row a value, largest `effect` first: key, now, before (as counted), contribution, effect
        (the same), p, is_small. Effects sum to the movement.
    """
    both = _joined(now, before, key, ("value",))
    one, two = both["value_now"].to_numpy(), both["value_before"].to_numpy()
    effect = one - two * scale
    spread = dispersion * np.maximum(two * scale, scale) * (1 + scale)
    columns = {
        "now": one, "before": two, "contribution": effect, "effect": effect,
        "p": _tails(effect, spread), "is_small": one < SMALL_N,
    }  # fmt: skip
    return _ranked(both[[key]].assign(**columns))


def _joined(now: pd.DataFrame, before: pd.DataFrame, key: str, columns: tuple[str, ...]) -> pd.DataFrame:
    """Both periods side by side; a value that one of them lacks counts there as zero."""
    for frame in (now, before):
        for column in (key, *columns):
            if column not in frame:
                raise BadFrame(column, "a column", f"only {', '.join(map(str, frame.columns))}")
    sides = [frame[[key, *columns]].assign(**{key: frame[key].astype(object)}) for frame in (now, before)]
    both = sides[0].merge(sides[1], on=key, how="outer", suffixes=("_now", "_before"))
    numbers = [name for name in both.columns if name != key]
    both[numbers] = both[numbers].apply(pd.to_numeric, errors="coerce").astype("float64").fillna(0.0)
    both[key] = both[key].where(both[key].notna(), None)
    return both


def _tails(effect: np.ndarray, spread: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(spread > 0, effect / np.sqrt(spread), np.where(np.abs(effect) < 1e-12, 0.0, np.inf))
    return np.array([tail(float(one)) for one in z], dtype=float)


def _ranked(frame: pd.DataFrame) -> pd.DataFrame:
    order = frame["effect"].abs().sort_values(ascending=False, kind="stable").index
    return frame.loc[order].reset_index(drop=True)

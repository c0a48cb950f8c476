"""A fair comparison of groups (teams, agents) whose tickets differ, and who of them truly stands out.

**Expected.** Had a group answered each of its strata (contact reasons, channels …) as all groups
together do, its value would be `expected` (indirect standardisation): sum(n_s * m_s) / n, with m_s the
mean of everyone in stratum s. What is left, raw - expected, is put on everyone's mean:

    adjusted = overall + raw - expected

**Chance.** If tickets within a stratum were dealt to the groups at random, the group's sum would vary by
the permutation variance, which for shares is that of the Cochran-Mantel-Haenszel test (Mantel & Haenszel,
"Statistical aspects of the analysis of data from retrospective studies of disease", JNCI 22, 1959):

    sum over s of n_s * (N_s - n_s) / N_s * S_s²      S_s² the variance within stratum s, all groups

**Over-dispersion.** Groups differ a little for reasons that no stratum tells. The variance of that is added
to chance's (Spiegelhalter, "Handling over-dispersion of performance indicators", Quality and Safety in
Health Care 14, 2005, the random-effects form, which suits groups of unequal size). It is the one with which
the groups' z-scores vary as they should (Paule & Mandel, "Consensus values and weighting factors", Journal of
Research of the NBS 87, 1982), their outer tenths pulled in, so that those who stand out do not hide
themselves; the pulling in is made up for by what it does to a normal distribution. Being an estimate, it makes
tails heavier: degrees of freedom are Satterthwaite's ("An approximate distribution of estimates of variance
components", Biometrics Bulletin 2, 1946).

**Many groups.** The funnel's limits are for one group looked at by itself (Spiegelhalter, "Funnel plots for
comparing institutional performance", Statistics in Medicine 24, 2005). Verdicts are Holm's ("A simple
sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6, 1979): if all are
equal, the chance that even one of them is called better or worse is at most 5 %.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from deskbook.analytics.chance import tail
from deskbook.analytics.drivers import SMALL_N
from deskbook.analytics.intervals import quantile
from deskbook.errors import BadFrame

Floats = NDArray[np.float64]

CALLED_BELOW: Final = 0.05
"""Chance that any of several equal groups is called better or worse."""
SPREAD_FROM: Final = 10
"""With fewer groups their spread says nothing, and chance alone stands."""
OUTER: Final = 0.1
"""Part of the z-scores pulled in at either end."""
PLAIN_SQUARE: Final = 0.6787
"""Mean square of standard normal values whose outer tenths are pulled in."""
INFORMATION: Final = 0.7
"""Degrees of freedom a group gives to the spread: without pulling in it would be one."""
NORMAL_FROM: Final = 1e6
"""Degrees of freedom from which Student's t is taken as normal."""
HALVINGS: Final = 30
SMALL_COUNT: Final = 5
"""With fewer expected successes, or failures, a share's distribution is too lopsided for its variance to tell."""


def fair_comparison(
    frame: pd.DataFrame, *, group: str, stratum: str, better: Literal["higher", "lower"]
) -> pd.DataFrame:
    """Groups compared as if they had the same tickets.

    Args:
        frame: one row a group and stratum: those two columns, n (observations), and either successes
            (of a share) or sum and sumsq (of a value and of its square; skewed times as logarithms).
            Rows with n = 0 do not count. An absent group or stratum (None) is one like any other.
        group: column of what is compared; stratum: column of what makes tickets differ.
        better: which way is good.

    Returns:
        One row a group, best `adjusted` first: the group, n, raw, expected, adjusted, low_95, high_95,
        low_998, high_998 (where an ordinary group's `adjusted` lies), p (Holm's, of one so far off),
        spread (standard deviation between ordinary groups beyond chance; the same in each row) and
        verdict: "better", "worse", "as expected" or "too few to say". Shares are in per cent and their
        differences in points; values keep their unit.

    Raises:
        BadFrame: a column is missing or holds what cannot be.
    """
    is_share = "successes" in frame
    n, total, squares, names = _matrices(frame, group, stratum, is_share)
    size, everyone = n.sum(axis=1), n.sum(axis=0)
    mean = total.sum(axis=0) / everyone
    within = np.maximum(squares.sum(axis=0) - everyone * mean**2, 0) / np.maximum(everyone - 1, 1)
    shared = n * (1 - n / everyone)
    overall, raw, expected = total.sum() / size.sum(), total.sum(axis=1) / size, n @ mean / size
    error = np.sqrt(shared @ within) / size
    is_small = (shared.sum(axis=1) < SMALL_N) | (error == 0)
    if is_share:
        is_small |= np.minimum(shared @ mean, shared @ (1 - mean)) < SMALL_COUNT
    off = raw - expected
    spread = _spread(off[~is_small], error[~is_small])
    p = _chances(off, error, spread, is_small)
    scale, low, high = (100.0, 0.0, 100.0) if is_share else (1.0, -np.inf, np.inf)
    found = pd.DataFrame({group: pd.Series(names, dtype=object), "n": size.astype(np.int64)})
    found["raw"], found["expected"] = raw * scale, expected * scale
    found["adjusted"] = np.clip((overall + off) * scale, low, high)
    for name, level_pct in (("95", 95.0), ("998", 99.8)):
        half = quantile(level_pct) * np.hypot(error, spread)
        found[f"low_{name}"] = np.clip((overall - half) * scale, low, high)
        found[f"high_{name}"] = np.clip((overall + half) * scale, low, high)
    found["p"], found["spread"] = p, spread * scale
    called = np.where((off > 0) == (better == "higher"), "better", "worse")
    found["verdict"] = np.select([is_small, p < CALLED_BELOW], ["too few to say", called], "as expected")
    return found.sort_values("adjusted", ascending=better == "lower", kind="stable", ignore_index=True)


def _matrices(
    frame: pd.DataFrame, group: str, stratum: str, is_share: bool
) -> tuple[Floats, Floats, Floats, list[object]]:
    """n, sum and sum of squares by group (rows) and stratum (columns), and the groups' names."""
    numbers = ["n", "successes"] if is_share else ["n", "sum", "sumsq"]
    for column in (group, stratum, *numbers):
        if column not in frame:
            raise BadFrame(column, "a column", f"only {', '.join(map(str, frame.columns))}")
    values = frame[numbers].apply(pd.to_numeric, errors="coerce").astype("float64")
    for column in numbers:
        if not np.isfinite(values[column]).all():
            raise BadFrame(column, "a number in every row", "none in some")
    if (values["n"] < 0).any() or not values["n"].any():
        raise BadFrame("n", "0 or more observations a row, and some in all", f"{values['n'].min():g} as the fewest")
    if is_share and not values["successes"].between(0, values["n"]).all():
        raise BadFrame("successes", "0 to n", "more than n, or fewer than 0")
    is_kept = (values["n"] > 0).to_numpy()
    values, kept = values[is_kept], frame[is_kept]
    if not is_share and (values["sumsq"] * values["n"] * (1 + 1e-9) < values["sum"] ** 2).any():
        raise BadFrame("sumsq", "the sum of squares, at least sum² / n", "less")
    rows, names = pd.factorize(kept[group].astype(object), use_na_sentinel=False)
    columns, strata = pd.factorize(kept[stratum].astype(object), use_na_sentinel=False)
    square = values["successes"] if is_share else values["sumsq"]
    found = []
    for one in (values["n"], values[numbers[1]], square):
        matrix = np.zeros((len(names), len(strata)))
        np.add.at(matrix, (rows, columns), one.to_numpy())
        found.append(matrix)
    return found[0], found[1], found[2], [None if pd.isna(name) else name for name in names]


def _spread(off: Floats, error: Floats) -> float:
    """Standard deviation between groups beyond chance, from how far off each is and its standard error."""
    if len(off) < SPREAD_FROM:
        return 0.0
    wanted = PLAIN_SQUARE * (1 - 1 / len(off))

    def square(spread: float) -> float:
        z = off / np.hypot(error, spread)
        return float((np.clip(z, *np.quantile(z, [OUTER, 1 - OUTER])) ** 2).mean())

    low, high = 0.0, 2 * float(np.abs(off).max())
    if square(low) <= wanted:
        return 0.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if square(middle) > wanted else (low, middle)
    return high


def _chances(off: Floats, error: Floats, spread: float, is_small: NDArray[np.bool_]) -> Floats:
    """Holm's p of each group; 1 for those of which nothing is said."""
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.where(is_small, 0.0, off / np.hypot(error, spread))
        freedom = INFORMATION * np.sum(~is_small) * (1 + (error / spread) ** 2) ** 2
    return _holm(np.array([tail(one) for one in _normal(t, freedom)]), ~is_small)


def _normal(t: Floats, freedom: Floats) -> Floats:
    """Normal values with the tails of these values of Student's t; infinite freedom leaves them.

    Source: Wallace, "Bounds on normal approximations to Student's and the chi-square distributions",
    Annals of Mathematical Statistics 30, 1959.
    """
    is_student = freedom < NORMAL_FROM
    known = np.where(is_student, freedom, NORMAL_FROM)
    student = (8 * known + 1) / (8 * known + 3) * np.sqrt(known * np.log1p(t**2 / known))
    return np.where(is_student, student, np.abs(t))


def _holm(p: Floats, is_judged: NDArray[np.bool_]) -> Floats:
    """Holm's adjusted p of those judged; 1 for the others."""
    adjusted = np.ones(len(p))
    judged = np.flatnonzero(is_judged)
    order = judged[np.argsort(p[judged], kind="stable")]
    steps = np.arange(len(order), 0, -1) * p[order]
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return adjusted

"""Whether a movement is more than chance, judged by how much ordinary days differ from each other.

Variances are those of a quasi-likelihood model: the Poisson or binomial variance times a dispersion
that the baseline's days show, and that is never taken below 1 (McCullagh & Nelder, Generalized
Linear Models, 1989, sections 4.5 and 9.2). The share test is the pooled two-proportion z-test
(Fleiss, Levin & Paik, Statistical Methods for Rates and Proportions, 2003, section 3.2).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

ORDINARY_FROM: Final = 0.01
"""A movement that chance gives more often than this is ordinary: one false alarm in a hundred questions."""
DAYS_FOR_SPREAD: Final = 5
"""With fewer days than this their spread says nothing, and the plain variance stands."""


@dataclass(frozen=True)
class Chance:
    """How far a movement stands out.

    Attributes:
        z: standard errors from no movement.
        variance: of one observation, spread between days included.
    """

    z: float
    variance: float

    @property
    def p(self) -> float:
        """Two-sided probability of a movement this large by chance."""
        return tail(self.z)

    @property
    def is_ordinary(self) -> bool:
        """Whether chance gives such a movement often enough to expect it."""
        return self.p >= ORDINARY_FROM


def tail(z: float) -> float:
    """Two-sided tail of the standard normal distribution."""
    return math.erfc(abs(z) / math.sqrt(2))


def ratio_chance(
    now: float, now_n: float, before: float, before_n: float, days: pd.DataFrame, *, scale: float | None
) -> Chance:
    """Chance of the movement of a share or mean.

    Args:
        now: value of the period; now_n: the observations it rests on (before, before_n: of the baseline).
        days: one row a day of the baseline: value, n.
        scale: what "all of them" is for a share (100 for per cent); None for a mean.
    """
    pooled = (now * now_n + before * before_n) / (now_n + before_n)
    plain = pooled * (scale - pooled) if scale else 0.0
    seen = days[days["n"] > 0]
    variance = plain
    if len(seen) >= (DAYS_FOR_SPREAD if scale else 2):
        centre = (seen["value"] * seen["n"]).sum() / seen["n"].sum()
        between = float((seen["n"] * (seen["value"] - centre) ** 2).sum() / (len(seen) - 1))
        variance = max(plain, between)
    error = math.sqrt(variance * (1 / now_n + 1 / before_n))
    return Chance(_standardised(now - before, error), variance)


def count_chance(now: float, before: float, days: pd.Series, *, scale: float) -> Chance:
    """Chance of the movement of a count.

    Args:
        before: count of the whole baseline.
        days: counts of the baseline's days, days without any as 0.
        scale: length of the period over length of the baseline.
    """
    mean = float(days.mean()) if len(days) else 0.0
    dispersion = 1.0
    if len(days) >= DAYS_FOR_SPREAD and mean > 0:
        dispersion = max(1.0, float(days.var(ddof=1)) / mean)
    expected = before * scale
    error = math.sqrt(dispersion * max(expected, scale) * (1 + scale))
    return Chance(_standardised(now - expected, error), dispersion)


def _standardised(movement: float, error: float) -> float:
    if error > 0:
        return movement / error
    return 0.0 if movement == 0 else math.copysign(math.inf, movement)


def false_discovery(chances: Sequence[float], looked_at: int | None = None) -> list[float]:
    """Adjusted chances: of all that lie below a level, at most that share is there by chance, on average.

    Source: Benjamini & Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical
    Society B 57, 1995.

    Args:
        looked_at: how many were looked at in all, when only the smallest are given.
    """
    order = sorted(range(len(chances)), key=lambda place: -chances[place])
    adjusted, least, most = [1.0] * len(chances), 1.0, looked_at or len(chances)
    for rank, place in zip(range(len(chances), 0, -1), order, strict=True):
        least = min(least, chances[place] * most / rank)
        adjusted[place] = least
    return adjusted

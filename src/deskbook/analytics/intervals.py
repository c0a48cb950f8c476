"""How sure a share is."""

from __future__ import annotations

from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from deskbook.errors import BadFrame

Floats = NDArray[np.float64]

LEVEL_PCT: Final = 95.0


def share_interval(pct: ArrayLike, n: ArrayLike, *, level_pct: float = LEVEL_PCT) -> tuple[Floats, Floats]:
    """Lowest and highest share, in per cent, that go well with the ones seen: Wilson's score interval.

    With p = pct / 100 and z the normal quantile of the level:

        (n * p + z² / 2 ± z * sqrt(n * p * (1 - p) + z² / 4)) / (n + z²)

    Source: Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22,
    1927; recommended over the textbook's p ± z * s by Brown, Cai & DasGupta, "Interval estimation for
    a binomial proportion", Statistical Science 16, 2001.

    Args:
        pct: shares, 0 to 100; NaN where there is none.
        n: observations each rests on; none at all gives 0 to 100.
        level_pct: how often such an interval holds the true share.

    Raises:
        BadFrame: a share lies outside 0 to 100, or an n below 0.
    """
    shares, counts = np.broadcast_arrays(np.asarray(pct, np.float64) / 100, np.asarray(n, np.float64))
    if ((shares < 0) | (shares > 1)).any():
        raise BadFrame("pct", "shares from 0 to 100", f"{np.nanmin(shares) * 100:g} to {np.nanmax(shares) * 100:g}")
    if (counts < 0).any():
        raise BadFrame("n", "0 or more observations", f"{np.nanmin(counts):g}")
    z = quantile(level_pct)
    shares = np.where(counts == 0, 0.5, shares)
    centre = counts * shares + z**2 / 2
    half = z * np.sqrt(counts * shares * (1 - shares) + z**2 / 4)
    low, high = (centre - half) / (counts + z**2), (centre + half) / (counts + z**2)
    return 100 * np.clip(low, 0.0, 1.0), 100 * np.clip(high, 0.0, 1.0)


def stratified_share(
    hits: ArrayLike, n: ArrayLike, sizes: ArrayLike, *, level_pct: float = LEVEL_PCT
) -> tuple[float, float, float]:
    """A share estimated from a sample drawn by strata, without putting back: (share, lowest, highest), in per cent.

    With W_h the share of stratum h in everything, p_h its share of hits and f_h the part of it drawn, the estimate
    is sum(W_h p_h) and its variance sum(W_h² (1 - f_h) p_h (1 - p_h) / (n_h - 1)) (Cochran, Sampling Techniques,
    1977, section 5.9). The interval is Wilson's at the sample size that would have this variance (Franco, Little,
    Louis & Slud, "Comparative study of confidence intervals for proportions in complex sample surveys", Journal
    of Survey Statistics and Methodology 7, 2019); within a stratum p_h is drawn to the estimate by one
    observation, so that strata without a hit count.

    Args:
        hits: one a stratum: how many of its sample hold what is looked for; n: its sample; sizes: all of it.
        level_pct: how often such an interval holds the true share.

    Raises:
        BadFrame: a stratum has more hits than sample, or more sample than there is.
    """
    held, drawn, every = (np.asarray(one, np.float64) for one in (hits, n, sizes))
    if (held > drawn).any() or (drawn > every).any():
        raise BadFrame("n", "hits <= n <= sizes in each stratum", "more")
    known = drawn > 0
    held, drawn, every = held[known], drawn[known], every[known]
    weight = every / every.sum()
    share = float((weight * held / drawn).sum())
    pulled = (held + share) / (drawn + 1)
    left = 1 - drawn / every
    variance = float((weight**2 * left * pulled * (1 - pulled) / np.maximum(drawn - 1, 1)).sum())
    if variance == 0:
        size = float(drawn.sum()) / max(float((weight * left).sum()), 1e-12)
    else:
        size = share * (1 - share) / variance if 0 < share < 1 else float(drawn.sum())
    low, high = share_interval(100 * share, size, level_pct=level_pct)
    return 100 * share, float(low), float(high)


def quantile(level_pct: float) -> float:
    """Standard deviations either side that hold this much of a normal distribution: 1.96 for 95."""
    return NormalDist().inv_cdf(0.5 + level_pct / 200)

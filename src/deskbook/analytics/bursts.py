"""Groups that are suddenly in more tickets than their own past leads to expect, with few false alarms.

A count is held against a negative binomial forecast: the group's level in the weeks before and its weekdays (drawn
towards those of all groups together), as uncertain as so many tickets leave it, and as unsteady as ordinary days of
these groups are. Of all groups and days looked at, those are called bursts of which at most a share `level` is there by
chance, on average (Benjamini & Hochberg).

Source: Hyndman & Athanasopoulos, FPP3, ch. 13.2 (counts); Gelman et al., BDA3, ch. 2.6 (gamma-Poisson forecasts);
McCullagh & Nelder, Generalized Linear Models, ch. 6.2.3 (dispersion).
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from deskbook.analytics.chance import false_discovery
from deskbook.errors import BadFrame, BadValue

HISTORY_DAYS: Final = 56
LEAST_HISTORY_DAYS: Final = 21
WEEKS_TRUSTED: Final = 24.0
TICKETS_TRUSTED: Final = 20.0
"""So many weeks, and tickets, of a group's own say as much about its weekdays as all groups together do."""
ALLOWANCE: Final = 1.25
"""How much more unrest is allowed for than was seen: a few weeks measure it that roughly."""
OWN_UNREST: Final = 0.5
"""Weight of the middle group's unrest beside a group's own, in groups of mean size."""
PRIOR: Final = 0.5
"""Tickets that a group is taken to have had before its history (Jeffreys' prior of a rate)."""
SURE: Final = 1e-15
COLUMNS: Final = ("group", "day", "count", "expected", "chance", "adjusted")
Matrix = NDArray[np.float64]


def bursts(
    volume: pd.DataFrame, *, days: int, until: pd.Timestamp | None = None, level: float = 0.1, least: int = 3
) -> pd.DataFrame:
    """The bursts of the last days, the surest first.

    Args:
        volume: one row per (group, day): group, day (midnight), count; days without a row count nothing.
        days: how many of the last ones are looked at; the 56 before each of them are its past.
        until: the last day that is looked at; the last with a row if None.
        level: share of false ones among those found, at most, on average.
        least: fewer tickets than this are no burst, whatever was expected.

    Returns:
        One row per burst: group, day, count, expected (tickets), chance (of so many or more), adjusted (chance among
        all that was looked at).

    Raises:
        BadFrame: a column is missing.
        BadValue: there are under 21 days before the last one.
    """
    missing = [name for name in ("group", "day", "count") if name not in volume]
    if missing:
        raise BadFrame(missing[0], "groups, days and counts", ", ".join(volume.columns) or "nothing")
    if volume.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    table = volume.pivot_table(index="day", columns="group", values="count", aggfunc="sum", fill_value=0)
    last = until or table.index.max()
    table = table.reindex(pd.date_range(table.index.min(), last, freq="D"), fill_value=0)
    if len(table) <= LEAST_HISTORY_DAYS:
        raise BadValue(f"Bursts want more than {LEAST_HISTORY_DAYS} days, got {len(table)}. Choose a longer past.")
    counts, weekday = table.to_numpy(float), np.asarray(pd.DatetimeIndex(table.index).day_of_week)
    tested = range(max(LEAST_HISTORY_DAYS, len(table) - days), len(table))
    seen = counts[list(tested)]
    unrest = _unrest(counts[: tested.start], weekday[: tested.start])
    expected, shape = _forecast(counts, weekday, tested, unrest)
    chance = np.array(
        [[upper_tail(*one) for one in zip(*row, strict=True)] for row in zip(seen, expected, shape, strict=True)]
    )
    found = pd.DataFrame(
        {
            "group": np.tile(table.columns.to_numpy(), len(tested)),
            "day": np.repeat(table.index[list(tested)], len(table.columns)),
            "count": seen.ravel().astype(int),
            "expected": expected.ravel(),
            "chance": chance.ravel(),
            "adjusted": false_discovery(chance.ravel().tolist()),
        }
    )
    shown = found[(found["adjusted"] <= level) & (found["count"] >= least)]
    return shown.sort_values(["adjusted", "chance", "group", "day"], ignore_index=True)


def _forecast(counts: Matrix, weekday: NDArray[np.int64], tested: range, unrest: Matrix) -> tuple[Matrix, Matrix]:
    """Mean and shape of the negative binomial forecast of each tested day (row) and group (column)."""
    mean = np.empty((len(tested), counts.shape[1]))
    spread = np.empty_like(mean)
    for place, day in enumerate(tested):
        past = slice(max(0, day - HISTORY_DAYS), day)
        held, same = counts[past], weekday[past] == weekday[day]
        total, days, times = held.sum(axis=0) + PRIOR, len(held), max(int(same.sum()), 1)
        even = times / days
        common = (held[same].sum() + 7 * PRIOR * even) / (held.sum() + 7 * PRIOR) / even
        own = (held[same].sum(axis=0) + PRIOR * even) / total / even
        trust = times / (times + WEEKS_TRUSTED) * total / (total + TICKETS_TRUSTED)
        mean[place] = total / days * ((1 - trust) * common + trust * own)
        # What the day itself does, and how little its past says of its level and of its weekday.
        spread[place] = unrest + (1 / total + unrest / days) + trust**2 * (1 / (total * even) + unrest / times)
    return mean, 1 / spread


def _unrest(past: Matrix, weekday: NDArray[np.int64]) -> Matrix:
    """How unsteady ordinary days of each group are: variance is mean + unrest x mean²; 0 where chance says it all.

    A group's own figure is drawn towards the middle one of all, which few groups with bursts in their past do not move.
    """
    share = np.array([past[weekday == day].sum() for day in range(7)]) + PRIOR
    factor = (share / np.array([max((weekday == day).sum(), 1) for day in range(7)]))[weekday]
    mean = past.mean(axis=0) * (factor / factor.mean())[:, None]
    weight = (mean**2).sum(axis=0) + 1e-12
    surplus = ((past - mean) ** 2 * len(past) / (len(past) - 1) - mean).sum(axis=0)
    order = np.argsort(surplus / weight)
    middle = order[np.searchsorted(np.cumsum(weight[order]), weight.sum() / 2)]
    common = max(surplus[middle] / weight[middle], 0.0)
    towards = OWN_UNREST * weight.mean()
    unrest: Matrix = np.maximum((surplus + common * towards) / (weight + towards), common / 2)
    return np.clip(unrest * ALLOWANCE, 0.0, 2.0)


def upper_tail(count: float, mean: float, shape: float) -> float:
    """Chance of `count` tickets or more under a negative binomial of that mean and shape; never quite 0.

    Args:
        shape: variance is mean + mean² / shape.
    """
    if count <= 0:
        return 1.0
    steps = np.arange(1, int(count))
    odds = np.log(mean) - np.log(mean + shape)
    logs = np.concatenate([[0.0], np.cumsum(np.log((shape + steps - 1) / steps) + odds)])
    start = -shape * np.log1p(mean / shape)
    below = np.exp(start + logs).sum()
    return float(np.clip(1 - below, SURE, 1.0))

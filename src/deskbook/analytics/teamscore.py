"""One number a team, 0 to 100, as the product's predecessor counted it.

Its weights and bands are a convention, not a finding: efficiency rewards volume, capacity rewards even
reply times. To compare teams fairly use `fair_comparison`; keep this one where people are used to it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from deskbook.errors import BadFrame, BadValue

WEIGHTS: Final = {"response": 0.30, "quality": 0.25, "efficiency": 0.25, "capacity": 0.20}
LEVELS: Final = ((90, "excellent"), (75, "good"), (60, "average"), (45, "poor"))
MIN_TICKETS: Final = 5
WITHOUT_DATA: Final = 50.0
"""What a part counts when its figures are missing."""
BEST_MEDIAN_MINUTES: Final = 15
NUMBERS: Final = (
    "tickets",
    "first_reply_median_minutes",
    "first_reply_within_target_pct",
    "first_reply_mean_minutes",
    "first_reply_sd_minutes",
    "sentiment_mean",
    "sentiment_positive_pct",
)


def team_scores(teams: pd.DataFrame, *, days: float) -> pd.DataFrame:
    """Score of each team.

        score      = 0.30 response + 0.25 quality + 0.25 efficiency + 0.20 capacity
        response   = 0.6 band + 0.4 share of replies within target
                     band: 100 up to a median of 15 min, then 90 falling to 80 at 30, 60 at 60, 40 at 120
        quality    = (mean sentiment + 1) * 50 * (0.8 + 0.2 * positive share)
        efficiency = by tickets a day of the window: 20 up to 0.5, 40 at 1, 60 at 2, 80 at 5, 100 from 10
        capacity   = by standard deviation over mean of reply times: 100 at 0, 90 at 0.5, 75 at 1,
                     60 at 1.5, 40 from 2.5

    Between the points straight lines. Source: the predecessor's `TeamAnalyzer.calculate_team_score`,
    which divided tickets by 30 days whatever the window; here it is the window's own length.

    Args:
        teams: one row a team: tickets (created in the window), first_reply_median_minutes,
            first_reply_within_target_pct, first_reply_mean_minutes, first_reply_sd_minutes,
            sentiment_mean (-1 to 1), sentiment_positive_pct; other columns are kept. A figure may be
            missing, tickets may not.
        days: length of the window.

    Returns:
        The same rows, best first, with response, quality, efficiency, capacity (each 0 to 100; missing
        where its figures are, and then 50 in the score), score and level: excellent from 90, good from
        75, average from 60, poor from 45, else critical. With fewer than 5 tickets there is no score
        and the level is "too few to say".

    Raises:
        BadFrame: a column is missing, or a team has no count of tickets.
        BadValue: the window has no length.
    """
    if not days > 0:
        raise BadValue(f"Team scores want a window of more than 0 days, got {days}.")
    for column in NUMBERS:
        if column not in teams:
            raise BadFrame(column, "a column", f"only {', '.join(map(str, teams.columns))}")
    given = {column: pd.to_numeric(teams[column], errors="coerce").to_numpy(np.float64) for column in NUMBERS}
    if np.isnan(given["tickets"]).any():
        raise BadFrame("tickets", "a count for every team", "none for some")
    parts = _parts(given, days)
    filled = {name: np.where(np.isnan(part), WITHOUT_DATA, part) for name, part in parts.items()}
    score = np.sum([WEIGHTS[name] * part for name, part in filled.items()], axis=0)
    is_small = given["tickets"] < MIN_TICKETS
    level = np.select([score >= least for least, _ in LEVELS], [word for _, word in LEVELS], "critical")
    found = teams.assign(
        **parts, score=np.where(is_small, np.nan, score), level=np.where(is_small, "too few to say", level)
    )
    return found.sort_values("score", ascending=False, kind="stable", ignore_index=True)


def _parts(given: dict[str, np.ndarray], days: float) -> dict[str, np.ndarray]:
    median, mean = given["first_reply_median_minutes"], given["first_reply_mean_minutes"]
    band = np.where(median <= BEST_MEDIAN_MINUTES, 100.0, np.interp(median, (15, 30, 60, 120), (90, 80, 60, 40)))
    mood = (given["sentiment_mean"] + 1) * 50
    with np.errstate(divide="ignore", invalid="ignore"):
        unevenness = np.where(mean > 0, given["first_reply_sd_minutes"] / mean, np.nan)
    return {
        "response": 0.6 * band + 0.4 * given["first_reply_within_target_pct"],
        "quality": mood * (0.8 + 0.2 * given["sentiment_positive_pct"] / 100),
        "efficiency": np.interp(given["tickets"] / days, (0.5, 1, 2, 5, 10), (20, 40, 60, 80, 100)),
        "capacity": np.interp(unevenness, (0, 0.5, 1, 1.5, 2.5), (100, 90, 75, 60, 40)),
    }

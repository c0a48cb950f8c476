"""One number a team, 0 to 100, as the product's predecessor counted it.

    score      = 0.30 response + 0.25 quality + 0.25 efficiency + 0.20 capacity
    response   = 0.6 band + 0.4 share of first replies within target
                 band: 100 up to a median of 15 min, then 90 falling to 80 at 30, 60 at 60, 40 at 120
    quality    = (mean sentiment + 1) * 50 * (0.8 + 0.2 * positive share)
    efficiency = by tickets a day, from the first to the last: 20 up to 0.5, 40 at 1, 60 at 2, 80 at 5, 100 from 10
    capacity   = by standard deviation over mean of first replies: 100 at 0, 90 at 0.5, 75 at 1, 60 at 1.5, 40 from 2.5

Between the points straight lines; a part without figures counts 50. The predecessor divided tickets by 30 days
whatever the window. Its weights and bands are a convention, not a finding: efficiency rewards volume, capacity
rewards even reply times. To compare teams fairly there are the fair tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from deskbook.metrics.metric import define

LEAST: Final = 5
"""With fewer tickets there is no score."""
REPLIED: Final = "first_reply_seconds IS NOT NULL"
COUNT: Final = f"count(*) FILTER ({REPLIED})"
SUM: Final = "sum(first_reply_seconds)::HUGEINT"
SQUARES: Final = "sum(first_reply_seconds::HUGEINT * first_reply_seconds)"


def _line(x: str, points: Sequence[tuple[float, float]]) -> str:
    """SQL of straight lines through points, level before the first and after the last; NULL stays NULL."""
    cases = [f"WHEN {x} <= {points[0][0]} THEN {points[0][1]}"]
    for (low, a), (high, b) in pairwise(points):
        cases.append(f"WHEN {x} <= {high} THEN {a} + ({x} - {low}) * {(b - a) / (high - low)}")
    return f"CASE {' '.join(cases)} WHEN {x} IS NOT NULL THEN {points[-1][1]} END"


MEDIAN: Final = "(quantile_cont(first_reply_seconds, 0.5) / 60.0)"
BAND: Final = f"CASE WHEN {MEDIAN} <= 15 THEN 100 ELSE {_line(MEDIAN, ((15, 90), (30, 80), (60, 60), (120, 40)))} END"
WITHIN: Final = f"(100.0 * count(*) FILTER (first_reply_seconds <= $first_reply_target_seconds) / nullif({COUNT}, 0))"
MOOD: Final = "(sum(sentiment)::DOUBLE / nullif(count(sentiment), 0))"
POSITIVE: Final = "(count(*) FILTER (sentiment_label = 'positive')::DOUBLE / nullif(count(sentiment_label), 0))"
A_DAY: Final = "(count(*)::DOUBLE / (date_diff('day', min(created_local), max(created_local)) + 1))"
SPREAD: Final = (
    f"(sqrt(greatest(({SQUARES} * {COUNT} - {SUM} * {SUM})::DOUBLE, 0) / nullif({COUNT} * ({COUNT} - 1), 0)) "
    f"/ nullif({SUM}::DOUBLE / nullif({COUNT}, 0), 0))"
)
PARTS: Final = {
    f"0.6 * ({BAND}) + 0.4 * {WITHIN}": 0.30,
    f"({MOOD} + 1) * 50 * (0.8 + 0.2 * {POSITIVE})": 0.25,
    _line(A_DAY, ((0.5, 20), (1, 40), (2, 60), (5, 80), (10, 100))): 0.25,
    _line(SPREAD, ((0, 100), (0.5, 90), (1, 75), (1.5, 60), (2.5, 40))): 0.20,
}

TEAM_SCORE = define(
    name="team_score",
    label="Team score",
    table="tickets",
    at="created_at",
    rests_on="true",
    sql=(
        f"CASE WHEN count(*) >= {LEAST} THEN round("
        + " + ".join(f"{weight} * coalesce({part}, 50)" for part, weight in PARTS.items())
        + ", 6) END"
    ),
    unit="points",
    better="higher",
    note=(
        "0 to 100: 0.30 response (0.6 band of the median first reply, 0.4 share within target) + 0.25 quality "
        "(sentiment and its positive share) + 0.25 efficiency (tickets a day) + 0.20 capacity (evenness of replies). "
        "A convention people are used to, no fair comparison: see the fair tables."
    ),
    leaves_out=f"Groups of fewer than {LEAST} tickets; a part without figures counts 50.",
    origin="the predecessor's TeamAnalyzer.calculate_team_score, over the window's own days instead of 30",
    words=("team score", "score"),
    decimals=1,
)

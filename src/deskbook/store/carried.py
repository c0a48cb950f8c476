"""What was open when a month began, ticket by ticket: from there a backlog is counted, not from the first day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import duckdb

STEPS: Final = (1, 2, 3, 6, 12)
"""Months between two beginnings kept; the fewest with which the table stays smaller than `flow`."""

_OPEN: Final = """
WITH months AS (
    SELECT unnest(generate_series(date_trunc('month', min(moved_at)) + INTERVAL 1 MONTH, $last::TIMESTAMP,
                                  INTERVAL 1 MONTH)) AS month
    FROM {hot}.flow
), changes AS (SELECT date_trunc('month', moved_at) + INTERVAL 1 MONTH AS month, sum(delta) AS change
    FROM {hot}.flow GROUP BY 1)
SELECT month, sum(coalesce(change, 0)) OVER (ORDER BY month)::BIGINT FROM months LEFT JOIN changes USING (month)
ORDER BY month
"""
_CARRIED: Final = """
CREATE TABLE {hot}.carried AS
WITH levels AS (
    SELECT ticket, moved_at, sum(delta) OVER turns AS delta, lead(moved_at) OVER (PARTITION BY ticket
           ORDER BY moved_at, delta) AS next_at
    FROM {hot}.flow WINDOW turns AS (PARTITION BY ticket ORDER BY moved_at, delta ROWS UNBOUNDED PRECEDING)
), standing AS (
    SELECT ticket, delta::TINYINT AS delta, unnest(generate_series(date_trunc('month', moved_at) + INTERVAL 1 MONTH,
           coalesce(next_at, $last::TIMESTAMP), INTERVAL 1 MONTH)) AS month
    FROM levels WHERE delta <> 0
)
SELECT t.ticket, {dims}, t.sentiment_label, s.delta, s.month, s.month - INTERVAL 1 MICROSECOND AS moved_at,
       ((s.month - INTERVAL 1 MICROSECOND) AT TIME ZONE 'UTC') AT TIME ZONE $zone AS moved_local
FROM standing s JOIN {hot}.tickets t USING (ticket)
WHERE s.month IN (SELECT unnest($months::TIMESTAMP[])) ORDER BY s.month
"""


def carry(con: duckdb.DuckDBPyConnection, hot: str, dims: str, bound: Mapping[str, str]) -> tuple[datetime, ...]:
    """Make the table `carried` from `flow` and `tickets`: a row for each ticket open at each beginning kept.

    Its rows moved the moment before the month began (UTC), so that they stand in the sum of all that moved before.

    Args:
        dims: the ticket's dimensions as SQL over `t`.

    Returns:
        The beginnings kept, in order; none where a desk closes so little that they would not save anything.
    """
    ends = con.execute(f"SELECT date_trunc('month', max(moved_at)), count(*) FROM {hot}.flow").fetchone()
    last, rows = ends if ends else (None, 0)
    months: tuple[datetime, ...] = ()
    if last is not None:
        months = _chosen(con.execute(_OPEN.format(hot=hot), {"last": last}).fetchall(), rows)
    values = {"last": last, "months": list(months), "zone": bound["zone"]}
    con.execute(_CARRIED.format(hot=hot, dims=dims), values)
    return months


def _chosen(held: list[tuple[datetime, int]], rows: int) -> tuple[datetime, ...]:
    """The beginnings of as many months as fit, the newest always among them."""
    for step in STEPS:
        kept = held[::-1][::step][::-1]
        if sum(opened for _, opened in kept) <= rows:
            return tuple(month for month, _ in kept)
    return ()

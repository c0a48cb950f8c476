"""Tickets of which the source reports a number itself, with their history, to be compared with ours."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from deskbook.store.lake import Lake
from deskbook.store.measured import NAMED, Listed

REPORTED: Final = """
SELECT r.source, r.ticket_id AS id, arg_max(r.reported_seconds, r.id) AS reported_seconds,
       coalesce(any_value(k.{measure}_seconds) = arg_max(r.reported_seconds, r.id), false) AS agrees
FROM lake.reported r LEFT JOIN lake.ticket_clocks k
  ON k.tenant = $tenant AND k.source = r.source AND k.id = r.ticket_id AND k.rules = $rules
WHERE r.tenant = $tenant AND r.measure IN ('{measure}', '{measure}_seconds') AND r.reported_seconds IS NOT NULL
  AND ($source IS NULL OR r.source = $source)
GROUP BY ALL
"""
COMPARED: Final = """
WITH RECURSIVE named AS ({named}), reported AS ({reported}), kept AS (
    SELECT source, id, reported_seconds FROM reported
    QUALIFY NOT agrees OR $agreeing IS NULL
        OR row_number() OVER (PARTITION BY agrees ORDER BY hash(source, id), source, id) <= $agreeing
), asked AS (
    SELECT t.source, t.id, r.reported_seconds
    FROM named t LEFT JOIN kept r ON r.source = t.source AND r.id = t.id
    WHERE ($source IS NULL OR t.source = $source) AND (r.id IS NOT NULL OR t.id = $ticket)
    ORDER BY coalesce(t.id = $ticket, false) DESC, hash(t.source, t.id), t.source, t.id LIMIT $limit
), links AS (
    SELECT source, id, merged_into_id AS other FROM named WHERE merged_into_id IS NOT NULL
    UNION ALL
    SELECT source, merged_into_id, id FROM named WHERE merged_into_id IS NOT NULL
), kin AS (
    SELECT source, id FROM asked
    UNION
    SELECT l.source, l.other FROM kin k JOIN links l ON l.source = k.source AND l.id = k.id
)
SELECT row_number() OVER (ORDER BY a.id IS NULL, t.created_at, t.source, t.id) - 1 AS place, t.source, t.id,
       0::BIGINT AS inputs, t.team_name, t.agent_name, t.segment, a.reported_seconds
FROM kin k JOIN named t ON t.source = k.source AND t.id = k.id
LEFT JOIN asked a ON a.source = k.source AND a.id = k.id
"""
MESSAGES: Final = """
WITH today AS (
    SELECT m.source, m.author_id,
           CASE WHEN count(a.id) > 0 THEN 'agent' ELSE arg_max(m.author_role, m.sent_at) END AS role
    FROM lake.messages m LEFT JOIN lake.agents a ON a.tenant = $tenant AND a.source = m.source AND a.id = m.author_id
    WHERE m.tenant = $tenant AND m.author_id IS NOT NULL GROUP BY ALL
)
SELECT (w.place - $low)::INTEGER AS ticket, epoch_us(m.sent_at) AS at_us, m.id, m.author_role AS role, m.author_id,
       m.is_public, d.role AS role_now
FROM listed w JOIN lake.messages m ON m.tenant = $tenant AND m.source = w.source AND m.ticket_id = w.id
LEFT JOIN today d ON d.source = m.source AND d.author_id = m.author_id
WHERE w.place >= $low AND w.place < $high ORDER BY ticket, at_us, m.id
"""


class Compared(Listed):
    """Tickets with a number of one measure, the one asked for even without; then those they are merged with.

    Args:
        measure: name of the measure, with or without `_seconds` in the table; a column of `ticket_clocks` is its own.
        rules: version of the rules; what was measured under others is not taken for ours.
        limit: how many at most, the one asked for among them, the others by chance but always the same.
        agreeing: how many at most of those on which what is measured equals what is reported, chosen likewise.

    Attributes:
        beside: tickets on which both agree that are not listed, as they are more than `agreeing`.
    """

    messages = MESSAGES

    def __init__(
        self,
        lake: Lake,
        tenant: str,
        measure: str,
        *,
        rules: str,
        source: str | None = None,
        ticket: str | None = None,
        limit: int | None = None,
        agreeing: int | None = None,
    ) -> None:
        reported = REPORTED.format(measure=measure)
        bound = {"rules": rules, "source": source}
        chosen = {"ticket": ticket, "limit": limit, "agreeing": agreeing}
        super().__init__(lake, tenant, COMPARED.format(named=NAMED, reported=reported), bound | chosen)
        count = self._con.execute(
            f"SELECT count(*) FROM ({reported}) WHERE agrees", {"tenant": tenant, **bound}
        ).fetchone()
        self.beside = max(0, int(count[0]) - agreeing) if count and agreeing is not None else 0

    def read(self) -> tuple[pa.Table, pa.Table, pa.Table]:
        """All their tickets, messages and events; messages with role_now, the role their author has today."""
        return next(self.batches(self.count))

    def reported(self) -> list[int | None]:
        """What the source reports, in seconds, by ticket in the order of `read`."""
        rows = self._con.execute("SELECT reported_seconds FROM listed ORDER BY place").fetchall()
        return [row[0] for row in rows]


def reported_measures(lake: Lake, tenant: str) -> list[str]:
    """Measures of which a source reports a number."""
    rows = lake.con.cursor().execute(
        "SELECT DISTINCT measure FROM lake.reported WHERE tenant = $1 AND reported_seconds IS NOT NULL ORDER BY 1",
        [tenant],
    )
    return [row[0] for row in rows.fetchall()]

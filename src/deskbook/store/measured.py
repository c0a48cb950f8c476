"""What the clocks room worked out about each ticket's history, kept beside the tickets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import duckdb
import pyarrow as pa

from deskbook.schema import MEASURED
from deskbook.store.lake import Lake

KEY: Final = {name: "id" if name == "ticket_clocks" else "ticket_id" for name in MEASURED}
NAMED: Final = """
    SELECT t.*, coalesce(t.team, g.name, t.team_id) AS team_name, coalesce(t.agent, a.name, t.agent_id) AS agent_name,
           c.segment
    FROM lake.tickets t
    LEFT JOIN lake.teams g ON g.tenant = t.tenant AND g.source = t.source AND g.id = t.team_id
    LEFT JOIN lake.agents a ON a.tenant = t.tenant AND a.source = t.source AND a.id = t.agent_id
    LEFT JOIN lake.customers c ON c.tenant = t.tenant AND c.source = t.source AND c.id = t.customer_id
    WHERE t.tenant = $tenant
"""
INPUTS: Final = f"""
WITH said AS (
    SELECT source, ticket_id, bit_xor(row_hash) AS mixed, count(*) AS n
    FROM lake.messages WHERE tenant = $tenant GROUP BY ALL
), changed AS (
    SELECT source, ticket_id, bit_xor(row_hash) AS mixed, count(*) AS n
    FROM lake.events WHERE tenant = $tenant GROUP BY ALL
), named AS ({NAMED})
SELECT t.source, t.id, t.team_name, t.agent_name, t.segment, t.created_at,
       (hash(t.row_hash, t.team_name, t.agent_name, t.segment, m.mixed, m.n, e.mixed, e.n) >> 1)::BIGINT AS inputs
FROM named t
LEFT JOIN said m ON m.source = t.source AND m.ticket_id = t.id
LEFT JOIN changed e ON e.source = t.source AND e.ticket_id = t.id
"""
TICKETS: Final = """
SELECT w.source, w.id, w.inputs, epoch_us(t.created_at) AS created_us, epoch_us(t.first_reply_at) AS first_reply_us,
       epoch_us(t.resolved_at) AS resolved_us, epoch_us(t.updated_at) AS updated_us, t.status, t.priority, t.channel,
       t.category, t.customer_id, t.tags, w.segment, w.team_name AS team, w.agent_name AS agent,
       coalesce(t.team_id, t.team) AS team_id, coalesce(t.agent_id, t.agent) AS agent_id, t.created_by,
       t.merged_into_id, t.is_spam
FROM listed w JOIN lake.tickets t ON t.tenant = $tenant AND t.source = w.source AND t.id = w.id
WHERE w.place >= $low AND w.place < $high ORDER BY w.place
"""
MESSAGES: Final = """
SELECT (w.place - $low)::INTEGER AS ticket, epoch_us(m.sent_at) AS at_us, m.id, m.author_role AS role, m.author_id,
       m.is_public
FROM listed w JOIN lake.messages m ON m.tenant = $tenant AND m.source = w.source AND m.ticket_id = w.id
WHERE w.place >= $low AND w.place < $high ORDER BY ticket, at_us, m.id
"""
EVENTS: Final = """
SELECT (w.place - $low)::INTEGER AS ticket, epoch_us(e.occurred_at) AS at_us, e.id, e.kind, e.old_value, e.new_value
FROM listed w JOIN lake.events e ON e.tenant = $tenant AND e.source = w.source AND e.ticket_id = w.id
WHERE w.place >= $low AND w.place < $high ORDER BY ticket, at_us, e.id
"""


class Listed:
    """Some tickets, listed once, and read with their history a batch at a time.

    Attributes:
        count: how many.
    """

    messages = MESSAGES

    def __init__(self, lake: Lake, tenant: str, wanted: str, bound: Mapping[str, Any]) -> None:
        self._con, self._tenant = lake.con.cursor(), tenant
        self._con.execute(f"CREATE TEMP TABLE listed AS {wanted}", {"tenant": tenant, **bound})
        row = self._con.execute("SELECT count(*) FROM listed").fetchone()
        self.count = int(row[0]) if row else 0

    def batches(self, size: int) -> Iterator[tuple[pa.Table, pa.Table, pa.Table]]:
        """Their tickets, messages and events, so many tickets at a time; `ticket` is a row of the first."""
        for low in range(0, self.count, size):
            bound = {"tenant": self._tenant, "low": low, "high": low + size}
            tickets, messages, events = (
                self._con.execute(sql, bound).to_arrow_table() for sql in (TICKETS, self.messages, EVENTS)
            )
            yield tickets, messages, events

    def close(self) -> None:
        """Let go of the list."""
        self._con.close()


class Unmeasured(Listed):
    """The tickets whose measured rows are missing, out of date or made under other rules."""

    def __init__(self, lake: Lake, tenant: str, rules: str) -> None:
        wanted = (
            f"SELECT row_number() OVER (ORDER BY w.created_at, w.source, w.id) - 1 "
            f"AS place, w.* EXCLUDE (created_at) FROM ({INPUTS}) w "
            "LEFT JOIN lake.ticket_clocks k ON k.tenant = $tenant AND k.source = w.source AND k.id = w.id "
            "WHERE k.id IS NULL OR k.inputs <> w.inputs OR k.rules <> $rules"
        )
        super().__init__(lake, tenant, wanted, {"rules": rules})


def write_measured(lake: Lake, tenant: str, measured: Mapping[str, pa.Table]) -> None:
    """Write the measured rows of a batch of tickets in one commit, in place of their older ones."""
    with lake.writing() as con:
        con.register("measured_now", measured["ticket_clocks"].select(["source", "id"]))
        for name, rows in measured.items():
            _delete(con, name, tenant, "SELECT source, id FROM measured_now")
            con.register("measured_rows", rows)
            con.execute(f"INSERT INTO lake.{name} BY NAME SELECT $1 AS tenant, * FROM measured_rows", [tenant])
            con.unregister("measured_rows")
        con.unregister("measured_now")


def forget_gone(lake: Lake, tenant: str) -> int:
    """Remove the measured rows of tickets that are gone; how many tickets."""
    gone = (
        "SELECT source, id FROM lake.ticket_clocks WHERE tenant = $1 "
        "AND (source, id) NOT IN (SELECT (source, id) FROM lake.tickets WHERE tenant = $1)"
    )
    row = lake.con.cursor().execute(f"SELECT count(*) FROM ({gone})", [tenant]).fetchone()
    count = int(row[0]) if row else 0
    if count:
        with lake.writing() as con:
            lost = con.execute(gone, [tenant]).to_arrow_table()
            con.register("measured_gone", lost)
            for name in MEASURED:
                _delete(con, name, tenant, "SELECT source, id FROM measured_gone")
            con.unregister("measured_gone")
    return count


def _delete(con: duckdb.DuckDBPyConnection, name: str, tenant: str, which: str) -> None:
    """Delete rows of the tickets named; a delete that finds nothing would still make a file."""
    where = f"tenant = $1 AND (source, {KEY[name]}) IN ({which})"
    if con.execute(f"SELECT 1 FROM lake.{name} WHERE {where} LIMIT 1", [tenant]).fetchone():
        con.execute(f"DELETE FROM lake.{name} WHERE {where}", [tenant])


SWITCHED: Final = """
SELECT count(*) FILTER (merged_into_id IS NOT NULL) AS merged_tickets, count(*) FILTER (is_spam) AS spam_tickets,
       count(*) FILTER (status = 'deleted') AS deleted_tickets,
       count(*) FILTER (created_by = 'agent' OR k.left_out = 'agent-created') AS agent_created_tickets,
       (SELECT count(*) FROM lake.messages WHERE tenant = $1 AND author_role = 'bot'
        AND is_public IS DISTINCT FROM false) AS bot_replies,
       (SELECT count(*) FROM lake.messages WHERE tenant = $1 AND author_role = 'agent'
        AND is_public IS NOT DISTINCT FROM false) AS internal_replies
FROM lake.tickets t LEFT JOIN lake.ticket_clocks k ON k.tenant = t.tenant AND k.source = t.source AND k.id = t.id
WHERE t.tenant = $1
"""


def finding_counts(lake: Lake, tenant: str) -> dict[int, int]:
    """Combination of findings, as bits -> tickets that have it."""
    con = lake.con.cursor()
    bits = con.execute("SELECT findings, count(*) FROM lake.ticket_clocks WHERE tenant = $1 GROUP BY 1", [tenant])
    return {int(held): int(count) for held, count in bits.fetchall()}


def switched_counts(lake: Lake, tenant: str) -> dict[str, int]:
    """Switch of the rules -> tickets or messages it decides about, whichever way it stands."""
    found = lake.con.cursor().execute(SWITCHED, [tenant])
    names = [column[0] for column in found.description or ()]
    return dict(zip(names, map(int, found.fetchone() or ()), strict=True))

"""The hot copy: narrow, enum-typed tables in memory, made from one snapshot of the lake.

Four tables that metrics are written over, all in UTC with a wall-clock twin (`*_local`):

- `tickets`: one row a ticket with what Deskbook works out (first reply, reopens, sentiment, CSAT);
- `messages`: one row a message with its ticket's dimensions;
- `flow`: one row a change of the open count (+1 created or reopened, -1 solved);
- `desk`: one row: when the data ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from threading import RLock
from typing import Final

import duckdb

from deskbook.errors import StoreError
from deskbook.store.lake import Lake, at

DIMENSIONS: Final = ("source", "channel", "team", "agent", "priority", "status", "category", "segment", "language")
DONE: Final = "('solved', 'closed', 'deleted')"
NO_WORD: Final = "''"  # an enum needs a word: where no row has one, the empty word stands in
MILD: Final = "0.05"  # VADER's own bound between neutral and polar, Hutto & Gilbert 2014

MESSAGES: Final = """
SELECT m.source, m.ticket_id, m.id, m.author_role AS role, coalesce(m.is_public, true) AS is_public,
       m.sent_at AT TIME ZONE 'UTC' AS sent_at, m.sent_at AT TIME ZONE $zone AS sent_local,
       s.language AS message_language, s.sentiment, s.sentiment_label
FROM lake.messages m{at}
LEFT JOIN lake.message_scores s{at} ON s.tenant = m.tenant AND s.source = m.source AND s.id = m.id
WHERE m.tenant = $tenant
"""

CHANGES: Final = """
SELECT source, ticket_id, occurred_at, new_value NOT IN {done} AS is_open,
       lag(new_value NOT IN {done}, 1, true)
           OVER (PARTITION BY source, ticket_id ORDER BY occurred_at, id) AS was_open
FROM lake.events{at} WHERE tenant = $tenant AND kind = 'status'
"""

TICKETS: Final = """
WITH turns AS (
    SELECT source, ticket_id,
           min(sent_at) FILTER (role = 'customer') AS first_customer_at,
           count(*) FILTER (role = 'customer') AS messages_in,
           count(*) FILTER (role = 'agent' AND is_public) AS messages_out,
           CAST(round(avg(sentiment) FILTER (role = 'customer'), 4) AS DECIMAL(5,4)) AS sentiment,
           arg_min(message_language, sent_at) FILTER (role = 'customer') AS language
    FROM {hot}.loose GROUP BY ALL
), replies AS (
    SELECT m.source, m.ticket_id, min(m.sent_at) AS first_reply_at, count(*) AS replies
    FROM {hot}.loose m JOIN turns t ON m.source = t.source AND m.ticket_id = t.ticket_id
    WHERE m.role = 'agent' AND m.is_public AND m.sent_at > t.first_customer_at GROUP BY ALL
), history AS (
    SELECT source, ticket_id, max(occurred_at) FILTER (was_open AND NOT is_open) AS last_solved_at,
           count(*) FILTER (is_open AND NOT was_open) AS reopens
    FROM {hot}.changes GROUP BY ALL
), rated AS (
    SELECT source, ticket_id, arg_max(is_good, rated_at) AS csat_good, arg_max(score, rated_at) AS csat_score,
           true AS csat_asked
    FROM lake.satisfaction{at} WHERE tenant = $tenant GROUP BY ALL
), named AS (
    SELECT t.source, t.id, t.channel, coalesce(t.team, g.name, t.team_id) AS team,
           coalesce(t.agent, a.name, t.agent_id) AS agent, t.priority, t.status, t.category, c.segment,
           m.language, t.customer_id, t.tags, t.custom, t.created_at,
           coalesce(t.first_reply_at, r.first_reply_at AT TIME ZONE 'UTC') AS first_reply_at,
           CASE WHEN t.status IS NULL OR t.status IN {done} THEN coalesce(t.resolved_at, h.last_solved_at) END
               AS resolved_at,
           coalesce(r.replies, 0)::INTEGER AS replies, coalesce(m.messages_in, 0)::INTEGER AS messages_in,
           coalesce(m.messages_out, 0)::INTEGER AS messages_out, coalesce(h.reopens, 0)::INTEGER AS reopens,
           m.sentiment, s.csat_good, s.csat_score, coalesce(s.csat_asked, false) AS csat_asked
    FROM lake.tickets t{at}
    LEFT JOIN lake.teams g{at} ON g.tenant = t.tenant AND g.source = t.source AND g.id = t.team_id
    LEFT JOIN lake.agents a{at} ON a.tenant = t.tenant AND a.source = t.source AND a.id = t.agent_id
    LEFT JOIN lake.customers c{at} ON c.tenant = t.tenant AND c.source = t.source AND c.id = t.customer_id
    LEFT JOIN turns m ON m.source = t.source AND m.ticket_id = t.id
    LEFT JOIN replies r ON r.source = t.source AND r.ticket_id = t.id
    LEFT JOIN history h ON h.source = t.source AND h.ticket_id = t.id
    LEFT JOIN rated s ON s.source = t.source AND s.ticket_id = t.id
    WHERE t.tenant = $tenant
)
SELECT row_number() OVER (ORDER BY created_at, source, id)::INTEGER AS ticket,
       * REPLACE (created_at AT TIME ZONE 'UTC' AS created_at, first_reply_at AT TIME ZONE 'UTC' AS first_reply_at,
                  resolved_at AT TIME ZONE 'UTC' AS resolved_at),
       created_at AT TIME ZONE $zone AS created_local, resolved_at AT TIME ZONE $zone AS resolved_local,
       CAST((epoch_us(first_reply_at) - epoch_us(created_at)) // 1000000 AS BIGINT) AS first_reply_seconds,
       CAST((epoch_us(resolved_at) - epoch_us(created_at)) // 1000000 AS BIGINT) AS resolution_seconds,
       CASE WHEN sentiment <= -{mild} THEN 'negative' WHEN sentiment >= {mild} THEN 'positive'
            WHEN sentiment IS NOT NULL THEN 'neutral' END AS sentiment_label
FROM named ORDER BY created_at, source, id
"""

FLOW: Final = """
WITH moves AS (
    SELECT source, ticket_id, occurred_at AT TIME ZONE 'UTC' AS moved_at, CASE WHEN is_open THEN 1 ELSE -1 END AS delta
    FROM {hot}.changes WHERE is_open <> was_open
), steps AS (
    SELECT ticket, created_at AS moved_at, 1 AS delta FROM {hot}.tickets
    UNION ALL
    SELECT t.ticket, v.moved_at, v.delta FROM moves v
    JOIN {hot}.tickets t ON v.source = t.source AND v.ticket_id = t.id
    UNION ALL
    SELECT t.ticket, t.resolved_at, -1 FROM {hot}.tickets t
    WHERE t.resolved_at IS NOT NULL AND NOT EXISTS (
        FROM moves v WHERE v.source = t.source AND v.ticket_id = t.id AND v.delta = -1)
)
SELECT s.ticket, s.moved_at, (s.moved_at AT TIME ZONE 'UTC') AT TIME ZONE $zone AS moved_local,
       s.delta::TINYINT AS delta, {dims}
FROM steps s JOIN {hot}.tickets t USING (ticket) ORDER BY s.moved_at
"""

PLACED: Final = """
SELECT t.ticket, {dims}, m.* EXCLUDE (source, ticket_id)
FROM {hot}.loose m JOIN {hot}.tickets t ON m.source = t.source AND m.ticket_id = t.id ORDER BY m.sent_at
"""


@dataclass(frozen=True)
class HotView:
    """One hot copy: a connection on which `tickets`, `messages`, `flow` and `desk` are its tables.

    Attributes:
        data_until: the newest moment the data speaks of (UTC); None when there is none.
    """

    con: duckdb.DuckDBPyConnection
    snapshot: int
    zone: str
    tenant: str
    data_until: datetime | None

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of its own for one caller; cursors may work side by side."""
        con = self.con.cursor()
        con.execute(f"USE memory.{_schema(self.snapshot, self.zone, self.tenant)}")
        return con


def _schema(snapshot: int, zone: str, tenant: str) -> str:
    words = f"{zone}_{tenant}".lower()
    return f"s{snapshot}_" + "".join(letter if letter.isalnum() else "_" for letter in words)


class HotCopies:
    """The hot copies of one lake in this process: the newest one, and old ones while receipts need them."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self._views: dict[str, HotView] = {}
        self._newest: dict[tuple[str, str], str] = {}
        self._turn = RLock()

    def view(self, tenant: str, zone: str, snapshot: int | None = None) -> HotView:
        """The copy of a snapshot (the newest when absent), made if it is not there yet.

        Raises:
            StoreError: the snapshot does not exist or has been expired.
        """
        wanted = self._lake.snapshot() if snapshot is None else snapshot
        name = _schema(wanted, zone, tenant)
        with self._turn:
            if name not in self._views:
                self._views[name] = self._build(name, tenant, zone, wanted)
            if snapshot is None:
                self._retire(name, (tenant, zone))
            return self._views[name]

    def _retire(self, name: str, key: tuple[str, str]) -> None:
        """Drop the copy that was newest two moves ago: a query in flight may still read the last one."""
        last = self._newest.get(key)
        if last == name:
            return
        for old in [n for n, v in self._views.items() if (v.tenant, v.zone) == key and n not in (name, last)]:
            del self._views[old]
            self._lake.con.cursor().execute(f"DROP SCHEMA IF EXISTS memory.{old} CASCADE")
        self._newest[key] = name

    def _build(self, name: str, tenant: str, zone: str, snapshot: int) -> HotView:
        con = self._lake.con.cursor()
        hot = f"memory.{name}"
        words = {"hot": hot, "at": at(snapshot), "done": DONE, "mild": MILD}
        words["dims"] = ", ".join(f"t.{dimension}" for dimension in DIMENSIONS)
        bound = {"tenant": tenant, "zone": zone}
        try:
            con.execute(f"DROP SCHEMA IF EXISTS {hot} CASCADE")
            con.execute(f"CREATE SCHEMA {hot}")
            made = {"loose": MESSAGES, "changes": CHANGES, "wide": TICKETS}
            for table, sql in made.items():
                named = {name: bound[name] for name in bound if f"${name}" in sql}
                con.execute(f"CREATE TABLE {hot}.{table} AS {sql.format(**words)}", named)
            self._narrow(con, hot)
            con.execute(f"CREATE TABLE {hot}.flow AS {FLOW.format(**words)}", {"zone": zone})
            con.execute(f"CREATE TABLE {hot}.messages AS {PLACED.format(**words)}")
            for table in ("loose", "changes", "wide"):
                con.execute(f"DROP TABLE {hot}.{table}")
            con.execute(
                f"CREATE TABLE {hot}.desk AS SELECT greatest((SELECT max(moved_at) FROM {hot}.flow), "
                f"(SELECT max(sent_at) FROM {hot}.messages)) AS data_until"
            )
            row = con.execute(f"SELECT data_until FROM {hot}.desk").fetchone()
        except duckdb.Error as error:
            raise StoreError(f"Snapshot {snapshot} cannot be read: {str(error).splitlines()[0]}") from error
        return HotView(con, snapshot, zone, tenant, row[0] if row else None)

    @staticmethod
    def _narrow(con: duckdb.DuckDBPyConnection, hot: str) -> None:
        """`wide` as `tickets`, its dimensions as enums: smaller, and faster to group and compare."""
        casts = []
        for dimension in DIMENSIONS:
            found = f"SELECT DISTINCT {dimension}::VARCHAR FROM {hot}.wide WHERE {dimension} IS NOT NULL ORDER BY 1"
            words = con.execute(f"SELECT count(*) FROM ({found})").fetchone()
            listed = found if words and words[0] else NO_WORD
            con.execute(f"CREATE TYPE {hot}.{dimension}_words AS ENUM ({listed})")
            casts.append(f"{dimension}::{hot}.{dimension}_words AS {dimension}")
        con.execute(f"CREATE TABLE {hot}.tickets AS SELECT * REPLACE ({', '.join(casts)}) FROM {hot}.wide")

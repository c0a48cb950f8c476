"""Rows that a source had and has no more: tickets stand as deleted from then on, rows of other tables are removed.

A ticket that is deleted was still created, answered and perhaps solved, so the numbers of the past stay. Its status
becomes `deleted`, and an event of its history says since when; of a ticket that was solved without a history, an event
says that first, or it would count as deleted from its solving on. Of one that comes back an event says since when.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import duckdb
import pyarrow as pa

from deskbook.schema import TABLES, Batch

OWN_EVENT: Final = "deskbook-deleted-"
"""What the ids of events begin with that Deskbook itself wrote; no source's whole read or sweep removes them."""
_LEAVING: Final = """
CREATE OR REPLACE TEMP TABLE leaving AS SELECT id FROM lake.{table} t WHERE tenant = $1 AND source = $2 AND {which}
AND id NOT IN (SELECT id FROM staged WHERE id IS NOT NULL)
"""
_TICKETS: Final = """
CREATE OR REPLACE TEMP TABLE deleted AS SELECT * REPLACE ('deleted' AS status, hash(row_hash, 'deleted') AS row_hash),
    status AS was FROM lake.tickets WHERE tenant = $1 AND source = $2 AND id IN (FROM leaving)
"""
_EVENTS: Final = f"""
WITH told AS (
    SELECT DISTINCT ticket_id AS id FROM lake.events
    WHERE tenant = $1 AND source = $2 AND kind = 'status' AND ticket_id IN (FROM leaving)
), known AS (
    SELECT d.*, t.id IS NULL AND coalesce(was IN ('solved', 'closed'), false) AS is_silent,
           greatest(coalesce($3::TIMESTAMPTZ, now()), created_at, resolved_at) AS gone_at
    FROM deleted d LEFT JOIN told t USING (id)
), changes AS (
    SELECT id, was AS old_value, 'deleted' AS new_value, gone_at AS occurred_at FROM known
    WHERE NOT (is_silent AND resolved_at IS NULL)
    UNION ALL SELECT id, 'open', was, resolved_at FROM known WHERE is_silent AND resolved_at IS NOT NULL
)
INSERT INTO lake.events BY NAME SELECT $1 AS tenant, $2 AS source, id AS ticket_id, occurred_at, 'status' AS kind,
    old_value, new_value, '{OWN_EVENT}' || id || '-' || new_value || '-' || epoch_us(occurred_at) AS id, '{{}}' AS raw,
    hash(id, old_value, new_value, occurred_at) AS row_hash FROM changes
"""


_BACK: Final = f"""
INSERT INTO lake.events BY NAME
SELECT $1 AS tenant, $2 AS source, s.id AS ticket_id, greatest(now(), e.occurred_at) AS occurred_at,
    'status' AS kind, 'deleted' AS old_value, s.status AS new_value,
    '{OWN_EVENT}' || s.id || '-back-' || epoch_us(e.occurred_at) AS id, '{{}}' AS raw,
    hash(s.id, s.status, e.occurred_at) AS row_hash
FROM staged s
JOIN lake.tickets t ON t.tenant = $1 AND t.source = $2 AND t.id = s.id AND t.status = 'deleted'
JOIN (
    SELECT ticket_id, max(occurred_at) AS occurred_at FROM lake.events
    WHERE tenant = $1 AND source = $2 AND starts_with(id, '{OWN_EVENT}') AND new_value = 'deleted' GROUP BY ALL
) e ON e.ticket_id = s.id
WHERE s.status IS NOT NULL AND s.status <> 'deleted'
"""


def as_given(table: str) -> str:
    """The condition on rows of a lake table that lie there as their source gave them, not as Deskbook marked them."""
    if table == "tickets":
        return f"(status IS DISTINCT FROM 'deleted' OR row_hash = hash({', '.join(TABLES[table].names)}, raw))"
    return f"NOT starts_with(id, '{OWN_EVENT}')" if table == "events" else "true"


def note_back(con: duckdb.DuckDBPyConnection, tenant: str, source: str) -> None:
    """Write down which tickets in `staged` had gone; in the caller's transaction, before their old rows go."""
    deleted = "SELECT 1 FROM lake.tickets WHERE tenant = $1 AND source = $2 AND status = 'deleted' LIMIT 1"
    if con.execute(deleted, [tenant, source]).fetchone():
        con.execute(_BACK, [tenant, source])


def set_gone(con: duckdb.DuckDBPyConnection, tenant: str, source: str, batch: Batch) -> int:
    """Carry out what a batch says is gone, in the caller's transaction; rows that changed or were removed.

    Rows of the batch itself, in the temp table `staged`, are there whatever else it says.
    """
    which, given = _which(batch)
    if not which:
        return 0
    for name, rows in given.items():
        con.register(name, rows)
    if batch.table == "tickets":
        which = f"({which}) AND status IS DISTINCT FROM 'deleted'"
    elif batch.table == "events":
        which = f"({which}) AND NOT starts_with(id, '{OWN_EVENT}')"
    con.execute(_LEAVING.format(table=batch.table, which=which), [tenant, source])
    for name in given:
        con.unregister(name)
    row = con.execute("SELECT count(*) FROM leaving").fetchone()
    count = int(row[0]) if row else 0
    if count:
        _take_out(con, batch.table, tenant, source, batch.gone_at)
    return count


def _which(batch: Batch) -> tuple[str, dict[str, pa.Table]]:
    """The condition on lake rows that says which of them are gone, and the ids it names."""
    clauses, given = [], {}
    if len(batch.gone):
        clauses.append("id IN (SELECT id FROM ids_gone)")
        given["ids_gone"] = _ids(batch.gone)
    if batch.present is not None:
        clauses.append("id NOT IN (SELECT id FROM ids_present WHERE id IS NOT NULL)")
        given["ids_present"] = _ids(batch.present)
    return " OR ".join(clauses), given


def _ids(ids: pa.Array | pa.ChunkedArray) -> pa.Table:
    return pa.table({"id": ids})


def _take_out(con: duckdb.DuckDBPyConnection, table: str, tenant: str, source: str, gone_at: datetime | None) -> None:
    own, bound = "tenant = $1 AND source = $2 AND id IN (FROM leaving)", [tenant, source]
    if table == "tickets":
        con.execute(_TICKETS, bound)
        con.execute(_EVENTS, [*bound, gone_at])
    con.execute(f"DELETE FROM lake.{table} WHERE {own}", bound)
    if table == "tickets":
        con.execute("INSERT INTO lake.tickets BY NAME SELECT * EXCLUDE (was) FROM deleted")


__all__ = ["OWN_EVENT", "as_given", "note_back", "set_gone"]

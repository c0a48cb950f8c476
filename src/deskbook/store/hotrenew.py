"""Bringing a hot copy from one snapshot to a later one: only tickets that something changed for are made again.

What cannot be told ticket by ticket is left to a copy made anew: a renamed team or agent, a word that its enums do not
have, more than a fifth of the tickets, or a copy renewed many times, whose rows no longer lie in the order of time.
"""

from __future__ import annotations

import logging
from typing import Final

import duckdb

from deskbook.store.carried import carry
from deskbook.store.hotfill import describe
from deskbook.store.hottables import FACTS, FIRST, TICKETS, dimensions_of, filled
from deskbook.store.lake import at

log = logging.getLogger(__name__)
MOST_CHANGED: Final = 0.2
MOST_RENEWALS: Final = 50
OF_TICKETS: Final = {
    "tickets": "id",
    "ticket_clocks": "id",
    "messages": "ticket_id",
    "satisfaction": "ticket_id",
    "replies": "ticket_id",
    "moves": "ticket_id",
    "promises": "ticket_id",
}
"""Lake tables whose rows name their ticket, with the column that does."""
NAMED: Final = ("teams", "agents")

_FRESH: Final = """
CREATE TABLE {hot}.fresh AS
WITH held AS (SELECT tags, min(tagset) AS tagset FROM {hot}.tickets GROUP BY tags),
known AS (SELECT source::VARCHAR AS source, id, ticket FROM {hot}.tickets)
SELECT p.* REPLACE (
    coalesce(k.ticket, (SELECT coalesce(max(ticket), 0) FROM {hot}.tickets) + row_number() OVER (
        PARTITION BY k.ticket IS NULL ORDER BY p.ticket))::INTEGER AS ticket,
    coalesce(h.tagset, (SELECT coalesce(max(tagset), 0) FROM {hot}.tickets) + p.tagset)::INTEGER AS tagset)
FROM {hot}.plain p LEFT JOIN held h ON h.tags IS NOT DISTINCT FROM p.tags
LEFT JOIN known k ON k.source = p.source AND k.id = p.id
"""
_TAGS: Final = """
INSERT INTO {hot}.tagged BY NAME
SELECT tagset, unnest(CASE WHEN len(tags) > 0 THEN tags ELSE [NULL] END) AS tag
FROM (SELECT DISTINCT tagset, list_distinct(tags) AS tags FROM {hot}.fresh)
WHERE tagset NOT IN (SELECT tagset FROM {hot}.tagged)
"""
_BROKEN: Final = """
UPDATE {hot}.promises SET promise_state = 'breached'
WHERE promise_state = 'active' AND breach_at < (SELECT data_until FROM {hot}.desk)
"""


def renew(con: duckdb.DuckDBPyConnection, name: str, tenant: str, zone: str, spans: tuple[int, int]) -> bool:
    """Bring the attached copy `name` from the first snapshot to the second; False where it is to be made anew.

    Raises:
        duckdb.Error: the changes cannot be read, as where the lake's old files were merged or removed.
    """
    hot, bound, (base, snapshot) = f"{name}.main", {"tenant": tenant, "zone": zone}, spans
    ((tickets, renewals),) = con.execute(
        f"SELECT (SELECT count(*) FROM {hot}.tickets), renewals FROM {hot}.desk"
    ).fetchall()
    if renewals >= MOST_RENEWALS or not tickets:
        return False
    span = f"{base + 1}, {snapshot}"
    for table in NAMED:
        ((renamed,),) = con.execute(f"SELECT count(*) FROM {_changes(table, span)}", {"tenant": tenant}).fetchall()
        if renamed:
            return False
    con.execute(f"CREATE TABLE {hot}.changed AS {_changed(hot, span, snapshot)}", {"tenant": tenant})
    ((changed,),) = con.execute(f"SELECT count(*) FROM {hot}.changed").fetchall()
    if changed > MOST_CHANGED * tickets:
        return False
    try:
        _replace(con, hot, snapshot, bound)
    except duckdb.ConversionException:  # a word that the copy's enums do not have
        return False
    con.execute(f"DROP TABLE {hot}.carried")
    months = carry(con, hot, dimensions_of("t"), bound)
    con.execute(f"DROP TABLE {hot}.desk")
    describe(con, hot, months, renewals + 1)
    con.execute(_BROKEN.format(hot=hot))
    for table in (*FIRST, "changed", "plain", "fresh"):
        con.execute(f"DROP TABLE {hot}.{table}")
    con.execute(f"CHECKPOINT {name}")
    log.info("hot copy renewed tickets=%d of=%d", changed, tickets)
    return True


def _changes(table: str, span: str) -> str:
    return f"ducklake_table_changes('lake', 'main', '{table}', {span}) WHERE tenant = $tenant"


def _changed(hot: str, span: str, snapshot: int) -> str:
    """SQL of source and id of every ticket that a row of a copy may have changed for."""
    own = [f"SELECT source, {key} AS id FROM {_changes(table, span)}" for table, key in OF_TICKETS.items()]
    lake = at(snapshot)
    scored = (
        f"SELECT m.source, m.ticket_id FROM lake.messages m{lake} WHERE m.tenant = $tenant AND (m.source, m.id) IN "
        f"(SELECT source, id FROM {_changes('message_scores', span)})"
    )
    customers = (
        f"SELECT source, id FROM lake.tickets{lake} WHERE tenant = $tenant AND (source, customer_id) IN "
        f"(SELECT source, id FROM {_changes('customers', span)})"
    )
    # When a customer comes back is told on the ticket before: all tickets of a customer are made together.
    same = (
        f"SELECT t.source, t.id FROM lake.tickets t{lake} WHERE t.tenant = $tenant AND (t.source, t.customer_id) IN ("
        f"SELECT source, customer_id FROM lake.tickets{lake} WHERE tenant = $tenant AND (source, id) IN (FROM direct) "
        f"UNION SELECT source::VARCHAR, customer_id FROM {hot}.tickets WHERE (source::VARCHAR, id) IN (FROM direct))"
    )
    return f"WITH direct AS ({' UNION '.join([*own, scored, customers])}) FROM direct UNION {same}"


def _replace(con: duckdb.DuckDBPyConnection, hot: str, snapshot: int, bound: dict[str, str]) -> None:
    """Take the rows of changed tickets out of every table, and put them in as they are now."""
    for table, sql in FIRST.items():
        _make(con, f"{hot}.{table}", filled(sql, hot, snapshot, changed="changed"), bound)
    _make(con, f"{hot}.plain", filled(TICKETS, hot, snapshot, changed="changed"), bound)
    con.execute(_FRESH.format(hot=hot))
    con.execute(_TAGS.format(hot=hot))
    gone = f"SELECT ticket FROM {hot}.tickets WHERE (source::VARCHAR, id) IN (FROM {hot}.changed)"
    for table in (*FACTS, "flow"):
        con.execute(f"DELETE FROM {hot}.{table} WHERE ticket IN ({gone})")
    con.execute(f"DELETE FROM {hot}.tickets WHERE (source::VARCHAR, id) IN (FROM {hot}.changed)")
    con.execute(f"INSERT INTO {hot}.tickets BY NAME FROM {hot}.fresh ORDER BY ticket")
    for table, sql in FACTS.items():
        insert = f"INSERT INTO {hot}.{table} BY NAME {filled(sql, hot, snapshot, tickets='fresh')}"
        con.execute(insert, {one: value for one, value in bound.items() if f"${one}" in insert})
    moved = f"ticket IN (SELECT ticket FROM {hot}.fresh)"
    con.execute(f"INSERT INTO {hot}.flow BY NAME FROM {hot}.flow_then WHERE move <> 'moved' AND {moved}")


def _make(con: duckdb.DuckDBPyConnection, table: str, sql: str, bound: dict[str, str]) -> None:
    con.execute(f"CREATE TABLE {table} AS {sql}", {one: value for one, value in bound.items() if f"${one}" in sql})

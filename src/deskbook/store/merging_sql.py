"""The rows of a desk whose sources hold the same tickets, as SQL over the rows as they came (tenant `$own`)."""

from __future__ import annotations

from typing import Final

from deskbook.schema import TABLES

KEYED: Final = """
SELECT source, id, {number} AS number, {place} AS place, {key} AS key
FROM lake.tickets WHERE tenant = $own AND source IN ({sources})
"""
MEMBERS: Final = """
WITH joined AS (
    SELECT number, key FROM keyed WHERE key IS NOT NULL GROUP BY ALL
    HAVING count(*) > 1 AND count(*) = count(DISTINCT source)
)
SELECT k.source, k.id, k.place, first_value(k.source) OVER same AS into_source, first_value(k.id) OVER same AS into_id
FROM keyed k JOIN joined j USING (number, key) WINDOW same AS (PARTITION BY number, key ORDER BY place)
"""
"""Tickets that stand in several sources; a key that one source has on several tickets joins none."""

UNITS: Final = (("team_id", "team"), ("agent_id", "agent"))
"""Columns that say one thing together: both are taken from the first source that has either."""
NAMING: Final = ("team_id", "agent_id", "customer_id")
"""Columns of a ticket that name a row of its source."""
PEOPLE: Final = ("agents", "teams", "customers")
NAMED_IN: Final = {
    "messages": ("author_id", "reply_to_id"),
    "events": ("actor_id",),
}
"""Columns of a row beside a ticket that name a row of its source."""
SAME: Final = {
    "messages": ", x.sent_at, x.author_role, x.text",
    "reported": ", x.measure",
    "events": ", x.kind",
    "satisfaction": ", coalesce(x.survey, 'csat')",
}
"""What makes rows of one ticket the same thing, said by several sources; without it all its rows of a table are."""


def wanted_of(table: str, listed: str, places: int) -> str:
    """SQL of what a table is to hold of merged sources: source, the table's columns and raw.

    Args:
        listed: the merged sources, as literals.
        places: sources that one merge has at most.
    """
    own = f"x.tenant = $own AND x.source IN ({listed})"
    names = TABLES[table].names
    if table == "tickets":
        return _tickets(own, places)
    if "ticket_id" in names:
        return _beside(table, own)
    rows = f"SELECT x.source, {', '.join(f'x.{name}' for name in names)}, x.raw FROM lake.{table} x WHERE {own}"
    if table not in PEOPLE:
        return rows
    moved = {name: f"x.source || '/' || x.{name}" for name in names if name in ("id", "team_id")}
    columns = ", ".join(f"{moved.get(name, f'x.{name}')} AS {name}" for name in names)
    pairs = "SELECT DISTINCT source, into_source FROM members WHERE source <> into_source"
    return (
        f"{rows} UNION ALL SELECT p.into_source AS source, {columns}, x.raw "
        f"FROM lake.{table} x JOIN ({pairs}) p ON p.source = x.source WHERE {own}"
    )


def _tickets(own: str, places: int) -> str:
    """Tickets of one source as they are; of a ticket in several, each value from the first that has one."""
    names = TABLES["tickets"].names
    alone = (
        f"SELECT x.source, {', '.join(f'x.{name}' for name in names)}, x.raw FROM lake.tickets x "
        f"ANTI JOIN members m ON m.source = x.source AND m.id = x.id WHERE {own}"
    )
    columns = ", ".join(f"{_value(name, places)} AS {name}" for name in names if name != "id")
    joined = (
        f"SELECT m.into_source AS source, m.into_id AS id, {columns}, arg_min(x.raw, m.place) AS raw "
        f"FROM lake.tickets x JOIN members m ON m.source = x.source AND m.id = x.id WHERE {own} GROUP BY ALL"
    )
    return f"{alone} UNION ALL BY NAME {joined}"


def _value(name: str, places: int) -> str:
    """A value of a joined ticket, as SQL over its rows `x` and their places in `m`."""
    if name == "custom":
        held = [f"coalesce(any_value(x.custom) FILTER (m.place = {place}), '{{}}')" for place in range(places)]
        merged = "'{}'"
        for one in reversed(held):
            merged = f"json_merge_patch({merged}, {one})"
        others = "string_agg(x.source || ' ' || x.id, ', ' ORDER BY m.place) FILTER (x.source <> m.into_source)"
        return f"json_merge_patch({merged}, json_object('also_in', {others}))::VARCHAR"
    if name == "tags":
        return "arg_min(x.tags, m.place) FILTER (len(x.tags) > 0)"
    if name == "merged_into_id":  # it names a ticket of its own source
        return "any_value(x.merged_into_id) FILTER (x.source = m.into_source)"
    value = _named(f"x.{name}") if name in NAMING else f"x.{name}"
    unit = next((unit for unit in UNITS if name in unit), None)
    if unit is None:
        return f"arg_min({value}, m.place)"
    either = " OR ".join(f"x.{one} IS NOT NULL" for one in unit)
    return f"(arg_min({{'held': {value}}}, m.place) FILTER ({either})).held"


def _named(column: str) -> str:
    """The name of another row, where that row is moved to the source the ticket stands under."""
    return f"CASE WHEN m.into_source <> x.source THEN x.source || '/' || {column} ELSE {column} END"


def _beside(table: str, own: str) -> str:
    """Rows of tickets, with the ticket they belong to now.

    Messages of all its sources, copies of one once; of anything else what the first source says that says anything: of
    its history for each kind of change, since two systems' histories of one status would contradict each other, and one
    may know who it was assigned to while only the other knows when it was solved.
    """
    columns = {name: f"x.{name}" for name in TABLES[table].names}
    columns |= {name: _named(f"x.{name}") for name in ("id", *NAMED_IN.get(table, ())) if name in columns}
    columns["ticket_id"] = "coalesce(m.into_id, x.ticket_id)"
    same = f"m.into_source, m.into_id{SAME.get(table, '')}"
    return (
        f"SELECT coalesce(m.into_source, x.source) AS source, "
        f"{', '.join(f'{value} AS {name}' for name, value in columns.items())}, x.raw FROM lake.{table} x "
        f"LEFT JOIN members m ON m.source = x.source AND m.id = x.ticket_id WHERE {own} "
        f"QUALIFY m.into_id IS NULL OR m.place = min(m.place) OVER (PARTITION BY {same})"
    )

"""Rows for people: tickets and messages with what Deskbook worked out, read beside the hot copy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import duckdb
import pandas as pd

from deskbook.errors import BadValue, UnknownName
from deskbook.store.hot import HotView
from deskbook.store.lake import at

TICKETS: Final = (
    *("source", "id", "created_at", "subject", "status", "priority", "channel", "team", "agent", "category"),
    *("segment", "language", "customer_id", "tags", "custom", "first_reply_at", "first_reply_minutes"),
    *("resolved_at", "resolution_hours", "replies", "messages_in", "messages_out", "reopens"),
    *("sentiment", "sentiment_label", "csat_score", "csat_good", "url"),
)
MOST_FIELDS: Final = 200
COMPUTED: Final = {
    "first_reply_minutes": "tickets.first_reply_seconds / 60.0",
    "resolution_hours": "tickets.resolution_seconds / 3600.0",
    "subject": "l.subject",
    "url": "l.url",
}


def find_tickets(
    view: HotView,
    *,
    where: str = "",
    bound: Mapping[str, Any] | None = None,
    search: str | None = None,
    sort: str = "-created_at",
    limit: int | None = None,
    offset: int = 0,
) -> pd.DataFrame:
    """One row a ticket, newest first unless sorted otherwise; times in UTC.

    Args:
        where: condition on the hot `tickets`, written by the metrics room; its values in `bound`.
        search: words that must all stand in the subject or in one message, or a ticket id.
        sort: a column name, with `-` before it for descending.
    """
    column = _sort_column(sort)
    clauses, values = _searched(view, where, dict(bound or {}), search)
    found = f"(SELECT * FROM tickets WHERE {clauses}) tickets"
    sql = f"SELECT {_chosen()} FROM {found} {_in_lake(view)} {_order(sort, column)}"
    return _frame(view, sql + _page(limit, offset), values | {"tenant": view.tenant})


def count_tickets(
    view: HotView, *, where: str = "", bound: Mapping[str, Any] | None = None, search: str | None = None
) -> int:
    """How many tickets `find_tickets` would give without a limit."""
    clauses, values = _searched(view, where, dict(bound or {}), search)
    if "$tenant" in clauses:
        values["tenant"] = view.tenant
    row = view.cursor().execute(f"SELECT count(*) FROM tickets WHERE {clauses}", values).fetchone()
    return int(row[0]) if row else 0


def find_behind(
    view: HotView,
    sql: str,
    bound: Mapping[str, Any],
    *,
    sort: str = "-created_at",
    limit: int | None = None,
    offset: int = 0,
) -> pd.DataFrame:
    """The tickets behind a number, one row each, with `rows`: how many of its rows are the ticket's.

    Args:
        sql: the rows, each with its `ticket`, written by the metrics room; its values in `bound`.
    """
    column = _sort_column(sort)
    statement = (
        f"SELECT {_chosen()}, b.rows FROM (SELECT ticket, count(*) AS rows FROM ({sql}) GROUP BY ticket) b "
        f"JOIN tickets USING (ticket) {_in_lake(view)} {_order(sort, column)}"
    )
    return _frame(view, statement + _page(limit, offset), {**bound, "tenant": view.tenant})


def count_behind(view: HotView, sql: str, bound: Mapping[str, Any]) -> tuple[int, int]:
    """How many tickets, and how many rows, stand behind a number."""
    row = view.cursor().execute(f"SELECT count(DISTINCT ticket), count(*) FROM ({sql})", dict(bound)).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def _sort_column(sort: str) -> str:
    column = sort.lstrip("-")
    if column not in TICKETS:
        raise UnknownName("ticket column", column, TICKETS)
    return column


def _chosen() -> str:
    return ", ".join(f"{COMPUTED.get(name, 'tickets.' + name)} AS {name}" for name in TICKETS)


def _in_lake(view: HotView) -> str:
    return (
        f"JOIN lake.tickets l{at(view.snapshot)} ON l.tenant = $tenant "
        "AND l.source = tickets.source::VARCHAR AND l.id = tickets.id"
    )


def _order(sort: str, column: str) -> str:
    way = "DESC" if sort.startswith("-") else "ASC"
    return f"ORDER BY {column} {way} NULLS LAST, tickets.source, tickets.id"


def find_messages(
    view: HotView,
    *,
    where: str = "",
    bound: Mapping[str, Any] | None = None,
    ticket_id: str | None = None,
    source: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> pd.DataFrame:
    """One row a message in the order they were sent; times in UTC.

    Args:
        where: condition on the hot `messages`, written by the metrics room; its values in `bound`.
        ticket_id: only this ticket's.
    """
    values: dict[str, Any] = {**(bound or {}), "tenant": view.tenant}
    clauses = []
    for name, column, value in (("one_ticket", "l.ticket_id", ticket_id), ("one_source", "l.source", source)):
        if value is not None:
            values[name] = value
            clauses.append(f"AND {column} = ${name} ")
    sql = (
        "SELECT messages.source, l.ticket_id, messages.id, messages.sent_at, messages.role AS author_role, "
        "l.author_id, messages.is_public, l.text, messages.message_language, messages.sentiment, "
        "messages.sentiment_label, messages.team, messages.channel "
        f"FROM (SELECT * FROM messages WHERE {where or 'true'}) messages "
        f"JOIN lake.messages l{at(view.snapshot)} ON l.tenant = $tenant "
        "AND l.source = messages.source::VARCHAR AND l.id = messages.id "
        f"{''.join(clauses)} "
        "ORDER BY messages.sent_at, messages.source, messages.id"
    )
    frame = _frame(view, sql + _page(limit, offset), values)
    return frame.rename(columns={"message_language": "language"})


def choices(view: HotView, dimension: str, *, are_several: bool = False) -> list[str]:
    """The words a dimension of the hot copy holds, in alphabetical order.

    Args:
        are_several: whether a ticket holds a list of them, such as its tags.
    """
    word = f'unnest("{dimension}")' if are_several else f'"{dimension}"'
    rows = view.cursor().execute(
        f'SELECT DISTINCT {word}::VARCHAR FROM tickets WHERE "{dimension}" IS NOT NULL ORDER BY 1'
    )
    return [row[0] for row in rows.fetchall()]


def custom_fields(view: HotView) -> list[str]:
    """The names of the custom fields of tickets, in alphabetical order."""
    keys = "SELECT DISTINCT unnest(json_keys(custom)) AS name FROM tickets WHERE custom IS NOT NULL"
    rows = view.cursor().execute(f"SELECT name FROM ({keys}) ORDER BY name LIMIT {MOST_FIELDS}").fetchall()
    return [str(row[0]) for row in rows]


def _searched(view: HotView, where: str, values: dict[str, Any], search: str | None) -> tuple[str, dict[str, Any]]:
    clauses = [f"({where})"] if where else ["true"]
    words = (search or "").lower().split()
    if words:
        values["tenant"] = view.tenant
        said = []
        for index, word in enumerate(words):
            values[f"s{index}"] = word
            said.append(f"contains(lower({{}}), $s{index})")
        subject = " AND ".join(one.format("coalesce(f.subject, '')") for one in said)
        text = " AND ".join(one.format("f.text") for one in said)
        values["whole"] = (search or "").strip()
        snapshot = at(view.snapshot)
        clauses.append(
            f"(tickets.id = $whole OR (tickets.source::VARCHAR, tickets.id) IN ("
            f"SELECT f.source, f.id FROM lake.tickets f{snapshot} WHERE f.tenant = $tenant AND {subject} "
            f"UNION SELECT f.source, f.ticket_id FROM lake.messages f{snapshot} WHERE f.tenant = $tenant AND {text}))"
        )
    return " AND ".join(clauses), values


def _page(limit: int | None, offset: int) -> str:
    if offset < 0 or (limit is not None and limit < 0):
        raise BadValue(f"limit and offset count rows and cannot be negative; got {limit} and {offset}.")
    return (f" LIMIT {int(limit)}" if limit is not None else "") + (f" OFFSET {int(offset)}" if offset else "")


def _frame(view: HotView, sql: str, values: Mapping[str, Any]) -> pd.DataFrame:
    try:
        frame: pd.DataFrame = view.cursor().execute(sql, dict(values)).df()
    except duckdb.Error as error:
        raise BadValue(f"These rows cannot be read: {str(error).splitlines()[0]}") from error
    for name in frame.columns:
        if isinstance(frame[name].dtype, pd.CategoricalDtype):
            frame[name] = frame[name].astype("object")
    return frame

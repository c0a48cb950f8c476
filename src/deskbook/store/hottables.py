"""The hot copy's tables as SQL over the lake. Metrics are written over these.

All times are UTC with a wall-clock twin (`*_local`); every table has its ticket's dimensions.

- `tickets`: one row a ticket that counts, with its clocks, sentiment and rating;
- `tagged`: one row a set of tags and tag of it; one without a tag for the empty set. Rows of tickets name their set;
- `messages`: one row a message;
- `replies`: one row an answer to a customer;
- `flow`: one row a change of what is open, with what the ticket was then;
- `flow_then`: the same with the moves of open tickets from group to group, pairs that sum to nothing and only
  matter where it is cut by what tickets were then: apart, as they are three of four;
- `carried`: one row a ticket open when a month began (deskbook.store.carried);
- `promises`: one row a target on one clock of a ticket;
- `ratings`: one row a survey sent;
- `texts`: one row a subject or message with its part (subject, note, or who wrote it), read from the lake;
- `found`: one row a text somebody looked for and a ticket that holds it;
- `desk`: one row: when the data ends, the beginnings that `carried` holds, and how often the copy was renewed.

Rows lie by their day on the wall clock, so that a period is a stretch of them, and within it by team (messages by
author first): what a filter leaves then lies together, and is counted in half the time.
"""

from __future__ import annotations

from typing import Final

from deskbook.schema import MEASURED, ROLES
from deskbook.store.lake import at

DIMENSIONS: Final = ("source", "channel", "team", "agent", "priority", "status", "category", "segment", "language")
WORDS: Final[dict[str, tuple[str, ...]]] = {
    "messages": ("role",),
    "replies": ("replier",),
    "flow_then": ("move", "team_then", "agent_then", "priority_then", "status_then"),
    "promises": ("policy", "target", "hours", "promise_state", "priority_promised"),
    "ratings": ("survey",),
}
"""Columns of each table that hold few words, besides those of its ticket."""
MOODS: Final = ("negative", "neutral", "positive")
MOOD: Final = "sentiment_label"
"""Of a message in messages, of the ticket everywhere else."""
STATES: Final = ("achieved", "active", "breached", "cancelled")
CODED: Final = {"role": ROLES, MOOD: MOODS, "promise_state": STATES}
"""The words of the columns that are compared as codes, the same on every desk."""
NO_WORD: Final = "''"  # an enum needs a word: where no row has one, the empty word stands in
MILD: Final = "0.05"  # VADER's own bound between neutral and polar, Hutto & Gilbert 2014
CLOCKS: Final = tuple(column.name for column in MEASURED["ticket_clocks"].columns if column.dtype == "int")
OWN_CLOCKS: Final = tuple(name for name in CLOCKS if name not in ("inputs", "findings"))

_MESSAGES: Final = """
SELECT m.source, m.ticket_id, m.id, m.author_role AS role, coalesce(m.is_public, true) AS is_public,
       m.sent_at AT TIME ZONE 'UTC' AS sent_at, m.sent_at AT TIME ZONE $zone AS sent_local,
       s.language AS message_language, s.sentiment, s.sentiment_label
FROM lake.messages m{at}
LEFT JOIN lake.message_scores s{at} ON s.tenant = m.tenant AND s.source = m.source AND s.id = m.id
WHERE m.tenant = $tenant{only_messages}
"""
FIRST: Final = {"loose": _MESSAGES}
"""Tables that others are made from; they are gone when the copy is ready."""

TICKETS: Final = f"""
WITH turns AS (
    SELECT source, ticket_id, CAST(round(avg(sentiment), 4) AS DECIMAL(5,4)) AS sentiment,
           arg_min(message_language, sent_at) AS language
    FROM {{hot}}.loose WHERE role = 'customer' GROUP BY ALL
), rated AS (
    SELECT source, ticket_id, arg_max(is_good, rated_at) AS csat_good, arg_max(score, rated_at) AS csat_score,
           arg_min(is_good, rated_at) AS csat_first_good, true AS csat_asked
    FROM lake.satisfaction{{at}} WHERE tenant = $tenant AND coalesce(survey, 'csat') = 'csat' GROUP BY ALL
), named AS (
    SELECT t.source, t.id, t.channel, coalesce(t.team, g.name, t.team_id) AS team,
           coalesce(t.agent, a.name, t.agent_id) AS agent, t.priority, t.status, t.category, c.segment,
           m.language, t.customer_id, t.tags, t.custom, t.created_at AT TIME ZONE 'UTC' AS created_at,
           k.first_reply_at AT TIME ZONE 'UTC' AS first_reply_at, k.resolved_at AT TIME ZONE 'UTC' AS resolved_at,
           k.waiting_since AT TIME ZONE 'UTC' AS waiting_since, k.status_since AT TIME ZONE 'UTC' AS status_since,
           t.updated_at AT TIME ZONE 'UTC' AS updated_at, t.due_at AT TIME ZONE 'UTC' AS due_at,
           {", ".join(f"try_cast(k.{name} AS INTEGER) AS {name}" for name in OWN_CLOCKS)},
           try_cast(t.handling_seconds AS INTEGER) AS handling_seconds,
           m.sentiment, s.csat_good, s.csat_score, s.csat_first_good, coalesce(s.csat_asked, false) AS csat_asked
    FROM lake.tickets t{{at}}
    JOIN lake.ticket_clocks k{{at}} ON k.tenant = t.tenant AND k.source = t.source AND k.id = t.id
    LEFT JOIN lake.teams g{{at}} ON g.tenant = t.tenant AND g.source = t.source AND g.id = t.team_id
    LEFT JOIN lake.agents a{{at}} ON a.tenant = t.tenant AND a.source = t.source AND a.id = t.agent_id
    LEFT JOIN lake.customers c{{at}} ON c.tenant = t.tenant AND c.source = t.source AND c.id = t.customer_id
    LEFT JOIN turns m ON m.source = t.source AND m.ticket_id = t.id
    LEFT JOIN rated s ON s.source = t.source AND s.ticket_id = t.id
    WHERE t.tenant = $tenant AND k.left_out IS NULL{{only_tickets}}
), contacts AS (
    SELECT source, customer_id, created_at AS contact_at FROM named WHERE customer_id IS NOT NULL
), sets AS (
    SELECT tags, row_number() OVER (ORDER BY tags)::INTEGER AS tagset FROM (SELECT DISTINCT tags FROM named)
), followed AS (
    SELECT n.*, s.tagset, CAST(epoch(c.contact_at - n.resolved_at) AS BIGINT) AS next_contact_seconds
    FROM named n JOIN sets s ON s.tags IS NOT DISTINCT FROM n.tags ASOF LEFT JOIN contacts c
    ON c.source = n.source AND c.customer_id = n.customer_id AND c.contact_at > n.resolved_at
)
SELECT row_number() OVER (ORDER BY created_at, source, id)::INTEGER AS ticket, *,
       (created_at AT TIME ZONE 'UTC') AT TIME ZONE $zone AS created_local,
       (resolved_at AT TIME ZONE 'UTC') AT TIME ZONE $zone AS resolved_local,
       CASE WHEN sentiment <= -{MILD} THEN 'negative' WHEN sentiment >= {MILD} THEN 'positive'
            WHEN sentiment IS NOT NULL THEN 'neutral' END AS sentiment_label
FROM followed ORDER BY created_local::DATE, team, created_at, source, id
"""

_PLACED: Final = """
SELECT t.ticket, {dims}, m.* EXCLUDE (source, ticket_id)
FROM {hot}.loose m JOIN {tickets} t ON m.source = t.source AND m.ticket_id = t.id
ORDER BY m.sent_local::DATE, m.role, t.team, m.sent_at
"""
_REPLIES: Final = """
SELECT t.ticket, {dims}, t.sentiment_label, r.number::INTEGER AS number, coalesce(a.name, r.author_id) AS replier,
       r.asked_at AT TIME ZONE 'UTC' AS asked_at, r.replied_at AT TIME ZONE 'UTC' AS replied_at,
       r.replied_at AT TIME ZONE $zone AS replied_local, try_cast(r.reply_seconds AS INTEGER) AS reply_seconds,
       try_cast(r.reply_business_seconds AS INTEGER) AS reply_business_seconds
FROM lake.replies r{at} JOIN {tickets} t ON r.source = t.source AND r.ticket_id = t.id
LEFT JOIN lake.agents a{at} ON a.tenant = r.tenant AND a.source = r.source AND a.id = r.author_id
WHERE r.tenant = $tenant ORDER BY replied_local::DATE, t.team, r.replied_at
"""
_FLOW: Final = """
SELECT t.ticket, {dims}, t.sentiment_label, v.move, v.delta::TINYINT AS delta,
       v.moved_at AT TIME ZONE 'UTC' AS moved_at, v.moved_at AT TIME ZONE $zone AS moved_local,
       coalesce(g.name, v.team_then) AS team_then, coalesce(a.name, v.agent_then) AS agent_then, v.priority_then,
       v.status_then
FROM lake.moves v{at} JOIN {tickets} t ON v.source = t.source AND v.ticket_id = t.id
LEFT JOIN lake.teams g{at} ON g.tenant = v.tenant AND g.source = v.source AND g.id = v.team_then
LEFT JOIN lake.agents a{at} ON a.tenant = v.tenant AND a.source = v.source AND a.id = v.agent_then
WHERE v.tenant = $tenant ORDER BY moved_local::DATE, t.team, v.moved_at
"""
_PROMISES: Final = """
SELECT t.ticket, {dims}, t.sentiment_label, p.policy, p.target, p.hours,
       p.priority_then AS priority_promised, p.number::INTEGER AS number,
       p.started_at AT TIME ZONE 'UTC' AS started_at, p.started_at AT TIME ZONE $zone AS started_local,
       p.applied_at AT TIME ZONE 'UTC' AS applied_at, p.breach_at AT TIME ZONE 'UTC' AS breach_at,
       p.breach_at AT TIME ZONE $zone AS breach_local, p.ended_at AT TIME ZONE 'UTC' AS ended_at,
       try_cast(p.target_seconds AS INTEGER) AS target_seconds,
       try_cast(p.elapsed_seconds AS INTEGER) AS elapsed_seconds,
       CASE WHEN p.ending <> 'running' THEN p.ending
            WHEN p.breach_at AT TIME ZONE 'UTC' < {until} THEN 'breached' ELSE 'active' END AS promise_state
FROM lake.promises p{at} JOIN {tickets} t ON p.source = t.source AND p.ticket_id = t.id
WHERE p.tenant = $tenant ORDER BY started_local::DATE, t.team, p.started_at
"""
_RATINGS: Final = """
SELECT t.ticket, {dims}, t.sentiment_label, coalesce(s.survey, 'csat') AS survey, s.score, s.is_good,
       s.rated_at AT TIME ZONE 'UTC' AS rated_at, coalesce(s.offered_at, s.rated_at) AT TIME ZONE 'UTC' AS offered_at,
       coalesce(s.offered_at, s.rated_at) AT TIME ZONE $zone AS offered_local
FROM lake.satisfaction s{at} JOIN {tickets} t ON s.source = t.source AND s.ticket_id = t.id
WHERE s.tenant = $tenant ORDER BY offered_local::DATE, t.team, offered_at
"""
TAGGED: Final = """
SELECT tagset, unnest(CASE WHEN len(tags) > 0 THEN tags ELSE [NULL] END) AS tag
FROM (SELECT DISTINCT tagset, list_distinct(tags) AS tags FROM {hot}.tickets)
"""
FACTS: Final = {
    "messages": _PLACED,
    "replies": _REPLIES,
    "flow_then": _FLOW,
    "promises": _PROMISES,
    "ratings": _RATINGS,
}
"""Tables made of `tickets` and the lake, in the order they need each other."""
TEXTS: Final = """
CREATE VIEW {own}.texts AS SELECT t.ticket, w.part, w.text FROM (
    SELECT source, ticket_id, CASE WHEN is_public = false THEN 'note' ELSE author_role END AS part, text
    FROM lake.messages{at} WHERE tenant = {tenant}
    UNION ALL SELECT source, id, 'subject', subject FROM lake.tickets{at} WHERE tenant = {tenant}
) w JOIN {hot}.tickets t ON w.source = t.source AND w.ticket_id = t.id
"""
FOUND: Final = "CREATE TABLE {own}.found (said VARCHAR, ticket INTEGER)"
UNTIL: Final = (
    "(SELECT greatest((SELECT max(moved_at) FROM {hot}.flow_then), (SELECT max(sent_at) FROM {hot}.messages)))"
)


def filled(sql: str, hot: str, snapshot: int, *, changed: str = "", tickets: str = "tickets") -> str:
    """The SQL of one table for one hot copy, read from one snapshot.

    Args:
        changed: table of the copy that names the only tickets to read; all without it.
        tickets: table of the copy that holds the tickets whose rows are wanted.
    """
    only = {
        f"only_{table}": f" AND ({key}) IN (FROM {hot}.{changed})" if changed else ""
        for table, key in (("messages", "m.source, m.ticket_id"), ("tickets", "t.source, t.id"))
    }
    return sql.format(
        hot=hot,
        at=at(snapshot),
        dims=dimensions_of("t"),
        until=UNTIL.format(hot=hot),
        tickets=f"{hot}.{tickets}",
        **only,
    )


def dimensions_of(tickets: str) -> str:
    """A ticket's dimensions, its tags as their set, as SQL over an alias of the tickets."""
    return ", ".join(f"{tickets}.{dimension}" for dimension in (*DIMENSIONS, "tagset"))


def searching(hot: str, own: str, snapshot: int, tenant: str) -> tuple[str, str]:
    """SQL that makes, in a database of their own, what texts are looked for in and what is found."""
    literal = "'" + tenant.replace("'", "''") + "'"
    texts = TEXTS.format(hot=f"{hot}.main", own=f"{own}.main", at=at(snapshot), tenant=literal)
    return texts, FOUND.format(own=f"{own}.main")

"""How much comes in, goes out and stays: tickets, messages, backlog."""

from __future__ import annotations

from deskbook.metrics.metric import define

TICKETS_CREATED = define(
    name="tickets_created",
    label="Tickets created",
    table="tickets",
    at="created_at",
    sql="count(*)",
    unit="tickets",
    better="neutral",
    note="Tickets and conversations whose first message came in the period.",
    origin="fivetran/dbt_zendesk ticket_summary",
    words=("tickets", "volume", "created", "new tickets", "conversations", "incoming"),
)

TICKETS_SOLVED = define(
    name="tickets_solved",
    label="Tickets solved",
    table="tickets",
    at="resolved_at",
    sql="count(*)",
    unit="tickets",
    better="higher",
    note="Tickets that are solved or closed now, placed at the moment they were last solved.",
    origin="fivetran/dbt_zendesk ticket_summary",
    words=("solved", "resolved", "closed", "completed"),
)

TICKETS_REOPENED = define(
    name="tickets_reopened",
    label="Tickets reopened",
    table="tickets",
    at="created_at",
    sql="count(*) FILTER (reopens > 0)",
    unit="tickets",
    better="lower",
    note="Tickets created in the period that went back to open at least once after being solved.",
    origin="fivetran/dbt_zendesk count_reopens",
    words=("reopened", "reopens"),
)

TICKETS_UNANSWERED = define(
    name="tickets_unanswered",
    label="Still without a reply",
    table="tickets",
    at="created_at",
    sql="count(*) FILTER (first_reply_seconds IS NULL AND resolved_at IS NULL)",
    unit="tickets",
    better="lower",
    note="Tickets created in the period that are open and have no public agent reply yet.",
    origin="fivetran/dbt_zendesk unreplied_unsolved",
    words=("unanswered", "unreplied", "without reply"),
)

OPEN_BACKLOG = define(
    name="open_backlog",
    label="Open backlog",
    table="flow",
    at="moved_at",
    sql="coalesce(sum(delta), 0)::BIGINT",
    unit="tickets",
    better="lower",
    note="Tickets not solved at the end of the period: created plus reopened less solved, since the beginning.",
    origin="fivetran/dbt_zendesk ticket_backlog, from the event history instead of a nightly snapshot",
    stock=True,
    words=("backlog", "open", "open tickets", "unsolved"),
)

MESSAGES = define(
    name="messages",
    label="Messages",
    table="messages",
    at="sent_at",
    sql="count(*)",
    unit="messages",
    better="neutral",
    note="Every message sent in the period, from customers, agents, bots and systems, internal notes too.",
    origin="Chatwoot reports: conversations and messages",
    words=("messages", "all messages"),
)

MESSAGES_IN = define(
    name="messages_in",
    label="Messages from customers",
    table="messages",
    at="sent_at",
    sql="count(*) FILTER (role = 'customer')",
    unit="messages",
    better="neutral",
    note="Messages that customers sent in the period.",
    origin="Chatwoot reports: incoming messages",
    words=("messages in", "inbound", "customer messages", "incoming messages"),
)

MESSAGES_OUT = define(
    name="messages_out",
    label="Replies sent",
    table="messages",
    at="sent_at",
    sql="count(*) FILTER (role = 'agent' AND is_public)",
    unit="messages",
    better="neutral",
    note="Public messages that agents sent in the period; internal notes and bots do not count.",
    origin="Chatwoot reports: outgoing messages",
    words=("messages out", "outbound", "replies sent", "agent messages"),
)

"""How much comes in and goes out: tickets, messages, people."""

from __future__ import annotations

from typing import Final

from deskbook.metrics.measures import UNSOLVED
from deskbook.metrics.metric import define

DBT: Final = "fivetran/dbt_zendesk ticket_summary"

TICKETS_CREATED = define(
    name="tickets_created",
    label="Tickets created",
    table="tickets",
    at="created_at",
    unit="tickets",
    better="neutral",
    note="Tickets and conversations whose first message came in the period.",
    origin=DBT,
    words=("tickets", "volume", "created", "new tickets", "conversations", "incoming"),
)

TICKETS_SOLVED = define(
    name="tickets_solved",
    label="Tickets solved",
    table="tickets",
    at="resolved_at",
    unit="tickets",
    better="higher",
    note="Tickets that are solved or closed now, placed at the moment they were last solved.",
    leaves_out="Tickets that came back since and are open again; deleted ones.",
    origin=DBT,
    words=("solved", "resolved", "closed", "completed"),
)

TICKETS_REOPENED = define(
    name="tickets_reopened",
    label="Tickets reopened",
    table="tickets",
    at="created_at",
    rests_on="reopens > 0",
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
    rests_on=f"first_reply_at IS NULL AND {UNSOLVED}",
    is_current=True,
    unit="tickets",
    better="lower",
    note="Tickets created in the period that are open and have no public agent reply yet.",
    origin=f"{DBT} unreplied_unsolved",
    words=("unanswered", "unreplied", "without reply"),
)

for _name, _label, _condition, _note, _better, _theirs, _words in (
    (
        "tickets_unreplied",
        "Never replied to",
        "first_reply_at IS NULL",
        "Tickets created in the period without any public agent reply, open or solved.",
        "lower",
        "unreplied",
        ("never replied",),
    ),
    (
        "tickets_waiting",
        "Waiting for an answer",
        f"waiting_since IS NOT NULL AND {UNSOLVED}",
        "Unsolved tickets created in the period whose customer wrote last.",
        "lower",
        "unreplied_unsolved, also after the first reply",
        ("waiting", "waiting for an answer"),
    ),
    (
        "tickets_unassigned",
        "Unassigned and unsolved",
        f"agent IS NULL AND {UNSOLVED}",
        "Unsolved tickets created in the period that no agent has.",
        "lower",
        "unassigned_unsolved",
        ("unassigned", "unassigned tickets"),
    ),
    (
        "tickets_assigned",
        "Tickets assigned",
        "agent IS NOT NULL",
        "Tickets created in the period that an agent has.",
        "neutral",
        "assigned",
        ("assigned tickets",),
    ),
    (
        "tickets_surveyed",
        "Tickets surveyed",
        "csat_asked",
        "Tickets created in the period whose customer was asked for a rating.",
        "neutral",
        "surveyed",
        ("surveyed",),
    ),
    (
        "tickets_deleted",
        "Tickets deleted",
        "status = 'deleted'",
        "Tickets created in the period that are deleted now.",
        "neutral",
        "deleted",
        ("deleted",),
    ),
):
    define(
        name=_name,
        label=_label,
        table="tickets",
        at="created_at",
        rests_on=_condition,
        is_current=_name in ("tickets_waiting", "tickets_unassigned"),
        unit="tickets",
        better=_better,
        note=_note,
        origin=f"{DBT} {_theirs}",
        words=_words,
    )

CUSTOMERS = define(
    name="customers_active",
    label="Customers",
    table="tickets",
    at="created_at",
    rests_on="customer_id IS NOT NULL",
    sql="count(DISTINCT (source, customer_id))",
    unit="customers",
    better="neutral",
    note="Different customers who opened a ticket in the period.",
    leaves_out="Tickets whose customer is unknown.",
    origin=f"{DBT} users",
    words=("customers", "active customers"),
)

AGENTS = define(
    name="agents_active",
    label="Agents",
    table="replies",
    at="replied_at",
    rests_on="replier IS NOT NULL",
    sql="count(DISTINCT replier)",
    unit="agents",
    better="neutral",
    note="Different agents who answered a customer in the period.",
    origin=f"{DBT} active agents",
    words=("agents", "active agents"),
)

MESSAGES = define(
    name="messages",
    label="Messages",
    table="messages",
    at="sent_at",
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
    rests_on="role = 'customer'",
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
    rests_on="role = 'agent' AND is_public",
    unit="messages",
    better="neutral",
    note="Public messages that agents sent in the period.",
    leaves_out="Internal notes and bots.",
    origin="Chatwoot reports: outgoing messages",
    words=("messages out", "outbound", "replies sent", "agent messages"),
)

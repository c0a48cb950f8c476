"""Twenty-odd exports as systems write them, each with the mapping a person would make."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from deskbook.sources.documents import document_table, flatten
from deskbook.sources.proposals import header_words, propose

ROWS = 40
TIME = [f"2026-01-{n % 28 + 1:02d}T{n % 24:02d}:30:00Z" for n in range(ROWS)]
GERMAN = [f"{n % 28 + 1:02d}.01.2026 08:{n:02d}" for n in range(ROWS)]
SLASH = [f"{n % 12 + 1:02d}/{n % 28 + 1:02d}/2026 08:30" for n in range(ROWS)]
LATER = [f"2026-02-{n % 28 + 1:02d} 10:00:00" if n % 4 else "" for n in range(ROWS)]
UNIQUE = [f"T-{1000 + n}" for n in range(ROWS)]
NUMBER = [str(4_000 + n) for n in range(ROWS)]
FEW = [str(70 + n % 5) for n in range(ROWS)]
STATUS = [("open", "pending", "solved", "closed")[n % 4] for n in range(ROWS)]
PRIORITY = [("low", "normal", "high", "urgent")[n % 4] for n in range(ROWS)]
ROLE = [("customer", "agent")[n % 2] for n in range(ROWS)]
CHANNEL = [("email", "chat", "phone")[n % 3] for n in range(ROWS)]
PERSON = [("Ann Bell", "Bo Carr", "Cy Dunn")[n % 3] for n in range(ROWS)]
TEAM = [("Billing", "Tech", "Sales")[n % 3] for n in range(ROWS)]
EMAIL = [f"p{n}@example.com" for n in range(ROWS)]
TAGS = ["vip;late" if n % 3 else "" for n in range(ROWS)]
TITLE = [f"Order {n} is late" for n in range(ROWS)]
LONG = [
    f"Hello, my order {n} has not come, although it was promised for last week. Please help me." for n in range(ROWS)
]
FLAG = [("true", "false")[n % 2] for n in range(ROWS)]
MINUTES = [str(5 + n) for n in range(ROWS)]
WORD = [("Delivery", "Refund", "Login")[n % 3] for n in range(ROWS)]
LINK = [f"https://desk.example/{n}" for n in range(ROWS)]

# Name -> (table, {field: (values, standard column or None)}).
EXPORTS: dict[str, tuple[str, dict[str, tuple[list[str], str | None]]]] = {
    "zendesk tickets": (
        "tickets",
        {
            "id": (NUMBER, "id"),
            "created_at": (TIME, "created_at"),
            "updated_at": (TIME, "updated_at"),
            "subject": (TITLE, "subject"),
            "status": (STATUS, "status"),
            "priority": (PRIORITY, "priority"),
            "via.channel": (CHANNEL, "channel"),
            "requester_id": (FEW, "customer_id"),
            "assignee_id": (FEW, "agent_id"),
            "group_id": (FEW, "team_id"),
            "tags": (TAGS, "tags"),
            "due_at": (LATER, "due_at"),
            "url": (LINK, "url"),
        },
    ),
    "zendesk view": (
        "tickets",
        {
            "Ticket ID": (NUMBER, "id"),
            "Subject": (TITLE, "subject"),
            "Requester": (PERSON, "customer_id"),
            "Requested at": (TIME, "created_at"),
            "Assignee": (PERSON, "agent"),
            "Group": (TEAM, "team"),
            "Updated": (TIME, "updated_at"),
        },
    ),
    "freshdesk": (
        "tickets",
        {
            "Ticket ID": (NUMBER, "id"),
            "Subject": (TITLE, "subject"),
            "Status": (STATUS, "status"),
            "Priority": (PRIORITY, "priority"),
            "Source": (CHANNEL, "channel"),
            "Type": (WORD, "category"),
            "Agent": (PERSON, "agent"),
            "Group": (TEAM, "team"),
            "Created time": (LATER[1:] + LATER[1:2], "created_at"),
            "Due by Time": (LATER, "due_at"),
            "Resolved time": (LATER, "resolved_at"),
            "Initial response time": (LATER, "first_reply_at"),
            "Last update time": (TIME, "updated_at"),
            "Agent interactions": (FEW, None),
            "Contact ID": (FEW, "customer_id"),
        },
    ),
    "intercom conversations": (
        "tickets",
        {
            "Conversation ID": (NUMBER, "id"),
            "Conversation started at": (TIME, "created_at"),
            "First response at": (LATER, "first_reply_at"),
            "Last closed at": (LATER, "resolved_at"),
            "Team assigned": (TEAM, "team"),
            "Teammate assigned": (PERSON, "agent"),
            "Channel": (CHANNEL, "channel"),
            "Conversation tags": (TAGS, "tags"),
            "User ID": (UNIQUE, "customer_id"),
        },
    ),
    "jira service": (
        "tickets",
        {
            "Issue key": (UNIQUE, "id"),
            "Summary": (TITLE, "subject"),
            "Issue Type": (WORD, "category"),
            "Status": (STATUS, "status"),
            "Priority": (PRIORITY, "priority"),
            "Assignee": (PERSON, "agent"),
            "Reporter": (PERSON, "customer_id"),
            "Created": (TIME, "created_at"),
            "Updated": (TIME, "updated_at"),
            "Resolved": (LATER, "resolved_at"),
            "Due date": (LATER, "due_at"),
            "Labels": (TAGS, "tags"),
        },
    ),
    "servicenow": (
        "tickets",
        {
            "number": (UNIQUE, "id"),
            "short_description": (TITLE, "subject"),
            "opened_at": (TIME, "created_at"),
            "assignment_group": (TEAM, "team"),
            "assigned_to": (PERSON, "agent"),
            "caller_id": (PERSON, "customer_id"),
            "contact_type": (CHANNEL, "channel"),
            "state": (STATUS, "status"),
            "urgency": (PRIORITY, "priority"),
            "resolved_at": (LATER, "resolved_at"),
            "sys_updated_on": (TIME, "updated_at"),
        },
    ),
    "salesforce cases": (
        "tickets",
        {
            "CaseNumber": (NUMBER, "id"),
            "Subject": (TITLE, "subject"),
            "CreatedDate": (TIME, "created_at"),
            "ClosedDate": (LATER, "resolved_at"),
            "LastModifiedDate": (TIME, "updated_at"),
            "Status": (STATUS, "status"),
            "Priority": (PRIORITY, "priority"),
            "Origin": (CHANNEL, "channel"),
            "Reason": (WORD, "category"),
            "OwnerId": (FEW, "agent_id"),
            "ContactId": (FEW, "customer_id"),
        },
    ),
    "german": (
        "tickets",
        {
            "Ticketnummer": (NUMBER, "id"),
            "Betreff": (TITLE, "subject"),
            "Erstellt am": (GERMAN, "created_at"),
            "Geändert am": (GERMAN, "updated_at"),
            "Gelöst am": (GERMAN, "resolved_at"),
            "Zustand": (["offen", "gelöst"] * 20, "status"),
            "Priorität": (["hoch", "niedrig"] * 20, "priority"),
            "Bearbeiter": (PERSON, "agent"),
            "Abteilung": (TEAM, "team"),
            "Kanal": (CHANNEL, "channel"),
            "Kategorie": (WORD, "category"),
            "Kundennummer": (FEW, "customer_id"),
        },
    ),
    "older app": (
        "tickets",
        {
            "ticket_id": (UNIQUE, "id"),
            "created_at": (TIME, "created_at"),
            "responded_at": (LATER, "first_reply_at"),
            "team": (TEAM, "team"),
            "customer_message": (LONG, "subject"),
            "priority": (PRIORITY, "priority"),
            "category": (WORD, "category"),
        },
    ),
    "terse": (
        "tickets",
        {
            "ref": (UNIQUE, "id"),
            "date_opened": (SLASH, "created_at"),
            "date_closed": (SLASH, "resolved_at"),
            "dept": (TEAM, None),
            "severity": (["P1", "P2", "P3", "P4"] * 10, "priority"),
            "title": (TITLE, "subject"),
            "client": (PERSON, "customer_id"),
        },
    ),
    "durations, not times": (
        "tickets",
        {
            "Case ID": (NUMBER, "id"),
            "Open Time": (TIME, "created_at"),
            "First response time": (MINUTES, None),
            "Resolution time": (MINUTES, None),
            "Department": (TEAM, "team"),
            "Owner": (PERSON, "agent"),
        },
    ),
    "camel case": (
        "tickets",
        {
            "ticketId": (UNIQUE, "id"),
            "createdAt": (TIME, "created_at"),
            "firstReplyAt": (LATER, "first_reply_at"),
            "resolvedAt": (LATER, "resolved_at"),
            "updatedAt": (TIME, "updated_at"),
            "customerEmail": (EMAIL, "customer_id"),
            "agentName": (PERSON, "agent"),
            "ticketStatus": (STATUS, "status"),
        },
    ),
    "words without a name": (
        "tickets",
        {
            "Ticket No.": (NUMBER, "id"),
            "Received": (TIME, "created_at"),
            "how bad": (PRIORITY, "priority"),
            "where": (CHANNEL, "channel"),
            "Topic": (WORD, "category"),
        },
    ),
    "zendesk comments": (
        "messages",
        {
            "id": (NUMBER, "id"),
            "ticket_id": (FEW, "ticket_id"),
            "author_id": (FEW, "author_id"),
            "author_role": (["end-user", "agent"] * 20, "author_role"),
            "body": (LONG, "text"),
            "public": (FLAG, "is_public"),
            "created_at": (TIME, "sent_at"),
        },
    ),
    "chat log": (
        "messages",
        {
            "message_id": (UNIQUE, "id"),
            "conversation_id": (FEW, "ticket_id"),
            "sender_type": (["user", "bot"] * 20, "author_role"),
            "sender": (PERSON, "author_id"),
            "timestamp": (TIME, "sent_at"),
            "message": (LONG, "text"),
        },
    ),
    "mail log": (
        "messages",
        {
            "msgId": (UNIQUE, "id"),
            "threadId": (FEW, "ticket_id"),
            "from_email": (EMAIL, "author_id"),
            "direction": (["inbound", "outbound"] * 20, "author_role"),
            "sent": (TIME, "sent_at"),
            "textBody": (LONG, "text"),
            "in_reply_to": (UNIQUE, "reply_to_id"),
        },
    ),
    "history": (
        "events",
        {
            "id": (NUMBER, "id"),
            "issue_key": (FEW, "ticket_id"),
            "field": (["status", "assignee"] * 20, "kind"),
            "from": (STATUS, "old_value"),
            "to": (STATUS[1:] + STATUS[:1], "new_value"),
            "changed_at": (TIME, "occurred_at"),
            "changed_by": (PERSON, "actor_id"),
        },
    ),
    "staff": (
        "agents",
        {
            "agent_id": (UNIQUE, "id"),
            "full_name": ([f"Agent {n}" for n in range(ROWS)], "name"),
            "email": (EMAIL, "email"),
            "group_id": (FEW, "team_id"),
            "active": (FLAG, "is_active"),
        },
    ),
    "contacts": (
        "customers",
        {
            "customer_id": (UNIQUE, "id"),
            "name": ([f"Person {n}" for n in range(ROWS)], "name"),
            "email": (EMAIL, "email"),
            "company": (WORD, "company"),
            "plan": (["free", "pro"] * 20, "segment"),
            "country": (["DE", "FR"] * 20, "country"),
            "signup_date": (TIME, "created_at"),
        },
    ),
    "groups": ("teams", {"group_id": (UNIQUE, "id"), "group_name": ([f"Team {n}" for n in range(ROWS)], "name")}),
    "survey": (
        "satisfaction",
        {
            "survey_id": (UNIQUE, "id"),
            "ticket_id": (NUMBER, "ticket_id"),
            "sent_at": (TIME, "offered_at"),
            "responded_at": (LATER, "rated_at"),
            "csat_score": ([str(n % 5 + 1) for n in range(ROWS)], "score"),
            "feedback": (LONG, "comment"),
        },
    ),
}


def chosen(mapping: Any) -> dict[str, str]:
    """Field -> column of a proposed mapping."""
    fields = {column: rule["field"] if isinstance(rule, dict) else rule for column, rule in mapping.items()}
    return {field: column for column, field in fields.items()}


def mistakes(name: str) -> list[str]:
    table, fields = EXPORTS[name]
    found = propose(None, pa.table({field: values for field, (values, _) in fields.items()}))
    if found.table != table:
        return [f"{name}: {found.table}, not {table}"]
    got = chosen(found.mapping)
    return [
        f"{name}: {field} -> {got.get(field)}, not {column}"
        for field, (_, column) in fields.items()
        if got.get(field) != column
    ]


def test_at_least_95_of_100_fields_of_many_exports_are_mapped_right() -> None:
    total = sum(len(fields) for _, fields in EXPORTS.values())
    wrong = [mistake for name in EXPORTS for mistake in mistakes(name)]
    assert len(EXPORTS) >= 20
    assert len(wrong) / total <= 0.05, wrong


@pytest.mark.parametrize("name", EXPORTS)
def test_the_table_is_found(name: str) -> None:
    assert not [mistake for mistake in mistakes(name) if ", not " in mistake and " -> " not in mistake]


def test_a_last_change_is_never_a_reply_and_an_assignee_never_a_team() -> None:
    sample = pa.table({"id": UNIQUE, "created": TIME, "updated_at": LATER, "assignee": PERSON})
    found = propose("tickets", sample).mapping
    assert found == {"id": "id", "created_at": "created", "updated_at": "updated_at", "agent": "assignee"}


def test_confidence_is_lower_where_values_do_not_suit_the_name() -> None:
    good = propose("tickets", pa.table({"id": UNIQUE, "created": TIME, "status": STATUS}))
    doubtful = propose("tickets", pa.table({"id": UNIQUE, "created": TIME, "status": WORD}))
    assert 0 < doubtful.confidence["status"] < good.confidence["status"] <= 1


def test_a_duration_is_no_time_of_reply_or_resolution() -> None:
    sample = pa.table({"id": UNIQUE, "created": TIME, "first response time": MINUTES, "resolution time": MINUTES})
    assert set(propose("tickets", sample).mapping) == {"id", "created_at"}


def test_a_table_whose_needed_columns_are_there_is_preferred() -> None:
    sample = pa.table({"agent_id": UNIQUE, "name": TITLE, "email": EMAIL, "company": WORD, "plan": WORD})
    assert propose(None, sample).table == "agents"


def test_fields_left_over_are_told() -> None:
    found = propose("tickets", pa.table({"id": UNIQUE, "created": TIME, "shoe size": MINUTES}))
    assert found.unmapped == ("shoe size",)


def test_tweets_are_told_by_their_shape() -> None:
    names = ["tweet_id", "author_id", "inbound", "created_at", "text", "in_response_to_tweet_id"]
    found = propose(None, pa.table({name: UNIQUE for name in names}))
    assert (found.shape, found.table, found.mapping) == ("twitter", "", {})


def test_flags_come_with_their_values() -> None:
    sample = pa.table({"id": UNIQUE, "ticket": FEW, "sent": TIME, "inbound": FLAG, "body": LONG, "private": FLAG})
    found = propose("messages", sample).mapping
    assert found["author_role"] == {"field": "inbound", "values": {"true": "customer", "false": "agent"}}
    assert found["is_public"]["values"]["true"] == "false"


def test_a_nested_field_is_proposed_as_a_path_and_a_dotted_header_as_itself() -> None:
    documents = document_table(
        [f'{{"id": "{one}", "created": "2026-01-01", "by who": {{"status": "open"}}}}' for one in UNIQUE]
    )
    assert propose("tickets", flatten(documents)).mapping["status"] == '"by who".status'
    assert propose("tickets", pa.table({"Ticket No.": UNIQUE, "created": TIME})).mapping["id"] == "Ticket No."


def test_header_words_do_not_depend_on_how_a_name_is_written() -> None:
    names = ["createdAt", "Created At", "created_at", "CREATED-AT", " created.at "]
    assert {header_words(name) for name in names} == {"created at"}

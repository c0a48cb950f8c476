"""The sample desk's catalog entries: how the files of its outside systems become standard tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from deskbook.samples.social import COLUMNS as SOCIAL
from deskbook.sources import Entry

SOURCE: Final = "sample"
SCORE_IS_GOOD: Final = "score && score >= `4`"

FILES: Final[dict[str, tuple[str, str, dict[str, Any]]]] = {
    "tickets": (
        "tickets.csv",
        "The help desk's ticket export (CSV).",
        {
            "id": "ticket_number",
            "created_at": "created",
            "subject": "subject",
            "status": "status",
            "priority": "urgency",
            "channel": "channel",
            "category": "type",
            "team_id": "group_id",
            "agent_id": "assignee_id",
            "customer_id": "requester_id",
            "tags": "tags",
            "custom": {"plan": "plan", "product": "product", **{name: name for name in SOCIAL}},
            "resolved_at": "solved_at",
            "updated_at": "updated",
        },
    ),
    "messages": (
        "messages.parquet",
        "Every message of every conversation (Parquet).",
        {
            "id": "message_id",
            "ticket_id": "ticket",
            "sent_at": "sent_at",
            "author_role": "author_role",
            "author_id": "author",
            "is_public": "public",
            "text": "body",
        },
    ),
    "events": (
        "events.jsonl",
        "The help desk's audit log (JSON lines).",
        {
            "id": "event_id",
            "ticket_id": "ticket",
            "occurred_at": "at",
            "kind": "type",
            "old_value": "old",
            "new_value": "new",
            "actor_id": "actor",
        },
    ),
    "reported": (
        "ticket_metrics.parquet",
        "First reply as the help desk itself reports it (Parquet).",
        {"id": "metric_id", "ticket_id": "ticket", "measure": "metric", "reported_seconds": "seconds"},
    ),
    "annotations": (
        "calendar.csv",
        "The company's calendar: releases and campaigns (CSV).",
        {
            "id": "key",
            "begins_at": "starts",
            "ends_at": "ends",
            "kind": {"field": "type", "values": {"deploy": "release", "marketing": "campaign", "notice": "other"}},
            "title": "what",
            "note": "details",
        },
    ),
}
TABLES: Final[dict[str, tuple[str, str, dict[str, Any]]]] = {
    "teams": ("groups", "Teams.", {"id": "id", "name": "name"}),
    "agents": (
        "agents",
        "Agents.",
        {"id": "id", "name": "name", "email": "email", "team_id": "group_id", "is_active": "active"},
    ),
    "customers": (
        "users",
        "Customers.",
        {
            "id": "id",
            "name": "name",
            "email": "email",
            "company": "company",
            "segment": "segment",
            "country": "country",
            "created_at": "created_at",
        },
    ),
    "satisfaction": (
        "surveys",
        "Satisfaction surveys; 4 and 5 of 5 are good.",
        {
            "id": "id",
            "ticket_id": "ticket",
            "offered_at": "sent_at",
            "rated_at": "answered_at",
            "score": "score",
            "is_good": SCORE_IS_GOOD,
            "comment": "comment",
        },
    ),
}


def sample_entries(folder: Path) -> list[Entry]:
    """An entry for each file of the sample desk, and for each table of its database."""
    entries = [
        Entry(
            name=f"sample_{table}",
            kind="files",
            source=SOURCE,
            table=table,
            mapping=mapping,
            options={"url": name},
            folder=folder,
            description=said,
        )
        for table, (name, said, mapping) in FILES.items()
    ]
    return entries + [
        Entry(
            name=f"sample_{table}",
            kind="sql",
            source=SOURCE,
            table=table,
            mapping=mapping,
            options={"url": f"sqlite:///../{folder.name}/helpdesk.sqlite", "table": name},
            folder=folder,
            description=said,
        )
        for table, (name, said, mapping) in TABLES.items()
    ]

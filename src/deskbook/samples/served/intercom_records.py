"""A sample desk as the records of an Intercom workspace."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from deskbook.samples.export import DATABASE_FILE, EVENTS_FILE, MESSAGES_FILE, TICKETS_FILE

if TYPE_CHECKING:
    from deskbook.samples.served.intercom import Workspace

Thing = dict[str, Any]
STATES: Final = {"pending": "snoozed", "hold": "snoozed", "solved": "closed", "closed": "closed"}
PART_TYPES: Final = {"closed": "close", "snoozed": "snoozed", "open": "open"}
PRIORITIES: Final = {"low": "low", "medium": "medium", "high": "high", "critical": "urgent"}
CHANNELS: Final = {"email": "email", "chat": "conversation", "web": "conversation", "phone": "phone_call"} | {
    "social": "twitter"
}
AUTHORS: Final = {"agent": "admin", "end-user": "user", "bot": "bot"}
PARTS: Final = 1_000
"""Parts of one conversation are numbered within it."""


def records(folder: Path) -> Workspace:
    """The workspace of a sample desk that `deskbook sample` wrote into a folder."""
    from deskbook.samples.served.intercom import Workspace

    with closing(sqlite3.connect(folder / DATABASE_FILE)) as database:
        database.row_factory = sqlite3.Row
        rows = {name: list(map(dict, database.execute(f"SELECT * FROM {name}"))) for name in _TABLES}
    companies = _companies(rows["users"])
    tickets = pcsv.read_csv(folder / TICKETS_FILE).to_pylist()
    messages, events = defaultdict(list), defaultdict(list)
    for message in pq.read_table(folder / MESSAGES_FILE).to_pylist():
        messages[message["ticket"]].append(message)
    with (folder / EVENTS_FILE).open(encoding="utf-8") as lines:
        for event in map(json.loads, lines):
            events[event["ticket"]].append(event)
    surveys = {one["ticket"]: one for one in rows["surveys"]}
    made = [
        _conversation(one, messages[one["ticket_number"]], events[one["ticket_number"]], surveys) for one in tickets
    ]
    teams = [{"type": "team", "id": str(one["id"]), "name": one["name"], "admin_ids": []} for one in rows["groups"]]
    contacts = [_contact(one, companies) for one in rows["users"]]
    return Workspace(
        conversations={one["id"]: one for one in made},
        contacts={one["id"]: one for one in contacts},
        companies={one["id"]: one for one in companies.values()},
        admins=[_admin(one) for one in rows["agents"]],
        teams=teams,
        tags=[
            {"type": "tag", "id": name, "name": name} for name in sorted({tag for one in made for tag in _tags(one)})
        ],
    )


_TABLES: Final = ("groups", "agents", "users", "surveys")


def _tags(conversation: Thing) -> list[str]:
    return [tag["name"] for tag in conversation["tags"]["tags"]]


def _epoch(value: Any) -> int | None:
    if value is None or value == "":
        return None
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return int(moment.timestamp())


def _companies(users: Iterable[Mapping[str, Any]]) -> dict[str, Thing]:
    names = sorted({(one["company"], one["segment"]) for one in users if one["company"]})
    return {
        f"{name}/{plan}": {"type": "company", "id": f"company-{place}", "name": name, "plan": {"name": plan}}
        for place, (name, plan) in enumerate(names)
    }


def _contact(one: Mapping[str, Any], companies: Mapping[str, Thing]) -> Thing:
    at = _epoch(one["created_at"])
    company = companies.get(f"{one['company']}/{one['segment']}")
    held = [{"type": "company", "id": company["id"], "url": f"/companies/{company['id']}"}] if company else []
    return {
        **{"type": "contact", "id": str(one["id"]), "role": "user", "name": one["name"], "email": one["email"]},
        **{"created_at": at, "updated_at": at, "signed_up_at": at},
        "location": {"type": "location", "country_code": one["country"]},
        "companies": {"type": "list", "data": held, "total_count": len(held), "has_more": False},
        "custom_attributes": {} if company else {"plan": one["segment"]},
    }


def _admin(one: Mapping[str, Any]) -> Thing:
    held = {"type": "admin", "id": str(one["id"]), "name": one["name"], "email": one["email"]}
    return {**held, "has_inbox_seat": bool(one["active"]), "team_ids": [one["group_id"]]}


def _conversation(
    one: Mapping[str, Any], messages: list[Thing], events: list[Thing], surveys: Mapping[int, Thing]
) -> Thing:
    number, state = one["ticket_number"], STATES.get(one["status"], "open")
    first, *others = sorted(messages, key=lambda message: (message["sent_at"], message["message_id"])) or [{}]
    changes = [part for event in events if (part := _changed(event, str(one["requester_id"])))]
    parts = sorted([*map(_written, others), *changes], key=lambda part: part["created_at"])
    numbered = [{"type": "conversation_part", "id": str(number * PARTS + at), **one} for at, one in enumerate(parts)]
    tags = [{"type": "tag", "id": name, "name": name} for name in str(one["tags"] or "").split(";") if name]
    customer = str(one["requester_id"])
    return {
        **{"type": "conversation", "id": str(number), "title": one["subject"], "state": state, "open": state == "open"},
        **{"created_at": _epoch(one["created"]), "updated_at": _epoch(one["updated"]), "read": True},
        "priority": PRIORITIES.get(one["urgency"], "none"),
        "admin_assignee_id": one["assignee_id"] or 0,
        "team_assignee_id": one["group_id"] or 0,
        "tags": {"type": "tag.list", "tags": tags},
        "custom_attributes": {"Plan": one["plan"], "Product": one["product"], "Reason": one["type"]},
        "source": {
            **{"type": CHANNELS.get(one["channel"], "conversation"), "id": f"s{number}", "subject": "", "url": None},
            "delivered_as": "customer_initiated",
            "body": _html(first.get("body")),
            "author": {"type": "user", "id": customer},
        },
        "contacts": {"type": "contact.list", "contacts": [{"type": "contact", "id": customer, "external_id": None}]},
        "conversation_rating": _rating(surveys.get(number)),
        "statistics": _statistics(one, len(parts)),
        "conversation_parts": {
            "type": "conversation_part.list",
            "conversation_parts": numbered,
            "total_count": len(numbered),
        },
    }


def _html(text: str | None) -> str:
    """Text as the inbox writes it."""
    from html import escape

    return "".join(f"<p>{escape(block).replace(chr(10), '<br>')}</p>" for block in (text or "").split("\n\n") if block)


def _written(message: Thing) -> Thing:
    at = _epoch(message["sent_at"])
    return {
        "part_type": "comment" if message["public"] else "note",
        "body": _html(message["body"]),
        **{"created_at": at, "updated_at": at, "notified_at": at, "assigned_to": None},
        "author": {"type": AUTHORS[message["author_role"]], "id": message["author"]},
    }


def _changed(event: Thing, customer: str) -> Thing | None:
    at, kind, new = _epoch(event["at"]), event["type"], event["new"]
    actor = str(event["actor"])
    kinds = {"system": "bot", customer: "user"}
    who = {"type": kinds.get(actor, "admin"), "id": actor}
    part = {"body": None, "created_at": at, "updated_at": at, "notified_at": at, "assigned_to": None, "author": who}
    if kind == "status":
        was, now = (STATES.get(str(event[side]), "open") for side in ("old", "new"))
        return None if was == now else {**part, "part_type": PART_TYPES[now], "state": now}
    if kind in ("assignment", "team"):
        whom = {"type": "team" if kind == "team" else "admin", "id": None if new is None else str(new)}
        return {**part, "part_type": "assignment", "assigned_to": whom}
    value = {"name": PRIORITIES.get(str(new), "none"), "previous": PRIORITIES.get(str(event["old"]), "none")}
    details = {"attribute": {"name": "Priority"}, "value": value}
    return {**part, "part_type": "conversation_attribute_updated_by_admin", "event_details": details}


def _rating(survey: Mapping[str, Any] | None) -> Thing | None:
    if survey is None:
        return None
    offered, rated = _epoch(survey["sent_at"]), _epoch(survey["answered_at"])
    held = {"rating": survey["score"], "remark": survey["comment"], "teammate": None}
    return {**held, "created_at": offered, "updated_at": rated or offered}


def _statistics(one: Mapping[str, Any], parts: int) -> Thing:
    closed = _epoch(one["solved_at"])
    return {
        "type": "conversation_statistics",
        "last_close_at": closed,
        "count_conversation_parts": parts,
    }

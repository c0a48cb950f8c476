"""The sample desk's files as records of Freshdesk or Freshservice."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from deskbook.samples.export import DATABASE_FILE, MESSAGES_FILE, TICKETS_FILE
from deskbook.samples.served.fresh import Record, Records

STATUSES: Final = {"new": 2, "open": 2, "pending": 3, "on-hold": 7, "hold": 7, "resolved": 4, "solved": 4, "closed": 5}
STATUS_WORDS: Final = {2: "Open", 3: "Pending", 4: "Resolved", 5: "Closed", 6: "Waiting on Customer", 7: "On hold"}
PRIORITIES: Final = {"low": 1, "normal": 2, "medium": 2, "high": 3, "urgent": 4, "critical": 4}
SOURCES: Final = {"email": 1, "web": 2, "phone": 3, "chat": 7, "social": 6}
SERVICE_SOURCES: Final = SOURCES | {"chat": 4}
FACES: Final = {1: -103, 2: -102, 3: 100, 4: 102, 5: 103}
WEEK: Final = ("monday", "tuesday", "wednesday", "thursday", "friday")
NOTE: Final = 2


def read(folder: Path, *, is_service: bool) -> Records:
    """Records of a folder.

    Args:
        is_service: whether they are Freshservice's.
    """
    found = Records()
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as database:
        database.row_factory = sqlite3.Row
        tables = {name: [dict(row) for row in database.execute(f"SELECT * FROM {name}")] for name in TABLES}
    said: dict[int, list[Record]] = {}
    for row in pq.read_table(folder / MESSAGES_FILE).to_pylist():
        said.setdefault(int(row["ticket"]), []).append(row)
    people = {str(one["id"]): one for one in tables["users"]}
    with (folder / TICKETS_FILE).open(newline="", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            number = int(row["ticket_number"])
            talk = sorted(said.get(number, []), key=lambda one: one["sent_at"])
            found.tickets.append(_ticket(row, talk, people.get(row["requester_id"], {}), is_service))
            found.conversations[number] = [_conversation(one, place) for place, one in enumerate(talk) if place]
    found.lists = _lists(tables, is_service)
    if is_service:
        found.responses = {
            int(one["ticket"]): {"id": one["id"], "overall_rating": one["score"], "created_at": one["answered_at"]}
            for one in tables["surveys"]
            if one["score"]
        }
    return found


TABLES: Final = ("groups", "agents", "users", "surveys")


def _whole(text: str | None) -> int | None:
    return int(text) if text else None


def _ticket(row: Mapping[str, str], talk: list[Record], who: Mapping[str, Any], is_service: bool) -> Record:
    status = STATUSES.get(row["status"].strip().lower().replace(" ", "-"), 2)
    replies = [one["sent_at"] for one in talk if one["author_role"] == "agent" and one["public"]]
    solved = row["solved_at"] or None
    body = talk[0]["body"] if talk else ""
    sources = SERVICE_SOURCES if is_service else SOURCES
    return {
        "id": int(row["ticket_number"]),
        "created_at": row["created"],
        "updated_at": row["updated"] or row["created"],
        "subject": row["subject"],
        "status": status,
        "priority": PRIORITIES.get(row["urgency"].lower(), 1),
        "source": sources.get(row["channel"].lower(), 2),
        "type": row["type"] or None,
        "group_id": _whole(row["group_id"]),
        "responder_id": _whole(row["assignee_id"]),
        "requester_id": _whole(row["requester_id"]),
        "tags": [one for one in row["tags"].split(";") if one],
        "custom_fields": {"cf_plan": row["plan"] or None, "cf_product": row["product"] or None},
        "spam": False,
        "deleted": False,
        "description": f"<div>{body}</div>",
        "description_text": body,
        "requester": {"id": _whole(row["requester_id"]), "name": who.get("name"), "email": who.get("email")},
        "stats": {
            "first_responded_at": replies[0].strftime("%Y-%m-%dT%H:%M:%SZ") if replies else None,
            "resolved_at": solved,
            "closed_at": solved if status == STATUSES["closed"] else None,
            "reopened_at": None,
            "pending_since": None,
            "status_updated_at": solved,
        },
    }


def _conversation(one: Mapping[str, Any], place: int) -> Record:
    is_bot, author = one["author_role"] == "bot", str(one["author"])
    return {
        "id": int(one["ticket"]) * 100 + place,
        "ticket_id": int(one["ticket"]),
        "incoming": one["author_role"] == "end-user",
        "private": not one["public"],
        "source": 0 if one["public"] else NOTE,
        "user_id": int(author) if author.isdigit() else None,
        "auto_response": is_bot,
        "body": f"<div>{one['body']}</div>",
        "body_text": one["body"],
        "created_at": one["sent_at"].strftime("%Y-%m-%dT%H:%M:%SZ"),
        "updated_at": one["sent_at"].strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _lists(tables: Mapping[str, list[Record]], is_service: bool) -> dict[str, list[Record]]:
    groups = [{"id": one["id"], "name": one["name"]} for one in tables["groups"]]
    firms = sorted({str(one["company"]) for one in tables["users"] if one["company"]})
    number = {name: place for place, name in enumerate(firms, 1)}
    companies = [{"id": place, "name": name} for name, place in number.items()]
    statuses: Any = {str(code): [word, word] for code, word in STATUS_WORDS.items()}
    if is_service:
        statuses = [{"id": code, "value": word} for code, word in STATUS_WORDS.items()]
    fields = [
        {"name": "status", "label": "Status", "choices": statuses, "default": True},
        {"name": "cf_plan", "label": "plan", "default": False},
        {"name": "cf_product", "label": "product", "default": False},
    ]
    day = ("beginning_of_workday", "end_of_workday") if is_service else ("start_time", "end_time")
    week = {name: {day[0]: "8:00 am", day[1]: "6:00 pm"} for name in WEEK}
    hours = {"id": 1, "name": "Office", "is_default": True, "time_zone": "UTC"}
    hours |= {"service_desk_hours" if is_service else "business_hours": week}
    ratings = [
        {
            **{"id": one["id"], "survey_id": 1, "ticket_id": one["ticket"], "feedback": one["comment"]},
            **{"created_at": one["answered_at"], "updated_at": one["answered_at"]},
            "ratings": {"default_question": FACES.get(one["score"])},
        }
        for one in tables["surveys"]
        if one["score"]
    ]
    return {
        "groups": groups,
        "agents": [_agent(one, is_service) for one in tables["agents"]],
        "requesters" if is_service else "contacts": [_person(one, number, is_service) for one in tables["users"]],
        "departments" if is_service else "companies": companies,
        "ticket_form_fields" if is_service else "ticket_fields": fields,
        "business_hours": [hours],
        "sla_policies": [],
        "satisfaction_ratings": [] if is_service else ratings,
    }


def _agent(one: Mapping[str, Any], is_service: bool) -> Record:
    if is_service:
        first, _, last = str(one["name"]).partition(" ")
        told = {"first_name": first, "last_name": last, "email": one["email"], "active": bool(one["active"])}
        return {"id": one["id"], **told, "group_ids": [one["group_id"]]}
    contact = {"name": one["name"], "email": one["email"], "active": bool(one["active"])}
    return {"id": one["id"], "contact": contact, "group_ids": [one["group_id"]]}


def _person(one: Mapping[str, Any], number: Mapping[str, int], is_service: bool) -> Record:
    at = {"created_at": one["created_at"], "updated_at": one["created_at"]}
    company = number.get(str(one["company"]))
    if is_service:
        first, _, last = str(one["name"]).partition(" ")
        departments = [company] if company else []
        told = {"first_name": first, "last_name": last, "primary_email": one["email"]}
        return {"id": one["id"], **told, "department_ids": departments, **at}
    return {"id": one["id"], "name": one["name"], "email": one["email"], "company_id": company, **at}

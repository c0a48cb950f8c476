"""Tickets, conversations, people and ratings as rows of standard tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

from deskbook.sources.fresh.fields import PRIORITIES, Fields, custom_of, status_of, status_word
from deskbook.sources.fresh.moments import moment
from deskbook.sources.fresh.product import Product

Row = dict[str, Any]
OUTBOUND: Final = 10
"""Source of a ticket that an agent began by an email to the customer (Freshdesk)."""
TAG: Final = re.compile(r"<[^<>]{0,2000}>")
MERGED: Final = re.compile(
    r"\bmerged\s+(?:into|with|to)\s+(?:the\s+)?(?:ticket\s*)?(?:with\s+)?(?:id\s*)?#?\s*(\d{1,18})", re.I
)
FACES: Final = {-103: 1, -102: 2, -101: 3, 100: 4, 101: 5, 102: 6, 103: 7}
"""Freshdesk's answers, from extremely unhappy to extremely happy, as points from 1 to 7."""
GOOD_OF_FIVE: Final = 4
ASSOCIATIONS: Final = {1: "parent", 2: "child", 3: "tracker", 4: "related"}
STOOD: Final = (
    ("pending_since", "pending"),
    ("resolved_at", "solved"),
    ("closed_at", "closed"),
    ("reopened_at", "open"),
)
"""Moments among the stats, and the status that a ticket got then."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What rows are made with.

    Attributes:
        site: address of the account, for links to tickets.
        fields: of its tickets, see `read_fields`.
        statuses: of the entry, its own words -> standard ones.
    """

    product: Product
    site: str
    fields: Fields
    statuses: Mapping[str, Any]

    def status(self, code: Any) -> str | None:
        """The standard status of a number."""
        return status_of(code, self.fields, self.statuses)

    def channel(self, code: Any) -> str | None:
        """How a ticket came in; the account's own word where it is none that every account has."""
        if code in self.product.channels:
            return self.product.channels[code]
        return str(self.fields.get("source", {}).get(str(code)) or "").lower() or None

    def unknown(self, ticket: Mapping[str, Any]) -> Iterator[str]:
        """Words of a ticket that mean nothing here."""
        code = ticket.get("status")
        if code is not None and self.status(code) is None:
            word = status_word(code, self.fields)
            yield f"status {code}{f' ({word})' if word else ''}"
        if ticket.get("priority") not in (None, *PRIORITIES):
            yield f"priority {ticket['priority']}"
        if ticket.get("source") is not None and self.channel(ticket["source"]) is None:
            yield f"source {ticket['source']}"


def plain(text: Any, html: Any) -> str | None:
    """Plain text; made of the HTML where there is none."""
    if isinstance(text, str) and text:
        return text
    if not isinstance(html, str) or not html:
        return text if isinstance(text, str) else None
    return unescape(TAG.sub(" ", html)).strip()


def ticket_row(one: Mapping[str, Any], desk: Desk, **more: Any) -> Row:
    """One row of tickets.

    Args:
        more: columns that are known from elsewhere, such as what it was merged into.
    """
    stats = _stats(one)
    custom = custom_of(one, desk.fields)
    word = status_word(one.get("status"), desk.fields)
    custom |= {"Status": word} if word else {}
    custom |= (
        {"Association": ASSOCIATIONS[one["association_type"]]} if one.get("association_type") in ASSOCIATIONS else {}
    )
    custom |= {"Workspace": one["workspace_id"]} if one.get("workspace_id") is not None else {}
    number = one.get("id")
    tags = one.get("tags")
    return {
        "id": number,
        "created_at": one.get("created_at"),
        "subject": one.get("subject"),
        "status": desk.status(one.get("status")),
        "priority": PRIORITIES.get(one.get("priority")),  # type: ignore[arg-type]
        "channel": desk.channel(one.get("source")),
        "category": one.get("category") or one.get("type") or one.get("ticket_type"),
        "team_id": one.get("group_id"),
        "agent_id": one.get("responder_id"),
        "customer_id": one.get("requester_id"),
        "tags": [str(tag) for tag in tags] if isinstance(tags, list) else None,
        "custom": custom or None,
        "resolved_at": stats.get("resolved_at") or stats.get("closed_at"),
        "updated_at": one.get("updated_at"),
        "due_at": one.get("due_by"),
        "is_spam": one.get("spam"),
        "url": f"{desk.site}/a/tickets/{number}",
        **more,
    }


def opening_row(one: Mapping[str, Any], desk: Desk) -> Row:
    """The description of a ticket as its first message."""
    is_outbound = desk.product.kind == "freshdesk" and one.get("source") == OUTBOUND
    return {
        "id": f"{one.get('id')}-0",
        "ticket_id": one.get("id"),
        "sent_at": one.get("created_at"),
        "author_role": "agent" if is_outbound else "customer",
        "author_id": one.get("responder_id") if is_outbound else one.get("requester_id"),
        "is_public": True,
        "text": plain(one.get("description_text"), one.get("description")),
    }


def message_row(one: Mapping[str, Any], ticket_id: Any, product: Product) -> Row:
    """One conversation; a forward goes to a third party and is no reply to the customer."""
    is_public = not one.get("private") and one.get("source") not in product.forwards
    return {
        "id": one.get("id"),
        "ticket_id": one.get("ticket_id") or ticket_id,
        "sent_at": one.get("created_at"),
        "author_role": _role(one, product),
        "author_id": one.get("user_id"),
        "is_public": is_public,
        "text": plain(one.get("body_text"), one.get("body")),
    }


def _role(one: Mapping[str, Any], product: Product) -> str:
    if one.get("source") in product.notices:
        return "system"
    if one.get("auto_response") or one.get("automation_id") is not None:
        return "bot"
    if one.get("incoming"):
        return "customer"
    return "agent" if one.get("user_id") is not None else "system"


def merged_into(conversations: list[dict[str, Any]]) -> str | None:
    """The ticket that a note of the system says this one was merged into."""
    for one in reversed(conversations):
        text = plain(one.get("body_text"), one.get("body")) or ""
        if one.get("private") and "closed" in text.lower() and (found := MERGED.search(text)):
            return found[1]
    return None


def event_rows(one: Mapping[str, Any], desk: Desk) -> list[Row]:
    """What the stats say of a ticket's history; each moment has an id of its own, so that later syncs add to it."""
    stats, number = _stats(one), one.get("id")
    moments: list[tuple[Any, str | None]] = [(stats.get(name), status) for name, status in STOOD]
    moments.append((stats.get("status_updated_at"), desk.status(one.get("status"))))
    found: dict[str, Row] = {}
    for text, status in moments:
        if at := _event(number, text, "status", status):
            found[at["id"]] = at
    assigned = _event(number, stats.get("assigned_at"), "assignment", one.get("responder_id"))
    return sorted([*found.values(), *([assigned] if assigned else [])], key=lambda row: str(row["occurred_at"]))


def _event(number: Any, text: Any, kind: str, value: Any) -> Row | None:
    at = moment(text)
    if at is None or value is None:
        return None
    told = {"ticket_id": number, "occurred_at": at, "kind": kind, "new_value": str(value)}
    return {"id": f"{number}-{kind}-{value}-{int(at.timestamp())}", **told}


def reported_rows(one: Mapping[str, Any]) -> list[Row]:
    """Figures of the desk itself, to be compared with ours."""
    stats, created, number = _stats(one), moment(one.get("created_at")), one.get("id")
    reply = moment(stats.get("first_responded_at"))
    end = moment(stats.get("resolved_at")) or moment(stats.get("closed_at"))
    found = {
        "first_reply_seconds": _between(created, reply),
        "resolution_seconds": _between(created, end),
        "first_reply_business_seconds": stats.get("first_resp_time_in_secs"),
        "resolution_business_seconds": stats.get("resolution_time_in_secs"),
    }
    return [
        {"id": f"{number}-{name}", "ticket_id": number, "measure": name, "reported_seconds": seconds}
        for name, seconds in found.items()
        if isinstance(seconds, int)
    ]


def _between(start: Any, end: Any) -> int | None:
    return int((end - start).total_seconds()) if start and end and end >= start else None


def _stats(one: Mapping[str, Any]) -> Mapping[str, Any]:
    stats = one.get("stats")
    return stats if isinstance(stats, Mapping) else {}


def agent_row(one: Mapping[str, Any]) -> Row:
    """An agent of either product: Freshdesk keeps name and address under `contact`."""
    contact = one.get("contact") if isinstance(one.get("contact"), Mapping) else one
    groups = one.get("group_ids") or one.get("member_of")
    active = contact.get("active") if isinstance(contact, Mapping) else None
    return {
        "id": one.get("id"),
        "name": named(contact or {}),
        "email": (contact or {}).get("email"),
        "team_id": groups[0] if isinstance(groups, list) and groups else None,
        "is_active": False if one.get("deactivated") else active,
    }


def named(one: Mapping[str, Any]) -> str | None:
    """A person's name, whole or in two parts."""
    parts = [one.get("first_name"), one.get("last_name")]
    return one.get("name") or " ".join(str(part) for part in parts if part) or None


def customer_row(one: Mapping[str, Any], companies: Mapping[str, str] | None = None) -> Row:
    """A contact or requester, with the name of its company or department."""
    departments = one.get("department_ids")
    company = one.get("company_id") or (departments[0] if isinstance(departments, list) and departments else None)
    return {
        "id": one.get("id"),
        "name": named(one),
        "email": one.get("email") or one.get("primary_email"),
        "company": (companies or {}).get(str(company)) if company is not None else None,
        "created_at": one.get("created_at"),
    }


def rating_row(one: Mapping[str, Any]) -> Row:
    """A Freshdesk rating: of its questions the default one counts."""
    ratings = one.get("ratings") if isinstance(one.get("ratings"), Mapping) else {}
    code = (ratings or {}).get("default_question", one.get("rating"))
    score = FACES.get(code) if isinstance(code, int) else None
    return {
        "id": one.get("id"),
        "ticket_id": one.get("ticket_id"),
        "rated_at": one.get("created_at"),
        "survey": "csat",
        "score": score,
        "is_good": None if score is None else score > FACES[100],
        "comment": one.get("feedback"),
    }


def response_row(one: Mapping[str, Any], ticket_id: Any) -> Row:
    """A Freshservice answer to a survey, on its scale of 1 to 5."""
    score = one.get("overall_rating")
    is_known = isinstance(score, int | float) and not isinstance(score, bool)
    comments = [answer.get("comments") for answer in _answers(one)]
    return {
        "id": one.get("id"),
        "ticket_id": ticket_id,
        "rated_at": one.get("updated_at") or one.get("created_at"),
        "survey": "csat",
        "score": score if is_known else None,
        "is_good": score >= GOOD_OF_FIVE if is_known else None,  # type: ignore[operator]
        "comment": next((str(text) for text in comments if text), None),
    }


def _answers(one: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    listed = one.get("questionnaire_responses")
    return [answer for answer in listed if isinstance(answer, Mapping)] if isinstance(listed, list) else []

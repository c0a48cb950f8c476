"""What Intercom sends, as rows of the standard tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any, Final

import pyarrow as pa

from deskbook.schema import Batch
from deskbook.sources.contract import Page
from deskbook.sources.html import plain_text
from deskbook.sources.intercom.parts import events, is_cut, messages, parts_of, role_of
from deskbook.sources.intercom.values import (
    CHANNELS,
    DELETED,
    PRIORITIES,
    STATES,
    Payload,
    Row,
    inner,
    listed,
    meant,
    moment,
    seconds_of,
    split,
    text_id,
)
from deskbook.sources.payloads import batch_of, payloads

CONVERSATIONS, CONTACTS, ADMINS, TEAMS = "conversations", "contacts", "admins", "teams"
GOOD: Final = 4
"""Of five: 4 and 5 count as good, as in Intercom's own CSAT."""
CUSTOMERS: Final = ("user", "lead", "contact", "visitor")
STATISTICS: Final = {
    "time_to_admin_reply": "first_reply_business_seconds",
    "time_to_first_close": "first_resolution_business_seconds",
    "time_to_last_close": "resolution_business_seconds",
    "median_time_to_reply": "median_reply_business_seconds",
    "time_to_assignment": "assignment_seconds",
}
"""Intercom's figures, in seconds, and what we call them; those of the first block leave out closed hours."""
MOMENTS: Final = {
    "first_admin_reply_at": "first_reply_seconds",
    "first_close_at": "first_resolution_seconds",
    "last_close_at": "resolution_seconds",
}
"""Intercom's moments; ours is the time from the conversation's beginning to each."""
Placed = Sequence[tuple[int, Payload]]


def normalised(page: Page, now: datetime) -> list[Batch]:
    """The batches of a page, by what its origin says it holds."""
    objects, names = split(payloads(page))
    make = MAKERS.get(page.origin.rpartition(" ")[2], _nothing)
    return make(objects, names, page, now)


def _nothing(objects: Placed, names: Payload, page: Page, now: datetime) -> list[Batch]:
    return []


def _conversations(objects: Placed, names: Payload, page: Page, now: datetime) -> list[Batch]:
    held = [(place, one) for place, one in objects if one.get("type") != DELETED]
    gone = [str(one["id"]) for _, one in objects if one.get("type") == DELETED]
    many: list[tuple[str, Callable[[Payload], Iterable[Row]]]] = [
        ("tickets", lambda one: [_ticket(one, names)]),
        ("messages", messages),
        ("events", events),
        ("satisfaction", _ratings),
        ("reported", _reported),
    ]
    batches = [_batch(table, held, made, page, now) for table, made in many]
    if gone:
        batches[0] = replace(batches[0], gone=pa.array(gone, pa.string()))
    return [one for one in batches if one.read or len(one.gone)]


def _batch(table: str, held: Placed, made: Callable[[Payload], Iterable[Row]], page: Page, now: datetime) -> Batch:
    rows: list[Row] = []
    of: list[int] = []
    for place, one in held:
        mine = list(made(one))
        rows += mine
        of += [place] * len(mine)
    return batch_of(table, rows, page, now, of=of)


def _ticket(one: Payload, names: Payload) -> Row:
    source = one.get("source")
    status = meant(STATES, one.get("state")) or _by_open(one)
    statistics = one.get("statistics")
    number = text_id(one.get("id"))
    app, host = names.get("app"), names.get("host")
    return {
        "id": number,
        "created_at": moment(one.get("created_at")),
        "subject": plain_text(one.get("title") or inner(source, "subject")),
        "status": status,
        "priority": meant(PRIORITIES, one.get("priority")),
        "channel": _channel(one),
        "team_id": text_id(one.get("team_assignee_id")),
        "agent_id": text_id(one.get("admin_assignee_id")),
        "customer_id": _customer_id(one),
        "tags": _tags(one, names),
        "custom": _custom(one) or None,
        # Messages tell the first reply, unless the oldest of them were not given.
        "first_reply_at": moment(inner(statistics, "first_admin_reply_at")) if is_cut(one) else None,
        "resolved_at": moment(inner(statistics, "last_close_at")) if status == "closed" else None,
        "updated_at": moment(one.get("updated_at")),
        "handling_seconds": _whole(inner(statistics, "adjusted_handling_time") or inner(statistics, "handling_time")),
        "created_by": role_of(inner(source, "author")) if inner(source, "author", "type") else None,
        "merged_into_id": _merged_into(one),
        "url": f"{host}/a/inbox/{app}/inbox/conversation/{number}" if app and host else None,
    }


def _by_open(one: Payload) -> str | None:
    """The status of a conversation whose state says nothing, as those of old versions."""
    if one.get("state") is not None or not isinstance(one.get("open"), bool):
        return None
    return "open" if one["open"] else "closed"


def _channel(one: Payload) -> str | None:
    told = inner(one, "channel", "initial") or inner(one, "source", "type")
    return CHANNELS.get(str(told).lower(), str(told)) if told else None


def _customer_id(one: Payload) -> str | None:
    for contact in listed(one, "contacts", "contacts"):
        return text_id(contact.get("id"))
    author = inner(one, "source", "author")
    return text_id(inner(author, "id")) if inner(author, "type") in CUSTOMERS else None


def _tags(one: Payload, names: Payload) -> list[str] | None:
    known = inner(names, "tags") or {}
    found = [tag.get("name") or known.get(str(tag.get("id"))) for tag in listed(one, "tags", "tags")]
    return [str(name) for name in found if name] or None


def _custom(one: Payload) -> dict[str, Any]:
    """Attributes by their title, and what Intercom knows besides."""
    held = one.get("custom_attributes")
    found = {str(name): value for name, value in held.items() if value is not None} if isinstance(held, dict) else {}
    more = {
        "SLA": inner(one, "sla_applied", "sla_name"),
        "SLA status": inner(one, "sla_applied", "sla_status"),
        "AI agent resolution": inner(one, "ai_agent", "resolution_state"),
        "AI agent rating": inner(one, "ai_agent", "rating"),
        "Parts missing": True if is_cut(one) else None,
    }
    return {**{name: value for name, value in more.items() if value not in (None, "")}, **found}


def _merged_into(one: Payload) -> str | None:
    """The conversation that this one was merged into, where Intercom links exactly one."""
    if not any(part.get("part_type") == "merged_secondary_conversation" for part in parts_of(one)):
        return None
    linked = [link for link in listed(one, "linked_objects", "data") if link.get("type") == "conversation"]
    return text_id(linked[0].get("id")) if len(linked) == 1 else None


def _ratings(one: Payload) -> Iterator[Row]:
    held = one.get("conversation_rating")
    if not isinstance(held, dict) or not any(held.get(name) is not None for name in ("rating", "created_at", "remark")):
        return
    score = held.get("rating")
    is_rated = isinstance(score, int | float)
    yield {
        "id": f"{text_id(one.get('id'))}-rating",
        "ticket_id": text_id(one.get("id")),
        "offered_at": moment(held.get("created_at")),
        "rated_at": moment(held.get("updated_at") or held.get("created_at")) if is_rated else None,
        "survey": "csat",
        "score": float(score) if isinstance(score, int | float) else None,
        "is_good": score >= GOOD if isinstance(score, int | float) else None,
        "comment": plain_text(held.get("remark")),
    }


def _reported(one: Payload) -> Iterator[Row]:
    held, begun = one.get("statistics"), seconds_of(one.get("created_at"))
    ticket = text_id(one.get("id"))
    figures = {measure: _whole(inner(held, name)) for name, measure in STATISTICS.items()}
    for name, measure in MOMENTS.items():
        ended = seconds_of(inner(held, name))
        figures[measure] = None if ended is None or begun is None else round(ended - begun)
    for measure, seconds in figures.items():
        if seconds is not None and seconds >= 0:
            yield {"id": f"{ticket}-{measure}", "ticket_id": ticket, "measure": measure, "reported_seconds": seconds}


def _whole(value: Any) -> int | None:
    return round(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _contacts(objects: Placed, names: Payload, page: Page, now: datetime) -> list[Batch]:
    return [_batch("customers", objects, lambda one: [_contact(one, names)], page, now)]


def _contact(one: Payload, names: Payload) -> Row:
    companies = inner(names, "companies") or {}
    known = [companies.get(str(held.get("id"))) for held in listed(one, "companies", "data")]
    company: Payload = next((held for held in known if held), {})
    own = one.get("custom_attributes")
    return {
        "id": text_id(one.get("id")),
        "name": one.get("name"),
        "email": one.get("email"),
        "company": company.get("name"),
        "segment": company.get("plan") or company.get("segment") or inner(own, "plan"),
        "country": _country(one.get("location")),
        "created_at": moment(one.get("signed_up_at") or one.get("created_at")),
    }


def _country(location: Any) -> str | None:
    """The ISO code, looked up by its English name where only that is told."""
    code, name = inner(location, "country_code"), inner(location, "country")
    return str(code) if code else _codes().get(str(name).lower())


@cache
def _codes() -> dict[str, str]:
    from babel import Locale

    return {name.lower(): code for code, name in Locale("en").territories.items() if code.isalpha()}


def _admins(objects: Placed, names: Payload, page: Page, now: datetime) -> list[Batch]:
    return [_batch("agents", objects, lambda one: [_admin(one)], page, now)]


def _admin(one: Payload) -> Row:
    teams = one.get("team_ids")
    seat = one.get("has_inbox_seat")
    return {
        "id": text_id(one.get("id")),
        "name": one.get("name"),
        "email": one.get("email"),
        "team_id": text_id(teams[0]) if isinstance(teams, list) and teams else None,
        "is_active": seat if isinstance(seat, bool) else None,
    }


def _teams(objects: Placed, names: Payload, page: Page, now: datetime) -> list[Batch]:
    return [_batch("teams", objects, lambda one: [{"id": text_id(one.get("id")), "name": one.get("name")}], page, now)]


MAKERS: Final[dict[str, Callable[[Placed, Payload, Page, datetime], list[Batch]]]] = {
    CONVERSATIONS: _conversations,
    CONTACTS: _contacts,
    ADMINS: _admins,
    TEAMS: _teams,
}

"""Standard rows of what Zendesk sent: each page by what it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import pyarrow as pa

from deskbook.schema import Batch
from deskbook.sources.contract import Page
from deskbook.sources.payloads import batch_of, payloads
from deskbook.sources.zendesk.histories import events, messages, promise
from deskbook.sources.zendesk.hours import policies, schedule
from deskbook.sources.zendesk.values import (
    AGENTS,
    CHANNELS,
    DELETED,
    FORMER,
    PRIORITIES,
    STATES,
    Payload,
    Row,
    inner,
    known,
    listed,
    split,
    text_id,
    whole,
)

Placed = list[tuple[int, Payload]]
Made = Callable[[Payload, Payload], Iterable[Row]]
FIGURES: Final = {
    "reply_time_in_minutes": "first_reply",
    "first_resolution_time_in_minutes": "first_resolution",
    "full_resolution_time_in_minutes": "resolution",
    "on_hold_time_in_minutes": "hold",
}
"""Of a metric set, and what we call the same."""
HOURS: Final = {"calendar": "seconds", "business": "business_seconds"}
GOOD: Final = {"good": True, "good_with_comment": True, "bad": False, "bad_with_comment": False}
MINUTE: Final = 60
FORM: Final = "Form"
"""What the form that a ticket was made with is called among its custom fields."""


def normalised(page: Page, now: datetime) -> list[Batch]:
    """A page as batches of standard tables."""
    objects, names = split(payloads(page))
    names = {**names, "agents": frozenset(names.get("agents") or ())}
    what = page.origin.partition(" ")[2]
    if what == "tickets":
        return _tickets(objects, names, page, now)
    return [_batch(table, objects, names, made, page, now) for table, made in MADE[what]]


def _tickets(objects: Placed, names: Payload, page: Page, now: datetime) -> list[Batch]:
    figures = [(place, one) for place, one in objects if _is_figures(one)]
    tickets = [(place, one) for place, one in objects if not _is_figures(one)]
    figures += [(at, {**one["metric_set"], "ticket_id": one.get("id")}) for at, one in tickets if _has_figures(one)]
    gone = [one for _, one in tickets if one.get("status") == DELETED]
    there = [(place, one) for place, one in tickets if one.get("status") != DELETED]
    solved = {str(one.get("ticket_id")): one.get("solved_at") for _, one in figures}
    batch = _batch("tickets", there, {**names, "solved": solved}, _ticket, page, now)
    if gone:
        ids = pa.array([str(one["id"]) for one in gone], pa.string())
        batch = replace(batch, gone=ids, gone_at=_last_change(gone))
    return [batch, _batch("reported", figures, names, _reported, page, now)]


def _is_figures(one: Payload) -> bool:
    return "ticket_id" in one and "reply_time_in_minutes" in one


def _has_figures(one: Payload) -> bool:
    """Whether a ticket brings its figures with it, as some answers have them."""
    return isinstance(one.get("metric_set"), Mapping)


def _last_change(gone: list[Payload]) -> datetime | None:
    """When the last of these was deleted; None where none of them says."""
    told = sorted(str(one["updated_at"]) for one in gone if one.get("updated_at"))
    return datetime.fromisoformat(told[-1].replace("Z", "+00:00")) if told else None


def _batch(table: str, objects: Placed, names: Payload, made: Made, page: Page, now: datetime) -> Batch:
    rows: list[Row] = []
    of: list[int] = []
    for place, one in objects:
        mine = list(made(one, names))
        rows += mine
        of += [place] * len(mine)
    return batch_of(table, rows, page, now, of=of)


def _ticket(one: Payload, names: Payload) -> Iterable[Row]:
    number = text_id(one.get("id"))
    custom = _custom(one, names)
    status = known(STATES, one.get("status"))
    yield {
        "id": number,
        "created_at": one.get("created_at"),
        "subject": one.get("subject") or one.get("raw_subject"),
        "status": status,
        "priority": known(PRIORITIES, one.get("priority")),
        "channel": _channel(one),
        "category": _category(custom, names),
        "team_id": text_id(one.get("group_id")),
        "agent_id": text_id(one.get("assignee_id")),
        "customer_id": text_id(one.get("requester_id")),
        "tags": [str(tag) for tag in one.get("tags") or ()] or None,
        "custom": custom or None,
        "resolved_at": names["solved"].get(str(number)) if status in ("solved", "closed") else None,
        "updated_at": one.get("updated_at"),
        "due_at": one.get("due_at"),
        "created_by": _created_by(one, names),
        "merged_into_id": inner(names, "merged", str(number)),
        "url": f"{names['address']}/agent/tickets/{number}" if names.get("address") else None,
    }


def _channel(one: Payload) -> str | None:
    told = inner(one, "via", "channel")
    return CHANNELS.get(str(told).lower(), str(told)) if told else None


def _custom(one: Payload, names: Payload) -> dict[str, Any]:
    """Custom fields by their title; one that the account does not list keeps its number."""
    titles: Mapping[str, str] = names.get("fields") or {}
    found: dict[str, Any] = {}
    for each in listed(one, "custom_fields"):
        value, number = each.get("value"), str(each.get("id"))
        if value not in (None, "", []):
            title = titles.get(number, number)
            found[title if title not in found else f"{title} ({number})"] = value
    form = inner(names, "forms", str(one.get("ticket_form_id")))
    return found | ({FORM: form} if form and FORM not in found else {})


def _category(custom: Mapping[str, Any], names: Payload) -> str | None:
    value = custom.get(str(names.get("category") or ""))
    return None if value is None else str(value)


def _created_by(one: Payload, names: Payload) -> str | None:
    """An agent who wrote it for somebody; else the first message tells."""
    submitter, requester = text_id(one.get("submitter_id")), text_id(one.get("requester_id"))
    if submitter and submitter != requester and submitter in (names.get("agents") or ()):
        return "agent"
    return None


def _reported(one: Payload, names: Payload) -> Iterable[Row]:
    ticket = text_id(one.get("ticket_id"))
    for name, measure in FIGURES.items():
        for hours, unit in HOURS.items():
            seconds = whole(inner(one, name, hours), MINUTE)
            if ticket and seconds is not None:
                called = f"{measure}_{unit}"
                yield {
                    "id": f"{ticket}-{called}",
                    "ticket_id": ticket,
                    "measure": called,
                    "reported_seconds": seconds,
                }


def _agent(one: Payload, names: Payload) -> Iterable[Row]:
    if one.get("role") in AGENTS:
        is_active = bool(one.get("active", True)) and not one.get("suspended")
        team = text_id(one.get("default_group_id"))
        told = {"name": one.get("name"), "email": one.get("email"), "team_id": team, "is_active": is_active}
        yield {"id": text_id(one.get("id")), **told}


def _former(one: Payload, names: Payload) -> Iterable[Row]:
    """Somebody who is no agent any more; with a name, since tickets and messages go by it."""
    if one.get("role") not in AGENTS:
        yield {"id": text_id(one.get("id")), "name": one.get("name"), "email": one.get("email"), "is_active": False}


def _customer(one: Payload, names: Payload) -> Iterable[Row]:
    if one.get("role") in AGENTS:
        return
    company = inner(names, "organizations", str(one.get("organization_id")))
    yield {
        "id": text_id(one.get("id")),
        "name": one.get("name"),
        "email": one.get("email"),
        "company": company,
        "segment": inner(one, "user_fields", "segment") or inner(one, "user_fields", "plan"),
        "created_at": one.get("created_at"),
    }


def _team(one: Payload, names: Payload) -> Iterable[Row]:
    yield {"id": text_id(one.get("id")), "name": one.get("name") or text_id(one.get("id"))}


def _rating(one: Payload, names: Payload) -> Iterable[Row]:
    is_good = GOOD.get(str(one.get("score") or "").lower())
    yield {
        "id": text_id(one.get("id")),
        "ticket_id": text_id(one.get("ticket_id")),
        "offered_at": one.get("created_at"),
        "rated_at": None if is_good is None else one.get("updated_at"),
        "survey": "csat",
        "is_good": is_good,
        "comment": one.get("comment"),
    }


MADE: Final[Mapping[str, tuple[tuple[str, Made], ...]]] = {
    "groups": (("teams", _team),),
    "agents": (("agents", _agent),),
    FORMER: (("agents", _former),),
    "users": (("customers", _customer),),
    "events": (("messages", messages), ("events", events)),
    "promises": (("events", promise),),
    "ratings": (("satisfaction", _rating),),
    "sla policies": (("sla_policies", policies),),
    "schedules": (("schedules", schedule),),
}

"""Zendesk's REST API over plain records: exports by cursor, comments, audits, limits and refusals as Zendesk has them.

An ASGI application for trying the connector without an account: `app(records(folder))`.
"""

from __future__ import annotations

import base64
import binascii
import re
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from deskbook.samples.served.zendesk_paging import (
    MOST_LISTED,
    Refused,
    Row,
    export,
    listed,
    query_of,
    seconds,
    stamp,
    timed,
)
from deskbook.samples.served.zendesk_records import records

TOKEN: Final = "sandbox"
MOST_EXPORTED: Final = 1_000
MOST_SHOWN: Final = 100
MINUTE: Final = 60
LATEST: Final = 4_000_000_000
PEOPLE: Final = ("requester_id", "submitter_id", "assignee_id")
SIDELOADS: Final = {
    "users": ("users", PEOPLE),
    "groups": ("groups", ("group_id",)),
    "organizations": ("organizations", ("organization_id",)),
    "metric_sets": ("metric_sets", ("id",)),
}
"""What comes along with tickets -> the records it is of, and the tickets' fields that name them."""
NOT_FOUND: Final = {"error": "RecordNotFound", "description": "Not found"}
FORBIDDEN: Final = {
    "error": {
        "title": "Forbidden",
        "message": "You do not have access to this page. Please contact the account owner of this help desk for help.",
    }
}


@dataclass
class _Desk:
    """An account as the server knows it, and what it was asked within the last minute."""

    records: Mapping[str, Any]
    token: str
    page: int
    limits: Mapping[str, int]
    closed: Collection[str]
    now: Callable[[], float]
    asked: dict[str, deque[float]] = field(default_factory=dict)
    audits: tuple[Any, list[Row]] | None = None


def app(
    records: Mapping[str, Any],
    *,
    token: str = TOKEN,
    page: int = MOST_EXPORTED,
    limits: Mapping[str, int] | None = None,
    closed: Collection[str] = (),
    now: Callable[[], float] = time.time,
) -> Starlette:
    """Zendesk's API over records in its wire format, which may change while they are served.

    Args:
        records: `tickets`, `users`, `groups`, `organizations` and `ticket_fields` by id; `comments`, `audits` and
            `metric_sets` by ticket; `holidays` by schedule; lists of `ticket_metric_events`, `sla_policies`,
            `schedules` and `satisfaction_ratings`. What is absent is empty.
        token: the API token of any agent, and the access token, that is let in.
        page: rows that an export gives at most; lists give 100, or as many as this if it is fewer.
        limits: requests a minute, `incremental` for exports and `account` for all; none for what is absent.
        closed: beginnings of paths below /api/v2/ that the plan lacks; they are answered with 403.
        now: the server's time, seconds since 1970.
    """
    desk = _Desk(records, token, page, limits or {}, closed, now)

    async def answer(request: Request) -> Response:
        headers: dict[str, str] = {}
        try:
            _let_in(desk, request.headers.get("authorization", ""))
            path = str(request.path_params["path"]).removesuffix(".json")
            headers = _count(desk, "incremental" if path.startswith("incremental/") else "account")
            if path.startswith(tuple(desk.closed) or ("!",)):
                raise Refused(403, FORBIDDEN)
            return JSONResponse(_answered(desk, path, request.url), headers=headers)
        except Refused as refused:
            headers |= refused.headers
            if isinstance(refused.body, str):
                return PlainTextResponse(refused.body, refused.status, headers)
            return JSONResponse(refused.body, refused.status, headers)

    return Starlette(routes=[Route("/api/v2/{path:path}", answer)])


def _let_in(desk: _Desk, authorization: str) -> None:
    kind, _, given = authorization.partition(" ")
    if kind == "Basic":
        try:
            user, _, given = base64.b64decode(given).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            user, given = "", ""
        given = given if user.endswith("/token") else ""
    if given != desk.token:
        raise Refused(401, {"error": "Couldn't authenticate you"})


def _count(desk: _Desk, lane: str) -> dict[str, str]:
    """Count a request against its lane; the headers that tell what is left of the minute."""
    most = desk.limits.get(lane)
    if not most:
        return {}
    asked, now = desk.asked.setdefault(lane, deque()), desk.now()
    while asked and asked[0] <= now - MINUTE:
        asked.popleft()
    is_over = len(asked) >= most
    if not is_over:
        asked.append(now)
    left, wait = most - len(asked), max(1, round(asked[0] + MINUTE - now))
    headers = {"x-rate-limit": most, "x-rate-limit-remaining": left}
    headers |= {"ratelimit-limit": most, "ratelimit-remaining": left, "ratelimit-reset": wait}
    told = {name: str(value) for name, value in headers.items()}
    if lane == "incremental":
        told["zendesk-ratelimit-incremental-exports"] = f"total={most}; remaining={left}; resets={wait}"
    if is_over:
        raise Refused(429, "Too many requests", {**told, "retry-after": str(wait)})
    return told


def _answered(desk: _Desk, path: str, url: URL) -> Row:
    for pattern, answer in ROUTES.items():
        found = re.fullmatch(pattern, path)
        if found:
            return answer(desk, url, *found.groups())
    raise Refused(404, {"error": "InvalidEndpoint", "description": "Not found"})


def _tickets(desk: _Desk, url: URL) -> Row:
    rows: Iterable[Row] = desk.records.get("tickets", {}).values()
    asked = query_of(url)
    if asked.get("exclude_deleted") == "true":
        rows = [one for one in rows if one.get("status") != "deleted"]
    made = export(url, "tickets", list(rows), "generated_timestamp", now=desk.now(), most=desk.page)
    return _beside(desk, made, asked.get("include", ""))


def _beside(desk: _Desk, made: Row, include: str) -> Row:
    """A page of tickets with what is asked for along with it, each thing once."""
    wanted = include.split(",")
    for name in wanted:
        if name in SIDELOADS:
            table, fields = SIDELOADS[name]
            held = desk.records.get(table, {})
            keys = dict.fromkeys(ticket.get(one) for ticket in made["tickets"] for one in fields)
            made[name] = [held[key] for key in keys if key in held]
    if "comment_count" in wanted:
        counts = desk.records.get("comments", {})
        made["tickets"] = [{**one, "comment_count": len(counts.get(one["id"], ()))} for one in made["tickets"]]
    return made


def _changed_users(desk: _Desk, url: URL) -> Row:
    rows = desk.records.get("users", {}).values()
    return export(url, "users", rows, "updated_at", now=desk.now(), most=desk.page)


def _metric_events(desk: _Desk, url: URL) -> Row:
    rows = desk.records.get("ticket_metric_events", [])
    return timed(url, "ticket_metric_events", rows, "time", now=desk.now(), most=desk.page)


def _ticket_events(desk: _Desk, url: URL) -> Row:
    """What happened to all tickets: their audits in the form of the export, the text of comments where asked for."""
    with_text = "comment_events" in query_of(url).get("include", "").split(",")
    made = timed(url, "ticket_events", _all_audits(desk), "created_at", now=desk.now(), most=desk.page)
    made["ticket_events"] = [_as_event(one, with_text) for one in made["ticket_events"]]
    return {**made, "end_of_stream": made["count"] < desk.page}


def _all_audits(desk: _Desk) -> list[Row]:
    """The audits of all tickets in the order of their moments; of a sample desk sorted once, as it has many."""
    held = desk.records.get("audits", {})
    version = getattr(held, "version", None)
    if version is None or desk.audits is None or desk.audits[0] != version:
        found = sorted((one for each in held.values() for one in each), key=lambda one: (one["created_at"], one["id"]))
        desk.audits = (version, found)
    return desk.audits[1]


def _as_event(audit: Row, with_text: bool) -> Row:
    """An audit as the export has it: parts are keyed by the field they change."""
    parts = []
    for part in audit["events"]:
        told = {"id": part["id"], "event_type": part["type"], "via": audit.get("via", {}).get("channel")}
        if part["type"] == "Comment":
            text = {"body": part.get("body"), "plain_body": part.get("plain_body")} if with_text else {}
            told |= {"public": part.get("public"), "author_id": part.get("author_id"), **text}
        elif "field_name" in part:
            told |= {part["field_name"]: part.get("value"), "previous_value": part.get("previous_value")}
        parts.append(told)
    moment = audit["created_at"]
    by = {"updater_id": audit.get("author_id"), "via": audit.get("via", {}).get("channel")}
    kept = {"id": audit["id"], "ticket_id": audit["ticket_id"], "timestamp": int(seconds(moment))}
    return {**kept, "created_at": moment, **by, "event_type": "Audit", "child_events": parts}


def _people(desk: _Desk, url: URL) -> Row:
    """Users, of the roles that are asked for."""
    roles = {value for name, value in parse_qsl(url.query) if name in ("role[]", "role")}
    rows = [one for one in desk.records.get("users", {}).values() if not roles or one["role"] in roles]
    return listed(url, "users", rows, most=min(desk.page, MOST_LISTED))


def _shown_people(desk: _Desk, url: URL) -> Row:
    held = desk.records.get("users", {})
    ids = [int(one) for one in _ids(url, "users")]
    return {"users": [held[one] for one in ids if one in held], "next_page": None, "previous_page": None}


def _ids(url: URL, what: str) -> list[str]:
    """The numbers that are asked for.

    Raises:
        Refused: none, too many, or one that is none.
    """
    ids = [one for one in query_of(url).get("ids", "").split(",") if one]
    if not ids or len(ids) > MOST_SHOWN or not all(one.isdigit() for one in ids):
        told = f"ids must be 1 to {MOST_SHOWN} numbers of {what}, parted by commas"
        raise Refused(400, {"error": "InvalidValue", "description": told})
    return ids


def _all(name: str) -> Callable[..., Row]:
    def answered(desk: _Desk, url: URL) -> Row:
        held = desk.records.get(name, ())
        rows = list(held.values() if isinstance(held, Mapping) else held)
        return listed(url, name, rows, most=min(desk.page, MOST_LISTED))

    return answered


def _holidays(desk: _Desk, url: URL, schedule: str) -> Row:
    if int(schedule) not in {one["id"] for one in desk.records.get("schedules", ())}:
        raise Refused(404, NOT_FOUND)
    return {"holidays": desk.records.get("holidays", {}).get(int(schedule), [])}


def _ratings(desk: _Desk, url: URL) -> Row:
    asked = query_of(url)
    begin, end = stamp(float(asked.get("start_time") or 0)), stamp(float(asked.get("end_time") or LATEST))
    rows = [one for one in desk.records.get("satisfaction_ratings", ()) if begin <= one["updated_at"] <= end]
    if "score" in asked:
        rows = [one for one in rows if str(one["score"]).startswith(asked["score"])]
    return listed(url, "satisfaction_ratings", rows, most=min(desk.page, MOST_LISTED))


def _of_ticket(name: str) -> Callable[..., Row]:
    def answered(desk: _Desk, url: URL, number: str) -> Row:
        ticket = desk.records.get("tickets", {}).get(int(number))
        if ticket is None or ticket.get("status") == "deleted":
            raise Refused(404, NOT_FOUND)
        rows = desk.records.get(name, {}).get(int(number), ())
        made = listed(url, name, rows, most=min(desk.page, MOST_LISTED))
        if "users" in query_of(url).get("include", "").split(","):
            held, authors = desk.records.get("users", {}), dict.fromkeys(one["author_id"] for one in made[name])
            made["users"] = [held[one] for one in authors if one in held]
        return made

    return answered


def _shown(desk: _Desk, url: URL) -> Row:
    asked = query_of(url)
    ids = _ids(url, "tickets")
    held = desk.records.get("tickets", {})
    there = [held[int(one)] for one in ids if int(one) in held]
    rows = [one for one in there if one.get("status") != "deleted"]
    made = {"tickets": rows, "count": len(rows), "next_page": None, "previous_page": None}
    return _beside(desk, made, asked.get("include", ""))


ROUTES: Final[Mapping[str, Callable[..., Row]]] = {
    r"incremental/tickets/cursor": _tickets,
    r"incremental/users/cursor": _changed_users,
    r"incremental/ticket_events": _ticket_events,
    r"incremental/ticket_metric_events": _metric_events,
    r"users": _people,
    r"users/show_many": _shown_people,
    r"groups": _all("groups"),
    r"organizations": _all("organizations"),
    r"ticket_fields": _all("ticket_fields"),
    r"ticket_forms": _all("ticket_forms"),
    r"slas/policies": _all("sla_policies"),
    r"business_hours/schedules": _all("schedules"),
    r"business_hours/schedules/(\d+)/holidays": _holidays,
    r"satisfaction_ratings": _ratings,
    r"tickets/(\d+)/comments": _of_ticket("comments"),
    r"tickets/(\d+)/audits": _of_ticket("audits"),
    r"tickets/show_many": _shown,
}
"""Path below /api/v2/, without .json -> who answers."""

__all__ = ["TOKEN", "Refused", "app", "records"]

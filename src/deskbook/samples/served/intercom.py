"""Intercom's REST API over plain records: paging, searches by calendar day, scrolls and limits as Intercom has them.

An ASGI application for trying the connector without an account: `app(records(folder))`.
"""

from __future__ import annotations

import base64
import json
import time
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deskbook.samples.served.intercom_records import records

Thing = dict[str, Any]
WINDOW_SECONDS: Final = 10
MOST_ROWS: Final = 150
MOST_PARTS: Final = 500
SCROLL_ROWS: Final = 100
SCROLL_SECONDS: Final = 60
MOST_FILTERS, MOST_NESTED = 15, 2
DATES: Final = ("created_at", "updated_at")
CODES: Final = {400: "parameter_invalid", 401: "unauthorized", 403: "forbidden", 404: "not_found"} | {
    429: "rate_limit_exceeded"
}


class Refused(Exception):
    """A request that is answered with an error."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


@dataclass
class Workspace:
    """A workspace's records, as the API holds them.

    Attributes:
        conversations, contacts, companies: by id; conversations with all their parts, whatever the API gives of them.
        deleted: what /conversations/deleted lists.
        zone: whose calendar days searches go by.
        limit: requests in ten seconds; 0 for no bound.
        closed: beginnings of paths that the app has no permission for.
        now: the server's time, seconds since 1970.
    """

    conversations: dict[str, Thing] = field(default_factory=dict)
    contacts: dict[str, Thing] = field(default_factory=dict)
    companies: dict[str, Thing] = field(default_factory=dict)
    admins: list[Thing] = field(default_factory=list)
    teams: list[Thing] = field(default_factory=list)
    tags: list[Thing] = field(default_factory=list)
    segments: list[Thing] = field(default_factory=list)
    deleted: list[Thing] = field(default_factory=list)
    token: str = "sandbox"
    zone: str = "UTC"
    region: str = "US"
    limit: int = 1_666
    closed: tuple[str, ...] = ()
    now: Callable[[], float] = time.time
    _version: int = 0
    _found: dict[str, tuple[int, list[Thing]]] = field(default_factory=dict)
    _window: tuple[int, int] = (0, 0)
    _scroll: tuple[str, int, float] | None = None
    _scrolls: int = 0

    def put(self, conversation: Thing) -> None:
        """Add a conversation, or change it."""
        self.conversations[str(conversation["id"])] = conversation
        self._version += 1

    def put_contact(self, contact: Thing) -> None:
        """Add a contact, or change it."""
        self.contacts[str(contact["id"])] = contact
        self._version += 1

    def delete(self, number: str) -> None:
        """Delete a conversation."""
        del self.conversations[number]
        told = {"type": "conversation", "id": number, "metrics_retained": False, "deleted_at": int(self.now())}
        self.deleted.append(told)
        self._version += 1

    def counted(self) -> tuple[int, int]:
        """Count a request: what is left of the window, below 0 where none is, and when the next one begins."""
        at = int(self.now()) // WINDOW_SECONDS
        used = self._window[1] + 1 if self._window[0] == at else 1
        self._window = (at, used)
        return self.limit - used, (at + 1) * WINDOW_SECONDS

    def found(self, name: str, query: Any) -> list[Thing]:
        """Things that a query finds, the last changed last."""
        key = f"{name} {json.dumps(query, sort_keys=True)}"
        held = self._found.get(key)
        if held is None or held[0] != self._version:
            things = self.conversations if name == "conversations" else self.contacts
            rows = [one for one in things.values() if query is None or self._fits(one, query, 0)]
            held = (self._version, sorted(rows, key=_order))
            self._found = {key: held} if len(self._found) > 4 else {**self._found, key: held}
        return held[1]

    def _fits(self, one: Thing, query: Any, depth: int) -> bool:
        if not isinstance(query, Mapping):
            raise Refused(400, "query must be an object")
        if "field" in query:
            return self._meets(one, query)
        parts, operator = query.get("value"), query.get("operator")
        if operator not in ("AND", "OR") or not isinstance(parts, list):
            raise Refused(400, "query wants a field, or AND / OR over a list")
        if len(parts) > MOST_FILTERS or depth >= MOST_NESTED:
            raise Refused(400, "too many filters, or nested too deep")
        met = [self._fits(one, part, depth + 1) for part in parts]
        return all(met) if operator == "AND" else any(met)

    def _meets(self, one: Thing, query: Mapping[str, Any]) -> bool:
        name, operator, wanted = query["field"], query.get("operator"), query.get("value")
        if name not in DATES:
            raise Refused(400, f"the sandbox searches by {' and '.join(DATES)} only, not by {name}")
        if operator not in ("=", "<", ">"):
            raise Refused(400, f"operator {operator} is not supported on Date fields")
        if one.get(name) is None:
            return False
        begin, end = self._day(float(wanted or 0))
        at = _seconds(one[name])
        return bool({">": at >= end, "<": at < begin, "=": begin <= at < end}[operator])

    def _day(self, moment: float) -> tuple[float, float]:
        """The calendar day that a moment lies in."""
        zone = ZoneInfo(self.zone)
        day = datetime.fromtimestamp(moment, zone).replace(hour=0, minute=0, second=0, microsecond=0)
        return day.timestamp(), (day + timedelta(days=1)).timestamp()

    def scrolled(self, param: str | None) -> Thing:
        """The next companies of a scroll; a second scroll beside one that is in use is refused."""
        now, held = self.now(), self._scroll
        if held and now - held[2] > SCROLL_SECONDS:
            held = self._scroll = None
        if param is None:
            if held:
                raise Refused(400, "scroll already exists for this workspace")
            self._scrolls += 1
            held = (f"scroll-{self._scrolls}", 0, now)
        elif held is None or param != held[0]:
            raise Refused(400, "scroll parameter not found")
        name, start, _ = held
        rows = list(self.companies.values())[start : start + SCROLL_ROWS]
        self._scroll = (name, start + len(rows), now) if rows else None
        return {"type": "list", "data": rows, "pages": None, "total_count": None, "scroll_param": name}


def _seconds(value: Any) -> float:
    return float(value) / (1_000 if abs(float(value)) >= 1e11 else 1)


def _order(one: Thing) -> tuple[float, str]:
    return _seconds(one.get("updated_at") or one.get("created_at") or 0), str(one["id"])


def app(held: Workspace) -> Starlette:
    """The API of a workspace."""
    routes = [
        Route("/me", _answer(held, _me)),
        Route("/admins", _answer(held, lambda own, _: {"type": "admin.list", "admins": own.admins})),
        Route("/teams", _answer(held, lambda own, _: {"type": "team.list", "teams": own.teams})),
        Route("/tags", _answer(held, lambda own, _: {"type": "list", "data": own.tags})),
        Route("/segments", _answer(held, lambda own, _: {"type": "segment.list", "segments": own.segments})),
        Route("/companies/scroll", _answer(held, lambda own, asked: own.scrolled(asked.get("scroll_param")))),
        Route("/companies/{id}", _answer(held, lambda own, asked: _one(own.companies, asked["id"]))),
        Route("/contacts", _answer(held, lambda own, asked: _listed(own, "contacts", None, asked))),
        Route("/contacts/search", _answer(held, lambda own, asked: _search(own, "contacts", asked)), methods=["POST"]),
        Route("/contacts/{id}", _answer(held, lambda own, asked: _one(own.contacts, asked["id"]))),
        Route("/conversations", _answer(held, lambda own, asked: _listed(own, "conversations", None, asked))),
        Route("/conversations/search", _answer(held, _conversations), methods=["POST"]),
        Route("/conversations/deleted", _answer(held, _deleted)),
        Route("/conversations/{id}", _answer(held, _conversation)),
    ]

    return Starlette(routes=routes, middleware=[Middleware(_Guard, held=held)])


class _Guard:
    """Counts requests, and lets in who has the token and the permission."""

    def __init__(self, app: ASGIApp, held: Workspace) -> None:
        self._inner, self._held = app, held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        request, held = Request(scope), self._held
        left, reset = held.counted()
        limits = {"x-ratelimit-limit": held.limit, "x-ratelimit-remaining": max(0, left), "x-ratelimit-reset": reset}
        told = {name: str(value) for name, value in limits.items()} if held.limit else {}

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(told)
            await send(message)

        answer: ASGIApp = self._inner
        if held.limit and left < 0:
            answer = _error(429, "Exceeded rate limit")
        elif request.headers.get("authorization") != f"Bearer {held.token}":
            answer = _error(401, "Access Token Invalid")
        elif request.url.path.startswith(held.closed or ("!",)):
            answer = _error(403, "Access Token lacks the permission")
        await answer(scope, receive, counted)


def _answer(held: Workspace, make: Callable[[Workspace, Thing], Thing]) -> Callable[[Request], Any]:
    async def answered(request: Request) -> Response:
        asked: Thing = {**request.query_params, **request.path_params}
        try:
            if request.method == "POST":
                asked |= await request.json()
            return JSONResponse(make(held, asked))
        except Refused as error:
            return _error(error.status, error.message)
        except (ValueError, TypeError) as error:
            return _error(400, str(error))

    return answered


def _error(status: int, message: str) -> Response:
    told = {"type": "error.list", "request_id": "sandbox", "errors": [{"code": CODES[status], "message": message}]}
    return JSONResponse(told, status)


def _me(own: Workspace, asked: Thing) -> Thing:
    me = own.admins[0] if own.admins else {"type": "admin", "id": "1", "name": "Sandbox"}
    return {**me, "app": {"type": "app", "id_code": "sandbox", "timezone": own.zone, "region": own.region}}


def _one(things: Mapping[str, Thing], number: str) -> Thing:
    if number not in things:
        raise Refused(404, "Resource Not Found")
    return things[number]


def _conversation(own: Workspace, asked: Thing) -> Thing:
    whole = _one(own.conversations, asked["id"])
    parts = whole["conversation_parts"]["conversation_parts"]
    given = {"type": "conversation_part.list", "conversation_parts": parts[-MOST_PARTS:], "total_count": len(parts)}
    return {**whole, "conversation_parts": given}


def _search(own: Workspace, name: str, asked: Thing) -> Thing:
    if "query" not in asked:
        raise Refused(400, "query is missing")
    return _listed(own, name, asked["query"], asked.get("pagination") or {})


def _conversations(own: Workspace, asked: Thing) -> Thing:
    return _search(own, "conversations", asked)


def _listed(own: Workspace, name: str, query: Any, paging: Thing) -> Thing:
    size = int(paging.get("per_page", 20))
    if not 1 <= size <= MOST_ROWS:
        raise Refused(400, f"per_page must be between 1 and {MOST_ROWS}")
    after = paging.get("starting_after")
    rows = own.found(name, query)
    total, page, end = len(rows), 1, len(rows)
    if after:
        # Where the last page ended, not how many rows it had: what changes meanwhile moves to the front.
        at, number, page = json.loads(base64.urlsafe_b64decode(after))
        end = bisect_left(rows, (at, number), key=_order)
    begin = max(0, end - size)
    given = rows[begin:end][::-1]
    pages: Thing = {"type": "pages", "page": page, "per_page": size, "total_pages": -(-total // size) or 1}
    if begin:
        onward = base64.urlsafe_b64encode(json.dumps([*_order(given[-1]), page + 1]).encode()).decode()
        pages["next"] = {"page": page + 1, "starting_after": onward}
    is_conversations = name == "conversations"
    bare = [{key: value for key, value in one.items() if key != "conversation_parts"} for one in given]
    kind, place = ("conversation.list", "conversations") if is_conversations else ("list", "data")
    return {"type": kind, place: bare, "total_count": total, "pages": pages}


def _deleted(own: Workspace, asked: Thing) -> Thing:
    page, size = int(asked.get("page", 1)), min(int(asked.get("per_page", 20)), 60)
    rows = sorted(own.deleted, key=lambda one: one["deleted_at"], reverse=asked.get("order") != "asc")
    pages = {"type": "pages", "page": page, "per_page": size, "total_pages": -(-len(rows) // size) or 1}
    given = rows[(page - 1) * size : page * size]
    return {"type": "conversations.list", "conversations": given, "total_count": len(rows), "pages": pages}


__all__ = ["Refused", "Workspace", "app", "records"]

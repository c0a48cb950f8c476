"""A desk's API that no connector knows: tickets and their comments, paged in every way there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from deskbook.sources import Entry
from tests.fakes.web import Faulty

BASE = "https://desk.example/api"
SIZE = 4


def tickets(count: int) -> list[dict[str, Any]]:
    """Tickets in the order they changed, one a minute."""
    begun = datetime(2026, 10, 1)
    return [
        {
            "id": n,
            "subject": f"Ticket {n}",
            "state": ("open", "solved")[n % 2],
            "created_at": f"{(begun + timedelta(minutes=n)).isoformat()}Z",
            "updated_at": f"{(begun + timedelta(days=1, minutes=n)).isoformat()}Z",
        }
        for n in range(1, count + 1)
    ]


@dataclass
class Desk:
    """What the API holds.

    Attributes:
        comments: ticket id -> texts.
    """

    tickets: list[dict[str, Any]] = field(default_factory=lambda: tickets(10))
    comments: dict[int, list[str]] = field(default_factory=lambda: {n: [f"a{n}", f"b{n}"] for n in range(1, 11)})

    def since(self, request: Request) -> list[dict[str, Any]]:
        """The tickets from the moment asked for."""
        begin = request.query_params.get("since", "")
        return [one for one in self.tickets if (one["updated_at"] or begin) >= begin]


def _as_xml(found: list[dict[str, Any]], page: int) -> str:
    """A page of tickets as XML with a namespace, and the address of the next one."""
    rows = "".join(
        f'<d:ticket id="{one["id"]}"><d:subject>{escape(one["subject"])}</d:subject><state>{one["state"]}</state>'
        f"<created>{one['created_at']}</created></d:ticket>"
        for one in found[(page - 1) * SIZE : page * SIZE]
    )
    more = f'<next href="{BASE}/xml?page={page + 1}"/>' if page * SIZE < len(found) else ""
    return f'<d:answer xmlns:d="urn:desk"><d:tickets>{rows}</d:tickets>{more}</d:answer>'


def app(desk: Desk) -> Starlette:
    """The API."""

    async def link(request: Request) -> Response:
        page, found = int(request.query_params.get("page", 1)), desk.since(request)
        query = f"?{request.url.include_query_params(page=page + 1).query}"
        head = {"link": f'<{query}>; rel="next"'} if page * SIZE < len(found) else {}
        return JSONResponse(found[(page - 1) * SIZE : page * SIZE], headers=head)

    async def address(request: Request) -> Response:
        page, found = int(request.query_params.get("page", 1)), desk.since(request)
        url = str(request.url.include_query_params(page=page + 1)) if page * SIZE < len(found) else None
        return JSONResponse({"items": found[(page - 1) * SIZE : page * SIZE], "paging": {"after": url}})

    async def cursor(request: Request) -> Response:
        body = await request.json() if request.method == "POST" else request.query_params
        at, found = int(body.get("after") or 0), desk.since(request)
        more = str(at + SIZE) if at + SIZE < len(found) else ""
        return JSONResponse(
            {"data": {"rows": found[at : at + SIZE]}, "cursors": {"next": more}}, headers={"x-at": more}
        )

    async def offset(request: Request) -> Response:
        at, limit, found = int(request.query_params["skip"]), int(request.query_params["top"]), desk.since(request)
        return JSONResponse({"items": found[at : at + min(limit, SIZE)], "total": len(found)})

    async def number(request: Request) -> Response:
        page, found = int(request.query_params["page"]), desk.since(request)
        return JSONResponse({"items": found[(page - 1) * SIZE : page * SIZE]})

    async def same(request: Request) -> Response:
        return JSONResponse({"items": desk.tickets[:SIZE]})

    async def xml(request: Request) -> Response:
        page, found = int(request.query_params.get("page", 1)), desk.since(request)
        return Response(_as_xml(found, page), media_type="application/xml")

    async def comments(request: Request) -> Response:
        held = desk.comments.get(int(request.path_params["ticket"]))
        if held is None:
            return JSONResponse({"error": "gone"}, 404)
        texts = [{"id": f"{request.path_params['ticket']}-{n}", "text": text} for n, text in enumerate(held)]
        return JSONResponse({"comments": texts})

    ways = {"link": link, "address": address, "offset": offset, "number": number, "same": same, "xml": xml}
    routes = [Route(f"/api/{name}", way) for name, way in ways.items()]
    routes += [Route("/api/cursor", cursor, methods=["GET", "POST"])]
    return Starlette(routes=[*routes, Route("/api/tickets/{ticket}/comments", comments)])


PAGE_ROWS = 5
TOKEN = "a-secret-token"
TABLES = {
    "tickets": {
        "resource": "tickets",
        "id": "id",
        "created_at": "created_at",
        "updated_at": "updated_at",
        "status": "state",
    },
    "messages": {
        "resource": "comments",
        "id": "id",
        "ticket_id": "_tickets_id",
        "sent_at": "_tickets_created_at",
        "text": "text",
        "author_role": {"value": "customer"},
    },
}


class RestDesk:
    """The desk behind a token, its tickets by a cursor that holds though they change: a fake like every vendor's."""

    page_requests = 1 + PAGE_ROWS

    def __init__(self, time: Callable[[], datetime]) -> None:
        self._desk, self._time, self._is_open = Desk(tickets(23)), time, True
        self._desk.comments = {n: [f"a{n}", f"b{n}"] for n in range(1, 24)}
        inner = app(self._desk)
        inner.router.routes.insert(0, Route("/api/tickets", self._tickets))
        self.app = Faulty(self._guarded(inner), time)

    def _guarded(self, inner: ASGIApp) -> ASGIApp:
        async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
            given = dict(scope["headers"]).get(b"authorization", b"").decode()
            is_in = self._is_open and given == f"Bearer {TOKEN}"
            await (inner if is_in else JSONResponse({"error": "unknown token"}, 401))(scope, receive, send)

        return guarded

    async def _tickets(self, request: Request) -> Response:
        since, after = request.query_params.get("since", ""), request.query_params.get("after", "")
        order = sorted((one["updated_at"], one["id"], one) for one in self._desk.tickets)
        found = [one for one in order if one[0] >= since and f"{one[0]} {one[1]:03d}" > after]
        page = found[:PAGE_ROWS]
        more = f"{page[-1][0]} {page[-1][1]:03d}" if len(found) > PAGE_ROWS else None
        return JSONResponse({"items": [one for *_, one in page], "next": {"cursor": more}})

    def entry(self, base_url: str) -> Entry:
        client = {"base_url": f"{base_url}/api", "auth": {"type": "bearer", "token": TOKEN}}
        new = {"cursor_path": "updated_at", "start_param": "since", "lag": 60}
        cursor = {"type": "cursor", "cursor_path": "next.cursor", "cursor_param": "after"}
        listed = {"path": "tickets", "data_selector": "items", "incremental": new, "paginator": cursor}
        comments = {"path": "tickets/{resources.tickets.id}/comments"}
        resources = [
            {"name": "tickets", "endpoint": listed},
            {"name": "comments", "endpoint": comments, "include_from_parent": ["created_at"]},
        ]
        options = {"client": client, "resources": resources}
        return Entry(name="desk", kind="rest", source="desk", mapping={"tables": TABLES}, options=options)

    def expected(self) -> Mapping[str, set[str]]:
        messages = {f"{one}-{n}" for one, texts in self._desk.comments.items() for n in range(len(texts))}
        return {"tickets": {str(one["id"]) for one in self._desk.tickets}, "messages": messages}

    def touch(self) -> str:
        oldest = min(self._desk.tickets, key=lambda one: (one["updated_at"], one["id"]))
        oldest["updated_at"] = self._time().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return str(oldest["id"])

    def lock_out(self) -> None:
        self._is_open = False


def desk(time: Callable[[], datetime]) -> RestDesk:
    """A fresh account."""
    return RestDesk(time)

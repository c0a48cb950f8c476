"""A desk's API that no connector knows: tickets and their comments, paged in every way there is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

BASE = "https://desk.example/api"
SIZE = 4


def tickets(count: int) -> list[dict[str, Any]]:
    """Tickets in the order they changed, one a minute."""
    return [
        {
            "id": n,
            "subject": f"Ticket {n}",
            "state": ("open", "solved")[n % 2],
            "created_at": f"2026-10-01T{n // 60:02d}:{n % 60:02d}:00Z",
            "updated_at": f"2026-10-02T{n // 60:02d}:{n % 60:02d}:00Z",
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
        rows = "".join(
            f'<d:ticket id="{one["id"]}"><d:subject>{escape(one["subject"])}</d:subject><state>{one["state"]}</state>'
            f"<created>{one['created_at']}</created></d:ticket>"
            for one in found[(page - 1) * SIZE : page * SIZE]
        )
        more = f'<next href="{BASE}/xml?page={page + 1}"/>' if page * SIZE < len(found) else ""
        text = f'<d:answer xmlns:d="urn:desk"><d:tickets>{rows}</d:tickets>{more}</d:answer>'
        return Response(text, media_type="application/xml")

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

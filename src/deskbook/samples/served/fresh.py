"""What Freshdesk and Freshservice answer: lists with filters, order and pages, and what belongs to one ticket."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

DEFAULT_DAYS: Final = 30
"""Of tickets listed without updated_since: those created since then."""
LAST_PAGE: Final = 300
MOST_SIZE: Final = 100
INCLUDE_COST: Final = 2
INCLUDES: Final = ("stats", "requester", "description")
ORDERS: Final = ("created_at", "due_by", "updated_at", "status")
FILTERS: Final = ("new_and_my_open", "watching", "spam", "deleted")
PLAIN_LISTS: Final = ("agents", "groups", "companies", "departments", "sla_policies", "business_hours", "requesters")
Record = dict[str, Any]
Answering = Callable[[Request], Awaitable[Response]]


@dataclass
class Records:
    """An account: what is in it, in the wire's form. What is changed here is what the next answer says.

    Attributes:
        tickets: whole ones, with stats, requester and description.
        conversations: ticket -> its conversations, the oldest first.
        responses: ticket -> its answer to a survey (Freshservice).
        lists: path without slash -> objects, such as agents.
        lacking: paths that the plan does not have.
        key: the only key that is let in; any where empty.
    """

    tickets: list[Record] = field(default_factory=list)
    conversations: dict[int, list[Record]] = field(default_factory=dict)
    responses: dict[int, Record] = field(default_factory=dict)
    lists: dict[str, list[Record]] = field(default_factory=dict)
    lacking: set[str] = field(default_factory=set)
    key: str = ""


class Account:
    """Answers for one account.

    Args:
        wrapped: whether lists come as {"tickets": [...]}, with the description of each: Freshservice's way.
        now: the account's clock.
    """

    def __init__(self, records: Records, *, wrapped: bool, now: Callable[[], datetime]) -> None:
        self._records, self._wrapped, self._now = records, wrapped, now

    def app(self) -> Starlette:
        """The application, below /api/v2."""
        names = ["contacts", "ticket_fields", "ticket_form_fields", *PLAIN_LISTS]
        routes = [Route(f"/api/v2/{name}", self._let_in(self._listing(name))) for name in names]
        routes += [
            Route("/api/v2/tickets", self._let_in(self._tickets)),
            Route("/api/v2/tickets/{number:int}", self._let_in(self._ticket)),
            Route("/api/v2/tickets/{number:int}/conversations", self._let_in(self._conversations)),
            Route("/api/v2/tickets/{number:int}/csat_response", self._let_in(self._response)),
            Route("/api/v2/surveys/satisfaction_ratings", self._let_in(self._listing("satisfaction_ratings"))),
        ]
        return Starlette(routes=routes)

    def _let_in(self, answering: Answering) -> Answering:
        async def answer(request: Request) -> Response:
            scheme, _, given = request.headers.get("authorization", "").partition(" ")
            try:
                key = base64.b64decode(given).decode().partition(":")[0]
            except (binascii.Error, UnicodeDecodeError):
                key = ""
            if scheme != "Basic" or not key or (self._records.key and key != self._records.key):
                said = {"code": "invalid_credentials", "message": "You have to be logged in to perform this action."}
                return JSONResponse(said, 401)
            if request.url.path.rpartition("/")[2] in self._records.lacking:
                said = {"code": "require_feature", "message": "The feature is not supported in your plan."}
                return JSONResponse(said, 403)
            return await answering(request)

        return answer

    def _listing(self, name: str) -> Answering:
        async def answer(request: Request) -> Response:
            query = request.query_params
            rows = list(self._records.lists.get(name, []))
            if since := query.get("_updated_since"):
                rows = [one for one in rows if _at(one.get("updated_at")) >= _at(since)]
            if since := query.get("created_since"):
                rows = [one for one in rows if _at(one.get("created_at")) >= _at(since)]
            wrap = "ticket_fields" if name == "ticket_form_fields" else name
            return self._paged(request, rows, wrap)

        return answer

    async def _tickets(self, request: Request) -> Response:
        query = request.query_params
        order, include = query.get("order_by", "created_at"), query.get("include", "").split(",")
        wrong = [one for one in include if one and one not in INCLUDES]
        wanted = query.get("filter")
        if order not in ORDERS or wrong or (wanted and wanted not in FILTERS):
            return _refused("Validation failed", str(wrong or order or wanted))
        rows = [one for one in self._records.tickets if _is_in(one, wanted)]
        if since := query.get("updated_since"):
            rows = [one for one in rows if _at(one.get("updated_at")) >= _at(since)]
        else:
            first = self._now().timestamp() - DEFAULT_DAYS * 86_400
            rows = [one for one in rows if _at(one.get("created_at")).timestamp() >= first]
        rows.sort(key=lambda one: (str(one.get(order)), one["id"]), reverse=query.get("order_type", "desc") == "desc")
        if int(query.get("page", 1)) > LAST_PAGE:
            return _refused(
                "You cannot access tickets beyond the 300th page. Please provide a smaller page number.", "page"
            )
        return self._paged(request, rows, "tickets", include)

    async def _ticket(self, request: Request) -> Response:
        found = next((one for one in self._records.tickets if one["id"] == request.path_params["number"]), None)
        if found is None:
            return Response(status_code=404)
        shown = _shown(found, request.query_params.get("include", "").split(","), is_described=True)
        return JSONResponse({"ticket": shown} if self._wrapped else shown)

    async def _conversations(self, request: Request) -> Response:
        return self._paged(request, self._records.conversations.get(request.path_params["number"], []), "conversations")

    async def _response(self, request: Request) -> Response:
        found = self._records.responses.get(request.path_params["number"])
        return JSONResponse({"csat_response": found}) if found else Response(status_code=404)

    def _paged(self, request: Request, rows: list[Record], name: str, include: list[str] | None = None) -> Response:
        size = min(MOST_SIZE, int(request.query_params.get("per_page", 30)))
        page = int(request.query_params.get("page", 1))
        shown = rows[(page - 1) * size : page * size]
        cost = 1 + INCLUDE_COST * len([one for one in include or [] if one])
        headers = {"X-RateLimit-Used-CurrentRequest": str(cost)}
        if page * size < len(rows):
            headers["Link"] = f'<{request.url.include_query_params(page=page + 1)}>; rel="next"'
        data = [_shown(one, include, is_described=self._wrapped) for one in shown] if include is not None else shown
        return JSONResponse({name: data} if self._wrapped else data, headers=headers)


def _is_in(one: Mapping[str, Any], wanted: str | None) -> bool:
    deleted, spam = bool(one.get("deleted")), bool(one.get("spam"))
    if wanted == "deleted":
        return deleted
    return spam and not deleted if wanted == "spam" else not deleted and not spam


def _shown(one: Record, include: list[str], *, is_described: bool) -> Record:
    hidden = {"stats", "requester"} - set(include)
    hidden |= set() if is_described or "description" in include else {"description", "description_text"}
    return {name: value for name, value in one.items() if name not in hidden}


def _refused(said: str, column: str) -> Response:
    errors = [{"field": column, "message": said, "code": "invalid_value"}]
    return JSONResponse({"description": "Validation failed", "errors": errors}, 400)


def _at(text: Any) -> datetime:
    found = datetime.fromisoformat(str(text or "1970-01-01T00:00:00Z"))
    return found if found.tzinfo else found.replace(tzinfo=UTC)

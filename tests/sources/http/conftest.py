"""A fake account, fetches that lead to it, and a keeper of tokens in memory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from deskbook.sources.http import (
    Account,
    Fetch,
    Meter,
)
from tests.fakes.web import Faulty, Time, wire_to

BASE = "https://desk.example/api"


async def _echo(request: Request) -> Response:
    return JSONResponse({"path": request.url.path, "auth": request.headers.get("authorization", "")})


async def _numbered(request: Request) -> Response:
    page = int(request.query_params.get("page", 1))
    rows = list(range((page - 1) * 3, min(page * 3, 8)))
    link = f'<{BASE}/numbered?page={page + 1}>; rel="next"' if page < 3 else ""
    return JSONResponse({"rows": rows, "next": str(page + 1) if page < 3 else ""}, headers={"link": link})


async def _away(request: Request) -> Response:
    return RedirectResponse("https://elsewhere.example/api/echo")


async def _moved(request: Request) -> Response:
    return RedirectResponse("/api/echo", status_code=301)


async def _round(request: Request) -> Response:
    return JSONResponse({"rows": [1], "next": "1"})


async def _empty(request: Request) -> Response:
    return Response(status_code=204)


ROUTES = [
    Route("/api/echo", _echo, methods=["GET", "POST"]),
    Route("/api/numbered", _numbered),
    Route("/api/away", _away),
    Route("/api/moved", _moved),
    Route("/api/round", _round),
    Route("/api/empty", _empty),
]


class Desk:
    """A fake, and fetches that lead to it."""

    def __init__(self) -> None:
        self.time = Time()
        self.fake = Faulty(Starlette(routes=ROUTES), self.time)
        self.wire = wire_to(self.fake, self.time)

    def fetch(self, meter: Meter | None = None, **more: Any) -> Fetch:
        return Fetch(Account(**{"entry": "desk", "base_url": BASE, **more}), self.wire, meter)


@pytest.fixture
def desk() -> Desk:
    return Desk()


class Kept:
    """A keeper in memory."""

    def __init__(self, **tokens: Any) -> None:
        self.tokens = dict(tokens)
        self.saved: list[dict[str, Any]] = []

    def load(self) -> Mapping[str, Any] | None:
        return dict(self.tokens) or None

    def save(self, tokens: Mapping[str, Any]) -> None:
        self.tokens = dict(tokens)
        self.saved.append(dict(tokens))

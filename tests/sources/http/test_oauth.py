"""Tokens are renewed in time, kept before they are used, and shown to nobody."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deskbook.errors import AuthFailed
from deskbook.sources.http import (
    Account,
    Answer,
    App,
    Ask,
    OAuth,
    basic,
)
from tests.fakes.web import Fault, Time

from .conftest import BASE, Desk, Kept


class Tokens:
    """A token endpoint that rotates, and an API that takes the newest token."""

    def __init__(self, time: Time, lasting: int = 1_800) -> None:
        self.time, self.lasting, self.count = time, lasting, 1
        self.refresh, self.valid_until = "r1", 0.0
        self.given: list[dict[str, str]] = []

    async def token(self, request: Request) -> Response:
        form = {k: str(v) for k, v in (await request.form()).items()}
        self.given.append(form)
        if form["grant_type"] == "refresh_token" and form["refresh_token"] != self.refresh:
            return JSONResponse({"error": "invalid_grant", "error_description": "it was used"}, 400)
        self.count += 1
        self.refresh, self.valid_until = f"r{self.count}", self.time.seconds() + self.lasting
        told = {"access_token": f"a{self.count}", "refresh_token": self.refresh, "expires_in": self.lasting}
        return JSONResponse(told)

    async def me(self, request: Request) -> Response:
        is_good = request.headers["authorization"] == f"Bearer a{self.count}" and self.time.seconds() < self.valid_until
        return JSONResponse({"me": is_good}, 200 if is_good else 401)


@pytest.fixture
def tokens(desk: Desk) -> Tokens:
    made = Tokens(desk.time)
    desk.fake.app = Starlette(
        routes=[Route("/token", made.token, methods=["POST"]), Route("/api/me", made.me)],
    )
    return made


def _oauth(keeper: Kept, **more: Any) -> OAuth:
    app = App(**{"client_id": "deskbook", "client_secret": "hush", "token_url": "https://desk.example/token", **more})
    return OAuth(app, keeper, "desk")


def test_a_token_is_renewed_in_time_and_the_new_ones_are_kept(desk: Desk, tokens: Tokens) -> None:
    keeper = Kept(refresh_token="r1")
    with desk.fetch(auth=_oauth(keeper)).open() as fetch:
        assert fetch.get("/me").data == {"me": True}
        assert [one.url.path for one in desk.fake.asked] == ["/token", "/api/me"], "nothing is asked without a token"
        desk.time.pass_by(1_700)
        fetch.get("/me")
        assert len(keeper.saved) == 1, "it still holds"
        desk.time.pass_by(50)
        fetch.get("/me")
    assert [one["refresh_token"] for one in keeper.saved] == ["r2", "r3"]
    assert all("401" not in str(one) for one in desk.fake.asked) and tokens.count == 3


def test_a_refused_token_is_renewed_once(desk: Desk, tokens: Tokens) -> None:
    keeper = Kept(refresh_token="r1", access_token="revoked", expires_at=desk.time.seconds() + 9_999)
    with desk.fetch(auth=_oauth(keeper)).open() as fetch:
        assert fetch.get("/me").data == {"me": True}
    assert [one.url.path for one in desk.fake.asked] == ["/api/me", "/token", "/api/me"]


@pytest.mark.parametrize("fault", [Fault(429, "slow down"), Fault(503), Fault(cut=4), Fault(drop=True)])
def test_a_token_endpoint_that_fails_for_a_moment_is_asked_again(desk: Desk, tokens: Tokens, fault: Fault) -> None:
    desk.fake.plan = {0: fault}
    with desk.fetch(auth=_oauth(Kept(), grant="client_credentials")).open() as fetch:
        assert fetch.get("/me").data == {"me": True}
    assert [request.url.path for request in desk.fake.asked] == ["/token", "/token", "/api/me"]


def test_many_requests_renew_a_token_once(desk: Desk, tokens: Tokens) -> None:
    keeper = Kept(refresh_token="r1", access_token="revoked")
    with desk.fetch(auth=_oauth(keeper)).open() as fetch:
        assert all(isinstance(one, Answer) for one in fetch.many([Ask(path="/me")] * 8))
    assert len(keeper.saved) == 1


def test_a_token_that_another_process_renewed_is_taken_from_where_it_is_kept(desk: Desk, tokens: Tokens) -> None:
    keeper = Kept(refresh_token="r1", access_token="old")
    tokens.refresh, tokens.count, tokens.valid_until = "r5", 5, desk.time.seconds() + 900

    async def other_keeps(seconds: float) -> None:
        keeper.tokens = {"access_token": "a5", "refresh_token": "r5", "expires_at": desk.time.seconds() + 900}

    desk.wire = type(desk.wire)(
        transport=desk.wire.transport, sleep=other_keeps, clock=desk.time, pacers=desk.wire.pacers
    )
    with desk.fetch(auth=_oauth(keeper)).open() as fetch:
        assert fetch.get("/me").data == {"me": True}
    assert keeper.saved == []


def test_a_revoked_refresh_token_says_how_to_connect_again(desk: Desk, tokens: Tokens) -> None:
    tokens.refresh = "another"
    with (
        desk.fetch(auth=_oauth(Kept(refresh_token="r1"))).open() as fetch,
        pytest.raises(AuthFailed, match=r"it was used.*deskbook connect desk") as said,
    ):
        fetch.get("/me")
    assert "r1" not in str(said.value) and "hush" not in str(said.value)


def test_an_account_that_nobody_let_in_says_so(desk: Desk, tokens: Tokens) -> None:
    with (
        desk.fetch(auth=_oauth(Kept())).open() as fetch,
        pytest.raises(AuthFailed, match=r"not connected yet.*deskbook connect desk"),
    ):
        fetch.get("/me")


def test_an_application_that_acts_for_itself_gets_a_token_with_its_secret(desk: Desk, tokens: Tokens) -> None:
    auth = _oauth(Kept(), grant="client_credentials", scope=("read",))
    with desk.fetch(auth=auth).open() as fetch:
        assert fetch.get("/me").data == {"me": True}
    (form,) = tokens.given
    assert form == {
        "grant_type": "client_credentials",
        "client_id": "deskbook",
        "client_secret": "hush",
        "scope": "read",
    }


def test_nothing_of_an_account_or_its_tokens_shows_a_secret(desk: Desk) -> None:
    account = Account(entry="desk", base_url=BASE, auth=basic("ann", "hush"), proxy="http://p:hush@127.0.0.1:1")
    app = App(client_id="deskbook", client_secret="hush", token_url=f"{BASE}/token")
    assert "hush" not in repr(account) + repr(app) + repr(OAuth(app, Kept(), "desk"))

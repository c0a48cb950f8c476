"""One fetch layer: paces, tries again, signs, counts, and never hands credentials to a stranger."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from deskbook.errors import AuthFailed, ConfigError, SourceMissing, Unreachable, Unreadable
from deskbook.sources.http import (
    Account,
    Answer,
    App,
    Ask,
    BudgetSpent,
    Fetch,
    Limit,
    MayPass,
    Meter,
    OAuth,
    basic,
    bearer,
    by_cursor,
    by_link,
    by_number,
    pages,
)
from tests.fakes.web import Fault, Faulty, Time, wire_to

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


def test_headers_are_those_of_the_account_and_its_auth(desk: Desk) -> None:
    with desk.fetch(auth=basic("ann", "pass"), headers={"x-version": "7"}).open() as fetch:
        answer = fetch.get("/echo", {"ids": [1, 2], "none": None, "on": True})
    assert answer.data["auth"] == "Basic YW5uOnBhc3M="
    (asked,) = desk.fake.asked
    assert str(asked.url) == f"{BASE}/echo?ids=1&ids=2&on=true" and asked.headers["x-version"] == "7"


def test_a_key_in_the_query_goes_beside_what_a_link_holds_and_is_never_logged(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with desk.fetch(params={"key": "s3cret"}).open() as fetch:
        fetch.get(f"{BASE}/echo?page=2&key=old&note=a+b", {"size": 3})
    assert str(desk.fake.asked[0].url) == f"{BASE}/echo?page=2&note=a+b&size=3&key=s3cret"
    assert "s3cret" not in caplog.text


def test_an_account_says_how_often_a_request_is_tried(desk: Desk) -> None:
    desk.fake.plan = {count: Fault(503, "down") for count in range(9)}
    with desk.fetch(tries=2).open() as fetch, pytest.raises(Unreachable):
        fetch.get("/echo")
    assert len(desk.fake.asked) == 2


@pytest.mark.parametrize(
    "fault",
    [
        Fault(500, "oops"),
        Fault(502, "<html>"),
        Fault(520),
        Fault(524),
        Fault(409, {"error": "busy"}),
        Fault(cut=4),
        Fault(drop=True),
    ],
)
def test_what_may_pass_is_asked_for_again(desk: Desk, fault: Fault) -> None:
    desk.fake.plan = {0: fault, 1: fault}
    with desk.fetch().open() as fetch:
        assert fetch.get("/echo").data["path"] == "/api/echo"
    assert len(desk.fake.asked) == 3 and fetch.meter.retries == 2 and sum(desk.time.slept) > 0


def test_after_six_tries_it_is_unreachable_and_may_be_tried_another_time(desk: Desk) -> None:
    desk.fake.plan = {count: Fault(503, "down") for count in range(9)}
    with desk.fetch().open() as fetch, pytest.raises(Unreachable, match=r"fails \(503\). It says: down") as said:
        fetch.get("/echo")
    assert len(desk.fake.asked) == 6 and said.value.again


@pytest.mark.parametrize("body", ["Too many requests", {"error": "TooManyRequests"}, {"edge": {"protection": 1}}])
def test_a_refusal_for_asking_too_often_is_waited_out_whatever_its_body(desk: Desk, body: Any) -> None:
    desk.fake.plan = {0: Fault(429, body, {"retry-after": "37"}), 1: Fault(429, body)}
    with desk.fetch().open() as fetch:
        fetch.get("/echo")
    assert desk.time.slept == [37.0, 2.0], "as told, then as guessed"


def test_a_moment_in_a_header_is_one_of_the_other_sides_clock(desk: Desk) -> None:
    desk.fake.skew_seconds = 3_600
    reset = str(int(desk.time.seconds()) + 3_600 + 90)
    desk.fake.plan = {0: Fault(429, "", {"x-rate-limit-reset": reset})}
    with desk.fetch(limits={"": Limit(reset="x-rate-limit-reset")}).open() as fetch:
        fetch.get("/echo")
    assert desk.time.slept == [90.0]


def test_waiting_longer_than_the_account_has_patience_for_ends_the_pull(desk: Desk) -> None:
    desk.fake.plan = {0: Fault(429, "", {"retry-after": "901"})}
    with desk.fetch(patience_seconds=900).open() as fetch, pytest.raises(Unreachable, match="another 901 s"):
        fetch.get("/echo")
    assert desk.time.slept == []


def test_a_limit_is_used_whole_and_never_passed(desk: Desk) -> None:
    moments: list[float] = []
    desk.fake.after = lambda count: moments.append(desk.time.seconds())
    with desk.fetch(limits={"": Limit(requests=10, seconds=60)}, at_once=3).open() as fetch:
        fetch.many([Ask(path="/echo")] * 200)
    took = moments[-1] - moments[0]
    for start in range(190):
        assert moments[start + 10] - moments[start] >= 60, "an eleventh within the minute"
    assert 200 / (took / 60 + 1) >= 0.9 * 10


def test_lanes_have_limits_of_their_own_beside_the_accounts(desk: Desk) -> None:
    limits = {"": Limit(requests=100, seconds=60), "export": Limit(requests=2, seconds=60)}
    with desk.fetch(limits=limits).open() as fetch:
        fetch.many([Ask(path="/echo", lane="export")] * 3)
        waited = desk.time.seconds()
        fetch.many([Ask(path="/echo")] * 50)
    assert desk.time.seconds() == waited and desk.time.slept == [pytest.approx(60.25)]


def test_two_entries_of_one_account_share_its_pace(desk: Desk) -> None:
    limits = {"": Limit(requests=1, seconds=10)}
    with desk.fetch(limits=limits).open() as one, desk.fetch(limits=limits).open() as other:
        one.get("/echo")
        other.get("/echo")
    assert desk.time.slept == [pytest.approx(10.2)]


def test_what_is_left_by_the_header_holds_the_account_back_until_its_reset(desk: Desk) -> None:
    limit = Limit(requests=100, limit="x-limit", remaining="x-left", reset="x-reset", keep=0.1)
    desk.fake.plan = {0: Fault(200, {}, {"x-limit": "50", "x-left": "5", "x-reset": "7"})}
    with desk.fetch(limits={"": limit}).open() as fetch:
        fetch.get("/echo")
        fetch.get("/echo")
    assert desk.time.slept == [7.0], "a tenth is left for others"


def test_what_others_ask_of_the_account_counts_where_no_header_tells_a_reset(desk: Desk) -> None:
    limit = Limit(requests=10, seconds=60, limit="x-limit", remaining="x-left")
    desk.fake.plan = {0: Fault(200, {}, {"x-limit": "10", "x-left": "3"})}
    with desk.fetch(limits={"": limit}).open() as fetch:
        fetch.many([Ask(path="/echo")] * 4)
        assert desk.time.slept == [], "one of ours and six of others, so three are left"
        fetch.get("/echo")
    assert desk.time.slept == [pytest.approx(60.25)]


def test_a_redirect_within_the_host_is_followed_and_one_to_another_is_refused(desk: Desk) -> None:
    with desk.fetch(auth=bearer("secret-token")).open() as fetch:
        assert fetch.get("/moved").data["auth"] == "Bearer secret-token"
        with pytest.raises(Unreadable, match=r"sends us on to elsewhere\.example") as said:
            fetch.get("/away")
        with pytest.raises(Unreadable, match=r"sends us on to evil\.example"):
            fetch.get("https://evil.example/echo")
    assert "secret-token" not in str(said.value)
    assert {one.url.host for one in desk.fake.asked} == {"desk.example"}


@pytest.mark.parametrize(
    ("status", "error", "said"),
    [
        (401, AuthFailed, "does not let us in"),
        (403, AuthFailed, "lack a permission or scope"),
        (404, SourceMissing, "is not there"),
        (422, Unreadable, "refuses the request"),
    ],
)
def test_a_refusal_says_what_to_do_and_no_secret(desk: Desk, status: int, error: type[Exception], said: str) -> None:
    desk.fake.plan = {0: Fault(status, {"error": {"title": "No", "message": "token=abc123 is bad"}})}
    with desk.fetch(auth=bearer("abc123")).open() as fetch, pytest.raises(error, match=said) as told:
        fetch.get("/echo", {"api_key": "abc123"})
    assert "abc123" not in str(told.value) and "token=…" in str(told.value)
    assert len(desk.fake.asked) == 1, "what does not pass is asked once"


def test_a_status_that_is_let_is_an_answer(desk: Desk) -> None:
    desk.fake.plan = {0: Fault(403, {"error": "plan"})}
    with desk.fetch().open() as fetch:
        assert fetch.get("/echo", lets=frozenset({403})).status == 403
        assert fetch.get("/empty").data is None


def test_failures_said_in_the_body_are_the_vendors_to_judge(desk: Desk) -> None:
    def judge(answer: Answer) -> MayPass | AuthFailed | None:
        told = answer.data
        if told.get("ok", True):
            return None
        return MayPass("later") if told["error"] == "busy" else AuthFailed("no scope")

    desk.fake.plan = {0: Fault(200, {"ok": False, "error": "busy"}), 2: Fault(200, {"ok": False, "error": "scope"})}
    with desk.fetch(judge=judge).open() as fetch:
        assert fetch.get("/echo").status == 200 and fetch.meter.retries == 1
        with pytest.raises(AuthFailed, match="no scope"):
            fetch.get("/echo")


def test_a_refusal_sent_with_a_good_status_is_waited_out_like_any_other(desk: Desk) -> None:
    def restate(answer: Answer) -> Answer:
        return replace(answer, status=429) if b"slow down" in answer.content else answer

    desk.fake.plan = {0: Fault(200, {"error": "slow down"}, {"retry-after": "7"})}
    with desk.fetch(restate=restate).open() as fetch:
        assert fetch.get("/echo").data["path"] == "/api/echo"
    assert desk.time.slept == [7.0] and len(desk.fake.asked) == 2


def test_one_failure_among_many_leaves_the_others(desk: Desk) -> None:
    with desk.fetch().open() as fetch:
        good, bad, other = fetch.many([Ask(path="/echo"), Ask(path="/nowhere"), Ask(path="/numbered")])
    assert isinstance(good, Answer) and isinstance(bad, SourceMissing) and isinstance(other, Answer)


def test_a_budget_ends_a_pull_before_it_is_passed(desk: Desk) -> None:
    with desk.fetch(Meter("desk", most_requests=2)).open() as fetch:
        fetch.get("/echo")
        fetch.get("/echo")
        with pytest.raises(BudgetSpent, match="has made 2 requests"):
            fetch.get("/echo")
    with desk.fetch(Meter("desk", most_cost=5)).open() as fetch:
        fetch.get("/echo", cost=4)
        with pytest.raises(BudgetSpent, match="4 of its 5 units"):
            fetch.get("/echo", cost=2)
    assert len(desk.fake.asked) == 3


@pytest.mark.parametrize(
    "following",
    [
        by_link,
        by_cursor(lambda data: data["next"], "page"),
        by_number(lambda data: len(data["rows"]), "page", 3),
    ],
)
def test_pages_follow_each_other_to_the_last(desk: Desk, following: Any) -> None:
    with desk.fetch().open() as fetch:
        found = list(pages(fetch, Ask(path="/numbered", params={"page": 1}), following, "desk"))
    assert [row for answer, _ in found for row in answer.data["rows"]] == list(range(8))
    assert [onward is None for _, onward in found] == [False, False, True]


def test_pages_that_repeat_for_ever_are_stopped_and_said(desk: Desk) -> None:
    found = []
    with desk.fetch().open() as fetch, pytest.raises(Unreadable, match="leads back to a page that was read already"):
        for answer, _ in pages(fetch, Ask(path="/round"), by_cursor(lambda data: data["next"], "at"), "desk"):
            found.append(answer)
    assert len(found) == 2


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://desk.example", "open line"),
        ("ftp://desk.example", "is no address"),
        ("https://ann:pass@desk.example", "holds a name or password"),
    ],
)
def test_an_address_that_would_give_secrets_away_is_refused(desk: Desk, url: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said) as told:
        desk.fetch(base_url=url)
    assert "pass@" not in str(told.value)


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


def test_json_of_requests_and_answers_is_as_it_was(desk: Desk) -> None:
    with desk.fetch().open() as fetch:
        fetch.ask(Ask(path="/echo", method="POST", json={"a": [1, "é"]}))
    assert json.loads(desk.fake.asked[0].content) == {"a": [1, "é"]}
    assert isinstance(desk.fake.asked[0], httpx.Request)


def test_a_refusal_that_waiting_does_not_end_is_said_at_once(desk: Desk) -> None:
    desk.fake.plan = {0: Fault(429, {"type": "usage-capped"})}
    with (
        desk.fetch(hopeless=lambda answer: BudgetSpent(f"capped: {answer.data['type']}")).open() as fetch,
        pytest.raises(BudgetSpent, match="capped: usage-capped"),
    ):
        fetch.get("/echo")
    assert len(desk.fake.asked) == 1 and not desk.time.slept


def test_a_page_is_asked_for_as_it_fits_when_its_turn_comes(desk: Desk) -> None:
    left = [9]

    def sized(ask: Ask) -> Ask:
        return replace(ask, params={**ask.params, "size": left[0]})

    first, on = Ask(path="/numbered", params={"page": 1}), by_cursor(lambda data: data["next"], "page")
    with desk.fetch().open() as fetch:
        for answer, _ in pages(fetch, first, on, "desk", sized):
            left[0] -= len(answer.data["rows"])
    assert [one.url.params["size"] for one in desk.fake.asked] == ["9", "6", "3"]

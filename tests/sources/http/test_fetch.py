"""One fetch layer: paces, tries again, signs, counts, and never hands credentials to a stranger."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from typing import Any

import httpx
import pytest

from deskbook.errors import AuthFailed, ConfigError, SourceMissing, Unreachable, Unreadable
from deskbook.sources.http import (
    Answer,
    Ask,
    BudgetSpent,
    Limit,
    MayPass,
    Meter,
    basic,
    bearer,
    by_cursor,
    by_link,
    by_number,
    pages,
)
from tests.fakes.web import Fault

from .conftest import BASE, Desk


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

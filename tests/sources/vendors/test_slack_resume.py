"""Slack: whatever goes wrong on the way, each row is there once, and little is asked for twice."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from deskbook.errors import SourceError

from ...fakes.slack import Desk, Held, ts, workspace
from ...fakes.web import Fault

SIZE = 10


def _whole() -> Held:
    return Held().pull(Desk(workspace(threads=45, channels=2)).source(page_size=SIZE))


@pytest.mark.parametrize("stop", [1, 2, 3, 5, 8, 9, 14])
def test_a_pull_after_any_page_gives_the_rest(stop: int) -> None:
    desk = Desk(workspace(threads=45, channels=2))
    held = Held().pull(desk.source(page_size=SIZE), most=stop)
    held.pull(desk.source(page_size=SIZE))
    assert held.tables == _whole().tables and not held.rejects


@pytest.mark.parametrize("stop", [1, 2, 3, 5, 8, 9, 14])
def test_stopped_after_any_page_at_most_a_page_of_requests_is_repeated(stop: int) -> None:
    desk = Desk(workspace(threads=45, channels=2))
    held = Held().pull(desk.source(page_size=SIZE), most=stop)
    held.pull(desk.source(page_size=SIZE))
    threads = Counter(
        f"{one.url.params['channel']} {one.url.params['ts']}" for one in desk.asked("conversations.replies")
    )
    assert len(threads) == 60 and sum(threads.values()) <= 60 + 10


def test_what_was_kept_in_a_cursor_is_json_and_no_secret() -> None:
    held = _whole()
    assert json.loads(json.dumps(held.cursor)) == held.cursor
    assert "xoxb" not in str(held.cursor)


FAULTS = {
    "429 in JSON": Fault(429, {"ok": False, "error": "ratelimited"}, {"retry-after": "3"}),
    "429 in text": Fault(429, "Too many requests", {"retry-after": "3"}),
    "500": Fault(500, "oops"),
    "503": Fault(503, "<html>", {"content-type": "text/html"}),
    "cut": Fault(cut=40),
    "dropped": Fault(drop=True),
    "fatal_error": Fault(200, {"ok": False, "error": "fatal_error"}),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_each_request_may_fail_once(fault: Fault) -> None:
    desk = Desk(workspace(threads=20))
    desk.fake.plan = {count: fault for count in range(0, 60, 2)}
    desk.fake.skew_seconds = -3_600
    held = Held().pull(desk.source(page_size=SIZE))
    assert held.tables == Held().pull(Desk(workspace(threads=20)).source(page_size=SIZE)).tables


def test_rows_that_come_and_go_while_paging_are_there_once_afterwards() -> None:
    desk = Desk(workspace(threads=45))
    asked: list[int] = []

    def change(count: int) -> None:
        if len(asked) < 12:
            asked.append(count)
            stamp = ts(500_000 + count)
            desk.records.post("C0", {"ts": stamp, "user": "U5", "text": f"New {count}"})
            if count % 3 == 0:
                desk.records.messages["C0"].pop(2)

    desk.fake.after = change
    held = Held().pull(desk.source(page_size=SIZE))
    held.pull(desk.source(page_size=SIZE))
    there = {f"C0:{one['ts']}" for one in desk.records.messages["C0"]}
    assert set(held["tickets"]) == there


def test_duplicates_at_the_edges_of_pages_make_one_row() -> None:
    desk = Desk(workspace(threads=12))
    rows = [one for one in desk.records.messages["C0"] if not one.get("reply_count")]
    desk.records.messages["C0"] += [dict(one) for one in rows]
    held = Held().pull(desk.source(page_size=3))
    assert len(held["tickets"]) == 12 and len(held["messages"]) == 12 + 16


def test_a_budget_ends_a_pull_and_the_next_goes_on() -> None:
    desk, held = Desk(workspace(threads=45)), Held()
    for _ in range(20):
        try:
            held.pull(desk.source(page_size=SIZE, max_requests=18))
            break
        except SourceError as error:
            assert "max_requests" in str(error)
    assert len(held["tickets"]) == 45


def test_one_hour_at_fifty_a_minute_is_used_and_not_passed() -> None:
    desk = Desk(workspace(threads=6_000))
    desk.records.per_minute = {"conversations.history": 50, "conversations.replies": 50}
    begun = desk.time.seconds()
    moments: list[float] = []
    desk.fake.after = lambda count: moments.append(desk.time.seconds() - begun)
    source = desk.source(requests_per_minute=50)
    for page in source.pull({}):
        if desk.time.seconds() - begun > 3_600:
            break
        assert page.rows.num_rows < 300
    replies = [at for at, one in zip(moments, desk.fake.asked, strict=True) if "replies" in one.url.path and at < 3_600]
    assert desk.records.refused == 0 and len(replies) >= 0.9 * 50 * 60

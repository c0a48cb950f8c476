"""Slack's Events API: a signed call says which thread has news, and that thread is read anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from deskbook.errors import AuthFailed, Unreadable
from deskbook.sources import Hooked, Told
from deskbook.sources.slack import Slack
from deskbook.sources.slack.signing import SIGNATURE, TIMESTAMP, sign

from ...fakes.slack import Desk, ts

SECRET = "s3cret"


@pytest.fixture
def desk() -> Desk:
    return Desk()


def _told(desk: Desk, said: Any, *, secret: str = SECRET, ago: int = 0) -> Told:
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    at = str(int(desk.time.seconds()) - ago)
    return _source(desk).told({TIMESTAMP: at, SIGNATURE: sign(secret, at, body)}, body)


def _source(desk: Desk) -> Slack:
    return desk.source(signing_secret=SECRET)


def _event(**event: Any) -> dict[str, Any]:
    return {"type": "event_callback", "event_id": "Ev1", "event": {"type": "message", "channel": "C0", **event}}


def test_slack_asks_whether_we_are_there_and_is_answered(desk: Desk) -> None:
    assert isinstance(_source(desk), Hooked)
    assert _told(desk, {"type": "url_verification", "challenge": "abc"}).reply == {"challenge": "abc"}


@pytest.mark.parametrize(
    "event",
    [
        {"ts": ts(0)},
        {"ts": ts(9), "thread_ts": ts(0)},
        {"subtype": "message_changed", "ts": ts(99), "message": {"ts": ts(9), "thread_ts": ts(0)}},
        {"subtype": "message_deleted", "ts": ts(99), "deleted_ts": ts(9), "previous_message": {"ts": ts(0)}},
        {"type": "reaction_added", "item": {"type": "message", "channel": "C0", "ts": ts(0)}},
    ],
)
def test_an_event_says_which_thread_has_news(desk: Desk, event: dict[str, Any]) -> None:
    told = _told(desk, _event(**event))
    assert told.about == {"channel": "C0", "thread": ts(0)} and told.id == "Ev1"


def test_a_thread_with_news_is_read_anew_and_the_cursor_stays(desk: Desk) -> None:
    desk.records.post("C0", {"ts": ts(5_000), "user": "U2", "text": "News"}, ts(0))
    cursor = {"channels": {"C0": {"top": ts(1), "watched": {}}}}
    source = _source(desk)
    abouts = [
        {},
        {"channel": "C0", "thread": ts(0)},
        {"channel": "C0", "thread": ts(0)},
        {"channel": "C9", "thread": "1"},
    ]
    (page,) = source.fetched(abouts, cursor)
    assert page.cursor == cursor and len(desk.asked("conversations.replies")) == 1
    rows = {batch.table: batch.rows for batch in source.normalise(page)}
    assert rows["messages"].num_rows == 4 and rows["tickets"].column("status").to_pylist() == ["pending"]


def test_a_thread_that_was_deleted_is_gone(desk: Desk) -> None:
    (page,) = _source(desk).fetched([{"channel": "C0", "thread": ts(1)}], {})
    gone = {batch.table: batch.gone.to_pylist() for batch in _source(desk).normalise(page)}
    assert gone == {"tickets": [f"C0:{ts(1)}"], "messages": [f"C0:{ts(1)}"]}


def test_what_asks_for_nothing_fetches_nothing(desk: Desk) -> None:
    assert list(_source(desk).fetched([{}], {})) == [] and not desk.fake.asked
    assert _told(desk, _event(type="team_join", user={})).about == {}


@pytest.mark.parametrize(("secret", "ago"), [("wrong", 0), (SECRET, 301), (SECRET, -301)])
def test_a_bad_or_stale_signature_is_refused(desk: Desk, secret: str, ago: int) -> None:
    with pytest.raises(AuthFailed):
        _told(desk, _event(ts=ts(0)), secret=secret, ago=ago)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'{"type":"event_callback"}', b'{"type":"other"}'])
def test_a_call_that_says_nothing_known_is_said(desk: Desk, body: bytes) -> None:
    with pytest.raises(Unreadable):
        _told(desk, body)


def test_every_recorded_event_is_understood(desk: Desk, shared: Path) -> None:
    folder = shared / "specs/slack/fixtures-java-slack-sdk/json-logs/samples/events"
    files = sorted(folder.glob("*Payload.json"))
    held = [json.loads(file.read_text("utf-8")) for file in files]
    callbacks = [said for said in held if isinstance(said.get("event"), dict)]
    assert len(callbacks) > 80
    for said in callbacks:  # the samples are masked: what kind of call it is, and its id, are put in
        _told(desk, {**said, "type": "event_callback", "event_id": "Ev1"})

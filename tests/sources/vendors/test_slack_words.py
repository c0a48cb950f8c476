"""Slack's markup as plain text, and every recording of Slack through `normalise`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from deskbook.sources.payloads import payload_page
from deskbook.sources.slack.mrkdwn import plain, written
from deskbook.sources.slack.rows import CONTEXT, PEOPLE

from ...fakes.slack import Desk

PEOPLE_NAMED = {"U1": "Ann", "W2": "Bob"}


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Hi <@U1>, see <#C1|billing> and <#C2>", "Hi @Ann, see #billing and #orders"),
        ("<@U404|old> <@U404>", "@old @U404"),
        ("<https://desk.example/a_b_c|the _page_>", "the page (https://desk.example/a_b_c)"),
        ("<http://desk.example> <mailto:a@b.example|a@b.example>", "http://desk.example a@b.example"),
        ("<http://desk.example|desk.example>", "http://desk.example"),
        ("<!here> <!channel> <!subteam^S1|@billing> <!subteam^S2>", "@here @channel @billing @S2"),
        ("<!date^1700000000^{date}|14 Nov>", "14 Nov"),
        ("*bold* _slanted_ ~gone~ *_both_*", "bold slanted gone both"),
        ("2*3*4 and snake_case_name ~/path", "2*3*4 and snake_case_name ~/path"),
        ("`a *b* <@U1>` and ```x_y_z```", "a *b* @Ann and x_y_z"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("&lt;@U1&gt; is no mention", "<@U1> is no mention"),
        ("", ""),
        ("<unclosed <@U1", "<unclosed <@U1"),
    ],
)
def test_markup_is_read_as_its_readers_see_it(markup: str, text: str) -> None:
    channels = {"C1": "billing", "C2": "orders"}
    assert plain(markup, lambda id: PEOPLE_NAMED.get(id, ""), lambda id: channels.get(id, "")) == text


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"text": "said", "blocks": [{"type": "section", "text": {"text": "other"}}]}, "said"),
        ({"text": "", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "*Form*"}}]}, "*Form*"),
        ({"text": None, "attachments": [{"fallback": "Alert!"}]}, "Alert!"),
        ({"text": " ", "files": [{"title": "invoice.pdf"}, None]}, "invoice.pdf"),
        (
            {"blocks": [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [
                {"type": "text", "text": "Hi "}, {"type": "user", "user_id": "U1"},
                {"type": "link", "url": "https://a.example"}]}]}]},
            "Hi <@U1><https://a.example|>",
        ),
        ({}, ""),
    ],
)  # fmt: skip
def test_a_message_without_text_says_what_its_parts_do(message: dict[str, Any], text: str) -> None:
    assert written(message) == text


def test_markup_made_to_be_slow_is_read_at_once() -> None:
    for piece in ("*", "_a ", "<", "`", "~*_", "<@U1|"):
        assert isinstance(plain(piece * 10_000, lambda id: "", lambda id: ""), str)


@pytest.fixture(scope="module")
def samples(shared: Path) -> Path:
    return shared / "specs/slack/fixtures-java-slack-sdk/json-logs/samples"


def _tables(rows: list[dict[str, Any]], origin: str = "slack recording", people: Any = None) -> dict[str, Any]:
    source = Desk().source()
    page = payload_page([{CONTEXT: {"channel": {"id": "C1"}, "people": people or {}}}, *rows], origin, {})
    batches = {batch.table: batch for batch in source.normalise(page)}
    assert [reject for batch in batches.values() for reject in batch.rejects] == []
    return batches


@pytest.mark.parametrize("name", ["conversations.history", "conversations.replies"])
def test_recorded_messages_make_rows_and_no_reject(samples: Path, name: str) -> None:
    rows = json.loads((samples / f"api/{name}.json").read_text("utf-8"))["messages"]
    batches = _tables(rows)
    assert batches["messages"].rows.num_rows == len({row["ts"] for row in rows if row.get("subtype") != "tombstone"})


def test_recorded_people_make_rows_and_no_reject(samples: Path) -> None:
    rows = json.loads((samples / "api/users.list.json").read_text("utf-8"))["members"]
    known = {row["id"]: {"role": "customer", "name": row["name"]} for row in rows}
    assert _tables(rows, PEOPLE, known)["customers"].rows.num_rows == len(known)


def test_every_recorded_event_of_a_message_makes_rows_and_no_reject(samples: Path) -> None:
    files = sorted((samples / "events").glob("Message*.json"))
    assert len(files) == 18
    for file in files:
        event = json.loads(file.read_text("utf-8"))["event"]
        # The samples are masked: "" for a moment. A real event has one, so one is put in.
        _tables([json.loads(json.dumps(event).replace('"ts": ""', '"ts": "1700000000.000100"'))])


def test_an_edit_and_a_deletion_as_events_say_them() -> None:
    said = {"type": "message", "ts": "1700000000.000100", "user": "U1", "text": "old"}
    edited = {"subtype": "message_changed", "message": {**said, "text": "new"}, "ts": "1700000009.000100"}
    assert _tables([said, edited])["messages"].rows.column("text").to_pylist() == ["new"]
    deleted = {"subtype": "message_deleted", "deleted_ts": said["ts"], "ts": "1700000009.000100"}
    assert _tables([deleted])["messages"].gone.to_pylist() == ["C1:1700000000.000100"]

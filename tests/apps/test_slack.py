"""The slash command: signed, once, by those who may; an answer in time, its late one where Slack says."""

from __future__ import annotations

import json
import logging
import shutil
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from slack_sdk.signature import SignatureVerifier

from deskbook.apps.pages import find_pages
from deskbook.apps.slack import add_slack
from deskbook.apps.web import make_app
from deskbook.book import Book
from deskbook.errors import ConfigError, UnknownName
from deskbook.settings import load_settings
from deskbook.sources.slack.commands import Caller, check_command_roles, may_be_answered_at, roles_of
from deskbook.sources.slack.signing import sign

from ..conftest import open_book

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
HOST = "desk.example"
QUESTION = "p90 first reply last week"
CATALOG = """
version: 2
data:
  talk_data:
    datatype: deskbook.catalog.datatypes:System
    kwargs:
      kind: slack
      token: xoxb-1
      signing_secret: SECRET
      workspace: T01
      command_roles: {lead: [U1], viewer: [U2, C9, everyone]}
      base_url: BASE
entries:
  talk:
    reader: deskbook.catalog.readers:Rows
    kwargs: {args: ['{data(talk_data)}']}
    metadata: {source: slack}
"""


@pytest.fixture(scope="module")
def book(desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Book:
    folder = tmp_path_factory.mktemp("slack") / "desk"
    shutil.copytree(desk, folder)
    open_book(folder).sync()
    text = CATALOG.replace("SECRET", "'{env(DESK_SIGNING)}'").replace("BASE", "https://slack.com/api")
    (folder / "catalogs" / "slack.yaml").write_text(text.replace("xoxb-1", "'{env(DESK_TOKEN)}'"))
    made = load_settings(folder, {})
    return Book(replace(made, origins=(f"https://{HOST}",)))


@pytest.fixture(autouse=True)
def _secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_SIGNING", SECRET)
    monkeypatch.setenv("DESK_TOKEN", "xoxb-1")


class Door:
    """The command's door, and what was sent late."""

    def __init__(self, book: Book, soon_seconds: float = 30.0) -> None:
        self.sent: list[tuple[str, Mapping[str, Any]]] = []
        self.came = threading.Event()
        app = FastAPI()
        add_slack(app, book, send=self._send, soon_seconds=soon_seconds)
        self.client = TestClient(app, base_url=f"https://{HOST}")
        self.count = 0

    async def _send(self, address: str, message: Mapping[str, Any]) -> None:
        self.sent.append((address, message))
        self.came.set()

    def post(self, door: str, form: Mapping[str, Any], *, secret: str = SECRET, at: float | None = None) -> Any:
        self.count += 1
        body = urlencode({**form, "trigger_id": f"{id(self)}.{self.count}"}).encode()
        return self.send(door, body, str(int(time.time() if at is None else at)), secret)

    def send(self, door: str, body: bytes, timestamp: str, secret: str = SECRET) -> Any:
        headers = {
            "content-type": "application/x-www-form-urlencoded",
            "x-slack-request-timestamp": timestamp,
            "x-slack-signature": sign(secret, timestamp, body),
        }
        return self.client.post(f"/hooks/slack/talk/{door}", content=body, headers=headers)

    def ask(self, text: str = QUESTION, user: str = "U1", **more: Any) -> Any:
        form = {"command": "/deskbook", "text": text, "user_id": user, "channel_id": "C1", "team_id": "T01"}
        return self.post("command", {**form, "response_url": "https://hooks.slack.com/commands/1", **more})

    def press(self, button: Mapping[str, Any], user: str = "U1", to: str = "https://hooks.slack.com/actions/1") -> Any:
        said = {"type": "block_actions", "user": {"id": user, "team_id": "T01"}, "channel": {"id": "C1"},
                "team": {"id": "T01"}, "actions": [button], "response_url": to}  # fmt: skip
        return self.post("interactivity", {"payload": json.dumps(said)})


@pytest.fixture
def door(book: Book) -> Iterator[Door]:
    made = Door(book)
    with made.client:
        yield made


def _buttons(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [one for block in message["blocks"] if block["type"] == "actions" for one in block["elements"]]


def test_a_number_is_answered_with_a_link_to_its_page(door: Door, book: Book) -> None:
    message = door.ask().json()
    value = book.query("first_reply_p90_minutes", period="last week").value()
    assert message["response_type"] == "ephemeral", "nobody else sees it"
    assert f"{value:,.1f} min" in message["blocks"][0]["text"]["text"]
    link = unescape(next(b["text"]["text"] for b in message["blocks"] if "receipt" in str(b)))
    address = urlsplit(link[1:].partition("|")[0])
    assert (address.scheme, address.netloc, address.path) == ("https", HOST, "/ask")
    held = parse_qs(address.query)
    assert held["question"] == [QUESTION] and json.loads(held["plan"][0])["metrics"] == ["first_reply_p90_minutes"]


def test_the_page_that_is_linked_to_is_one_of_the_desk(book: Book) -> None:
    assert "ask" in {page.name for page in find_pages(book.settings.workspace)}


def test_the_signature_is_slacks_own() -> None:
    body, now = b"token=x&text=p90+first+reply", str(int(time.time()))
    assert SignatureVerifier(SECRET).is_valid(body, now, sign(SECRET, now, body))
    # The example of Slack's documentation.
    told = (
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&"
        "channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&"
        "response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&"
        "trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    made = sign("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", told.encode())
    assert made == "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"


@pytest.mark.parametrize(
    ("secret", "shift"), [("wrong", 0), (SECRET, -301), (SECRET, 310)], ids=["bad", "stale", "ahead"]
)
def test_a_bad_or_stale_call_is_refused_logged_and_leaves_nothing(
    door: Door, book: Book, caplog: pytest.LogCaptureFixture, secret: str, shift: int
) -> None:
    before = len(book.asked().find())
    form = {"command": "/deskbook", "text": QUESTION, "user_id": "U1"}
    with caplog.at_level(logging.WARNING):
        answer = door.post("command", form, secret=secret, at=time.time() + shift)
    assert answer.status_code == 401 and "refused" in caplog.text and QUESTION not in caplog.text
    assert len(book.asked().find()) == before


def test_a_call_without_a_signature_or_with_nonsense_is_refused(door: Door) -> None:
    address = "/hooks/slack/talk/command"
    assert door.client.post(address, content=b"command=x").status_code == 401
    for timestamp in ("", "soon", "-5", "9" * 40, "٣"):
        headers = {"x-slack-signature": "v0=é".encode("latin-1"), "x-slack-request-timestamp": timestamp.encode()}
        assert door.client.post(address, content=b"command=x", headers=headers).status_code == 401  # type: ignore[arg-type]


def test_a_replayed_call_is_refused_also_by_another_server(door: Door, book: Book) -> None:
    body = urlencode({"command": "/deskbook", "text": "help", "user_id": "U1", "trigger_id": "replayed"}).encode()
    now = str(int(time.time()))
    assert door.send("command", body, now).status_code == 200
    assert door.send("command", body, now).status_code == 401
    with Door(Book(book.settings)).client as client:
        other = Door(Book(book.settings))
        other.client = client
        assert other.send("command", body, now).status_code == 401


def test_an_entry_that_takes_no_commands_is_not_told_from_one_that_is_not_there(door: Door) -> None:
    said = {door.client.post(f"/hooks/slack/{name}/command", content=b"x").text for name in ("tickets", "nothing")}
    assert len(said) == 1 and door.client.post("/hooks/slack/nothing/command").status_code == 404


def test_a_body_without_end_is_refused(door: Door) -> None:
    assert door.client.post("/hooks/slack/talk/command", content=b"x" * 2_000_000).status_code == 413


def test_who_has_no_role_is_told_so_and_gets_no_number(door: Door) -> None:
    message = door.ask(user="U404", team_id="T99").json()
    assert "needs one of the roles" in message["text"] and "command_roles" in message["text"]
    assert "blocks" not in message and message["response_type"] == "ephemeral"


def test_a_viewer_gets_numbers_and_not_what_customers_wrote(door: Door) -> None:
    assert "blocks" in door.ask(user="U2").json()
    assert "blocks" in door.ask(user="U3", channel_id="C9", team_id="T99").json(), "asked in a channel that may"
    said = door.ask("what do customers say about refunds last month", user="U2").json()
    assert "quotes customers" in said["text"] and "blocks" not in said
    assert "blocks" in door.ask("what do customers say about refunds last month", user="U1").json()


def test_what_is_no_question_is_answered_with_how_to_ask(door: Door) -> None:
    assert "p90 first reply last week" in door.ask("help").json()["text"]
    assert "p90 first reply last week" in door.ask("").json()["text"]
    assert door.ask("x" * 20_000).json()["text"].startswith("A question has at most")
    assert not _buttons(door.ask("colourless green ideas").json())


def test_what_is_late_is_acknowledged_at_once_and_sent_where_slack_says(book: Book) -> None:
    door = Door(book, soon_seconds=0.0)
    with door.client:
        assert door.ask().json() == {"response_type": "ephemeral", "text": "Working on it …"}
        assert door.came.wait(30)
    ((address, message),) = door.sent
    assert address == "https://hooks.slack.com/commands/1" and "min" in message["blocks"][0]["text"]["text"]


@pytest.mark.parametrize(
    "address",
    ["http://hooks.slack.com/x", "https://evil.example/x", "https://hooks.slack.com.evil.example/x",
     "https://hooks.slack.com@evil.example/", "https://hooks.slack.com:8443/x", "http://127.0.0.1:1/x", "", "https://[",
     "https://me:pw@hooks.slack.com/x"],
)  # fmt: skip
def test_nothing_is_sent_to_an_address_that_is_not_slacks(book: Book, address: str) -> None:
    assert not may_be_answered_at(address, "https://slack.com/api")
    assert may_be_answered_at("https://hooks.slack.com/x", "https://slack.com/api")
    assert may_be_answered_at("http://127.0.0.1:9/x", "http://127.0.0.1:8/api"), "a sandbox on this machine"
    assert not may_be_answered_at("https://hooks.slack.com/x", "http://127.0.0.1:8/api")


def test_a_button_shows_the_answer_in_the_channel(door: Door) -> None:
    show, *_ = _buttons(door.ask().json())
    assert show["text"]["text"] == "Show in channel"
    assert door.press(show).status_code == 200 and door.came.wait(30)
    ((address, message),) = door.sent
    assert address == "https://hooks.slack.com/actions/1" and message["response_type"] == "in_channel"
    assert not _buttons(message) and "<@U1> asked" in str(message["blocks"][-1])


def test_a_button_narrows_the_answer_in_its_place(door: Door) -> None:
    _, narrow, *_ = _buttons(door.ask().json())
    assert "by team" in narrow["text"]["text"]
    door.press(narrow)
    assert door.came.wait(30)
    ((_, message),) = door.sent
    assert message["replace_original"] and message["response_type"] == "ephemeral"
    assert "Billing" in str(message["blocks"]) and _buttons(message)


def test_a_button_is_for_those_who_may(door: Door) -> None:
    show, *_ = _buttons(door.ask().json())
    ask_words = {**show, "value": json.dumps({"q": "x", "p": '{"kind": "say", "search": "refund"}'})}
    door.press(ask_words, user="U2")
    assert door.came.wait(30)
    ((_, message),) = door.sent
    assert "quotes customers" in message["text"] and message["response_type"] == "ephemeral"


def test_what_customers_wrote_is_not_shown_to_a_channel(door: Door) -> None:
    said = _buttons(door.ask("what do customers say about refunds last month").json())
    assert "Show in channel" not in [one["text"]["text"] for one in said]
    show, *_ = _buttons(door.ask().json())
    door.press({**show, "value": json.dumps({"q": "x", "p": '{"kind": "say", "search": "refund"}'})})
    assert door.came.wait(30)
    ((_, message),) = door.sent
    assert "is not shown in a channel" in message["text"] and message["response_type"] == "ephemeral"


NOTHING = (
    *("", "{", "[]", '{"type": "view_submission"}', '{"type": "block_actions", "actions": []}'),
    '{"type": "block_actions", "actions": [{"action_id": "other", "value": "1"}]}',
)


@pytest.mark.parametrize("payload", NOTHING)
def test_what_asks_nothing_is_taken_note_of_and_no_more(door: Door, payload: str) -> None:
    assert door.post("interactivity", {"payload": payload}).status_code == 200
    assert door.post("command", {"ssl_check": "1"}).status_code == 200 and not door.sent


def test_nobody_is_called_by_words_of_a_question(door: Door) -> None:
    message = door.ask("<!channel> tickets created last week").json()
    shown = [block["text"]["text"] for block in message["blocks"] if "text" in block]
    assert len(shown) == 3 and "<!channel>" not in "".join(shown) + message["text"]


def test_the_guard_lets_slack_in_at_the_desks_own_name_only(book: Book) -> None:
    app = make_app(book)
    body, now = urlencode({"command": "/deskbook", "text": "help", "user_id": "U1", "t": "guard"}).encode(), time.time()
    headers = {"x-slack-request-timestamp": str(int(now)), "x-slack-signature": sign(SECRET, str(int(now)), body)}
    path = "/hooks/slack/talk/command"
    assert TestClient(app, base_url="https://evil.example").post(path, content=body, headers=headers).status_code == 421
    assert TestClient(app, base_url=f"https://{HOST}").post(path, content=body, headers=headers).status_code == 200


def test_roles_are_held_by_person_by_channel_and_by_everyone_of_the_workspace() -> None:
    given = {"lead": ["U1"], "viewer": ["everyone"], "agent": ["C1"]}
    assert roles_of(given, "T01", Caller("U1", "C1", "T01")) == {"lead", "viewer", "agent"}
    assert roles_of(given, "T01", Caller("U2", "C2", "T02")) == frozenset()
    assert roles_of({}, "T01", Caller("", "", "T01")) == frozenset()
    with pytest.raises(UnknownName, match="Did you mean 'lead'"):
        check_command_roles({"led": ["U1"]}, "", "talk")
    with pytest.raises(ConfigError, match=r"everyone.*of which workspace"):
        check_command_roles({"viewer": ["everyone"]}, "", "talk")
    with pytest.raises(ConfigError, match="wants a list of ids"):
        check_command_roles({"viewer": "everyone"}, "T01", "talk")

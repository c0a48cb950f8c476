"""A person lets an entry in: authorisation code with PKCE, the browser's way and the server's checks as they are."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import httpx
import pyarrow as pa
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from deskbook.access import Actor
from deskbook.apps.connect import connect
from deskbook.book import Book
from deskbook.errors import AccessDenied, AuthFailed, ConfigError
from deskbook.schema import Batch
from deskbook.settings import load_settings
from deskbook.sources import Clock, Cursor, Entry, Page, source
from deskbook.sources.http import App
from tests.servers.process import free_port
from tests.sync.scripted import write_desk


@source("let-in")
class LetInDesk:
    """Let in at the address of its options; `key` instead of OAuth where it has no address."""

    def __init__(self, entry: Entry, clock: Clock) -> None:
        self.at = str(entry.options.get("at", ""))

    @property
    def app(self) -> App | None:
        if not self.at:
            return None
        authorise, token = f"{self.at}/authorise", f"{self.at}/token"
        return App(
            client_id="deskbook", client_secret="hush", token_url=token, authorise_url=authorise, scope=("read",)
        )

    def pull(self, cursor: Cursor) -> Iterator[Page]:
        yield from ()

    def normalise(self, page: Page) -> list[Batch]:
        return []

    def sample(self, rows: int) -> pa.Table:
        return pa.table({})


class Server:
    """An OAuth server that checks redirect address, code and PKCE verifier."""

    def __init__(self) -> None:
        self.asked: dict[str, str] = {}
        self.says_no = False

    async def authorise(self, request: Request) -> Response:
        self.asked = dict(request.query_params)
        back, state = self.asked["redirect_uri"], self.asked["state"]
        if self.says_no:
            return RedirectResponse(f"{back}?error=access_denied&error_description=Not+today&state={state}")
        return RedirectResponse(f"{back}?code=c0de&state={state}")

    async def token(self, request: Request) -> Response:
        form = {name: str(value) for name, value in (await request.form()).items()}
        challenge = (
            base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        )
        is_good = (
            form["code"] == "c0de"
            and form["redirect_uri"] == self.asked["redirect_uri"]
            and challenge == self.asked["code_challenge"]
            and self.asked["code_challenge_method"] == "S256"
            and form["client_secret"] == "hush"
        )
        if not is_good:
            return JSONResponse({"error": "invalid_grant"}, 400)
        return JSONResponse({"access_token": "a1", "refresh_token": "r1", "expires_in": 1800})


@pytest.fixture
def server() -> Iterator[tuple[Server, str]]:
    made, port = Server(), free_port()
    app = Starlette(routes=[Route("/authorise", made.authorise), Route("/token", made.token, methods=["POST"])])
    running = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = Thread(target=running.run)
    thread.start()
    while not running.started:
        pass
    yield made, f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join()


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Book]:
    monkeypatch.setenv("DESKBOOK_TOKEN_KEY", "k" * 40)

    def made(at: str) -> Book:
        folder = write_desk(tmp_path / "desk", sla={})
        file = folder / "catalogs" / "desk.yaml"
        told = f"kind: let-in\n      at: {at}" if at else "kind: let-in"
        file.write_text(file.read_text().replace("kind: scripted", told))
        return Book(load_settings(folder, {}))

    return made


def browse(url: str, change: Callable[[str], str] = lambda address: address) -> Thread:
    """A browser that says yes: it follows where it is sent."""

    def go() -> None:
        sent = httpx.get(url).headers["location"]
        httpx.get(change(sent))

    thread = Thread(target=go)
    thread.start()
    return thread


def test_an_entry_that_was_let_in_has_its_tokens(make: Callable[[str], Book], server: tuple[Server, str]) -> None:
    book = make(server[1])
    shown: list[str] = []
    connect(book, "sla", 0, show=lambda url: (shown.append(url), browse(url)))
    kept = book.keeper("sla").load()
    assert kept is not None and (kept["access_token"], kept["refresh_token"]) == ("a1", "r1")
    asked = parse_qs(urlsplit(shown[0]).query)
    assert asked["scope"] == ["read"] and "hush" not in shown[0]


def test_a_state_that_was_not_sent_is_refused(make: Callable[[str], Book], server: tuple[Server, str]) -> None:
    book = make(server[1])
    forged = lambda address: address.partition("&state=")[0] + "&state=forged"  # noqa: E731
    with pytest.raises(AuthFailed, match="was not let in"):
        connect(book, "sla", 0, show=lambda url: browse(url, forged))
    assert book.keeper("sla").load() is None


def test_a_person_who_says_no_is_heard(make: Callable[[str], Book], server: tuple[Server, str]) -> None:
    server[0].says_no = True
    with pytest.raises(AuthFailed, match="Not today"):
        connect(make(server[1]), "sla", 0, show=browse)


def test_a_person_who_does_not_answer_is_not_waited_for(
    make: Callable[[str], Book], server: tuple[Server, str]
) -> None:
    with pytest.raises(AuthFailed, match="nobody said yes"):
        connect(make(server[1]), "sla", 0, show=lambda url: None, wait_seconds=0.1)


def test_an_entry_with_a_key_of_its_own_needs_no_browser(make: Callable[[str], Book]) -> None:
    with pytest.raises(ConfigError, match="is not let in by a browser"):
        connect(make(""), "sla", 0, show=lambda url: None)


def test_only_an_admin_may_let_an_entry_in(make: Callable[[str], Book], server: tuple[Server, str]) -> None:
    book = make(server[1])
    book.actor = Actor("lea", frozenset({"lead"}))
    with pytest.raises(AccessDenied):
        connect(book, "sla", 0, show=browse)


def test_without_a_key_to_seal_with_nothing_is_kept(
    make: Callable[[str], Book], server: tuple[Server, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DESKBOOK_TOKEN_KEY")
    monkeypatch.setattr("deskbook.catalog.vault.has_keyring", lambda: False)
    with pytest.raises(ConfigError, match="openssl rand -hex 32"):
        connect(make(server[1]), "sla", 0, show=browse)

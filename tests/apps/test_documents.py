"""A page's document comes in two parts: what is the same at every visit does not wait for what is not."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.types import Message

from deskbook.apps.guard import _Secured
from deskbook.apps.web import make_app
from deskbook.book import Book
from deskbook.views.frame import MADE_AT_EACH_VISIT

PAGE = "/glossary"
AGAIN = ">location.reload()</script>"
pytestmark = pytest.mark.filterwarnings("ignore:.*HTTPServerRequest:DeprecationWarning")
HEADERS = [(b"host", b"127.0.0.1")]


@pytest.fixture
def app(synced: Book, monkeypatch: pytest.MonkeyPatch) -> Iterator[FastAPI]:
    monkeypatch.setenv("DESKBOOK_HOME", str(synced.settings.workspace))
    yield make_app(synced)


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    """One event loop for all visits, as a server has."""
    with asyncio.Runner() as made:
        yield made


@pytest.fixture
def happened(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What came to pass, in its order: parts that were sent, and `made` where the page was."""
    seen: list[str] = []
    application = app.state.pages._applications[PAGE].application
    make = application.initialize_document

    def made(doc: Any) -> None:
        seen.append("made")
        make(doc)

    monkeypatch.setattr(application, "initialize_document", made)
    return seen


async def visit(app: FastAPI, happened: list[str]) -> str:
    """The document of one visit."""
    parts: list[str] = []

    async def send(message: Message) -> None:
        if part := message.get("body", b"").decode():
            parts.append(part)
            happened.append("part")

    async def receive() -> Message:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    scope = {
        **{"type": "http", "method": "GET", "path": PAGE, "raw_path": PAGE.encode(), "query_string": b""},
        **{"headers": HEADERS, "http_version": "1.1", "scheme": "http", "server": ("127.0.0.1", 80), "root_path": ""},
        **{"client": ("127.0.0.1", 50_000), "asgi": {"version": "3.0", "spec_version": "2.4"}},
    }
    await app(scope, receive, send)
    return "".join(parts)


def lasting(document: str) -> str:
    """A document without what no two visits share."""
    return re.sub(r'nonce="[^"]+"|"token":"[^"]+"|[0-9a-f-]{36}|p\d{4,}', "", document)


def test_the_frame_is_sent_before_the_page_is_made(app: FastAPI, happened: list[str], runner: asyncio.Runner) -> None:
    first, second = (runner.run(visit(app, happened)) for _ in range(2))
    assert happened == ["made", "part", "part", "made", "part"]
    assert lasting(first) == lasting(second)
    frame, made = second.split(MADE_AT_EACH_VISIT)
    assert 'aria-current="page"' in frame and "bokeh.min.js" in frame
    assert '"token"' in made and '"token"' not in frame


def test_no_part_of_bokeh_travels_that_no_page_asks_for(
    app: FastAPI, happened: list[str], runner: asyncio.Runner
) -> None:
    document = runner.run(visit(app, happened))
    assert "bokeh-widgets" in document
    assert "bokeh-gl" not in document and "es-module-shims.min.js" not in document


def test_a_frame_that_changed_since_has_the_page_loaded_again(
    app: FastAPI, happened: list[str], runner: asyncio.Runner, synced: Book
) -> None:
    notebook = synced.settings.workspace / "notebooks" / f"{PAGE[1:]}.ipynb"
    before = notebook.read_text("utf-8")
    first = runner.run(visit(app, happened))
    try:
        notebook.write_text(json.dumps(_retitled(json.loads(before), "Lexicon")), "utf-8")
        again, third = (runner.run(visit(app, happened)) for _ in range(2))
    finally:
        notebook.write_text(before, "utf-8")
    assert AGAIN in again and AGAIN not in first + third
    assert "<title>Glossary" in again and "<title>Lexicon" in third


def _retitled(notebook: dict[str, Any], title: str) -> dict[str, Any]:
    for cell in notebook["cells"]:
        cell["source"] = [re.sub(r'"Glossary"', f'"{title}"', line) for line in cell["source"]]
    return notebook


def test_what_fails_after_the_frame_is_said_in_it_and_logged(
    app: FastAPI,
    happened: list[str],
    runner: asyncio.Runner,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    runner.run(visit(app, happened))
    application = app.state.pages._applications[PAGE].application
    monkeypatch.setattr(application, "initialize_document", lambda doc: 1 / 0)
    document = runner.run(visit(app, happened))
    assert "could not be made" in document and "ZeroDivisionError" not in document
    assert document.endswith("</html>")
    assert f"document failed path={PAGE}" in caplog.text


@pytest.mark.parametrize("cut", range(60))
def test_scripts_carry_the_nonce_wherever_a_page_is_parted(cut: int) -> None:
    page = b"<p>a < b</p><script>1</script><s><script src='x'></script>"
    sent: list[bytes] = []

    async def send(message: Message) -> None:
        sent.append(message.get("body", b""))

    async def run() -> str:
        secured = _Secured(send, "127.0.0.1")
        html = {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]}
        await secured(html)
        await secured({"type": "http.response.body", "body": page[:cut], "more_body": True})
        await secured({"type": "http.response.body", "body": page[cut:]})
        return secured.nonce

    nonce = asyncio.run(run()).encode()
    assert b"".join(sent) == page.replace(b"<script", b'<script nonce="' + nonce + b'"')

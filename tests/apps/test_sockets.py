"""A page that is closed leaves nothing behind: its session loses its only client, and ends."""

from __future__ import annotations

import re
import time

import pytest
from starlette.testclient import TestClient

from deskbook.apps.web import make_app
from deskbook.book import Book

HOME = "http://127.0.0.1"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_closed_page_is_a_lost_client_and_its_session_ends(synced: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKBOOK_HOME", str(synced.settings.workspace))
    app = make_app(synced)
    context = app.state.pages._applications["/glossary"]
    with TestClient(app, base_url=HOME) as client:
        token = re.search(r'"token":"([^"]+)"', client.get("/glossary").text)
        assert token
        headers = {"origin": HOME}
        with client.websocket_connect("ws://127.0.0.1/glossary/ws", ["bokeh", token[1]], headers=headers) as socket:
            assert '"ACK"' in socket.receive_text()
            assert [session.connection_count for session in context.sessions] == [1]
        deadline = time.monotonic() + 30
        while any(session.connection_count for session in context.sessions):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        assert client.portal is not None
        time.sleep(0.002)
        client.portal.call(lambda: context._cleanup_sessions(0))
        assert list(context.sessions) == []

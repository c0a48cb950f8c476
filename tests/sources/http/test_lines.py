"""The line to an account: a proxy where one is named, and the authority that signed its certificate."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from deskbook.errors import ConfigError, Unreachable
from deskbook.sources import Entry
from deskbook.sources.http import Fetch, WebOptions, Wire, account_of, bearer, web_options
from tests.fakes.web import Time
from tests.servers.certificates import signed


@contextmanager
def answering(context: ssl.SSLContext | None = None) -> Iterator[tuple[str, list[str]]]:
    """An HTTP server on this machine that answers every GET; its address, and what it was asked for."""
    asked: list[str] = []

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(b'{"good": true}')

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"{'https' if context else 'http'}://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def fetch(base_url: str, folder: Path, **options: Any) -> Fetch:
    entry = Entry(name="desk", kind="test", source="desk", options=options, folder=folder)
    account = account_of(web_options(WebOptions, entry), entry, base_url=base_url, auth=bearer("hush"))
    time = Time()
    return Fetch(account, Wire(sleep=time.sleep, clock=time))


def test_a_proxy_that_is_named_gets_the_request(tmp_path: Path) -> None:
    with answering() as (proxy, asked), fetch("http://127.0.0.1:1/api", tmp_path, proxy=proxy).open() as line:
        assert line.get("/tickets").data == {"good": True}
    assert asked == ["http://127.0.0.1:1/api/tickets"]


def test_a_proxy_of_the_environment_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with answering() as (proxy, asked):
        monkeypatch.setenv("HTTP_PROXY", proxy)
        monkeypatch.delenv("NO_PROXY", raising=False)
        with fetch("http://127.0.0.1:1/api", tmp_path).open() as line:
            line.get("/tickets")
    assert asked == ["http://127.0.0.1:1/api/tickets"]


def test_a_certificate_holds_by_the_authority_that_is_named_and_by_no_other(tmp_path: Path) -> None:
    made = signed(tmp_path, "desk", "127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made.certificate, made.key)
    with answering(context) as (url, asked):
        with fetch(url, tmp_path, ca_file=made.ca.name).open() as line:
            assert line.get("/tickets").data == {"good": True}
        with fetch(url, tmp_path).open() as line, pytest.raises(Unreachable, match="does not answer") as said:
            line.get("/tickets")
    assert asked == ["/tickets"] and "hush" not in str(said.value)


def test_a_file_without_certificates_is_named(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing")
    with fetch("https://127.0.0.1:1", tmp_path, ca_file="ca.pem").open() as line, pytest.raises(ConfigError) as said:
        line.get("/tickets")
    assert "ca_file:" in str(said.value) and "holds no certificates" in str(said.value)

"""Ends that deliveries reach in tests: a real mail server and a real web server, both on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from aiosmtpd.controller import Controller

from ..servers.process import free_port


@dataclass
class Hook:
    """A web server: answers with these statuses in turn, then 200; keeps what it was sent."""

    statuses: list[int] = field(default_factory=list)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    arrived: Event = field(default_factory=Event)
    hang: Event | None = None
    url: str = ""

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.got]


@contextmanager
def web_sink(*statuses: int, hang: Event | None = None) -> Iterator[Hook]:
    """A web server; with `hang` it takes what it is sent and does not answer until that is set."""
    hook = Hook(list(statuses), hang=hang)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            hook.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            hook.arrived.set()
            if hook.hang:
                hook.hang.wait(60)
            status = hook.statuses.pop(0) if hook.statuses else 200
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("location", hook.url)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Quiet."""

        def handle(self) -> None:
            with suppress(ConnectionError):  # who asked was killed, as the test meant
                super().handle()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    hook.url = f"http://127.0.0.1:{server.server_port}/hooks/very-secret?key=hidden"
    try:
        yield hook
    finally:
        if hang:
            hang.set()
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Mailbox:
    """A mail server: answers with these lines in turn, then takes the letter."""

    answers: list[str]
    letters: list[EmailMessage] = field(default_factory=list)
    people: list[list[str]] = field(default_factory=list)
    port: int = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answers:
            return self.answers.pop(0)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.people.append(envelope.rcpt_tos)
        return "250 Taken"


@contextmanager
def mail_sink(*answers: str) -> Iterator[Mailbox]:
    """A mail server on a free port."""
    box = Mailbox(list(answers))
    box.port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()

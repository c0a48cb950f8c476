"""A small OpenAI-compatible server on loopback that replies as told, or fails as told.

with FakeModel("hello") as fake: … fake.url … fake.asked (what it was sent, newest last)

How it fails is the word before the colon of a reply: `429`, `500`, `401` (then the next reply is used), `slow`
(a piece, then silence), `hang` (never answers), `half` (stops without an end), `broken` (no JSON in the events),
`html` (a page instead).
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = str | Callable[[dict[str, Any]], str]
HANG_SECONDS = 30


class FakeModel:
    """The server; it replies in order, the last reply again and again."""

    def __init__(self, *replies: Reply) -> None:
        self.replies, self.asked, self.headers = list(replies), [], []
        self.done = threading.Event()
        self._server = _Server(self)
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def next(self, body: dict[str, Any]) -> str:
        """What it says to a request."""
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        return reply(body) if callable(reply) else reply

    def __enter__(self) -> FakeModel:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.done.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    def __init__(self, fake: FakeModel) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.fake = fake


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        self._json(200, {"object": "list", "data": [{"id": "gpt-4o-mini", "object": "model"}]})

    def do_POST(self) -> None:
        fake = self.server.fake
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        fake.asked.append(body)
        fake.headers.append(dict(self.headers))
        text = fake.next(body)
        how, _, rest = text.partition(":")
        if how in ("429", "500", "401"):
            self._json(int(how), {"error": {"message": f"key sk-secret refused {rest}"}}, retry=how == "429")
        elif how == "hang":
            fake.done.wait(HANG_SECONDS)
        elif how == "html":
            self._send(200, "text/html", b"<html>a proxy's page</html>")
        else:
            self._stream(how, rest if how in ("slow", "half", "broken") else text)

    def _json(self, code: int, body: dict[str, Any], *, retry: bool = False) -> None:
        self._send(code, "application/json", json.dumps(body).encode(), {"retry-after": "0.01"} if retry else {})

    def _send(self, code: int, kind: str, data: bytes, more: dict[str, str] | None = None) -> None:
        self.send_response(code)
        for name, value in {"content-type": kind, "content-length": str(len(data)), **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, how: str, text: str) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        try:
            for start in range(0, len(text), 7):
                self._event(text[start : start + 7])
                if how == "slow":
                    self.server.fake.done.wait(HANG_SECONDS)
            if how == "broken":
                self.wfile.write(b"data: {no json\n\n")
            if how not in ("half", "broken"):
                self._event("", "stop")
                self.wfile.write(b"data: [DONE]\n\n")
        except (BrokenPipeError, ConnectionResetError):
            pass

    def _event(self, piece: str, reason: str | None = None) -> None:
        choice = {"index": 0, "delta": {"content": piece}, "finish_reason": reason}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": int(time.time()), "model": "fake"}
        self.wfile.write(f"data: {json.dumps({**chunk, 'choices': [choice]})}\n\n".encode())
        self.wfile.flush()

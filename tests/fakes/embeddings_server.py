"""A small server of OpenAI's embeddings protocol on loopback that answers well, or fails as told.

`how` is what it does: `well`, a status code, `hang`, `few` (fewer vectors than texts), `nan`, `html`.
"""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HANG_SECONDS = 10


class FakeEmbeddings:
    """The server, while its block runs."""

    def __init__(self, *how: str) -> None:
        self.how, self.asked, self.keys = list(how) or ["well"], [], []
        self._done = threading.Event()
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: Any) -> None:
                pass

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                fake.asked.append(body["input"])
                fake.keys.append(self.headers["authorization"])
                how = fake.how.pop(0) if len(fake.how) > 1 else fake.how[0]
                if how == "hang":
                    fake._done.wait(HANG_SECONDS)
                elif how.isdigit():
                    self._send(int(how), {"error": {"message": "the key sk-secret is wrong"}})
                elif how == "html":
                    self._send(200, "<html>a proxy's page</html>", "text/html")
                else:
                    self._send(200, {"object": "list", "model": body["model"], "data": fake._data(body["input"], how)})

            def _send(self, code: int, body: Any, kind: str = "application/json") -> None:
                data = (body if isinstance(body, str) else json.dumps(body)).encode()
                self.send_response(code)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def _data(self, texts: list[str], how: str) -> list[dict[str, Any]]:
        """Vectors by letters, the last text first: the protocol gives an index, no order."""
        numbered = list(enumerate(texts))[1 if how == "few" else 0 :]
        value = float("nan") if how == "nan" else 3.0
        return [
            {"object": "embedding", "index": n, "embedding": [value * len(text), 4.0 * len(text), 0.0]}
            for n, text in reversed(numbered)
        ]

    def __enter__(self) -> FakeEmbeddings:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._server.shutdown()
        self._server.server_close()

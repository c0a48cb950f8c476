"""Where clouds give tokens to who asks: Google's for service accounts, and the one of machines of Azure (IMDS)."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import httpx
from google.auth import jwt

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
AUDIENCE = "https://oauth2.googleapis.com/token"
"""What Google's own clients sign for, wherever they send it."""
LETS_THROUGH = ("content-type", "content-length", "range", "accept")
Answer = tuple[int, Mapping[str, str], bytes]


@dataclass
class Google:
    """A token endpoint that checks who signs, before a storage that is read with its tokens alone.

    Attributes:
        storage: address of what lies behind.
        public_key: in PEM, of the one service account that is known.
        holds_seconds: how long a token does.
        claims: of each signed request for a token.
        refused: requests to the storage without a token that holds.
    """

    storage: str
    public_key: str
    holds_seconds: int = 3_600
    address: str = ""
    claims: list[dict[str, Any]] = field(default_factory=list)
    refused: int = 0
    given: set[str] = field(default_factory=set)

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """As Google would."""
        if path == "/token":
            return self._token({name: one[0] for name, one in parse_qs(body.decode()).items()})
        if headers.get("authorization", "").removeprefix("Bearer ") not in self.given:
            self.refused += 1
            return _json(401, {"error": {"code": 401, "message": "Invalid Credentials"}})
        kept = {name: value for name, value in headers.items() if name in LETS_THROUGH}
        told = httpx.request(method, f"{self.storage}{path}", headers=kept, content=body)
        return told.status_code, {"content-type": told.headers.get("content-type", "")}, told.content

    def _token(self, asked: Mapping[str, str]) -> Answer:
        try:
            claims = dict(jwt.decode(asked["assertion"], certs=self.public_key, audience=AUDIENCE))
        except ValueError as error:
            return _json(400, {"error": "invalid_grant", "error_description": f"Invalid JWT: {error}"})
        if asked.get("grant_type") != GRANT:
            return _json(400, {"error": "unsupported_grant_type"})
        self.claims.append(claims)
        token = f"token-{len(self.claims)}"
        self.given.add(token)
        return _json(200, {"access_token": token, "token_type": "Bearer", "expires_in": self.holds_seconds})


@dataclass
class Imds:
    """What a machine of Azure asks who it is.

    Attributes:
        client: id of the one user-assigned identity; "" is the machine's own, None where it has none.
        asked: client ids that asked, "" for the machine itself.
    """

    client: str | None = ""
    address: str = ""
    asked: list[str] = field(default_factory=list)

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """As the service at 169.254.169.254 would."""
        parts = urlsplit(path)
        words = {name: one[0] for name, one in parse_qs(parts.query).items()}
        if parts.path != "/metadata/identity/oauth2/token" or headers.get("metadata") != "true":
            return _json(
                400, {"error": "invalid_request", "error_description": "Required metadata header not specified"}
            )
        self.asked.append(words.get("client_id", ""))
        if words.get("client_id", "") != self.client:
            return _json(400, {"error": "invalid_request", "error_description": "Identity not found"})
        now = int(time.time())
        told = {
            "iss": "https://sts.windows.net/desk/",
            "aud": words["resource"],
            "iat": now,
            "nbf": now,
            "exp": now + 3600,
        }
        token = ".".join(_base64(part) for part in ({"typ": "JWT", "alg": "HS256"}, told, "read by no emulator"))
        return _json(200, {"access_token": token, "expires_in": "3600", "expires_on": str(now + 3600),
                           "resource": words["resource"], "token_type": "Bearer"})  # fmt: skip


def _base64(part: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def _json(status: int, told: Mapping[str, Any]) -> Answer:
    return status, {"content-type": "application/json"}, json.dumps(told).encode()


class _Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    fake: ClassVar[Google | Imds]

    def _any(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        status, told, content = self.fake.answer(self.command, self.path, headers, body)
        self.send_response(status)
        for name, value in {**told, "content-length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _any

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def serving(fake: Google | Imds) -> Iterator[str]:
    """The fake at an address of loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Door", (_Door,), {"fake": fake}))
    fake.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield fake.address
    server.shutdown()
    server.server_close()
    thread.join(10)

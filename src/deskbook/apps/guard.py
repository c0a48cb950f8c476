"""Who may talk to the web door: only pages of allowed hosts; and what browsers are told to refuse."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL: Final = ("127.0.0.1", "localhost", "::1")
ANY: Final = ("0.0.0.0", "::", "")
SCRIPT_TAG: Final = b"<script"
POLICY: Final = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' blob: {sockets}; worker-src blob:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


def allowed_hosts(host: str, origins: Iterable[str]) -> frozenset[str]:
    """Host names a request may be addressed to: this machine, the one bound to, and the origins named."""
    named = {urlsplit(one if "//" in one else f"//{one}").hostname or "" for one in origins}
    bound = set() if host in ANY else {host}
    return frozenset({*LOCAL, *bound, *named} - {""})


class Guard:
    """Refuses foreign hosts and origins (DNS rebinding, cross-site websockets); adds security headers."""

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str]) -> None:
        self.app, self.hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not self._welcome(scope, headers):
            await self._refuse(scope, receive, send)
        elif scope["type"] == "websocket":
            await self.app(scope, receive, send)
        else:
            await self.app(scope, receive, _Secured(send, headers.get("host", "")))

    def _welcome(self, scope: Scope, headers: Headers) -> bool:
        host = headers.get("host", "")
        if _name(host) not in self.hosts:
            return False
        origin = headers.get("origin")
        if origin is None:
            return bool(scope["type"] == "http")
        return urlsplit(origin).netloc == host

    @staticmethod
    async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        said = 'Deskbook does not answer to this host name. Name it in deskbook.toml: origins = ["https://…"]\n'
        await PlainTextResponse(said, status_code=421)(scope, receive, send)


def _name(host: str) -> str:
    return (urlsplit(f"//{host}").hostname or "") if host else ""


class _Secured:
    """Adds the headers to a response and, to a page, a nonce that its own scripts carry."""

    def __init__(self, send: Send, host: str) -> None:
        self.send, self.host = send, host
        self.nonce = ""
        self.begun = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            for name, value in HEADERS.items():
                headers[name] = value
            if headers.get("content-type", "").startswith("text/html"):
                self._open_page(headers)
            else:
                headers["content-security-policy"] = "default-src 'none'; frame-ancestors 'none'"
        elif self.nonce:
            body = self._signed(message.get("body", b""), is_last=not message.get("more_body"))
            message = {**message, "body": body}
        await self.send(message)

    def _open_page(self, headers: MutableHeaders) -> None:
        self.nonce = base64.b64encode(os.urandom(18)).decode()
        sockets = f"ws://{self.host} wss://{self.host}"
        headers["content-security-policy"] = POLICY.format(nonce=self.nonce, sockets=sockets)
        headers["cache-control"] = "no-store"
        del headers["content-length"]  # the nonces make it longer

    def _signed(self, body: bytes, *, is_last: bool) -> bytes:
        """A part of a page with the nonce in its script tags; a tag cut through waits for the next part."""
        body = self.begun + body
        cut = len(body) if is_last else _whole(body)
        self.begun = body[cut:]
        return body[:cut].replace(SCRIPT_TAG, f'<script nonce="{self.nonce}"'.encode())


def _whole(body: bytes) -> int:
    """How much of a part holds whole script tags."""
    last = body.rfind(b"<")
    return last if last >= 0 and SCRIPT_TAG.startswith(body[last:]) else len(body)

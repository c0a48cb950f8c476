"""What fakes of web APIs share: time that passes only by sleeping, faults on order, and a wire that leads to them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deskbook.sources.http import Pacers, Wire

START = datetime(2026, 11, 2, 8, tzinfo=UTC)


@dataclass
class Time:
    """A clock that stands still until somebody sleeps; who sleeps side by side wakes in order.

    Attributes:
        slept: seconds of every sleep.
    """

    now: datetime = START
    slept: list[float] = field(default_factory=list)
    _waking: list[tuple[float, asyncio.Event]] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        return self.now.timestamp()

    def pass_by(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    async def sleep(self, seconds: float) -> None:
        """Sleep; the clock goes on to the earliest sleeper once nobody has anything else to do."""
        self.slept.append(seconds)
        mine = (self.seconds() + seconds, asyncio.Event())
        self._waking.append(mine)
        while not mine[1].is_set():
            for _ in range(20):  # let everybody who is awake reach a sleep of their own
                await asyncio.sleep(0)
            if mine[1].is_set():
                break
            first = min(self._waking, key=lambda one: one[0])
            if first is mine:
                # Microseconds are all that a datetime holds: rounded down, whoever slept would sleep again for ever.
                moment = datetime.fromtimestamp(first[0], UTC)
                self.now = max(self.now, moment + timedelta(microseconds=moment.timestamp() < first[0]))
                mine[1].set()
        self._waking.remove(mine)


@dataclass(frozen=True)
class Fault:
    """What is answered in place of the true answer.

    Attributes:
        body: JSON if it is no text.
        cut: send the true answer but only its first bytes.
    """

    status: int = 500
    body: Any = ""
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    drop: bool = False


@dataclass
class Faulty:
    """An ASGI application that does wrong on order, and writes down what it was asked.

    Attributes:
        plan: count of the request, from 0 on -> what goes wrong with it.
        asked: method, path with query, headers, body of each request.
        after: called after each request, with its count: rows may change while they are paged through.
        skew_seconds: how far its clock is ahead.
    """

    app: ASGIApp
    time: Callable[[], datetime]
    plan: dict[int, Fault] = field(default_factory=dict)
    asked: list[httpx.Request] = field(default_factory=list)
    after: Callable[[int], None] = lambda count: None
    skew_seconds: float = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        count, body = len(self.asked), b""
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = bool(message.get("more_body"))
        query = scope["query_string"].decode()
        headers = [(k.decode(), v.decode()) for k, v in scope["headers"]]
        host = dict(headers).get("host", "fake")
        url = f"{scope['scheme']}://{host}{scope['path']}{'?' if query else ''}{query}"
        self.asked.append(httpx.Request(scope["method"], url, headers=headers, content=body))

        async def again() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        fault = self.plan.get(count)
        if fault is None:
            await self.app(scope, again, self._dated(send))
        elif fault.cut:
            await self.app(scope, again, self._cutting(send, fault.cut))
        elif fault.drop:
            raise httpx.ReadError("the line broke")
        else:
            response = httpx.Response(
                fault.status,
                **({"text": fault.body} if isinstance(fault.body, str) else {"json": fault.body}),
                headers=fault.headers,
            )
            await _send(self._dated(send), response)
        self.after(count)

    def _dated(self, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                moment = self.time() + timedelta(seconds=self.skew_seconds)
                dated = (b"date", format_datetime(moment, usegmt=True).encode())
                message = {**message, "headers": [*message["headers"], dated]}
            await send(message)

        return sending

    def _cutting(self, send: Send, size: int) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(k, v) for k, v in message["headers"] if k.lower() != b"content-length"]
                message = {**message, "headers": kept}
            elif message["type"] == "http.response.body":
                message = {**message, "body": message.get("body", b"")[:size], "more_body": False}
            await send(message)

        return sending


async def _send(send: Send, response: httpx.Response) -> None:
    headers = [(k.lower().encode(), v.encode()) for k, v in response.headers.items()]
    await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": response.content})


def wire_to(app: ASGIApp, time: Time | None = None) -> Wire:
    """A wire that leads to an application in this process, with paces of its own."""
    time = time or Time()
    transport = httpx.ASGITransport(app=app)
    return Wire(transport=transport, sleep=time.sleep, clock=time, pacers=Pacers())

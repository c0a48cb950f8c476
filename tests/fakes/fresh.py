"""Fake accounts of Freshdesk and Freshservice: the served application, and a limit as they have it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deskbook.samples.served import freshdesk, freshservice
from deskbook.samples.served.fresh import Record, Records
from deskbook.sources import Clock, Entry
from tests.fakes.web import Faulty

KEY = "secret-key-of-the-fake"
SIZE = 7
TICKETS = 40


def iso(at: Any) -> str:
    return str(at.strftime("%Y-%m-%dT%H:%M:%SZ"))


def ticket(number: int, at: str, **more: Any) -> Record:
    """A ticket as the account sends it."""
    requester = {"id": 900 + number % 5, "name": f"Customer {number % 5}", "email": f"c{number % 5}@example.com"}
    return {
        **{"id": number, "created_at": at, "updated_at": at, "subject": f"Order {number}", "status": 2, "priority": 1},
        **{"source": 1, "type": "Question", "group_id": 1, "responder_id": 11, "requester_id": requester["id"]},
        **{"tags": ["late"], "custom_fields": {"cf_order": number}, "spam": False, "deleted": False},
        **{"description": "<div>Where is it?</div>", "description_text": "Where is it?", "requester": requester},
        **{"stats": {"first_responded_at": None, "resolved_at": None, "closed_at": None}, **more},
    }


def conversation(number: int, ticket_id: int, at: str, **more: Any) -> Record:
    """A public reply of an agent, unless told otherwise."""
    return {
        **{"id": number, "ticket_id": ticket_id, "incoming": False, "private": False, "source": 0, "user_id": 11},
        **{"body": "<p>Soon.</p>", "body_text": "Soon.", "created_at": at, "updated_at": at, **more},
    }


@dataclass
class Limited:
    """An account that allows so many credits in any minute, says what is left, and counts what it refuses."""

    app: ASGIApp
    time: Clock
    credits: float
    refused: int = 0
    used: deque[tuple[float, float]] = field(default_factory=deque)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = scope["query_string"].decode()
        include = re.search(r"include=([^&]*)", query)
        cost = 1 + 2 * len(re.split(",|%2C", include[1])) if include else 1
        now = self.time().timestamp()
        while self.used and self.used[0][0] <= now - 60:
            self.used.popleft()
        self.used.append((now, cost))
        if sum(one for _, one in self.used) > self.credits:
            self.refused += 1
            start: Message = {"type": "http.response.start", "status": 429, "headers": [(b"retry-after", b"30")]}
            await send(start)
            await send({"type": "http.response.body", "body": b"You have exceeded the limit of requests per minute"})
            return
        left = int(self.credits - sum(one for _, one in self.used))

        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = [
                    (b"x-ratelimit-total", str(int(self.credits)).encode()),
                    (b"x-ratelimit-remaining", str(left).encode()),
                ]
                message = {**message, "headers": [*message["headers"], *told]}
            await send(message)

        await self.app(scope, receive, telling)


class FreshDesk:
    """An account of either product with a few dozen tickets."""

    page_requests = SIZE + 1 + 9
    """Conversations of a page of tickets, its list, and what every pull looks through anew, as it has no cursor there.

    These are fields, agents, groups (twice, once for their names), policies, hours, requesters, departments and what
    was deleted.
    """

    def __init__(self, kind: str, time: Clock, tickets: int = TICKETS) -> None:
        self.kind, self._time = kind, time
        self.records = Records(key=KEY)
        self._fill(tickets)
        served = freshdesk if kind == "freshdesk" else freshservice
        self.app = Faulty(served.app(self.records, time), time)

    def _fill(self, count: int) -> None:
        begin = self._time() - timedelta(days=90)
        for number in range(1, count + 1):
            at = iso(begin + timedelta(seconds=number // 3))  # several share each second
            self.records.tickets.append(ticket(number, at))
            self.records.conversations[number] = [
                conversation(number * 100 + place, number, at) for place in range(number % 3)
            ]
        people = "contacts" if self.kind == "freshdesk" else "requesters"
        fields = "ticket_fields" if self.kind == "freshdesk" else "ticket_form_fields"
        old = iso(begin)
        self.records.lists = {
            "agents": [{"id": 11, "contact": {"name": "Ann", "email": "ann@example.com", "active": True}}],
            "groups": [{"id": 1, "name": "Billing", "business_hour_id": 5}],
            people: [
                {"id": 900 + n, "name": f"Customer {n}", "company_id": 3, "updated_at": old, "created_at": old}
                for n in range(5)
            ],
            "companies": [{"id": 3, "name": "Acme"}],
            "departments": [{"id": 3, "name": "Acme"}],
            fields: [{"name": "cf_order", "label": "Order number", "default": False}],
        }

    def entry(self, base_url: str) -> Entry:
        """An entry with small pages."""
        options = {"base_url": base_url, "api_key": KEY, "page_size": SIZE, "requests_per_minute": 100_000}
        return Entry(name="desk", kind=self.kind, source="desk", options=options)

    def expected(self) -> dict[str, set[str]]:
        """Ids that a whole pull leaves."""
        live = [one["id"] for one in self.records.tickets if not one["deleted"]]
        talk = {str(said["id"]) for number in live for said in self.records.conversations.get(number, [])}
        return {
            "tickets": {str(number) for number in live},
            "messages": {f"{number}-0" for number in live} | talk,
            "agents": {"11"},
            "teams": {"1"},
            "customers": {str(900 + n) for n in range(5)},
        }

    def touch(self) -> str:
        """An agent solves the oldest ticket."""
        one = min(self.records.tickets, key=lambda each: str(each["updated_at"]))
        now = iso(self._time())
        one |= {"updated_at": now, "status": 4, "stats": {**one["stats"], "resolved_at": now}}
        return str(one["id"])

    def lock_out(self) -> None:
        """The key is revoked."""
        self.records.key = "another"


def desk_of(kind: str) -> Callable[[Clock], FreshDesk]:
    """Makes fresh accounts of a product."""
    return lambda time: FreshDesk(kind, time)

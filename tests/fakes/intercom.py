"""A small Intercom workspace behind the served application, with faults on order and each request checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deskbook.samples.served.intercom import Workspace, app
from deskbook.sources import Clock, Entry
from deskbook.sources.intercom import Intercom
from tests.fakes.intercom_spec import INTERCOM
from tests.fakes.web import START, Faulty, Time, wire_to

NOW = int(START.timestamp())
DAY = 86_400
ADMIN, TEAM = "991", "77"


def part(number: int, kind: str = "comment", author: str = "admin", at: int = NOW - DAY, **more: Any) -> dict[str, Any]:
    """A part of a conversation."""
    held = {"type": "conversation_part", "id": str(number), "part_type": kind, "created_at": at, "updated_at": at}
    body = {"body": f"<p>part {number}</p>" if kind in ("comment", "note") else None, "assigned_to": None}
    return {**held, **body, "author": {"type": author, "id": ADMIN if author == "admin" else "u1"}, **more}


def conversation(number: int, at: int = NOW - 5 * DAY, parts: Any = None, **more: Any) -> dict[str, Any]:
    """A conversation of a customer, answered once an hour later."""
    held = [part(number * 1_000, at=at + 3_600)] if parts is None else list(parts)
    return {
        **{"type": "conversation", "id": str(number), "title": f"Order {number}", "created_at": at, "updated_at": at},
        **{"state": "open", "open": True, "priority": "none", "admin_assignee_id": int(ADMIN), "team_assignee_id": 77},
        "source": {"type": "email", "id": f"s{number}", "body": "<p>Where is it?</p>", "author": _user("u1")},
        "contacts": {"type": "contact.list", "contacts": [{"type": "contact", "id": "u1", "external_id": None}]},
        "tags": {"type": "tag.list", "tags": [{"type": "tag", "id": "5", "name": "late"}]},
        "custom_attributes": {"Product area": "shipping"},
        "statistics": {"type": "conversation_statistics", "count_conversation_parts": len(held)},
        "conversation_rating": None,
        "conversation_parts": {"type": "conversation_part.list", "conversation_parts": held, "total_count": len(held)},
        **more,
    }


def _user(number: str) -> dict[str, Any]:
    return {"type": "user", "id": number, "name": "Ann", "email": "ann@example.com"}


def contact(number: str, company: str = "", at: int = NOW - 9 * DAY, **more: Any) -> dict[str, Any]:
    """A customer, of a company where one is named."""
    held = [{"type": "company", "id": company, "url": f"/companies/{company}"}] if company else []
    return {
        **{"type": "contact", "id": number, "role": "user", "name": f"Ann {number}", "email": f"{number}@example.com"},
        **{"created_at": at, "updated_at": at, "location": {"type": "location", "country": "Ireland"}},
        "companies": {"type": "list", "data": held, "total_count": len(held), "has_more": False},
        **more,
    }


def company(number: int) -> dict[str, Any]:
    """A company with a plan."""
    return {"type": "company", "id": f"c{number}", "name": f"Company {number}", "plan": {"name": "Pro"}}


class FakeIntercom:
    """A workspace, a source that reads it, and what it was asked.

    Attributes:
        fake: what goes wrong with which request, and the requests.
        checks: whether each request must keep to the official description.
    """

    def __init__(self, *, conversations: int = 0, contacts: int = 0, companies: int = 0, **more: Any) -> None:
        self.time = Time()
        self.own = Workspace(now=self.time.seconds, **more)
        for number in range(1, conversations + 1):
            self.own.put(conversation(number, NOW - 10 * DAY + number * 60))
        for number in range(1, contacts + 1):
            self.own.put_contact(contact(f"u{number}", f"c{number % companies + 1}" if companies else ""))
        self.own.companies = {one["id"]: one for one in map(company, range(1, companies + 1))}
        self.own.admins = [
            {**{"type": "admin", "id": ADMIN, "name": "Bob", "email": "bob@desk.example"}, "team_ids": [77]}
        ]
        self.own.teams = [{"type": "team", "id": TEAM, "name": "Shipping", "admin_ids": [int(ADMIN)]}]
        self.own.tags = [{"type": "tag", "id": "5", "name": "late"}]
        self.fake = Faulty(app(self.own), self.time)
        self.checks = True

    def source(self, **options: Any) -> Intercom:
        """The source of an entry with these options."""
        given = {"token": "sandbox", **options}
        entry = Entry(
            name="support", kind="intercom", source="intercom", options=given, keeper=given.pop("keeper", None)
        )
        return Intercom(entry, self.time, wire_to(self.fake, self.time))

    def pull(self, cursor: Mapping[str, Any] | None = None, **options: Any) -> list[Any]:
        """All pages of one pull; every request is one that Intercom's description knows."""
        begun = len(self.fake.asked)
        found = list(self.source(**options).pull(cursor or {}))
        if self.checks and INTERCOM.is_there:
            assert [said for one in self.fake.asked[begun:] for said in INTERCOM.faults(one)] == []
        return found

    def paths(self, begin: int = 0) -> list[str]:
        """What was asked, from one request on."""
        return [one.url.path for one in self.fake.asked[begin:]]


@dataclass
class FakeDesk:
    """A workspace of 35 conversations on pages of ten, for the suite that all vendors are held to."""

    own: Workspace
    app: Faulty
    # Ten details after a search, and the five requests that tell whose workspace it is.
    page_requests: int = 16
    _touched: int = 0

    def entry(self, base_url: str) -> Entry:
        options = {"token": "secret-token", "base_url": base_url, "page_rows": 10}
        return Entry(name="desk", kind="intercom", source="intercom", options=options)

    def expected(self) -> Mapping[str, set[str]]:
        held = self.own.conversations.values()
        parts = {one["id"] for each in held for one in each["conversation_parts"]["conversation_parts"]}
        return {"tickets": {one["id"] for one in held}, "messages": parts | {f"{one['id']}-first" for one in held}}

    def touch(self) -> str:
        self._touched += 1
        number, at = self._touched, int(self.own.now())
        before = self.own.conversations[str(number)]
        parts = [*before["conversation_parts"]["conversation_parts"], part(number * 1_000 + 1, at=at)]
        self.own.put(conversation(number, before["created_at"], parts, updated_at=at))
        return str(number)

    def lock_out(self) -> None:
        self.own.token = "another secret"


def desk(time: Clock) -> FakeDesk:
    """A workspace whose clock is this one."""
    made = FakeIntercom(conversations=35, contacts=4, companies=2, token="secret-token")
    made.own.now = lambda: time().timestamp()
    made.own.limit = 0
    return FakeDesk(made.own, Faulty(app(made.own), time))

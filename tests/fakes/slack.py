"""Slack: the workspace that is served, with faults on order, and each request held against Slack's own spec."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import httpx
from starlette.types import ASGIApp

from deskbook.samples.served.slack import TOKEN, Records, app
from deskbook.sources import Clock, Entry
from deskbook.sources.slack import Slack

from .spec import Described
from .web import Faulty, Time, wire_to

BASE = "https://slack.example/api"
DAY = 86_400
BEGIN = int(datetime(2026, 10, 1, 8, tzinfo=UTC).timestamp())


def ts(seconds: float, micros: int = 100) -> str:
    """A ts so long after the first of October 2026, 8:00."""
    return f"{BEGIN + int(seconds)}.{micros:06d}"


def member(id: str, name: str, **more: Any) -> dict[str, Any]:
    profile = {"display_name": name, "real_name": name, "email": f"{name.lower()}@desk.example"}
    return {"id": id, "team_id": "T01", "name": name.lower(), "profile": profile, "deleted": False, **more}


def workspace(threads: int = 6, channels: int = 1) -> Records:
    """Ann and Bob are support, Cid, Dee and Eve ask; each thread is a question, an answer and a thank-you."""
    made = Records()
    names = {"U1": "Ann", "U2": "Bob", "U5": "Cid", "U6": "Dee", "U7": "Eve"}
    made.users = [*(member(*one) for one in names.items()), member("UBOT", "Desk", is_bot=True)]
    made.usergroups = [{"id": "S1", "handle": "support", "users": ["U1", "U2"]}]
    for place in range(channels):
        id = f"C{place}"
        made.channels.append({"id": id, "name": f"help-{place}", "is_channel": True, "is_member": True})
        made.members[id] = ["U1", "U5"]
        made.messages[id] = []
        for one in range(threads):
            at, asks = one * 3_600, ("U5", "U6", "U7")[one % 3]
            first = made.post(id, {"ts": ts(at), "user": asks, "text": f"Where is order {one}?"})["ts"]
            if one % 3 != 2:
                made.post(id, {"ts": ts(at + 600), "user": "U1", "text": "On its way."}, first)
                made.post(id, {"ts": ts(at + 900), "user": asks, "text": "Thanks!"}, first)
    return made


class Desk:
    """A workspace, its fake, and sources that read it."""

    def __init__(self, records: Records | None = None, wrap: Callable[[ASGIApp], ASGIApp] = lambda app: app) -> None:
        self.time = Time()
        self.records = records or workspace()
        self.records.now = self.time.seconds
        self.fake = Faulty(wrap(app(self.records)), self.time)
        self.wire = wire_to(self.fake, self.time)

    def source(self, **options: Any) -> Slack:
        given = {"token": TOKEN, "agent_groups": ["support"], "base_url": BASE, **options}
        entry = Entry(name="slack", kind="slack", source="slack", options=given)
        return Slack(entry, self.time, self.wire)

    def asked(self, method: str) -> list[httpx.Request]:
        return [one for one in self.fake.asked if one.url.path.endswith(f"/{method}")]


class FakeWorkspace:
    """A workspace as the vendors' common suite wants it.

    Attributes:
        page_requests: ten threads at once, the page of history before them, and what every pull begins with.
    """

    page_requests = 10 + 1 + 3

    def __init__(self, time: Clock) -> None:
        self.time = time
        self.records = workspace(threads=40, channels=2)
        self.records.token = "xoxb-secret-1"
        self.records.now = lambda: time().timestamp()
        self.app = Faulty(app(self.records), time)
        self.touched = 0

    def entry(self, base_url: str) -> Entry:
        given = {"token": "xoxb-secret-1", "agent_groups": ["support"], "base_url": f"{base_url}/api", "page_size": 15}
        return Entry(name="desk", kind="slack", source="slack", options={**given, "requests_per_minute": 3_000})

    def expected(self) -> dict[str, set[str]]:
        first = {f"{id}:{one['ts']}" for id, said in self.records.messages.items() for one in said}
        more = {f"{id}:{one['ts']}" for (id, _), said in self.records.replies.items() for one in said}
        return {"tickets": first, "messages": first | more}

    def touch(self) -> str:
        """A late reply to the oldest thread."""
        self.touched += 1
        stamp = f"{int(self.time().timestamp())}.{self.touched:06d}"
        self.records.post("C0", {"ts": stamp, "user": "U2", "text": "One more thing."}, ts(0))
        return f"C0:{ts(0)}"

    def lock_out(self) -> None:
        self.records.token = "another"


def desk(time: Clock) -> FakeWorkspace:
    """A fresh workspace."""
    return FakeWorkspace(time)


class Held:
    """The tables as the lake would hold them after pages: upserts by id, what is gone taken out."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, dict[str, Any]]] = {}
        self.rejects: list[str] = []
        self.notes: list[str] = []
        self.cursor: Mapping[str, Any] = {}
        self.pages = 0

    def pull(self, source: Slack, most: int = 1_000_000) -> Held:
        for page in source.pull(json.loads(json.dumps(self.cursor))):
            self.pages += 1
            self.cursor, self.notes = page.cursor, [*self.notes, *page.notes]
            for batch in source.normalise(page):
                table = self.tables.setdefault(batch.table, {})
                table |= {row["id"]: row for row in batch.rows.to_pylist()}
                for id in batch.gone.to_pylist():
                    table.pop(id, None)
                self.rejects += [reject.reason for reject in batch.rejects]
            most -= 1
            if not most:
                break
        return self

    def __getitem__(self, table: str) -> dict[str, dict[str, Any]]:
        return self.tables.get(table, {})


SLACK = Described("slack/slack_web_openapi_v2.json", base="/api")


def wrong(request: httpx.Request) -> list[str]:
    """What of a request Slack's description does not allow."""
    said = SLACK.faults(request)
    if "authorization" not in request.headers or "token" in request.url.params:
        said.append("the token belongs into its header")
    return said

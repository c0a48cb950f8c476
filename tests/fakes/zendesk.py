"""A small Zendesk account behind the served application, with faults on order and each request checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from deskbook.samples.served.zendesk import app
from deskbook.sources import Clock, Entry
from tests.fakes.web import Faulty

TICKETS, PAGE = 60, 25
SECRET = "secret-token"
POLICY = {
    **{"id": 90, "title": "Gold", "position": 1, "created_at": "2026-01-01T00:00:00Z"},
    "filter": {"all": [{"field": "current_tags", "operator": "includes", "value": "vip"}], "any": []},
    "policy_metrics": [{"metric": "first_reply_time", "priority": "urgent", "target": 60, "business_hours": True}],
}
SCHEDULE = {
    **{"id": 95, "name": "Office", "time_zone": "Berlin", "created_at": "2026-01-01T00:00:00Z"},
    "intervals": [{"start_time": 1980, "end_time": 2580}],
}
METRIC_EVENTS = [
    {"id": 700 + n, "ticket_id": n, "metric": "reply_time", "type": kind, "time": f"2026-10-02T0{n}:00:00Z"}
    for n, kind in enumerate(("activate", "apply_sla", "breach", "measure", "fulfill"), start=1)
]
RATING = {
    **{"id": 500, "ticket_id": 5, "score": "good", "comment": "Thanks"},
    **{"created_at": "2026-10-03T08:00:00Z", "updated_at": "2026-10-03T09:00:00Z"},
}
BEGAN = datetime(2026, 10, 1, 8, tzinfo=UTC)


def moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def ticket(number: int, at: datetime, **more: Any) -> dict[str, Any]:
    """A ticket as Zendesk sends it."""
    return {
        "id": number,
        "url": f"https://desk.example/api/v2/tickets/{number}.json",
        "subject": f"Parcel {number} is late",
        "status": ("open", "pending", "solved")[number % 3],
        "priority": ("normal", "urgent", None)[number % 3],
        "type": "question",
        "via": {"channel": "email", "source": {"from": {}, "to": {}, "rel": None}},
        "requester_id": 1000 + number % 7,
        "assignee_id": 2000 + number % 3,
        "group_id": 30,
        "organization_id": 50,
        "tags": ["parcel"],
        "custom_fields": [{"id": 70, "value": "late"}, {"id": 71, "value": number % 2 == 0}, {"id": 79, "value": 5}],
        "ticket_form_id": 80,
        "created_at": moment(at),
        "updated_at": moment(at + timedelta(hours=1)),
        "generated_timestamp": int((at + timedelta(hours=1)).timestamp()),
        **more,
    }


def comment(number: int, author: int | None, at: datetime, **more: Any) -> dict[str, Any]:
    """A comment as Zendesk sends it."""
    return {
        "id": number,
        "type": "Comment",
        "author_id": author,
        "body": f"Words {number}",
        "plain_body": f"Words {number}",
        "public": True,
        "audit_id": number + 1,
        "via": {"channel": "email", "source": {"from": {}, "to": {}, "rel": None}},
        "created_at": moment(at),
        **more,
    }


def audit(
    number: int, ticket_id: int, author: int, at: datetime, events: list[dict[str, Any]], **more: Any
) -> dict[str, Any]:
    """An audit as Zendesk sends it."""
    return {
        "id": number,
        "ticket_id": ticket_id,
        "author_id": author,
        "created_at": moment(at),
        "via": {"channel": "web", "source": {"from": {}, "to": {}, "rel": None}},
        "events": events,
        **more,
    }


def user(number: int, role: str, **more: Any) -> dict[str, Any]:
    """A user as Zendesk sends it."""
    return {
        "id": number,
        "name": f"Person {number}",
        "email": f"p{number}@example.org",
        "role": role,
        "active": True,
        "suspended": False,
        "organization_id": 50 if role == "end-user" else None,
        "default_group_id": None if role == "end-user" else 30,
        "created_at": "2026-01-01T00:00:00Z",
        "updated_at": "2026-09-01T00:00:00Z",
        **more,
    }


def records() -> dict[str, Any]:
    """Sixty tickets, one of them deleted, each with two comments, which their audits hold too."""
    made: dict[str, Any] = {
        "users": {n: user(n, "end-user") for n in range(1000, 1007)} | {n: user(n, "agent") for n in range(2000, 2003)},
        "organizations": {50: {"id": 50, "name": "Northlight", "updated_at": "2026-09-01T00:00:00Z"}},
        "groups": {30: {"id": 30, "name": "Billing", "created_at": "2026-01-01T00:00:00Z"}},
        "ticket_fields": {70: {"id": 70, "title": "Reason"}, 71: {"id": 71, "title": "Gift"}},
        "ticket_forms": {80: {"id": 80, "name": "Order"}},
        "ticket_metric_events": METRIC_EVENTS,
        "sla_policies": [POLICY],
        "schedules": [SCHEDULE],
        "holidays": {95: [{"id": 1, "name": "Xmas", "start_date": "2026-12-25", "end_date": "2026-12-26"}]},
        "satisfaction_ratings": [RATING],
        **{name: {} for name in ("tickets", "comments", "audits", "metric_sets")},
    }
    for n in range(1, TICKETS + 1):
        put(made, n, BEGAN + timedelta(hours=n))
    made["tickets"][13]["status"] = "deleted"
    return made


def put(made: dict[str, Any], n: int, at: datetime, **more: Any) -> None:
    """A ticket that a customer wrote and an agent answered half an hour later."""
    one = ticket(n, at, **more)
    answered = at + timedelta(minutes=30)
    asked = comment(n * 100, 1000 + n % 7, at)
    answer = comment(n * 100 + 1, 2000 + n % 3, answered, public=n % 5 != 0)
    created = [{"id": n * 100 + 8, "type": "Create", "field_name": "status", "value": "new"}]
    change = {"id": n * 100 + 9, "type": "Change", "field_name": "status", "previous_value": "new", "value": "open"}
    made["tickets"][n] = one
    made["comments"][n] = [asked, answer]
    made["audits"][n] = [
        audit(n * 1000 + 1, n, 1000 + n % 7, at, [asked, *created]),
        audit(n * 1000 + 2, n, 2000 + n % 3, answered, [answer, change]),
    ]
    made["metric_sets"][n] = figures(n, at)


def figures(n: int, at: datetime) -> dict[str, Any]:
    """A ticket's figures as Zendesk reports them."""
    return {
        **{"id": n, "ticket_id": n, "reply_time_in_minutes": {"calendar": 30, "business": 20}},
        "full_resolution_time_in_minutes": {"calendar": None, "business": None},
        "solved_at": moment(at + timedelta(hours=1)) if n % 3 == 2 else None,
    }


@dataclass
class FakeDesk:
    """The account, for the suite that all vendors are held to."""

    time: Clock
    records: dict[str, Any] = field(default_factory=records)
    # The page that was asked for, and what names and settings take.
    page_requests: int = 12
    app: Faulty = field(init=False)

    def __post_init__(self) -> None:
        self.serve(SECRET)

    def serve(self, token: str, **how: Any) -> None:
        """Serve the account, with this token let in."""
        made = app(self.records, token=token, page=PAGE, now=lambda: self.time().timestamp(), **how)
        if hasattr(self, "app"):
            self.app.app = made
        else:
            self.app = Faulty(made, self.time)

    def entry(self, base_url: str, **options: Any) -> Entry:
        given = {"base_url": base_url, "email": "ann@desk.example", "api_token": SECRET, "page_rows": PAGE, **options}
        return Entry(name="desk", kind="zendesk", source="zendesk", options=given)

    def expected(self) -> Mapping[str, set[str]]:
        alive = {key for key, row in self.records["tickets"].items() if row["status"] != "deleted"}
        comments = {str(row["id"]) for held in self.records["comments"].values() for row in held}
        users = self.records["users"].items()
        return {
            "tickets": {str(key) for key in alive},
            "messages": comments,
            "customers": {str(key) for key, row in users if row["role"] == "end-user"},
            "agents": {str(key) for key, row in users if row["role"] == "agent"},
        }

    def touch(self) -> str:
        alive = [n for n, row in self.records["tickets"].items() if row["status"] != "deleted"]
        number = min(alive, key=lambda key: self.records["tickets"][key]["generated_timestamp"])
        now = self.time()
        changed = {"subject": "Changed", "updated_at": moment(now), "generated_timestamp": int(now.timestamp())}
        self.records["tickets"][number] = {**self.records["tickets"][number], **changed}
        return str(number)

    def lock_out(self) -> None:
        self.serve("another")


def desk(time: Clock) -> FakeDesk:
    """A fresh account."""
    return FakeDesk(time)

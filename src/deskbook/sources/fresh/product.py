"""What tells Freshdesk and Freshservice apart: addresses, plans, wrapped lists and numbers for words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

Kind = Literal["freshdesk", "freshservice"]
MINUTE_SECONDS: Final = 60.0


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Requests (in credits) a minute.

    Attributes:
        account: all endpoints together.
        tickets, people: of the lists of tickets and of contacts, which have limits of their own.
    """

    account: float
    tickets: float
    people: float


@dataclass(frozen=True, kw_only=True)
class Product:
    """One of the two.

    Attributes:
        wrapped: whether a list comes as {"tickets": [...]} and not as it is.
        tells_endpoint: whether X-RateLimit-Total is the limit of the endpoint asked, and not the account's.
        fields, people, companies: path and name of the lists that are called differently.
        most_people: how many contacts a list gives at most; 0 where nothing is known of that.
        channels: code of a source -> channel.
        forwards, notices: codes of conversations that go to a third party, and that no person wrote.
    """

    kind: Kind
    title: str
    host: str
    wrapped: bool
    tells_endpoint: bool
    plans: Mapping[str, Plan]
    fields: tuple[str, str]
    people: tuple[str, str]
    companies: tuple[str, str]
    most_people: int
    channels: Mapping[int, str]
    forwards: frozenset[int]
    notices: frozenset[int]

    def listed(self, data: Any, name: str) -> list[dict[str, Any]]:
        """The objects of a list's answer."""
        rows = data.get(name) if isinstance(data, Mapping) else data
        return [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []


FRESHDESK: Final = Product(
    kind="freshdesk",
    title="Freshdesk",
    host="freshdesk.com",
    wrapped=False,
    tells_endpoint=False,
    plans={
        "trial": Plan(account=50, tickets=20, people=20),
        "growth": Plan(account=200, tickets=20, people=20),
        "pro": Plan(account=400, tickets=100, people=100),
        "enterprise": Plan(account=700, tickets=200, people=200),
    },
    fields=("/ticket_fields", "ticket_fields"),
    people=("/contacts", "contacts"),
    companies=("/companies", "companies"),
    most_people=50_000,
    channels={
        **{1: "email", 2: "web", 3: "phone", 4: "web", 5: "social", 6: "social", 7: "chat", 8: "mobile"},
        **{9: "web", 10: "email", 11: "web", 12: "bot", 13: "chat"},
    },
    forwards=frozenset({8}),
    notices=frozenset({3, 4}),
)
FRESHSERVICE: Final = Product(
    kind="freshservice",
    title="Freshservice",
    host="freshservice.com",
    wrapped=True,
    tells_endpoint=True,
    plans={
        "trial": Plan(account=50, tickets=40, people=40),
        "starter": Plan(account=100, tickets=40, people=40),
        "growth": Plan(account=200, tickets=70, people=70),
        "pro": Plan(account=400, tickets=120, people=120),
        "enterprise": Plan(account=500, tickets=140, people=140),
    },
    fields=("/ticket_form_fields", "ticket_fields"),
    people=("/requesters", "requesters"),
    companies=("/departments", "departments"),
    most_people=0,
    channels={
        **{1: "email", 2: "web", 3: "phone", 4: "chat", 5: "web", 6: "social", 7: "alert", 8: "alert", 9: "walk-up"},
        **{10: "chat", 11: "bot", 12: "chat", 13: "web", 14: "alert", 15: "chat", 18: "web"},
    },
    forwards=frozenset({6}),
    notices=frozenset({3, 4}),
)

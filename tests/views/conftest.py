"""A desk of fourteen tickets in two weeks, small enough to count by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from deskbook import views
from deskbook.book import Book
from deskbook.settings import Settings
from deskbook.store import Commit
from deskbook.views.filters import Filters
from deskbook.views.memory import memory_of
from deskbook.views.numbers import gather
from deskbook.views.reading import read
from deskbook.views.section import Moment, Section

from ..conftest import NOW, batch

MONDAY = datetime(2026, 10, 26, 9, tzinfo=UTC)
THIS_WEEK = "2026-10-26..2026-11-01"


def ticket(number: int, day: int, team: str, channel: str, minutes: int | None, **more: Any) -> dict[str, Any]:
    """A ticket that came in on a day counted from Monday 26 Oct 2026, 9:00 UTC."""
    created = MONDAY + timedelta(days=day, minutes=number)
    row = {"id": str(number), "created_at": created, "team": team, "channel": channel, "status": "open", **more}
    if minutes is not None:
        row["first_reply_at"] = created + timedelta(minutes=minutes)
    return row


# This week: 9 tickets, 6 of Billing. Week before: 5 tickets, 2 of Billing.
TICKETS = [
    *(ticket(n, n % 3, "Billing", "chat", 30 + n, subject="=1+1", customer_id="c1", tags=["refund"]) for n in range(6)),
    *(ticket(n, 4, "Shipping", "email", None, subject="Where is it?", customer_id="c2") for n in range(6, 9)),
    *(ticket(n, -7, "Billing", "chat", 60) for n in range(9, 11)),
    *(ticket(n, -6, "Shipping", "email", 60) for n in range(11, 14)),
]
MESSAGES = [
    {
        "id": "m1",
        "ticket_id": "1",
        "sent_at": MONDAY,
        "author_role": "customer",
        "text": "<img src=x onerror=alert(1)>",
    },
    {
        "id": "m2",
        "ticket_id": "1",
        "sent_at": MONDAY + timedelta(hours=1),
        "author_role": "agent",
        "author_id": "a7",
        "is_public": False,
        "text": "Looks odd",
    },
]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = Book(Settings(workspace=tmp_path), clock=lambda: NOW)
    batches = [batch("tickets", TICKETS), batch("messages", MESSAGES)]
    made.lake.commit("main", Commit(entry="desk", source="desk", batches=batches, cursor=None))
    made.measure()
    yield made
    made.lake.close()


@pytest.fixture
def empty_book(tmp_path: Path) -> Iterator[Book]:
    made = Book(Settings(workspace=tmp_path), clock=lambda: NOW)
    yield made
    made.lake.close()


def filters(**given: str) -> Filters:
    """The filters of a page that has all the usual ones."""
    usual = {"period": THIS_WEEK, "team": "", "channel": "", "priority": "", "source": "", "where": ""}
    return views.filters(**{**usual, "compare": "before", **given})


def moment(book: Book, *sections: Section, **given: str) -> Moment:
    """What sections draw from."""
    chosen = filters(**given)
    memory = memory_of(book)
    found = read(chosen, book, memory)
    asks = [ask for section in sections for ask in section.asks()]
    return Moment(book, chosen, found, gather(book, asks, found.scope, memory), memory)


def block(book: Book, section: Section, **given: str) -> dict[str, Any]:
    """One section, drawn."""
    return section.block(moment(book, section, **given))

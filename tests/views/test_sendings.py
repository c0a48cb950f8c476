"""The deliveries on the Sources page: failing ones first, others' kept from view, nothing yet drawn as such."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from deskbook import views
from deskbook.access import Actor
from deskbook.book import Book
from deskbook.reports.deliver.subscriptions import key_of
from deskbook.store import Delivery, Key

from .conftest import block

AT = datetime(2026, 10, 26, 7)
ANN, BEN = Actor("ann", frozenset({"lead"})), Actor("ben", frozenset({"agent"}))


def log(book: Book, schedule: str, days: int, outcome: str, *, target: str = "reports", **facts: Any) -> None:
    key = Key(schedule=schedule, due_at=AT + timedelta(days=days), channel="folder", address=target)
    book.deliveries.begin("main", Delivery(key=key, target=target, started_at=AT, outcome=outcome, **facts))


def lines(drawn: dict[str, Any]) -> list[list[str]]:
    return [[cell["text"] for cell in row] for row in drawn["rows"]]


def shown(book: Book) -> dict[str, Any]:
    return block(book, views.sendings("Did the reports arrive?"))


def test_nothing_yet_is_drawn_with_what_to_do(book: Book) -> None:
    drawn = shown(book)
    assert (drawn["state"], drawn["said"]) == ("empty", "Nothing was delivered yet.") and "Subscribe" in drawn["hint"]


def test_what_fails_now_stands_first_and_what_failed_once_in_its_turn(book: Book) -> None:
    log(book, "daily", 0, "failed", error="The folder is full.")
    log(book, "weekly", 1, "failed", error="Webhook answered 500.", target="hook")
    log(book, "daily", 2, "sent", note="daily.zip")
    log(book, "daily", 3, "skipped_unchanged")
    log(book, "daily", 4, "condition_not_met", note="csat is 91")
    drawn = shown(book)
    assert drawn["caption"] == "1 of 2 addresses fail"
    assert lines(drawn) == [
        ["Tue 27 Oct 2026, 07:00", "weekly", "folder hook", "failed", "Webhook answered 500."],
        [
            "Fri 30 Oct 2026, 07:00",
            "daily",
            "folder reports",
            "not sent: its condition",
            "csat is 91",
        ],
        ["Thu 29 Oct 2026, 07:00", "daily", "folder reports", "skipped: the same numbers", ""],
        ["Wed 28 Oct 2026, 07:00", "daily", "folder reports", "sent", "daily.zip"],
        ["Mon 26 Oct 2026, 07:00", "daily", "folder reports", "failed", "The folder is full."],
    ]
    assert [row[3]["tone"] for row in drawn["rows"]] == ["bad", "quiet", "quiet", "good", "bad"]


def test_others_subscriptions_are_kept_from_view_also_when_they_are_gone(book: Book) -> None:
    at = datetime(2026, 11, 1, tzinfo=UTC).replace(tzinfo=None)
    book.saves.keep(ANN, "subscription", "Mine", {"page": "overview"}, at=at, shared=("admin",))
    book.saves.keep(ANN, "subscription", "Gone", {"page": "overview"}, at=at, shared=("admin",))
    book.saves.remove(ANN, "subscription", "Gone", at=at, seen=1)
    for number, name in enumerate(("Mine", "Gone")):
        log(book, key_of("ann", name), number, "sent")
    log(book, "everybodys", 2, "sent")
    seen = {}
    for actor in (ANN, BEN):
        book.actor = actor
        seen[actor.name] = [line[1] for line in lines(shown(book))]
    assert seen == {"ann": ["everybodys", key_of("ann", "Gone"), "Mine"], "ben": ["everybodys"]}

"""What a page asks about subscriptions: the sentence of its filters, the list, and each change with its rights."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from deskbook.access import LOCAL, Actor
from deskbook.apps.workspace import shipped
from deskbook.book import Book
from deskbook.views.asking import answer
from deskbook.views.filtering import lasting
from deskbook.views.memory import memory_of
from deskbook.views.reading import read
from deskbook.views.visit import Visit

from .conftest import THIS_WEEK, filters

ANN, BEN = Actor("ann", frozenset({"lead"})), Actor("ben", frozenset({"agent"}))
FORM = {"name": "Monday", "page": "overview", "to": ["pdf"], "at": "0 8 * * mon", "zone": "Europe/Berlin", "folder": ""}


@pytest.fixture(autouse=True)
def notebooks(tmp_path: Path) -> None:
    shutil.copytree(shipped("notebooks"), tmp_path / "notebooks")


def ask(book: Book, actor: Actor, name: str, given: dict[str, Any] | None = None, **chosen: str) -> dict[str, Any]:
    """Somebody asks on a page whose notebook filters by nothing but this week, and who chose more."""
    held = filters(ticket="")
    held.param.update(**chosen)
    return answer(Visit(book.pinned(), book, held, memory_of(book), actor), {"ask": name, **(given or {})})


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"period": "-28d"}, "last 28 days (now 5 Oct to 1 Nov 2026)"),
        ({"period": "last week", "team": "Billing"}, "Billing · last week (now 19 Oct to 25 Oct 2026)"),
        ({"period": "-30d", "where": "tag = refund"}, "tag is refund · -30d (now 3 Oct to 1 Nov 2026)"),
        ({"period": THIS_WEEK}, "26 Oct to 1 Nov 2026"),
        ({"period": ""}, "all time"),
        ({"period": THIS_WEEK, "layout": "Mine"}, "26 Oct to 1 Nov 2026 · layout “Mine”"),
    ],
)
def test_filters_are_said_as_they_hold_on_any_day(book: Book, chosen: dict[str, str], said: str) -> None:
    made = filters(**chosen)
    assert lasting(made, read(made, book, memory_of(book)), book) == said


def test_a_page_without_filters_says_so(book: Book) -> None:
    from deskbook import views

    made = views.filters(source="")
    assert lasting(made, read(made, book, memory_of(book)), book) == "everything on the page"


def test_a_subscription_holds_what_the_page_was_filtered_by_and_not_what_stood_open_on_it(book: Book) -> None:
    kept = ask(book, ANN, "subscribe", FORM, team="Billing", ticket="desk/1", period="last week")
    (row,) = kept["subscriptions"]
    assert (row["name"], row["own"], row["mine"], row["last"]) == ("Monday", True, True, None)
    assert row["filters"].startswith("Billing · last week")
    assert row["next"] == "Mon 2 Nov 2026, 08:00 (Europe/Berlin)"
    assert book.subscriptions(ANN).one("Monday").form.parameters == {"team": "Billing", "period": "last week"}


def test_an_edit_keeps_its_own_filters_unless_told_to_take_the_pages(book: Book) -> None:
    ask(book, ANN, "subscribe", FORM, team="Billing")
    ask(book, ANN, "subscribe", {**FORM, "page": "sla", "filters": "kept", "seen": 1, "to": ["csv"]})
    held = book.subscriptions(ANN).one("Monday").form
    assert (held.page, held.parameters, held.to) == ("overview", {"team": "Billing"}, ("csv",))
    ask(book, ANN, "subscribe", {**FORM, "page": "sla", "filters": "page", "seen": 2}, team="Shipping")
    held = book.subscriptions(ANN).one("Monday").form
    assert (held.page, held.parameters["team"]) == ("sla", "Shipping")


def test_who_may_not_change_it_neither_sees_nor_changes_it_and_an_admin_does(book: Book) -> None:
    ask(book, ANN, "subscribe", FORM)
    assert ask(book, BEN, "subscriptions")["subscriptions"] == []
    for name in ("pause", "unsubscribe", "send", "subscribe"):
        given = {**FORM, "owner": "ann", "seen": 1, "paused": True}
        assert ask(book, BEN, name, given)["problem"]
    (row,) = ask(book, LOCAL, "subscriptions")["subscriptions"]
    assert (row["owner"], row["own"], row["mine"], row["version"]) == ("ann", False, True, 1)
    (row,) = ask(book, LOCAL, "pause", {"name": "Monday", "owner": "ann", "seen": 1, "paused": True})["subscriptions"]
    assert (row["paused"], row["next"]) == (True, "")


def test_who_was_overtaken_is_told_so(book: Book) -> None:
    ask(book, ANN, "subscribe", FORM)
    ask(book, ANN, "subscribe", {**FORM, "seen": 1})
    told = ask(book, ANN, "subscribe", {**FORM, "seen": 1})
    assert told["overtaken"] and "changed meanwhile, by ann" in told["problem"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"at": "soon"}, "at"),
        ({"zone": "Mars"}, "zone"),
        ({"to": "pdf"}, "to"),
        ({"to": []}, "to"),
        ({"email": "a@example.com"}, "email"),
        ({"folder": ".."}, "folder"),
        ({"folder": None}, "email"),
        ({"webhooks": ["HOOK"]}, "webhook"),
        ({"only_if": "low"}, "only_if"),
        ({"page": "nowhere"}, "page"),
    ],
)
def test_what_cannot_be_meant_says_which_field(book: Book, changed: dict[str, Any], field: str) -> None:
    told = ask(book, ANN, "subscribe", {**FORM, **changed})
    assert told["problem"] and told["field"] == field
    assert book.subscriptions(ANN).seen() == []


def test_filters_that_do_not_hold_are_not_subscribed_to(book: Book) -> None:
    told = ask(book, ANN, "subscribe", FORM, team="Biling")
    assert told["field"] == "parameters" and "Did you mean 'Billing'" in told["problem"]


def test_the_next_times_are_said_on_the_clock_of_the_zone(book: Book) -> None:
    told = ask(book, ANN, "times", {"at": "0 8 * * 1-5", "zone": "America/New_York"})
    assert told["times"] == ["Mon 2 Nov 2026, 08:00", "Tue 3 Nov 2026, 08:00", "Wed 4 Nov 2026, 08:00"]
    assert ask(book, ANN, "times", {"at": "8", "zone": ""})["field"] == "at"
    assert ask(book, ANN, "times", {"at": "0 8 * * *", "zone": "X/Y"})["field"] == "zone"


def test_a_form_offers_what_the_settings_permit_and_no_secret(book: Book) -> None:
    offers = ask(book, ANN, "subscriptions")["offers"]
    assert (offers["people"], offers["mail"], offers["folder"], offers["webhooks"]) == ([], False, "deliveries", [])
    assert "Europe/Berlin" in offers["zones"] and ["csat_good_pct", "CSAT", "%"] in offers["metrics"]

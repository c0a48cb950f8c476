"""Filters kept under a name: whose they are, who sees them, what using one sets."""

from __future__ import annotations

from typing import Any

import pytest

from deskbook.access import LOCAL, Actor
from deskbook.book import Book
from deskbook.errors import AccessDenied, BadValue, Overtaken, UnknownName
from deskbook.metrics import both, equal_to, parse_filter
from deskbook.views.asking import answer
from deskbook.views.keeping import spread
from deskbook.views.memory import memory_of
from deskbook.views.quick import QUICK
from deskbook.views.visit import Visit

from .conftest import filters

ANN, BEN = Actor("ann", frozenset({"lead"})), Actor("ben", frozenset({"agent"}))
LATE = "channel = chat and team = {team} and first_reply_minutes > {minutes}"


def ask(book: Book, actor: Actor, name: str, given: dict[str, Any] | None = None, **chosen: str) -> dict[str, Any]:
    return answer(Visit(book.pinned(), book, filters(**chosen), memory_of(book), actor), {"ask": name, **(given or {})})


def names(book: Book, actor: Actor) -> list[str]:
    return [one["name"] for one in ask(book, actor, "menu")["saved"]]


def test_a_filter_is_seen_by_its_owner_and_by_those_it_is_shared_with(book: Book) -> None:
    ask(book, ANN, "save", {"name": "Mine", "where": "team = Billing"})
    ask(book, ANN, "save", {"name": "Agents", "where": "team = Billing", "shared": ["agent"]})
    ask(book, ANN, "save", {"name": "All", "where": "team = Billing", "shared": ["everyone"]})
    assert names(book, ANN) == ["Agents", "All", "Mine"]
    assert names(book, BEN) == ["Agents", "All"]
    assert names(book, Actor("eve")) == ["All"]
    assert "Unknown filter 'Mine'" in ask(book, BEN, "use", {"name": "Mine", "owner": "ann"})["problem"]


def test_only_its_owner_and_an_admin_change_a_filter(book: Book) -> None:
    ask(book, ANN, "save", {"name": "All", "where": "team = Billing", "shared": ["everyone"]})
    given = {"name": "All", "owner": "ann", "seen": 1, "where": "team = Shipping", "shared": ["everyone"]}
    assert "is ann's" in ask(book, BEN, "save", given)["problem"]
    assert "is ann's" in ask(book, BEN, "remove", given)["problem"]
    (shown,) = ask(book, BEN, "menu")["saved"]
    assert (shown["own"], shown["mine"], shown["where"]) == (False, False, "team = Billing")
    assert ask(book, LOCAL, "save", given)["saved"][0]["version"] == 2


def test_who_was_overtaken_is_told_and_loses_nothing(book: Book) -> None:
    book.save_filter("Late", "reopens > 0", actor=ANN)
    book.save_filter("Late", "reopens > 1", actor=ANN, seen=1)
    said = ask(book, ANN, "save", {"name": "Late", "where": "reopens > 2", "seen": 1})["problem"]
    assert "changed meanwhile, by ann" in said and "nothing was written" in said
    assert book.saved_filter("Late", actor=ANN).where == "reopens > 1"
    with pytest.raises(Overtaken):
        book.remove_filter("Late", seen=1, actor=ANN)
    assert ask(book, ANN, "remove", {"name": "Late", "seen": 2}) == {"saved": []}


def test_using_a_filter_sets_the_fields_of_the_page_and_nothing_of_the_old_filter(book: Book) -> None:
    book.save_filter("Late", LATE, period="last week", actor=ANN)
    given = {"name": "Late", "values": {"team": "Billing", "minutes": "30"}}
    used = ask(book, ANN, "use", given, priority="high", where="reopens > 0")
    assert used["set"] == {
        "team": "Billing",
        "channel": "chat",
        "priority": "",
        "source": "",
        "where": "first_reply_minutes > 30",
        "period": "last week",
    }


def test_a_gap_is_asked_for_and_what_fills_it_is_only_a_value(book: Book) -> None:
    book.save_filter("Late", LATE, actor=ANN)
    (shown,) = ask(book, ANN, "menu")["saved"]
    assert shown["gaps"] == [["team", "team", "Team"], ["minutes", "first_reply_minutes", "First reply"]]
    assert "asks for team and minutes" in ask(book, ANN, "use", {"name": "Late"})["problem"]
    awkward = 'A" or team is null'
    used = ask(book, ANN, "use", {"name": "Late", "values": {"team": awkward, "minutes": "5"}})
    assert used["set"]["team"] == awkward


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": "X", "where": ""}, "The filter is empty"),
        ({"name": "X", "where": "colour = red"}, "Unknown dimension"),
        ({"name": " ", "where": "team = A"}, "wants a name"),
        ({"name": "X", "where": "team = A", "shared": ["boss"]}, "Unknown role 'boss'"),
        ({"name": "X", "where": "team = A", "period": "sometime"}, "is no period"),
    ],
)
def test_what_cannot_be_kept_says_why(book: Book, given: dict[str, Any], said: str) -> None:
    assert said in ask(book, ANN, "save", given)["problem"]
    assert names(book, ANN) == []


def test_a_filter_too_long_for_a_link_is_not_cut_off(book: Book) -> None:
    book.save_filter("Long", f"tag in ({', '.join(f'tag{n}' for n in range(500))})", actor=ANN)
    assert "a link holds 2,000" in ask(book, ANN, "use", {"name": "Long"})["problem"]


def test_a_line_uses_a_saved_filter_by_its_name(book: Book) -> None:
    book.save_filter("Late answers", LATE)
    book.save_filter("Refunds", "tag = refund")
    assert book.query("tickets_created", where="@Refunds").receipt.where == "tag = refund"
    used = book.filter('@Late answers(team="Billing, \\"first\\"", minutes = 30)')
    assert used and used.text() == 'channel = chat and team = "Billing, \\"first\\"" and first_reply_minutes > 30'
    assert book.count_tickets(where="@ Refunds ()") == book.count_tickets(where="tag = refund")
    with pytest.raises(UnknownName, match="Did you mean 'Refunds'"):
        book.filter("@Refund")
    with pytest.raises(BadValue, match="asks for team and minutes"):
        book.filter("@Late answers")
    for wrong in ("@", "@(team=A)", "@Refunds(team", "@Refunds(=)"):
        with pytest.raises(BadValue, match="Write such as"):
            book.filter(wrong)


def test_a_saved_filter_is_kept_from_who_may_not_change_it(book: Book) -> None:
    book.save_filter("Late", "reopens > 0", actor=ANN)
    with pytest.raises(AccessDenied):
        book.save_filter("Late", "reopens > 1", owner="ann", seen=1, actor=BEN)


@pytest.mark.parametrize(
    "where", ["team = A and reopens > 1", "team != A", "team = A or channel = b", "not team = A", ""]
)
def test_a_filter_spread_over_fields_means_the_same(where: str) -> None:
    held = spread(parse_filter(where), ("period", "team", "where"))
    fields = equal_to({"team": held["team"]})
    assert both(fields, parse_filter(held["where"])) == parse_filter(where)


def test_a_quick_filter_says_the_tickets_its_switch_leaves(book: Book) -> None:
    told = ask(book, LOCAL, "menu", {"team": "Billing"}, channel="chat", where="reopens >= 0")
    for quick, shown in zip(QUICK, told["quick"], strict=True):
        assert shown["label"] == quick.label and not shown["on"]
        chosen = {**filters(channel="chat").values(), **shown["set"]}
        asked = " and ".join([f"{name} = {chosen[name]}" for name in ("team", "channel") if chosen[name]])
        where = f"{asked} and {chosen['where']}" if chosen["where"] else asked
        assert shown["count"] == str(book.count_tickets(where=where, period=chosen["period"]))


def test_a_quick_filter_that_is_on_is_switched_off(book: Book) -> None:
    told = ask(book, LOCAL, "menu", where="tag = refund and reopens > 0")
    (reopened,) = [one for one in told["quick"] if one["label"] == "Reopened"]
    assert reopened["on"] and reopened["set"]["where"] == "tag = refund"
    assert told["current"] == "tag = refund and reopens > 0"


def test_my_team_asks_which_and_takes_the_place_of_the_team_chosen(book: Book) -> None:
    unknown = ask(book, LOCAL, "menu", {"team": "Gone"})
    assert (unknown["quick"][0]["set"], unknown["team"], unknown["teams"]) == (None, "", ["Billing", "Shipping"])
    mine = ask(book, LOCAL, "menu", {"team": "Billing"}, team="Shipping")["quick"][0]
    assert (mine["set"]["team"], mine["set"]["where"], mine["count"]) == ("Billing", "", "6")
    on = ask(book, LOCAL, "menu", {"team": "Billing"}, team="Billing")["quick"][0]
    assert on["on"] and on["set"]["team"] == ""

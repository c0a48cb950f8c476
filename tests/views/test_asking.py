"""What a page asks while a person chooses."""

from __future__ import annotations

from typing import Any

import pytest

from deskbook.access import LOCAL
from deskbook.book import Book
from deskbook.metrics import DIMENSIONS, OPERATORS, parse_filter
from deskbook.views.asking import answer
from deskbook.views.memory import memory_of
from deskbook.views.visit import Visit

from .conftest import filters


def ask(book: Book, name: str, given: dict[str, Any] | None = None, **chosen: str) -> dict[str, Any]:
    visit = Visit(book.pinned(), book, filters(**chosen), memory_of(book), LOCAL)
    return answer(visit, {"ask": name, **(given or {})})


def test_every_field_that_can_be_filtered_on_is_offered_once(book: Book) -> None:
    offered = ask(book, "fields")
    names = [one["name"] for group in offered["groups"] for one in group["fields"]]
    assert len(names) == len(set(names))
    assert set(names) == {name for name, one in DIMENSIONS.items() if OPERATORS[one.kind] and name != "number"}
    assert all(parse_filter(f'created_at in "{words}"') for words, _ in offered["dates"])


def test_a_line_and_its_tree_say_the_same_and_how_many_tickets_it_leaves(book: Book) -> None:
    read = ask(book, "read", {"text": "tag is refund or  team = Shipping"}, channel="chat")
    assert (read["text"], read["count"]) == ("tag = refund or team = Shipping", "6 tickets")
    assert read["sentence"] == "tag is refund or team is Shipping"
    assert ask(book, "write", {"tree": read["tree"]}, channel="chat") == read


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("read", {"text": "team ="}, "cannot be read"),
        ("read", {"text": "tag = " + "x" * 1995}, "2,001 characters"),
        ("write", {"tree": {"word": "and", "parts": [{"field": "", "op": "=", "values": []}]}}, "Choose a field"),
        ("write", {}, "groups and conditions"),
        ("values", {"field": "created_at"}, "has no words"),
        ("valuse", {}, "Did you mean 'values'"),
        ("theme", {"theme": "drak"}, "Did you mean 'dark'"),
    ],
)
def test_what_cannot_be_answered_says_why(book: Book, name: str, given: dict[str, Any], said: str) -> None:
    assert said in ask(book, name, given)["problem"]


def test_a_value_is_counted_under_the_other_filters(book: Book) -> None:
    own = {"field": "team", "own": True}
    assert ask(book, "values", own, team="Billing")["values"] == [["Billing", 6, "6"], ["Shipping", 3, "3"]]
    assert ask(book, "values", own, channel="chat")["values"] == [["Billing", 6, "6"]]
    assert ask(book, "values", own, where="tag = refund")["values"] == [["Billing", 6, "6"]]


def test_the_builder_counts_beside_the_filter_it_builds(book: Book) -> None:
    built = {"field": "channel"}
    assert ask(book, "values", built, where="tag = refund")["values"] == [["chat", 6, "6"], ["email", 3, "3"]]
    assert ask(book, "values", built, team="Billing")["values"] == [["chat", 6, "6"]]


def test_a_line_with_a_gap_is_read_and_not_counted(book: Book) -> None:
    assert ask(book, "read", {"text": "team = {team}"})["count"] == "asks for values when it is used"

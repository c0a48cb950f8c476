"""Find: every ticket with the words is counted, the best are quoted, orders to machines are not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from deskbook.book import Book
from deskbook.rag import Scope, answer, indexed_snapshot, search
from deskbook.rag.find import index_folder, passage_texts, search_book
from deskbook.rag.index import open_index
from deskbook.text.tiers import Static, is_installed
from tests.rag.conftest import FIRST, Desk

MAIN = Scope(tenant="main")


def test_all_tickets_with_the_words_are_counted(book: Book) -> None:
    found = answer("find tickets about charged twice", book)
    (count,) = found.claims[0]["counts"]
    assert count["value"] == 24 == len(count["tickets"]) and not found.abstain
    assert all("charged twice" in claim["text"] for claim in found.claims[1:])


def test_forms_of_a_word_are_found(book: Book) -> None:
    assert answer("find tickets about charges", book).claims[0]["counts"][0]["value"] == 24


def test_filter_and_period_narrow_the_search(book: Book) -> None:
    assert answer("find tickets about charged on Oct 1", book).abstain
    found = answer("find tickets about never arrives in Technical on Oct 2", book)
    assert found.plan["filters"] == "team = Technical" and found.claims[0]["counts"][0]["value"] == 16


def test_hostile_messages_are_counted_but_not_quoted(book: Book) -> None:
    found = answer("find tickets about sabotage", book)
    assert found.claims[0]["counts"][0]["value"] == 6
    assert "pirates" not in str(found.as_dict()) and "Not quoted" in found.text


def test_nothing_found_is_not_an_answer(book: Book) -> None:
    found = answer("find tickets about zeppelins", book)
    assert found.abstain and "Tickets with 'zeppelins', created at any time: 0." in found.text


def letters(small: Callable[[Desk], Book], desk: Desk, *texts: str) -> Book:
    for number, text in enumerate(texts):
        desk.ticket(FIRST + timedelta(hours=number), text, "neutral")
    made = small(desk)
    made.settings = replace(made.settings, embedding="words")
    return made


def test_the_index_puts_the_best_fit_first(small: Callable[[Desk], Book], desk: Desk) -> None:
    long = "My invoice is here. " + "It is a sunny day in the town and the birds sing. " * 6
    book = letters(small, desk, "The invoice, the invoice: my invoice!", long, long)
    assert answer("find tickets about invoice", book).claims[1]["cites"][0]["ticket_id"] == "T3"
    book.index()
    assert answer("find tickets about invoice", book).claims[1]["cites"][0]["ticket_id"] == "T1"


def test_the_index_follows_the_lake(small: Callable[[Desk], Book], desk: Desk) -> None:
    book = letters(small, desk, "The lamp is broken", "The chair is fine")
    first = book.index()
    assert first and (first.added, first.rebuilt) == (4, "there was none")
    assert book.index() is None and indexed_snapshot(index_folder(book.settings)) == book.snapshot
    hits = search_book(book, "broken lamp", MAIN)
    assert next(hit.message_id for hit in hits) == "M1c" and passage_texts(book, hits[:1]) == ["The lamp is broken"]
    assert {hit.role for hit in search(index_folder(book.settings), "looking into", MAIN)} == {"agent"}


def test_a_desk_of_many_is_indexed_by_the_static_tier_and_read_again(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not (is_installed("static") and is_installed("minilm")):
        pytest.skip("deskbook[ask] is not installed")
    done = book.index()
    made = open_index(index_folder(book.settings), "main").generation
    assert made and made.embedding == Static.name and (done is None or done.embedded < done.messages)
    read: list[Any] = []
    real = passage_texts
    monkeypatch.setattr("deskbook.rag.find.passage_texts", lambda *one: read.append(one) or real(*one))
    hits = search_book(book, "the code to sign in does not come", MAIN, 5)
    assert len(read) == 1 and "verification code" in passage_texts(book, hits)[0]

"""Find: every ticket with the words is counted, the best are quoted, orders to machines are not."""

from __future__ import annotations

from pathlib import Path

from deskbook.book import Book
from deskbook.rag import answer, build_index
from deskbook.rag.find import index_folder


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


def test_an_index_of_the_newest_snapshot_puts_the_best_fit_first(book: Book) -> None:
    folder: Path = index_folder(book)
    build_index(book.messages(), folder, book.snapshot)
    found = answer("find tickets about verification code", book)
    assert "verification code" in found.claims[1]["text"]

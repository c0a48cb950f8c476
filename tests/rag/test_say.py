"""How many say something: every message read and listed, or a sample with its interval; and summaries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from deskbook.book import Book
from deskbook.rag import Answer, answer
from deskbook.rag.wording import rule_of

from .conftest import Desk

Open = Callable[[Desk], Book]


def counted(found: Answer) -> list[str]:
    (count,) = [one for claim in found.claims for one in claim["counts"] if "messages" in one]
    return [one["message_id"] for one in count["messages"]]


def test_all_messages_that_say_it_are_counted_and_listed(book: Book) -> None:
    found = answer("How many customers said they were charged twice on Oct 2?", book)
    texts = book.messages(where="role = customer", period="2026-10-02").set_index("id")["text"]
    assert found.plan["kind"] == "say" and "24 of 100 customer messages" in found.text
    assert set(counted(found)) == {one for one, text in texts.items() if "charged twice" in text}


def test_the_rule_is_shown_with_words_of_nearby_meaning(book: Book) -> None:
    text = answer("How many customers mention a refund last month?", book).text
    assert "'refund' (money back, refunded, reimburse, reimbursement), in any form" in text


def test_words_in_quotes_must_follow_one_another(book: Book) -> None:
    assert "24 of 100" in answer('How many customers said "charged twice" on Oct 2?', book).text
    assert "0 of 100" in answer('How many customers said "twice charged" on Oct 2?', book).text


def test_words_in_quotes_count_only_as_they_stand() -> None:
    rule = rule_of('"best update"', "en", is_phrase=True)
    held = rule.among(["The best\nupdate ever", "Bestes Update aller Zeiten", "best updates"])
    assert held.tolist() == [True, False, False]


def test_messages_that_give_orders_do_not_count(book: Book) -> None:
    found = answer("How many messages mention sabotage on Oct 2?", book)
    assert "0 of 100" in found.text and "give orders to whoever reads them: 6" in found.text
    assert not [cite for claim in found.claims for cite in claim["cites"]]


def test_with_a_limit_a_sample_is_read_and_its_interval_printed(book: Book) -> None:
    book = book.pinned()
    book.settings = replace(book.settings, ask_read_most=300)
    found = answer("How many customers mention a password in September?", book)
    true = sum("password" in text for text in book.messages(where="role = customer", period="2026-09")["text"])
    low, high = (
        next(one["value"] for claim in found.claims for one in claim["worked"] if one["label"] == f"messages, {end}")
        for end in ("low", "high")
    )
    assert "95 % interval" in found.text and low <= true <= high and high - low < 300


@pytest.mark.parametrize(
    ("sought", "text", "holds"),
    [
        ("a refund", "I want refunds now", True),
        ("a refund", "please give me my money back", True),
        ("they cannot log in", "Cannot sign in since today", True),
        ("they cannot log in", "The log is full", False),
        ("app crashes", "the apps were crashing", True),
        ("late parcels", "my parcel is delayed", True),
        ("late parcels", "my parcel is here", False),
    ],
)
def test_a_text_says_it_in_any_form_or_in_words_of_nearby_meaning(sought: str, text: str, holds: bool) -> None:
    assert rule_of(sought, "en").holds(text) is holds


def test_a_summary_tells_volume_mood_topics_and_what_is_new(book: Book) -> None:
    found = answer("Summarise Oct 2", book)
    assert "Tickets created, 2 Oct 2026: 106 tickets" in found.text and "Negative messages" in found.text
    assert "by contact reason, with their share: " in found.text and "'charged twice' 24" in found.text
    assert [cite for claim in found.claims for cite in claim["cites"]]
    assert all(one.holds for one in book.verify(found.as_dict()))


def test_a_summary_of_nothing_is_not_given(book: Book) -> None:
    found = answer("Summarise Oct 3", book)
    assert found.abstain and "There is no data for 3 Oct 2026" in found.text

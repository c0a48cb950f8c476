"""Figures: numbers, comparisons, series, rankings and definitions say what `query` says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from deskbook.book import Book
from deskbook.rag import answer

from .conftest import BAD_DAY, Desk

Open = Callable[[Desk], Book]


def test_a_number_is_the_one_query_gives(book: Book) -> None:
    found = answer("how many tickets last week in Billing?", book)
    result = book.query("tickets_created", where="team = Billing", period="last week")
    assert found.numbers[0]["value"] == result.value() and f": {result.value()} tickets" in found.text


def test_a_number_is_set_against_the_period_before(book: Book) -> None:
    found = answer("how many tickets last week?", book)
    assert (
        "287 tickets" not in found.text and "280 tickets in 21 Sep 2026 to 27 Sep 2026, the period before" in found.text
    )
    assert all(one.holds for one in book.verify(found.as_dict()))


def test_two_values_are_compared_side_by_side(book: Book) -> None:
    found = answer("compare chat and email tickets in September", book)
    counts = {
        row["channel"]: row["tickets_created"]
        for row in book.query("tickets_created", by="channel", period="2026-09").rows
    }
    assert f"chat: {counts['chat']} tickets" in found.text and f"email: {counts['email']} tickets" in found.text
    assert "phone" not in found.text


def test_two_periods_are_compared(book: Book) -> None:
    found = answer("Compare tickets on Oct 2 with Oct 1", book)
    assert "106 tickets in 2 Oct 2026, against 40 tickets in 1 Oct 2026: +66.0 tickets" in found.text


def test_a_ranking_starts_at_the_end_that_was_asked_for(small: Open, desk: Desk) -> None:
    for number, team in enumerate(["A", "B", "B", "C", "C", "C"]):
        desk.ticket(BAD_DAY + timedelta(minutes=number), "hello", "neutral", team=team)
    book = small(desk)
    assert "C has the highest Tickets created, all time: 3 tickets" in answer("which team is busiest?", book).text
    assert "A has the lowest Tickets created" in answer("which team has the fewest tickets?", book).text


def test_few_tickets_behind_the_first_of_a_ranking_are_pointed_out(small: Open, desk: Desk) -> None:
    desk.ticket(BAD_DAY, "hello", "neutral", team="A")
    found = answer("which team has the slowest first reply?", small(desk))
    assert "A has the highest First reply, median" in found.text and "rests on few tickets" in found.text


def test_a_trend_tells_its_ends_and_extremes(book: Book) -> None:
    found = answer("tickets per day from Sep 28 to Oct 2", book)
    assert "40 tickets on 2026-09-28, 106 tickets on 2026-10-02 (+66.0 tickets)" in found.text
    assert "highest 106 tickets on 2026-10-02" in found.text


def test_a_definition_comes_from_the_registry(book: Book) -> None:
    found = answer("what is first reply?", book)
    assert "first public agent reply" in found.text and "first_reply_median_minutes" in found.text
    assert found.numbers == [] and not found.abstain


def test_a_metric_that_is_unknown_is_not_answered(book: Book) -> None:
    found = answer("What was csat last week?", book)
    assert found.abstain and "unknown" in found.text


def test_weekdays_have_names(book: Book) -> None:
    assert "Friday: " in answer("tickets by weekday", book).text


def test_an_answer_prints_as_its_text(book: Book) -> None:
    found = answer("how many tickets yesterday?", book)
    assert str(found) == found.text and found.text.startswith("Read as: number; Tickets created; 4 Oct 2026.")

"""A ranking of months or weeks, then a question about its first: the first is a period, no filter."""

from __future__ import annotations

from datetime import date

import pytest

from deskbook.book import Book
from deskbook.rag import answer
from deskbook.rag.spans import step_of


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("In the month with the most tickets in 2026, how many came in by chat?", "2026-09"),
        ("Which month of 2026 had the most tickets, and how many of them came by phone?", "2026-09"),
        ("Which week of September 2026 had the fewest tickets, and how many of them came by phone?", "2026-09-28"),
    ],
)
def test_the_first_of_months_or_weeks_is_asked_about_as_a_period(question: str, period: str, book: Book) -> None:
    found = answer(question, book)
    channel = "chat" if "chat" in question else "phone"
    within = book.period("2026-09") if period != "2026-09" else book.period("2026")
    grain = "month" if period == "2026-09" else "week"
    begin = f"{period}-01" if grain == "month" else period
    wanted = book.query(
        ["tickets_created"], where=f"channel = {channel}", period=step_of(grain, begin, within, book)
    ).rows[0]["tickets_created"]
    assert not found.abstain
    assert wanted in [one["value"] for one in found.numbers], found.text


@pytest.mark.parametrize(
    ("grain", "begin", "within", "first", "days"),
    [
        ("month", "2026-09-01", "2026", date(2026, 9, 1), 30),
        ("week", "2026-08-31", "2026-09", date(2026, 9, 1), 6),
        ("week", "2026-09-28", "2026-09", date(2026, 9, 28), 3),
        ("quarter", "2026-07-01", "2026", date(2026, 7, 1), 92),
        ("day", "2026-09-05", "2026", date(2026, 9, 5), 1),
    ],
)
def test_a_step_lies_within_its_period(grain: str, begin: str, within: str, first: date, days: int, book: Book) -> None:
    found = step_of(grain, begin, book.period(within), book)
    assert found.since is not None
    assert (found.since.date(), found.days) == (first, days)

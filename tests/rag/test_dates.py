"""Dates as people write them become periods; what was guessed is said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from deskbook.errors import BadValue
from deskbook.rag.calendar import Calendar
from deskbook.rag.dates import find_periods
from deskbook.rag.reading import Reading

TODAY = date(2026, 11, 4)  # a Wednesday
DAYS = Calendar(frozenset(date(2025, 1, 1) + timedelta(days=n) for n in range(672)), TODAY)  # to 3 Nov 2026


def read(text: str, days: Calendar = DAYS, code: str = "en") -> list[str]:
    return [one.text for one in find_periods(Reading(text), days, code)]


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("why on 2026-10-31?", "2026-10-31"),
        ("why on Oct 31?", "2026-10-31"),
        ("why on Oct. 31st, 2025?", "2025-10-31"),
        ("why on 31 October?", "2026-10-31"),
        ("why on the 31st of October 2025", "2025-10-31"),
        ("why on October 31, 2017?", "2017-10-31"),
        ("why on 31.10.2025?", "2025-10-31"),
        ("why on 10/31/2025?", "2025-10-31"),
        ("on Tuesday", "2026-11-03"),
        ("last Wednesday", "2026-10-28"),
        ("why was yesterday bad", "yesterday"),
        ("csat today", "today"),
        ("tickets last week", "last week"),
        ("tickets in the last 30 days", "last 30 days"),
        ("tickets in the past month", "last 1 month"),
        ("tickets -30d", "-30d"),
        ("backlog in October", "2026-10"),
        ("backlog in December", "2025-12"),
        ("backlog in may", "2026-05"),
        ("backlog in October 2025", "2025-10"),
        ("tickets in 2025", "2025"),
        ("tickets 2026-10", "2026-10"),
        ("tickets in Q3 2025", "2025-Q3"),
        ("tickets 2026-w44", "2026-W44"),
        ("3 days ago", "2026-11-01"),
        ("between Oct 1 and Oct 7", "2026-10-01..2026-10-07"),
        ("from 2026-10-01 to 2026-10-15", "2026-10-01..2026-10-15"),
        ("Oct 1-7", "2026-10-01..2026-10-07"),
        ("from Oct 1 to Oct 7, 2025", "2025-10-01..2025-10-07"),
        ("between Dec 20 and Jan 5", "2025-12-20..2026-01-05"),
        ("between Nov 2 and Nov 9", "2025-11-02..2025-11-09"),
        ("since Oct 15", "2026-10-15.."),
    ],
)
def test_words_become_a_period(words: str, period: str) -> None:
    assert read(words) == [period]


def test_a_day_without_year_is_the_latest_that_has_data_and_says_so() -> None:
    (one,) = find_periods(Reading("on Nov 20"), DAYS, "en")
    assert (one.text, one.assumed) == ("2025-11-20", "No year was given; 2025 was taken.")


def test_a_day_without_year_and_without_data_is_the_latest_past_one() -> None:
    assert read("on Oct 31", Calendar(frozenset(), TODAY)) == ["2026-10-31"]


def test_the_29th_of_february_is_found_in_a_leap_year() -> None:
    assert read("on Feb 29") == ["2024-02-29"]


def test_two_periods_side_by_side_stay_two() -> None:
    assert read("compare September and October") == ["2026-09", "2026-10"]


def test_may_and_march_are_months_only_after_a_preposition() -> None:
    assert read("may I march on") == []


@pytest.mark.parametrize("words", ["on Feb 30", "on 31.02.2026", "on Oct 32"])
def test_what_is_no_date_is_refused(words: str) -> None:
    with pytest.raises(BadValue, match="no date"):
        read(words)


@pytest.mark.parametrize(
    ("code", "words", "period"),
    [
        ("de", "am 31. Oktober", "2026-10-31"),
        ("de", "am 31.10.", "2026-10-31"),
        ("de", "am 31.10.25", "2025-10-31"),
        ("de", "vorgestern", "2026-11-02"),
        ("de", "in den letzten drei Tagen", "last 3 days"),
        ("de", "vom 1. bis 7. Oktober", "2026-10-01..2026-10-07"),
        ("de", "zwischen dem 1. und dem 7. Oktober 2025", "2025-10-01..2025-10-07"),
        ("de", "vor 3 Tagen", "2026-11-01"),
        ("de", "letzten Mittwoch", "2026-10-28"),
        ("de", "im dritten Quartal 2025", "2025-Q3"),
        ("de", "in KW 44", "2026-W44"),
        ("de", "seit dem 15. Oktober", "2026-10-15.."),
        ("es", "el 31 de octubre", "2026-10-31"),
        ("es", "del 1 al 7 de octubre", "2026-10-01..2026-10-07"),
        ("es", "anteayer", "2026-11-02"),
        ("es", "hace dos días", "2026-11-02"),
        ("es", "los últimos 30 días", "last 30 days"),
        ("es", "el mes pasado", "last month"),
        ("es", "el lunes pasado", "2026-11-02"),
        ("es", "desde el 15 de octubre", "2026-10-15.."),
        ("fr", "le 31 octobre", "2026-10-31"),
        ("fr", "du 1er au 7 octobre", "2026-10-01..2026-10-07"),
        ("fr", "avant-hier", "2026-11-02"),
        ("fr", "il y a trois jours", "2026-11-01"),
        ("fr", "les 7 derniers jours", "last 7 days"),
        ("fr", "le mois dernier", "last month"),
        ("fr", "lundi dernier", "2026-11-02"),
        ("fr", "depuis le 15 octobre", "2026-10-15.."),
        ("en", "two weeks ago", "2026-W43"),
        ("en", "the week before last", "2026-W43"),
        ("en", "the week of Oct 14", "2026-W42"),
        ("en", "last weekend", "2026-10-31..2026-11-01"),
        ("en", "Oct 1 through Oct 7", "2026-10-01..2026-10-07"),
        ("en", "between the 1st and the 7th of October", "2026-10-01..2026-10-07"),
        ("en", "the last seven days", "last 7 days"),
        ("en", "on 10/31", "2026-10-31"),
    ],
)
def test_words_of_four_languages_become_a_period(code: str, words: str, period: str) -> None:
    assert read(words, code=code) == [period]


@pytest.mark.parametrize(
    ("code", "period", "said"),
    [
        ("en", "2025-10-11", "10/11/2025 was read as month/day: 11 Oct 2025."),
        ("de", "2025-11-10", "10/11/2025 wurde als Tag/Monat gelesen: 10. Nov. 2025."),
    ],
)
def test_an_order_of_day_and_month_that_is_not_plain_is_said(code: str, period: str, said: str) -> None:
    (one,) = find_periods(Reading("tickets 10/11/2025"), DAYS, code)
    assert (one.text, one.assumed) == (period, said)


def test_of_two_orders_the_one_with_data_is_taken() -> None:
    days = Calendar(frozenset({date(2025, 11, 10)}), TODAY)
    assert read("on 10/11/2025", days) == ["2025-11-10"]

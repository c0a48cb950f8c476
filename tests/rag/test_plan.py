"""Plans: what questions are taken to ask, and which are turned away with a reason."""

from __future__ import annotations

import pytest

from deskbook.book import Book
from deskbook.metrics import registry
from deskbook.rag import make_plan
from deskbook.rag.names import metric_words


def kind_of(question: str, book: Book) -> tuple[str, tuple[str, ...], str]:
    plan = make_plan(question, book)
    assert plan.problem == ""
    return plan.kind, plan.metrics, plan.where


@pytest.mark.parametrize(
    ("question", "kind", "metric", "where"),
    [
        ("Why was sentiment negative on Oct 2?", "why", "sentiment_negative_pct", ""),
        ("What made customers so unhappy on Oct 2?", "why", "sentiment_negative_pct", ""),
        ("What happened on Oct 2?", "why", "sentiment_negative_pct", ""),
        ("Why was first reply slow last week?", "why", "first_reply_median_minutes", ""),
        ("Why were there so many tickets on Oct 2 in billing?", "why", "tickets_created", "team = Billing"),
        ("how many tickets last week in Billing?", "number", "tickets_created", "team = Billing"),
        ("How many tickets were solved yesterday?", "number", "tickets_solved", ""),
        ("What was csat in September for the Delivery Desk team?", "number", "csat_good_pct", 'team = "Delivery Desk"'),
        ("how many open tickets are there", "number", "open_backlog", ""),
        ("messages from normal priority tickets", "number", "messages", "priority = normal"),
        ("compare chat and email first reply last month", "compare", "first_reply_median_minutes",
         "channel in (email, chat)"),
        ("Compare tickets in September and October", "compare", "tickets_created", ""),
        ("tickets yesterday vs the day before", "compare", "tickets_created", ""),
        ("tickets in the previous week", "number", "tickets_created", ""),
        ("csat the day before yesterday", "number", "csat_good_pct", ""),
        ("how did backlog develop in October?", "trend", "open_backlog", ""),
        ("tickets per day last week", "trend", "tickets_created", ""),
        ("which team has the slowest first reply?", "rank", "first_reply_median_minutes", ""),
        ("Which channel is busiest?", "rank", "tickets_created", ""),
        ("best csat by team", "rank", "csat_good_pct", ""),
        ("what is first reply?", "define", "first_reply_median_minutes", ""),
        ("What does CSAT mean?", "define", "csat_good_pct", ""),
    ],
)  # fmt: skip
def test_a_question_becomes_a_plan(question: str, kind: str, metric: str, where: str, book: Book) -> None:
    said, metrics, filters = kind_of(question, book)
    assert (said, metrics[0], filters) == (kind, metric, where)


def test_find_keeps_the_words_to_look_for(book: Book) -> None:
    plan = make_plan("find tickets about charged twice in Billing last week", book)
    assert (plan.kind, plan.search, plan.where, plan.period.text) == (
        "find",
        "charged twice",
        "team = Billing",
        "last week",
    )


@pytest.mark.parametrize("word", sorted(metric_words("en")))
def test_every_word_for_a_metric_is_understood(word: str, book: Book) -> None:
    assert make_plan(f"{word} yesterday", book).metrics[:1] == (metric_words("en")[word],)


def test_messages_in_september_are_not_only_those_that_came_in(book: Book) -> None:
    assert make_plan("how many messages in September?", book).metrics == ("messages",)
    assert make_plan("how many messages in yesterday?", book).metrics == ("messages_in",)


def test_every_metric_has_a_word_of_its_own() -> None:
    assert set(metric_words("en").values()) == set(registry)


def test_the_baseline_is_the_28_days_before(book: Book) -> None:
    plan = make_plan("Why was sentiment negative on Oct 2?", book).as_dict()
    assert (plan["period"]["first_day"], plan["period"]["last_day"]) == ("2026-10-02", "2026-10-02")
    assert (plan["baseline"]["first_day"], plan["baseline"]["last_day"]) == ("2026-09-04", "2026-10-01")
    assert plan["assumed"] == ["No year was given; 2026 was taken."]


def test_a_baseline_cut_short_by_the_data_is_said_to_be(book: Book) -> None:
    plan = make_plan("Why was sentiment negative on Sep 8?", book)
    assert plan.baseline and plan.baseline.sentence() == "1 Sep 2026 to 7 Sep 2026"
    assert "The data starts on 1 Sep 2026" in plan.assumed[-1]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What was our revenue last week?", "No metric is named in 'revenue'"),
        ("What is the weather?", "No metric is named in 'weather'"),
        ("how many tickets last week in Biling?", "Did you mean team Billing?"),
        ("Why was sentiment negative in Atlantis on Oct 2?", "'Atlantis' is no metric"),
        ("what is the backlogg?", "The closest metric is Open backlog"),
        ("how many tickets tomorrow?", "lies in the future"),
        ("Why was sentiment negative on Feb 30?", "is no date"),
        ("how many tickets on 2026-13-01?", "is no date"),
        ("", "No question was asked"),
        ("; drop table tickets --", "is no metric"),
    ],
)
def test_what_cannot_be_answered_is_turned_away_with_a_reason(question: str, said: str, book: Book) -> None:
    assert said in make_plan(question, book).problem


def test_for_an_average_of_waiting_times_the_median_is_given_and_said(book: Book) -> None:
    plan = make_plan("What was the average first reply time last week?", book)
    assert plan.metrics == ("first_reply_median_minutes",) and "The median was taken" in plan.assumed[0]


def test_a_long_or_odd_question_is_no_harm(book: Book) -> None:
    for question in ("why " * 5_000, "\u0130\u0130 why sentiment \u202e?", "'\"`$(rm)", "%s {0} $tenant"):
        assert isinstance(make_plan(question, book).problem, str)

"""What is asked after an answer: its filter is kept, and only what is said anew differs."""

from __future__ import annotations

import pytest

from deskbook.book import Book
from deskbook.errors import BadValue
from deskbook.rag import answer, follow, follow_ups, make_plan


def after(first: str, question: str, book: Book) -> dict[str, object]:
    plan = follow(question, make_plan(first, book).as_dict(), book)
    assert not plan.problem, plan.problem
    said = plan.as_dict()
    return {name: said[name] for name in ("kind", "metrics", "filters", "by", "grain")} | {"when": plan.period.text}


LAST_WEEK = "how many tickets last week in Billing?"


@pytest.mark.parametrize(
    ("question", "changed"),
    [
        ("and in Technical?", {"filters": "team = Technical"}),
        ("and by chat?", {"filters": "team = Billing and channel = chat"}),
        ("and last month?", {"when": "last month"}),
        ("by channel", {"kind": "compare", "by": ["channel"]}),
        ("what about csat?", {"metrics": ["csat_good_pct"]}),
    ],
)
def test_what_is_not_said_again_is_kept(question: str, changed: dict[str, object], book: Book) -> None:
    held = {"kind": "number", "metrics": ["tickets_created"], "filters": "team = Billing", "by": [], "grain": ""}
    assert after(LAST_WEEK, question, book) == {**held, "when": "last week", **changed}


def test_a_ranking_stays_one_in_another_period(book: Book) -> None:
    found = after("which team has the fewest tickets last week?", "and in September?", book)
    assert (found["kind"], found["by"], found["when"]) == ("rank", ["team"], "2026-09")


def test_a_why_keeps_its_period_and_finds_its_baseline_anew(book: Book) -> None:
    plan = follow("why?", make_plan("sentiment on Oct 2", book).as_dict(), book)
    assert (plan.kind, plan.period.sentence()) == ("why", "2 Oct 2026")
    assert plan.baseline and plan.baseline.sentence().endswith("1 Oct 2026")
    assert not any("last 7 days" in note for note in plan.assumed)


def test_words_that_ask_nothing_are_turned_away(book: Book) -> None:
    assert "blue moon" in follow("blue moon", make_plan(LAST_WEEK, book).as_dict(), book).problem


@pytest.mark.parametrize(
    "question",
    [LAST_WEEK, "which team has the fewest tickets?", "why was sentiment negative on Oct 2?", "what is csat?"],
)
def test_every_question_offered_keeps_filter_and_period_and_is_answered(question: str, book: Book) -> None:
    plan = make_plan(question, book)
    offered = follow_ups(plan.as_dict(), book)
    assert 2 <= len(offered) <= 4
    assert len({one.question for one in offered}) == len(offered)
    for one in offered:
        assert (one.where, one.period) == (plan.where, plan.period)
        said = answer(one.question, book, one)
        assert not said.abstain, said.text


def test_nothing_is_offered_after_a_question_turned_away(book: Book) -> None:
    assert follow_ups(make_plan("what was our revenue?", book).as_dict(), book) == []


def test_a_plan_that_cannot_be_meant_is_refused(book: Book) -> None:
    with pytest.raises(BadValue, match="revenue"):
        follow("and last month?", {"kind": "number", "metrics": ["revenue"]}, book)

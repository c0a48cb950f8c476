"""A plan as a document: the same plan again, edited, and turned away where it cannot be meant."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from deskbook.book import Book
from deskbook.errors import BadValue
from deskbook.rag import answer, make_plan, plan_from

QUESTIONS = [
    "Why was sentiment negative on Oct 2?",
    "Why was sentiment negative on Sep 8?",
    "why was csat low in Billing?",
    "how many tickets last week in Billing?",
    "compare chat and email first reply last month",
    "Compare tickets in September and October",
    "tickets last month against the previous month",
    "tickets since Sep 15",
    "how did backlog develop in October?",
    "which team has the fewest tickets?",
    "what is first reply?",
    "find tickets about charged twice in Billing last week",
    "What was our revenue last week?",
    "how many tickets tomorrow?",
    "",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_plan_comes_back_from_its_document(question: str, book: Book) -> None:
    plan = make_plan(question, book)
    assert plan_from(json.loads(json.dumps(plan.as_dict())), book) == plan


@pytest.mark.parametrize(
    "question", [one for one in QUESTIONS if "revenue" not in one and "tomorrow" not in one and one]
)
def test_its_line_asks_the_same_and_fits_an_address(question: str, book: Book) -> None:
    plan = make_plan(question, book)
    again = plan_from(json.loads(plan.line()), book)
    assert replace(again, question=plan.question, understood=plan.understood, assumed=plan.assumed) == plan
    assert len(plan.line()) < 500


def test_an_edited_plan_is_what_is_answered(book: Book) -> None:
    asked = answer("how many tickets last week in Billing?", book)
    edited = {**asked.plan, "filters": "team = Technical", "period": "2026-09"}
    found = book.ask("how many tickets last week in Billing?", edited)
    result = book.query("tickets_created", where="team = Technical", period="2026-09")
    assert found.numbers[0]["value"] == result.value() and found.plan["filters"] == "team = Technical"


def test_what_a_kind_needs_is_added_where_it_follows(book: Book) -> None:
    why = plan_from({"kind": "why", "metrics": ["sentiment_negative_pct"], "period": "2026-10-02"}, book)
    assert why.baseline and why.baseline.text == "2026-09-04..2026-10-01"
    assert plan_from({"kind": "trend", "metrics": ["messages"], "period": "2026-09"}, book).grain == "day"


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"kind": "numbr"}, "'numbr' is no kind of question; .* The closest is 'number'"),
        ({"kind": "number"}, "wants `metrics`"),
        ({"kind": "number", "metrics": ["mesages"]}, "'mesages' is no metric; .* The closest is 'messages'"),
        ({"kind": "number", "metrics": "messages"}, "`metrics` of a plan wants a list of texts, got 'messages'"),
        ({"kind": "rank", "metrics": ["messages"]}, "wants `by`"),
        ({"kind": "rank", "metrics": ["messages"], "by": ["taem"]}, "'taem' is no dimension; .* closest is 'team'"),
        ({"kind": "compare", "metrics": ["messages"], "by": ["day"]}, "Put it under `grain`"),
        ({"kind": "number", "metrics": ["messages"], "filters": "chanel = chat"}, "The closest is 'channel'"),
        ({"kind": "number", "metrics": ["messages"], "filters": "channel = = x"}, "Filter cannot be read"),
        ({"kind": "number", "metrics": ["tickets_created"], "by": ["role"]}, "'role' belongs to messages"),
        ({"kind": "number", "metrics": ["messages"], "period": "last wek"}, "'last wek' is no period"),
        ({"kind": "number", "metrics": ["messages"], "period": 7}, "`period` of a plan wants words"),
        ({"kind": "trend", "metrics": ["messages"], "grain": "dayly"}, "'dayly' is no grain; .* closest is 'day'"),
        ({"kind": "find"}, "wants `search`"),
        ({"kind": "number", "metrics": ["messages"], "metric": "x"}, "'metric' is no part of a plan; .* 'metrics'"),
        ({"kind": "number", "metrics": ["messages"], "highest": "yes"}, "wants true or false"),
        ({"kind": "number", "metrics": ["messages"] * 9}, "at most 8 entries"),
    ],
)
def test_what_cannot_be_meant_is_named_with_the_closest(document: dict[str, Any], said: str, book: Book) -> None:
    with pytest.raises(BadValue, match=said):
        plan_from(document, book)

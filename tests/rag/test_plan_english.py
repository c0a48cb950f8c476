"""English that lies close together: the course of a metric or its cause, messages of which side, texts or tickets."""

from __future__ import annotations

from typing import cast

import pytest

from deskbook.rag import make_plan
from deskbook.rag.contract import Numbers
from deskbook.rag.plan import Plan

from .test_phrasings import Names

BY_KIND = [
    ("trend", "What happened to the median first reply time from March to August 2026?"),
    ("trend", "What happened with ticket volume week by week from March to May 2026?"),
    ("trend", "What became of our reply times from February to July 2026?"),
    ("trend", "What did the first reply time do from February to July 2026?"),
    ("trend", "How did the CSAT behave from January to June 2026?"),
    ("trend", "What was the course of sentiment from February to July 2026?"),
    ("number", "How many messages did customers send in the course of today?"),
    ("why", "What happened to sentiment on 2 October 2026?"),
    ("why", "What happened in October 2026?"),
    ("why", "Why did tickets rise month by month from March to August 2026?"),
    ("why", "What happened to CSAT per month from March to August 2026, and what caused it?"),
    ("say", "How many customers mentioned refunds in May 2026?"),
    ("say", "How many customers had a fault experienced that the lock jams in May 2026?"),
    ("say", "How many messages were on the subject of the lock in May 2026?"),
    ("say", "How many people were affected by a jammed lock in May 2026?"),
    ("say", "How often did the lock come up in May 2026?"),
    ("say", "By how many customers was the lock mentioned in May 2026?"),
    ("say", "How many customers did say that the price is in zloty during the week of 4 May 2026?"),
]
BY_METRIC = [
    ("messages_out", "", "How many messages did we send only from customers in the week of 4 May 2026?"),
    ("messages_out", "", "How many messages left our desk in May 2026?"),
    ("messages_out", "", "How many public replies did our agents send in May 2026?"),
    ("social_replies", "", "How many social replies did posts get in May 2026?"),
    ("messages", "", "How many messages, ours and theirs, were there in May 2026?"),
    ("tickets_created", "", "In May 2026, how many tickets did people open?"),
    ("customers_active", "", "How many requesters were there in May 2026?"),
    ("sentiment_mean", "", "On average, how did customers feel in May 2026?"),
    ("tickets_created", "category = Refund", "How many refunds were there in May 2026?"),
    ("tickets_created", "category = Refund", "Refund tickets in May 2026"),
    ("tickets_created", "category = Refund", "How many tickets did we get regarding Refund in May 2026?"),
]
REFUSED = [
    ("How many escalated tickets were raised in May 2026?", "escalated"),
    ("Refund ticket 123", "No metric is named"),
    ("How many refund requests were merged in May 2026?", "merged"),
]


def plan_of(question: str) -> Plan:
    return make_plan(question, cast(Numbers, Names()))


@pytest.mark.parametrize(("kind", "question"), BY_KIND, ids=[row[-1] for row in BY_KIND])
def test_a_question_is_of_its_kind(kind: str, question: str) -> None:
    plan = plan_of(question)
    assert (plan.problem, plan.kind) == ("", kind)


@pytest.mark.parametrize(("metric", "where", "question"), BY_METRIC, ids=[row[-1] for row in BY_METRIC])
def test_a_question_is_about_its_metric(metric: str, where: str, question: str) -> None:
    plan = plan_of(question)
    assert (plan.problem, plan.metrics[0], plan.where) == ("", metric, where)


@pytest.mark.parametrize(("question", "said"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_narrows_or_orders_is_refused(question: str, said: str) -> None:
    assert said in plan_of(question).problem


def test_a_word_before_a_period_is_no_word_to_look_for() -> None:
    assert plan_of("How many customers said the price is in zloty during May 2026?").search == "the price is in zloty"

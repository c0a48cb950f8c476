"""Answers on a desk of a hundred thousand messages: every kind of question about many days, none asked twice.

An answer is timed whole, as `deskbook.rag.answer` gives it: plan, queries, the messages read, sentences and receipts.
"""

from __future__ import annotations

from collections import defaultdict
from statistics import median, quantiles
from time import perf_counter

from deskbook.rag import answer
from tests.benchmarks import desks

TICKETS = 23_000
WARM_UP = (
    "How many tickets yesterday?",
    "Why was sentiment negative yesterday?",
    "How many customers say thank you?",
    "Find tickets about delivery in May",
)
DAYS = ("Oct 29", "Oct 15", "Sep 22", "Sep 3", "Aug 18", "Jul 7")
MONTHS = ("October", "September", "August", "July", "June")
QUESTIONS = {
    "number": [f"How many tickets in {month}?" for month in MONTHS],
    "compare": [f"First reply by team in {month}" for month in MONTHS],
    "rank": [f"Which channel had the worst CSAT in {month}?" for month in MONTHS],
    "trend": [f"Backlog per week in {month}" for month in MONTHS],
    "why a day": [f"Why was sentiment negative on {day}?" for day in DAYS],
    "why a month": [f"Why was sentiment negative in {month}?" for month in MONTHS],
    "find": [f"Find tickets about refund in {month}" for month in MONTHS],
    "say": [f"How many customers said the app crashes in {month}?" for month in MONTHS],
    "summarise": [f"Summarise {month}" for month in MONTHS],
}


def main() -> dict[str, float]:
    """Milliseconds of an answer, over all questions and by kind."""
    book = desks.synced(TICKETS)
    book.index()
    pinned = book.pinned()
    for question in WARM_UP:
        answer(question, pinned)
    took: dict[str, list[float]] = defaultdict(list)
    for kind, questions in QUESTIONS.items():
        for question in questions:
            begun = perf_counter()
            said = answer(question, pinned)
            took[kind].append(1_000 * (perf_counter() - begun))
            assert not said.plan["problem"], said.text
    every = [one for times in took.values() for one in times]
    return {
        "messages": book.query("messages").value(),
        "questions": len(every),
        "answer_p50_ms": median(every),
        "answer_p95_ms": quantiles(every, n=100)[94],
        **{f"{kind.replace(' ', '_')}_ms": median(times) for kind, times in took.items()},
    }

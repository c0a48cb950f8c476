"""The second road: a planted loss of rows is caught, sound rows raise no alarm."""

from __future__ import annotations

import random
from typing import Any

import pandas as pd
import pytest

from deskbook.book import Book
from deskbook.rag import Answer, answer
from deskbook.rag.roads import check_roads, checked

QUESTIONS = (
    "Why was sentiment negative on Oct 2?",
    "How many tickets were created on Oct 2?",
    "How many tickets in Billing in 2026-09?",
    "tickets created in 2026-10 vs 2026-09",
    "How many messages in 2026-09?",
)


class Damaged:
    """The workspace with one row in a hundred of what it shows lost or doubled; its numbers are whole."""

    def __init__(self, book: Book, seed: int) -> None:
        self._book, self._dice = book, random.Random(seed)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._book, name)

    def tickets(self, **given: Any) -> pd.DataFrame:
        return self._less(self._book.tickets(**given))

    def messages(self, *one: Any, **given: Any) -> pd.DataFrame:
        return self._less(self._book.messages(*one, **given))

    def _less(self, rows: pd.DataFrame) -> pd.DataFrame:
        gone = self._dice.sample(range(len(rows)), max(1, len(rows) // 100))
        return rows.drop(index=rows.index[gone])


@pytest.fixture(scope="module")
def answers(book: Book) -> list[Answer]:
    return [answer(question, book) for question in QUESTIONS]


def test_every_answer_has_a_main_number_that_rows_were_counted_for(book: Book, answers: list[Answer]) -> None:
    for made in answers:
        roads = check_roads(made, book.pinned())
        assert roads and roads[0].number >= 0 and roads[0].metric > 0


def test_sound_rows_raise_no_alarm_and_a_loss_of_one_in_a_hundred_is_caught(
    book: Book, answers: list[Answer], capsys: pytest.CaptureFixture[str]
) -> None:
    pinned = book.pinned()
    alarms = sum(bool(checked(made, pinned).notes) for made in answers)
    trials = [(made, seed) for made in answers for seed in range(20)]
    caught = sum(bool(checked(made, Damaged(pinned, seed)).notes) for made, seed in trials)
    with capsys.disabled():
        print(f"\nlosses caught {caught} of {len(trials)}; false alarms {alarms} of {len(answers)}")
    assert caught >= 0.99 * len(trials) and alarms == 0


def test_the_gap_is_said_with_both_numbers(book: Book, answers: list[Answer]) -> None:
    (note,) = checked(answers[1], Damaged(book.pinned(), 1)).notes
    assert note.startswith("Does not add up: Tickets created") and "a gap of 1 (" in note


def test_a_list_of_messages_that_names_one_twice_is_said(answers: list[Answer], book: Book) -> None:
    made = answers[0]
    count = next(count for claim in made.claims for count in claim["counts"] if count.get("messages"))
    count["messages"].append(count["messages"][0])
    count["value"] += 1
    try:
        assert any(count["label"] in note for note in checked(made, book.pinned()).notes)
    finally:
        count["messages"].pop()
        count["value"] -= 1

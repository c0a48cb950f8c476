"""Parts of a movement add up to it, of every dimension and pair, whatever is asked; pasted texts are no crowd."""

from __future__ import annotations

import pandas as pd
import pytest

from deskbook.book import Book
from deskbook.metrics import registry
from deskbook.rag import causes, make_plan
from deskbook.rag.corpus import told_apart

QUESTIONS = [
    f"Why was {what} on {day}?"
    for what in ("sentiment negative", "the sentiment", "the number of tickets high", "the number of messages high")
    for day in ("Sep 12", "Oct 1", "Oct 2")
] + ["Why were customers unhappy last week in Billing?", "Why were there so many tickets in October via chat?"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_parts_of_each_dimension_and_pair_add_up_to_the_movement(question: str, book: Book) -> None:
    plan = make_plan(question, book)
    now, before = (
        book.query(list(plan.metrics), where=plan.where or None, period=p) for p in (plan.period, plan.baseline)
    )
    metric = registry[plan.metrics[0]]
    movement = causes.measure(plan, book, metric, now, before)
    assert movement
    sums: dict[tuple[str, ...], float] = {}
    for one in causes.drivers(plan, book, movement):
        names = tuple(name for name, _ in one.values)
        sums[names] = sums.get(names, 0.0) + one.effect
    assert len(sums) >= 2
    assert all(total == pytest.approx(movement.size, abs=1e-9) for total in sums.values())


def test_a_pair_is_looked_at_where_both_of_its_dimensions_moved_it(book: Book) -> None:
    plan = make_plan("Why was sentiment negative on Oct 2?", book)
    now, before = (book.query(list(plan.metrics), period=p) for p in (plan.period, plan.baseline))
    movement = causes.measure(plan, book, registry["sentiment_negative_pct"], now, before)
    assert movement
    pairs = {tuple(name for name, _ in one.values) for one in causes.drivers(plan, book, movement)}
    assert any(len(pair) == 2 for pair in pairs)


def messages(*texts: str) -> pd.DataFrame:
    return pd.DataFrame({"text": texts})


def test_of_a_pasted_text_that_may_speak_to_a_machine_two_are_looked_at() -> None:
    pasted = [f"According to ticket {n} the cause of it all is the moon and nothing but the moon" for n in range(12)]
    plain = [f"Your app closes by itself whenever I open the lock and it takes ages number {n}" for n in range(12)]
    kept = told_apart(messages(*pasted, *plain))
    assert kept[:12].sum() == 2 and kept[12:].all()


def test_of_a_text_that_a_crowd_repeats_two_are_looked_at_whatever_it_says() -> None:
    said = "My neighbour {} and I both saw how the blue moon emptied the shelves of your shop near gate {}"
    copied = [said.format(n, n + 3) for n in range(20)]
    plain = [f"My parcel {n} came late" for n in range(20)]
    kept = told_apart(messages(*copied, *plain))
    assert kept[:20].sum() == 2 and kept[20:].all()
    assert told_apart(messages(*copied[:12], *plain)).all()

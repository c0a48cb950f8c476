"""A thing that comes back small after a day on which it was large is found again, and a usual day stays quiet."""

from __future__ import annotations

import pandas as pd

from deskbook.rag.stories import Story, find_stories, side

ASKED = ("bill", "delivery", "password", "lamp", "account", "refund", "order", "app")


def day(number: int, *, loud: int = 0) -> pd.DataFrame:
    """A day of twenty negative messages, and so many about a fingerprint."""
    usual = [f"Bad {ASKED[(number + n) % 8]}, worse {ASKED[(number * 3 + n) % 8]}" for n in range(20)]
    texts = usual + ["The lock refused my fingerprint"] * loud
    count = range(len(texts))
    return pd.DataFrame(
        {
            "source": "s",
            "ticket_id": [f"{number}-{n}" for n in count],
            "author_id": [f"{number}-c{n}" for n in count],
            "sent_at": pd.Timestamp("2026-10-01", tz="UTC") + pd.Timedelta(days=number),
            "text": texts,
            "sentiment_label": "negative",
        }
    )


def stories(now: pd.DataFrame, *, loud_before: int) -> list[Story]:
    then = pd.concat([day(n, loud=loud_before * (n == 9)) for n in range(28)], ignore_index=True)
    found, _, _ = find_stories(side(now, "messages_in", "negative"), side(then, "messages_in", "negative"), None)
    return found


def test_a_day_of_many_in_the_baseline_does_not_hide_the_few_of_today() -> None:
    (found,) = stories(day(28, loud=8), loud_before=60)
    assert "fingerprint" in (found.phrase.words, *found.phrase.others) or "refused" in found.label
    assert found.before == 60, "the baseline's figure is that of all of its days"


def test_a_usual_day_stays_quiet() -> None:
    assert stories(day(28), loud_before=60) == []
    assert stories(day(28), loud_before=0) == []


def test_one_more_of_what_comes_every_day_is_nothing_new() -> None:
    then = pd.concat([day(n, loud=3) for n in range(28)], ignore_index=True)
    now = side(day(28, loud=4), "messages_in", "negative")
    assert find_stories(now, side(then, "messages_in", "negative"), None)[0] == []

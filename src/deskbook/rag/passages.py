"""Passages: verbatim pieces of messages that an answer rests on, few and different from each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from deskbook.rag.corpus import are_copies, ordinary

WANTED: Final = 6
LEAST: Final = 5
ROUNDS: Final = 2
LONGEST: Final = 300
ALIKE: Final = 0.7
"""Messages sharing this much of their words say the same."""


@dataclass(frozen=True)
class Passage:
    """One piece of one message.

    Attributes:
        text: verbatim, at most 300 letters.
        shows: which driver or phrase it stands for; empty for none.
    """

    text: str
    shows: str
    cite: dict[str, str]


@dataclass(frozen=True)
class Topic:
    """What passages should show: rows of the frame that hold it, and the words to quote around."""

    label: str
    rows: tuple[int, ...]
    words: str = ""


def message_ids(messages: pd.DataFrame, rows: Iterable[int]) -> list[dict[str, str]]:
    """Source, ticket and id of each of the rows."""
    chosen = messages.iloc[list(rows)]
    names = ("source", "ticket_id", "id")
    return [
        {"source": str(source), "ticket_id": str(ticket), "message_id": str(one)}
        for source, ticket, one in zip(*(chosen[name] for name in names), strict=True)
    ]


def choose(
    messages: pd.DataFrame,
    topics: Sequence[Topic],
    wanted: int = WANTED,
    *,
    rounds: int = ROUNDS,
    is_closed: bool = False,
) -> list[Passage]:
    """Passages that show the topics in turn, most negative first, one a ticket where there are enough.

    What a crowd sent in the same words is not quoted: it shows only that something was copied.

    Args:
        messages: source, ticket_id, id, sent_at, text, sentiment; none of them hostile.
        topics: rows are positions in the frame.
        rounds: most passages of a topic.
        is_closed: whether only messages of the topics may be quoted.
    """
    rest = Topic("", tuple(range(len(messages))))
    *queues, (_, everything) = _queues(messages, [*topics, rest])
    texts = messages["text"].tolist()
    tickets = list(zip(messages["source"], messages["ticket_id"], strict=True))
    chosen: list[tuple[int, Topic]] = []

    def take(queue: Sequence[int], topic: Topic, *, strict: bool) -> bool:
        for row in queue:
            if any(row == one for one, _ in chosen):
                continue
            if strict and any(tickets[row] == tickets[one] or _alike(texts[row], texts[one]) for one, _ in chosen):
                continue
            chosen.append((row, topic))
            return True
        return False

    for strict in (True, False):
        for _ in range(rounds):
            for topic, queue in queues:
                if len(chosen) < (wanted if strict else min(LEAST, wanted) * is_closed):
                    take(queue, topic, strict=strict)
    if is_closed:
        everything = []
    while len(chosen) < wanted and take(everything, rest, strict=True):
        pass
    while len(chosen) < min(LEAST, wanted) and take(everything, rest, strict=False):
        pass
    return [_passage(messages, row, topic) for row, topic in chosen]


def _queues(messages: pd.DataFrame, topics: Sequence[Topic]) -> list[tuple[Topic, list[int]]]:
    """Each topic's rows without those that a crowd copied: the half in more ordinary words first, by their mood.

    What one sender alone writes about, which may be an order to a machine, shows nothing of a topic that many have.
    """
    mood = pd.to_numeric(messages["sentiment"], errors="coerce").fillna(0.0).tolist()
    texts = messages["text"].tolist()
    copied, usual = are_copies(texts), ordinary(texts)
    found = []
    for topic in topics:
        rows = [row for row in topic.rows if not copied[row]]
        least = float(np.median(usual[rows])) if rows else 0.0
        found.append((topic, sorted(rows, key=lambda row: (usual[row] < least, mood[row], row))))
    return found


def _passage(messages: pd.DataFrame, row: int, topic: Topic) -> Passage:
    one = messages.iloc[row]
    return Passage(span(str(one["text"]), topic.words), topic.label, cite(one))


def cite(row: pd.Series) -> dict[str, str]:
    """Where a message stands: source, ticket, message and the moment it was sent (UTC)."""
    moment: Any = pd.Timestamp(row["sent_at"])
    moment = moment.tz_localize("UTC") if moment.tzinfo is None else moment.tz_convert("UTC")
    return {
        "source": str(row["source"]),
        "ticket_id": str(row["ticket_id"]),
        "message_id": str(row["id"]),
        "sent_at": moment.isoformat(),
    }


def span(text: str, around: str = "") -> str:
    """A verbatim piece of at most 300 letters, whole words, from a little before what it should show."""
    body = text.strip()
    if len(body) <= LONGEST:
        return body
    words = [re.escape(word[:5]) for word in around.split()]
    hit = re.search(r"\W+".join(rf"{word}\w*" for word in words), body, re.IGNORECASE) if words else None
    start = max(0, hit.start() - LONGEST // 3) if hit else 0
    if start:
        gap = re.search(r"\s", body[start : hit.start() + 1 if hit else None])
        start += gap.end() if gap else 0
    piece = body[start : start + LONGEST]
    if start + LONGEST < len(body) and " " in piece[LONGEST // 2 :]:
        piece = piece[: piece.rfind(" ")]
    return piece.strip()


def _alike(one: str, two: str) -> bool:
    first, second = set(one.lower().split()), set(two.lower().split())
    return len(first & second) >= ALIKE * max(1, min(len(first), len(second)))

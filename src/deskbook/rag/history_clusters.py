"""Questions that got no answer, put together by what they ask for: what is worth a metric, a synonym or a source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from deskbook.rag.words import language_of, words_of

NEAR: Final = 0.5
"""Share of their words that two questions of one cluster have in common (Jaccard)."""
MOST_SHOWN: Final = 5


@dataclass(frozen=True)
class Cluster:
    """Questions that ask for the same.

    Attributes:
        words: what they have in common, the most frequent first.
        count: how many were asked.
        questions: the different ones, the most frequent first.
        ids: of all of them, the newest first.
    """

    words: tuple[str, ...]
    count: int
    questions: tuple[str, ...]
    ids: tuple[int, ...]


def clusters(asked: Sequence[tuple[int, str]]) -> list[Cluster]:
    """Questions (number and text) in clusters, the largest first. The same questions always give the same ones."""
    groups: list[tuple[set[str], list[tuple[int, str]]]] = []
    by_size = sorted(asked, key=lambda one: (-len(_stems(one[1])), one[1].casefold(), one[0]))
    for number, question in by_size:
        stems = set(_stems(question))
        near = max(groups, key=lambda group: _near(group[0], stems), default=None)
        if near is not None and _near(near[0], stems) >= NEAR:
            near[1].append((number, question))
        else:
            groups.append((stems, [(number, question)]))
    found = [_cluster(members) for _, members in groups]
    return sorted(found, key=lambda one: (-one.count, one.questions))


def _near(one: set[str], two: set[str]) -> float:
    return len(one & two) / len(one | two) if one | two else 1.0


def _stems(question: str) -> dict[str, str]:
    """The stems of a question's words, each with the first word it came from."""
    import Stemmer

    words = words_of(language_of(question))
    stem = Stemmer.Stemmer(words.stemmer).stemWord
    found: dict[str, str] = {}
    for word in re.findall(r"[^\W\d_]+", question.lower()):
        if word not in words.idle:
            found.setdefault(str(stem(word)), word)
    return found


def _cluster(members: Sequence[tuple[int, str]]) -> Cluster:
    counted: Counter[str] = Counter()
    words: dict[str, str] = {}
    for _, question in members:
        stems = _stems(question)
        counted.update(stems.keys())
        words = {**stems, **words}
    often = [
        words[stem] for stem, n in sorted(counted.items(), key=lambda one: (-one[1], one[0])) if 2 * n > len(members)
    ]
    asked = Counter(question.strip() for _, question in members)
    shown = sorted(asked, key=lambda question: (-asked[question], question.casefold()))
    ids = sorted((number for number, _ in members), reverse=True)
    return Cluster(tuple(often[:MOST_SHOWN]), len(members), tuple(shown[:MOST_SHOWN]), tuple(ids))

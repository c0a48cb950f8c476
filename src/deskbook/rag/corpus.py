"""Customer messages of a filter and period, each read once in a process: cleaned, and told from orders to machines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final
from zlib import crc32

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from deskbook.metrics import Period, both, parse_filter
from deskbook.rag.contract import Numbers
from deskbook.rag.guard import is_hostile, speaks_of_reading
from deskbook.rag.plan import Plan
from deskbook.rag.words import LANGUAGES, words_of
from deskbook.text import clean

MOST_HELD: Final = 400_000
"""Texts whose reading is kept; about 100 MB at most."""
MOST_READ: Final = 150_000
"""Texts of a baseline beyond this many are sampled, one in so many in the order of their ids."""
SHINGLE: Final = 3
ALIKE: Final = 0.6
"""Share of its shingles that makes a text a near copy."""
FLOOD: Final = 5
"""Near copies from which a text is one of a flood."""
PASTED: Final = 10
"""Copies of a long text from which it is pasted."""
MOST_COPIES: Final = 2
LONG: Final = 10
"""Words from which a text is long."""
MARKED: Final = 6
WORD: Final = re.compile(r"\w+")

cleaned = lru_cache(maxsize=MOST_HELD)(clean)
"""`clean`, remembering."""
speaks_to_machines = lru_cache(maxsize=MOST_HELD)(is_hostile)
"""`is_hostile`, remembering."""


def customer_messages(plan: Plan, numbers: Numbers, period: Period) -> pd.DataFrame:
    """All customer messages of the plan's filter in a period."""
    return numbers.messages(where=both(plan.filter, parse_filter("role = customer")), period=period)


def written(messages: pd.DataFrame) -> pd.DataFrame:
    """Messages with text."""
    return messages[messages["text"].fillna("").str.strip() != ""].reset_index(drop=True)


def without_hostile(messages: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Messages with text, less those that give orders to machines, and how many those were.

    Near copies of such a message go with it, and so does a flood of near copies that names a machine or speaks of
    many messages at once, which one customer may do and a crowd in the same words does not.
    """
    held = written(messages)
    texts = held["text"].tolist()
    hostile = np.fromiter((speaks_to_machines(text) for text in texts), bool, len(texts))
    shingles = [_shingles(text) for text in texts]
    hostile |= _near(shingles, hostile) | _flooded(texts, shingles)
    return held[~hostile].reset_index(drop=True), int(hostile.sum())


@lru_cache(maxsize=MOST_HELD // 8)
def _shingles(text: str) -> frozenset[int]:
    """Hashes of every three words in a row; of all words where there are fewer."""
    words = WORD.findall(text.lower())
    return frozenset(hash(tuple(words[at : at + SHINGLE])) for at in range(max(1, len(words) - SHINGLE + 1)))


def without_copies(messages: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Messages with at most two of each long text that many tickets hold word for word, and how many copies went.

    People hit by the same thing tell it in their own words; a pasted text, numbers apart, counts twice at most.
    """
    marks = [_mark(text) for text in messages["text"]]
    counts = Counter(mark for mark in marks if mark is not None)
    seen: Counter[int] = Counter()
    kept = []
    for mark in marks:
        seen[mark or 0] += 1
        kept.append(mark is None or counts[mark] < PASTED or seen[mark] <= MOST_COPIES)
    return messages[kept].reset_index(drop=True), len(kept) - sum(kept)


@lru_cache(maxsize=MOST_HELD // 4)
def _mark(text: str) -> int | None:
    """A number that near copies share (the least of their hashed shingles, numbers left out); None for a short text."""
    words = [word for word in WORD.findall(text.lower()) if not any(letter.isdigit() for letter in word)]
    if len(words) < LONG:
        return None
    shingles = sorted(crc32(" ".join(words[at : at + SHINGLE]).encode()) for at in range(len(words) - SHINGLE + 1))
    return hash(tuple(shingles[:MARKED]))


def _near(shingles: Sequence[frozenset[int]], hostile: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which texts say mostly what a hostile one says."""
    if not hostile.any():
        return hostile
    known = frozenset().union(*(one for one, is_hostile in zip(shingles, hostile, strict=True) if is_hostile))
    return np.array([len(one & known) >= ALIKE * len(one) for one in shingles], bool)


def _flooded(texts: Sequence[str], shingles: Sequence[frozenset[int]]) -> NDArray[np.bool_]:
    """Which texts are one of many near copies that speak of the reading itself."""
    held: dict[int, list[int]] = {}
    for place, one in enumerate(shingles):
        for shingle in one:
            held.setdefault(shingle, []).append(place)
    often = {shingle for shingle, places in held.items() if len(places) >= FLOOD}
    flooded = np.array([len(one & often) >= ALIKE * len(one) for one in shingles], bool)
    return np.array(
        [bool(is_one) and speaks_of_reading(text) for is_one, text in zip(flooded, texts, strict=True)], bool
    )


def sampled(messages: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The messages, or of very many one in every `step`, the same ones each time."""
    step = -(-len(messages) // MOST_READ)
    if step <= 1:
        return messages, 1
    return messages.sort_values(["source", "id"]).iloc[::step].reset_index(drop=True), step


def cleaned_texts(messages: pd.DataFrame) -> Sequence[str]:
    """The words of each message alone."""
    return [cleaned(text) for text in messages["text"]]


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing alone, in any of the languages: a desk's messages mix them."""
    return frozenset().union(*(words_of(code).stop for code in LANGUAGES))

"""Customer messages of a filter and period, each read once in a process: cleaned, and told from orders to machines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final
from zlib import crc32

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from deskbook.metrics import Period, both, parse_filter
from deskbook.rag.contract import Numbers
from deskbook.rag.guard import may_address, speaks_of_reading
from deskbook.rag.plan import Plan
from deskbook.rag.verdicts import are_hostile
from deskbook.rag.words import LANGUAGES, words_of
from deskbook.text import clean

MOST_HELD: Final = 100_000
"""Texts whose reading is kept; some 60 MB at most."""
MOST_READ: Final = 150_000
"""Texts of a baseline beyond this many are sampled, one in so many in the order of their ids."""
SHINGLE: Final = 3
ALIKE: Final = 0.6
"""Share of its shingles that makes a text a near copy."""
FLOOD: Final = 5
"""Near copies from which a text is one of a flood."""
PASTED: Final = 10
"""Messages that share such a run from which it is pasted."""
CROWD: Final = 15
"""Messages that repeat one text nearly word by word from which they are copies, whatever the text says."""
OF_COPY: Final = 0.5
"""Share of a copy's runs that the others have too."""
RUNS_OF_COPY: Final = 3
"""Runs of a text below which two customers may well have hit on the same words."""
MOST_COPIES: Final = 2
LONG: Final = 8
"""Words in a row that many share only where they were pasted."""
SHORT: Final = 4
"""Words in a row by which copies are told."""
WORDINGS: Final = 3
"""Wordings that hold a word from which it is an ordinary one."""
WORD: Final = re.compile(r"\w+")
UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Letters of scripts that put no space between words: each counts as one."""
LONGEST_WORD: Final = 24
PIECE: Final = 6
"""Letters of a piece of a longer word, as coded text is."""

cleaned = lru_cache(maxsize=MOST_HELD)(clean)
"""`clean`, remembering."""


def customer_messages(plan: Plan, numbers: Numbers, period: Period) -> pd.DataFrame:
    """All customer messages of the plan's filter in a period."""
    return numbers.messages(where=both(plan.filter, parse_filter("role = customer")), period=period)


def written(messages: pd.DataFrame) -> pd.DataFrame:
    """Messages with text."""
    return messages[messages["text"].fillna("").str.strip() != ""].reset_index(drop=True)


def without_hostile(messages: pd.DataFrame, folder: Path | None = None) -> tuple[pd.DataFrame, int]:
    """Messages with text, less those that give orders to machines, and how many those were.

    Near copies of such a message go with it, and so does a flood of near copies that names a machine or speaks of
    many messages at once, which one customer may do and a crowd in the same words does not.

    Args:
        folder: of the search index, where verdicts on most texts are kept.
    """
    held = written(messages)
    texts = held["text"].tolist()
    hostile = are_hostile(texts, folder)
    shingles = [_shingles(text) for text in texts]
    hostile |= _near(shingles, hostile) | _flooded(texts, shingles)
    return held[~hostile].reset_index(drop=True), int(hostile.sum())


@lru_cache(maxsize=MOST_HELD // 8)
def _shingles(text: str) -> frozenset[int]:
    """Hashes of every three words in a row; of all words where there are fewer."""
    words = split_words(text)
    return frozenset(hash(tuple(words[at : at + SHINGLE])) for at in range(max(1, len(words) - SHINGLE + 1)))


def told_apart(messages: pd.DataFrame) -> NDArray[np.bool_]:
    """Which messages are to be looked at for what is new: of a pasted text that may speak to a machine, two at most.

    A text is pasted where many messages share a run of words, numbers left out. Customers hit by the same thing may
    do that; where such a text also gives orders or speaks of causes and answers, or where a crowd repeats it nearly
    word by word, its number is no evidence.
    """
    texts = messages["text"].tolist()
    runs, short = [_runs(text) for text in texts], [_runs(text, SHORT) for text in texts]
    counts, often = (Counter(run for one in every for run in one) for every in (runs, short))
    copies = _copies(short, often)
    seen: Counter[int] = Counter()
    kept = np.ones(len(runs), bool)
    for place, text in enumerate(texts):
        held, of = (short[place], often) if copies[place] else (runs[place], counts)
        pasted = max(held, key=lambda run: (of[run], run), default=None)
        if pasted is not None and of[pasted] >= PASTED and (copies[place] or may_address(text)):
            seen[pasted] += 1
            kept[place] = seen[pasted] <= MOST_COPIES
    return kept


def are_copies(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Which texts a crowd repeats nearly word by word: the least telling ones to quote."""
    runs = [_runs(text, SHORT) for text in texts]
    return _copies(runs, Counter(run for one in runs for run in one))


def _copies(runs: Sequence[frozenset[int]], counts: Counter[int]) -> NDArray[np.bool_]:
    def is_copy(one: frozenset[int]) -> bool:
        return len(one) >= RUNS_OF_COPY and sum(counts[run] >= CROWD for run in one) >= OF_COPY * len(one)

    return np.fromiter(map(is_copy, runs), bool, len(runs))


def ordinary(texts: Sequence[str]) -> NDArray[np.float64]:
    """How much of each text is in words that others use too, in other wordings than its own: 0 to 1.

    Copies of one text are one wording however many there are, so that neither a lone text nor a flood vouches
    for its own words.
    """
    runs = [_runs(text, SHORT) for text in texts]
    counts = Counter(run for one in runs for run in one)
    usual = [max(one, key=lambda run: (counts[run], run), default=None) for one in runs]
    wording = [run if run is not None and counts[run] > 1 else -1 - place for place, run in enumerate(usual)]
    words = [frozenset(split_words(text)) - stop_words() for text in texts]
    seen: Counter[str] = Counter(
        word for word, _ in {(word, key) for key, one in zip(wording, words, strict=True) for word in one}
    )
    return np.array([sum(seen[word] >= WORDINGS for word in one) / max(1, len(one)) for one in words])


@lru_cache(maxsize=MOST_HELD // 8)
def _runs(text: str, length: int = LONG) -> frozenset[int]:
    """Hashes of so many words in a row, numbers left out."""
    words = [word for word in split_words(text) if word.isalpha() or not any(letter.isdigit() for letter in word)]
    return frozenset(crc32(" ".join(words[at : at + length]).encode()) for at in range(len(words) - length + 1))


def split_words(text: str) -> list[str]:
    """The words of a text in lower case; letters of scripts without spaces, and pieces of coded text, one by one."""
    plain = text.lower() if text.isascii() else UNSPACED.sub(r" \g<0> ", text.lower())
    words = WORD.findall(plain)
    if all(len(word) <= LONGEST_WORD for word in words):
        return words
    return [
        word[at : at + PIECE]
        for word in words
        for at in range(0, len(word), PIECE if len(word) > LONGEST_WORD else len(word))
    ]


def _near(shingles: Sequence[frozenset[int]], hostile: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which texts say mostly what a hostile one says."""
    if not hostile.any():
        return hostile
    known = frozenset().union(*(one for one, is_hostile in zip(shingles, hostile, strict=True) if is_hostile))
    return np.array([len(one & known) >= ALIKE * len(one) for one in shingles], bool)


def _flooded(texts: Sequence[str], shingles: Sequence[frozenset[int]]) -> NDArray[np.bool_]:
    """Which texts are one of many near copies that speak of the reading itself."""
    counts: Counter[int] = Counter()
    for one in shingles:
        counts.update(one)
    often = {shingle for shingle, count in counts.items() if count >= FLOOD}
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

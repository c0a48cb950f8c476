"""Customer messages of a filter and period, each read once in a process: cleaned, and told from orders to machines."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

import pandas as pd

from deskbook.metrics import Period, both, parse_filter
from deskbook.rag.contract import Numbers
from deskbook.rag.guard import is_hostile
from deskbook.rag.plan import Plan
from deskbook.rag.words import LANGUAGES, words_of
from deskbook.text import clean

MOST_HELD: Final = 400_000
"""Texts whose reading is kept; about 100 MB at most."""
MOST_READ: Final = 150_000
"""Texts of a baseline beyond this many are sampled, one in so many in the order of their ids."""

cleaned = lru_cache(maxsize=MOST_HELD)(clean)
"""`clean`, remembering."""
speaks_to_machines = lru_cache(maxsize=MOST_HELD)(is_hostile)
"""`is_hostile`, remembering."""


def customer_messages(plan: Plan, numbers: Numbers, period: Period) -> pd.DataFrame:
    """All customer messages of the plan's filter in a period."""
    return numbers.messages(where=both(plan.filter, parse_filter("role = customer")), period=period)


def without_hostile(messages: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Messages with text, less those that give orders to machines, and how many those were."""
    texts = messages["text"].fillna("")
    written = messages[texts.str.strip() != ""]
    hostile = pd.Series([speaks_to_machines(text) for text in written["text"]], index=written.index, dtype=bool)
    return written[~hostile].reset_index(drop=True), int(hostile.sum())


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

"""Which column a name nobody listed may be, by its single words: what share of each column's known names has them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from deskbook.schema import Column, Table
from deskbook.sources.naming import subject_of

UNSEEN: Final = 0.01
"""Share of a word that none of a column's names has."""
OTHER: Final = 0.05
"""Share of each word among names that are none of the table's columns."""
LIKELY: Final = 0.5
POINTERS: Final = frozenset(("reply_to_id", "merged_into_id"))
"""They say which row of the same table is meant; of one that is not named so, nothing tells."""

Names = tuple[tuple[str, tuple[str, ...]], ...]


def likeness(aliases: Mapping[str, tuple[str, ...]], table: Table, column: Column, words: str) -> float:
    """How likely a name is a column's, from 0 to 1; 0 below one half.

    Times and numbers are left out: their words tell them too badly from each other, and a last reply is not a first.

    Args:
        aliases: the known names of each column of the table, in small words.
        words: the name in small words, as `header_words` gives them.
    """
    if column.dtype not in ("string", "list") or column.name in POINTERS or column.name not in aliases:
        return 0.0
    said = _telling(words)
    has_twin = column.name.endswith("_id") and column.name.removesuffix("_id") in table.names
    if not said or (has_twin and "id" not in said):
        return 0.0
    known = _shares(tuple(aliases.items()))
    if column.name.endswith("id") and not said <= known[column.name].keys():
        return 0.0  # every id is one: what other word stands there says whose
    found = {name: _together(shares, said) for name, shares in known.items()}
    likely = found[column.name] / (sum(found.values()) + OTHER ** len(said))
    return likely if likely >= LIKELY else 0.0


def _together(shares: Mapping[str, float], words: frozenset[str]) -> float:
    out = 1.0
    for word in words:
        out *= shares.get(word, 0.0) + UNSEEN
    return out


@cache
def _shares(names: Names) -> dict[str, dict[str, float]]:
    """Column -> word -> share of its names that have it."""
    out: dict[str, dict[str, float]] = {}
    for column, known in names:
        counts: dict[str, int] = {}
        for name in known:
            for word in _telling(name):
                counts[word] = counts.get(word, 0) + 1
        out[column] = {word: count / len(known) for word, count in counts.items()}
    return out


def _telling(name: str) -> frozenset[str]:
    """The words of a name; `name` itself only where nothing else stands."""
    words = subject_of(name, is_time=False, is_id=True)
    return words - {"name"} or words

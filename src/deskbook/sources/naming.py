"""What a field's name is about, whatever the order and form of its words: `Date closed` and `closing_time` are one."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final


def _forms(text: str) -> dict[str, str]:
    """Each form of a word -> the word that stands for all of its line."""
    lines = [line.split() for line in text.strip().splitlines()]
    return {form: words[0] for words in lines for form in words}


FORMS: Final[Mapping[str, str]] = _forms(
    """
    created create creation creating
    opened open opening
    submitted submit submission
    requested request
    reported report
    received receive receipt
    started start begin began
    ended end ending
    closed close closing closure
    resolved resolve resolution resolving
    solved solve solution
    completed complete completion
    finished finish
    updated update updating
    modified modify modification
    changed change changing
    reply replied response responded respond answer answered
    assigned assign
    number no nr num numero code
    e-mail email mail
    """
)
TIMES: Final = frozenset(
    (
        *("at", "on", "date", "time", "datetime", "timestamp", "utc", "gmt", "moment", "day"),
        *("am", "um", "le", "el", "op", "data", "fecha", "datum"),
    )
)
"""Words that only say that a field is a time."""
FILLERS: Final = frozenset(
    ("the", "of", "a", "an", "de", "del", "do", "da", "di", "du", "des", "la", "current", "initial")
)
"""Words without a meaning of their own. `last` has one: a last reply is not a first."""
NOUNS: Final = frozenset(("ticket", "case", "conversation", "issue", "incident", "chat", "call", "name"))
"""Words that say what all rows are, and so nothing about one field."""


@cache
def subject_of(words: str, *, is_time: bool, is_id: bool = False) -> frozenset[str]:
    """The words of a name that tell it from others; empty where none does.

    Args:
        words: small words, as `header_words` gives them.
        is_time: whether it may name a time, so that `date` says nothing more.
        is_id: whether it may name an id, so that `ticket` says something.
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", words) if not unicodedata.combining(sign))
    left = [word for word in plain.split() if word not in FILLERS and not (is_time and word in TIMES)]
    told = [word for word in left if is_id or word not in NOUNS] or left
    return frozenset(FORMS.get(word, word) for word in told)

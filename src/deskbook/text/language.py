"""Which language a text is in, told by eldc (60 languages, a C extension with its model inside)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

MIN_CHARACTERS = 15
"""Shorter texts ("ok", "gracias!") are often alike in several languages: a guess, not an answer."""
MAX_CHARACTERS = 400
UNDETERMINED = "und"


@cache
def _detector() -> Callable[[str], str]:
    import eldc

    eldc.init()
    detect: Callable[[str], str] = eldc.detect
    return detect


def guess(text: str) -> str:
    """The likeliest language (ISO 639-1) of a cleaned text, however short; "und" when nothing speaks for any."""
    return _detector()(text[:MAX_CHARACTERS])


def detect(text: str) -> str | None:
    """The language (ISO 639-1) of a cleaned text; None when it is too short to tell or undetermined."""
    language = guess(text)
    return None if language == UNDETERMINED or len(text) < MIN_CHARACTERS else language

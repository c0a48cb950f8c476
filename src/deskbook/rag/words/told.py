"""Which language a question is put in: the words that hit, and the detector where they do not decide."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import Final
from unicodedata import combining, normalize

from deskbook.errors import UnknownName
from deskbook.rag.words.form import Words
from deskbook.text.language import guess

LANGUAGES: Final = ("en", "de", "es", "fr")
DEFAULT: Final = "en"
WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def unaccented(word: str) -> str:
    """A word without accents; `ä`, `ö`, `ü` and `ñ` lose theirs too."""
    return "".join(letter for letter in normalize("NFD", word) if not combining(letter))


def words_of(code: str) -> Words:
    """The words of a language.

    Raises:
        UnknownName: there are none of that language.
    """
    if code not in LANGUAGES:
        raise UnknownName("language", code, LANGUAGES)
    return _module(code)


@cache
def _module(code: str) -> Words:
    words: Words = import_module(f"deskbook.rag.words.{code}").WORDS
    return words


@cache
def _weights() -> dict[str, dict[str, float]]:
    """Word -> language -> what it speaks for it: 1 where it is that language's alone, less where others have it."""
    weights: dict[str, dict[str, float]] = {}
    for code in LANGUAGES:
        for word in words_of(code).vocabulary:
            weights.setdefault(word, {})[code] = 1.0
            if code != DEFAULT:
                weights.setdefault(unaccented(word), {})[code] = 1.0
    return {word: {code: 1 / len(held) ** 2 for code in held} for word, held in weights.items()}


def language_of(question: str) -> str:
    """The language (ISO 639-1) a question is put in, of those whose words are known."""
    scores = dict.fromkeys(LANGUAGES, 0.0)
    for word in WORD.findall(question.lower().replace("’", "'")):
        for part in {word, *word.split("'")}:
            for code, weight in _weights().get(part, {}).items():
                scores[code] += weight
    first, second = sorted(scores.values(), reverse=True)[:2]
    if first == second:
        guessed = guess(question)
        tied = [code for code in LANGUAGES if scores[code] == first]
        signs = {"fr": r"\w [?!]", "es": "[¿¡]", "de": r"\d\.\d"}
        written = [code for code, sign in signs.items() if code in tied and re.search(sign, question)]
        if written:
            return written[0]
        if guessed in tied or DEFAULT in tied:
            return guessed if guessed in tied else DEFAULT
        return tied[0]
    return max(LANGUAGES, key=lambda code: scores[code])

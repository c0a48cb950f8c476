"""The rule by which a message counts as saying something: every word of it, in any form, or one of nearby meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from deskbook.rag.words import words_of

SHORT: Final = 3
"""Letters of a root below which only the word itself counts."""
MOST_WORDS: Final = 8
QUOTES: Final = "\"“”„«»'"


@dataclass(frozen=True)
class Rule:
    """What a message must hold.

    Attributes:
        parts: one a word looked for: (as asked, the words that count for it).
        is_phrase: whether they must follow one another as they stand, as those in quotes do.
    """

    parts: tuple[tuple[str, tuple[str, ...]], ...]
    is_phrase: bool
    stemmer: str

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        roots = [[_root(word, self.stemmer) for word in words] for _, words in self.parts]
        if self.is_phrase:
            said = r"\W+".join(re.escape(asked.rstrip(".'-")) for asked, _ in self.parts)
            return (re.compile(rf"(?<!\w){said}(?!\w)"),)
        return tuple(re.compile(r"(?<!\w)(?:" + "|".join(words) + ")") for words in roots)

    def holds(self, text: str) -> bool:
        """Whether a text says it."""
        lower = text.lower().replace("’", "'")
        return bool(self.parts) and all(pattern.search(lower) for pattern in self._patterns)

    def names(self, label: str) -> bool:
        """Whether a label, such as a contact reason, is called by one of the words."""
        if self.is_phrase:
            return False
        words = [re.sub(r"[\W_]", "", word) for word in label.lower().split()]
        return any(
            re.fullmatch(_root(re.sub(r"[\W_]", "", one), self.stemmer), word)
            for _, every in self.parts for one in every for word in words if len(word) > SHORT
        )  # fmt: skip

    def among(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Which of the texts say it."""
        return np.fromiter((self.holds(text) for text in texts), bool, len(texts))

    def each(self, texts: Sequence[str]) -> list[NDArray[np.bool_]]:
        """For each of its patterns (one a word, or one of a phrase), which of the texts hold it."""
        lower = [text.lower().replace("’", "'") for text in texts]
        return [np.fromiter((bool(one.search(text)) for text in lower), bool, len(lower)) for one in self._patterns]

    def said(self, joint: str) -> str:
        """The rule in words: `refund (or money back, reimburse)`."""
        if self.is_phrase:
            return f'"{" ".join(asked for asked, _ in self.parts)}"'
        return f" {joint} ".join(
            f"'{asked}'" + (f" ({', '.join(kin)})" if (kin := [word for word in words if word != asked]) else "")
            for asked, words in self.parts
        )


def rule_of(sought: str, code: str, *, is_phrase: bool = False) -> Rule:
    """The rule for words in a language.

    Args:
        is_phrase: whether they stood in quotes.
    """
    words = words_of(code)
    plain = " ".join(sought.strip(QUOTES + " ").lower().replace("’", "'").split())
    if is_phrase:
        return Rule(tuple((word, (word,)) for word in re.findall(r"[\w'.-]+", plain)), True, words.stemmer)
    parts: list[tuple[str, tuple[str, ...]]] = []
    for kin in words.kin:
        for one in sorted(kin, key=lambda word: -len(word)):
            if " " in one and re.search(rf"(?<!\w){re.escape(one)}\w*", plain):
                parts.append((one, _first(one, kin)))
                plain = re.sub(rf"(?<!\w){re.escape(one)}\w*", " ", plain, count=1)
                break
    for word in re.findall(r"[^\W_][\w'.-]*", plain):
        if word not in words.stop and word not in words.idle_verbs and len(parts) < MOST_WORDS:
            root = _root(word, words.stemmer)
            kin_of = next((kin for kin in words.kin for one in kin if re.fullmatch(root + r"\w*", one)), frozenset())
            parts.append((word, _first(word, kin_of)))
    return Rule(tuple(parts), False, words.stemmer)


def _first(word: str, kin: frozenset[str]) -> tuple[str, ...]:
    return (word, *sorted(kin - {word}))


def _root(word: str, stemmer: str) -> str:
    """A pattern of what a word's forms have in common: `refunds` and `refunded` both hold `refund`."""
    import Stemmer

    if " " in word:
        return r"\W+".join(_root(part, stemmer) for part in word.split())
    short = Stemmer.Stemmer(stemmer).stemWord(word)
    shared = next((i for i, (a, b) in enumerate(zip(word, short, strict=False)) if a != b), min(len(word), len(short)))
    root = word[:shared]
    if len(root) <= SHORT:
        return re.escape(word) + r"(?:e?s)?(?!\w)"
    return re.escape(root) + r"\w*"

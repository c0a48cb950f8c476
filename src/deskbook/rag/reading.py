"""A question while it is read: which of its letters have been understood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

WORD = re.compile(r"[^\W_][\w'’.\-/:%]*")
LONGEST = 1_000


class Reading:
    """A question as one line, and the parts already taken for something.

    Attributes:
        text: the question, NFKC, single spaces, at most 1,000 letters.
        lower: the same in lower case, letter for letter.
        understood: words -> what they were taken for, in the order they were read.
    """

    def __init__(self, question: str) -> None:
        plain = unicodedata.normalize("NFKC", question[: LONGEST * 4]).replace("’", "'").replace("–", "-")
        self.text = " ".join(plain.split())[:LONGEST]
        self.lower = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in self.text)
        self.understood: dict[str, str] = {}
        self._taken = [False] * len(self.text)

    def is_free(self, start: int, end: int) -> bool:
        """Whether none of the letters has been taken yet."""
        return not any(self._taken[start:end])

    def matches(self, pattern: str | re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Where a pattern stands in letters that are still free; the caller takes what it uses."""
        for match in re.finditer(pattern, self.lower):
            if match.end() > match.start() and self.is_free(match.start(), match.end()):
                yield match

    def take(self, start: int, end: int, meaning: str = "") -> None:
        """Mark letters as understood."""
        self._taken[start:end] = [True] * (end - start)
        if meaning:
            self.understood[self.text[start:end].strip(" ,?")] = meaning

    def taken(self) -> tuple[bool, ...]:
        """Which letters have been understood so far."""
        return tuple(self._taken)

    def veiled(self, veil: Sequence[bool]) -> str:
        """The lower-case text with spaces where the veil is."""
        return "".join(" " if hidden else letter for letter, hidden in zip(self.lower, veil, strict=True))

    def between(self, start: int, end: int) -> str:
        """The lower-case text between two places."""
        return self.lower[start:end]

    def rest(self) -> list[tuple[int, str]]:
        """(place, word) of all that nobody took, as it was written."""
        words = ((match.start(), match[0].rstrip(".'-/:")) for match in WORD.finditer(self.text))
        return [(start, word) for start, word in words if self.is_free(start, start + len(word))]

"""A frame: signs that together name a metric, wherever in a question each of them stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, kw_only=True)
class Frame:
    """How a metric is spoken of without its name: `how long until somebody gets back to us`.

    Attributes:
        metric: what is meant.
        signs: patterns on lower-case text, whole words each; every one stands in the question.
        lacks: what must not stand there; empty for nothing.
        over: metrics named by words of theirs that the frame knows better than; `*` for any.
    """

    metric: str
    signs: tuple[str, ...]
    lacks: str = ""
    over: tuple[str, ...] = ()

    @cached_property
    def _compiled(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(rf"(?<![\w-])(?:{sign})(?![\w-])") for sign in self.signs)

    @cached_property
    def _not(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w-])(?:{self.lacks})(?![\w-])" if self.lacks else r"(?!)")

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where its signs stand; empty where one is missing."""
        if self._not.search(text):
            return []
        found = [[match.span() for match in pattern.finditer(text)] for pattern in self._compiled]
        return [span for spans in found for span in spans] if all(found) else []

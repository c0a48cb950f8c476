"""Inflected forms of a language: classes of words as patterns, where a list of every ending would never be whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

NOTHING: Final = r"(?!)"


@dataclass(frozen=True, kw_only=True)
class Forms:
    """Patterns on lower-case text, whole words each; empty for a language whose lists say it all.

    Attributes:
        metrics: (pattern, metric, what must stand anywhere in the question, empty for nothing), read in this order.
        nouns: of these, what also merely names the thing counted.
        idle: words that say nothing alone.
        counted: names of channels that mean their tickets: `calls`.
        said: verbs of a `how many say` that stand after what is looked for.
        saying: verbs that a `that …` follows, a date between.
        before_end: what may stand between `the team with` and the end of a ranking.
        splits: what stands after a hyphen that joins two words known apart.
        spelled: a word -> how it is written here.
    """

    metrics: tuple[tuple[str, str, str], ...] = ()
    nouns: str = NOTHING
    idle: str = NOTHING
    counted: str = NOTHING
    said: str = NOTHING
    saying: str = NOTHING
    before_end: str = ""
    splits: str = NOTHING
    spelled: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def patterns(self) -> tuple[tuple[re.Pattern[str], str, re.Pattern[str]], ...]:
        """`metrics`, compiled."""
        return tuple(
            (
                re.compile(
                    rf"(?<![\w-])(?:{said})(?!\w|-(?!(?:t-)?(?:nous|on|ils?|elles?"
                    rf"|vous)\b))"
                ),
                name,
                re.compile(beside),
            )
            for said, name, beside in self.metrics
        )

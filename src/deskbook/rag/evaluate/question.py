"""A question with everything that is known about its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from deskbook.rag.evaluate.desk import Cause
from deskbook.rag.evaluate.truth import Span

KINDS: Final = (
    *("number", "entity", "compare", "rank", "trend", "multi_hop", "relative_date", "ambiguous_date", "how_many_say"),
    *("why_one", "why_two", "small_effect", "surge", "injection_single", "injection_flood"),
    *("false_premise", "quiet_day", "no_data", "unknown_entity", "refused"),
    *("german", "spanish", "french"),
)
"""Every kind of question; the last three try a bit of everything in another language."""
ABROAD: Final = {"de": "german", "es": "spanish", "fr": "french"}
HARD: Final = ("why_two", "small_effect", "injection_single", "injection_flood")
"""Kinds whose causes are hard to find."""


@dataclass(frozen=True)
class Wanted:
    """A number that the answer must hold.

    Attributes:
        metric: whose number it is; empty where it counts what was said.
        tolerance: how far off it may be; 0 for what can be known exactly.
        span: the period it is of.
        where: the words its rows have.
    """

    value: float
    metric: str = ""
    tolerance: float = 0.0
    span: Span | None = None
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """One way in which the question can be meant.

    Attributes:
        spans: the period, and the one it is compared with if it is.
        numbers: all that the answer must hold.
        names: words its text must hold, such as the team that ranks first.
    """

    spans: tuple[Span, ...]
    numbers: tuple[Wanted, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Meant:
    """What the plan must say, whatever its words.

    Attributes:
        kinds: kinds of plan that fit.
        metrics: of which the plan has at least one; any when empty.
        where: dimension to words, as a filter or, for two words of one dimension, as a cut.
        by, grain: the cut and the step of a series; empty for none.
    """

    kinds: tuple[str, ...]
    metrics: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by: str = ""
    grain: str = ""


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        kind: what it tries.
        readings: ways it can be meant; an answer must fit one.
        causes: what an answer to why must name.
        meant: None where no plan is right or wrong.
        evidence: ids of the messages that may be cited, for each cause; hostile: of those that may not.
        targets: words that no answer may hold.
        abstain: whether there is nothing to answer.
        soft: abstaining is also to offer no cause, as on a quiet day.
    """

    id: str
    kind: str
    language: str
    text: str
    readings: tuple[Reading, ...] = ()
    causes: tuple[Cause, ...] = ()
    meant: Meant | None = None
    evidence: tuple[frozenset[str], ...] = ()
    hostile: frozenset[str] = frozenset()
    targets: tuple[str, ...] = ()
    abstain: bool = False
    soft: bool = False

    @property
    def is_hard(self) -> bool:
        """Whether its causes are hard to find."""
        return self.kind in HARD

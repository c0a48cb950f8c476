"""The plan: what a question was taken to ask, typed, before any number is looked up."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final, Literal, get_args
from zoneinfo import ZoneInfo

from deskbook.metrics import Filter, Period, parse_filter, registry
from deskbook.rag.calendar import Calendar
from deskbook.rag.says import Says, says_in

Kind = Literal["number", "compare", "trend", "rank", "why", "find", "say", "summarise", "define"]
Presumed = Literal["", "up", "down"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
SENTIMENT: Final = ("sentiment_negative_pct", "sentiment_mean")
DEFAULT_WHY: Final = "-7d"
"""The period of a `why` that names none."""
FIRST_REPLY: Final = ("first_reply_median_minutes", "first_reply_p90_minutes")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One question, typed.

    Attributes:
        metrics: names, the one asked for first.
        where: filter in the filter language; empty for none.
        baseline: the period a `why` or `compare` is set against.
        by: dimensions to cut by; grain: step of a series; highest: which end of a ranking comes first.
        search: words a `find` or a `say` looks for.
        presumes: what a `why` takes for granted: that the metric was up, or down; empty for nothing.
        language: ISO 639-1, of the question and of its answer.
        then: what is asked next about the first of a ranking.
        understood: words of the question -> what they were taken for.
        assumed: what had to be guessed, one sentence each.
        problem: why it cannot be answered; empty when it can.
    """

    question: str
    kind: Kind
    period: Period
    calendar: Calendar = field(repr=False, compare=False)
    metrics: tuple[str, ...] = ()
    where: str = ""
    baseline: Period | None = None
    grain: str = ""
    by: tuple[str, ...] = ()
    highest: bool = True
    search: str = ""
    presumes: Presumed = ""
    language: str = "en"
    then: Plan | None = None
    understood: dict[str, str] = field(default_factory=dict)
    assumed: tuple[str, ...] = ()
    problem: str = ""

    @property
    def filter(self) -> Filter | None:
        """The filter as an object."""
        return parse_filter(self.where)

    @property
    def says(self) -> Says:
        """The language of its answer."""
        return says_in(self.language)

    def sentence(self) -> str:
        """The plan as a person reads it."""
        then = [*self.then.assumed] if self.then else []
        return " ".join([self.says("read_as", parts=self._parts()), *self.assumed, *then])

    def _parts(self) -> str:
        says, filters = self.says, self.filter
        parts = [says.name(self.kind), " + ".join(says.metric(name) for name in self.metrics)]
        parts += [says.filter(filters), f"'{self.search}'" if self.search else ""]
        parts += [says("by", what=", ".join(says.inside(name) for name in self.by)) if self.by else ""]
        parts += [says("a_grain", grain=says.name(self.grain)) if self.grain else "", says.period(self.period)]
        parts += [says("against", period=says.period(self.baseline)) if self.baseline else ""]
        parts += [says("then", plan=self.then._parts()) if self.then else ""]
        return "; ".join(part for part in parts if part)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON; `plan_from` makes the plan again."""
        filters = self.filter
        return {
            "question": self.question,
            "kind": self.kind,
            "metrics": list(self.metrics),
            "filters": self.where,
            "filters_said": self.says.filter(filters),
            "period": _period_dict(self.period, self.says),
            "baseline": _period_dict(self.baseline, self.says) if self.baseline else None,
            "grain": self.grain,
            "by": list(self.by),
            "highest": self.highest,
            "search": self.search,
            "presumes": self.presumes,
            "language": self.language,
            "then": self.then.as_dict() if self.then else None,
            "understood": dict(self.understood),
            "assumed": list(self.assumed),
            "problem": self.problem,
            "sentence": self.sentence(),
            "line": self.line(),
        }

    def line(self) -> str:
        """What is asked, without how it was read, as one line of JSON for an address; `plan_from` reads it too."""
        return json.dumps(self._asked(), ensure_ascii=False)

    def _asked(self) -> dict[str, Any]:
        parts: dict[str, Any] = {
            "kind": self.kind,
            "metrics": list(self.metrics),
            "filters": self.where,
            "period": self.period.text,
            "baseline": self.baseline.text if self.baseline else "",
            "grain": self.grain,
            "by": list(self.by),
            "search": self.search,
            "presumes": self.presumes,
            "language": self.language,
            "then": self.then._asked() if self.then else None,
        }
        held = {name: value for name, value in parts.items() if value}
        return held if self.highest else held | {"highest": False}


def _period_dict(period: Period, says: Says) -> dict[str, str]:
    zone = ZoneInfo(period.zone)
    last = period.until - timedelta(microseconds=1) if period.until else None
    return {
        "text": period.text,
        "said": says.period(period),
        "since": period.since.isoformat() if period.since else "",
        "until": period.until.isoformat() if period.until else "",
        "first_day": period.since.astimezone(zone).date().isoformat() if period.since else "",
        "last_day": last.astimezone(zone).date().isoformat() if last else "",
        "zone": period.zone,
    }


def around(metrics: tuple[str, ...]) -> tuple[str, ...]:
    """For a `why`: the metric asked for, what splits into parts beside it, and the volume behind it."""
    first = metrics[0]
    if any(name in SENTIMENT for name in metrics):
        return tuple(dict.fromkeys((*SENTIMENT, "messages", "messages_in")))
    if first in FIRST_REPLY:
        return (first, "first_reply_within_target_pct", "tickets_created")
    volume = "messages" if registry[first].table == "messages" else "tickets_created"
    return tuple(dict.fromkeys((first, *metrics[1:], volume)))

"""The plan: what a question was taken to ask, typed, before any number is looked up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final, Literal, get_args
from zoneinfo import ZoneInfo

from deskbook.metrics import Filter, Period, parse_filter, registry
from deskbook.rag.dates import Calendar

Kind = Literal["number", "compare", "trend", "rank", "why", "find", "define"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
SENTIMENT: Final = ("sentiment_negative_pct", "sentiment_mean")
FIRST_REPLY: Final = ("first_reply_median_minutes", "first_reply_p90_minutes")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One question, typed.

    Attributes:
        metrics: names, the one asked for first.
        where: filter in the filter language; empty for none.
        baseline: the period a `why` or `compare` is set against.
        by: dimensions to cut by; grain: step of a series; highest: which end of a ranking comes first.
        search: words a `find` looks for.
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
    understood: dict[str, str] = field(default_factory=dict)
    assumed: tuple[str, ...] = ()
    problem: str = ""

    @property
    def filter(self) -> Filter | None:
        """The filter as an object."""
        return parse_filter(self.where)

    def sentence(self) -> str:
        """The plan as a person reads it."""
        parts = [self.kind, " + ".join(registry[name].label for name in self.metrics)]
        filters = self.filter
        parts += [filters.sentence() if filters else "", f"'{self.search}'" if self.search else ""]
        parts += [f"by {', '.join(self.by)}" if self.by else "", f"a {self.grain}" if self.grain else ""]
        parts.append(self.period.sentence())
        parts.append(f"against {self.baseline.sentence()}" if self.baseline else "")
        said = f"Read as: {'; '.join(part for part in parts if part)}."
        return " ".join([said, *self.assumed])

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON; `plan_from` makes the plan again."""
        filters = self.filter
        return {
            "question": self.question,
            "kind": self.kind,
            "metrics": list(self.metrics),
            "filters": self.where,
            "filters_said": filters.sentence() if filters else "",
            "period": _period_dict(self.period),
            "baseline": _period_dict(self.baseline) if self.baseline else None,
            "grain": self.grain,
            "by": list(self.by),
            "highest": self.highest,
            "search": self.search,
            "understood": dict(self.understood),
            "assumed": list(self.assumed),
            "problem": self.problem,
            "sentence": self.sentence(),
        }


def _period_dict(period: Period) -> dict[str, str]:
    zone = ZoneInfo(period.zone)
    last = period.until - timedelta(microseconds=1) if period.until else None
    return {
        "text": period.text,
        "said": period.sentence(),
        "since": period.since.isoformat() if period.since else "",
        "until": period.until.isoformat() if period.until else "",
        "first_day": period.since.astimezone(zone).date().isoformat() if period.since else "",
        "last_day": last.astimezone(zone).date().isoformat() if last else "",
        "zone": period.zone,
    }

"""The plan: what a question was taken to ask, typed, before any number is looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from deskbook.errors import BadValue
from deskbook.metrics import GRAINS, Filter, Period, both, equal_to, parse_filter, registry
from deskbook.rag import names
from deskbook.rag.contract import Numbers
from deskbook.rag.dates import Calendar, Named, calendar, find_periods, local_day
from deskbook.rag.reading import Reading
from deskbook.rag.words import en

Kind = Literal["number", "compare", "trend", "rank", "why", "find", "define"]
BASELINE_DAYS: Final = 28
DEFAULT_WHY: Final = "-7d"
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
    calendar: Calendar = field(repr=False)
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
        """Plain values, ready for JSON."""
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
            "search": self.search,
            "understood": dict(self.understood),
            "assumed": list(self.assumed),
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


@dataclass
class _Found:
    """What the parser has so far."""

    metrics: list[str] = field(default_factory=list)
    cuts: list[str] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)
    periods: list[Named] = field(default_factory=list)
    search: str = ""
    end: str = ""
    is_against_before: bool = False


def make_plan(question: str, numbers: Numbers) -> Plan:
    """The typed plan of a question. Deterministic; knows nothing but the registry, the tables and the data's values."""
    reading = Reading(question)
    days = calendar(numbers)
    plan = Plan(question=question, kind="number", period=numbers.period("all"), calendar=days)
    if not reading.text:
        return replace(plan, problem=f"No question was asked. {_can_answer(())}")
    if re.search(en.FUTURE, reading.lower):
        said = "That lies in the future; answers are made from what has happened, up to"
        return replace(plan, problem=f"{said} {_said_day(days.last) if days.last else 'now'}.")
    found = _Found()
    try:
        _read(reading, numbers, days, found)
        periods = [numbers.period(one.text) for one in found.periods]
    except BadValue as error:
        return replace(plan, problem=str(error), understood=reading.understood)
    kind = _kind(reading, found)
    plan = replace(plan, kind=kind, understood=reading.understood, search=found.search,
                   assumed=tuple(dict.fromkeys(one.assumed for one in found.periods if one.assumed)))  # fmt: skip
    if len(periods) > 2 or (len(periods) == 2 and kind != "compare"):
        return replace(plan, problem=f"{len(periods)} periods were named; ask about one, or compare two.")
    if kind == "why" and not found.metrics and re.search(en.HAPPENED, reading.lower):
        found.metrics = [SENTIMENT[0]]
    plan = _with_names(plan, found)
    plan = replace(plan, problem=_problem(plan, reading, numbers))
    return plan if plan.problem else _with_periods(plan, periods, found, numbers)


def _read(reading: Reading, numbers: Numbers, days: Calendar, found: _Found) -> None:
    """Take everything the tables know, what says most first."""
    if re.match(en.FIND, reading.lower):
        _take_search(reading, found)
    for match in list(reading.matches(en.AGAINST_BEFORE)):
        if len(match[0].split()) > 1:
            found.is_against_before = True
            reading.take(match.start(), match.end(), "the period before")
    found.periods = find_periods(reading, days)
    found.cuts = names.find_cuts(reading)
    for word, (end, metric) in en.SUPERLATIVES.items():
        for match in list(reading.matches(rf"\b{word}\b(?! repl)")):
            reading.take(match.start(), match.end(), f"{end} first")
            found.end, named = found.end or end, [metric] if metric else []
            found.metrics = found.metrics or named
    guessed, found.metrics = found.metrics, names.find_metrics(reading)
    if guessed and all(metric in ("tickets_created", "messages") for metric in found.metrics):
        found.metrics = guessed
    found.values = names.find_values(reading, numbers)


def _take_search(reading: Reading, found: _Found) -> None:
    start = re.match(en.FIND, reading.lower)
    about = re.search(en.ABOUT, reading.lower)
    if not start or not about:
        return
    ends = re.search(en.ABOUT_ENDS, reading.lower[about.end() :])
    end = about.end() + (ends.start() if ends else len(reading.lower))
    found.search = " ".join(word.strip("'\"") for word in reading.text[about.end() : end].split())
    reading.take(start.start(), start.end(), "find")
    reading.take(about.start(), end, f"the words {found.search}")


def _kind(reading: Reading, found: _Found) -> Kind:
    text = reading.lower
    pairs = [values for values in found.values.values() if len(values) > 1]
    if found.search:
        return "find"
    if re.search(en.WHY, text):
        return "why"
    is_bare = not found.periods and not found.values and not found.cuts and not found.end
    if found.metrics and is_bare and (re.search(en.DEFINE, text) or re.search(en.MEANS, text)):
        return "define"
    cuts = [cut for cut in found.cuts if cut not in GRAINS]
    if found.end and cuts:
        return "rank"
    if (re.search(en.COMPARE, text) or found.is_against_before) and (
        pairs or cuts or len(found.periods) == 2 or found.is_against_before
    ):
        return "compare"
    if len(cuts) < len(found.cuts) or re.search(en.TREND, text):
        return "trend"
    return "compare" if cuts or pairs else "number"


def _with_names(plan: Plan, found: _Found) -> Plan:
    metrics = tuple(found.metrics)
    if plan.kind == "why" and metrics:
        metrics = _around(metrics)
    grain = next((cut for cut in found.cuts if cut in GRAINS), "")
    by = [cut for cut in found.cuts if cut not in GRAINS]
    by += [name for name, values in found.values.items() if len(values) > 1 and name not in by]
    where = both(equal_to(found.values))
    bad_is_high = not metrics or registry[metrics[0]].better != "higher"
    highest = {"high": True, "low": False, "bad": bad_is_high, "good": not bad_is_high}.get(found.end, True)
    return replace(plan, metrics=metrics, grain=grain, by=tuple(by), highest=highest,
                   where=where.text() if where else "")  # fmt: skip


def _around(metrics: tuple[str, ...]) -> tuple[str, ...]:
    """For a `why`: the metric asked for, what splits into parts beside it, and the volume behind it."""
    first = metrics[0]
    if any(name in SENTIMENT for name in metrics):
        return tuple(dict.fromkeys((*SENTIMENT, "messages", "messages_in")))
    if first in FIRST_REPLY:
        return (first, "first_reply_within_target_pct", "tickets_created")
    volume = "messages" if registry[first].table == "messages" else "tickets_created"
    return tuple(dict.fromkeys((first, *metrics[1:], volume)))


def _problem(plan: Plan, reading: Reading, numbers: Numbers) -> str:
    """Why the question cannot be answered; empty when it can."""
    unknown = _unknown(plan, reading)
    if not plan.metrics and plan.kind != "find":
        words = [word for _, word in reading.rest() if word.lower() not in en.STOP][:6]
        said = f" in '{' '.join(words)}'" if words else ""
        return f"No metric is named{said}, so there is no number to answer with. {_can_answer(words)}"
    if not unknown:
        return ""
    hints = [f"Did you mean {hit}?" for word in unknown if (hit := names.closest_value(word, numbers))]
    said = " and ".join(f"'{word}'" for word in unknown)
    is_are = "is" if len(unknown) == 1 else "are"
    near = names.closest(unknown)
    hints += [f"The closest metric is {' or '.join(near)}."] if near else []
    tail = " ".join(hints) or "Leave it out, or use a word of the data."
    return f"{said} {is_are} no metric, team, channel, category, priority, language or source known here. {tail}"


def _unknown(plan: Plan, reading: Reading) -> list[str]:
    """Words nobody took. A `why` forgives those that only colour it."""
    rest = [(start, word) for start, word in reading.rest() if word.lower().removesuffix("'s") not in en.FILLERS]
    if plan.kind in ("define", "find"):
        return []
    if plan.kind != "why":
        return [word for _, word in rest]
    return [word for start, word in rest if _asks_for_more(reading, start, word)]


def _asks_for_more(reading: Reading, start: int, word: str) -> bool:
    before = reading.between(0, start).split()
    lead = [one for one in before[-2:] if one not in ("the", "our", "a")]
    return (start > 0 and word[0].isupper()) or word[0].isdigit() or bool(lead and lead[-1] in en.PREPOSITIONS)


def _can_answer(words: tuple[str, ...] | list[str]) -> str:
    near = names.closest(list(words))
    labels = " · ".join(metric.label for metric in registry.values())
    return f"The closest metric is {' or '.join(near)}." if near else f"What can be asked about: {labels}."


def _with_periods(plan: Plan, periods: list[Period], found: _Found, numbers: Numbers) -> Plan:
    assumed = list(plan.assumed)
    if periods:
        plan = replace(plan, period=periods[0])
    elif plan.kind == "why":
        assumed.append("No period was named; the last 7 days were taken.")
        plan = replace(plan, period=numbers.period(DEFAULT_WHY))
    baseline = None
    if plan.kind == "why":
        baseline, note = _baseline(plan, numbers)
        assumed += [note] if note else []
    elif plan.kind == "compare" and len(periods) == 2:
        baseline = periods[1]
    elif plan.kind == "compare" and found.is_against_before:
        baseline = plan.period.before()
    grain = plan.grain or (_grain(plan.period, plan.calendar) if plan.kind == "trend" else "")
    return replace(plan, baseline=baseline, grain=grain, assumed=tuple(assumed))


def _baseline(plan: Plan, numbers: Numbers) -> tuple[Period | None, str]:
    """The 28 days before the period, or the part of them that holds data, and what to say of it."""
    since, first = plan.period.since, plan.calendar.first
    if since is None or first is None:
        return None, "The period has no beginning, so there is nothing before it to compare with."
    zone = ZoneInfo(plan.period.zone)
    local = since.astimezone(zone).replace(tzinfo=None)
    start = local - timedelta(days=BASELINE_DAYS)
    if first >= local_day(since, plan.period.zone):
        return None, "No data lies before it, so there is no comparison."
    note = ""
    if first > start.date():
        start = datetime.combine(first, time())
        note = f"The data starts on {_said_day(first)}, so the baseline is shorter than {BASELINE_DAYS} days."
    return numbers.period(f"{_written(start, zone)}..{_written(local, zone, is_end=True)}"), note


def _written(local: datetime, zone: ZoneInfo, *, is_end: bool = False) -> str:
    if local.time() == time():
        return (local.date() - timedelta(days=is_end)).isoformat()
    return local.replace(tzinfo=zone).isoformat()


def _grain(period: Period, days: Calendar) -> str:
    span = period.days
    if span is None and days.first and days.last:
        span = (days.last - days.first).days
    return "hour" if (span or 0) <= 2 else "day" if (span or 0) <= 62 else "week" if (span or 0) <= 400 else "month"


def _said_day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def no_data(plan: Plan) -> str:
    """The sentence for a period without any data; empty when it has some or is open."""
    days, zone = plan.calendar, plan.period.zone
    if not days.first or not days.last:
        return f"There is no data for {plan.period.sentence()}: nothing has been synced yet."
    since = local_day(plan.period.since, zone) if plan.period.since else days.first
    until = local_day(plan.period.until - timedelta(microseconds=1), zone) if plan.period.until else days.last
    if any(since <= day <= until for day in days.days):
        return ""
    span = f"the data runs from {_said_day(days.first)} to {_said_day(days.last)}"
    return f"There is no data for {plan.period.sentence()}: {span}."

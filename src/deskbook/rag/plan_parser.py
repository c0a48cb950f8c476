"""A question becomes a plan: deterministic, by the registry's names, the tables' words and the data's values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from deskbook.errors import BadValue
from deskbook.metrics import GRAINS, Period, both, equal_to, registry
from deskbook.rag import names
from deskbook.rag.contract import Numbers
from deskbook.rag.dates import Calendar, Named, calendar, find_periods
from deskbook.rag.plan import FIRST_REPLY, SENTIMENT, Kind, Plan
from deskbook.rag.reading import Reading
from deskbook.rag.spans import baseline_of, grain_of, said_day
from deskbook.rag.words import en

DEFAULT_WHY: Final = "-7d"
OFFERED: Final = (
    "tickets_created",
    "tickets_solved",
    "open_backlog",
    "first_reply_median_minutes",
    "csat_good_pct",
    "sentiment_negative_pct",
    "messages_in",
)
"""Metrics to start from, for whoever named none."""


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
        return replace(plan, problem=f"{said} {said_day(days.last) if days.last else 'now'}.")
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
    if near:
        return f"The closest metric is {' or '.join(near)}."
    labels = " · ".join(registry[name].label for name in OFFERED)
    return f"What can be asked about: {labels}, and {len(registry) - len(OFFERED)} more in the glossary."


def _with_periods(plan: Plan, periods: list[Period], found: _Found, numbers: Numbers) -> Plan:
    assumed = list(plan.assumed)
    if periods:
        plan = replace(plan, period=periods[0])
    elif plan.kind == "why":
        assumed.append("No period was named; the last 7 days were taken.")
        plan = replace(plan, period=numbers.period(DEFAULT_WHY))
    baseline = None
    if plan.kind == "why":
        baseline, note = baseline_of(plan.period, plan.calendar, numbers)
        assumed += [note] if note else []
    elif plan.kind == "compare" and len(periods) == 2:
        baseline = periods[1]
    elif plan.kind == "compare" and found.is_against_before:
        before = plan.period.before()
        baseline = numbers.period(before.text) if before else None
    grain = plan.grain or (grain_of(plan.period, plan.calendar) if plan.kind == "trend" else "")
    return replace(plan, baseline=baseline, grain=grain, assumed=tuple(assumed))

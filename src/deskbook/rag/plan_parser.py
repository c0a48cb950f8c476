"""A question becomes a plan: deterministic, by the registry's names, the tables' words and the data's values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from deskbook.errors import BadValue
from deskbook.metrics import GRAINS, Period, both, equal_to, registry
from deskbook.rag import names, turned_away
from deskbook.rag.calendar import Calendar, calendar
from deskbook.rag.contract import Numbers
from deskbook.rag.date_patterns import Named
from deskbook.rag.dates import find_periods
from deskbook.rag.plan import FIRST_REPLY, SENTIMENT, Kind, Plan
from deskbook.rag.reading import WORD, Reading
from deskbook.rag.says import Says, says_in
from deskbook.rag.sought import find_sought, say_sought
from deskbook.rag.spans import baseline_of, grain_of
from deskbook.rag.spelling import spelled
from deskbook.rag.words import Words, language_of, words_of

DEFAULT_WHY: Final = "-7d"
VOLUME: Final = "tickets_created"
WITHOUT_METRIC: Final = ("find", "say", "summarise")


@dataclass
class Found:
    """What the parser has so far."""

    metrics: list[str] = field(default_factory=list)
    cuts: list[str] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)
    periods: list[Named] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    search: str = ""
    sought: Kind | None = None
    end: str = ""
    is_against_before: bool = False


@dataclass(frozen=True)
class Parser:
    """What a question is read with.

    Attributes:
        values: what the data holds, as `names.known_values` gives it.
    """

    numbers: Numbers
    days: Calendar
    words: Words
    says: Says
    values: list[tuple[str, str, str]]

    def plan(self, question: str) -> Plan:
        """The plan of one question, without what may follow it."""
        reading = Reading(question)
        plan = Plan(question=question, kind="number", period=self.numbers.period("all"), calendar=self.days,
                    language=self.words.code)  # fmt: skip
        refused = turned_away.before_reading(reading, self.days, self.words, self.says)
        if refused:
            return replace(plan, problem=refused)
        found = Found()
        try:
            self._read(reading, found)
            periods = [self.numbers.period(one.text) for one in found.periods]
        except BadValue as error:
            return replace(plan, problem=str(error), understood=reading.understood)
        kind = found.sought or self._kind(reading, found)
        found.assumed += [one.assumed for one in found.periods if one.assumed]
        plan = replace(plan, kind=kind, understood=reading.understood, search=found.search)
        if len(periods) > 2 or (len(periods) == 2 and kind != "compare"):
            return replace(plan, problem=self.says("many_periods", count=len(periods)))
        self._fill(reading, found, kind)
        plan = self._presumed(reading, replace(self._with_names(plan, found), kind=kind))
        plan = replace(plan, assumed=tuple(dict.fromkeys(found.assumed)))
        plan = replace(plan, problem=turned_away.after_reading(plan, reading, self.numbers, self.words, self.says))
        if plan.problem:
            return plan
        told = turned_away.passed_over(plan, reading, self.words, self.says)
        found.assumed += [told] if told else []
        return self._with_periods(replace(plan, assumed=tuple(dict.fromkeys(found.assumed))), periods, found)

    def _read(self, reading: Reading, found: Found) -> None:
        """Take everything the tables know, what says most first."""
        words = self.words
        find_sought(reading, found, words)
        for match in list(reading.matches(words.against_before)):
            if len(match[0].split()) > 1:
                found.is_against_before = True
                reading.take(match.start(), match.end(), "the period before")
        found.periods = find_periods(reading, self.days, words.code)
        say_sought(reading, found, words, self.values)
        found.cuts = names.find_cuts(reading, words)
        guessed = self._superlative(reading, found)
        self._mood(reading, found)
        found.metrics = names.find_metrics(reading, words)
        if guessed and all(metric in (VOLUME, "messages", "customers_active") for metric in found.metrics):
            found.metrics = guessed
        found.metrics = names.settled(names.sharpened(found.metrics, reading, words), reading, words)
        found.values |= names.find_values(reading, self.values, words)
        is_pair = any(len(values) > 1 for values in found.values.values())
        if found.end and not found.cuts and not found.sought and not is_pair:
            named = names.named_dimension(reading, words)
            found.cuts = [named] if named else []
        names.drop_dimension_words(reading, words)

    def _superlative(self, reading: Reading, found: Found) -> list[str]:
        """Which end of a ranking is asked for; the metric that is meant when none is named."""
        guessed: list[str] = []
        for word, (end, metric) in self.words.superlatives.items():
            for match in list(reading.matches(rf"\b{word}(?!\w)(?! repl)")):
                reading.take(match.start(), match.end(), f"{end} first")
                found.end = found.end or end
                guessed = guessed or ([metric] if metric else [])
        if self.words.rank and re.search(self.words.rank, reading.lower):
            found.end = found.end or "high"
        return guessed

    def _mood(self, reading: Reading, found: Found) -> None:
        """`How many negative messages` counts those of a mood."""
        words = self.words
        if not re.search(words.how_many, reading.lower):
            return
        nouns = "|".join(sorted(words.nouns, key=len, reverse=True))
        moods = "|".join(words.moods)
        for pattern in (rf"\b({moods})(?= (?:{nouns})\b)", rf"(?:{nouns}) (?P<it>({moods}))\b"):
            for match in list(reading.matches(pattern)):
                said = match["it"] if "it" in match.re.groupindex else match[1]
                reading.take(match.end() - len(said), match.end(), f"sentiment {words.moods[said]}")
                found.values["sentiment"] = [words.moods[said]]

    def _kind(self, reading: Reading, found: Found) -> Kind:
        text, words = reading.lower, self.words
        pairs = [values for values in found.values.values() if len(values) > 1]
        if re.search(words.why, text):
            return "why"
        is_bare = not found.periods and not found.values and not found.cuts and not found.end
        if found.metrics and is_bare and (re.search(words.define, text) or re.search(words.means, text)):
            return "define"
        cuts = [cut for cut in found.cuts if cut not in GRAINS]
        if found.end and found.cuts:
            return "rank"
        if re.search(words.summarise, text) and not cuts:
            return "summarise"
        if (re.search(words.compare, text) or found.is_against_before) and (
            pairs or cuts or len(found.periods) == 2 or found.is_against_before
        ):
            return "compare"
        if len(cuts) < len(found.cuts) or re.search(words.trend, text):
            return "trend"
        return "compare" if cuts or pairs else "number"

    def _fill(self, reading: Reading, found: Found, kind: Kind) -> None:
        """The metric that is meant where none is named; and what is given for an average of times."""
        if re.search(self.words.average, reading.lower) and any("_median_" in name for name in found.metrics):
            found.assumed.append(self.says("median_taken"))
        if found.metrics or kind in WITHOUT_METRIC:
            return
        if kind == "why" and re.search(self.words.happened, reading.lower):
            found.metrics = [SENTIMENT[0]]
        elif kind == "rank" and found.end in ("high", "low") and not turned_away.rest(reading, self.words):
            found.metrics = [VOLUME]
            found.assumed.append(self.says("volume_taken", metric=self.says.metric(VOLUME)))
        elif "sentiment" in found.values:
            found.metrics = ["messages"]
        elif re.search(rf"(?<!\w)(?:{self.words.forms.counted})(?!\w)", reading.lower):
            found.metrics = [VOLUME]

    def _with_names(self, plan: Plan, found: Found) -> Plan:
        metrics = tuple(found.metrics)
        if plan.kind == "why" and metrics:
            metrics = around(metrics)
        if plan.kind in WITHOUT_METRIC:
            metrics = ()
        is_rank = plan.kind == "rank"
        grain = "" if is_rank else next((cut for cut in found.cuts if cut in GRAINS), "")
        by = [cut for cut in found.cuts if is_rank or cut not in GRAINS]
        by += [name for name, values in found.values.items() if len(values) > 1 and name not in by]
        if plan.kind in WITHOUT_METRIC:
            by = []
        where = both(equal_to(found.values))
        bad_is_high = not metrics or registry[metrics[0]].better != "higher"
        highest = {"high": True, "low": False, "bad": bad_is_high, "good": not bad_is_high}.get(found.end, True)
        return replace(plan, metrics=metrics, grain=grain, by=tuple(by), highest=highest,
                       where=where.text() if where else "")  # fmt: skip

    def _presumed(self, reading: Reading, plan: Plan) -> Plan:
        """What a `why` takes for granted of its metric; of a good mood the metric is its mean."""
        if plan.kind != "why" or not plan.metrics:
            return plan
        words, text = self.words, reading.lower
        is_good, is_bad = (re.search(pattern, text) is not None for pattern in (words.good, words.bad))
        if any(name in SENTIMENT for name in plan.metrics):
            if is_good and not is_bad:
                metrics = (SENTIMENT[1], *(name for name in plan.metrics if name != SENTIMENT[1]))
                return replace(plan, metrics=metrics, presumes="up")
            return replace(plan, presumes="up" if is_bad or re.search(words.happened, text) else "")
        is_up, is_down = (re.search(pattern, text) is not None for pattern in (words.up, words.down))
        if is_up == is_down and is_good != is_bad:
            is_up = is_good == (registry[plan.metrics[0]].better == "higher")
            is_down = not is_up
        return replace(plan, presumes="up" if is_up and not is_down else "down" if is_down and not is_up else "")

    def _with_periods(self, plan: Plan, periods: list[Period], found: Found) -> Plan:
        assumed = list(plan.assumed)
        if periods:
            plan = replace(plan, period=periods[0])
        elif plan.kind in ("why", "summarise"):
            assumed.append(self.says("no_period"))
            plan = replace(plan, period=self.numbers.period(DEFAULT_WHY))
        baseline = None
        if plan.kind in ("why", "summarise"):
            baseline, note = baseline_of(plan.period, plan.calendar, self.numbers, self.says)
            assumed += [note] if note else []
        elif plan.kind == "compare" and len(periods) == 2:
            baseline = periods[1]
        elif plan.kind == "compare" and found.is_against_before:
            before = plan.period.before()
            baseline = self.numbers.period(before.text) if before else None
        grain = plan.grain or (grain_of(plan.period, plan.calendar) if plan.kind == "trend" else "")
        return replace(plan, baseline=baseline, grain=grain, assumed=tuple(assumed))


def make_plan(question: str, numbers: Numbers, language: str = "") -> Plan:
    """The typed plan of a question. Deterministic; knows nothing but the registry, the tables and the data's values.

    Args:
        language: the question's (ISO 639-1); told from its words when empty.
    """
    code = language or language_of(Reading(question).text)
    words, says = words_of(code), says_in(code)
    parser = Parser(numbers, calendar(numbers), words, says, names.known_values(numbers, words))
    written = spelled(question, words)
    plan = _with_reasons(written, parser) or _with_hop(written, parser) or parser.plan(written)
    then = replace(plan.then, question=question) if plan.then else None
    return replace(plan, question=question, then=then)


def _with_reasons(question: str, parser: Parser) -> Plan | None:
    """`Which team had the worst CSAT, and why?`: the ranking, then the causes for its first."""
    text = Reading(question).text
    match = re.search(parser.words.and_why, text, re.IGNORECASE)
    if not match:
        return None
    first = parser.plan(f"{text[: match.start()]} {text[match.end() :]}")
    if first.kind != "rank" or first.problem or first.by[0] in GRAINS:
        return None
    then = replace(first, kind="why", metrics=around(first.metrics), by=(), question=question, assumed=())
    if first.period.since is None:
        then = replace(then, period=parser.numbers.period(DEFAULT_WHY), assumed=(parser.says("no_period"),))
    baseline, note = baseline_of(then.period, then.calendar, parser.numbers, parser.says)
    then = replace(then, baseline=baseline, assumed=(*then.assumed, note) if note else then.assumed)
    return replace(first, question=question, then=then)


def _with_hop(question: str, parser: Parser) -> Plan | None:
    """`p90 first reply of the team with most tickets`: the ranking, then the question about its first."""
    words, text = parser.words, Reading(question).text
    ends = "|".join(sorted(words.superlatives, key=len, reverse=True))
    for name in ("team", "channel", "category", "agent", "segment", "priority", "language", "source"):
        dims = names.dimension_pattern(words.code, name)
        hop = (
            words.hop.replace("{dims}", dims).replace("{rest}", rf"{words.forms.before_end}(?:{ends})(?!\w).*?")
            + rf"(?={words.hop_ends})"
        )
        match = re.search(hop, text, re.IGNORECASE)
        if match:
            rest, more = _cut_verb(match["rest"], words)
            return _hopped(question, parser, f"{text[: match.start()]} {more} {text[match.end() :]}", rest, name)
    return None


def _cut_verb(rest: str, words: Words) -> tuple[str, str]:
    """`most tickets in June get most of them`: the ranking, and what follows its verb."""
    found = re.search(rf" (?:{words.hop_verbs}) (?P<more>.*)$", rest, re.IGNORECASE)
    return (rest[: found.start()], found["more"]) if found else (rest, "")


def _hopped(question: str, parser: Parser, main: str, rest: str, name: str) -> Plan | None:
    then = parser.plan(main.strip(" ,"))
    if then.problem or then.kind == "define" or not WORD.search(main):
        return None
    first = parser.plan(f"{rest} {_by(name, parser.words)}")
    if first.problem or not first.metrics:
        return None
    if re.search(parser.words.them, main, re.IGNORECASE) and then.kind in ("rank", "compare", "number"):
        then = replace(then, metrics=first.metrics, assumed=())
    if first.period.since is None and then.period.since is not None and then.period.text != DEFAULT_WHY:
        first = replace(first, period=then.period, assumed=(*first.assumed, *then.assumed))
    elif first.period.since is not None and (then.period.since is None or then.period.text == DEFAULT_WHY):
        then = replace(then, period=first.period, assumed=())
        if then.kind in ("why", "summarise"):
            baseline, note = baseline_of(then.period, then.calendar, parser.numbers, parser.says)
            then = replace(then, baseline=baseline, assumed=(note,) if note else ())
    return replace(first, kind="rank", by=(name,), question=question, then=replace(then, question=question))


def _by(name: str, words: Words) -> str:
    lead = {"en": "by", "de": "nach", "es": "por", "fr": "par"}[words.code]
    said = re.sub(r"\[(\w)\w*\]|\(\?:.*?\)|\w\?|\?", r"\1", words.dimensions[name].split()[0])
    return f"{lead} {said}"


def around(metrics: tuple[str, ...]) -> tuple[str, ...]:
    """For a `why`: the metric asked for, what splits into parts beside it, and the volume behind it."""
    first = metrics[0]
    if any(name in SENTIMENT for name in metrics):
        return tuple(dict.fromkeys((*SENTIMENT, "messages", "messages_in")))
    if first in FIRST_REPLY:
        return (first, "first_reply_within_target_pct", "tickets_created")
    volume = "messages" if registry[first].table == "messages" else "tickets_created"
    return tuple(dict.fromkeys((first, *metrics[1:], volume)))

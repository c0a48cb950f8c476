"""A question becomes a plan: deterministic, by the registry's names, the tables' words and the data's values."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from deskbook.errors import BadValue
from deskbook.metrics import GRAINS, Period, both, equal_to, registry
from deskbook.rag import hops, kinds, names, turned_away
from deskbook.rag.calendar import Calendar, calendar
from deskbook.rag.contract import Numbers
from deskbook.rag.date_patterns import Named
from deskbook.rag.dates import find_periods
from deskbook.rag.found import Found
from deskbook.rag.frames import framed
from deskbook.rag.plan import DEFAULT_WHY, SENTIMENT, Kind, Plan, Presumed, around
from deskbook.rag.reading import WORD, Reading
from deskbook.rag.says import Says, says_in
from deskbook.rag.sought import find_sought, say_sought
from deskbook.rag.spans import baseline_of, grain_of
from deskbook.rag.spelling import spelled
from deskbook.rag.words import Words, language_of, words_of

VOLUME: Final = "tickets_created"
WITHOUT_METRIC: Final = ("find", "say", "summarise")


@dataclass(frozen=True)
class Parser:
    """What a question is read with.

    Attributes:
        values: what the data holds, as `names.known_values` gives it.
        presumed: metrics that `how many of them` counts.
    """

    numbers: Numbers
    days: Calendar
    words: Words
    says: Says
    values: list[tuple[str, str, str]]
    presumed: tuple[str, ...] = ()

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
        kind = found.sought or kinds.kind_of(found, self.words)
        found.assumed += [one.assumed for one in found.periods if one.assumed]
        plan = replace(plan, kind=kind, understood=reading.understood, search=found.search)
        if len(periods) > 2 or (len(periods) == 2 and kind not in ("compare", "why")):
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
        self._only_before(reading, found)
        say_sought(reading, found, words, self.values)
        before = reading.taken()
        found.cuts = names.find_cuts(reading, words)
        cut = reading.taken()
        guessed = self._superlative(reading, found)
        self._mood(reading, found)
        found.metrics = names.find_metrics(reading, words)
        if guessed and all(metric in (VOLUME, "messages", "customers_active") for metric in found.metrics):
            found.metrics = guessed
        found.metrics = names.settled(names.sharpened(found.metrics, reading, words), reading, words)
        told = reading.taken()
        found.values |= names.find_values(reading, self.values, words)
        valued = [now and not then for then, now in zip(told, reading.taken(), strict=True)]
        veil = [one or value for one, value in zip(before, valued, strict=True)]
        if "sentiment" not in found.values:
            found.metrics = framed(found.metrics, reading, reading.veiled(veil), words)
        found.text = reading.veiled([one or value for one, value in zip(cut, valued, strict=True)])
        single = {name for name, said in found.values.items() if len(said) == 1}
        found.cuts = [name for name in found.cuts if name not in single]
        found.unvalued = reading.veiled(valued)
        is_pair = any(len(values) > 1 for values in found.values.values())
        if found.end and not found.cuts and not found.sought and not is_pair:
            named = names.named_dimension(reading, words)
            named = named or ("agent" if words.who and re.search(words.who, reading.lower) else "")
            found.cuts = [named] if named else []
        elif words.steps_alone and not (found.end or found.cuts or found.sought):
            found.cuts = names.named_grain(reading, words)
        names.drop_dimension_words(reading, words)

    def _only_before(self, reading: Reading, found: Found) -> None:
        """`The week before`, with no week beside it, is the last one."""
        match = re.search(self.words.against_before, reading.lower) if found.is_against_before else None
        units = self.words.dates.units
        named = [units[word] for word in WORD.findall(match[0]) if word in units] if match else []
        if match and named and named[0] != "hour" and not found.periods:
            text = "yesterday" if named[0] == "day" else f"last {named[0]}"
            found.is_against_before = False
            found.periods = [Named(match.start(), match.end(), text)]
            reading.take(match.start(), match.end(), text)

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

    def _fill(self, reading: Reading, found: Found, kind: Kind) -> None:
        """The metric that is meant where none is named; and what is given for an average of times."""
        if re.search(self.words.average, reading.lower) and any("_median_" in name for name in found.metrics):
            found.assumed.append(self.says("median_taken"))
        if found.metrics or kind in WITHOUT_METRIC:
            return
        words, text = self.words, reading.lower
        is_said = not turned_away.rest(reading, words)
        felt = [one for one in (words.happened, words.good, words.bad, words.felt) if one]
        if kind == "why" and any(re.search(pattern, text) for pattern in felt):
            found.metrics = [SENTIMENT[0]]
        elif kind == "why" and re.search(words.up, text):
            found.metrics = [VOLUME]
        elif self.presumed and (re.search(words.how_many, text) or re.search(words.them, text)):
            found.metrics = list(self.presumed)
        elif is_said and ((kind == "rank" and found.end in ("high", "low")) or re.search(words.how_many, text)):
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
            is_bad = is_bad or re.search(rf"{words.negated}(?:{words.good})", text) is not None  # not happy
            if is_good and not is_bad:
                metrics = (SENTIMENT[1], *(name for name in plan.metrics if name != SENTIMENT[1]))
                return replace(plan, metrics=metrics, presumes="up")
            worse: Presumed = "down" if registry[plan.metrics[0]].better == "higher" else "up"
            return replace(plan, presumes=worse if is_bad or re.search(words.happened, text) else "")
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
        if plan.kind == "why" and len(periods) == 2:
            baseline = periods[1]
        elif plan.kind in ("why", "summarise"):
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
    plan = hops.with_reasons(written, parser) or hops.with_hop(written, parser) or parser.plan(written)
    then = replace(plan.then, question=question) if plan.then else None
    return replace(plan, question=question, then=then)

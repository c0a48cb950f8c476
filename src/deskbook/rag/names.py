"""What a question speaks of: metrics, dimensions to cut by, and values to filter on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Final

from deskbook.metrics import Metric, registry
from deskbook.rag.contract import Numbers
from deskbook.rag.reading import Reading
from deskbook.rag.says import Says
from deskbook.rag.words import Words, words_of

VALUE_DIMENSIONS: Final = ("team", "channel", "priority", "category", "source", "segment", "language", "agent")
NEAR: Final = 14
"""A value that is an everyday word counts when its dimension is named within this many letters."""
ARTICLE: Final = r"(?:(?:the|our|der|die|das|den|dem|el|la|los|las|le|les|nos) |l')?"
PLURAL_LEADS: Final = (
    r"(?:compare[zr]?|rank|sort|order|all|our|the|vergleiche?|alle|alle[nr]?|unsere[nr]?|die|der|compara|tod[oa]s"
    r"|l[oa]s|nuestr[oa]s"
    r"|tou(?:te)?s les|les|nos|entre les|entre l[oa]s|zwischen den)"
)
WHOSE: Final = r"(?:our|the|unsere|nuestr|nos )"
LISTS: Final = r"\b(?:compare|rank|sort|order|list|across) $"
SENT: Final = r"\b(?:sent|written|posted|given|made|typed|handled|solved|closed|answered|issued|resolved|sent out) $"
"""Before `by agents` these say who did it."""
PLURALS: Final = "snx"
CLOSE: Final = 0.72


@dataclass(frozen=True)
class Spot:
    """A name where it stands in the question."""

    start: int
    end: int
    name: str


@cache
def metric_words(code: str) -> Mapping[str, str]:
    """Every word for a metric in a language -> its name; the language's own come first, then the registry's."""
    words: dict[str, str] = dict(words_of(code).metrics) if code != "en" else {}
    for metric in registry.values():
        for word in (metric.name, metric.name.replace("_", " "), metric.label.lower()):
            words.setdefault(word, metric.name)
    for metric in registry.values():
        for word in metric.words:
            words.setdefault(word, metric.name)
    for word, name in words_of(code).metrics.items():
        words.setdefault(word, name)
    return words


@cache
def _metric_patterns(code: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    words, known = words_of(code), metric_words(code)
    ordered = sorted(known, key=lambda one: (-len(one), one))
    return tuple((re.compile(_pattern(word, words)), known[word]) for word in ordered)


def find_metrics(reading: Reading, words: Words) -> list[str]:
    """Metrics the question names, longest words first, in the order they stand; taken from it."""
    spots = [*_formed(reading, words), *_asked(reading, words)]
    for pattern, name in _metric_patterns(words.code):
        for match in list(reading.matches(pattern)):
            reading.take(match.start(), match.end())
            spots.append(Spot(match.start(), match.end(), name))
    spots.sort(key=lambda spot: spot.start)
    kept = [spot for spot in spots if not _is_noun(spot, spots, reading, words)]
    for spot in kept:
        reading.take(spot.start, spot.end, registry[spot.name].label)
    return list(dict.fromkeys(spot.name for spot in kept))


def _formed(reading: Reading, words: Words) -> list[Spot]:
    """Metrics named by an inflected form, taken from the question."""
    spots: list[Spot] = []
    for pattern, name, beside in words.forms.patterns:
        for match in list(reading.matches(pattern)) if beside.search(reading.lower) else []:
            reading.take(match.start(), match.end())
            spots.append(Spot(match.start(), match.end(), name))
    return spots


def _asked(reading: Reading, words: Words) -> list[Spot]:
    """Metrics asked for by a verb, `how long … to solve`; only the words in groups are taken."""
    for pattern, name in words.asked.items():
        match = re.search(pattern, reading.lower)
        spans = [match.span(number) for number in range(1, len(match.groups()) + 1)] if match else []
        if match and spans and all(reading.is_free(*span) for span in spans):
            if _names_another(reading, match.span(), spans, words):
                return []
            for span in spans:
                reading.take(*span)
            return [Spot(*span, name) for span in spans]
    return []


def _names_another(reading: Reading, asked: tuple[int, int], spans: Sequence[tuple[int, int]], words: Words) -> bool:
    """Whether a metric is named between the words that seem to ask for one: that one is meant."""
    for pattern, _ in _metric_patterns(words.code):
        for match in reading.matches(pattern):
            is_between = asked[0] <= match.start() and match.end() <= asked[1]
            is_apart = all(match.end() <= start or match.start() >= end for start, end in spans)
            if is_between and is_apart and not _is_thing(Spot(*match.span(), ""), reading, words):
                return True
    return False


def _pattern(word: str, words: Words) -> str:
    parts = [re.escape(part) for part in word.replace(",", "").split()]
    ends = rf"(?= ?(?:{words.ends_name}))" if word.rsplit(maxsplit=1)[-1] in words.prepositions else ""
    return r"(?<![\w-])" + rf"{words.ending},?[ _-]".join(parts) + words.ending + r"(?![\w-])" + ends


def _is_noun(spot: Spot, spots: Sequence[Spot], reading: Reading, words: Words) -> bool:
    """Whether `tickets` or `messages` only says what another metric is of."""
    if not _is_thing(spot, reading, words):
        return False
    others = [
        one for one in spots if one.name not in (spot.name, "agents_active") and not _is_thing(one, reading, words)
    ]
    for one in spots:
        first, second = sorted((spot, one), key=lambda s: s.start)
        if one is not spot and re.match(words.joins, reading.between(first.end, second.start)):
            return False
    return bool(others)


def _is_thing(spot: Spot, reading: Reading, words: Words) -> bool:
    said = reading.between(spot.start, spot.end)
    return said in words.nouns or re.fullmatch(words.forms.nouns, said) is not None


def sharpened(metrics: Sequence[str], reading: Reading, words: Words) -> list[str]:
    """The metrics at the percentile and in the hours the question asks for, where they are defined so."""
    names = list(metrics)
    level = next(iter(reading.matches(words.quantile)), None)
    if level:
        number = next(value for value in level.groupdict().values() if value)
        reading.take(level.start(), level.end(), f"{number}th percentile")
        names = [_known(name, "_median_", f"_p{number}_") for name in names]
    hours = next(iter(reading.matches(words.business)), None)
    if hours:
        reading.take(hours.start(), hours.end(), "business hours")
        names = [_known(_known(name, "_median_", "_business_median_"), "_p", "_business_p") for name in names]
    return names


def settled(metrics: Sequence[str], reading: Reading, words: Words) -> list[str]:
    """The metrics as they are meant together: messages that customers send, replies that agents send, tickets solved.

    Customers are counted only where the question asks how many of them; else they say who is meant.
    """
    names = list(metrics)
    asks = re.search(words.how_many, reading.lower)
    of_customers, of_agents = (re.search(pattern, reading.lower) for pattern in (words.customers, words.agents))
    is_near = asks and of_customers and of_customers.start() - asks.end() < NEAR and "messages_in" not in names
    first = of_customers if is_near else None
    if "messages" in names and not (first and "customers_active" in names):
        who = "messages_in" if of_customers else "messages_out" if of_agents else "messages"
        names = [who if name == "messages" else name for name in names]
    if len(names) > 1 and "customers_active" in names:
        names = ["customers_active"] if first else [name for name in names if name != "customers_active"]
    if len(names) > 1 and "agents_active" in names:
        names = [name for name in names if name != "agents_active"]
    if asks and "resolution_median_hours" in names:
        names = ["tickets_solved" if name == "resolution_median_hours" else name for name in names]
    return list(dict.fromkeys(names))


def _known(name: str, part: str, instead: str) -> str:
    changed = name.replace(part, instead, 1)
    return changed if changed in registry and "business_business" not in changed else name


@cache
def dimension_pattern(code: str, name: str) -> str:
    """The words of a dimension, as one pattern."""
    return "|".join(words_of(code).dimensions[name].replace("_", "\x00").split()).replace("\x00", " ")


def find_cuts(reading: Reading, words: Words) -> list[str]:
    """Dimensions to cut by: `by team`, `per day`, `which channel`, `daily`; taken from the question."""
    found: list[Spot] = []
    is_written = re.search(words.writings, reading.lower) is not None
    for word, grain in words.grains.items():
        found += [Spot(*match.span(), grain) for match in reading.matches(rf"\b{word}\b")]
    for name in words.dimensions:
        said = dimension_pattern(words.code, name)
        for match in reading.matches(rf"\b(?:{words.by}|{words.which}) {ARTICLE}({said})\b"):
            beside = re.match(rf" and (?:{words.customers})", reading.lower[match.end() :])
            if name == "agent" and (beside or re.search(SENT, reading.lower[: match.start()])):
                continue
            found.append(Spot(match.start(), match.end(1), name))
        for match in reading.matches(rf"\b(?:top|bottom) (?:\d{{1,2}}|[a-z]{{2,5}}) ({said})\b"):
            found.append(Spot(match.start(1), match.end(1), name))
        for match in reading.matches(rf"\b{PLURAL_LEADS} ({said})(?=$|\?| |,)"):
            if (
                match[1][-1] in (PLURALS if words.code != "en" else "s")
                and match[1][-2:] != "ss"
                and name not in ("day", "hour", "week", "month")
            ):
                if name == "agent" and (_is_whose(match, reading) or is_written):
                    continue
                found.append(Spot(match.start(), match.end(1), name))
    cuts: list[str] = []
    for spot in sorted(found, key=lambda one: (one.start, -one.end)):
        if reading.is_free(spot.start, spot.end):
            reading.take(spot.start, spot.end, f"by {spot.name}")
            cuts.append(spot.name)
    return list(dict.fromkeys(cuts))


def _is_whose(match: re.Match[str], reading: Reading) -> bool:
    """Whether `our agents` are meant as a whole, not listed one by one."""
    return re.match(WHOSE, match[0]) is not None and not re.search(LISTS, reading.lower[: match.start()])


def named_dimension(reading: Reading, words: Words) -> str:
    """A dimension that is named without a value beside it; taken from the question. Empty for none."""
    for name in words.dimensions:
        for match in reading.matches(rf"\b(?:{dimension_pattern(words.code, name)})\b"):
            reading.take(match.start(), match.end(), f"by {name}")
            return name
    return ""


def named_grain(reading: Reading, words: Words) -> list[str]:
    """A step that is named and belongs to no date, `one value a month`; taken from the question. Empty for none."""
    for name in ("day", "week", "month", "quarter"):
        for match in list(reading.matches(rf"\b(?:{dimension_pattern(words.code, name)})\b")):
            beside = re.compile(r"(?: (?:of|from|between|in|to|starting|beginning|ending))?[ ,:]*")
            after = beside.match(reading.lower, match.end())
            end = after.end() if after else match.end()
            before = len(reading.lower[: match.start()].rstrip())
            is_dated = not reading.is_free(end, end + 1) or not reading.is_free(max(before - 1, 0), before)
            if not is_dated:
                reading.take(match.start(), match.end(), f"by {name}")
                return [name]
    return []


def known_values(numbers: Numbers, words: Words) -> list[tuple[str, str, str]]:
    """(value, dimension, word for it), longest word first."""
    known = [(value, name) for name in VALUE_DIMENSIONS for value in numbers.choices(name)]
    held = set(known)
    spoken = [(code, "language", word) for word, code in words.languages.items() if (code, "language") in held]
    spoken += [(value, name, word) for word, (name, value) in words.values.items() if (value, name) in held]
    every = [(value, name, value.lower()) for value, name in known] + spoken
    return sorted(every, key=lambda one: (-len(one[2]), VALUE_DIMENSIONS.index(one[1])))


NAMED_IN_PLURAL: Final = ("channel", "category")
"""Dimensions whose values are things that there are several of: `e-mails`, `refunds`."""


def find_values(reading: Reading, values: Sequence[tuple[str, str, str]], words: Words) -> dict[str, list[str]]:
    """Dimension -> values the question names, longest first; taken from it."""
    found: dict[str, list[str]] = {}
    for value, name, word in values:
        for match in list(reading.matches(_value_pattern(word, name))):
            rivals = [other for _, other, w in values if w == word and other != name]
            if not _is_meant(reading, match, name, word, rivals, words):
                continue
            reading.take(match.start(), match.end(), f"{name} {value}")
            if value not in found.setdefault(name, []):
                found[name].append(value)
    return found


def _value_pattern(word: str, name: str) -> str:
    parts = [re.escape(part) for part in re.split(r"[\s_\-]+", word) if part]
    several = "(?:e?s)?" if name in NAMED_IN_PLURAL else ""
    return r"(?<![\w-])" + r"[\s_\-]*".join(parts) + several + r"(?![\w-])" if parts else r"(?!)"


def _is_meant(
    reading: Reading, match: re.Match[str], name: str, word: str, rivals: Sequence[str], words: Words
) -> bool:
    """Whether a value found is meant as one: everyday words and codes need their dimension beside them."""
    is_near = _has_near(reading, match, name, words)
    if any(_has_near(reading, match, rival, words) for rival in rivals) and not is_near:
        return False
    if word in words.sure_values or word in words.values:
        return True
    is_written = reading.text[match.start()].isupper() and not words.nouns_are_capital
    plain = word in words.plain_values or len(word) < 3 or word in metric_words(words.code)
    return is_near if plain or (word in words.idle and not is_written) else True


def _has_near(reading: Reading, match: re.Match[str], name: str, words: Words) -> bool:
    around = (
        reading.between(max(0, match.start() - NEAR), match.start()),
        reading.between(match.end(), match.end() + NEAR),
    )
    said = dimension_pattern(words.code, name)
    return bool(re.search(rf"\b(?:{said})\s*$", around[0]) or re.match(rf"[\s-]*(?:{said})\b", around[1]))


def drop_dimension_words(reading: Reading, words: Words) -> None:
    """`the Billing team`: once the value is taken, the dimension's name asks for nothing more."""
    for name in words.dimensions:
        for match in list(reading.matches(rf"\b(?:{dimension_pattern(words.code, name)})\b")):
            reading.take(match.start(), match.end())


def closest(said: Sequence[str], says: Says) -> list[str]:
    """Labels of the metrics whose words look most like these."""
    known = metric_words(says.code)
    names = [known[hit] for word in said for hit in get_close_matches(word.lower(), list(known), n=2, cutoff=CLOSE)]
    return [says.metric(name) for name in dict.fromkeys(names)]


def closest_value(word: str, numbers: Numbers, says: Says) -> str:
    """The value of a dimension that looks most like a word; empty when none does."""
    known = {value.lower(): f"{says.inside(name)} {value}" for name in VALUE_DIMENSIONS
             for value in numbers.choices(name)}  # fmt: skip
    hits = get_close_matches(word.lower(), list(known), n=1, cutoff=CLOSE)
    return known[hits[0]] if hits else ""


def splits(metric: Metric) -> bool:
    """Whether a metric has parts that add up: a count, or a share or mean with its n; not a quantile."""
    return not (metric.n and "quantile" in metric.sql)

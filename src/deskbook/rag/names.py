"""What a question speaks of: metrics, dimensions to cut by, and values to filter on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Final

from deskbook.metrics import DIMENSIONS, Metric, registry
from deskbook.rag.contract import Numbers
from deskbook.rag.reading import Reading
from deskbook.rag.words import en

VALUE_DIMENSIONS: Final = ("team", "channel", "priority", "category", "source", "segment", "language")
NEAR: Final = 14
"""A value that is an everyday word counts when its dimension is named within this many letters."""


@dataclass(frozen=True)
class Spot:
    """A name where it stands in the question."""

    start: int
    end: int
    name: str


@cache
def metric_words() -> Mapping[str, str]:
    """Every word for a metric -> its name; the registry's own words come first."""
    words: dict[str, str] = {}
    for metric in registry.values():
        for word in (metric.name, metric.name.replace("_", " "), metric.label.lower()):
            words.setdefault(word, metric.name)
    for metric in registry.values():
        for word in metric.words:
            words.setdefault(word, metric.name)
    for word, name in en.METRICS.items():
        words.setdefault(word, name)
    return words


def find_metrics(reading: Reading) -> list[str]:
    """Metrics the question names, longest words first, in the order they stand; taken from it."""
    spots: list[Spot] = []
    for word in sorted(metric_words(), key=lambda one: (-len(one), one)):
        for match in list(reading.matches(_pattern(word))):
            reading.take(match.start(), match.end())
            spots.append(Spot(match.start(), match.end(), metric_words()[word]))
    spots.sort(key=lambda spot: spot.start)
    kept = [spot for spot in spots if not _is_noun(spot, spots, reading)]
    for spot in kept:
        reading.take(spot.start, spot.end, registry[spot.name].label)
    return list(dict.fromkeys(spot.name for spot in kept))


def _pattern(word: str) -> str:
    parts = [re.escape(part) for part in word.replace(",", "").split()]
    ends = rf"(?= ?(?:{en.ENDS_NAME}))" if word.rsplit(maxsplit=1)[-1] in en.PREPOSITIONS else ""
    return r"(?<![\w-])" + r",?[ _-]".join(parts) + r"(?:s|es)?(?![\w-])" + ends


def _is_noun(spot: Spot, spots: Sequence[Spot], reading: Reading) -> bool:
    """Whether `tickets` or `messages` only says what another metric is of."""
    if reading.between(spot.start, spot.end) not in en.NOUNS:
        return False
    others = [one for one in spots if one.name != spot.name and reading.between(one.start, one.end) not in en.NOUNS]
    for one in spots:
        first, second = sorted((spot, one), key=lambda s: s.start)
        if one is not spot and re.match(en.AND, reading.between(first.end, second.start)):
            return False
    return bool(others)


def find_cuts(reading: Reading) -> list[str]:
    """Dimensions to cut by: `by team`, `per day`, `which channel`, `daily`; taken from the question."""
    found: list[Spot] = []
    for word, grain in en.GRAINS.items():
        found += [Spot(*match.span(), grain) for match in reading.matches(rf"\b{word}\b")]
    for name, words in en.DIMENSIONS.items():
        for word in words.split():
            said = word.replace("_", " ")
            pattern = (
                rf"\b(?:{en.BY}|{en.WHICH}) (?:the )?({said})\b|\b(?:compare|all|our|the) ({said})(?: by| on|$|\?| )"
            )
            for match in reading.matches(pattern):
                if not (match[2] and not match[2].endswith("s")):
                    found.append(Spot(match.start(), match.end(1) if match[1] else match.end(2), name))
    cuts: list[str] = []
    for spot in sorted(found, key=lambda one: one.start):
        if reading.is_free(spot.start, spot.end):
            reading.take(spot.start, spot.end, f"by {spot.name}")
            cuts.append(spot.name)
    return list(dict.fromkeys(cuts))


def find_values(reading: Reading, numbers: Numbers) -> dict[str, list[str]]:
    """Dimension -> values the question names, longest first; taken from it."""
    known = [(value, name) for name in VALUE_DIMENSIONS for value in numbers.choices(name)]
    spoken = [(code, "language", word) for word, code in en.LANGUAGES.items() if (code, "language") in known]
    words = [(value, name, value.lower()) for value, name in known] + spoken
    found: dict[str, list[str]] = {}
    ordered = sorted(words, key=lambda one: (-len(one[2]), VALUE_DIMENSIONS.index(one[1])))
    for value, name, word in ordered:
        for match in list(reading.matches(_value_pattern(word))):
            rivals = [other for v, other, w in words if w == word and other != name]
            if not _is_meant(reading, match, name, word, rivals):
                continue
            reading.take(match.start(), match.end(), f"{name} {value}")
            if value not in found.setdefault(name, []):
                found[name].append(value)
    _drop_dimension_words(reading)
    return found


def _value_pattern(word: str) -> str:
    parts = [re.escape(part) for part in re.split(r"[\s_\-]+", word) if part]
    return r"(?<![\w-])" + r"[\s_\-]*".join(parts) + r"(?![\w-])" if parts else r"(?!)"


def _is_meant(reading: Reading, match: re.Match[str], name: str, word: str, rivals: Sequence[str]) -> bool:
    """Whether a value found is meant as one: everyday words and codes need their dimension beside them."""
    is_near = _has_near(reading, match, name)
    if any(_has_near(reading, match, rival) for rival in rivals) and not is_near:
        return False
    if word in en.SURE_VALUES:
        return True
    plain = word in en.PLAIN_VALUES or word in en.FILLERS or len(word) < 3 or word in metric_words()
    return is_near if plain else True


def _has_near(reading: Reading, match: re.Match[str], name: str) -> bool:
    around = (
        reading.between(max(0, match.start() - NEAR), match.start()),
        reading.between(match.end(), match.end() + NEAR),
    )
    words = "|".join(en.DIMENSIONS[name].replace("_", " ").split())
    return bool(re.search(rf"\b(?:{words})\s*$", around[0]) or re.match(rf"\s*(?:{words})\b", around[1]))


def _drop_dimension_words(reading: Reading) -> None:
    """`the Billing team`: once the value is taken, the dimension's name asks for nothing more."""
    for words in en.DIMENSIONS.values():
        for word in words.split():
            for match in list(reading.matches(rf"\b{word.replace('_', ' ')}\b")):
                reading.take(match.start(), match.end())


def closest(words: Sequence[str]) -> list[str]:
    """Labels of the metrics whose words look most like these."""
    known = metric_words()
    names = [known[hit] for word in words for hit in get_close_matches(word.lower(), list(known), n=2, cutoff=0.72)]
    return [registry[name].label for name in dict.fromkeys(names)]


def closest_value(word: str, numbers: Numbers) -> str:
    """The value of a dimension that looks most like a word; empty when none does."""
    known = {value.lower(): f"{DIMENSIONS[name].label.lower()} {value}" for name in VALUE_DIMENSIONS
             for value in numbers.choices(name)}  # fmt: skip
    hits = get_close_matches(word.lower(), list(known), n=1, cutoff=0.72)
    return known[hits[0]] if hits else ""


def splits(metric: Metric) -> bool:
    """Whether a metric has parts that add up: a count, or a share or mean with its n; not a quantile."""
    return not (metric.n and "quantile" in metric.sql)

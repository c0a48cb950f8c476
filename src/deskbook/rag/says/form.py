"""How answers are put in one language: its phrases, its names of things, its numbers and dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from deskbook.locales import decimal, moment, speaking, weekdays
from deskbook.metrics import DIMENSIONS, Condition, Filter, Joined, Metric, Negated, Period, dimension, registry

GOOD_OR_BAD: Final = ("better", "worse")


@dataclass(frozen=True, kw_only=True)
class Says:
    """One language.

    Attributes:
        code: ISO 639-1, also the locale its numbers and dates are written in.
        phrases: key -> sentence or part of one, with named gaps; every language has the same.
        labels: metrics' labels, by their parts (between commas) in English.
        dimensions: labels by name; units: unit -> (of one, of several).
        units: the same of metrics' units.
        names: kinds of question, grains and other single words.
    """

    code: str
    phrases: Mapping[str, str]
    labels: Mapping[str, str]
    dimensions: Mapping[str, str]
    units: Mapping[str, tuple[str, str]]
    names: Mapping[str, str]

    def __call__(self, key: str, **parts: object) -> str:
        """The phrase with its gaps filled."""
        return self.phrases[key].format(**parts)

    def metric(self, name: str) -> str:
        """A metric's label."""
        label = registry[name].label
        return self.labels.get(label) or ", ".join(self.labels.get(part, part) for part in label.split(", "))

    def dimension(self, name: str) -> str:
        """A dimension's label."""
        return self.dimensions.get(name) or (DIMENSIONS[name].label if name in DIMENSIONS else name)

    def inside(self, name: str) -> str:
        """A dimension's label within a sentence; German nouns stay capital."""
        label = self.dimension(name)
        return label if self.code == "de" else label.lower()

    def name(self, word: str) -> str:
        """A kind of question, a grain."""
        return self.names.get(word, word)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number, digits grouped."""
        with speaking(self.code):
            return decimal(value, decimals)

    def unit(self, unit: str, value: float | None = None) -> str:
        """A unit as it stands behind a number."""
        one, several = self.units.get(unit, (unit, unit))
        return one if value == 1 else several

    def written(self, value: float | None, metric: Metric, *, is_n: bool = False) -> str:
        """A value with its unit, as the metric wants it shown."""
        if value is None:
            return self("unknown_value")
        if is_n:
            return self.number(value)
        return self._with_unit(self.number(value, metric.decimals), metric.unit, value)

    def signed(self, value: float, metric: Metric) -> str:
        """A movement with its sign; of a share in points."""
        decimals = max(metric.decimals, 1)
        rounded = round(value, decimals) + 0.0
        sign = "-" if rounded < 0 else "+"
        unit = "pct points" if metric.unit == "%" else metric.unit
        return self._with_unit(sign + self.number(abs(rounded), decimals), unit)

    def _with_unit(self, number: str, unit: str, value: float | None = None) -> str:
        return number if unit == "score" else f"{number} {self.unit(unit, value)}"

    def direction(self, value: float, metric: Metric) -> str:
        """Whether a movement is good news, in brackets; empty where neither way is."""
        if metric.better == "neutral" or not value:
            return ""
        return f" ({self.name(GOOD_OR_BAD[(value > 0) != (metric.better == 'higher')])})"

    def day(self, day: date) -> str:
        """A day as people say it; with its time where it has one."""
        with speaking(self.code):
            words = moment(day, "day_year")
            timed = isinstance(day, datetime) and day.time() != time()
            return f"{words}, {moment(day, 'time')}" if timed else words

    def step(self, text: str, grain: str) -> str:
        """A step of a series as rows have it."""
        if self.code == "en":
            return text
        held = datetime.fromisoformat(text)
        with speaking(self.code):
            return moment(held, "month_year") if grain in ("month", "quarter") else self.day(held)

    def weekday(self, number: int) -> str:
        """A weekday, Monday being 1."""
        with speaking(self.code):
            return weekdays("wide")[number - 1]

    def period(self, period: Period) -> str:
        """The dates of a period."""
        first, last = period.ends
        if first is None and last is None:
            return self("all_time")
        start = self.day(first) if first else self("the_beginning")
        if last is None:
            return self("since", first=start)
        end = self.day(last)
        return start if start == end else self("span", first=start, last=end)

    def filter(self, one: Filter | None) -> str:
        """A filter as a person says it; empty for none."""
        if one is None:
            return ""
        if isinstance(one, Negated):
            return f"{self.name('not')} ({self.filter(one.part)})"
        if isinstance(one, Joined):
            inner = (f"({self.filter(part)})" if isinstance(part, Joined) else self.filter(part) for part in one.parts)
            return f" {self.name(one.word)} ".join(inner)
        return self._condition(one)

    def _condition(self, one: Condition) -> str:
        kind = dimension(one.field).kind
        if self.code == "en" or kind not in ("word", "tag", "custom") or f"op {one.op}" not in self.names:
            return one.sentence()
        values = f" {self.name('or')} ".join(one.values)
        return f"{self.dimension(one.field)} {self.name(f'op {one.op}')} {values}".strip()

    def listed(self, words: Iterable[str], joint: str = "and") -> str:
        """Words in a row, the last one joined on."""
        held = list(words)
        return (
            f" {self.name(joint)} ".join(held)
            if len(held) < 3
            else (f"{', '.join(held[:-1])} {self.name(joint)} {held[-1]}")
        )

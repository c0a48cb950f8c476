"""Dates and questions in words, in the forms that the phrasings of a part of the seeds give."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any, Final, Literal

from deskbook.rag.evaluate.truth import Span
from deskbook.rag.evaluate.wordings import Part, phrasings

NTH: Final = ("", "first", "second", "third", "fourth")
WORDS: Final = ("zero", "one", "two", "three", "four", "five", "six")


@cache
def _names(kind: str, width: Literal["wide", "abbreviated"], language: str) -> list[str]:
    from babel.dates import get_day_names, get_month_names

    if kind == "day":
        return [get_day_names(width, locale=language)[row] for row in range(7)]
    return [get_month_names(width, locale=language)[row].strip(".") for row in range(1, 13)]


class Speaker:
    """Says things in one language, in the phrasings of one part of the seeds."""

    def __init__(self, part: Part, language: str, dice: Random) -> None:
        self.language = language
        self._said: dict[str, Any] = phrasings(part)[language]
        self._dice = dice
        self._turns: dict[str, int] = {}

    def has(self, table: str, name: str) -> bool:
        """Whether there is a phrasing of that name."""
        return name in self._said.get(table, {})

    def names(self, table: str) -> list[str]:
        """All names of a table of phrasings."""
        return list(self._said[table])

    def pick(self, table: str, name: str) -> str:
        """One phrasing after the other, beginning with any."""
        options = self._said[table][name]
        key = f"{table}.{name}"
        turn = self._turns.get(key, self._dice.randrange(len(options)))
        self._turns[key] = turn + 1
        return str(options[turn % len(options)])

    def when(self, form: str, span: Span, **more: object) -> str:
        """A period in words."""
        first, last = span.dates[0], span.dates[-1]
        return self.pick("dates", form).format(**self._slots(first, last), **more)

    def where(self, where: dict[str, str]) -> str:
        """A filter in words; empty for none."""
        return " ".join(self.pick("where", cut).format(value=value) for cut, value in where.items())

    def ask(self, form: str, **parts: str) -> str:
        """A question from its template; `{When}` is `{when}` with a capital."""
        when = parts.get("when", "")
        filled = self.pick("questions", form).format(**parts | {"When": when[:1].upper() + when[1:]})
        return tidy(filled, self.language)

    def _slots(self, first: date, last: date) -> dict[str, object]:
        language = self.language
        return {
            "d": first.day,
            "dd": f"{first.day:02}",
            "d2": last.day,
            "mm": f"{first.month:02}",
            "month": _names("month", "wide", language)[first.month - 1],
            "month2": _names("month", "wide", language)[last.month - 1],
            "mon": _names("month", "abbreviated", language)[first.month - 1],
            "year": first.year,
            "iso": first.isoformat(),
            "iso2": last.isoformat(),
            "ordinal": ordinal(first.day),
            "ordinal2": ordinal(last.day),
            "weekday": _names("day", "wide", language)[first.weekday()],
            "quarter": (first.month + 2) // 3,
            "nth": NTH[(first.month + 2) // 3],
            "week": (first + timedelta(days=3)).isocalendar().week,
        }


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd …"""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def tidy(text: str, language: str) -> str:
    """One space between words and none before a mark, but for those that French sets apart."""
    text = re.sub(r"\s+", " ", text).strip()
    return re.sub(r" ([,.])" if language == "fr" else r" ([,.?!:;])", r"\1", text)

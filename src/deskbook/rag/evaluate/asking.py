"""What the makers of questions share: periods of the desk, numbers with their truth, questions with an id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from deskbook.rag.evaluate.desk import Desk
from deskbook.rag.evaluate.question import Meant, Question, Reading, Wanted
from deskbook.rag.evaluate.spelling import Speaker
from deskbook.rag.evaluate.truth import Span, span_of

LANGUAGES: Final = ("en", "de", "es", "fr")
FEWEST: Final = 12
"""Rows that a share, a mean or a median must rest on to be asked for."""
VALUES_OF: Final = {"csat_good_pct": "csat_good", "sentiment_negative_pct": "tone", "sentiment_mean": "mood"}


class Asker:
    """Makes questions about one desk; the same seed makes the same ones."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.truth = desk.truth
        self.dice = Random(desk.seed * 7_919)
        self.speakers = {code: Speaker(desk.part, code, self.dice) for code in LANGUAGES}
        self._numbers: dict[str, int] = {}

    @property
    def english(self) -> Speaker:
        """The speaker of most questions."""
        return self.speakers["en"]

    def question(self, kind: str, text: str, *, language: str = "en", **gold: Any) -> Question:
        """A question with an id of its own."""
        number = self._numbers.get(kind, 0) + 1
        self._numbers[kind] = number
        return Question(f"{self.desk.seed}-{kind}-{number:02}", kind, language, text, **gold)

    def months(self) -> list[Span]:
        """The whole months of the data, oldest first."""
        return _months(self.desk.span)

    def spans(self, language: str = "en") -> list[tuple[str, Span]]:
        """Periods of every form that a language has words for, as (form, span), in any order."""
        found: list[tuple[str, Span]] = []
        speaker, inside = self.speakers[language], self.desk.span
        days = inside.dates[7:]
        for form in ("day", "month", "quarter", "week", "range"):
            if speaker.has("dates", form):
                found += [(form, span) for span in _of_form(form, days, inside, self.dice)]
        self.dice.shuffle(found)
        return found

    def wanted(self, metric: str, span: Span, where: dict[str, str] | None = None) -> Wanted | None:
        """A number with its truth; None where too little stands behind it to be asked for."""
        words = dict(where or {})
        value = self.truth.value(metric, span, words)
        if value is None or not self._is_firm(metric, span, words):
            return None
        return Wanted(value, metric, 0.0, span, {cut: (word,) for cut, word in words.items()})

    def _is_firm(self, metric: str, span: Span, where: dict[str, str]) -> bool:
        if metric.startswith(("tickets", "messages", "customers")):
            return self.truth.value(metric, span, where) != 0
        frame, at = (self.truth.messages, "sent_at") if "sentiment" in metric else (self.truth.tickets, "created_at")
        rows = self.truth.rows(frame, at, span, where)
        return bool(rows[VALUES_OF.get(metric, "first_reply_seconds")].notna().sum() >= FEWEST)

    def cycle(self, items: Sequence[Any]) -> Iterator[Any]:
        """The items in any order, round and round."""
        order = list(items)
        self.dice.shuffle(order)
        while True:
            yield from order

    def meant(self, kind: str, metric: str, where: dict[str, tuple[str, ...]] | None = None, **more: str) -> Meant:
        """What the plan of a question about one metric must say."""
        kinds = {"compare": ("compare", "rank", "number"), "number": ("number",)}.get(kind, (kind,))
        return Meant(kinds, (metric,), where or {}, **more)

    def reading(self, *numbers: Wanted, names: Sequence[str] = (), spans: Sequence[Span] = ()) -> Reading:
        """A reading whose periods are those of its numbers, unless told."""
        every = tuple(spans) or tuple(dict.fromkeys(one.span for one in numbers if one.span))
        return Reading(every, numbers, tuple(names))


def _months(span: Span) -> list[Span]:
    firsts = [day for day in span.dates if day.day == 1]
    return [one for one in map(month_of, firsts) if one.until <= span.until]


def month_of(day: date) -> Span:
    """The month that a day is in."""
    first = day.replace(day=1)
    return span_of(first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1))


def week_of(day: date) -> Span:
    """The week, Monday to Sunday, that a day is in."""
    monday = day - timedelta(days=day.weekday())
    return span_of(monday, monday + timedelta(days=6))


def quarter_of(day: date) -> Span:
    """The quarter that a day is in."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return Span(span_of(first).since, month_of(first + timedelta(days=63)).until)


def _of_form(form: str, days: list[date], inside: Span, dice: Random) -> list[Span]:
    if form == "month":
        return _months(inside)
    if form == "day":
        return [span_of(day) for day in dice.sample([day for day in days if day.weekday() < 5], 14)]
    if form == "quarter":
        spans = dict.fromkeys(quarter_of(day) for day in days)
        return [one for one in spans if inside.since <= one.since and one.until <= inside.until]
    if form == "week":
        return [week_of(day) for day in dice.sample(days[7:-7], 8)]
    firsts = dice.sample([day for day in days if day.day <= 18], 10)
    return [span_of(day, day + timedelta(days=dice.randint(3, 9))) for day in firsts]

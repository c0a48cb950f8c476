"""Questions whose period must be worked out: from today, or from a date that leaves something open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from deskbook.rag.evaluate.asking import Asker, month_of, quarter_of, week_of
from deskbook.rag.evaluate.question import ABROAD, Question, Reading
from deskbook.rag.evaluate.spelling import WORDS, Speaker
from deskbook.rag.evaluate.truth import Span, span_of

METRICS: Final = ("tickets_created", "messages_in", "tickets_solved", "sentiment_negative_pct", "customers_active")
Dated = tuple[str, list[Span]]
"""The words of a period, and the spans that they can mean."""


def date_questions(asker: Asker) -> Iterator[Question]:
    """All of them."""
    yield from _asked(asker, "relative_date", relative(asker, asker.english))
    yield from _asked(asker, "ambiguous_date", ambiguous(asker))
    for language, kind in ABROAD.items():
        yield from _asked(asker, kind, _abroad(asker, asker.speakers[language]), language)


def _asked(asker: Asker, kind: str, dated: Iterator[Dated], language: str = "en") -> Iterator[Question]:
    speaker = asker.speakers[language]
    told = [(table, name) for table in ("counts", "values") for name in speaker.names(table) if name in METRICS]
    tables = asker.cycle(told)
    for when, spans in dated:
        for _ in range(len(told)):
            table, metric = next(tables)
            numbers = [asker.wanted(metric, span) for span in spans]
            if all(numbers):
                words = {"metric": speaker.pick(table, metric), "where": "", "when": when}
                text = speaker.ask("count" if table == "counts" else "value", **words)
                readings = tuple(Reading((one.span,), (one,)) for one in numbers if one and one.span)
                meant = asker.meant("number", metric)
                yield asker.question(kind, text, language=language, readings=readings, meant=meant)
                break


def relative(asker: Asker, speaker: Speaker) -> Iterator[Dated]:
    """Periods that start from today, each once or twice."""
    today = asker.desk.today
    last_month, last_quarter = _before(month_of(today)), quarter_of(_before(quarter_of(today)).dates[0])
    fixed: list[tuple[str, Span]] = [
        ("today", span_of(today)),
        ("yesterday", span_of(today - timedelta(days=1))),
        ("yesterday", span_of(today - timedelta(days=1))),
        ("last_week", week_of(today - timedelta(days=7))),
        ("last_week", week_of(today - timedelta(days=7))),
        ("this_week", week_of(today)),
        ("last_month", month_of(last_month.dates[-1])),
        ("last_month", month_of(last_month.dates[-1])),
        ("this_month", month_of(today)),
        ("this_month", month_of(today)),
        ("last_quarter", last_quarter),
        ("last_year", span_of(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))),
    ]
    for form, span in fixed:
        yield speaker.when(form, span), [span]
    for n in (2, 3, 4):
        day = span_of(today - timedelta(days=n))
        yield speaker.when("days_ago", day, n=n, word=WORDS[n]), [day]
    for n in (7, 14, 30, 10):
        # People differ on whether today is one of them.
        with_today = span_of(today - timedelta(days=n - 1), today)
        without = span_of(today - timedelta(days=n), today - timedelta(days=1))
        yield speaker.when("last_n_days", with_today, n=n), [with_today, without]


def ambiguous(asker: Asker) -> Iterator[Dated]:
    """Dates without a year, weekdays without a week, numbers that are a day or a month."""
    speaker, today = asker.english, asker.desk.today
    days = [day for day in asker.desk.span.dates if day.weekday() < 5]
    for day in asker.dice.sample(days, 5):
        yield speaker.when("short_day", span_of(_latest(day, today))), [span_of(_latest(day, today))]
    for month in asker.dice.sample(asker.months(), 3):
        latest = month_of(_latest(month.dates[0], today))
        yield speaker.when("short_month", latest), [latest]
    both = [day for day in days if day.day <= 12 and day.day != day.month and _turned(day) in asker.desk.span.dates]
    for day in asker.dice.sample(both, 2):
        yield speaker.when("numeric", span_of(day)), [span_of(day), span_of(_turned(day))]
    for shift in asker.dice.sample(range(1, 6), 2):
        day = today - timedelta(days=shift)
        # "last Friday" is the latest one, or that of last week.
        yield speaker.when("weekday", span_of(day)), [span_of(day), span_of(day - timedelta(days=7))]


def _abroad(asker: Asker, speaker: Speaker) -> Iterator[Dated]:
    today = asker.desk.today
    last_month = month_of(_before(month_of(today)).dates[-1])
    for form, span in (
        ("yesterday", span_of(today - timedelta(days=1))),
        ("last_week", week_of(today - timedelta(days=7))),
        ("last_month", last_month),
    ):
        yield speaker.when(form, span), [span]
    day = span_of(_latest(asker.dice.choice([one for one in asker.desk.span.dates if one.weekday() < 5]), today))
    yield speaker.when("short_day", day), [day]


def _before(span: Span) -> Span:
    """The day before a span, as the way to the span before."""
    return span_of(span.dates[0] - timedelta(days=1))


def _latest(day: date, today: date) -> date:
    """The latest day up to today of the same month and day of month."""
    while day.replace(year=day.year + 1) <= today:
        day = day.replace(year=day.year + 1)
    return day


def _turned(day: date) -> date:
    """The day that its numbers are when day and month change places."""
    return date(day.year, day.day, day.month)

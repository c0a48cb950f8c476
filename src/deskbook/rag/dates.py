"""The periods a question names, in the order they stand: dates, months, weekdays, relative words, ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from deskbook.errors import BadValue
from deskbook.rag.contract import Numbers
from deskbook.rag.reading import Reading
from deskbook.rag.words import en

_MONTHS: Final = "|".join(sorted(en.MONTHS, key=len, reverse=True))
_SURE_MONTHS: Final = "|".join(name for name in _MONTHS.split("|") if name not in ("may", "march", "mar"))
_MONTH: Final = rf"({_MONTHS})\b\.?"
_DAY: Final = rf"(\d{{1,2}}){en.ORDINAL}"
_YEAR: Final = r"(?:,? (\d{4})\b(?![-:.]\d))?"
_WEEKDAYS: Final = "|".join(sorted(en.WEEKDAYS, key=len, reverse=True))
_ISO: Final = r"\d{4}-\d{2}-\d{2}"
_RANGE_WORDS: Final = r"^ ?(?:to|until|till|through|thru|-|and) ?(?:on )?(?:the )?$"
LOOK_BACK_YEARS: Final = 30


@dataclass(frozen=True)
class Calendar:
    """The days that hold data.

    Attributes:
        days: those with a message or a new ticket, wall clock.
        today: the day relative words start from.
    """

    days: frozenset[date]
    today: date

    @property
    def first(self) -> date | None:
        """The first day with data."""
        return min(self.days, default=None)

    @property
    def last(self) -> date | None:
        """The last day with data."""
        return max(self.days, default=None)

    def has_month(self, year: int, month: int) -> bool:
        """Whether any day of that month holds data."""
        return any((day.year, day.month) == (year, month) for day in self.days)


@dataclass(frozen=True)
class Named:
    """A period as it stands in a question.

    Attributes:
        text: the period in the language of `Period`; for a single day its ISO date.
        assumed: what had to be guessed, as a sentence.
        is_guess: whether the year was not given.
    """

    start: int
    end: int
    text: str
    assumed: str = ""
    is_guess: bool = False


def calendar(numbers: Numbers) -> Calendar:
    """The days with data, from the same query as every other number."""
    rows = numbers.query(["messages", "tickets_created"], by=["day"]).rows
    days = {date.fromisoformat(row["day"]) for row in rows if row["messages"] or row["tickets_created"]}
    today = numbers.now().astimezone(ZoneInfo(numbers.settings.zone)).date()
    return Calendar(frozenset(days), today)


def find_periods(reading: Reading, days: Calendar) -> list[Named]:
    """Every period in the question, taken from it.

    Raises:
        BadValue: something written like a date is none.
    """
    atoms: list[Named] = []
    for found in _atoms(reading, days):
        reading.take(found.start, found.end)
        atoms.append(found)
    atoms.sort(key=lambda one: one.start)
    periods = _ranges(reading, atoms)
    for one in periods:
        reading.take(one.start, one.end, one.text)
    return periods


def _atoms(reading: Reading, days: Calendar) -> Iterator[Named]:
    """Single dates and periods; patterns that say more come first."""
    for pattern, make in _PATTERNS:
        for match in list(reading.matches(pattern)):
            found = make(match, days)
            if found is not None and reading.is_free(match.start(), match.end()):
                start, end = match.span("it") if "it" in match.re.groupindex else match.span()
                yield replace(found, start=start, end=end)


def _of(text: str, assumed: str = "", *, is_guess: bool = False) -> Named:
    return Named(0, 0, text, assumed, is_guess)


def _as_written(match: re.Match[str], days: Calendar) -> Named:
    del days
    return _of(match[0].upper() if re.match(r"\d{4}-?[qw]", match[0]) else match[0])


def _days_of_month(match: re.Match[str], days: Calendar) -> Named:
    """Oct 1-7, 2017."""
    first = _day(match[1], match[2], match[4], days)
    last = _day(match[1], match[3], match[4], days)
    return _of(f"{first.text}..{last.text}", first.assumed, is_guess=first.is_guess)


def _day(month: str, day: str, year: str | None, days: Calendar) -> Named:
    number, which = en.MONTHS[month], int(day)
    if year:
        return _of(_made(int(year), number, which).isoformat())
    tried = [one for back in range(LOOK_BACK_YEARS) if (one := _valid(days.today.year - back, number, which))]
    past = [one for one in tried if one <= days.today]
    if not past:
        raise BadValue(f"'{which} {month.capitalize()}' is no date.")
    chosen = next((one for one in past if one in days.days), past[0])
    return _of(chosen.isoformat(), f"No year was given; {chosen.year} was taken.", is_guess=True)


def _made(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise BadValue(f"{year}-{month:02}-{day:02} is no date: {error}.") from None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _dotted(match: re.Match[str], days: Calendar) -> Named:
    del days
    return _of(_made(int(match[3]), int(match[2]), int(match[1])).isoformat())


def _slashed(match: re.Match[str], days: Calendar) -> Named:
    del days
    one, two, year = int(match[1]), int(match[2]), int(match[3])
    if one <= 12 and two <= 12 and one != two:
        raise BadValue(f"'{match[0]}' may be day/month or month/day. Write it as {year}-MM-DD.")
    return _of((_made(year, two, one) if one > 12 else _made(year, one, two)).isoformat())


def _month(match: re.Match[str], days: Calendar) -> Named:
    number = en.MONTHS[match["month"]]
    if match["year"]:
        return _of(f"{match['year']}-{number:02}")
    years = [y for y in range(days.today.year, days.today.year - LOOK_BACK_YEARS, -1)]
    past = [year for year in years if (year, number) <= (days.today.year, days.today.month)]
    chosen = next((year for year in past if days.has_month(year, number)), past[0])
    return _of(f"{chosen}-{number:02}", f"No year was given; {chosen} was taken.", is_guess=True)


def _weekday(match: re.Match[str], days: Calendar) -> Named:
    back = (days.today.weekday() - en.WEEKDAYS[match["weekday"]]) % 7
    if match["last"] and back == 0:
        back = 7
    chosen = days.today - timedelta(days=back)
    return _of(chosen.isoformat(), f"{match['weekday'].capitalize()} was taken as {chosen.isoformat()}.")


def _relative(match: re.Match[str], days: Calendar) -> Named:
    del days
    words = match[0].replace("past ", "last ").replace("previous ", "last ").replace("the ", "")
    rolling = re.fullmatch(r"last (\d+) (\w+?)s?", words)
    if match[0].startswith("past ") and not rolling:
        words = f"last 1 {words.split()[1]}"
    return _of(words)


def _ago(match: re.Match[str], days: Calendar) -> Named:
    count = {"day before yesterday": 2}.get(match[0]) or int(match["count"])
    return _of((days.today - timedelta(days=count)).isoformat())


def _year(match: re.Match[str], days: Calendar) -> Named:
    del days
    return _of(match["it"])


def _quarter(match: re.Match[str], days: Calendar) -> Named:
    year = match[2] or str(days.today.year)
    return _of(f"{year}-Q{match[1]}", "" if match[2] else f"No year was given; {year} was taken.")


_PATTERNS: Final[list[tuple[str, Any]]] = [
    (rf"\b{_ISO}(?:\.\.{_ISO})?\b(?![t:])", _as_written),
    (r"\b\d{4}-(?:q[1-4]|w\d{1,2}|\d{2})(?:\.\.\d{4}-\d{2})?\b", _as_written),
    (r"(?<!\w)-\d{1,4}[hdwmqy]\b", _as_written),
    (r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b", _dotted),
    (r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b", _slashed),
    (rf"\b{_MONTH} {_DAY} ?(?:-|to|until|through) ?{_DAY}\b(?! {_MONTH}){_YEAR}", _days_of_month),
    (rf"\b{_MONTH} {_DAY}\b{_YEAR}", lambda m, days: _day(m[1], m[2], m[3], days)),
    (rf"\b{_DAY}{en.OF} {_MONTH}{_YEAR}", lambda m, days: _day(m[2], m[1], m[3], days)),
    (r"\bq([1-4])(?: (\d{4}))?\b", _quarter),
    (r"\b(?:day before yesterday|(?P<count>\d{1,3}) days ago)\b", _ago),
    (r"\b(?:today|yesterday)\b", _as_written),
    (rf"\b(?:the )?(?:last|past|previous) \d{{1,4}} (?:{en.UNITS})s?\b", _relative),
    (rf"\b(?:this|last|past|previous) (?:{en.UNITS})\b", _relative),
    (rf"\b(?:on )?(?P<last>last |this |past )?(?P<it>(?P<weekday>{_WEEKDAYS}))\b(?! of)", _weekday),
    (rf"\b(?:{en.MONTH_LEADS}) (?P<it>(?P<month>{_MONTHS})\b\.?(?:,? (?P<year>\d{{4}}))?)", _month),
    (rf"\b(?P<it>(?P<month>{_SURE_MONTHS})\b\.?(?:,? (?P<year>\d{{4}}))?)", _month),
    (r"\b(?:in|during|of|for|since) (?P<it>(?:19|20)\d{2})\b", _year),
]  # fmt: skip


def _ranges(reading: Reading, atoms: list[Named]) -> list[Named]:
    """Two dates with `to` or `between … and` around them become one period; `since` opens one."""
    periods: list[Named] = []
    for one in atoms:
        lead = reading.between(0, one.start)
        before = periods[-1] if periods else None
        if before and ".." not in before.text and _joins(reading, before, one):
            periods[-1] = _span(before, one)
        elif re.search(r"\b(?:since|after|starting) (?:the )?$", lead):
            periods.append(replace(one, text=f"{one.text}.."))
        elif re.search(r"\b(?:before|until|till|up to) (?:the )?$", lead):
            periods.append(replace(one, text=f"..{one.text}"))
        else:
            periods.append(one)
    return periods


def _joins(reading: Reading, first: Named, second: Named) -> bool:
    middle = reading.between(first.end, second.start)
    if not re.match(_RANGE_WORDS, middle):
        return False
    lead = reading.between(0, first.start).rstrip()
    return middle.strip() != "and" or re.search(r"\bbetween(?: the)?$", lead) is not None


def _span(first: Named, second: Named) -> Named:
    """From one to the other; a guessed year follows the one that was given."""
    start, end = first, second
    if first.is_guess and not second.is_guess and re.match(r"\d{4}-", second.text):
        start = replace(first, text=second.text[:4] + first.text[4:], assumed="")
    if start.text > end.text and first.is_guess:
        start = replace(start, text=f"{int(end.text[:4]) - 1}{start.text[4:]}")
    if first.is_guess and second.is_guess and start.text[:4] != end.text[:4] and start.text[4:] <= end.text[4:]:
        start = replace(start, text=end.text[:4] + start.text[4:])
    return Named(first.start, second.end, f"{start.text}..{end.text}", end.assumed or start.assumed)


def local_day(moment: datetime, zone: str) -> date:
    """The wall-clock day of a moment."""
    return moment.astimezone(ZoneInfo(zone)).date()

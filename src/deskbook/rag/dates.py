"""The periods a question names, in the order they stand: dates, months, weekdays, relative words, ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from deskbook.rag.calendar import Calendar
from deskbook.rag.date_patterns import Desk, Named, desk_of, filled, patterns
from deskbook.rag.reading import Reading


def find_periods(reading: Reading, days: Calendar, code: str) -> list[Named]:
    """Every period in the question, taken from it.

    Args:
        code: the question's language.

    Raises:
        BadValue: something written like a date is none.
    """
    desk = desk_of(days, code)
    atoms: list[Named] = []
    for found in _atoms(reading, desk):
        reading.take(found.start, found.end)
        atoms.append(found)
    atoms = _without_weekdays(sorted(atoms, key=lambda one: one.start), reading, desk)
    periods = _with_year(_ranges(reading, atoms, desk))
    for one in periods:
        reading.take(one.start, one.end, one.text)
    return periods


def speaks_of_later(reading: Reading, days: Calendar, code: str) -> bool:
    """Whether the question names a period that has not begun."""
    words = desk_of(days, code).words
    return re.search(filled(words.next_unit, words), reading.lower) is not None


def _atoms(reading: Reading, desk: Desk) -> Iterator[Named]:
    """Single dates and periods; patterns that say more come first."""
    for pattern, make in patterns(desk.says.code):
        for match in list(reading.matches(pattern)):
            found = make(match, desk)
            if found is not None and reading.is_free(match.start(), match.end()):
                start, end = match.span("it") if "it" in match.re.groupindex else match.span()
                yield replace(found, start=start, end=end)


def _without_weekdays(atoms: list[Named], reading: Reading, desk: Desk) -> list[Named]:
    """`Friday, 2 October` is one day: the date says it, the weekday only repeats it."""
    kept: list[Named] = []
    for one in atoms:
        before = kept[-1] if kept else None
        if before and re.fullmatch(r"\d{4}-\d\d-\d\d", one.text):
            gap = reading.between(before.end, one.start).strip(" ,()")
            said = reading.between(before.start, before.end).strip(" .,").split()[-1]
            if said in desk.words.weekdays and gap in ("", "the", "dem", "den", "der", "el", "día", "le", "du"):
                kept.pop()
                one = replace(one, start=before.start)
        kept.append(one)
    return kept


def _ranges(reading: Reading, atoms: list[Named], desk: Desk) -> list[Named]:
    """Two dates with `to` or `between … and` around them become one period; `since` opens one."""
    periods: list[Named] = []
    for one in atoms:
        lead = reading.between(0, one.start)
        before = periods[-1] if periods else None
        if before and ".." not in before.text.removesuffix("..") and _joins(reading, before, one, desk):
            periods[-1] = _span(replace(before, text=before.text.removesuffix("..")), one)
        elif ".." not in one.text and re.search(rf"\b{desk.words.since} $", lead):
            periods.append(replace(one, text=f"{one.text}.."))
        elif ".." not in one.text and re.search(rf"\b{desk.words.until} $", lead):
            periods.append(replace(one, text=f"..{one.text}"))
        else:
            periods.append(one)
    return periods


def _with_year(periods: list[Named]) -> list[Named]:
    """`Q3, the period of 2026`: a year on its own is that of the one whose year was guessed."""
    years = [one for one in periods if re.fullmatch(r"\d{4}", one.text)]
    guessed = [one for one in periods if one.is_guess]
    if len(periods) != 2 or len(years) != 1 or len(guessed) != 1:
        return periods
    (year,), (one,) = years, guessed
    text = re.sub(r"\b\d{4}(?=-)", year.text, one.text)
    return [replace(one, end=max(one.end, year.end), text=text, assumed="", is_guess=False)]


def _joins(reading: Reading, first: Named, second: Named, desk: Desk) -> bool:
    middle = reading.between(first.end, second.start).strip()
    words = desk.words
    if re.fullmatch(rf"(?:{words.to})(?: \w{{2,3}}){{0,2}}", middle):
        return True
    if not re.fullmatch(rf"(?:{words.both})(?: \w{{2,3}}){{0,2}}", middle):
        return False
    return re.search(rf"\b{words.between}$", reading.between(0, first.start).rstrip()) is not None


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

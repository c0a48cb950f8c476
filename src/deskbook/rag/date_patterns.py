"""Single dates and periods as a language writes them: patterns, and what each match means."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Final

from deskbook.errors import BadValue
from deskbook.rag.calendar import Calendar
from deskbook.rag.says import Says, says_in
from deskbook.rag.words import DateWords, words_of

LOOK_BACK_YEARS: Final = 30
ISO: Final = r"\d{4}-\d{2}-\d{2}"
NUMBER: Final = r"\d{1,4}"
OF_YEAR: Final = r"(?:(?:,? |/)(?:de |del |of |des jahres |im jahr )?(?:l'année )?(?P<year>\d{4}))?"
_GAP: Final = re.compile(r"\{(\w+)\}")


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


@dataclass(frozen=True)
class Desk:
    """What a date is read against: the days there are, and the language."""

    days: Calendar
    words: DateWords
    says: Says


Make = Callable[[re.Match[str], Desk], Named | None]


def desk_of(days: Calendar, code: str) -> Desk:
    """What dates of a language are read against."""
    return Desk(days, words_of(code).dates, says_in(code))


def _of(text: str, assumed: str = "", *, is_guess: bool = False) -> Named:
    return Named(0, 0, text, assumed, is_guess)


def _group(match: re.Match[str], name: str) -> str:
    """The group of that name, or of it with a number, that holds something."""
    held = (value for key, value in match.groupdict().items() if value and re.fullmatch(rf"{name}\d*", key))
    return next(held, "")


def _count(match: re.Match[str], desk: Desk) -> int:
    said = _group(match, "count")
    return int(said) if said.isdigit() else desk.words.counts.get(said, 1)


def _unit(match: re.Match[str], desk: Desk) -> str:
    return desk.words.units[_group(match, "unit")]


def _as_written(match: re.Match[str], desk: Desk) -> Named:
    del desk
    return _of(match[0].upper() if re.match(r"\d{4}-?[qw]", match[0]) else match[0])


def _always(text: str) -> Make:
    return lambda match, desk: _of(text)


def _days_of_month(match: re.Match[str], desk: Desk) -> Named:
    """Oct 1-7, 2017; 1. bis 7. Oktober."""
    month, year = _group(match, "month"), _group(match, "year")
    first, last = (_in_month(month, _group(match, name), year, desk) for name in ("first", "last"))
    return _of(f"{first.text}..{last.text}", first.assumed, is_guess=first.is_guess)


def _day_of_month(match: re.Match[str], desk: Desk) -> Named:
    return _in_month(_group(match, "month"), _group(match, "day"), _group(match, "year"), desk)


def _in_month(month: str, day: str, year: str, desk: Desk) -> Named:
    digits = re.sub(r"\D", "", day)
    which = int(digits) if digits else 1
    return _dated(desk.words.months[month], which, year, desk, f"{which} {month.capitalize()}")


def _dated(month: int, day: int, year: str, desk: Desk, written: str) -> Named:
    """A day of a year; without one the latest that holds data, else the latest past one."""
    if year:
        return _of(_made(int(year) + (2000 if len(year) == 2 else 0), month, day, desk).isoformat())
    today = desk.days.today
    tried = [one for back in range(LOOK_BACK_YEARS) if (one := _valid(today.year - back, month, day))]
    past = [one for one in tried if one <= today]
    if not past:
        raise BadValue(desk.says("no_date", written=written))
    chosen = next((one for one in past if one in desk.days.days), past[0])
    return _of(chosen.isoformat(), desk.says("no_year", year=chosen.year), is_guess=True)


def _made(year: int, month: int, day: int, desk: Desk) -> date:
    found = _valid(year, month, day)
    if found is None:
        raise BadValue(desk.says("no_date", written=f"{year}-{month:02}-{day:02}"))
    return found


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _in_numbers(match: re.Match[str], desk: Desk) -> Named | None:
    """31.10.2025, 10/31, 31-10-2025: where both orders are dates, the one with data or the language's own."""
    one, two, written = int(match["one"]), int(match["two"]), match[0].strip()
    year = match.groupdict().get("year") or ""
    is_dotted = "." in match[0]
    if is_dotted or one > 12 or two > 12 or one == two:
        if not year and not is_dotted and not (1 <= min(one, two) <= 12 and max(one, two) <= 31):
            return None
        month, day = (two, one) if is_dotted or one > 12 else (one, two)
        return _dated(month, day, year, desk, written)
    day_first, month_first = (_dated(month, day, year, desk, written) for month, day in ((two, one), (one, two)))
    held = [date.fromisoformat(named.text) in desk.days.days for named in (day_first, month_first)]
    is_day_first = held[0] if held[0] != held[1] else desk.words.day_first
    found, key = (day_first, "day_first") if is_day_first else (month_first, "month_first")
    said = desk.says(key, written=written, day=desk.says.day(date.fromisoformat(found.text)))
    return _of(found.text, f"{found.assumed} {said}".strip(), is_guess=found.is_guess)


def _month(match: re.Match[str], desk: Desk) -> Named:
    number, year = desk.words.months[_group(match, "month")], _group(match, "year")
    if year:
        return _of(f"{year}-{number:02}")
    today = desk.days.today
    years = range(today.year, today.year - LOOK_BACK_YEARS, -1)
    past = [one for one in years if (one, number) <= (today.year, today.month)]
    chosen = next((one for one in past if desk.days.has_month(one, number)), past[0])
    return _of(f"{chosen}-{number:02}", desk.says("no_year", year=chosen), is_guess=True)


def _part_of_month(match: re.Match[str], desk: Desk) -> Named:
    """The first half, the second week: days 1 to 15, 8 to 14; the last week is the last seven days, a third is ten."""
    whole = _month(match, desk)
    year, month = (int(part) for part in whole.text.split("-"))
    days = monthrange(year, month)[1]
    third = desk.words.thirds.get(_group(match, "third"))
    if third:
        first, last = {1: (1, 10), 2: (11, 20), 3: (21, days)}[third]
        text = f"{whole.text}-{first:02}..{whole.text}-{last:02}"
        said = desk.says("weekday_taken", weekday=match[0].strip().capitalize(), day=text)
        return replace(whole, text=text, assumed=f"{whole.assumed} {said}".strip())
    is_half, is_last = match["size"] in desk.words.half, match["part"] in desk.words.last
    number = 0 if is_last else next(n for start, n in desk.words.ordinals.items() if match["part"].startswith(start))
    if is_half:
        first, last = (1, 15) if number == 1 else (16, days)
    else:
        first, last = (days - 6, days) if is_last else (7 * number - 6, 7 * number)
    return replace(whole, text=f"{whole.text}-{first:02}..{whole.text}-{last:02}")


def _weekday(match: re.Match[str], desk: Desk, *, is_last: bool = False) -> Named:
    said = _group(match, "weekday")
    back = (desk.days.today.weekday() - desk.words.weekdays[said]) % 7
    chosen = desk.days.today - timedelta(days=7 if is_last and back == 0 else back)
    return _of(chosen.isoformat(), desk.says("weekday_taken", weekday=said.capitalize(), day=chosen.isoformat()))


def _last_weekday(match: re.Match[str], desk: Desk) -> Named:
    return _weekday(match, desk, is_last=True)


def _last_count(match: re.Match[str], desk: Desk) -> Named:
    count, unit = _count(match, desk), _unit(match, desk)
    return _of(f"last {count} {unit}{'' if count == 1 else 's'}")


def _named_unit(which: str) -> Make:
    def make(match: re.Match[str], desk: Desk) -> Named:
        unit = _unit(match, desk)
        return _of(f"{which} {unit}" if unit != "hour" else "last 1 hour")

    return make


def _ago(match: re.Match[str], desk: Desk) -> Named | None:
    return _back(_unit(match, desk), _count(match, desk), desk, match[0])


def _before_last(match: re.Match[str], desk: Desk) -> Named | None:
    return _back(_unit(match, desk), 2, desk, match[0])


def _back(unit: str, count: int, desk: Desk, written: str) -> Named | None:
    """The whole day, week, month, quarter or year so many of them back."""
    today = desk.days.today
    if unit == "hour":
        return None
    if unit == "day":
        return _of((today - timedelta(days=count)).isoformat())
    if unit == "week":
        year, week, _ = (today - timedelta(weeks=count)).isocalendar()
        text = f"{year}-W{week:02}"
    else:
        size = {"month": 1, "quarter": 3, "year": 12}[unit]
        year, month = divmod(today.year * 12 + today.month - 1 - count * size, 12)
        text = {"month": f"{year}-{month + 1:02}", "quarter": f"{year}-Q{month // 3 + 1}", "year": f"{year}"}[unit]
    return _of(text, desk.says("weekday_taken", weekday=written.strip().capitalize(), day=text))


def _weekend(weeks_back: int) -> Make:
    def make(match: re.Match[str], desk: Desk) -> Named:
        today = desk.days.today
        saturday = today - timedelta(days=(today.weekday() - 5) % 7)
        is_weekend = today.weekday() >= 5
        saturday -= timedelta(weeks=weeks_back if is_weekend else 0)
        return _of(f"{saturday}..{saturday + timedelta(days=1)}")

    return make


def _ordinal(said: str, desk: Desk) -> int:
    return int(said) if said.isdigit() else next(n for word, n in desk.words.ordinals.items() if said.startswith(word))


def _quarter(match: re.Match[str], desk: Desk) -> Named:
    said, year = _group(match, "number") or _group(match, "word"), _group(match, "year")
    number = 4 if said in desk.words.last else _ordinal(said, desk)
    text = f"{year or desk.days.today.year}-Q{number}"
    return _of(text, "" if year else desk.says("no_year", year=desk.days.today.year), is_guess=not year)


def _iso_week(match: re.Match[str], desk: Desk) -> Named | None:
    week, given = int(_group(match, "number")), _group(match, "year")
    year = int(given) if given else desk.days.today.year
    if not 1 <= week <= 53:
        return None
    if not given and date.fromisocalendar(year, min(week, 52), 1) > desk.days.today:
        year -= 1
    return _of(f"{year}-W{week:02}", "" if given else desk.says("no_year", year=year))


def _week_of(match: re.Match[str], desk: Desk) -> Named | None:
    """The calendar week in which a date lies."""
    inner = match["date"]
    for pattern, make in _single(desk.says.code):
        found = re.fullmatch(pattern, inner)
        named = make(found, desk) if found else None
        if named:
            year, week, _ = date.fromisoformat(named.text).isocalendar()
            return _of(f"{year}-W{week:02}", named.assumed)
    return None


def _year(match: re.Match[str], desk: Desk) -> Named:
    del desk
    return _of(match["it"])


def _any(words: Mapping[str, object] | list[str]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


def filled(template: str, words: DateWords) -> str:
    """A pattern with `{count}`, `{unit}`, `{weekday}` as groups; the same gap twice becomes two groups."""
    made = {
        "count": rf"{NUMBER}|{_any(words.counts)}", "unit": _any(words.units), "weekday": _any(words.weekdays),
        "later": f"{_any(words.units)}|{_any(words.weekdays)}",
    }  # fmt: skip
    seen: dict[str, int] = {}

    def gap(match: re.Match[str]) -> str:
        name = match[1]
        if name not in made:
            return match[0]
        seen[name] = seen.get(name, 0) + 1
        return f"(?P<{name}{seen[name]}>{made[name]})"

    return rf"\b(?:{_GAP.sub(gap, template)})(?!\w)"


@cache
def _single(code: str) -> list[tuple[str, Make]]:
    """Patterns of one day."""
    words = words_of(code).dates
    month = rf"(?P<month>{_any(words.months)})\b\.?"
    year = rf"(?:{words.before_year}(?P<year>\d{{4}})\b(?![-:.]\d))?"
    day = words.day.replace("(\\d{1,2}", "(?P<day>\\d{1,2}", 1)
    return [
        (rf"\b{ISO}\b(?!t|:\d)", _as_written),
        (r"\b(?P<one>\d{1,2})(?P<by>[./-])(?P<two>\d{1,2})(?P=by)(?P<year>\d{4}|\d{2})\b(?![-.:/]\d)", _in_numbers),
        (r"\b(?P<one>\d{1,2})\.(?P<two>\d{1,2})\.(?!\d)", _in_numbers),
        (r"\b(?P<one>\d{1,2})/(?P<two>\d{1,2})\b(?![/\d])", _in_numbers),
        (r"\b(?:am|vom|bis|zum|seit|dem|den) (?P<it>(?P<one>\d{1,2})\.(?P<two>\d{1,2}))\b(?!\.?\d)", _in_numbers),
        (rf"\b{month} {day}(?!\w){year}", _day_of_month),
        (rf"(?<!\w){day}{words.between_day_and_month} {month}{year}", _day_of_month),
    ]


@cache
def patterns(code: str) -> list[tuple[str, Make]]:
    """Patterns of a language, those that say more first; a group `it` is all that is taken."""
    words = words_of(code).dates
    months = _any(words.months)
    sure = _any([word for word in words.months if word not in words.unsure])
    year = rf"(?:{words.before_year}(?P<year>\d{{4}})\b(?![-:.]\d))?"
    first, last = (words.day.replace("(\\d{1,2}", f"(?P<{name}>\\d{{1,2}}", 1) for name in ("first", "last"))
    join = rf" ?(?:{words.to}|{words.both}) ?"
    dates = "|".join(re.sub(r"\(\?P<\w+>", "(?:", pattern).replace("(?P=by)", "[./-]") for pattern, _ in _single(code))
    part = words.part_of_month.replace("{month}", rf"(?P<month>{months})\b\.?{year}")
    part = part.replace("{month2}", rf"(?P<month2>{months})\b\.?{year.replace('<year>', '<year2>')}")
    own = [(filled(part, words), _part_of_month), (filled(words.fortnight, words), _always("last 14 days"))]
    return [
        *(own if part else []),
        (rf"\b{ISO}\.\.{ISO}\b(?!t|:\d)", _as_written),
        (filled(words.week_of.replace("{date}", f"(?P<date>{dates})"), words), _week_of),
        (r"\b\d{4}-(?:q[1-4]|w\d{1,2}|\d{2})(?:\.\.\d{4}-\d{2})?\b(?!-\d)", _as_written),
        (r"(?<!\w)-\d{1,4}[hdwmqy]\b", _as_written),
        (rf"\b(?P<month>{months})\b\.? {first}{join}{last}(?!\w)(?! (?:{months})){year}", _days_of_month),
        (rf"(?<!\w){first}{join}{last}{words.between_day_and_month} (?P<month>{months})\b\.?{year}", _days_of_month),
        *_single(code),
        (r"\b(?P<year>\d{4})(?:'s)?,? " + filled(words.quarter, words).replace(r"\b", "", 1), _quarter),
        (filled(words.quarter, words) + OF_YEAR, _quarter),
        (filled(words.iso_week, words) + r"(?:,? (?:of |de |del )?(?P<year>\d{4}))?(?! ago)", _iso_week),
        (filled(words.before_yesterday, words), lambda match, desk: _back("day", 2, desk, match[0])),
        (filled(words.last_count, words), _last_count),
        (filled(words.ago, words), _ago),
        (filled(words.yesterday, words), _always("yesterday")),
        (filled(words.today, words), _always("today")),
        (filled(words.last_weekend, words), _weekend(1)),
        (filled(words.this_weekend, words), _weekend(0)),
        (filled(words.unit_before_last, words), _before_last),
        (filled(words.last_unit, words), _named_unit("last")),
        (filled(words.this_unit, words), _named_unit("this")),
        (filled(words.last_weekday, words), _last_weekday),
        (filled(words.weekday, words), _weekday),
        (rf"\b(?:{words.month_leads}) (?P<it>(?P<month>{months})\b\.?{year})", _month),
        (rf"\b(?P<it>(?P<month>{sure})\b\.?{year})", _month),
        (rf"\b(?P<month>{months})\b\.?{words.before_year}(?P<year>\d{{4}})\b(?![-:.]\d)", _month),
        (rf"(?<!\w)(?P<it>(?P<month>{months}))(?= (?:{words.to}|{words.both}) |-(?:{months})\b)"
         r"(?! (?:to|and) (?:be|we|i)\b)", _month),
        (rf"\b(?:{words.year_leads}) (?P<it>(?:19|20)\d{{2}})\b", _year),
    ]  # fmt: skip

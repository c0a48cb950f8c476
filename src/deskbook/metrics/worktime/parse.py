"""Schedules from `deskbook.toml`.

    [[schedules]]
    name = "office"
    zone = "Europe/Berlin"
    hours = {mon = "09:00-12:30 13:30-18:00", "tue-fri" = "09:00-17:00", sat = "22:00-06:00"}
    holidays = "DE-BE"                           # or a list
    closed = ["2026-12-24", "2026-12-27..2026-12-30"]
    open = {"2026-12-05" = "10:00-14:00"}
    for = {channel = ["chat"], team = ["Billing"]}
    [[schedules.versions]]
    since = "2026-07-01"
    hours = {"mon-fri" = "08:00-16:00"}          # what a version does not name stays as it was

What cannot be meant (an unknown key, a clock that is none) raises; what can be, by a rule, is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from deskbook.errors import ConfigError, UnknownName
from deskbook.metrics.dimensions import CUSTOM, DIMENSIONS
from deskbook.metrics.worktime.rules import countries
from deskbook.metrics.worktime.schedule import (
    DAY_MINUTES,
    DAYS,
    Notes,
    Parsed,
    Schedule,
    Span,
    Version,
    joined,
    known_zone,
    latest_of_each_day,
    note_if_never_open,
    together,
    within_week,
)

CONTENT: Final = ("zone", "hours", "holidays", "closed", "open")
SCHEDULE_KEYS: Final = ("name", *CONTENT, "for", "versions")
VERSION_KEYS: Final = ("since", *CONTENT)
CLAIMS: Final = tuple(
    name for name, one in DIMENSIONS.items() if one.kind in ("word", "tag") and "tickets" in one.on and name != "ticket"
)
"""Dimensions that `for` may name, besides `custom.<field>`."""
CLOCK_SPAN: Final = re.compile(r"(\d{1,2}):(\d{2})[-–](\d{1,2}):(\d{2})")


def parse_schedules(tables: Sequence[Mapping[str, Any]], *, zone: str) -> Parsed:
    """Schedules of the `[[schedules]]` tables.

    Args:
        zone: the workspace's IANA zone, for schedules that name none or one that does not exist.

    Raises:
        UnknownName: a key or a weekday nobody knows, with the closest known one.
        ConfigError: a value that cannot be read.
    """
    return together(*(_schedule(table, zone) for table in tables))


def claims(value: object, where: str) -> dict[str, tuple[str, ...]]:
    """What `for` says: dimension -> values; empty when it claims every ticket.

    Raises:
        UnknownName: no dimension has that name.
        ConfigError: the values are neither a word nor a list of words.
    """
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ConfigError(f"{where}: for wants a table such as {{channel = ['chat']}}, got {value!r}.")
    found = {}
    for name, values in value.items():
        if name not in CLAIMS and not CUSTOM.match(str(name)):
            raise UnknownName(f"key in for of {where}", str(name), [*CLAIMS, "custom.<field>"])
        listed = [values] if isinstance(values, str) else values
        if not isinstance(listed, list | tuple) or not listed:
            raise ConfigError(f"{where}: for.{name} wants a list of values, got {values!r}.")
        found[str(name)] = tuple(str(one) for one in listed)
    return found


def day_of(value: object, where: str) -> date:
    """A date as TOML, JSON or a table holds it.

    Raises:
        ConfigError: it is none.
    """
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ConfigError(f"{where}: {value!r} is no date. Write it as 2026-12-24.") from None


def stretch(first: date, last: date, notes: Notes) -> tuple[date, date]:
    """First and last closed day in order; the wrong way round is noted."""
    if first <= last:
        return first, last
    said = f"closed from {first} to {last}, which ends before it starts"
    notes.add("schedule_days_reversed", said, "the days were read the other way round")
    return last, first


def _schedule(table: Mapping[str, Any], zone: str) -> Parsed:
    name = table.get("name")
    if not isinstance(name, str) or not name.strip():
        raise ConfigError(f'A schedule wants a name, got {name!r}. Write name = "office" under [[schedules]].')
    where, notes = f"schedule '{name}'", Notes(name)
    _check_keys(table, SCHEDULE_KEYS, where)
    version = _changed(Version(None, zone), table, zone, where, notes)
    versions = [version]
    later = table.get("versions", [])
    if not isinstance(later, list) or not all(isinstance(one, Mapping) for one in later):
        raise ConfigError(f"{where}: versions wants [[schedules.versions]] tables, got {later!r}.")
    for since, said in sorted(((_since(one, where), one) for one in later), key=lambda one: one[0]):
        version = _changed(replace(version, since=since), said, zone, f"{where} since {since}", notes)
        versions.append(version)
    ready = latest_of_each_day(versions, notes)
    note_if_never_open(ready, notes)
    claimed = claims(table.get("for"), where)
    return Parsed((Schedule(name, ready, claimed, name, not claimed),), tuple(notes.findings))


def _since(table: Mapping[str, Any], where: str) -> date:
    _check_keys(table, VERSION_KEYS, f"a version of {where}")
    if "since" not in table:
        raise ConfigError(f'{where}: a version wants since, its first day. Write since = "2026-07-01".')
    return day_of(table["since"], f"{where}: since")


def _check_keys(table: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise UnknownName(f"key of {where}", str(key), known)


def _changed(before: Version, said: Mapping[str, Any], zone: str, where: str, notes: Notes) -> Version:
    """The version before with what this table says in its place."""
    changes: dict[str, Any] = {}
    if "zone" in said:
        changes["zone"] = known_zone(str(said["zone"]), zone, notes)
    if "hours" in said:
        changes["week"] = _week(said["hours"], where, notes)
    if "holidays" in said:
        changes["holidays"] = _holidays(said["holidays"], where, notes)
    if "closed" in said:
        changes["closed"] = _closed(said["closed"], where, notes)
    if "open" in said:
        changes["opened"] = _opened(said["open"], where, notes)
    return replace(before, **changes)


def _week(hours: object, where: str, notes: Notes) -> tuple[Span, ...]:
    if not isinstance(hours, Mapping):
        raise ConfigError(f'{where}: hours wants a table such as {{mon = "09:00-17:00"}}, got {hours!r}.')
    named: dict[int, str] = {}
    spans: list[Span] = []
    for key, text in hours.items():
        clock = _clock_spans(text, f"{where}: hours of {key}")
        for day in _weekdays(str(key), where):
            if day in named:
                raise ConfigError(
                    f"{where}: hours name {DAYS[day]} twice, in '{named[day]}' and in '{key}'. Write each day once."
                )
            named[day] = str(key)
            spans += [(day * DAY_MINUTES + start, day * DAY_MINUTES + end) for start, end in clock]
    return joined(within_week(spans), notes)


def _weekdays(key: str, where: str) -> list[int]:
    """Numbers, Sunday 0, of 'mon', 'wed-fri' or 'sat,sun'."""
    found = []
    for part in key.lower().replace(" ", "").split(","):
        ends = part.split("-")
        for name in ends:
            if name not in DAYS:
                raise UnknownName(f"weekday in hours of {where}", name, DAYS)
        first, last = DAYS.index(ends[0]), DAYS.index(ends[-1])
        found += [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    return found


def _clock_spans(text: object, where: str) -> list[Span]:
    """Minutes since the day's 00:00 of '09:00-12:30 13:30-18:00'; an end that is not later is the next day's."""
    if not isinstance(text, str):
        raise ConfigError(f'{where} want text such as "09:00-17:00", got {text!r}.')
    spans = []
    for part in text.replace(",", " ").split():
        found = CLOCK_SPAN.fullmatch(part)
        hours = [int(one) for one in found.groups()] if found else []
        if not found or hours[0] > 23 or hours[1] > 59 or hours[3] > 59 or hours[2] * 60 + hours[3] > DAY_MINUTES:
            raise ConfigError(f"{where}: '{part}' is no span of clock times. Write 09:00-17:00, or 22:00-24:00.")
        start, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
        if start == end:
            raise ConfigError(f"{where}: '{part}' has no length. Write 00:00-24:00 for the whole day.")
        spans.append((start, end if end > start else end + DAY_MINUTES))
    return spans


def _holidays(value: object, where: str, notes: Notes) -> tuple[str, ...]:
    found = []
    for code in _listed(value, f"{where}: holidays"):
        country, _, region = str(code).strip().partition("-")
        known = countries()
        if country.upper() not in known:
            notes.add(
                "schedule_country_unknown", f"no holidays are known for '{code}'", "it has no holidays from there"
            )
        elif region and region not in known[country.upper()]:
            listed = ", ".join(known[country.upper()]) or "none"
            said = f"'{country.upper()}' has no region '{region}' (known: {listed})"
            notes.add("schedule_region_unknown", said, f"the holidays of all of {country.upper()} hold")
            found.append(country.upper())
        else:
            found.append(f"{country.upper()}-{region}" if region else country.upper())
    return tuple(dict.fromkeys(found))


def _closed(value: object, where: str, notes: Notes) -> tuple[tuple[date, date], ...]:
    found = []
    for one in _listed(value, f"{where}: closed"):
        first, _, last = (str(one), "", "") if isinstance(one, date) else str(one).partition("..")
        begins = day_of(first.strip(), f"{where}: closed")
        found.append(stretch(begins, day_of(last.strip(), f"{where}: closed") if last else begins, notes))
    return tuple(found)


def _opened(value: object, where: str, notes: Notes) -> tuple[tuple[date, tuple[Span, ...]], ...]:
    if not isinstance(value, Mapping):
        raise ConfigError(f'{where}: open wants a table such as {{"2026-12-05" = "10:00-14:00"}}, got {value!r}.')
    found = []
    for day, text in value.items():
        spans = _clock_spans(text, f"{where}: open on {day}")
        found.append((day_of(day, f"{where}: open"), joined(spans, notes, day=str(day))))
    return tuple(sorted(found))


def _listed(value: object, where: str) -> list[Any]:
    if isinstance(value, str | date):
        return [value]
    if not isinstance(value, list | tuple):
        raise ConfigError(f"{where} wants text or a list, got {value!r}.")
    return list(value)

"""Schedules from rows, as a help desk's schedules are synchronised: one row a schedule version."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from deskbook.errors import BadValue
from deskbook.metrics.worktime.parse import claims, day_of, stretch
from deskbook.metrics.worktime.schedule import (
    WEEK_MINUTES,
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


def schedules_from_rows(rows: Sequence[Mapping[str, Any]], *, zone: str) -> Parsed:
    """Schedules of a standard table's rows.

    Args:
        rows: one row a schedule version, rows of one name being versions of it: id, name, zone, since (a
            date or null), intervals (list of [start, end] in minutes since Sunday 00:00, Zendesk's form),
            holidays (list of [first day, last day], both inclusive), applies_to (as `for` in
            `deskbook.toml`). The last three are JSON text, or what JSON text means.
        zone: the workspace's IANA zone, for rows with a zone that does not exist.

    Raises:
        BadValue: a row's JSON does not have that form.
        ConfigError: a date is none, or applies_to names no dimension.
    """
    grouped: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(str(row["name"]), []).append(row)
    return together(*(_schedule(name, versions, zone) for name, versions in grouped.items()))


def _schedule(name: str, rows: Sequence[Mapping[str, Any]], zone: str) -> Parsed:
    ordered = sorted(rows, key=lambda row: _since(row) or date.min)
    newest = ordered[-1]
    notes = Notes(name)
    versions = latest_of_each_day([_version(row, zone, notes) for row in ordered], notes)
    note_if_never_open(versions, notes)
    claimed = claims(_meant(newest, "applies_to"), f"schedule '{notes.subject}'")
    schedule = Schedule(name, versions, claimed, str(newest["id"]), not claimed)
    return Parsed((schedule,), tuple(notes.findings))


def _version(row: Mapping[str, Any], zone: str, notes: Notes) -> Version:
    where = f"schedule '{notes.subject}'"
    spans = [span for span in _pairs(row, "intervals", int, notes) if _is_possible(span, notes)]
    days = [
        stretch(day_of(first, f"{where}: holidays"), day_of(last, f"{where}: holidays"), notes)
        for first, last in _pairs(row, "holidays", str, notes)
    ]
    own = str(row.get("zone") or zone)
    return Version(_since(row), known_zone(own, zone, notes), joined(within_week(spans), notes), closed=tuple(days))


def _since(row: Mapping[str, Any]) -> date | None:
    value = row.get("since")
    return None if value is None else day_of(value, f"schedule {row['id']}: since")


def _is_possible(span: Span, notes: Notes) -> bool:
    start, end = span
    if end <= start:
        said = f"the span [{start}, {end}] ends before it starts"
        notes.add("schedule_span_reversed", said, "the span was left out")
    elif start < 0 or start >= WEEK_MINUTES or end - start > WEEK_MINUTES:
        said = f"the span [{start}, {end}] lies outside the {WEEK_MINUTES} minutes of a week"
        notes.add("schedule_span_outside_week", said, "the span was left out")
    else:
        return True
    return False


def _meant(row: Mapping[str, Any], column: str) -> Any:
    value = row.get(column)
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value) if value.strip() else None
    except json.JSONDecodeError as error:
        raise BadValue(f"Schedule {row['id']}: {column} wants JSON, got {value[:40]!r} ({error}).") from None


def _pairs(row: Mapping[str, Any], column: str, kind: type, notes: Notes) -> list[tuple[Any, Any]]:
    value = _meant(row, column)
    if value is None:
        return []
    is_listed = isinstance(value, list | tuple) and all(
        isinstance(one, list | tuple) and len(one) == 2 and all(isinstance(part, kind) for part in one) for one in value
    )
    if not is_listed:
        wanted = "minutes" if kind is int else "days"
        raise BadValue(
            f"Schedule {row['id']} ('{notes.subject}'): {column} wants a list of [first, last] {wanted}, got {value!r}."
        )
    return [(one[0], one[1]) for one in value]

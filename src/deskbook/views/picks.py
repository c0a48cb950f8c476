"""A mark picked on a chart: every other view follows it, the chart itself keeps all its marks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from deskbook import metrics as m
from deskbook.errors import BadValue, DeskbookError
from deskbook.metrics import GRAINS, Period
from deskbook.views import wording
from deskbook.views.marks import CREATED, is_pickable, said_at
from deskbook.views.numbers import Book
from deskbook.views.reading import Chosen
from deskbook.views.series import after


@dataclass(frozen=True)
class Pick:
    """Marks of one section: the dimensions they stand at.

    Attributes:
        view: the name of the section.
        row: dimension -> value; a grain has the first and the last of its buckets.
    """

    view: str
    row: Mapping[str, Any]

    def sentence(self) -> str:
        """What is picked, for people: 'Wednesday, 14:00', 'channel chat'."""
        return ", ".join(_said(name, value) for name, value in self.row.items())


def read_pick(text: str) -> Pick | None:
    """The pick a URL describes; None for an empty text.

    Raises:
        BadValue: it is no JSON of that form, or cannot narrow a page.
        UnknownName: a dimension that does not exist.
    """
    if not text:
        return None
    try:
        said = json.loads(text)
        pick = Pick(str(said["from"]), {str(name): value for name, value in dict(said["row"]).items()})
        plain = bool(pick.row) and all(_holds(name, value) for name, value in pick.row.items())
    except (ValueError, KeyError, TypeError):
        plain = False
    if not plain:
        wanted = '{"from": "when-do-they-write", "row": {"weekday": 3, "hour_of_day": 14}}'
        raise BadValue(f"pick wants JSON such as {wanted}, got {text[:80]!r}.")
    if not is_pickable(*pick.row):
        raise BadValue(f"A page cannot be narrowed to {', '.join(pick.row)}: other charts do not know it.")
    return pick


def _holds(name: str, value: Any) -> bool:
    if name in GRAINS:
        ends = [datetime.fromisoformat(one) for one in value]
        return len(ends) == 2 and ends[0] <= ends[1]
    return value is None or isinstance(value, str | int | float)


def pick_or_problem(text: str) -> tuple[Pick | None, str]:
    """The pick, or why there is none."""
    try:
        return read_pick(text), ""
    except DeskbookError as error:
        return None, f"{error} Shown without it."


def narrowed(chosen: Chosen, pick: Pick, book: Book) -> Chosen:
    """The filters with the picked marks on top.

    Raises:
        BadValue: the marks lie outside the period.
    """
    scope = chosen.scope
    period, conditions = scope.period, []
    for name, value in pick.row.items():
        if name in GRAINS:
            period = _within(period, name, value, book)
        elif value is None:
            conditions.append(m.Condition(name, "null"))
        else:
            conditions.append(m.Condition(CREATED.get(name, name), "=", (str(value),)))
    days_off = book.days_off(period) if scope.compare == "alike" else ()
    where = m.both(scope.where, *conditions)
    sentence = f"{chosen.sentence} · only {pick.sentence()}"
    return replace(chosen, scope=replace(scope, period=period, where=where, days_off=days_off), sentence=sentence)


def _within(period: Period, grain: str, ends: list[str], book: Book) -> Period:
    """The buckets picked, as far as they lie in the page's period."""
    zone = ZoneInfo(period.zone)
    first, last = (datetime.fromisoformat(one) for one in ends)
    until = after(last, grain)
    if period.since:
        first = max(first, period.since.astimezone(zone).replace(tzinfo=None))
    if period.until:
        until = min(until, period.until.astimezone(zone).replace(tzinfo=None))
    if first >= until:
        raise BadValue(f"The marks picked, {_said(grain, ends)}, lie outside {wording.dates(period)}.")
    return book.period(m.period_text(first.replace(tzinfo=zone), until.replace(tzinfo=zone), period.zone))


def _said(name: str, value: Any) -> str:
    if name not in GRAINS:
        return said_at(name, value)
    first, last = (wording.bucket(datetime.fromisoformat(one), name) for one in value)
    return first if first == last else f"{first} to {last}"

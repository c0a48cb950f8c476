"""A mark on a page, as the tickets page takes it: which number, and the group it stands in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from deskbook.errors import BadValue, DeskbookError
from deskbook.metrics import CYCLES, GRAINS, dimension, registry
from deskbook.views import wording
from deskbook.views.numbers import metric

CREATED: Final = {"weekday": "created_weekday", "hour_of_day": "created_hour"}
"""What a mark of a cycle comes to for a ticket."""


@dataclass(frozen=True)
class Mark:
    """One number: its metric and the group it stands in."""

    metric: str
    row: Mapping[str, Any]

    def sentence(self) -> str:
        """What it is, for people: 'Tickets solved, team Billing, Wednesday'."""
        return ", ".join([metric(self.metric).label, *(said_at(name, value) for name, value in self.row.items())])


def read_mark(text: str) -> Mark | None:
    """The mark a receipt's cell describes; None for an empty text.

    Raises:
        BadValue: it is no JSON of that form.
        UnknownName: its metric or a dimension does not exist.
    """
    if not text:
        return None
    try:
        cell = json.loads(text)
        name, row = cell["metric"], dict(cell.get("row") or {})
        plain = all(isinstance(one, str | int | float | None) for one in (name, *row.values()))
    except (ValueError, KeyError, TypeError):
        plain = False
    if not plain:
        wanted = '{"metric": "tickets_created", "row": {"team": "Billing"}}'
        raise BadValue(f"cell wants JSON such as {wanted}, got {text[:80]!r}.")
    if name not in registry:  # a change leads to the rows of the number that changed
        name = str(name).removesuffix("_pct").removesuffix("_change")
    metric(name)
    for one in row:
        dimension(one)
    return Mark(name, row)


def mark_or_problem(text: str) -> tuple[Mark | None, str]:
    """The mark, or why there is none."""
    try:
        return read_mark(text), ""
    except DeskbookError as error:
        return None, f"{error} Shown without it."


def said_at(name: str, value: Any) -> str:
    """A group of a dimension with the dimension's name where it needs one: 'Wednesday', 'team Billing'."""
    if value is None:
        return f"{dimension(name).label.lower()} not set"
    if name in CYCLES:
        return wording.group(name, value)
    if name in GRAINS:
        return wording.bucket(datetime.fromisoformat(str(value)), name)
    return f"{dimension(name).label.lower()} {wording.group(name, value)}"


def is_pickable(*names: str) -> bool:
    """Whether marks at these dimensions can narrow any number: each belongs to tickets, or is a time."""
    return all(name in CREATED or name in GRAINS or _narrows(name) for name in names)


def _narrows(name: str) -> bool:
    one = dimension(name)
    return "tickets" in one.on and one.kind in ("word", "number", "tag", "custom")

"""What a chart is cut by and what it measures, changed in place by whoever looks at it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from functools import cache
from typing import Any

from deskbook.errors import BadValue, DeskbookError, UnknownName
from deskbook.metrics import CYCLES, DIMENSIONS, dimension, registry
from deskbook.metrics.dimensions import ALL_TABLES, is_looked_up
from deskbook.views.columns import Columns
from deskbook.views.drivers import Drivers
from deskbook.views.heat import Heat
from deskbook.views.multiples import Multiples
from deskbook.views.numbers import metric
from deskbook.views.ranking import Ranking
from deskbook.views.section import Section
from deskbook.views.series import Series
from deskbook.views.spread import Spread


@cache
def menus() -> str:
    """What a page offers to cut by and to measure, as JSON: the same for every page, and sent once."""
    cuts = [[one.name, one.label] for one in DIMENSIONS.values() if one.on == ALL_TABLES]
    measures = [[one.name, one.label, one.additive, one.stock, one.table] for one in registry.values()]
    return json.dumps({"by": cuts, "metrics": sorted(measures, key=lambda one: str(one[1]))})


def offered(section: Section) -> dict[str, Any] | None:
    """What of a section can be changed, and what it is now; None where nothing can.

    Returns:
        by: dimension now, where there is a choice, and by_label, its name; may_be_whole: whether it can also be cut by
        nothing.
        metric: the measure now, where there is a choice; counts_only: whether only what adds up can stand
        there; levels: whether what is a level at a moment can; tables: of which tables it may be, null for any.
    """
    held = _offered(section)
    return held and held | {"by_label": _label(held.get("by", ""), section)}


def _offered(section: Section) -> dict[str, Any] | None:
    if isinstance(section, Heat):
        return {"metric": section.metric, "counts_only": False, "levels": False}
    if isinstance(section, Spread):
        return {"by": section.by, "may_be_whole": False}
    if isinstance(section, Ranking | Multiples):
        now = {"by": section.by, "metric": section.metric, "tables": _tables(section.by)}
        return now | {"counts_only": False, "levels": True, "may_be_whole": False}
    if isinstance(section, Drivers):
        now = {"by": section.by[0] if len(section.by) == 1 else "", "metric": section.metric}
        return now | {"counts_only": True, "levels": True, "may_be_whole": False}
    if isinstance(section, Columns):
        now = {"by": section.split, "metric": section.metric, "tables": _tables(section.by)}
        return now | {"counts_only": True, "levels": section.by not in CYCLES, "may_be_whole": True}
    if not isinstance(section, Series) or section.ahead_hours:
        return None
    return {
        "by": section.by,
        "metric": section.metrics[0] if len(section.metrics) == 1 else "",
        "counts_only": section.shape == "bars",
        "levels": section.shape == "lines",
        "may_be_whole": True,
    }


def _label(by: str, section: Section) -> str:
    return dimension(by).label if by else "several" if isinstance(section, Drivers) else ""


def _tables(by: str) -> list[str] | None:
    """The tables whose measures can be counted by a dimension: all, where it is a time or belongs to tickets."""
    one = dimension(by)
    return None if one.kind == "time" or "tickets" in one.on else [*one.on]


def swapped(sections: Mapping[str, Section], text: str, known: Sequence[str]) -> tuple[list[Section], list[str]]:
    """The sections as the URL wants them, and what of it was ignored, in words.

    Args:
        sections: by the names of their views.
        known: views that are not shown now, but that may be changed.
    """
    made, problems = dict(sections), list[str]()
    for name, change in _read(text, problems).items():
        try:
            if name not in known:
                raise UnknownName("view of this page", name, known)
            if name in made:
                made[name] = _changed(made[name], change)
        except DeskbookError as error:
            problems.append(f"{error} Shown as it was.")
    return [*made.values()], problems


def _read(text: str, problems: list[str]) -> dict[str, Mapping[str, Any]]:
    if not text:
        return {}
    try:
        said = json.loads(text)
        if all(isinstance(one, dict) for one in said.values()):
            return dict(said)
    except (ValueError, AttributeError):
        pass
    problems.append(f'swap wants JSON such as {{"how-many-tickets-come-in": {{"by": "team"}}}}, got {text[:80]!r}.')
    return {}


def _changed(section: Section, change: Mapping[str, Any]) -> Section:
    """The section with another cut or measure; its title says the measure, as its question was about another one."""
    held, title = offered(section) or {}, getattr(section, "title", "")
    for key in change:
        if key not in held or key not in ("by", "metric"):
            raise BadValue(f"'{key}' of '{title}' cannot be changed.")
    values: dict[str, Any] = {}
    if "by" in change:
        values |= _cut_by(section, _cut(str(change["by"]), held))
    if "metric" in change:
        one = metric(str(change["metric"]))
        if (one.stock and not held["levels"]) or (held["counts_only"] and not one.additive):
            raise BadValue(f"{one.label} does not add up over time and cannot stand in '{title}'.")
        values |= {"metrics": (one.name,), "metric": one.name, "title": one.label, "target": None}
        values |= _whole(section, one.table) if "by" not in change else {}
    elif values.get("by") and isinstance(section, Series):
        values |= {"metrics": section.metrics[:1], "target": None}
    if values.get("by") and isinstance(section, Series) and section.shape == "lines":
        values["ghost"] = False
    known = {one.name for one in fields(section)}  # type: ignore[arg-type]
    made = replace(section, **{name: value for name, value in values.items() if name in known})  # type: ignore[type-var]
    _check(made)
    return made


def _cut_by(section: Section, by: str) -> dict[str, Any]:
    """What holds the cut of a section: columns keep what they stand for, and are stacked by it."""
    if isinstance(section, Columns):
        return {"split": by}
    return {"by": (by,) if isinstance(section, Drivers) else by}


def _whole(section: Section, table: Any) -> dict[str, Any]:
    """No cut, where a measure of another table does not know the one a chart has, and the chart can do without."""
    cut = section.split if isinstance(section, Columns) else section.by if isinstance(section, Series) else ""
    tables = _tables(cut) if cut else None
    return {} if tables is None or table in tables else _cut_by(section, "")


def _check(section: Section) -> None:
    """Raise BadValue where a measure does not know what it would be cut by: its query would fail the whole page."""
    for ask in section.asks():
        for name in ask.metrics:
            for by in ask.by:
                is_looked_up(dimension(by), metric(name).table)


def _cut(by: str, held: Mapping[str, Any]) -> str:
    if not by and held["may_be_whole"]:
        return ""
    if dimension(by).on != ALL_TABLES:
        raise BadValue(f"Charts are not cut by '{by}' in place: some measures do not know it.")
    return by

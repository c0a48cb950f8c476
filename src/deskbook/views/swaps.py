"""What a chart is cut by and what it measures, changed in place by whoever looks at it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from functools import cache
from typing import Any

from deskbook.errors import BadValue, DeskbookError, UnknownName
from deskbook.metrics import DIMENSIONS, dimension, registry
from deskbook.metrics.dimensions import ALL_TABLES
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
    measures = [[one.name, one.label, one.additive, one.stock] for one in registry.values()]
    return json.dumps({"by": cuts, "metrics": sorted(measures, key=lambda one: str(one[1]))})


def offered(section: Section) -> dict[str, Any] | None:
    """What of a section can be changed, and what it is now; None where nothing can.

    Returns:
        by: dimension now, where there is a choice; may_be_whole: whether it can also be cut by nothing.
        metric: the measure now, where there is a choice; counts_only: whether only what adds up can stand
        there; levels: whether what is a level at a moment can.
    """
    if isinstance(section, Heat):
        return {"metric": section.metric, "counts_only": False, "levels": False}
    if isinstance(section, Spread):
        return {"by": section.by, "may_be_whole": False}
    if isinstance(section, Ranking | Multiples):
        now = {"by": section.by, "metric": section.metric}
        return now | {"counts_only": False, "levels": True, "may_be_whole": False}
    if not isinstance(section, Series) or section.ahead_hours:
        return None
    return {
        "by": section.by,
        "metric": section.metrics[0] if len(section.metrics) == 1 else "",
        "counts_only": section.shape == "bars",
        "levels": section.shape == "lines",
        "may_be_whole": True,
    }


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
    held = offered(section) or {}
    for key in change:
        if key not in held or key not in ("by", "metric"):
            raise BadValue(f"'{key}' of '{getattr(section, 'title', '')}' cannot be changed.")
    values: dict[str, Any] = {}
    if "by" in change:
        values["by"] = _cut(str(change["by"]), held)
    if "metric" in change:
        one = metric(str(change["metric"]))
        if (one.stock and not held["levels"]) or (held["counts_only"] and not one.additive):
            raise BadValue(
                f"{one.label} does not add up over time and cannot stand in '{getattr(section, 'title', '')}'."
            )
        values |= {"metrics": (one.name,), "metric": one.name, "title": one.label, "target": None}
    elif values.get("by") and isinstance(section, Series):
        values |= {"metrics": section.metrics[:1], "target": None}
    if values.get("by") and isinstance(section, Series) and section.shape == "lines":
        values["ghost"] = False
    known = {one.name for one in fields(section)}  # type: ignore[arg-type]
    return replace(section, **{name: value for name, value in values.items() if name in known})  # type: ignore[type-var]


def _cut(by: str, held: Mapping[str, Any]) -> str:
    if not by and held["may_be_whole"]:
        return ""
    if dimension(by).on != ALL_TABLES:
        raise BadValue(f"Charts are not cut by '{by}' in place: some measures do not know it.")
    return by

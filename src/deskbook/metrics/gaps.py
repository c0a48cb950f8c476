"""Filters with gaps: `team = {team} and waiting_hours > {hours}` asks for values whenever it is used.

A value is put in as a value, never as text: it cannot become another condition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from deskbook.errors import BadValue, UnknownName
from deskbook.metrics.conditions import LISTS, PLACEHOLDER, Condition
from deskbook.metrics.filters import Filter, conditions, mapped


def gaps(one: Filter | None) -> dict[str, str]:
    """The gaps of a filter in the order they are written, each with the dimension it is a value of."""
    found: dict[str, str] = {}
    for condition in conditions(one):
        for value in condition.values:
            gap = PLACEHOLDER.fullmatch(value)
            if gap:
                found.setdefault(gap[1], condition.field)
    return found


def filled(one: Filter, values: Mapping[str, str | Sequence[str]]) -> Filter:
    """The filter with its gaps filled.

    Args:
        values: by the name of the gap; several where the condition takes a list.

    Raises:
        UnknownName: it has no such gap.
        BadValue: a gap is left open, or a value cannot be one of its dimension.
    """
    open_gaps = gaps(one)
    for name in values:
        if name not in open_gaps:
            raise UnknownName("gap", name, open_gaps)
    missing = [name for name in open_gaps if not values.get(name)]
    if missing:
        raise BadValue(f"The filter asks for {' and '.join(missing)}. Write such as ({missing[0]}=…).")
    made = mapped(one, lambda condition: _filled(condition, values))
    for condition in conditions(made):
        condition.check()
    return made


def _filled(condition: Condition, values: Mapping[str, str | Sequence[str]]) -> Condition:
    held: list[str] = []
    for value in condition.values:
        gap = PLACEHOLDER.fullmatch(value)
        given = values[gap[1]] if gap else value
        held += [given] if isinstance(given, str) else given
    if len(held) > 1 and condition.op not in LISTS:
        raise BadValue(f"'{condition.text()}' takes one value, got {', '.join(held)}. Write it with in (…).")
    return replace(condition, values=tuple(held))

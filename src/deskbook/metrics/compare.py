"""A period beside the one before it: each group, or each step of a series, with its change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from deskbook.metrics.dimensions import GRAINS
from deskbook.metrics.metric import Metric
from deskbook.metrics.table import Column, Table, known

FLOAT: Final = "float64"
Place = tuple[Any, ...]


def compared(now: Table, then: Table, metrics: Sequence[Metric], by: Sequence[str]) -> Table:
    """Both periods as one table: now's columns, then `<metric>_before`, its n, the change and the change in percent.

    The first step of a series stands beside the first one of the period before, the second beside the second.
    Groups that only the period before has stay in view.
    """
    keys = [name for name in by if name not in GRAINS]
    in_steps = len(keys) < len(by)
    here, there = (_places(table, keys, in_steps) for table in (now, then))
    if in_steps or not keys:
        shown, columns = list(here), dict(now.columns)
    else:
        shown = sorted({**here, **there}, key=_unknown_last)
        columns = {name: _placed(column, here, shown) for name, column in now.columns.items()}
        columns |= {
            name: Column([place[at] for place in shown], now.columns[name].dtype) for at, name in enumerate(keys)
        }
        columns |= {name: _counted(columns[name]) for name in map(_count, metrics)}
    columns |= {_before(name): _placed(then.columns[name], there, shown) for name in then.columns if name not in by}
    for metric in metrics:
        columns |= _changes(metric, columns)
    return Table(columns)


def _places(table: Table, keys: Sequence[str], in_steps: bool) -> dict[Place, int]:
    """Rows by what they are found by in the other period: their group and, in a series, which of its steps they are."""
    groups: Iterator[Place] = zip(*(table.columns[name].values for name in keys), strict=True)
    steps: Counter[Place] = Counter()
    found: dict[Place, int] = {}
    for row, group in enumerate(groups if keys else [()] * len(table)):
        found[(*group, steps[group]) if in_steps else group] = row
        steps[group] += 1
    return found


def _unknown_last(place: Place) -> list[tuple[bool, Any]]:
    return [(value is None, value) for value in place]


def _placed(column: Column, rows: Mapping[Place, int], shown: Sequence[Place]) -> Column:
    """A column's values at the places shown; whole numbers with a gap become floats, as in pandas."""
    values = [column.values[rows[place]] if place in rows else None for place in shown]
    if column.is_whole and None not in column.values and None in values:
        return Column([None if value is None else float(value) for value in values], FLOAT)
    return Column(values, column.dtype)


def _count(metric: Metric) -> str:
    return f"{metric.name}_n" if metric.n else metric.name


def _counted(column: Column) -> Column:
    """A count where only the period before has the group is zero."""
    values = [value or 0 for value in column.values]
    return Column([*map(int, values)], "int64") if all(value % 1 == 0 for value in values) else Column(values, FLOAT)


def _before(name: str) -> str:
    return f"{name.removesuffix('_n')}_before_n" if name.endswith("_n") else f"{name}_before"


def _changes(metric: Metric, columns: Mapping[str, Column]) -> dict[str, Column]:
    """Change against the earlier period; unknown where that one holds nothing, or nothing comparable."""
    name = metric.name
    before = columns[f"{name}_before"].values
    sizes = columns[f"{name}_before_n"].values if metric.n else before
    if metric.is_current:
        sizes = [None] * len(before)
    found = [_change(*values) for values in zip(columns[name].values, before, sizes, strict=True)]
    made = zip(*found, strict=True) if found else ((), (), ())
    names = (f"{name}_before", f"{name}_change", f"{name}_change_pct")
    return {name: Column([*map(known, values)], FLOAT) for name, values in zip(names, made, strict=True)}


def _change(now: float | None, before: float | None, size: float | None) -> tuple[float | None, ...]:
    if before is None or not size:
        return None, None, None
    before = float(before)
    if now is None:
        return before, None, None
    change = float(now) - before
    return before, change, 100.0 * change / abs(before) if before else None

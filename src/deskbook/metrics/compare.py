"""A period beside the one before it: each group, or each step of a series, with its change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from deskbook.metrics.compile import columns as columns_of
from deskbook.metrics.dimensions import GRAINS
from deskbook.metrics.metric import Metric
from deskbook.metrics.periods import Period
from deskbook.metrics.table import Column, Table, known

FLOAT: Final = "float64"
Place = tuple[Any, ...]


@dataclass(frozen=True)
class Kept:
    """What is compared where days are left out of both periods.

    Attributes:
        table: the metrics over the days compared.
        now, then: the periods, without the days left out.
    """

    table: Table
    now: Period
    then: Period

    def compares(self, grain: str) -> Callable[[Place], bool]:
        """Whether a place of the result, in a series its step, has a day that is compared."""
        if not grain:
            return lambda place: True
        days, first = {*self.now.dates} - {*self.now.without}, step_of(begin_of(self.now), grain)
        if grain == "hour":
            return lambda place: date.fromordinal((place[-1] + first) // 24) in days
        steps = {step_of(day, grain) - first for day in days}
        return lambda place: place[-1] in steps


def compared(
    now: Table,
    then: Table,
    metrics: Sequence[Metric],
    by: Sequence[str],
    periods: tuple[Period, Period],
    kept: Kept | None = None,
) -> Table:
    """Both periods as one table: now's columns, then `<metric>_before`, its n, the change and the change in percent.

    A step of a series stands beside the one as far from the beginning of the period before: a quiet one has no row.
    Groups that only the period before has stay in view, and a count of those that only now has was zero then, unless
    nothing at all was counted then; a metric that `then` lacks has no change. Where days were left out,
    `<metric>_alike` is the metric over the days compared, and the change is that of it.

    Args:
        periods: of now and then, both with a beginning if they are a series.
    """
    keys = [name for name in by if name not in GRAINS]
    grain = next((name for name in by if name in GRAINS), "")
    here, there = (_places(table, keys, grain, of) for table, of in zip((now, then), periods, strict=True))
    if grain or not keys:
        shown, columns = list(here), dict(now.columns)
    else:
        shown = sorted({**here, **there}, key=_unknown_last)
        columns = {name: _placed(column, here, shown) for name, column in now.columns.items()}
        columns |= {
            name: Column([place[at] for place in shown], now.columns[name].dtype) for at, name in enumerate(keys)
        }
        columns |= {name: _counted(columns[name]) for name in map(_count, metrics)}
    if kept:
        rows = _places(kept.table, keys, grain, kept.now)
        columns |= _alike(kept, metrics, rows, shown, kept.compares(grain))
    columns |= {
        _named(name, "before"): _placed(then.columns[name], there, shown) for name in then.columns if name not in by
    }
    for metric in (one for one in metrics if one.name in then.columns):
        is_counted = bool(keys and not grain and metric.additive and any(then.columns[metric.name].values))
        columns |= _changes(metric, columns, is_counted)
    return Table(columns)


def _places(table: Table, keys: Sequence[str], grain: str, period: Period) -> dict[Place, int]:
    """Rows by what they are found by in the other period: their group and, in a series, which of its steps they are."""
    groups: Iterator[Place] = zip(*(table.columns[name].values for name in keys), strict=True)
    places = list(groups) if keys else [()] * len(table)
    if grain:
        first = step_of(begin_of(period), grain)
        steps = [step_of(moment, grain) - first for moment in table.columns[grain].values]
        places = [(*group, step) for group, step in zip(places, steps, strict=True)]
    return {place: row for row, place in enumerate(places)}


def begin_of(period: Period) -> datetime:
    """The first moment on its wall clock of a period that has one."""
    assert period.since is not None
    return period.since.astimezone(ZoneInfo(period.zone)).replace(tzinfo=None)


def step_of(moment: date, grain: str) -> int:
    """Which hour, day, week, month or quarter of all a wall-clock moment lies in."""
    days = moment.toordinal()
    if grain == "hour":
        return days * 24 + (moment.hour if isinstance(moment, datetime) else 0)
    months = moment.year * 12 + moment.month - 1
    return {"day": days, "week": (days - 1) // 7, "month": months, "quarter": months // 3}[grain]


def _alike(
    kept: Kept,
    metrics: Sequence[Metric],
    rows: Mapping[Place, int],
    shown: Sequence[Place],
    compares: Callable[[Place], bool],
) -> dict[str, Column]:
    """The metrics over the days compared; a count is zero where nothing happened on them, and unknown without them."""
    places = [place for place in shown if compares(place)]
    made = {}
    for metric in (one for one in metrics if one.is_over_days):
        for name in columns_of([metric]):
            column = _placed(kept.table.columns[name], rows, places)
            column = _counted(column) if name == _count(metric) else column
            made[_named(name, "alike")] = _placed(column, {place: at for at, place in enumerate(places)}, shown)
    return made


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


def _named(name: str, which: str) -> str:
    """The name of a column's other reading: <metric>_before and, of its n, <metric>_before_n."""
    return f"{name.removesuffix('_n')}_{which}_n" if name.endswith("_n") else f"{name}_{which}"


def _changes(metric: Metric, columns: Mapping[str, Column], is_counted: bool) -> dict[str, Column]:
    """Change against the earlier period; unknown where that one holds nothing, or nothing comparable.

    Args:
        is_counted: whether a group without a row then was zero.
    """
    name = metric.name
    before = columns[f"{name}_before"].values
    if is_counted:
        before = [value or 0 for value in before]
    sizes = columns[f"{name}_before_n"].values if metric.n else [1] * len(before) if is_counted else before
    if metric.is_current:
        sizes = [None] * len(before)
    now = columns.get(f"{name}_alike", columns[name]).values
    found = [_change(*values) for values in zip(now, before, sizes, strict=True)]
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

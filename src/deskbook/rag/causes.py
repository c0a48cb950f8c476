"""Which values of which dimensions moved a metric, each figure with its receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import combinations
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd

from deskbook.analytics import Chance, count_chance, count_drivers, false_discovery, ratio_chance, ratio_drivers
from deskbook.metrics import Metric, Period, Result, registry
from deskbook.rag.contract import Numbers
from deskbook.rag.draft import Figure, Line
from deskbook.rag.names import splits
from deskbook.rag.plan import Plan
from deskbook.rag.says import Says

CUT_BY: Final = ("team", "channel", "category", "segment", "language", "source", "priority")
PAIRED: Final = ("team", "channel", "category", "segment")
MOST_PAIRED: Final = 3
BEYOND_SHARE: Final = 1.2
SURE: Final = 0.05
"""Share of values named that are named by chance, over all that were looked at (false discovery rate)."""
MOSTLY: Final = 0.7
"""A pair is named where it holds this much of what its own value moved."""


@dataclass(frozen=True)
class Movement:
    """A metric in the period and in the baseline.

    Attributes:
        now, before: results holding the metric; scale: length of the period over that of the baseline.
    """

    metric: Metric
    now: Result
    before: Result
    scale: float
    chance: Chance

    @property
    def is_share(self) -> bool:
        """Whether it is a share or mean with its n, not a count."""
        return bool(self.metric.n)

    @property
    def size(self) -> float:
        """How far it moved, against what the baseline lets expect."""
        expected = float(self.before.value(self.metric.name) or 0)
        return float(self.now.value(self.metric.name) or 0) - (expected if self.is_share else expected * self.scale)


@dataclass(frozen=True)
class Driver:
    """One value of a dimension, or of two together, with its part of a movement.

    Attributes:
        values: dimension -> value, None for one that is not set.
        p: chance of such a part, adjusted for all values looked at.
        is_small: whether its figure rests on few observations.
        is_telling: whether its part of the movement is well above its part of the observations. One that
            merely moves along with everything else (the language nearly all write in) is not.
    """

    values: tuple[tuple[str, str | None], ...]
    effect: float
    p: float
    is_small: bool
    is_telling: bool
    now: Result
    before: Result

    @property
    def row(self) -> dict[str, str | None]:
        """Where its figures stand in a result."""
        return dict(self.values)

    def label(self, says: Says) -> str:
        """`Team Billing`, `Team Billing, Channel chat`, or that the dimension is not set."""
        named = ((says.dimension(name), value) for name, value in self.values)
        return ", ".join(f"{name} {value}" if value else says("not_set", what=name) for name, value in named)


def scale_of(metric: Metric, period: Period, baseline: Period) -> float:
    """Length of the period over the baseline's; 1 for a level, which has no length."""
    if metric.stock or not period.days or not baseline.days:
        return 1.0
    return period.days / baseline.days


def measure(plan: Plan, numbers: Numbers, metric: Metric, now: Result, before: Result) -> Movement | None:
    """The movement and whether it is more than chance; None where either period holds nothing."""
    assert plan.baseline is not None
    name = metric.name
    values = now.value(name), before.value(name)
    if values[0] is None or values[1] is None:
        return None
    scale = scale_of(metric, plan.period, plan.baseline)
    daily = numbers.query([name], by=["day"], where=plan.where or None, period=plan.baseline).frame
    if not metric.n:
        counts = _every_day(daily, name, plan.baseline)
        chance = count_chance(float(values[0]), float(values[1]), counts, scale=scale)
        return Movement(metric, now, before, scale, chance)
    sizes = now.value(f"{name}_n"), before.value(f"{name}_n")
    if not sizes[0] or not sizes[1]:
        return None
    days = _numeric(daily[[name, f"{name}_n"]]).set_axis(["value", "n"], axis=1)
    whole = 100.0 if metric.unit == "%" else None
    chance = ratio_chance(float(values[0]), sizes[0], float(values[1]), sizes[1], days, scale=whole)
    return Movement(metric, now, before, scale, chance)


def _every_day(daily: pd.DataFrame, name: str, period: Period) -> pd.Series:
    """Counts of all days of the period, those without rows as 0."""
    zone = ZoneInfo(period.zone)
    assert period.since and period.until
    first = period.since.astimezone(zone).date()
    last = (period.until - timedelta(microseconds=1)).astimezone(zone).date()
    held = pd.to_numeric(daily.set_index(pd.DatetimeIndex(daily["day"]))[name]).astype("float64")
    return held.reindex(pd.date_range(first, last), fill_value=0.0)


def _numeric(frame: pd.DataFrame) -> pd.DataFrame:
    return (
        pd.DataFrame({name: pd.to_numeric(frame[name], errors="coerce") for name in frame})
        .astype("float64")
        .fillna(0.0)
    )


def drivers(plan: Plan, numbers: Numbers, movement: Movement) -> list[Driver]:
    """Values by the size of their part of the movement: of all dimensions that have two or more, then of their pairs.

    The parts of one dimension, or of one pair of dimensions, add up to the movement.
    """
    found = [one for name in CUT_BY for one in _cut(plan, numbers, movement, (name,))]
    leading = sorted(found, key=lambda one: one.p)
    paired = list(dict.fromkeys(one.values[0][0] for one in leading if one.values[0][0] in PAIRED and one.p < SURE))
    for pair in combinations(paired[:MOST_PAIRED], 2):
        found += _cut(plan, numbers, movement, pair)
    adjusted = false_discovery([one.p for one in found])
    corrected = [replace(one, p=p) for one, p in zip(found, adjusted, strict=True)]
    return sorted(corrected, key=lambda one: (-abs(one.effect), len(one.values), str(one.values)))


def _cut(plan: Plan, numbers: Numbers, movement: Movement, names: tuple[str, ...]) -> list[Driver]:
    now, before = (
        numbers.query([movement.metric.name], by=list(names), where=plan.where or None, period=period)
        for period in (plan.period, plan.baseline)
    )
    sides = [_side(result, movement.metric, names) for result in (now, before)]
    if len({*sides[0]["key"], *sides[1]["key"]}) < 2:
        return []
    frame = _split(movement, sides)
    return [
        Driver(tuple(zip(names, row["key"], strict=True)), row["effect"], row["p"], bool(row["is_small"]),
               bool(telling), now, before)
        for row, telling in zip(frame.to_dict("records"), _telling(frame), strict=True)
    ]  # fmt: skip


def _telling(frame: pd.DataFrame) -> pd.Series:
    """Whether a value's effect exceeds what its share of the observations would give it."""
    sides = ("now_n", "before_n") if "now_n" in frame else ("now", "before")
    share = sum(frame[side] / max(1.0, frame[side].sum()) for side in sides) / 2
    return (frame["effect"] - BEYOND_SHARE * share * frame["effect"].sum()) * frame["effect"] > 0


def _word(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)


def _side(result: Result, metric: Metric, names: tuple[str, ...]) -> pd.DataFrame:
    frame = result.frame
    values = {"value": pd.to_numeric(frame[metric.name], errors="coerce").fillna(0.0)}
    if metric.n:
        values["n"] = pd.to_numeric(frame[f"{metric.name}_n"]).astype("float64")
    keys = list(zip(*(map(_word, frame[name]) for name in names), strict=True))
    return pd.DataFrame({"key": pd.Series(keys, dtype=object, index=frame.index), **values})


def _split(movement: Movement, sides: Sequence[pd.DataFrame]) -> pd.DataFrame:
    if movement.is_share:
        return ratio_drivers(sides[0], sides[1], key="key", variance=movement.chance.variance)
    spread = movement.chance.variance
    return count_drivers(sides[0], sides[1], key="key", scale=movement.scale, dispersion=spread)


def named(found: Sequence[Driver], movement: Movement, most: int) -> list[Driver]:
    """Drivers that pushed the way the metric moved, by more than chance gives and more than their share.

    A pair is named where it narrows one of its values down: it holds most of what that value moved.
    """
    same = [one for one in found if one.effect * movement.size > 0 and one.p < SURE and one.is_telling]
    single = {one.values[0]: one.effect for one in same if len(one.values) == 1}
    kept = [
        one
        for one in same
        if len(one.values) == 1
        or any(part in single and abs(one.effect) >= MOSTLY * abs(single[part]) for part in one.values)
    ]
    return kept[:most]


def describe(line: Line, driver: Driver, movement: Movement) -> str:
    """A driver as part of a sentence, its effect worked out from figures with receipts."""
    metric, says = movement.metric, line.draft.says
    one, two = (_cell(line, result, metric, driver) for result in (driver.now, driver.before))
    label, shown = driver.label(says), says.signed(driver.effect, metric)
    none = says("none")
    if not movement.is_share:
        formula = f"{_term(one)} - {_term(two)} * {movement.scale!r}"
        effect = line.work(driver.effect, shown, metric.unit, label, formula)
        note = "" if movement.scale == 1 else says("in_whole_baseline")
        return says("driver", label=label, effect=effect, now=one or none, before=two or none, note=note)
    sizes = [_cell(line, result, metric, driver, "_n") for result in (driver.now, driver.before)]
    alls = [
        line.cell(result, metric.name, f"{metric.name}{end}")
        for end in ("", "_n")
        for result in (movement.now, movement.before)
    ]
    effect = line.work(driver.effect, shown, metric.unit, label, _effect_formula([one, two], sizes, alls))
    said = [
        says("of", value=value, size=size) if value and size else none
        for value, size in zip((one, two), sizes, strict=True)
    ]
    note = says("driver_few") if driver.is_small else ""
    return says("driver", label=label, effect=effect, now=said[0], before=said[1], note=note)


def _term(figure: Figure | None) -> str:
    return f"n{figure.index}" if figure else "0"


def _cell(line: Line, result: Result, metric: Metric, driver: Driver, end: str = "") -> Figure | None:
    """The driver's figure in a result; None where the value did not occur there."""
    row = driver.row
    figure = line.draft.figure(result, metric, f"{metric.name}{end}", row) if _holds(result, row) else None
    if figure is None or figure.value is None:
        return None
    return line.cell(result, metric.name, f"{metric.name}{end}", **row)


def _holds(result: Result, row: dict[str, str | None]) -> bool:
    is_row = pd.Series(True, index=result.frame.index)
    for name, value in row.items():
        held = result.frame[name]
        is_row &= held.isna() if value is None else (held == value).fillna(False)
    return bool(is_row.any())


def _effect_formula(values: Sequence[Figure | None], sizes: Sequence[Figure | None], alls: Sequence[Figure]) -> str:
    """Rate + mix (see `analytics.drivers`) over entries of `numbers`."""
    big1, big0, n1, n0 = (f"n{one.index}" for one in alls)
    own = [_term(value or other) for value, other in zip(values, reversed(values), strict=True)]
    w1, w0 = f"{_term(sizes[0])} / {n1}", f"{_term(sizes[1])} / {n0}"
    rate = f"({own[0]} - {own[1]}) * ({w1} + {w0}) / 2"
    return f"{rate} + ({w1} - {w0}) * ({own[0]} + {own[1]} - {big1} - {big0}) / 2"


def metric_to_split(plan: Plan) -> Metric | None:
    """The metric whose movement is split: the one asked for, or the share beside it where a median has no parts."""
    first = registry[plan.metrics[0]]
    if splits(first):
        return first
    return next((registry[name] for name in plan.metrics if registry[name].n and splits(registry[name])), None)

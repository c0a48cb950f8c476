"""Boxes: how a length of time is spread within each group, from the 10th percentile to the 90th."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from deskbook.errors import ConfigError
from deskbook.metrics import dimension, registry
from deskbook.views import wording
from deskbook.views.figures import Kit
from deskbook.views.marks import is_pickable
from deskbook.views.numbers import Ask, metric
from deskbook.views.scale import marks
from deskbook.views.section import Block, Drawing, Moment, cell, empty

MEDIAN: Final = "_median_"
QUANTILES: Final = ("p10", "p25", "median", "p75", "p90")
SAID: Final = ("10 %", "25 %", "median", "75 %", "90 %")
MOST: Final = 12


@dataclass(frozen=True)
class Spread:
    """One length of time by the groups of a dimension, on one scale from zero.

    Attributes:
        metric: its median; the percentiles have the same name but for that word.
        wide: takes the whole width of the page.
    """

    title: str
    metric: str
    by: str
    wide: bool = False

    draws: ClassVar[bool] = False

    @property
    def names(self) -> tuple[str, ...]:
        """The five metrics of a box, from the lowest to the highest."""
        return tuple(self.metric.replace(MEDIAN, f"_{one}_") for one in QUANTILES)

    def asks(self) -> Sequence[Ask]:
        """One query."""
        return (Ask(self.names, by=(self.by,)),)

    def block(self, at: Moment) -> Block:
        """The boxes, ready to draw: those with enough behind them first, the quickest on top."""
        (ask,) = self.asks()
        one = metric(self.metric)
        held: Block = {"kind": "spread", "title": self.title, "wide": self.wide}
        found = [row for row in at.numbers[ask].rows if wording.known(row[one.name])]
        if not found:
            return held | empty(self.title, at)
        found.sort(key=lambda row: (_is_few(row, one.name), row[one.name]))
        shown, left = found[:MOST], len(found) - MOST
        solid = [row for row in shown if not _is_few(row, one.name)] or shown
        top, ticks = marks(max(float(row[self.names[-1]]) for row in solid))
        what = one.label.removesuffix(", median")
        rest = f"; {left} more not shown" if left > 0 else ""
        return held | {
            "state": "ok",
            "caption": f"{what}, {wording.unit(one)}, by {wording.cut(self.by)}: median, middle half, "
            f"10 to 90{wording.NBSP}%{rest}",
            "by": self.by,
            "first": wording.head(self.by),
            "unit": wording.unit(one),
            "metric": one.name,
            "metrics": list(self.names),
            "heads": [f"{one} {wording.unit(metric(self.metric))}" for one in SAID],
            "rows": [self._row(row, top) for row in shown],
            "ticks": [{"at": value / top, "text": text} for value, text in ticks],
            "picks": is_pickable(self.by),
            "receipt": at.numbers.receipt(ask),
        }

    def _row(self, row: dict[str, Any], top: float) -> dict[str, Any]:
        one = metric(self.metric)
        said, few = wording.sample(one, row.get(f"{one.name}_n"))
        values = [float(row[name]) for name in self.names]
        return {
            "label": wording.group(self.by, row[self.by]),
            "group": row[self.by],
            "values": values,
            "texts": [wording.amount(value, one) for value in values],
            "at": [min(value / top, 1.0) for value in values],
            "beyond": values[-1] > top,
            "sample": said,
            "n": int(row.get(f"{one.name}_n") or 0),
            "few": few,
            "cell": cell(one.name, **{self.by: row[self.by]}),
        }

    def drawing(self, kit: Kit) -> Drawing | None:
        """Boxes are drawn without a figure."""
        return None


def _is_few(row: dict[str, Any], name: str) -> bool:
    return wording.sample(metric(name), row.get(f"{name}_n"))[1]


def spreads(name: str) -> bool:
    """Whether a metric is a median that has its percentiles beside it."""
    return MEDIAN in name and all(name.replace(MEDIAN, f"_{one}_") in registry for one in QUANTILES)


def spread(title: str, median: str, *, by: str, wide: bool = False) -> Spread:
    """A length of time by the groups of a dimension as boxes.

    Args:
        median: the median of it, such as first_reply_median_minutes.
    """
    metric(median)
    dimension(by)
    check_spread(median)
    return Spread(title, median, by, wide)


def check_spread(name: str) -> None:
    """Raise ConfigError for a metric that cannot be drawn as boxes."""
    if not spreads(name):
        known = ", ".join(one for one in registry if spreads(one))
        raise ConfigError(f"{name} has no percentiles to draw a box from. These have: {known}.")

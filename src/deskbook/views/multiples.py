"""Small multiples: one metric over time, a small line a group, all on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from deskbook.metrics import dimension
from deskbook.views import wording
from deskbook.views.figures import Kit
from deskbook.views.marks import is_pickable
from deskbook.views.numbers import Ask, metric
from deskbook.views.section import Block, Drawing, Moment, cell, empty
from deskbook.views.series import buckets, line_of, places, ticks, unfinished

MOST: Final = 12


@dataclass(frozen=True)
class Multiples:
    """One metric by the groups of a dimension over time.

    Attributes:
        wide: takes the whole width of the page.
    """

    title: str
    metric: str
    by: str
    grain: str = "auto"
    wide: bool = False

    draws: ClassVar[bool] = False

    def asks(self) -> Sequence[Ask]:
        """The lines, and what each group comes to over the whole period."""
        return (Ask((self.metric,), by=(self.by,), grain=self.grain), Ask((self.metric,), by=(self.by,)))

    def block(self, at: Moment) -> Block:
        """The panels, ready to draw, the largest first."""
        lines, totals = self.asks()
        one, grain, rows = metric(self.metric), at.numbers.grain(lines), at.numbers[lines].rows
        starts = buckets(at.period, grain, rows, at.book.now())
        held: Block = {"kind": "multiples", "title": self.title, "wide": self.wide}
        size = f"{one.name}_n" if one.n else one.name
        found = sorted(at.numbers[totals].rows, key=lambda row: -(row[size] or 0))
        found = [row for row in found if row[size]]
        if not starts or not found:
            return held | empty(self.title, at)
        series = [self._panel(row, rows, grain, places(starts)) for row in found[:MOST]]
        left = f"; {len(found) - MOST} more not shown" if len(found) > MOST else ""
        top = max((value for panel in series for value in panel["values"] if value is not None), default=0.0)
        low = min((value for panel in series for value in panel["values"] if value is not None), default=0.0)
        unit = f", {wording.unit(one)}" if one.n and wording.unit(one) else ""
        return held | {
            "state": "ok",
            "caption": f"{one.label}{unit} by {wording.cut(self.by)}, per {grain}, on one scale up to "
            f"{wording.amount(top, one)}{left}",
            "grain": grain,
            "by": self.by,
            "metrics": [one.name],
            "keys": [key for key in places(starts)],
            "labels": [wording.bucket(start, grain) for start in starts],
            "ends": [*ticks((starts[0], starts[-1]), grain).values()][::-1],
            "partial": unfinished(starts, grain, at),
            "series": series,
            "ghost": None,
            "low": min(low, 0.0),
            "top": top or 1.0,
            "receipt": at.numbers.receipt(totals),
            "lines": {"receipt": at.numbers.receipt(lines)},
            "picks": is_pickable(self.by),
        }

    def _panel(
        self, total: Mapping[str, Any], rows: Sequence[dict[str, Any]], grain: str, index: Mapping[str, int]
    ) -> dict[str, Any]:
        one, group = metric(self.metric), total[self.by]
        own = [row for row in rows if row[self.by] == group]
        label = wording.group(self.by, group)
        said, few = wording.sample(one, total.get(f"{one.name}_n"))
        return line_of(own, grain, index, one, {self.by: group}, label, "c0") | {
            "group": group,
            "said": wording.valued(total[one.name], one) if one.n else wording.amount(total[one.name], one),
            "raw": float(total[one.name]) if wording.known(total[one.name]) else None,
            "sample": said,
            "few": few,
            "cell": cell(one.name, **{self.by: group}),
        }

    def drawing(self, kit: Kit) -> Drawing | None:
        """Panels are drawn without a figure."""
        return None


def multiples(title: str, metric_name: str, *, by: str, grain: str = "auto", wide: bool = False) -> Multiples:
    """One metric over time, a small chart a group, all on one scale."""
    metric(metric_name)
    dimension(by)
    return Multiples(title, metric_name, by, grain, wide)

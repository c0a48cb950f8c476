"""Cards: a value with unit, sample, change against a named baseline, target and sparkline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from deskbook.views import wording
from deskbook.views.figures import Kit
from deskbook.views.numbers import Ask, metric
from deskbook.views.section import Block, Drawing, Moment, cell
from deskbook.views.series import buckets, line_of, places, unfinished

WITHIN_TARGET = "first_reply_within_target_pct"
FIRST_REPLIES = ("first_reply_median_minutes", "first_reply_p90_minutes")


@dataclass(frozen=True)
class Cards:
    """A row of cards, one a metric."""

    metrics: tuple[str, ...]

    draws: ClassVar[bool] = False

    def asks(self) -> Sequence[Ask]:
        """The values with the period before, and the series behind the sparklines."""
        return (Ask(self.metrics, compare=True), Ask(self.metrics, grain="auto"))

    def block(self, at: Moment) -> Block:
        """The cards, ready to draw."""
        totals, series = self.asks()
        row = at.numbers[totals].rows[0]
        grain, rows = at.numbers.grain(series), at.numbers[series].rows
        starts = buckets(at.period, grain, rows, at.book.now())
        # A bucket that is not over yet would look like a fall.
        done = starts[:-1] if starts and unfinished(starts, grain, at) is not None else starts
        index = places(done)
        receipt = at.numbers.receipt(totals)
        items = []
        for name in self.metrics:
            line = line_of(rows, grain, index, metric(name), None, "", "c0")["values"]
            items.append(_card(name, row, line, at, receipt))
        return {"kind": "cards", "items": items}

    def drawing(self, kit: Kit) -> Drawing | None:
        """Cards are drawn without a figure."""
        return None


def _card(name: str, row: dict[str, Any], line: list[Any], at: Moment, receipt: str) -> dict[str, Any]:
    one = metric(name)
    said, few = wording.sample(one, row.get(f"{name}_n"))
    change = wording.change_of(one, row.get(f"{name}_change"), row.get(f"{name}_change_pct"))
    value = row[name]
    return {
        "metric": name,
        "label": one.label,
        "note": one.note,
        "value": wording.amount(value, one),
        "unit": wording.unit(one) if one.n and wording.known(value) else "",
        "raw": value,
        "sample": said,
        "likely": wording.likely(one, value, row.get(f"{name}_n")),
        "few": few,
        "change": change.as_dict() if change and not few else None,
        "baseline": at.chosen.scope.baseline(name) if change else "",
        "target": target_of(name, at),
        "line": [float(point) if wording.known(point) else None for point in line],
        "receipt": receipt,
        "cell": cell(name),
    }


def target_of(name: str, at: Moment) -> str:
    """The workspace's promise that a metric is held against, in words."""
    minutes = wording.number(at.book.settings.first_reply_target_minutes)
    if name in FIRST_REPLIES:
        return f"target {minutes}{wording.NBSP}min"
    return f"within {minutes}{wording.NBSP}min" if name == WITHIN_TARGET else ""


def cards(*metrics: str) -> Cards:
    """A row of cards, one a metric."""
    for name in metrics:
        metric(name)
    return Cards(metrics)

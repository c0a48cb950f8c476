"""A funnel: how many of those that came reach each step, and where they are lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from deskbook.errors import ConfigError
from deskbook.views import wording
from deskbook.views.figures import Kit
from deskbook.views.numbers import Ask, metric
from deskbook.views.section import Block, Drawing, Moment, cell, empty

STEPS: Final = (
    "tickets_created",
    "tickets_replied",
    "tickets_replied_in_time",
    "tickets_solved_in_time",
    "tickets_one_touch_in_time",
)
"""From the first message to the best ending; each is a part of the one before."""


@dataclass(frozen=True)
class Funnel:
    """Counts of the same tickets, each step a part of the one before.

    Attributes:
        wide: takes the whole width of the page.
    """

    title: str
    metrics: tuple[str, ...]
    wide: bool = False

    draws: ClassVar[bool] = False

    def asks(self) -> Sequence[Ask]:
        """One query. Counts move with the volume, so that a change of one says nothing of its step."""
        return (Ask(self.metrics),)

    def block(self, at: Moment) -> Block:
        """The steps, ready to draw."""
        (ask,) = self.asks()
        held: Block = {"kind": "funnel", "title": self.title, "wide": self.wide}
        row = at.numbers[ask].rows[0]
        first = row[self.metrics[0]]
        if not first:
            return held | empty(self.title, at)
        pairs = zip(self.metrics, (self.metrics[0], *self.metrics), strict=False)
        return held | {
            "state": "ok",
            "caption": f"Of {wording.valued(first, metric(self.metrics[0]))}: share of all, and of the step before",
            "metrics": list(self.metrics),
            "rows": [self._row(name, before, row, float(first)) for name, before in pairs],
            "receipt": at.numbers.receipt(ask),
        }

    def _row(self, name: str, before: str, row: dict[str, Any], first: float) -> dict[str, Any]:
        one, value = metric(name), row[name] or 0
        last = row[before] or 0
        return {
            "label": one.label,
            "metric": name,
            "value": float(value),
            "text": wording.amount(value, one),
            "bar": min(float(value) / first, 1.0),
            "share_pct": round(100 * float(value) / first, 6),
            "kept_pct": round(100 * value / last, 6) if last and name != before else None,
            "share": f"{wording.number(100 * value / first)}{wording.NBSP}%",
            "kept": f"{wording.number(100 * value / last)}{wording.NBSP}%" if last and name != before else "",
            "cell": cell(name),
        }

    def drawing(self, kit: Kit) -> Drawing | None:
        """Steps are drawn without a figure."""
        return None


def check_funnel(names: Sequence[str], where: str = "A funnel") -> None:
    """Raise ConfigError where metrics are no steps: fewer than two, or not counts of the same rows."""
    found = [metric(name) for name in names]
    if len(found) < 2:
        raise ConfigError(f"{where} wants two or more counts, the widest first, got {', '.join(names) or 'none'}.")
    head = found[0]
    for one in found:
        if not one.counts_rows or one.stock or (one.table, one.at) != (head.table, head.at):
            raise ConfigError(
                f"{where} counts the same {head.table} at each step; {one.name} does not. "
                f"Use counts placed at {head.at}, such as {', '.join(STEPS)}."
            )


def funnel(title: str, *metrics: str, wide: bool = False) -> Funnel:
    """Steps from the first count to the last; from created to solved with one reply if none are named."""
    chosen = metrics or STEPS
    check_funnel(chosen)
    return Funnel(title, chosen, wide)

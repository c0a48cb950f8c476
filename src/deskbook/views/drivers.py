"""What changed: the groups that moved a count most, against the period before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from deskbook.errors import BadValue
from deskbook.metrics import dimension
from deskbook.views import figures, wording
from deskbook.views.figures import Kit
from deskbook.views.marks import is_pickable
from deskbook.views.numbers import Ask, metric
from deskbook.views.section import Block, Drawing, Moment, cell

MOST: Final = 8
LONGEST: Final = 22


@dataclass(frozen=True)
class Drivers:
    """The change of a count, by group of several dimensions.

    The groups of one dimension add up to the whole change; those of two dimensions overlap.
    """

    title: str
    metric: str
    by: tuple[str, ...]

    draws: ClassVar[bool] = True

    def asks(self) -> Sequence[Ask]:
        """One compared query a dimension."""
        return tuple(Ask((self.metric,), by=(name,), compare=True) for name in self.by)

    def block(self, at: Moment) -> Block:
        """The biggest movers, ready to draw."""
        held: Block = {"kind": "chart", "shape": "rows", "title": self.title, "wide": False}
        rows, scope = movers(self.asks(), at), at.chosen.scope
        if not rows:
            why = scope.baseline() if scope.compares and scope.days_off else "There is no period before to compare with"
            said = {"state": "empty", "said": f"{why[:1].upper()}{why[1:]}.", "title": self.title}
            return held | (said | {"hint": "Choose a period with a beginning, and comparison on."})
        one = metric(self.metric)
        caption = f"Change in {one.label.lower()}, {scope.baseline(one.name)}"
        return held | {
            "state": "ok",
            "caption": caption,
            "metrics": [one.name],
            "rows": rows[:MOST],
            "ticks": {},
            "picks": is_pickable(*self.by),
        }

    def drawing(self, kit: Kit) -> Drawing | None:
        """A new figure."""
        return figures.Rows(kit)


def movers(asks: Sequence[Ask], at: Moment) -> list[dict[str, Any]]:
    """Groups by the size of their change, largest first."""
    found = []
    for ask in asks:
        one = metric(ask.metrics[0])
        (by,) = ask.by
        for row in at.numbers[ask].rows:
            if f"{one.name}_before" not in row:
                break
            now, before = row.get(f"{one.name}_alike", row[one.name]) or 0, row[f"{one.name}_before"] or 0
            if now != before:
                found.append(_mover(one, by, (row[by], now, before), at.numbers.receipt(ask)))
    if not any(row["before"] for row in found):
        return []
    return sorted(found, key=lambda row: -abs(row["value"]))


def _mover(one: Any, by: str, held: tuple[Any, Any, Any], receipt: str) -> dict[str, Any]:
    value, now, before = held
    change = float(now - before)
    group = "not set" if value is None else str(value)
    label = f"{dimension(by).label}: {group}"
    good = {"higher": change > 0, "lower": change < 0}.get(one.better)
    tone = "neutral" if good is None else "good" if good else "bad"
    sign = "+" if change > 0 else "\u2212"
    return {
        "label": label,
        "short": group if len(group) <= LONGEST else f"{group[: LONGEST - 1]}…",
        "value": change,
        "before": float(before),
        "tone": tone,
        "text": f"{sign}{wording.valued(abs(change), one)} ({wording.number(before)} → {wording.number(now)})",
        "filter": {by: group},
        "receipt": receipt,
        "cell": cell(f"{one.name}_change", **{by: value}),
    }


def drivers(title: str, metric_name: str, *, by: Sequence[str]) -> Drivers:
    """The groups of some dimensions that moved a count most."""
    if not metric(metric_name).additive:
        raise BadValue(f"{metric_name} does not add up over groups; drivers want a count such as tickets_created.")
    return Drivers(title, metric_name, tuple(by))

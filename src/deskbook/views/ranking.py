"""Rankings: the groups of a dimension as a table with bars, change and companions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from deskbook.metrics import dimension
from deskbook.views import wording
from deskbook.views.figures import Kit
from deskbook.views.marks import is_pickable
from deskbook.views.numbers import Ask, metric
from deskbook.views.section import Block, Drawing, Moment, cell, empty, unmeasured

MOST: Final = 12


@dataclass(frozen=True)
class Ranking:
    """The largest groups by one metric, with other metrics beside it.

    Attributes:
        begins: only groups whose word begins so, such as # for hashtags among tags.
    """

    title: str
    metric: str
    by: str
    also: tuple[str, ...] = ()
    begins: str = ""

    draws: ClassVar[bool] = False

    def asks(self) -> Sequence[Ask]:
        """One compared query."""
        return (Ask((self.metric, *self.also), by=(self.by,), compare=True),)

    def block(self, at: Moment) -> Block:
        """The table, ready to draw."""
        (ask,) = self.asks()
        one = metric(self.metric)
        held: Block = {"kind": "ranking", "title": self.title}
        found = at.numbers[ask].rows
        shown = [row for row in found if row[one.name] or (row[one.name] == 0 and not one.additive)]
        if self.begins:
            shown = [row for row in shown if str(row[self.by] or "").startswith(self.begins)]
        shown.sort(key=lambda row: -row[one.name])
        if not shown:
            return held | (unmeasured(self.title, one) if found and one.n else empty(self.title, at))
        # Groups among others have no whole that they are a part of.
        is_whole = one.additive and not self.begins
        total = float(sum(row[one.name] for row in shown)) if is_whole else 0.0
        top = float(shown[0][one.name]) or 1.0
        rows = [self._row(row, top, total) for row in shown[:MOST]]
        left = f" · {len(shown) - MOST} more not shown" if len(shown) > MOST else ""
        return held | {
            "state": "ok",
            "caption": f"{one.label} by {wording.cut(self.by)}{left}",
            "by": self.by,
            "first": wording.head(self.by),
            "heads": [self._head(name) for name in (self.metric, *self.also)],
            "rows": rows,
            "picks": is_pickable(self.by),
            "receipt": at.numbers.receipt(ask),
        }

    @staticmethod
    def _head(name: str) -> dict[str, str]:
        one = metric(name)
        return {"metric": name, "label": one.label, "unit": wording.unit(one) if one.n else ""}

    def _row(self, row: dict[str, Any], top: float, total: float) -> dict[str, Any]:
        group = row[self.by]
        cells = []
        for name in (self.metric, *self.also):
            one = metric(name)
            said, few = wording.sample(one, row.get(f"{name}_n"))
            change = wording.change_of(one, row.get(f"{name}_change"), row.get(f"{name}_change_pct"))
            cells.append(
                {
                    "text": wording.amount(row[name], one),
                    "raw": float(row[name]) if wording.known(row[name]) else None,
                    "sample": ", ".join(filter(None, (said, wording.likely(one, row[name], row.get(f"{name}_n"))))),
                    "few": few,
                    "change": change.as_dict() if change and not few else None,
                    "cell": cell(name, **{self.by: group}),
                }
            )
        value = float(row[self.metric])
        return {
            "label": wording.group(self.by, group),
            "group": group,
            "bar": value / top,
            "share": f"{wording.number(100 * value / total)}{wording.NBSP}%" if total else "",
            "cells": cells,
        }

    def drawing(self, kit: Kit) -> Drawing | None:
        """A table is drawn without a figure."""
        return None


def ranking(title: str, metric_name: str, *, by: str, also: Sequence[str] = (), begins: str = "") -> Ranking:
    """The groups of a dimension, largest first, with other metrics beside the first; only those that begin so."""
    for name in (metric_name, *also):
        metric(name)
    dimension(by)
    return Ranking(title, metric_name, by, tuple(also), begins)

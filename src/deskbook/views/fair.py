"""Groups compared fairly: each share beside what its own mix of tickets would make of it, and who stands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import pandas as pd

from deskbook.analytics import fair_comparison
from deskbook.errors import BadValue
from deskbook.metrics import dimension
from deskbook.views import wording
from deskbook.views.figures import Kit
from deskbook.views.listing import counted, listing, said
from deskbook.views.numbers import Ask, metric
from deskbook.views.section import Block, Drawing, Moment, cell, empty

TONES: Final = {"better": "good", "worse": "bad", "as expected": "quiet", "too few to say": "quiet"}
HEADS: Final = ("n", "Share", "For its mix", "Adjusted", "Ordinary range", "Verdict")


@dataclass(frozen=True)
class FairTable:
    """One share by group, adjusted for what kind of tickets each group had."""

    title: str
    metric: str
    by: str
    mix: tuple[str, ...]

    draws: ClassVar[bool] = False

    def asks(self) -> Sequence[Ask]:
        """The share by group alone, for its receipts, and by group and kind of ticket."""
        return (Ask((self.metric,), by=(self.by,)), Ask((self.metric,), by=(self.by, *self.mix)))

    def block(self, at: Moment) -> Block:
        """The table, best adjusted share first."""
        alone, cut = self.asks()
        one = metric(self.metric)
        name, count = one.name, f"{one.name}_n"
        strata = [row for row in at.numbers[cut].rows if row[count] and row[name] is not None]
        held: Block = {"kind": "listing", "title": self.title}
        if not strata:
            return held | empty(self.title, at)
        frame = pd.DataFrame(
            {
                "group": [row[self.by] for row in strata],
                "stratum": [repr([row[part] for part in self.mix]) for row in strata],
                "n": [row[count] for row in strata],
                "successes": [round(row[name] * row[count] / 100) for row in strata],
            },
        ).astype({"group": object})
        lower = one.better == "lower"
        found = fair_comparison(frame, group="group", stratum="stratum", better="lower" if lower else "higher")
        receipt, shown = at.numbers.receipt(alone), {row[self.by]: row for row in at.numbers[alone].rows}
        rows = [self._row(row, shown[row["group"]], receipt) for row in found.to_dict("records")]
        mixed = " and ".join(dimension(part).label.lower() for part in self.mix)
        caption = f"{one.label}, adjusted for {mixed}; a verdict only where chance does not explain it"
        return listing(self.title, (wording.head(self.by), *HEADS), rows, caption=caption, metric=name)

    def _row(self, row: dict[Any, Any], shown: dict[str, Any], receipt: str) -> list[dict[str, Any]]:
        one, group = metric(self.metric), row["group"]
        small, few = wording.sample(one, row["n"])
        place = cell(one.name, **{self.by: group})
        value = shown[one.name]
        return [
            said("not set" if group is None else str(group)),
            counted(wording.number(row["n"]), raw=int(row["n"]), note=small),
            counted(wording.valued(value, one), receipt=receipt, cell=place, raw=value, note=small, few=few),
            counted(
                _pct(row["expected"]),
                raw=float(row["expected"]),
                note="what everyone together would have reached with these tickets",
            ),
            counted(_pct(row["adjusted"]), raw=float(row["adjusted"]), few=few),
            counted(f"{_pct(row['low_95'])} to {_pct(row['high_95'])}", note="95 of 100 ordinary groups lie within"),
            said(row["verdict"], tone=TONES[row["verdict"]]),
        ]

    def drawing(self, kit: Kit) -> Drawing | None:
        """A table is drawn without a figure."""
        return None


def _pct(value: float) -> str:
    return f"{wording.number(value, 1)}{wording.NBSP}%"


def fair_table(title: str, metric_name: str, *, by: str, mix: Sequence[str] = ("channel", "category")) -> FairTable:
    """A share by group, adjusted for the mix of tickets, with verdicts that hold up against chance.

    Raises:
        BadValue: the metric is no share.
    """
    if metric(metric_name).unit != "%":
        raise BadValue(f"A fair comparison wants a share in %, got {metric_name} in {metric(metric_name).unit}.")
    for name in (by, *mix):
        dimension(name)
    return FairTable(title, metric_name, by, tuple(mix))

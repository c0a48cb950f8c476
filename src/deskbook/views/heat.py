"""When it happens: weekday by hour of day, as a grid of shades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from deskbook import locales
from deskbook.views import figures, wording
from deskbook.views.figures import Kit
from deskbook.views.numbers import Ask, metric
from deskbook.views.section import Block, Drawing, Moment, empty

DAYS: Final = 7
HOURS: Final = 24
BLANK: Final = f"; fewer than {wording.FEW} stay blank"


@dataclass(frozen=True)
class Heat:
    """One metric by weekday and hour, on the workspace's wall clock."""

    title: str
    metric: str

    draws: ClassVar[bool] = True

    def asks(self) -> Sequence[Ask]:
        """One query over both cycles."""
        return (Ask((self.metric,), by=("weekday", "hour_of_day")),)

    def block(self, at: Moment) -> Block:
        """The grid, ready to draw: values and texts by weekday, then hour."""
        (ask,) = self.asks()
        one = metric(self.metric)
        rows = at.numbers[ask].rows
        values: list[list[Any]] = [[0.0 if one.additive else None] * HOURS for _ in range(DAYS)]
        texts = [[wording.valued(value, one) for value in line] for line in values]
        for row in rows:
            said, few = wording.sample(one, row.get(f"{one.name}_n"))
            value, day, hour = row[one.name], int(row["weekday"]) - 1, int(row["hour_of_day"])
            # A shade drawn from a handful of tickets would outshine the rest.
            values[day][hour] = float(value) if wording.known(value) and not few else None
            texts[day][hour] = f"{wording.valued(value, one)}{f' ({said})' if said else ''}"
        held: Block = {"kind": "chart", "shape": "grid", "title": self.title, "wide": False}
        if not rows:
            return held | empty(self.title, at)
        return held | {
            "state": "ok",
            "caption": f"{one.label}, {at.zone} time{BLANK if one.n else ''}",
            "metrics": [one.name],
            "rows": locales.weekdays("abbreviated"),
            "columns": [f"{hour:02d}:00" for hour in range(HOURS)],
            "values": values,
            "texts": texts,
            "receipt": at.numbers.receipt(ask),
            "ticks": {},
            "picks": one.at == "created_at",
        }

    def drawing(self, kit: Kit) -> Drawing | None:
        """A new figure."""
        return figures.Cells(
            kit, HOURS, locales.weekdays("abbreviated"), {hour: f"{hour:02d}" for hour in range(0, HOURS, 4)}
        )


def heat(title: str, metric_name: str) -> Heat:
    """One metric by weekday and hour of day."""
    metric(metric_name)
    return Heat(title, metric_name)

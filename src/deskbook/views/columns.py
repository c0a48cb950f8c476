"""Columns: how a metric is spread over the groups of a dimension, such as bands of waiting time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, ClassVar, Final

from deskbook import locales
from deskbook.metrics import dimension
from deskbook.views import figures, theme, wording
from deskbook.views.figures import Kit
from deskbook.views.marks import is_pickable
from deskbook.views.numbers import Ask, metric
from deskbook.views.section import Block, Drawing, Moment, empty

MOST_COLUMNS: Final = 24
MOST_PARTS: Final = 8
MOST_HOURS: Final = 8
HUES: Final = theme.CATEGORIES
ACROSS: Final = 72
"""Letters that fit side by side below a chart of half a page."""


@dataclass(frozen=True)
class Columns:
    """One count by the groups of a dimension, in their own order.

    Attributes:
        split: dimension the columns are stacked by; none when empty.
        wide: takes the whole width of the page.
    """

    title: str
    metric: str
    by: str
    split: str = ""
    wide: bool = False

    draws: ClassVar[bool] = True

    def asks(self) -> Sequence[Ask]:
        """One query."""
        return (Ask((self.metric,), by=(self.by, *([self.split] if self.split else []))),)

    def block(self, at: Moment) -> Block:
        """The chart, ready to draw."""
        (ask,) = self.asks()
        one, rows = metric(self.metric), at.numbers[ask].rows
        held = {"kind": "chart", "shape": "bars", "title": self.title, "wide": self.wide}
        if not any(row[one.name] for row in rows):
            return held | empty(self.title, at)
        groups = list(dict.fromkeys(row[self.by] for row in rows))
        shown = groups[:MOST_COLUMNS]
        left = f"; {len(groups) - len(shown)} more groups not drawn" if len(groups) > len(shown) else ""
        labels = [wording.group(self.by, group) for group in shown]
        return held | {
            "state": "ok",
            "unit": wording.unit(one),
            "metrics": [one.name],
            "grain": self.by,
            "by": self.split,
            "keys": shown,
            "labels": labels,
            "ticks": _ticks(self.by, shown, labels),
            "series": self._series(rows, shown),
            "ghost": None,
            "target": None,
            "partial": None,
            "receipt": at.numbers.receipt(ask),
            "caption": f"{one.label} by {self._what()}{left}",
            "picks": is_pickable(self.by, *([self.split] if self.split else [])),
        }

    def _what(self) -> str:
        split = f" and {wording.cut(self.split)}" if self.split else ""
        return f"{wording.cut(self.by)}{split}"

    def _series(self, rows: Sequence[dict[str, Any]], shown: Sequence[Any]) -> list[dict[str, Any]]:
        one = metric(self.metric)
        held = {(row[self.by], row[self.split] if self.split else None): row[one.name] for row in rows}
        parts = list(dict.fromkeys(part for _, part in held))
        parts.sort(key=lambda part: -sum(value for (_, other), value in held.items() if other == part))
        made = [self._part(held, shown, [part], part, hue) for part, hue in zip(parts[:MOST_PARTS], HUES, strict=False)]
        rest = parts[MOST_PARTS:]
        return made + ([self._part(held, shown, rest, f"other ({len(rest)})", theme.OTHER)] if rest else [])

    def _part(
        self, held: dict[Any, Any], shown: Sequence[Any], parts: Sequence[Any], label: Any, hue: str
    ) -> dict[str, Any]:
        one = metric(self.metric)
        values = [float(sum(held.get((group, part), 0) for part in parts)) for group in shown]
        said = wording.group(self.split, label) if self.split else one.label
        return {
            "label": said,
            "row": {self.split: parts[0]} if self.split and len(parts) == 1 else None,
            "metric": one.name,
            "colour": hue,
            "values": values,
            "texts": [wording.valued(value, one) for value in values],
        }

    def drawing(self, kit: Kit) -> Drawing | None:
        """A new figure."""
        return figures.Bars(kit)


def _ticks(by: str, shown: Sequence[Any], labels: Sequence[str]) -> dict[int, str]:
    """Names below the columns, by their place: of a day's hours every fourth, so that they stand apart at any width."""
    if by == "weekday":
        days = locales.weekdays("abbreviated")
        return {place: days[int(day) - 1] for place, day in enumerate(shown)}
    if by == "hour_of_day":
        apart = 4 if len(shown) > MOST_HOURS else 1
        return {place: f"{int(hour):02d}" for place, hour in enumerate(shown) if int(hour) % apart == 0}
    return dict(enumerate(_short(label, len(labels)) for label in labels))


def _short(label: str, count: int) -> str:
    """A label that leaves room for its neighbours: on two lines if it must, and cut if that does not do."""
    most = max(3, ACROSS // max(count, 1))
    lines = wrap(label, max(most - 4, 3), break_long_words=False) if len(label) > most - 4 else [label]
    first, rest = lines[0], " ".join(lines[1:])
    return "\n".join(one if len(one) <= most else f"{one[: most - 1]}…" for one in (first, rest) if one)


def columns(title: str, metric_name: str, *, by: str, split: str = "", wide: bool = False) -> Columns:
    """A count by the groups of a dimension, such as `first_reply_band`, stacked by another if one is named."""
    metric(metric_name)
    for name in (by, *([split] if split else [])):
        dimension(name)
    return Columns(title, metric_name, by, split, wide)

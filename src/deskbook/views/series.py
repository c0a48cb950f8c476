"""Charts over time: bars for counts, lines for everything else, with the last period as a ghost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final, Literal
from zoneinfo import ZoneInfo

from deskbook.metrics import Metric, Period, listed
from deskbook.views import figures, theme, wording
from deskbook.views.figures import Kit
from deskbook.views.marks import is_pickable
from deskbook.views.numbers import Ask, metric
from deskbook.views.section import Block, Drawing, Moment, empty

MOST_SERIES = 9
"""Series shown by name; the rest is 'other'. Ten hues are more than people can tell apart."""
TONES = {"negative": "bad", "neutral": theme.OTHER, "positive": "good"}
"""Groups whose colour says what they are."""
LENGTH: Final = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}
HUES: Final = theme.CATEGORIES
APART_HOURS: Final = (2, 3, 4, 6, 12, 24)
Rows = Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Series:
    """One chart over time.

    Attributes:
        by: dimension to cut by; only with a single metric.
        ghost: also draw the period before.
        target: value of a line to hold against, in the metric's unit; None draws none.
        wide: takes the whole width of the page.
        ahead_hours: draws so many hours from now on instead of the page's period.
    """

    title: str
    metrics: tuple[str, ...]
    shape: Literal["bars", "lines"]
    by: str = ""
    grain: str = "auto"
    ghost: bool = False
    target: float | None = None
    wide: bool = False
    ahead_hours: int = 0

    draws: ClassVar[bool] = True

    def asks(self) -> Sequence[Ask]:
        """The series itself and, for a ghost, the total of the period before."""
        cut = (self.by,) if self.by else ()
        own = Ask(self.metrics, by=cut, grain=self.grain, ahead_hours=self.ahead_hours)
        return (own, Ask(self.metrics[:1], grain=self.grain, before=True)) if self.ghost else (own,)

    def block(self, at: Moment) -> Block:
        """The chart, ready to draw: values by bucket, their texts, and where their receipts are."""
        own = self.asks()[0]
        grain, rows = at.numbers.grain(own), at.numbers[own].rows
        period = at.numbers[own].result.period
        starts = buckets(period, grain, rows, (self.ahead_hours and period.until) or at.book.now())
        series = (self._parts if self.by else self._lines)(rows, grain, starts)
        held = {"kind": "chart", "shape": self.shape, "title": self.title, "wide": self.wide}
        if not starts or not any(v if self.ahead_hours else wording.known(v) for one in series for v in one["values"]):
            return held | self._empty(at)
        one = metric(self.metrics[0])
        return held | {
            "state": "ok",
            "unit": wording.unit(one),
            "metrics": list(self.metrics),
            "grain": grain,
            "by": self.by,
            "keys": [_key(start) for start in starts],
            "labels": [wording.bucket(start, grain) for start in starts],
            "ticks": ticks(starts, grain),
            "periods": [_asked(start, grain) for start in starts],
            "series": series,
            "ghost": self._ghost(at, grain, len(starts)),
            "target": self._target(at),
            "partial": unfinished(starts, grain, at),
            "receipt": at.numbers.receipt(own),
            "span": period.text if self.ahead_hours else "",
            "caption": self._caption(grain),
            "direct": self._direct,
            "room": self._room(at, series, len(starts)),
            "picks": not self.ahead_hours and (not self.by or is_pickable(self.by)),
        }

    def _empty(self, at: Moment) -> Block:
        if not self.ahead_hours:
            return empty(self.title, at)
        said = f"Nothing in the next {self.ahead_hours} hours."
        return {
            "state": "empty",
            "said": said,
            "hint": "What is ahead does not depend on the period.",
            "title": self.title,
        }

    def drawing(self, kit: Kit) -> Drawing | None:
        """A new figure."""
        return figures.Bars(kit) if self.shape == "bars" else figures.Lines(kit)

    @property
    def _direct(self) -> bool:
        """Whether the lines carry their own names; a single one is named by the caption."""
        return self.shape == "lines" and not self.by and 2 <= len(self.metrics) <= 3

    def _room(self, at: Moment, series: Sequence[Mapping[str, Any]], count: int) -> float:
        """How many buckets' width the names beside the lines take."""
        target = self._target(at)
        names = [one["short"] for one in series] + ([target["label"]] if target else []) if self._direct else []
        return figures.room(names, count) if names else 0

    def _caption(self, grain: str) -> str:
        """What is drawn, in a line under the question."""
        one = metric(self.metrics[0])
        heads = list(dict.fromkeys(metric(name).label.split(", ")[0] for name in self.metrics))
        rest = [head[:1].lower() + head[1:] for head in heads[1:]]
        what = one.label if len(self.metrics) == 1 else listed([heads[0], *rest])
        unit = wording.unit(one) if one.n and wording.unit(one) else ""
        cut = f" by {wording.cut(self.by)}" if self.by else ""
        return f"{', '.join(filter(None, (what, unit)))}{cut}, per {grain}"

    def _lines(self, rows: Rows, grain: str, starts: list[datetime]) -> list[dict[str, Any]]:
        index = places(starts)
        chosen = [metric(name) for name in self.metrics]
        made = [line_of(rows, grain, index, one, {}, one.label, hue) for one, hue in zip(chosen, HUES, strict=False)]
        for one, short in zip(made, _short([one.label for one in chosen]), strict=True):
            one["short"] = short
        return made

    def _parts(self, rows: Rows, grain: str, starts: list[datetime]) -> list[dict[str, Any]]:
        one, index = metric(self.metrics[0]), places(starts)
        parts: dict[Any, list[dict[str, Any]]] = {}
        for row in rows:
            parts.setdefault(row[self.by], []).append(row)
        size = f"{one.name}_n" if one.n else one.name
        order = sorted(parts, key=lambda group: -sum(row[size] or 0 for row in parts[group]))
        named, rest = order[:MOST_SERIES], order[MOST_SERIES:]
        made = []
        for group, hue in zip(named, HUES, strict=False):
            label = wording.group(self.by, group)
            made.append(line_of(parts[group], grain, index, one, {self.by: group}, label, TONES.get(label, hue)))
        if rest and one.additive:
            together: dict[str, dict[str, Any]] = {}
            for row in (row for group in rest for row in parts[group]):
                held = together.setdefault(row[grain], {grain: row[grain], one.name: 0})
                held[one.name] += row[one.name]
            label = f"other ({len(rest)})"
            made.append(line_of([*together.values()], grain, index, one, None, label, theme.OTHER))
        return made

    def _ghost(self, at: Moment, grain: str, count: int) -> dict[str, Any] | None:
        """The period before, bucket by bucket from its own first one."""
        ask = self.asks()[-1]
        if not self.ghost or ask not in at.numbers:
            return None
        one, before = metric(self.metrics[0]), at.numbers[ask]
        starts = buckets(before.result.period, grain, before.rows, at.book.now())[:count]
        index = places(starts)
        label = wording.baseline(at.period, at.chosen.scope.compare).removeprefix("vs ")
        made = line_of(before.rows, grain, index, one, {}, label, theme.OTHER)
        if not any(made["values"]):
            return None
        return made | {"receipt": at.numbers.receipt(ask)}

    def _target(self, at: Moment) -> dict[str, Any] | None:
        if self.target is None:
            return None
        unit = wording.unit(metric(self.metrics[0]))
        said = wording.number(self.target, 0 if self.target == int(self.target) else 1)
        return {"value": self.target, "label": f"target {said}{wording.NBSP}{unit}"}


def _short(labels: Sequence[str]) -> list[str]:
    """Labels without the words they begin with in common: 'First reply, median' is 'median'."""
    heads = {label.split(", ")[0] for label in labels}
    if len(heads) > 1 or not all(", " in label for label in labels):
        return list(labels)
    return [label.split(", ", 1)[1] for label in labels]


def line_of(
    rows: Rows,
    grain: str,
    index: Mapping[str, int],
    one: Metric,
    row: dict[str, Any] | None,
    label: str,
    colour: str,
) -> dict[str, Any]:
    """One metric's values bucket by bucket; a count is zero where there is no row, the rest is unknown.

    Args:
        index: place of each bucket by its key.
        row: what else names the row, for its receipt; None when it is a sum of several.
        colour: token of the theme.
    """
    values: list[float | None] = [0.0 if one.additive else None] * len(index)
    for found in rows:
        place, value = index.get(found[grain]), found[one.name]
        if place is not None:
            values[place] = None if value is None else float(value)
    return {
        "label": label,
        "metric": one.name,
        "values": values,
        "texts": [wording.valued(value, one) if one.n else wording.amount(value, one) for value in values],
        "row": row,
        "colour": colour,
    }


def buckets(period: Period, grain: str, rows: Rows, now: datetime) -> list[datetime]:
    """Starts of the buckets of a period on the wall clock, also of those that hold nothing.

    Args:
        rows: of the series; where a period without beginning begins.
        now: buckets that start later are left out.
    """
    zone = ZoneInfo(period.zone)
    if period.since:
        first = period.since.astimezone(zone).replace(tzinfo=None)
    else:
        held = [row[grain] for row in rows if row[grain]]
        if not held:
            return []
        first = datetime.fromisoformat(min(held))
    last = now.astimezone(zone).replace(tzinfo=None)
    if period.until:
        last = min(last, period.until.astimezone(zone).replace(tzinfo=None) - timedelta(microseconds=1))
    starts = [floor(first, grain)]
    while (following := after(starts[-1], grain)) <= last:
        starts.append(following)
    return starts


def places(starts: Sequence[datetime]) -> dict[str, int]:
    """Place of each bucket, by its key in a result's rows."""
    return {_key(start): place for place, start in enumerate(starts)}


def after(start: datetime, grain: str) -> datetime:
    """Start of the bucket that follows."""
    if grain in LENGTH:
        return start + LENGTH[grain]
    months = start.month + (3 if grain == "quarter" else 1)
    return start.replace(year=start.year + (months - 1) // 12, month=(months - 1) % 12 + 1)


def floor(moment: datetime, grain: str) -> datetime:
    """Start of the bucket a wall-clock moment falls in."""
    if grain == "hour":
        return moment.replace(minute=0, second=0, microsecond=0)
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if grain == "week":
        return day - timedelta(days=day.weekday())
    if grain == "month":
        return day.replace(day=1)
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1) if grain == "quarter" else day


def ticks(starts: Sequence[datetime], grain: str, most: int = 7) -> dict[int, str]:
    """Axis labels by bucket: at most seven, evenly apart up to the last; round hours, a new day by its name."""
    apart = next((hours for hours in APART_HOURS if len(starts) <= hours * most), 0)
    if grain == "hour" and len(starts) > most and apart:
        round_ones = [(place, start) for place, start in enumerate(starts) if start.hour % apart == 0]
        return {place: wording.tick(start, "hour" if start.hour else "weekday") for place, start in round_ones}
    step = max(1, -(-len(starts) // most))
    if grain == "day" and step > 3:
        step = -(-step // 7) * 7
    return {place: wording.tick(starts[place], grain) for place in range(len(starts) - 1, -1, -step)}


def _key(start: datetime) -> str:
    """A bucket as it stands in a result's rows."""
    return start.date().isoformat() if start.hour == start.minute == 0 else start.isoformat()


def _asked(start: datetime, grain: str) -> str:
    """The period that is just this bucket, in words a filter reads."""
    if grain == "day":
        return f"{start:%Y-%m-%d}"
    if grain == "month":
        return f"{start:%Y-%m}"
    if grain == "quarter":
        return f"{start.year}-Q{(start.month + 2) // 3}"
    end = after(start, grain)
    if grain == "hour":
        return f"{start:%Y-%m-%dT%H:%M}..{end:%Y-%m-%dT%H:%M}"
    return f"{start:%Y-%m-%d}..{end - timedelta(days=1):%Y-%m-%d}"


def unfinished(starts: Sequence[datetime], grain: str, at: Moment) -> int | None:
    """The last bucket, where the data does not yet reach its end."""
    until = at.numbers.results[0].receipt.data_until
    if not until:
        return None
    zone = ZoneInfo(at.zone)
    moment = datetime.fromisoformat(until)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    reached = moment.astimezone(zone).replace(tzinfo=None)
    end = after(starts[-1], grain)
    return len(starts) - 1 if starts[-1] <= reached < end else None


def bars(
    title: str, metric_name: str, *, by: str = "", grain: str = "auto", ghost: bool = False, wide: bool = False
) -> Series:
    """Counts over time as bars, stacked by a dimension, with the period before as a ghost."""
    metric(metric_name)
    return Series(title, (metric_name,), "bars", by, grain, ghost, wide=wide)


def lines(
    title: str,
    *metrics: str,
    by: str = "",
    grain: str = "auto",
    ghost: bool = False,
    target: float | None = None,
    wide: bool = False,
) -> Series:
    """One line a metric over time or, with `by`, one a group of a single metric."""
    for name in metrics:
        metric(name)
    return Series(title, metrics[:1] if by else metrics, "lines", by, grain, ghost, target, wide)


def ahead(title: str, metric_name: str, *, by: str = "", hours: int = 24) -> Series:
    """What is placed in the hours that come, hour by hour, as bars."""
    metric(metric_name)
    return Series(title, (metric_name,), "bars", by, "hour", ahead_hours=hours)

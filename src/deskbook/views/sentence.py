"""The sentence at the top of a page: what happened, against before, and what explains most of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from deskbook.metrics import Metric, dimension
from deskbook.views import wording
from deskbook.views.drivers import movers
from deskbook.views.figures import Kit
from deskbook.views.numbers import Ask, metric
from deskbook.views.section import Block, Drawing, Moment, cell

WORTH_SAYING: Final = 0.3
"""Share of the whole change a single group must have to be named as its reason."""
Part = dict[str, Any]


@dataclass(frozen=True)
class Sentence:
    """A few numbers in a line of prose; each opens its receipt."""

    metrics: tuple[str, ...]
    by: tuple[str, ...]

    draws: ClassVar[bool] = False

    def asks(self) -> Sequence[Ask]:
        """The totals, and the first of them by each dimension that may explain it."""
        reasons = [Ask(self.metrics[:1], by=(name,), compare=True) for name in self.by]
        return (Ask(self.metrics, compare=True), *reasons)

    def block(self, at: Moment) -> Block:
        """The sentence as parts: plain words, and numbers with their receipts."""
        total, *reasons = self.asks()
        row = at.numbers[total].rows[0]
        receipt = at.numbers.receipt(total)
        parts: list[Part] = []
        for name in self.metrics:
            one = metric(name)
            if not wording.known(row[name]):
                continue
            parts += [{"text": "; " if parts else ""}, *_said(one, row, receipt)]
        if not parts:
            return {"kind": "sentence", "parts": [{"text": "Nothing in this period matches the filters."}]}
        parts = [part for part in parts if part["text"]]
        parts[0] = parts[0] | {"text": parts[0]["text"][:1].upper() + parts[0]["text"][1:]}
        parts += self._reason(row, reasons, at)
        return {"kind": "sentence", "parts": [*parts, {"text": "."}]}

    def _reason(self, row: dict[str, Any], asks: Sequence[Ask], at: Moment) -> list[Part]:
        """The group behind most of the change of the first metric, where one stands out."""
        one = metric(self.metrics[0])
        whole = row.get(f"{one.name}_change")
        if not wording.known(whole) or not whole or abs(row.get(f"{one.name}_change_pct") or 0) < 3:
            return []
        same = [mover for mover in movers(asks, at) if mover["value"] * whole > 0]
        if not same or not WORTH_SAYING <= same[0]["value"] / whole <= 1.0:
            return []
        top = same[0]
        share = wording.number(100 * top["value"] / whole)
        ((by, group),) = top["filter"].items()
        value = {"text": f"{share}{wording.NBSP}%", "receipt": top["receipt"], "cell": top["cell"]}
        return [
            {"text": f". {group} ({dimension(by).label.lower()}) accounts for "},
            value,
            {"text": " of the change in tickets"},
        ]

    def drawing(self, kit: Kit) -> Drawing | None:
        """Prose is drawn without a figure."""
        return None


def _said(one: Metric, row: dict[str, Any], receipt: str) -> list[Part]:
    value: Part = {"text": wording.valued(row[one.name], one), "receipt": receipt, "cell": cell(one.name)}
    label, unit = one.label.lower().replace("csat", "CSAT"), wording.unit(one)
    # "933 customers", not "customers 933 customers".
    is_unit = bool(unit) and label.split()[0] == unit
    lead = [{"text": f"{label} "}] if (one.n or one.stock) and not is_unit else []
    tail = [{"text": label.removeprefix(unit)}] if one.n and is_unit else []
    tail = [{"text": " came in"}] if one.name == "tickets_created" else tail
    change = wording.change_of(one, row.get(f"{one.name}_change"), row.get(f"{one.name}_change_pct"))
    _, few = wording.sample(one, row.get(f"{one.name}_n"))
    if change is None or few:
        return [*lead, value, *tail]
    if change.arrow == "flat":
        return [*lead, value, *tail, {"text": ", unchanged"}]
    moved = {"text": f"{change.text} {change.arrow}", "receipt": receipt, "cell": cell(f"{one.name}_change")}
    if not one.n:
        moved["cell"] = cell(f"{one.name}_change_pct")
    moved["tone"] = change.tone
    return [*lead, value, *tail, {"text": ", "}, moved]


def sentence(*metrics: str, by: Sequence[str] = ("team", "category", "channel")) -> Sentence:
    """The sentence of the day: the metrics named, and what explains the change of the first."""
    chosen = metrics or (
        "tickets_created",
        "first_reply_median_minutes",
        "first_reply_within_target_pct",
        "csat_good_pct",
    )
    for name in chosen:
        metric(name)
    return Sentence(chosen, tuple(by))

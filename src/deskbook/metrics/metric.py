"""What a metric is, and the registry that every door asks."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Literal

from deskbook.registry import Registry

Fact = Literal["tickets", "messages", "flow"]
Better = Literal["higher", "lower", "neutral"]


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One definition, used by card, chart, report, alert, API and answer alike.

    Attributes:
        name: as it is asked for; its unit stands at the end.
        label: as people read it.
        table: the hot table it is written over.
        at: the time column that places a row in a period.
        sql: aggregate over the rows of one group. May use `$data_until` (newest moment in the data)
            and `$first_reply_target_seconds`.
        n: how many rows the value rests on; empty for plain counts, which are their own n.
        unit: `tickets`, `min`, `%` …
        better: which way is good news.
        note: one sentence: what counts, what does not.
        origin: where the definition comes from.
        stock: whether it is a level at a moment (backlog) and not a sum over a period.
        words: other names people use for it.
        decimals: digits after the point when shown.
    """

    name: str
    label: str
    table: Fact
    at: str
    sql: str
    unit: str
    better: Better
    note: str
    origin: str
    n: str = ""
    stock: bool = False
    words: tuple[str, ...] = ()
    decimals: int = 0

    @property
    def version(self) -> str:
        """Changes whenever the number could: a hash of everything that makes it."""
        parts = [self.table, self.at, self.sql, self.n, self.unit, self.stock]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:10]

    @property
    def additive(self) -> bool:
        """Whether an empty group is a zero rather than unknown."""
        return not self.n

    def card(self) -> dict[str, str]:
        """What `deskbook metrics --json` says of it."""
        shown = ("name", "label", "unit", "better", "note", "sql", "version")
        return {key: str(getattr(self, key)) for key in shown} | {
            "table": self.table,
            "at": self.at,
            "origin": self.origin,
        }


registry: Registry[Metric] = Registry("metric", "deskbook.metrics")


def define(**parts: object) -> Metric:
    """Make a metric and register it under its name."""
    metric = Metric(**parts)  # type: ignore[arg-type]
    return registry.add(metric.name, metric)

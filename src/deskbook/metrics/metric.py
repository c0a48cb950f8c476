"""What a metric is, and the registry that every door asks."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Literal

from deskbook.registry import Registry

Fact = Literal["tickets", "messages", "replies", "flow", "promises", "ratings"]
Better = Literal["higher", "lower", "neutral"]


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One definition, used by card, chart, report, alert, API and answer alike.

    Attributes:
        name: as it is asked for; its unit stands at the end.
        label: as people read it.
        table: the hot table it is written over.
        at: the time column that places a row in a period.
        rests_on: SQL condition of the rows it is made of; all when empty. These are what a mark leads to.
        sql: aggregate over the rows of one group; when empty it counts the rows it rests on. May use
            `$data_until` (newest moment in the data) and `$first_reply_target_seconds`.
        additive: whether groups add up, so that an empty one is a zero rather than unknown.
        unit: `tickets`, `min`, `%` …
        better: which way is good news.
        note: in words: what counts.
        leaves_out: in words: what does not count, besides what the workspace's rules leave out.
        origin: where the definition comes from.
        owner: who answers for the definition.
        stock: whether it is a level at a moment (backlog), the sum of all `delta` before it.
        opening: of a stock: whether the moment is the beginning and not the end.
        is_current: whether it speaks of how things stand at the end of the data, so that an earlier period has
            nothing to compare it with.
        words: other names people use for it.
        decimals: digits after the point when shown.
    """

    name: str
    label: str
    table: Fact
    at: str
    unit: str
    better: Better
    note: str
    origin: str
    rests_on: str = ""
    sql: str = ""
    additive: bool = False
    leaves_out: str = ""
    owner: str = "Deskbook"
    stock: bool = False
    opening: bool = False
    is_current: bool = False
    words: tuple[str, ...] = ()
    decimals: int = 0

    @property
    def is_over_days(self) -> bool:
        """Whether it is made of what happened on the days of a period, so that one of them can be left out."""
        return not (self.stock or self.is_current)

    def __post_init__(self) -> None:
        if not self.sql:
            object.__setattr__(self, "sql", self._count)
            object.__setattr__(self, "additive", True)

    @property
    def _count(self) -> str:
        return f"count(*) FILTER ({self.rests_on})" if self.rests_on else "count(*)"

    @property
    def counts_rows(self) -> bool:
        """Whether its value is the number of rows it rests on."""
        return self.sql == self._count

    @property
    def n(self) -> str:
        """SQL of how many rows the value rests on; empty where groups add up."""
        return "" if self.additive else self._count

    @property
    def version(self) -> str:
        """Changes whenever the number could: a hash of everything that makes it."""
        parts = [self.table, self.at, self.sql, self.rests_on, self.unit, self.stock, self.opening]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:10]

    def card(self) -> dict[str, str]:
        """What `deskbook metrics --json` says of it."""
        shown = ("name", "label", "unit", "better", "note", "sql", "version", "table", "at", "rests_on")
        return {key: str(getattr(self, key)) for key in (*shown, "leaves_out", "origin", "owner")}


registry: Registry[Metric] = Registry("metric", "deskbook.metrics")


def define(**parts: object) -> Metric:
    """Make a metric and register it under its name."""
    metric = Metric(**parts)  # type: ignore[arg-type]
    return registry.add(metric.name, metric)

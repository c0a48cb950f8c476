"""`query()`: the one way any part of Deskbook gets a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from deskbook.metrics.compare import Kept, compared
from deskbook.metrics.compile import Statement, columns, compile_query
from deskbook.metrics.filters import Filter
from deskbook.metrics.metric import Metric, registry
from deskbook.metrics.pairs import Pair, pair_of
from deskbook.metrics.periods import Period
from deskbook.metrics.receipt import Receipt, digest
from deskbook.metrics.settling import ready
from deskbook.metrics.table import Row, Table

if TYPE_CHECKING:
    import pandas as pd


class Connection(Protocol):
    """What metrics need of a database: run a statement, give a frame."""

    def execute(self, query: str, parameters: Any = ...) -> Any:
        """Run a statement with bound values."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The hot copy a query runs on.

    Attributes:
        con: a connection on which the tables of the hot copy are found by their names.
        data_until: newest moment in the data (naive UTC).
        first_reply_target_minutes: the workspace's promise.
        carried_at: moments (naive UTC) whose open tickets the table `carried` holds, in order.
        days_off: days on which its schedules stay closed, as far as a comparison needs them.
        now: the moment relative dates in a filter start from (aware); without one they are refused.
    """

    con: Connection
    tenant: str
    zone: str
    snapshot: int
    data_until: datetime | None
    first_reply_target_minutes: int = 60
    carried_at: tuple[datetime, ...] = ()
    days_off: tuple[date, ...] = ()
    now: datetime | None = None

    def given(self) -> dict[str, Any]:
        """Values a metric's SQL may name."""
        return {
            "data_until": self.data_until,
            "first_reply_target_seconds": self.first_reply_target_minutes * 60,
            "carried_at": self.carried_at,
        }


@dataclass(frozen=True)
class Result:
    """What a query gave.

    Attributes:
        table: one row a group: `by`, each metric, `<metric>_n` where it rests on a sample; when
            compared also `<metric>_before`, `<metric>_before_n`, `<metric>_change` and
            `<metric>_change_pct`, unknown where the period before is empty. Where days were left out of the
            comparison, these rest on the days compared, and `<metric>_alike` is the metric over those.
        receipt: how to compute it again.
        compared_with: what a comparison that leaves days out is made with, in words; empty where none is left out.
    """

    table: Table
    metrics: tuple[Metric, ...]
    period: Period
    receipt: Receipt
    compared_with: str = ""

    @cached_property
    def rows(self) -> list[Row]:
        """The table as plain JSON rows, made when first asked for."""
        return self.table.rows()

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The table as a pandas frame, made when first asked for."""
        return self.table.frame()

    def value(self, metric: str | None = None) -> Any:
        """The single number of a query without `by`; None when unknown."""
        return self.rows[0][metric or self.metrics[0].name]

    def cell(self, metric: str, **row: Any) -> Receipt:
        """The receipt narrowed to one number of this result."""
        return replace(self.receipt, cell={"metric": metric, "row": row})


def query(
    desk: Desk,
    metrics: Sequence[str | Metric],
    *,
    by: Sequence[str] = (),
    where: Filter | None = None,
    period: Period | None = None,
    compare: bool | str | Period = False,
) -> Result:
    """Numbers, with the receipt they can be computed from again.

    Args:
        desk: whose data, at which snapshot.
        metrics: names from the registry.
        by: dimensions to cut by; a grain (day, week, …) among them makes a series.
        where: filter; every metric obeys the same one. The receipt keeps what its dates mean now.
        period: when; all time if absent.
        compare: also ask for the period just before, for one that a word of AGAINST names, or for a given one.
            With the same weekdays before, the desk's days off and the days beside them are left out of what is
            compared; not for a level at a moment, which is no matter of days.

    Raises:
        UnknownName: a metric or dimension that does not exist.
        BadValue: a combination that has no meaning.
    """
    chosen = tuple(metric if isinstance(metric, Metric) else registry[metric] for metric in metrics)
    span, where = period or Period(zone=desk.zone), ready(where, desk)
    statement = compile_query(chosen, by, where, span, desk.given())
    table = _run(desk, statement).pick([*by, *columns(chosen)])
    over_days = [metric for metric in chosen if metric.is_over_days]
    pair = pair_of(span, compare, desk.days_off if over_days else ())
    comparable = [metric for metric in chosen if not (pair.is_empty and metric.is_over_days)]
    if pair.then and comparable:
        then = _run(desk, compile_query(comparable, by, where, pair.then, desk.given()))
        kept = None
        if pair.left_out and not pair.is_empty:
            alike = _run(desk, compile_query(over_days, by, where, pair.now, desk.given()))
            kept = Kept(alike, pair.now, pair.then)
        table = compared(table, then, chosen, by, (span, pair.then), kept)
    receipt = _receipt(desk, chosen, by, where, (span, pair), statement, table)
    return Result(table, chosen, span, receipt, pair.words)


def _run(desk: Desk, statement: Statement) -> Table:
    return Table.of(desk.con.execute(statement.sql, dict(statement.bound)))


def _receipt(
    desk: Desk,
    metrics: Sequence[Metric],
    by: Sequence[str],
    where: Filter | None,
    spans: tuple[Period, Pair],
    statement: Statement,
    table: Table,
) -> Receipt:
    span, pair = spans
    earlier = pair.then
    return Receipt(
        metrics={metric.name: metric.version for metric in metrics},
        by=list(by),
        where=where.text() if where else "",
        since=_iso(span.since),
        until=_iso(span.until),
        period=span.text,
        before_since=_iso(earlier.since) if earlier else "",
        before_until=_iso(earlier.until) if earlier else "",
        against=pair.against,
        days_off=[day.isoformat() for day in pair.days_off],
        left_out=[day.isoformat() for day in pair.left_out],
        zone=desk.zone,
        tenant=desk.tenant,
        snapshot=desk.snapshot,
        data_until=_iso(desk.data_until),
        given={"first_reply_target_minutes": desk.first_reply_target_minutes},
        sql=statement.sql,
        bound={
            key: value.isoformat() if isinstance(value, datetime) else value for key, value in statement.bound.items()
        },
        rows=len(table),
        digest=digest(table),
    )


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def cell_value(rows: Sequence[Mapping[str, Any]], cell: Mapping[str, Any]) -> Any:
    """The number a receipt's cell points at; None when its row is gone."""
    for row in rows:
        if all(row.get(key) == value for key, value in dict(cell.get("row", {})).items()):
            return row.get(cell["metric"])
    return None


def expand(names: str | Sequence[str]) -> list[str]:
    """Names from a list, or from one text with commas between them."""
    if isinstance(names, str):
        return [name.strip() for name in names.split(",") if name.strip()]
    return list(names)

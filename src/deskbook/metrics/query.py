"""`query()`: the one way any part of Deskbook gets a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

import numpy as np
import pandas as pd

from deskbook.metrics.compile import Statement, columns, compile_query
from deskbook.metrics.dimensions import GRAINS
from deskbook.metrics.filters import Filter
from deskbook.metrics.metric import Metric, registry
from deskbook.metrics.periods import Period
from deskbook.metrics.receipt import Receipt, Row, digest, plain_rows


class Connection(Protocol):
    """What metrics need of a database: run a statement, give a frame."""

    def execute(self, query: str, parameters: Any = ...) -> Any:
        """Run a statement with bound values."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The hot copy a query runs on.

    Attributes:
        con: a connection on which `tickets`, `messages`, `flow` and `desk` are tables.
        data_until: newest moment in the data (naive UTC).
        first_reply_target_minutes: the workspace's promise.
    """

    con: Connection
    tenant: str
    zone: str
    snapshot: int
    data_until: datetime | None
    first_reply_target_minutes: int = 60

    def given(self) -> dict[str, Any]:
        """Values a metric's SQL may name."""
        return {
            "data_until": self.data_until,
            "first_reply_target_seconds": self.first_reply_target_minutes * 60,
        }


@dataclass(frozen=True)
class Result:
    """What a query gave.

    Attributes:
        frame: one row a group: `by`, each metric, `<metric>_n` where it rests on a sample; when
            compared also `<metric>_before`, `<metric>_before_n`, `<metric>_change` and
            `<metric>_change_pct`, absent (NaN) where the period before is empty.
        receipt: how to compute it again.
    """

    frame: pd.DataFrame
    metrics: tuple[Metric, ...]
    period: Period
    receipt: Receipt

    @property
    def rows(self) -> list[Row]:
        """The frame as plain JSON rows."""
        return plain_rows(self.frame)

    def value(self, metric: str | None = None) -> Any:
        """The single number of a query without `by`; None when unknown."""
        return plain_rows(self.frame)[0][metric or self.metrics[0].name]

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
    compare: bool = False,
) -> Result:
    """Numbers, with the receipt they can be computed from again.

    Args:
        desk: whose data, at which snapshot.
        metrics: names from the registry.
        by: dimensions to cut by; a grain (day, week, …) among them makes a series.
        where: filter; every metric obeys the same one.
        period: when; all time if absent.
        compare: also ask for the period just before.

    Raises:
        UnknownName: a metric or dimension that does not exist.
        BadValue: a combination that has no meaning.
    """
    chosen = tuple(metric if isinstance(metric, Metric) else registry[metric] for metric in metrics)
    span = period or Period(zone=desk.zone)
    statement = compile_query(chosen, by, where, span, desk.given())
    frame = _run(desk, statement)[[*by, *columns(chosen)]]
    earlier = span.before() if compare else None
    if earlier:
        then = _run(desk, compile_query(chosen, by, where, earlier, desk.given()))
        frame = _compared(frame, then, chosen, by)
    return Result(frame, chosen, span, _receipt(desk, chosen, by, where, (span, earlier), statement, frame))


def _run(desk: Desk, statement: Statement) -> pd.DataFrame:
    frame: pd.DataFrame = desk.con.execute(statement.sql, dict(statement.bound)).df()
    return frame


def _compared(now: pd.DataFrame, then: pd.DataFrame, metrics: Sequence[Metric], by: Sequence[str]) -> pd.DataFrame:
    keys = [name for name in by if name not in GRAINS]
    if len(keys) < len(by):
        then = then.drop(columns=[name for name in by if name in GRAINS])
        now = now.assign(_step=now.groupby(keys, dropna=False).cumcount() if keys else range(len(now)))
        then = then.assign(_step=then.groupby(keys, dropna=False).cumcount() if keys else range(len(then)))
        keys = [*keys, "_step"]
    values = [name for name in then.columns if name not in keys]
    renamed = then.rename(columns={name: _before(name) for name in values})
    if not keys:
        both = pd.concat([now, renamed], axis=1)
    elif "_step" in keys:
        both = now.merge(renamed, on=keys, how="left")
    else:
        both = _with_gone(now.merge(renamed, on=keys, how="outer"), metrics)
    both = both.drop(columns="_step", errors="ignore")
    return _with_changes(both, metrics)


def _with_gone(both: pd.DataFrame, metrics: Sequence[Metric]) -> pd.DataFrame:
    """Groups that only the period before has stay in view: their counts are zero now."""
    for metric in metrics:
        count = f"{metric.name}_n" if metric.n else metric.name
        whole = both[count].fillna(0)
        both[count] = whole.astype("int64") if (whole % 1 == 0).all() else whole
    return both


def _before(name: str) -> str:
    return f"{name.removesuffix('_n')}_before_n" if name.endswith("_n") else f"{name}_before"


def _with_changes(frame: pd.DataFrame, metrics: Sequence[Metric]) -> pd.DataFrame:
    """Change against the period before; unknown where that one holds nothing."""
    added: dict[str, Any] = {}
    for metric in metrics:
        name = metric.name
        now, then = _floats(frame[name]), _floats(frame[f"{name}_before"])
        behind = np.nan_to_num(_floats(frame[f"{name}_before_n"])) if metric.n else then
        empty = np.isnan(then) | (behind == 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            pct = 100.0 * (now - then) / np.abs(then)
        added[f"{name}_before"] = np.where(empty, np.nan, then)
        added[f"{name}_change"] = np.where(empty, np.nan, now - then)
        added[f"{name}_change_pct"] = np.where(empty | (then == 0), np.nan, pct)
    return frame.assign(**added)


def _floats(values: pd.Series[Any]) -> np.ndarray:
    return pd.to_numeric(values, errors="coerce").to_numpy("float64", na_value=np.nan)


def _receipt(
    desk: Desk,
    metrics: Sequence[Metric],
    by: Sequence[str],
    where: Filter | None,
    spans: tuple[Period, Period | None],
    statement: Statement,
    frame: pd.DataFrame,
) -> Receipt:
    span, earlier = spans
    rows = plain_rows(frame)
    return Receipt(
        metrics={metric.name: metric.version for metric in metrics},
        by=list(by),
        where=where.text() if where else "",
        since=_iso(span.since),
        until=_iso(span.until),
        period=span.text,
        before_since=_iso(earlier.since) if earlier else "",
        before_until=_iso(earlier.until) if earlier else "",
        zone=desk.zone,
        tenant=desk.tenant,
        snapshot=desk.snapshot,
        data_until=_iso(desk.data_until),
        given={"first_reply_target_minutes": desk.first_reply_target_minutes},
        sql=statement.sql,
        bound={
            key: value.isoformat() if isinstance(value, datetime) else value for key, value in statement.bound.items()
        },
        rows=len(rows),
        digest=digest(rows),
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

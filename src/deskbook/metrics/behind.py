"""The rows behind one number: from a mark on a page to the exact tickets it was made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deskbook.metrics.compile import Statement, naive, placed, source_of, where_of, within
from deskbook.metrics.dimensions import GRAINS, LOCAL, dimension, grouped
from deskbook.metrics.filters import Filter
from deskbook.metrics.metric import Metric
from deskbook.metrics.periods import Period


def behind(
    metric: Metric, row: Mapping[str, Any], *, where: Filter | None, period: Period, given: Mapping[str, Any]
) -> Statement:
    """SQL of the rows a number rests on: one row each with its `ticket`; of a level, the tickets that make it up.

    Args:
        row: the group the number stands in, as a result's row has it: dimension -> value; {} is all.
        where, period: those of the query that gave the number.
        given: values metrics may name, as of `Desk.given`.
    """
    bound: dict[str, Any] = {}
    chosen = f"SELECT {metric.table}.ticket FROM {source_of(metric.table, [*row], where)}"
    clauses = [*placed(metric.at), *([where.sql(metric.table, bound)] if where else [])]
    groups = {name: value for name, value in row.items() if not (metric.stock and name in GRAINS)}
    clauses += [
        _in_group(metric, name, value, f"g{place}", bound) for place, (name, value) in enumerate(groups.items())
    ]
    if metric.stock:
        clauses += _until(metric, row, period, bound)
        sql = f"{chosen}{where_of(clauses)} GROUP BY ALL HAVING sum(delta) > 0"
    else:
        clauses += [*within(period, metric.at, bound), *([f"({metric.rests_on})"] if metric.rests_on else [])]
        sql = f"{chosen}{where_of(clauses)}"
    bound |= {name: value for name, value in given.items() if f"${name}" in sql}
    return Statement(sql, bound)


def _in_group(metric: Metric, name: str, value: Any, key: str, bound: dict[str, Any]) -> str:
    """SQL of belonging to one group of a dimension."""
    ((_, sql),) = grouped([name], metric.table, metric.at)
    if value is None:
        return f"({sql}) IS NULL"
    bound[key] = value
    kind = (
        "TIMESTAMP" if name in GRAINS else {"time": "BIGINT", "number": "DOUBLE"}.get(dimension(name).kind, "VARCHAR")
    )
    return f"({dimension(name).shown(f'({sql})')})::{kind} = ${key}::{kind}"


def _until(metric: Metric, row: Mapping[str, Any], period: Period, bound: dict[str, Any]) -> list[str]:
    """Everything that moved before the moment of a level, as `compile_query` counts it."""
    grain = next((name for name in row if name in GRAINS), None)
    since, until = period.since, period.until
    clauses = []
    if grain:
        bound["bucket"] = row[grain]
        start = f"date_trunc('{grain}', {LOCAL[metric.at]})"
        upto = f"{start} < $bucket::TIMESTAMP" if metric.opening else f"{start} <= $bucket::TIMESTAMP"
        if metric.opening and since:
            bound["since"] = naive(since)
            upto = f"({upto} OR {metric.at} < $since)"
        clauses.append(upto)
    elif metric.opening:
        until = since
        clauses += ["false"] if since is None else []
    if until:
        bound["until"] = naive(until)
        clauses.append(f"{metric.at} < $until")
    return clauses

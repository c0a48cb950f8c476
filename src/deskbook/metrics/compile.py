"""The only writer of aggregate SQL: metrics, dimensions, filter and period become one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from deskbook.errors import BadValue
from deskbook.metrics.dimensions import CYCLES, GRAINS, LOCAL, MAYBE, THEN, dimension, grouped, in_codes, joined, step
from deskbook.metrics.filters import Filter, named_in
from deskbook.metrics.metric import Fact, Metric
from deskbook.metrics.periods import Period

STEP: Final = {"hour": "1 HOUR", "day": "1 DAY", "week": "7 DAY", "month": "1 MONTH", "quarter": "3 MONTH"}


@dataclass(frozen=True)
class Statement:
    """SQL over the hot tables and the values bound into it."""

    sql: str
    bound: Mapping[str, Any]


def compile_query(
    metrics: Sequence[Metric],
    by: Sequence[str],
    where: Filter | None,
    period: Period,
    given: Mapping[str, Any],
) -> Statement:
    """One statement whose rows are one per combination of `by`, ordered by it.

    Args:
        by: dimension names, at most one of them a grain.
        given: values metrics may ask for by name (`data_until`, `first_reply_target_seconds`).

    Returns:
        Columns: `by`, then for each metric, by name, its value and, where it rests on a sample, `<name>_n`.
        The order metrics were asked in leaves no trace, so that a receipt whose keys were sorted still holds.
    """
    _check(metrics, by)
    metrics = sorted(metrics, key=lambda metric: metric.name)
    bound: dict[str, Any] = {}
    parts = []
    for group in _groups(metrics):
        if group[0].stock:
            parts.append(_stock(group[0], by, where, period, given, bound))
        else:
            parts.append(_rows(group, by, where, period, bound))
    sql = parts[0] if len(parts) == 1 else _merged(parts, metrics, by)
    order = f"\nORDER BY {', '.join(f'{_sorted(name)} NULLS LAST' for name in by)}" if by else ""
    chosen = ", ".join([*map(_named, by), *columns(metrics)])
    statement = f"SELECT {chosen} FROM (\n{sql}\n){order}"
    bound |= {name: value for name, value in given.items() if f"${name}" in statement}
    return Statement(statement, bound)


def _named(name: str, prefix: str = "") -> str:
    """A dimension as a quoted SQL identifier; custom fields have dots and spaces."""
    return f'"{prefix}{name}"'


def _sorted(name: str) -> str:
    """What a dimension is sorted by: its own order, else its words."""
    words = ", ".join(f"'{word}'" for word in dimension(name).order)
    return f"list_position([{words}], {_named(name)})" if words else _named(name)


def _check(metrics: Sequence[Metric], by: Sequence[str]) -> None:
    if not metrics:
        raise BadValue("A query needs at least one metric. List them with: deskbook metrics")
    for name in by:
        dimension(name)
    if len(set(by)) != len(by):
        raise BadValue(f"A dimension is named twice in: {', '.join(by)}.")
    if len([name for name in by if name in GRAINS]) > 1:
        raise BadValue(f"Choose one grain of {', '.join(GRAINS)}; got {', '.join(by)}.")
    stocks = [metric.name for metric in metrics if metric.stock]
    cycles = [name for name in by if name in CYCLES]
    if stocks and cycles:
        raise BadValue(f"{stocks[0]} is a level at a moment and cannot be cut by {cycles[0]}. Use a grain such as day.")


def _groups(metrics: Sequence[Metric]) -> list[list[Metric]]:
    """Metrics that one pass over one table can answer together."""
    groups: dict[tuple[str, str, str], list[Metric]] = {}
    for metric in metrics:
        own = metric.name if metric.stock else ""
        groups.setdefault((metric.table, metric.at, own), []).append(metric)
    return list(groups.values())


def columns(metrics: Sequence[Metric]) -> list[str]:
    """Names of the value columns of metrics, in their order."""
    return [name for metric in metrics for name in ((metric.name, f"{metric.name}_n") if metric.n else (metric.name,))]


def _values(metric: Metric) -> str:
    value = f"{metric.sql} AS {metric.name}"
    return in_codes(f"{value}, {metric.n} AS {metric.name}_n" if metric.n else value)


def within(period: Period, at: str, bound: dict[str, Any]) -> list[str]:
    """SQL conditions of lying in a period; adds its ends to `bound`."""
    clauses = []
    if period.since:
        bound["since"] = naive(period.since)
        clauses.append(f"{at} >= $since")
    if period.until:
        bound["until"] = naive(period.until)
        clauses.append(f"{at} < $until")
    for place, (since, until) in enumerate(period.holes):
        names = f"out{place}_since", f"out{place}_until"
        bound |= dict(zip(names, (naive(since), naive(until)), strict=True))
        clauses.append(f"({at} < ${names[0]} OR {at} >= ${names[1]})")
    return clauses


def placed(at: str) -> list[str]:
    """SQL condition of having a place in time, where a row may have none."""
    return [f"{at} IS NOT NULL"] if at in MAYBE else []


def where_of(clauses: Sequence[str]) -> str:
    """The WHERE of conditions, if there are any."""
    return f" WHERE {' AND '.join(clauses)}" if clauses else ""


def naive(moment: datetime) -> datetime:
    """The moment in UTC without its zone, as the hot tables hold it."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def _rows(
    metrics: Sequence[Metric], by: Sequence[str], where: Filter | None, period: Period, bound: dict[str, Any]
) -> str:
    table, at = metrics[0].table, metrics[0].at
    clauses = [*placed(at), *within(period, at, bound), *([where.sql(table, bound)] if where else [])]
    read, keys = _read(by, table, at, read_from(table, by, where), where_of(clauses))
    values = ", ".join(_values(metric) for metric in metrics)
    return f"SELECT {_chosen(keys)}{values} FROM {read}{_grouping(keys)}"


def _read(by: Sequence[str], table: Fact, at: str, source: str, condition: str) -> tuple[str, dict[str, str]]:
    """The FROM of a fact with its conditions, and the SQL of what each dimension is grouped by over it.

    What is joined stands in a query of its own, so that a metric's SQL sees the fact's columns and no others. Where
    nothing is, there is none: DuckDB would bind all its columns, which takes longer than to answer.
    """
    keys = dict(grouped(by, table, at))
    more = joined(by, table)
    if not more:
        return f"{source}{condition}", keys
    named = "".join(f", {sql} AS {_named(name, 'by_')}" for name, sql in keys.items())
    return f"(SELECT {table}.*{named} FROM {source}{more}{condition})", {name: _named(name, "by_") for name in keys}


def source_of(table: Fact, by: Sequence[str], where: Filter | None) -> str:
    """The FROM of a fact cut by these dimensions."""
    return read_from(table, by, where) + joined(by, table)


def read_from(table: Fact, by: Sequence[str], where: Filter | None) -> str:
    """What a fact is read from: moves of open tickets from group to group only where a group is told by them."""
    return "flow_then AS flow" if table == "flow" and {*by, *named_in(where)} & {*THEN, "move"} else table


def _chosen(keys: Mapping[str, str]) -> str:
    """The group columns under their own names; codes become words only here, once a group."""
    return "".join(f"{dimension(name).shown(sql)} AS {_named(name)}, " for name, sql in keys.items())


def _grouping(keys: Mapping[str, str]) -> str:
    return f" GROUP BY {', '.join(keys.values())}" if keys else ""


def _stock(
    metric: Metric,
    by: Sequence[str],
    where: Filter | None,
    period: Period,
    given: Mapping[str, Any],
    bound: dict[str, Any],
) -> str:
    """A level at the end of each bucket: everything that moved before, summed."""
    grain = next((name for name in by if name in GRAINS), None)
    rest = [name for name in by if name != grain]
    end = period.since if metric.opening and grain is None else period.until
    clauses = [*_until(end, metric, grain, bound), *([where.sql(metric.table, bound)] if where else [])]
    plain, condition = read_from(metric.table, by, where), where_of(clauses)
    source = plain
    if plain == metric.table and not rest:
        source = _from_carried(metric, period.since if grain else end, grain, given, bound)
    read, keys = _read(rest, metric.table, metric.at, source, condition)
    if grain is None:
        return f"SELECT {_chosen(keys)}{metric.sql} AS {metric.name} FROM {read}{_grouping(keys)}"
    groups = f"SELECT DISTINCT {', '.join(_named(name, 'by_') for name in rest)} FROM steps"
    if not rest:
        groups = f"SELECT 1 FROM {plain}{condition} LIMIT 1"
    return _stock_over_time(metric, grain, keys, (read, groups), period, bound)


def _from_carried(
    metric: Metric, first: datetime | None, grain: str | None, given: Mapping[str, Any], bound: dict[str, Any]
) -> str:
    """What moved since the last moment whose level is kept, and that level; everything where none is.

    Not for groups: one in which nothing is open and nothing moves would be gone instead of zero.

    Args:
        first: the earliest moment a level is asked for; None is the end of the data, or its beginning for a series.
    """
    until = naive(first) if first else None if grain else given.get("data_until")
    kept = [moment for moment in given.get("carried_at", ()) if until and moment <= until]
    if not kept:
        return metric.table
    name = "opening_from" if metric.opening else "carried_from"
    bound[name] = kept[-1]
    return (
        f"(SELECT * FROM carried WHERE month = ${name} UNION ALL BY NAME "
        f"SELECT * FROM {metric.table} WHERE {metric.at} >= ${name}) AS {metric.table}"
    )


def _until(end: datetime | None, metric: Metric, grain: str | None, bound: dict[str, Any]) -> list[str]:
    """Everything before the moment a level is asked for; before the beginning of time there is nothing."""
    if end is None:
        return ["false"] if metric.opening and grain is None else []
    name = "opening_until" if metric.opening else "until"
    bound[name] = naive(end)
    return [f"{metric.at} < ${name}"]


def _stock_over_time(
    metric: Metric,
    grain: str,
    keys: Mapping[str, str],
    read: tuple[str, str],
    period: Period,
    bound: dict[str, Any],
) -> str:
    """Levels of a series.

    Args:
        keys: dimension -> SQL of what it is grouped by.
        read: the FROM of what moved, and SQL of the groups there are.
    """
    moves, groups = read
    local = LOCAL[metric.at]
    first = f"(SELECT min({local}) FROM {metric.table})"
    last = "(SELECT max(bucket) FROM steps)"
    if period.since:
        bound["since_local"] = _local(period.since, period.zone)
        first = "$since_local::TIMESTAMP"
    if period.until:
        bound["until_local"] = _local(period.until, period.zone)
        last = "$until_local::TIMESTAMP - INTERVAL 1 MICROSECOND"
    own = [_named(name, "by_") for name in keys]
    held_keys = "".join(f"{sql} AS {name}, " for name, sql in zip(own, keys.values(), strict=True))
    same = " AND ".join(["s.bucket = g.bucket", *(f"s.{name} IS NOT DISTINCT FROM g.{name}" for name in own)])
    part = f"PARTITION BY {', '.join(f'g.{name}' for name in own)} " if own else ""
    chosen = _chosen({name: f"g.{_named(name, 'by_')}" for name in keys})
    start = f"date_trunc('{grain}', {first})"
    bucket, held, change = step(grain, local), "0", "sum(delta)"
    if period.since:
        # What moved before the period is one sum, not a bucket of its own for every day of history.
        bound["since"] = naive(period.since)
        bucket = f"greatest({bucket}, {step(grain, '$since_local::TIMESTAMP')})"
        held, change = (f"coalesce(sum(delta) FILTER ({metric.at} {sign} $since), 0)" for sign in ("<", ">="))
    level = f"sum(coalesce(s.held + s.change, 0)) OVER ({part}ORDER BY g.bucket)"
    if metric.opening:
        level = f"({level} - coalesce(s.change, 0))"
    return f"""WITH steps AS (SELECT {held_keys}{bucket} AS bucket, {held} AS held, {change} AS change
FROM {moves} GROUP BY ALL),
buckets AS (SELECT unnest(generate_series({start}, {last}, INTERVAL {STEP[grain]})) AS bucket),
grid AS (SELECT * FROM buckets CROSS JOIN ({groups}))
SELECT {chosen}g.bucket AS {grain},
       {level}::BIGINT AS {metric.name}
FROM grid g LEFT JOIN steps s ON {same}"""


def _local(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _merged(parts: Sequence[str], metrics: Sequence[Metric], by: Sequence[str]) -> str:
    """Several passes as one result: each fills its own columns of a group's row."""
    stacked = "\nUNION ALL BY NAME\n".join(f"SELECT * FROM (\n{part}\n)" for part in parts)
    filled = ", ".join(_filled(metric) for metric in metrics)
    names = "".join(f"{_named(name)}, " for name in by)
    return f"SELECT {names}{filled} FROM (\n{stacked}\n){' GROUP BY ALL' if by else ''}"


def _filled(metric: Metric) -> str:
    """Where a group has no row at all, a count is zero and a median is unknown."""
    if metric.n:
        return f"max({metric.name}) AS {metric.name}, coalesce(max({metric.name}_n), 0) AS {metric.name}_n"
    return f"coalesce(max({metric.name}), 0) AS {metric.name}"


def condition(table: Fact, at: str, where: Filter | None, period: Period) -> tuple[str, dict[str, Any]]:
    """The same filter and period as SQL over the rows of one hot table, with its bound values."""
    bound: dict[str, Any] = {}
    clauses = within(period, f"{table}.{at}", bound)
    if where:
        clauses.append(where.sql(table, bound))
    return " AND ".join(clauses), bound

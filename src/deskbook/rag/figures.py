"""Answers that are figures: one number, a comparison, a series, a ranking, a definition."""

from __future__ import annotations

from calendar import day_name
from collections.abc import Callable, Mapping
from typing import Any, Final

from deskbook.metrics import DIMENSIONS, Metric, Result, registry
from deskbook.rag.contract import Numbers
from deskbook.rag.draft import Draft, Figure, Line, direction, signed
from deskbook.rag.plan import Plan

MOST_ROWS: Final = 10
SMALL_N: Final = 10


def answer_number(plan: Plan, numbers: Numbers, draft: Draft) -> bool:
    """The metrics of the period, each with the period before where it has one."""
    result = numbers.query(list(plan.metrics), where=plan.where or None, period=plan.period, compare=True)
    has_before = f"{plan.metrics[0]}_before" in result.frame
    for name in plan.metrics:
        line = draft.line()
        value = line.cell(result, name)
        text = f"{registry[name].label}{_where(plan)}, {plan.period.sentence()}: {value}{_size(line, result, name)}"
        earlier = plan.period.before()
        before = line.cell(result, name, f"{name}_before") if has_before else None
        if before and before.value is not None and earlier and value.value is not None:
            change = line.cell(result, name, f"{name}_change")
            metric = registry[name]
            said = line.work(change.number, signed(change.number, metric), metric.unit, "change", f"n{change.index}")
            text += f"; {before} in {earlier.sentence()}, the period before ({said}{direction(change.number, metric)})"
        line.end(f"{text}.")
    return any(result.value(name) is not None for name in plan.metrics)


def answer_compare(plan: Plan, numbers: Numbers, draft: Draft) -> bool:
    """The same metrics for each value of a dimension, or for two periods."""
    periods = [plan.period, plan.baseline] if plan.baseline else [plan.period]
    results = [
        numbers.query(list(plan.metrics), by=list(plan.by), where=plan.where or None, period=period)
        for period in periods
    ]
    for name in plan.metrics:
        if plan.by:
            for result in results:
                _say_rows(draft, plan, name, result, _ranked(result, name, highest=True))
        else:
            _say_two(draft, plan, name, results)
    return True


def answer_rank(plan: Plan, numbers: Numbers, draft: Draft) -> bool:
    """The values of a dimension in order of a metric."""
    result = numbers.query(list(plan.metrics), by=list(plan.by), where=plan.where or None, period=plan.period)
    for name in plan.metrics:
        rows = [row for row in _ranked(result, name, highest=plan.highest) if row[plan.by[0]] is not None]
        if not rows:
            draft.say(f"{registry[name].label} is known for no {DIMENSIONS[plan.by[0]].label.lower()} in that period.")
            continue
        line = draft.line()
        first = _key(plan, rows[0])
        value = line.cell(result, name, **first)
        end = "highest" if plan.highest else "lowest"
        small = _small_note(registry[name], rows[0])
        line.end(
            f"{_named(first)} has the {end} {registry[name].label}{_where(plan)}, {plan.period.sentence()}: "
            f"{value}{_size(line, result, name, first)}.{small}"
        )
        _say_rows(draft, plan, name, result, rows)
    return True


def answer_trend(plan: Plan, numbers: Numbers, draft: Draft) -> bool:
    """A metric step by step: where it started and ended, its highest and lowest."""
    result = numbers.query(list(plan.metrics), by=[*plan.by, plan.grain], where=plan.where or None, period=plan.period)
    for name in plan.metrics:
        groups: dict[str, list[Mapping[str, Any]]] = {}
        for row in result.rows:
            if row[name] is not None:
                groups.setdefault(" ".join(str(row[cut]) for cut in plan.by), []).append(row)
        for group, rows in list(groups.items())[:MOST_ROWS]:
            _say_series(draft, plan, name, result, group, rows)
        if not groups:
            draft.say(f"{registry[name].label} is unknown throughout that period.")
    return True


def _say_series(draft: Draft, plan: Plan, name: str, result: Result, group: str, rows: list[Mapping[str, Any]]) -> None:
    metric, line = registry[name], draft.line()
    picked = {
        "first": rows[0], "last": rows[-1], "high": max(rows, key=lambda row: row[name]),
        "low": min(rows, key=lambda row: row[name]),
    }  # fmt: skip
    cells = {key: line.cell(result, name, **_key(plan, row, plan.grain)) for key, row in picked.items()}
    moved = cells["last"].number - cells["first"].number
    formula = f"n{cells['last'].index} - n{cells['first'].index}"
    shown = line.work(moved, signed(moved, metric), metric.unit, f"{metric.label}, first to last", formula)
    at = {key: row[plan.grain] for key, row in picked.items()}
    line.end(
        f"{metric.label}{f' of {group}' if group else ''}{_where(plan)} by {plan.grain}, {plan.period.sentence()}: "
        f"{cells['first']} on {at['first']}, {cells['last']} on {at['last']} ({shown}{direction(moved, metric)}); "
        f"highest {cells['high']} on {at['high']}, lowest {cells['low']} on {at['low']}."
    )


def answer_define(plan: Plan, numbers: Numbers, draft: Draft) -> bool:
    """What the metrics mean, from the registry."""
    del numbers
    for name in plan.metrics:
        metric = registry[name]
        way = {"higher": "Higher is better.", "lower": "Lower is better.", "neutral": "Neither way is better."}
        draft.say(
            f"{metric.label} ({metric.name}, in {metric.unit}): {metric.note} {way[metric.better]} "
            f"Defined as {' '.join(metric.sql.split())} over {metric.table}; after {metric.origin}."
        )
    return True


def _say_two(draft: Draft, plan: Plan, name: str, results: list[Result]) -> None:
    metric, line = registry[name], draft.line()
    one, two = (line.cell(result, name) for result in results)
    said = [
        f"{value}{_size(line, result, name)} in {result.period.sentence()}"
        for value, result in zip((one, two), results, strict=True)
    ]
    text = f"{metric.label}{_where(plan)}: {said[0]}, against {said[1]}"
    if one.value is not None and two.value is not None:
        moved = one.number - two.number
        shown = line.work(
            moved, signed(moved, metric), metric.unit, f"{metric.label}, difference", f"n{one.index} - n{two.index}"
        )
        text += f": {shown}{direction(moved, metric)}"
    line.end(f"{text}.")


def _say_rows(draft: Draft, plan: Plan, name: str, result: Result, rows: list[dict[str, Any]]) -> None:
    line = draft.line()
    metric = registry[name]
    shown = rows[:MOST_ROWS]
    said = [_row(line, result, plan, metric, row) for row in shown]
    more = ""
    if len(rows) > len(shown):
        more = f"; {line.tally(len(rows) - len(shown), 'rows', 'not shown')} more"
    text = "; ".join(said) if said else "nothing in that period"
    period = result.period.sentence()
    line.end(f"{metric.label} by {', '.join(plan.by)}{_where(plan)}, {period}: {text}{more}.")


def _row(line: Line, result: Result, plan: Plan, metric: Metric, row: dict[str, Any]) -> str:
    key = _key(plan, row)
    return f"{_named(key)}: {line.cell(result, metric.name, **key)}{_size(line, result, metric.name, key)}"


def _ranked(result: Result, name: str, *, highest: bool) -> list[dict[str, Any]]:
    known = [row for row in result.rows if row[name] is not None]
    return sorted(known, key=lambda row: -row[name] if highest else row[name])


def _key(plan: Plan, row: Mapping[str, Any], *more: str) -> dict[str, Any]:
    return {name: row[name] for name in (*plan.by, *more)}


def _named(key: Mapping[str, Any]) -> str:
    return " ".join(_word(name, value) for name, value in key.items())


def _word(name: str, value: Any) -> str:
    if value is None:
        return f"{DIMENSIONS[name].label if name in DIMENSIONS else name} not set"
    if name == "weekday":
        return day_name[int(value) - 1]
    return f"{int(value):02}:00" if name == "hour_of_day" else str(value)


def _size(line: Line, result: Result, name: str, key: Mapping[str, Any] | None = None) -> str:
    if not registry[name].n:
        return ""
    size: Figure = line.cell(result, name, f"{name}_n", **(key or {}))
    return f" (n = {size})"


def _small_note(metric: Metric, row: Mapping[str, Any]) -> str:
    is_small = bool(metric.n) and (row[f"{metric.name}_n"] or 0) < SMALL_N
    return " That rests on few tickets; read it with care." if is_small else ""


def _where(plan: Plan) -> str:
    said = plan.filter
    return f" where {said.sentence()}" if said else ""


ANSWERS: Final[dict[str, Callable[[Plan, Numbers, Draft], bool]]] = {
    "number": answer_number,
    "compare": answer_compare,
    "rank": answer_rank,
    "trend": answer_trend,
    "define": answer_define,
}

"""Answers that are figures: one number, a comparison, a series, a ranking, a definition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from deskbook.metrics import Metric, Period, Result, registry
from deskbook.rag.contract import Numbers
from deskbook.rag.draft import Draft, Figure, Line
from deskbook.rag.plan import Plan

MOST_ROWS: Final = 10
SMALL_N: Final = 10


def answer_number(plan: Plan, numbers: Numbers, draft: Draft) -> bool:
    """The metrics of the period, each with the period before where it has one."""
    result = numbers.query(list(plan.metrics), where=plan.where or None, period=plan.period, compare=True)
    earlier = plan.period.before() if f"{plan.metrics[0]}_before" in result.frame else None
    for name in plan.metrics:
        line, says = draft.line(), draft.says
        value = line.cell(result, name)
        text = says("number", metric=says.metric(name), where=where_of(plan, draft), period=says.period(plan.period),
                    value=value, n=_size(line, result, name))  # fmt: skip
        line.end(f"{text}{_earlier(line, result, name, value, earlier) if earlier else ''}.")
    return any(result.value(name) is not None for name in plan.metrics)


def _earlier(line: Line, result: Result, name: str, value: Figure, earlier: Period) -> str:
    says, metric = line.draft.says, registry[name]
    before = line.cell(result, name, f"{name}_before")
    if before.value is None or value.value is None:
        return ""
    change = line.cell(result, name, f"{name}_change")
    said = line.work(change.number, says.signed(change.number, metric), metric.unit, "change", f"n{change.index}")
    return says("period_before", value=before, period=says.period(earlier), change=said,
                direction=says.direction(change.number, metric))  # fmt: skip


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
                _say_rows(draft, plan, name, result, ranked(result, name, highest=True))
        elif len(results) == 2:
            _say_two(draft, plan, name, results)
    return True


def answer_rank(plan: Plan, numbers: Numbers, draft: Draft) -> bool:
    """The values of a dimension in order of a metric."""
    result = numbers.query(list(plan.metrics), by=list(plan.by), where=plan.where or None, period=plan.period)
    says, is_answered = draft.says, False
    for name in plan.metrics:
        rows = [row for row in ranked(result, name, highest=plan.highest) if row[plan.by[0]] is not None]
        if not rows:
            draft.tell("rank_none", metric=says.metric(name), dimension=says.inside(plan.by[0]))
            continue
        line, is_answered = draft.line(), True
        first = _key(plan, rows[0])
        value = line.cell(result, name, **first)
        text = says(
            "rank_high" if plan.highest else "rank_low", first=_named(first, draft), metric=says.metric(name),
            where=where_of(plan, draft), period=says.period(plan.period), value=value,
            n=_size(line, result, name, first),
        )  # fmt: skip
        line.end(text + _small_note(registry[name], rows[0], draft))
        _say_rows(draft, plan, name, result, rows)
    return is_answered


def first_of(plan: Plan, numbers: Numbers) -> str | None:
    """The value of the ranking's dimension that comes first; None when none is known."""
    name = plan.metrics[0]
    result = numbers.query(list(plan.metrics), by=list(plan.by), where=plan.where or None, period=plan.period)
    rows = [row for row in ranked(result, name, highest=plan.highest) if row[plan.by[0]] is not None]
    return str(rows[0][plan.by[0]]) if rows else None


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
            draft.tell("no_series", metric=draft.says.metric(name))
    return True


def _say_series(draft: Draft, plan: Plan, name: str, result: Result, group: str, rows: list[Mapping[str, Any]]) -> None:
    metric, line, says = registry[name], draft.line(), draft.says
    picked = {
        "first": rows[0], "last": rows[-1], "high": max(rows, key=lambda row: row[name]),
        "low": min(rows, key=lambda row: row[name]),
    }  # fmt: skip
    cells = {key: line.cell(result, name, **_key(plan, row, plan.grain)) for key, row in picked.items()}
    moved = cells["last"].number - cells["first"].number
    formula = f"n{cells['last'].index} - n{cells['first'].index}"
    shown = line.work(moved, says.signed(moved, metric), metric.unit, f"{says.metric(name)}, first to last", formula)
    at = {f"{key}_at": says.step(str(row[plan.grain]), plan.grain) for key, row in picked.items()}
    text = says(
        "series", metric=says.metric(name), group=says("of_group", group=group) if group else "",
        where=where_of(plan, draft), grain=says.name(plan.grain), period=says.period(plan.period), moved=shown,
        direction=says.direction(moved, metric), **cells, **at,
    )  # fmt: skip
    line.end(text)


def answer_define(plan: Plan, numbers: Numbers, draft: Draft) -> bool:
    """What the metrics mean, from the registry."""
    del numbers
    for name in plan.metrics:
        metric, says = registry[name], draft.says
        draft.tell(
            "define", metric=says.metric(name), name=name, unit=says.unit(metric.unit), note=metric.note,
            way=says(metric.better), sql=" ".join(metric.sql.split()), table=metric.table, origin=metric.origin,
        )  # fmt: skip
    return True


def _say_two(draft: Draft, plan: Plan, name: str, results: list[Result]) -> None:
    metric, line, says = registry[name], draft.line(), draft.says
    one, two = (line.cell(result, name) for result in results)
    said = [f"{value}{_size(line, result, name)}" for value, result in zip((one, two), results, strict=True)]
    text = says("two", metric=says.metric(name), where=where_of(plan, draft), one=said[0], two=said[1],
                period=says.period(results[0].period), other=says.period(results[1].period))  # fmt: skip
    if one.value is not None and two.value is not None:
        moved = one.number - two.number
        label = f"{says.metric(name)}, difference"
        shown = line.work(moved, says.signed(moved, metric), metric.unit, label, f"n{one.index} - n{two.index}")
        text += f": {shown}{says.direction(moved, metric)}"
    line.end(f"{text}.")


def _say_rows(draft: Draft, plan: Plan, name: str, result: Result, rows: list[dict[str, Any]]) -> None:
    line, says = draft.line(), draft.says
    shown = rows[:MOST_ROWS]
    said = [_row(line, result, plan, registry[name], row) for row in shown]
    more = ""
    if len(rows) > len(shown):
        more = says("more_rows", count=line.tally(len(rows) - len(shown), "rows", "not shown"))
    text = "; ".join(said) if said else says("no_rows")
    by = ", ".join(says.inside(cut) for cut in plan.by)
    line.end(says("rows", metric=says.metric(name), by=by, where=where_of(plan, draft), rows=text, more=more,
                  period=says.period(result.period)))  # fmt: skip


def _row(line: Line, result: Result, plan: Plan, metric: Metric, row: dict[str, Any]) -> str:
    key = _key(plan, row)
    cell = line.cell(result, metric.name, **key)
    return f"{_named(key, line.draft)}: {cell}{_size(line, result, metric.name, key)}"


def ranked(result: Result, name: str, *, highest: bool) -> list[dict[str, Any]]:
    """Rows whose metric is known, in its order."""
    known = [row for row in result.rows if row[name] is not None]
    return sorted(known, key=lambda row: -row[name] if highest else row[name])


def _key(plan: Plan, row: Mapping[str, Any], *more: str) -> dict[str, Any]:
    return {name: row[name] for name in (*plan.by, *more)}


def _named(key: Mapping[str, Any], draft: Draft) -> str:
    return " ".join(_word(name, value, draft) for name, value in key.items())


def _word(name: str, value: Any, draft: Draft) -> str:
    if value is None:
        return draft.says("not_set", what=draft.says.dimension(name))
    if name == "weekday":
        return draft.says.weekday(int(value))
    return f"{int(value):02}:00" if name == "hour_of_day" else str(value)


def _size(line: Line, result: Result, name: str, key: Mapping[str, Any] | None = None) -> str:
    if not registry[name].n:
        return ""
    return line.draft.says("n", n=line.cell(result, name, f"{name}_n", **(key or {})))


def _small_note(metric: Metric, row: Mapping[str, Any], draft: Draft) -> str:
    is_small = bool(metric.n) and (row[f"{metric.name}_n"] or 0) < SMALL_N
    return draft.says("few") if is_small else ""


def where_of(plan: Plan, draft: Draft) -> str:
    """The plan's filter as part of a sentence; empty for none."""
    return draft.says("where", filter=draft.says.filter(plan.filter)) if plan.filter else ""


ANSWERS: Final[dict[str, Callable[[Plan, Numbers, Draft], bool]]] = {
    "number": answer_number,
    "compare": answer_compare,
    "rank": answer_rank,
    "trend": answer_trend,
    "define": answer_define,
}

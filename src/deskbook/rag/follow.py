"""What comes after an answer: questions that keep its filter, and one in words that says only what is different."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from deskbook.errors import BadValue
from deskbook.metrics import DIMENSIONS, both, registry
from deskbook.metrics.filters import named_in, parts_of
from deskbook.rag.contract import Numbers
from deskbook.rag.dates import find_periods
from deskbook.rag.names import splits
from deskbook.rag.plan import Plan
from deskbook.rag.plan_document import plan_from
from deskbook.rag.plan_parser import make_plan
from deskbook.rag.reading import Reading

MOST: Final = 4
CUTS: Final = ("team", "channel", "category", "segment")
"""Dimensions offered to cut by, in this order."""


def follow_ups(document: Mapping[str, Any], numbers: Numbers) -> list[Plan]:
    """Plans that ask further within the filter and period of one, each with its question; at most four.

    Args:
        document: the plan that was answered, as `Plan.as_dict()` gives it.
    """
    plan = plan_from(document, numbers)
    if plan.problem or not plan.metrics:
        return []
    found: list[Plan] = []
    for question, change in _ideas(plan):
        wanted = {**_bare(plan), **change, "question": question}
        try:
            found.append(plan_from(wanted, numbers))
        except BadValue:
            continue  # not every metric goes with every cut
        if len(found) == MOST:
            break
    return found


def _bare(plan: Plan) -> dict[str, Any]:
    """What the plan asks, less how: its kind's own parts are made anew."""
    held = plan.as_dict()
    return {name: held[name] for name in ("metrics", "filters", "period", "language") if name in held}


def _ideas(plan: Plan) -> Iterator[tuple[str, dict[str, Any]]]:
    metric = registry[plan.metrics[0]]
    one = {"metrics": [metric.name]}
    has_span = plan.period.since is not None
    if plan.kind != "why" and has_span and any(splits(registry[name]) for name in plan.metrics):
        yield f"Why? {metric.label}", {"kind": "why", "metrics": list(plan.metrics)}
    if plan.kind != "trend":
        yield f"{metric.label} over time", {"kind": "trend", **one}
    if plan.kind != "compare" and has_span and not metric.stock:
        before = plan.period.before()
        if before:
            yield f"{metric.label} against the period before", {"kind": "compare", **one, "baseline": before.text}
    for name in CUTS:
        if name not in plan.by and not _is_held(plan, name):
            yield f"{metric.label} by {DIMENSIONS[name].label.lower()}", {"kind": "compare", **one, "by": [name]}


def _is_held(plan: Plan, name: str) -> bool:
    """Whether the filter already says one value of a dimension."""
    return f"{name} = " in plan.where


def follow(question: str, before: Mapping[str, Any], numbers: Numbers) -> Plan:
    """The plan of a question asked after another; what it does not say is kept.

    "And for Billing?" keeps metric and period, "and last month?" metric and filter, "by channel" all three.

    Args:
        before: the plan that was answered before, as `Plan.as_dict()` gives it.

    Returns:
        One with a problem where the words say nothing that can be asked.
    """
    held, said = plan_from(before, numbers), make_plan(question, numbers)
    if said.problem and held.metrics:
        named = make_plan(f"{registry[held.metrics[0]].label} {question}", numbers)
        says_more = bool(named.kind != "number" or named.where or named.by or named.grain)
        says_more = says_more or bool(find_periods(Reading(question), named.calendar, named.language))
        said = said if named.problem or not says_more else replace(named, question=question)
    if said.problem:
        return said
    is_same = not said.by and not said.grain and said.kind in ("number", held.kind)
    kept = ("kind", "by", "grain", "highest", "search") if is_same else ()
    wanted = {**said.as_dict(), **{name: held.as_dict()[name] for name in kept}}
    if not find_periods(Reading(question), said.calendar, said.language):
        wanted["period"] = held.as_dict()["period"]
        wanted["baseline"], wanted["assumed"] = None, []
    if is_same:
        wanted["baseline"] = None
    wanted["filters"] = _merged(held, said)
    return plan_from(wanted, numbers)


def _merged(held: Plan, said: Plan) -> str:
    """The filter before, less what the new question says of the same fields, and what it says."""
    new = named_in(said.filter)
    joined = both(*(part for part in parts_of(held.filter) if not named_in(part) & new), said.filter)
    return joined.text() if joined else ""

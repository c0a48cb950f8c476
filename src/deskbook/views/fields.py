"""What the filter builder offers: fields by group, the operators that fit them, dates by name."""

from __future__ import annotations

from typing import Any, Final

from deskbook.errors import UnknownName
from deskbook.metrics import DIMENSIONS, OPERATORS, Dimension, dimension
from deskbook.metrics import SAID as WRITTEN_SAID
from deskbook.views.memory import Memory
from deskbook.views.numbers import Book

GROUPS: Final = (
    "Ticket",
    "Custom fields",
    "Words in texts",
    "Dates",
    "Times and lengths",
    "Counts and scores",
    "Promises",
    "Answers and messages",
    "Surveys",
    "History",
    "Bands",
)
OF_TABLE: Final = {
    "promises": "Promises",
    "messages": "Answers and messages",
    "replies": "Answers and messages",
    "ratings": "Surveys",
    "flow": "History",
}
SAID: Final = {**WRITTEN_SAID, "in": "is any of", "not in": "is none of", "contains": "contains"}
"""Operators as they are chosen: before their values are known."""
DATES_SAID: Final = {"in": "in", "not in": "not in", "until": "until the end of", "after": "after the end of"}
DATES: Final = (
    ("today", "today"),
    ("yesterday", "yesterday"),
    ("-4h", "the last 4 hours"),
    ("-24h", "the last 24 hours"),
    ("-7d", "the last 7 days"),
    ("-28d", "the last 28 days"),
    ("-90d", "the last 90 days"),
    ("this week", "this week"),
    ("last week", "last week"),
    ("this month", "this month"),
    ("last month", "last month"),
    ("this quarter", "this quarter"),
    ("this year", "this year"),
)


def offered(book: Book, memory: Memory) -> dict[str, Any]:
    """Fields by group, operators by kind with their words, and the dates offered by name."""
    key = ("fields", book.snapshot)
    kept: dict[str, Any] | None = memory.get(key)
    if kept is None:
        fields = [one for one in (*DIMENSIONS.values(), *_custom(book)) if OPERATORS[one.kind] and len(one.on) != 2]
        grouped: dict[str, list[dict[str, str]]] = {name: [] for name in GROUPS}
        for one in fields:
            said = {"name": one.name, "label": one.label, "kind": one.kind, "unit": one.unit, "note": one.note}
            grouped[_group(one)].append(said)
        kept = {
            "groups": [{"title": title, "fields": held} for title, held in grouped.items() if held],
            "operators": {kind: [[op, _said(kind, op)] for op in ops] for kind, ops in OPERATORS.items()},
            "dates": [list(pair) for pair in DATES],
        }
        memory.put(key, kept)
    return kept


def _custom(book: Book) -> list[Dimension]:
    """The custom fields that a filter can name."""
    found = []
    for name in book.custom_fields():
        try:
            found.append(dimension(name))
        except UnknownName:
            continue
    return found


def _group(one: Dimension) -> str:
    if one.kind in ("custom", "text"):
        return "Custom fields" if one.kind == "custom" else "Words in texts"
    if "tickets" not in one.on:
        return OF_TABLE[one.on[0]]
    if one.kind == "moment":
        return "Dates"
    if one.kind == "number":
        return "Times and lengths" if one.unit else "Counts and scores"
    return "Bands" if one.order else "Ticket"


def _said(kind: str, op: str) -> str:
    return DATES_SAID.get(op, op) if kind == "moment" and op not in ("null", "not null") else SAID[op]

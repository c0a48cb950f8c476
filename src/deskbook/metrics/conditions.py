"""One comparison in a filter: its bound SQL over any hot table, its text, and how a person says it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from deskbook.errors import BadValue
from deskbook.metrics import moments
from deskbook.metrics.dimensions import DIMENSIONS, Dimension, dimension, foreign
from deskbook.metrics.metric import Fact

UNARY: Final = ("null", "not null")
LISTS: Final = ("in", "not in")
ORDER: Final = ("<", "<=", ">", ">=")
_WORDS: Final = ("=", "!=", *LISTS, "contains", "not contains", *ORDER, *UNARY)
OPERATORS: Final[Mapping[str, tuple[str, ...]]] = {
    "word": _WORDS,
    "custom": _WORDS,
    "tag": ("=", "!=", *LISTS, "contains", "not contains", *UNARY),
    "number": ("=", "!=", *ORDER, *LISTS, *UNARY),
    "moment": (*moments.OPERATORS, *UNARY),
    "text": ("contains", "not contains"),
    "time": (),
}
"""What each kind of dimension can be asked, the likeliest first."""
TURNED: Final[Mapping[str, str]] = {"!=": "=", "not in": "in", "not contains": "contains", "null": "not null"}
"""Operators that hold where the other one does not: also for what is unknown."""
SAID: Final = {
    "=": "is",
    "!=": "is not",
    "in": "is",
    "not in": "is not",
    "not contains": "does not contain",
    "<": "below",
    "<=": "at most",
    ">": "over",
    ">=": "at least",
    "null": "is not set",
    "not null": "is set",
}
PLACEHOLDER: Final = re.compile(r"\{(\w{1,40})\}")
"""A value that is asked for when a saved filter is used."""
KEYWORDS: Final = frozenset(
    {"or", "and", "not", "in", "is", "null", "contains", *moments.FROM_START, *moments.FROM_END}
)
FIELD: Final = re.compile(r"[A-Za-z_][\w.]*")
FLOW: Final = "flow_then"


@dataclass(frozen=True)
class Condition:
    """One comparison of a dimension with values.

    Attributes:
        op: one of OPERATORS of the dimension's kind.
    """

    field: str
    op: str
    values: tuple[str, ...] = ()

    def check(self) -> None:
        """See that it can be meant.

        Raises:
            UnknownName: there is no such dimension.
            BadValue: the dimension cannot be asked this, or a value is none for it.
        """
        one = dimension(self.field)
        if one.kind == "time":
            raise BadValue(f"'{self.field}' is a time; use a period (--since, --until) or created_at instead.")
        if one.kind == "tag" and self.op in ORDER:
            raise BadValue(f"Tags have no order: '{self.field} {self.op}' cannot be answered. Use =, != or in.")
        if self.op not in OPERATORS[one.kind]:
            known = ", ".join(_asked(op) for op in OPERATORS[one.kind])
            raise BadValue(f"'{self.field} {self.op}' cannot be answered, as it is a {one.kind}. Use {known}.")
        for value in self.values:
            if PLACEHOLDER.fullmatch(value):
                continue
            if one.kind == "number":
                _number(self.field, value)
            elif one.kind == "moment":
                moments.check(self.field, self.op, value)
            elif one.kind == "text" and not value.strip():
                raise BadValue(f"'{self.field} contains' wants a word to look for.")

    def settled(self, now: datetime | None, zone: str) -> Condition:
        """The same with its dates as instants that no clock and no zone can move."""
        if not self.values or not is_moment(self.field):
            return self
        ends = (moments.settled(self.field, self.op, value, now=now, zone=zone) for value in self.values)
        return replace(self, values=tuple(ends))

    def sql(self, table: Fact, bound: dict[str, Any]) -> str:
        """SQL over one hot table; adds its values to `bound`. What is unknown makes it unknown or false.

        A dimension of messages, answers, moves, promises or surveys holds for a ticket that has such a row; turned
        round it holds for one that has none.
        """
        self.check()
        one = dimension(self.field)
        if one.kind == "text":
            name = _bind(self.key, bound)
            return f"{table}.ticket {self._not}IN (SELECT ticket FROM found WHERE said = {name})"
        if table in one.on:
            return self._of_row(one, one.sql, bound)
        if "tickets" in one.on:
            return f"{table}.ticket IN (SELECT ticket FROM tickets WHERE {self._of_row(one, one.sql, bound)})"
        home = home_of(one, table)
        if not home:
            raise foreign(one, table)
        row = replace(self, op=TURNED.get(self.op, self.op))._of_row(one, one.sql, bound)
        return f"{table}.ticket {self._not}IN (SELECT ticket FROM {home} WHERE {row})"

    @property
    def _not(self) -> str:
        return "NOT " if self.op in TURNED else ""

    @property
    def key(self) -> str:
        """Of a text search: what was looked for and where, as the hot `found` names it."""
        return f"{self.field} contains {' '.join(self.values[0].lower().split())}"

    def _of_row(self, one: Dimension, sql: str, bound: dict[str, Any]) -> str:
        """SQL of whether it holds for a value."""
        if one.kind == "tag":
            return self._of_tags(sql, bound)
        if self.op in UNARY:
            return f"({sql}) IS {self.op.upper()}"
        if one.kind == "moment":
            return self._of_moment(sql, bound)
        if one.kind == "custom" and self.op in ORDER and _is_number(self.values[0]):
            return f"try_cast(({sql}) AS DOUBLE) {self.op} {_bind(float(self.values[0]), bound)}"
        number = one.kind == "number"
        names = [_bind(_number(self.field, value) if number else value, bound) for value in self.values]
        if one.coded and self.op in ("=", "in"):
            # Compared as codes; a word that no row has becomes NULL, which equals nothing.
            return f"{sql} IN ({', '.join(f'try_cast({name} AS {one.name}_words)' for name in names)})"
        if one.kind == "word":
            sql = f"({sql})::VARCHAR"
        if self.op in ("contains", "not contains"):
            held = f"contains(lower({sql}), lower({names[0]}))"
            return held if self.op == "contains" else f"({sql} IS NULL OR NOT {held})"
        if self.op in LISTS:
            listed = f"{sql} IN ({', '.join(names)})"
            return listed if self.op == "in" else f"({sql} IS NULL OR NOT {listed})"
        if self.op == "!=":
            return f"{sql} IS DISTINCT FROM {names[0]}"
        return f"{sql} {self.op} {names[0]}"

    def _of_tags(self, tags: str, bound: dict[str, Any]) -> str:
        if self.op in UNARY:
            return f"coalesce(len({tags}), 0) {'=' if self.op == 'null' else '>'} 0"
        names = [_bind(value, bound) for value in self.values]
        if self.op in ("contains", "not contains"):
            held = f"coalesce(contains(lower(array_to_string({tags}, ' ')), lower({names[0]})), false)"
        else:
            held = f"coalesce(list_has_any({tags}, [{', '.join(names)}]), false)"
        return f"NOT {held}" if self.op in TURNED else held

    def _of_moment(self, sql: str, bound: dict[str, Any]) -> str:
        within = [self._in_span(sql, value, bound) for value in self.values]
        held = within[0] if len(within) == 1 else f"({' OR '.join(within)})"
        return f"(({sql}) IS NULL OR NOT {held})" if self.op == "not in" else held

    def _in_span(self, sql: str, value: str, bound: dict[str, Any]) -> str:
        ends = moments.instants(self.op, value)
        if self.op not in LISTS:
            sign = ">=" if self.op in ("since", "after") else "<"
            return f"({sql}) {sign} {_bind(ends[0], bound)}"
        parts = [
            f"({sql}) {sign} {_bind(end, bound)}"
            for sign, end in zip((">=", "<"), ends, strict=True)
            if end is not None
        ]
        return f"({' AND '.join(parts) or f'({sql}) IS NOT NULL'})"

    def text(self) -> str:
        """The condition in the filter language."""
        field = self.field if FIELD.fullmatch(self.field) else quoted(self.field)
        if self.op in UNARY:
            return f"{field} is {self.op}"
        if self.op in LISTS and not (len(self.values) == 1 and is_moment(self.field)):
            return f"{field} {self.op} ({', '.join(map(written, self.values))})"
        return f"{field} {self.op} {written(self.values[0])}"

    def sentence(self) -> str:
        """The condition as a person says it."""
        one = dimension(self.field)
        label = one.label.lower()
        if self.op in UNARY:
            return f"{label} {SAID[self.op]}"
        if one.kind == "moment":
            return f"{label} {' or '.join(moments.said(self.op, value) for value in self.values)}"
        unit = f" {one.unit}" if one.unit else ""
        return f"{label} {SAID.get(self.op, self.op)} {' or '.join(self.values)}{unit}"


def written(value: str) -> str:
    """A value in the filter language: bare where it can be, else in quotes."""
    plain = value and not any(c.isspace() or c in "(),\"'=<>!\\" for c in value)
    return value if plain and value.lower() not in KEYWORDS else quoted(value)


def quoted(value: str) -> str:
    """A value in quotes."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def home_of(one: Dimension, table: Fact) -> str:
    """The hot table whose rows are looked for; empty where a row has the value itself or its ticket does."""
    if table in one.on or "tickets" in one.on or len(one.on) > 1:
        return ""
    return FLOW if one.on[0] == "flow" else one.on[0]


def is_moment(field: str) -> bool:
    """Whether there is a moment of that name."""
    return field in DIMENSIONS and DIMENSIONS[field].kind == "moment"


def _asked(op: str) -> str:
    return f"is {op}" if op in UNARY else op


def _bind(value: Any, bound: dict[str, Any]) -> str:
    name = f"w{len([key for key in bound if key.startswith('w')])}"
    bound[name] = value
    return f"${name}"


def _is_number(value: str) -> bool:
    try:
        return math.isfinite(float(value))
    except ValueError:
        return False


def _number(field: str, value: str) -> float:
    if not _is_number(value):
        raise BadValue(f"'{field}' is compared with numbers; got '{value}'.")
    return float(value)

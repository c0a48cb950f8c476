"""Filters: one small language that becomes bound SQL, a plain sentence, and its own text again.

    channel = chat and priority in (high, urgent) and not team is null

A value is only ever a value: it is bound, never pasted into SQL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedInput

from deskbook.errors import BadValue
from deskbook.metrics.dimensions import Dimension, column, dimension
from deskbook.metrics.metric import Fact

GRAMMAR: Final = r"""
?start: any
?any: all (_OR all)*
?all: one (_AND one)*
?one: _NOT one -> negated
    | "(" any ")"
    | FIELD OP value -> compared
    | FIELD _IN "(" value ("," value)* ")" -> listed
    | FIELD _NOT _IN "(" value ("," value)* ")" -> unlisted
    | FIELD _CONTAINS value -> containing
    | FIELD _IS _NULL -> absent
    | FIELD _IS _NOT _NULL -> present
value: QUOTED | FIELD | BARE
_OR.3: /or\b/i
_AND.3: /and\b/i
_NOT.3: /not\b/i
_IN.3: /in\b/i
_IS.3: /is\b/i
_NULL.3: /null\b/i
_CONTAINS.3: /contains\b/i
OP: "!=" | "<=" | ">=" | "=" | "<" | ">"
FIELD.2: /[A-Za-z_][\w.]*(?![^\s(),"'=<>!])/
BARE: /[^\s(),"'=<>!]+/
QUOTED.2: /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/
%ignore /\s+/
"""
KEYWORDS: Final = ("or", "and", "not", "in", "is", "null", "contains")
SAID: Final = {"=": "is", "!=": "is not", "<": "below", "<=": "at most", ">": "over", ">=": "at least"}


@dataclass(frozen=True)
class Condition:
    """One comparison of a dimension with values.

    Attributes:
        op: `=`, `!=`, `<`, `<=`, `>`, `>=`, `in`, `not in`, `contains`, `null`, `not null`.
    """

    field: str
    op: str
    values: tuple[str, ...] = ()

    def sql(self, table: Fact, bound: dict[str, Any]) -> str:
        """SQL over one hot table; adds its values to `bound`."""
        one = dimension(self.field)
        if one.kind == "time":
            raise BadValue(f"'{self.field}' is a time; use a period (--since, --until) instead of a filter.")
        sql = column(one, table)
        if self.op in ("null", "not null"):
            return f"({sql}) IS {self.op.upper()}"
        names = [self._bind(one, value, bound) for value in self.values]
        if one.coded and self.op in ("=", "in"):
            # Compared as codes; a word that no row has becomes NULL, which equals nothing.
            return f"{sql} IN ({', '.join(f'try_cast({name} AS {one.name}_words)' for name in names)})"
        if one.kind == "tag":
            return self._tag_sql(sql, names)
        if one.kind == "word":
            sql = f"({sql})::VARCHAR"
        if self.op == "contains":
            return f"contains(lower({sql}), lower({names[0]}))"
        if self.op in ("in", "not in"):
            listed = f"{sql} IN ({', '.join(names)})"
            return listed if self.op == "in" else f"({sql} IS NULL OR NOT {listed})"
        if self.op == "!=":
            return f"{sql} IS DISTINCT FROM {names[0]}"
        return f"{sql} {self.op} {names[0]}"

    def _tag_sql(self, tags: str, names: Sequence[str]) -> str:
        if self.op not in ("=", "!=", "in", "not in", "contains"):
            raise BadValue(f"Tags have no order: '{self.field} {self.op}' cannot be answered. Use =, != or in.")
        if self.op == "contains":
            return f"contains(lower(array_to_string({tags}, ' ')), lower({names[0]}))"
        held = f"coalesce(list_has_any({tags}, [{', '.join(names)}]), false)"
        return f"NOT {held}" if self.op in ("!=", "not in") else held

    def _bind(self, one: Dimension, value: str, bound: dict[str, Any]) -> str:
        name = f"w{len([key for key in bound if key.startswith('w')])}"
        bound[name] = value
        if one.kind == "number":
            try:
                bound[name] = float(value)
            except ValueError:
                raise BadValue(f"'{self.field}' is compared with numbers; got '{value}'.") from None
        return f"${name}"

    def text(self) -> str:
        """The condition in the filter language."""
        if self.op in ("null", "not null"):
            return f"{self.field} is {self.op}"
        if self.op in ("in", "not in"):
            return f"{self.field} {self.op} ({', '.join(_written(v) for v in self.values)})"
        return f"{self.field} {self.op} {_written(self.values[0])}"

    def sentence(self) -> str:
        """The condition as a person says it."""
        label = dimension(self.field).label.lower()
        if self.op in ("null", "not null"):
            return f"{label} is {'not set' if self.op == 'null' else 'set'}"
        if self.op in ("in", "not in"):
            return f"{label} is {'' if self.op == 'in' else 'not '}{' or '.join(self.values)}"
        return f"{label} {SAID.get(self.op, self.op)} {self.values[0]}"


@dataclass(frozen=True)
class Joined:
    """Filters joined by `and` or `or`."""

    word: str
    parts: tuple[Filter, ...]

    def sql(self, table: Fact, bound: dict[str, Any]) -> str:
        """SQL over one hot table; adds its values to `bound`."""
        return "(" + f" {self.word.upper()} ".join(part.sql(table, bound) for part in self.parts) + ")"

    def text(self) -> str:
        """The filter in its own language."""
        return f" {self.word} ".join(_nested(part, part.text()) for part in self.parts)

    def sentence(self) -> str:
        """The filter as a person says it."""
        return f" {self.word} ".join(_nested(part, part.sentence()) for part in self.parts)


@dataclass(frozen=True)
class Negated:
    """A filter turned round; rows where it is unknown count as not matching it."""

    part: Filter

    def sql(self, table: Fact, bound: dict[str, Any]) -> str:
        """SQL over one hot table; adds its values to `bound`."""
        return f"NOT coalesce({self.part.sql(table, bound)}, false)"

    def text(self) -> str:
        """The filter in its own language."""
        return f"not ({self.part.text()})"

    def sentence(self) -> str:
        """The filter as a person says it."""
        return f"not ({self.part.sentence()})"


Filter = Condition | Joined | Negated


def _nested(part: Filter, words: str) -> str:
    return f"({words})" if isinstance(part, Joined) else words


def _written(value: str) -> str:
    plain = value and not any(c.isspace() or c in "(),\"'=<>!\\" for c in value)
    if plain and value.lower() not in KEYWORDS:
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


class _Build(Transformer[Token, Filter]):
    def value(self, parts: list[Token]) -> str:
        text = str(parts[0])
        if parts[0].type != "QUOTED":
            return text
        inner, out, escaped = text[1:-1], [], False
        for letter in inner:
            if letter == "\\" and not escaped:
                escaped = True
                continue
            out.append(letter)
            escaped = False
        return "".join(out)

    def compared(self, parts: list[Any]) -> Filter:
        return Condition(str(parts[0]), str(parts[1]), (parts[2],))

    def listed(self, parts: list[Any]) -> Filter:
        return Condition(str(parts[0]), "in", tuple(parts[1:]))

    def unlisted(self, parts: list[Any]) -> Filter:
        return Condition(str(parts[0]), "not in", tuple(parts[1:]))

    def containing(self, parts: list[Any]) -> Filter:
        return Condition(str(parts[0]), "contains", (parts[1],))

    def absent(self, parts: list[Any]) -> Filter:
        return Condition(str(parts[0]), "null")

    def present(self, parts: list[Any]) -> Filter:
        return Condition(str(parts[0]), "not null")

    def negated(self, parts: list[Any]) -> Filter:
        return Negated(parts[0])

    def all(self, parts: list[Any]) -> Filter:
        return Joined("and", tuple(parts))

    def any(self, parts: list[Any]) -> Filter:
        return Joined("or", tuple(parts))


@lru_cache(maxsize=1)
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", maybe_placeholders=False)


def parse_filter(text: str | None) -> Filter | None:
    """The filter a line of text says; None for an empty one.

    Raises:
        BadValue: the line cannot be read; shows where and what was expected.
        UnknownName: it names a dimension that does not exist.
    """
    if not text or not text.strip():
        return None
    try:
        built: Filter = _Build().transform(_parser().parse(text))
    except UnexpectedInput as error:
        where = text[: error.pos_in_stream or 0] if isinstance(error.pos_in_stream, int) else text
        raise BadValue(
            f"Filter cannot be read after '{where.strip()}': {text!r}. "
            'Write conditions such as: channel = chat and priority in (high, urgent) and team != "Tier 2".'
        ) from error
    check_names(built)
    return built


def check_names(one: Filter) -> None:
    """Raise UnknownName if the filter names a dimension that does not exist."""
    if isinstance(one, Condition):
        dimension(one.field)
    elif isinstance(one, Negated):
        check_names(one.part)
    else:
        for part in one.parts:
            check_names(part)


def named_in(one: Filter | None) -> set[str]:
    """The dimensions a filter names."""
    if one is None:
        return set()
    if isinstance(one, Condition):
        return {one.field}
    return named_in(one.part) if isinstance(one, Negated) else set().union(*(named_in(part) for part in one.parts))


def both(*parts: Filter | None) -> Filter | None:
    """The filters that are there, all at once."""
    held = [part for part in parts if part is not None]
    flat = [
        inner for part in held for inner in (part.parts if isinstance(part, Joined) and part.word == "and" else (part,))
    ]
    if not flat:
        return None
    return flat[0] if len(flat) == 1 else Joined("and", tuple(flat))


def equal_to(chosen: Mapping[str, str | Sequence[str] | None]) -> Filter | None:
    """A filter from a choice per dimension; an empty choice leaves that dimension open."""
    parts: list[Filter] = []
    for name, value in chosen.items():
        values = (value,) if isinstance(value, str) else tuple(value or ())
        values = tuple(v for v in values if v)
        if len(values) == 1:
            parts.append(Condition(name, "=", values))
        elif values:
            parts.append(Condition(name, "in", values))
    return both(*parts)


Where = str | Mapping[str, str | Sequence[str] | None] | Filter | None


def as_filter(where: Where) -> Filter | None:
    """A filter from its text, from a mapping of dimension to value, or as it is."""
    if where is None or isinstance(where, str):
        return parse_filter(where)
    return equal_to(where) if isinstance(where, Mapping) else where

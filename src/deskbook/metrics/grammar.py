"""The filter language: a line of text and the filter it says.

channel = chat and priority in (high, urgent) and not team is null
first_reply_minutes > 240 or promise_state = breached
created_at in "last week" and text contains "money back"
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedInput, VisitError

from deskbook.errors import BadValue
from deskbook.metrics import moments
from deskbook.metrics.conditions import Condition, is_moment
from deskbook.metrics.filters import Filter, Joined, Negated, conditions, equal_to

GRAMMAR: Final = r"""
?start: any
?any: all (_OR all)*
?all: one (_AND one)*
?one: _NOT one -> negated
    | "(" any ")"
    | field OP value -> compared
    | field _IS value -> same
    | field _IS _NOT value -> other
    | field _IN values -> listed
    | field _NOT _IN values -> unlisted
    | field _CONTAINS value -> containing
    | field _NOT _CONTAINS value -> lacking
    | field DATED value -> compared
    | field _IS _NULL -> absent
    | field _IS _NOT _NULL -> present
values: value | "(" value ("," value)* ")"
field: FIELD | QUOTED
value: QUOTED | FIELD | BARE
_OR.3: /or\b/i
_AND.3: /and\b/i
_NOT.3: /not\b/i
_IN.3: /in\b/i
_IS.3: /is\b/i
_NULL.3: /null\b/i
_CONTAINS.3: /contains\b/i
DATED.3: /(before|since|after|until)\b/i
OP: "!=" | "<=" | ">=" | "=" | "<" | ">"
FIELD.2: /[A-Za-z_][\w.]*(?![^\s(),"'=<>!])/
BARE: /[^\s(),"'=<>!]+/
QUOTED.2: /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/s
%ignore /\s+/
"""
EXAMPLE: Final = 'channel = chat and priority in (high, urgent) and team != "Tier 2"'


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

    field = value

    def values(self, parts: list[str]) -> tuple[str, ...]:
        return tuple(parts)

    def compared(self, parts: list[Any]) -> Filter:
        return _condition(parts[0], str(parts[1]).lower(), (parts[2],))

    def same(self, parts: list[Any]) -> Filter:
        return _condition(parts[0], "=", (parts[1],))

    def other(self, parts: list[Any]) -> Filter:
        return _condition(parts[0], "!=", (parts[1],))

    def listed(self, parts: list[Any]) -> Filter:
        return Condition(parts[0], "in", parts[1])

    def unlisted(self, parts: list[Any]) -> Filter:
        return Condition(parts[0], "not in", parts[1])

    def containing(self, parts: list[Any]) -> Filter:
        return Condition(parts[0], "contains", (parts[1],))

    def lacking(self, parts: list[Any]) -> Filter:
        return Condition(parts[0], "not contains", (parts[1],))

    def absent(self, parts: list[Any]) -> Filter:
        return Condition(parts[0], "null")

    def present(self, parts: list[Any]) -> Filter:
        return Condition(parts[0], "not null")

    def negated(self, parts: list[Any]) -> Filter:
        return Negated(parts[0])

    def all(self, parts: list[Any]) -> Filter:
        return Joined("and", tuple(parts))

    def any(self, parts: list[Any]) -> Filter:
        return Joined("or", tuple(parts))


def _condition(field: str, op: str, values: tuple[str, ...]) -> Condition:
    """A comparison; of a moment with a period it is one of the words for dates."""
    return Condition(field, moments.READ_AS.get(op, op) if is_moment(field) else op, values)


@lru_cache(maxsize=1)
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", maybe_placeholders=False)


def read_filter(text: str | None) -> Filter | None:
    """The filter a line of text says, whether or not its dimensions exist; None for an empty one.

    Raises:
        BadValue: the line cannot be read; shows where and what was expected.
    """
    if not text or not text.strip():
        return None
    try:
        return _Build().transform(_parser().parse(text))
    except UnexpectedInput as error:
        where = text[: error.pos_in_stream or 0] if isinstance(error.pos_in_stream, int) else text
        raise BadValue(
            f"Filter cannot be read after '{where.strip()}': {text!r}. Write conditions such as: {EXAMPLE}. "
            "Several words stand in quotes."
        ) from error
    except (RecursionError, VisitError) as error:
        raise BadValue("The filter is nested too deeply.") from error


def parse_filter(text: str | None) -> Filter | None:
    """The filter a line of text says; None for an empty one.

    Raises:
        BadValue: the line cannot be read, or a condition cannot be meant.
        UnknownName: it names a dimension that does not exist.
    """
    built = read_filter(text)
    for condition in conditions(built):
        condition.check()
    return built


Where = str | Mapping[str, str | Sequence[str] | None] | Filter | None


def as_filter(where: Where) -> Filter | None:
    """A filter from its text, from a mapping of dimension to value, or as it is."""
    if where is None or isinstance(where, str):
        return parse_filter(where)
    return equal_to(where) if isinstance(where, Mapping) else where

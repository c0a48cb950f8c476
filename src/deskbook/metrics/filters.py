"""Filters: conditions joined and turned round, that become bound SQL, a plain sentence, and their own text again.

A value is only ever a value: it is bound, never pasted into SQL. What is unknown does not match a condition; it
does match one that is turned round (`!=`, `not in`, `not contains`, `not (…)`), and `is null` asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deskbook.metrics.conditions import Condition
from deskbook.metrics.metric import Fact


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


def mapped(one: Filter, change: Callable[[Condition], Condition]) -> Filter:
    """The same filter with each of its conditions changed."""
    if isinstance(one, Condition):
        return change(one)
    if isinstance(one, Negated):
        return Negated(mapped(one.part, change))
    return Joined(one.word, tuple(mapped(part, change) for part in one.parts))


def conditions(one: Filter | None) -> Iterator[Condition]:
    """Every condition of a filter, in the order they are written."""
    if isinstance(one, Condition):
        yield one
    elif isinstance(one, Negated):
        yield from conditions(one.part)
    elif one is not None:
        for part in one.parts:
            yield from conditions(part)


def settled(one: Filter, *, now: datetime | None, zone: str) -> Filter:
    """The filter with its dates as instants: what it means at one moment, in one zone, for ever.

    Args:
        now: the moment relative dates start from (aware); without one they are refused.
    """
    return mapped(one, lambda condition: condition.settled(now, zone))


def named_in(one: Filter | None) -> set[str]:
    """The dimensions a filter names."""
    return {condition.field for condition in conditions(one)}


def parts_of(one: Filter | None) -> tuple[Filter, ...]:
    """The filters that must all hold, at the top level."""
    if one is None:
        return ()
    return one.parts if isinstance(one, Joined) and one.word == "and" else (one,)


def both(*parts: Filter | None) -> Filter | None:
    """The filters that are there, all at once."""
    flat = tuple(inner for part in parts for inner in parts_of(part))
    if not flat:
        return None
    return flat[0] if len(flat) == 1 else Joined("and", flat)


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

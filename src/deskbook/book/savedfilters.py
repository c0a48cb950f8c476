"""Filters that people keep under a name, and the line `@name(team=Billing)` that uses one."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any, Final

from deskbook import metrics as m
from deskbook.access import LOCAL, Actor
from deskbook.errors import BadValue
from deskbook.sources import Clock
from deskbook.store import Saved, Saves

KIND: Final = "filter"
USED: Final = re.compile(r'@\s*(?:"(?P<quoted>[^"]+)"|(?P<name>[^()"]+?))\s*(?:\((?P<values>.*)\))?\s*', re.S)
GIVEN: Final = re.compile(r'\s*(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^,"]+?))\s*(?:,|$)')


@dataclass(frozen=True, kw_only=True)
class SavedFilter:
    """One of them.

    Attributes:
        where: the filter as text; its gaps such as `{team}` ask for a value when it is used.
        period: in words; empty when it leaves the period alone.
        gaps: name -> dimension, in the order they are written.
        mine: whether whoever asked may change it.
    """

    name: str
    owner: str
    version: int
    where: str
    period: str
    shared: tuple[str, ...]
    gaps: Mapping[str, str]
    mine: bool

    def filter(self, values: Mapping[str, str | Sequence[str]]) -> m.Filter | None:
        """What it says, its gaps filled."""
        one = m.parse_filter(self.where)
        return m.filled(one, values) if one else None


class SavedFilters(ABC):
    """The part of a `Book` that keeps filters. Who may see and change one is asked of its `Saves`."""

    clock: Clock
    actor: Actor

    @property
    @abstractmethod
    def saves(self) -> Saves:
        """What people keep under a name."""

    def saved_filters(self, actor: Actor = LOCAL) -> list[SavedFilter]:
        """Those the actor may see, their own first."""
        return [_read(one, actor) for one in self.saves.seen(actor, KIND)]

    def saved_filter(self, name: str, *, owner: str = "", actor: Actor = LOCAL) -> SavedFilter:
        """The actor's own of that name, else the one that is shared with them.

        Raises:
            UnknownName: there is none for this actor.
        """
        return _read(self.saves.one(actor, KIND, name, owner=owner), actor)

    def save_filter(
        self,
        name: str,
        where: str,
        *,
        period: str = "",
        shared: Iterable[str] = (),
        owner: str = "",
        seen: int = 0,
        actor: Actor = LOCAL,
    ) -> SavedFilter:
        """Keep a filter under a name.

        Args:
            where: the filter as text; `{name}` for a value that is asked for when it is used.
            period: also set this period, in words.
            shared: roles that see it, or `everyone`.
            seen: the version it was changed from; 0 for a new one.

        Raises:
            BadValue: the filter cannot be read, or says nothing.
            Overtaken: somebody changed it since `seen`; nothing was written.
            AccessDenied: it is not the actor's to change.
        """
        one = m.parse_filter(where)
        if one is None and not period:
            raise BadValue("The filter is empty. Choose a condition first, then save it.")
        if period:
            m.parse_period(period, now=self.clock(), zone="UTC")
        body = {"where": one.text() if one else "", "period": period}
        at = self.clock().astimezone(UTC).replace(tzinfo=None)
        made = self.saves.keep(actor, KIND, name.strip(), body, at=at, owner=owner, shared=shared, seen=seen)
        return _read(made, actor)

    def remove_filter(self, name: str, *, seen: int, owner: str = "", actor: Actor = LOCAL) -> None:
        """Take one from view; its versions stay.

        Raises:
            UnknownName, Overtaken, AccessDenied: as above.
        """
        at = self.clock().astimezone(UTC).replace(tzinfo=None)
        self.saves.remove(actor, KIND, name, at=at, seen=seen, owner=owner)

    def filter(self, where: m.Where) -> m.Filter | None:
        """A filter from its line of text, from a mapping of dimension to value, or `@name` of a saved one."""
        if not isinstance(where, str) or not where.lstrip().startswith("@"):
            return m.as_filter(where)
        used = USED.fullmatch(where.strip())
        if not used:
            raise BadValue(f"{where!r} names no saved filter. Write such as: @Late answers(team=Billing)")
        one = self.saved_filter(used["quoted"] or used["name"], actor=self.actor)
        return one.filter(_given(used["values"] or ""))


def _read(one: Saved, actor: Actor) -> SavedFilter:
    body: Mapping[str, Any] = one.body
    where = str(body.get("where", ""))
    return SavedFilter(
        name=one.name,
        owner=one.owner,
        version=one.version,
        where=where,
        period=str(body.get("period", "")),
        shared=one.shared,
        gaps=m.gaps(m.read_filter(where)),
        mine=actor.may_change(one.owner),
    )


def _given(text: str) -> dict[str, str | Sequence[str]]:
    """Values for gaps: `team=Billing, hours=4`; the same name twice gives several."""
    values: dict[str, list[str]] = {}
    at = 0
    while text[at:].strip():
        found = GIVEN.match(text, at)
        if not found:
            raise BadValue(f"Values cannot be read at '{text[at:].strip()}'. Write such as: team=Billing, hours=4")
        plain = found[3] if found[2] is None else re.sub(r"\\(.)", r"\1", found[2])
        values.setdefault(found[1], []).append(plain)
        at = found.end()
    return {name: held[0] if len(held) == 1 else held for name, held in values.items()}

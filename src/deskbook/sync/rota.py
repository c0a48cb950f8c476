"""The catalog as the scheduler sees it: each entry's rhythm, who stands in for whom, what is planned now."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from deskbook.errors import DeskbookError
from deskbook.sources import Clock, Entry, Source
from deskbook.sources.rhythm import Every
from deskbook.store import Standing
from deskbook.sync.feeding import chain, feeder, owners
from deskbook.sync.schedule import Planned


class Entries(Protocol):
    """What sync needs of a catalog."""

    @property
    def names(self) -> Sequence[str]:
        """Entry names, in catalog order."""

    def entry(self, name: str) -> Entry:
        """One entry, resolved."""

    def source(self, name: str, clock: Clock) -> Source:
        """The part that reads it."""


@dataclass(frozen=True)
class Rota:
    """Who is pulled how often, and who in whose stead.

    Attributes:
        entries: those that resolve, by name.
        names: all of them, in catalog order.
        problems: what is wrong with an entry or its fallback, by name.
        owned: fallback -> the entry it is one for.
    """

    entries: Mapping[str, Entry]
    names: tuple[str, ...]
    problems: Mapping[str, str]
    owned: Mapping[str, str]

    @classmethod
    def of(cls, entries: Entries) -> Rota:
        """That of a catalog; an entry that does not resolve keeps its place, with what is wrong."""
        found: dict[str, Entry] = {}
        problems: dict[str, str] = {}
        for name in entries.names:
            try:
                found[name] = entries.entry(name)
            except DeskbookError as error:
                problems[name] = str(error)
        fallbacks = {name: found[name].fallback if name in found else "" for name in entries.names}
        owned, wrong = owners(fallbacks)
        return cls(found, tuple(entries.names), {**problems, **wrong}, owned)

    @property
    def firsts(self) -> tuple[str, ...]:
        """Entries that are nobody's fallback, in catalog order."""
        return tuple(name for name in self.names if name not in self.owned)

    def first(self, name: str) -> str:
        """The entry in whose stead one is pulled; itself where it is nobody's fallback."""
        while name in self.owned:
            name = self.owned[name]
        return name

    def links(self, name: str) -> tuple[str, ...]:
        """An entry and those that stand in for it, in their order; itself alone where its fallback does not hold."""
        if name in self.problems:
            return (name,)
        return chain(name, lambda one: self.entries[one].fallback if one in self.entries else "")

    def feeds(self, name: str, standings: Mapping[str, Standing]) -> str:
        """The entry of its chain that is to feed the numbers now."""
        links = self.links(self.first(name))
        return links[feeder(links, standings)]

    def planned(
        self, standings: Mapping[str, Standing], default: Every, *, woken: Collection[str] = ()
    ) -> list[Planned]:
        """Everything that is to be pulled: each entry, and beside one that fails those that stand in for it."""
        found = []
        for first in self.firsts:
            links = self.links(first)
            head = standings.get(first, Standing())
            for name in links[: feeder(links, standings) + 1]:
                held = standings.get(name, Standing())
                asked = head.wanted_at if head.wanted_at and not held.is_wanted else held.wanted_at
                is_paused = head.paused_at is not None or held.paused_at is not None
                found.append(
                    Planned(
                        name=name,
                        of=first,
                        every=self._every(name) or self._every(first) or default,
                        priority=self.entries[first].priority if first in self.entries else 0.0,
                        standing=held,
                        is_paused=is_paused,
                        is_wanted=(name in woken and not is_paused)
                        or (asked is not None and (held.begun_at is None or asked > held.begun_at)),
                    )
                )
        return found

    def _every(self, name: str) -> Every | None:
        return self.entries[name].every if name in self.entries else None

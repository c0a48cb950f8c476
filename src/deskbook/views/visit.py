"""Who asks, of which page: what every question of a page comes with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deskbook import metrics as m
from deskbook.access import Actor
from deskbook.errors import BadValue
from deskbook.views.filters import LONGEST, Filters
from deskbook.views.memory import Memory
from deskbook.views.numbers import Book, Scope
from deskbook.views.reading import read

Answer = dict[str, Any]


@dataclass(frozen=True)
class Visit:
    """Somebody on a page.

    Attributes:
        book: pinned to the snapshot the page shows.
        desk: the same not pinned; what people save is kept there.
    """

    book: Book
    desk: Book
    filters: Filters
    memory: Memory
    actor: Actor

    @property
    def subscriptions(self) -> Any:
        """What the visitor has subscribed to."""
        return self.desk.subscriptions(self.actor)

    @property
    def drafts(self) -> Any:
        """Sources that the visitor adds or maps anew."""
        return self.desk.drafts(self.actor)

    def scope(self, without: str = "") -> Scope:
        """What the page is filtered by, but for one field."""
        chosen = read(self.filters, self.book, self.memory)
        held = m.equal_to({name: value for name, value in chosen.held.items() if name != without})
        more = () if without == "where" else tuple(part.settled for part in chosen.parts)
        return Scope(chosen.scope.period, m.both(held, *more), chosen.scope.compare)


def version_seen(message: Mapping[str, Any]) -> int:
    """The version of something kept that a change was made on; 0 for something new.

    Raises:
        BadValue: it is no version.
    """
    seen = message.get("seen", 0)
    if not isinstance(seen, int) or isinstance(seen, bool) or seen < 0:
        raise BadValue(f"A version is a whole number, got {seen!r}.")
    return seen


def check_length(text: str) -> None:
    """Raise BadValue for a filter that no link can hold."""
    if len(text) > LONGEST:
        raise BadValue(f"The filter has {len(text):,} characters; a link holds {LONGEST:,}. Make it shorter.")

"""Where the help desk's own numbers differ from ours, and why: by cause, and ticket by ticket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Literal

from deskbook.views import wording
from deskbook.views.figures import Kit
from deskbook.views.listing import Cell, counted, listing, said
from deskbook.views.numbers import Ask
from deskbook.views.section import Block, Drawing, Moment

MOST: Final = 100
"""Tickets listed; the command lists all."""
EXACT_BELOW_SECONDS: Final = 600
"""A smaller difference is shown to the second, in thousandths of a minute."""
CAUSES: Final = ("Measure", "Cause", "Tickets", "Difference, h", "What they do")
TICKETS: Final = ("Ticket", "Measure", "Ours, min", "Theirs, min", "Difference, min", "Why")


@dataclass(frozen=True)
class Told:
    """What a page shows of one measure, and so all that it keeps.

    Attributes:
        worst: the tickets that differ most, at most MOST.
        differing: how many differ.
    """

    measure: str
    sentence: str
    sums: Sequence[Any]
    worst: Sequence[Any]
    differing: int
    compared: int

    @classmethod
    def of(cls, found: Any) -> Told:
        """The same of what `book.explain` gives."""
        odd = sorted((ticket for ticket in found.tickets if ticket.cause), key=_size)
        return cls(found.measure, found.sentence, found.sums, odd[:MOST], len(odd), found.compared)


def _size(ticket: Any) -> int:
    """Sorts the largest difference first."""
    return -abs(int(ticket.difference_seconds or 0))


@dataclass(frozen=True)
class Disagreements:
    """Reported numbers against ours, summed by cause or ticket by ticket."""

    title: str
    shown: Literal["causes", "tickets"]

    draws: ClassVar[bool] = False

    def asks(self) -> Sequence[Ask]:
        """None: what is compared are single tickets, not aggregates."""
        return ()

    def block(self, at: Moment) -> Block:
        """The table, ready to draw; a page that may not wait says that it is working."""
        key = ("disagreements", at.book.snapshot, at.filters.source)
        found: list[Told] | None = at.memory.get(key)
        if found is None and not at.patient:
            return {"kind": "listing", "state": "asking", "title": self.title, "said": "Comparing ticket by ticket"}
        if found is None:
            source = at.filters.source or None
            found = [Told.of(at.book.explain(measure, source=source)) for measure in at.book.reported()]
            at.memory.put(key, found)
        if not any(one.compared for one in found):
            hint = "Sync the help desk's own metrics as the standard table reported, and they are compared here."
            nothing = {"state": "empty", "said": "No source reports numbers of its own.", "hint": hint}
            return {"kind": "notice", "title": self.title} | nothing
        return self._causes(found) if self.shown == "causes" else self._tickets(found)

    def _causes(self, found: Sequence[Told]) -> Block:
        rows = [
            [
                said(_named(one.measure)),
                said(part.cause.replace("_", " ")),
                counted(wording.number(part.tickets), raw=part.tickets),
                counted(wording.number(part.seconds / 3600, 1), raw=part.seconds / 3600),
                said(part.about),
            ]
            for one in found
            for part in one.sums
        ]
        caption = " ".join(f"{_named(one.measure)}: {one.sentence}" for one in found)
        return listing(self.title, CAUSES, rows, caption=caption)

    def _tickets(self, found: Sequence[Told]) -> Block:
        odd = sorted((ticket for one in found for ticket in one.worst), key=_size)
        differing = sum(one.differing for one in found)
        rows = [
            [
                said(f"{ticket.source} {ticket.ticket_id}"),
                said(_named(ticket.measure)),
                *_minutes(ticket.ours_seconds, ticket.theirs_seconds, ticket.difference_seconds),
                said(ticket.sentence),
            ]
            for ticket in odd[:MOST]
        ]
        left = f"; the largest {MOST} of {wording.number(differing)}" if differing > MOST else ""
        caption, search = f"Largest difference first{left}", "Find a ticket or a cause"
        return listing(self.title, TICKETS, rows, caption=caption, search=search)

    def drawing(self, kit: Kit) -> Drawing | None:
        """A table is drawn without a figure."""
        return None


def _named(measure: str) -> str:
    """A measure in words: first_reply_business is First reply, business."""
    return measure.replace("_business", ", business").replace("_", " ").capitalize()


def _minutes(*seconds: int | None) -> list[Cell]:
    """Ours, theirs and their difference; as exact as it takes to see a small one."""
    decimals = 1 if abs(seconds[-1] or 0) >= EXACT_BELOW_SECONDS else 3
    return [
        counted(wording.number(None if one is None else one / 60, decimals), raw=None if one is None else one / 60)
        for one in seconds
    ]


def disagreements(title: str, shown: Literal["causes", "tickets"]) -> Disagreements:
    """Where numbers that a source reports differ from ours, and why: summed by cause, or ticket by ticket."""
    return Disagreements(title, shown)

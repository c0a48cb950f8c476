"""What was sent lately, to whom, and what did not arrive: the last deliveries, those that fail now first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from deskbook.views import wording
from deskbook.views.figures import Kit
from deskbook.views.listing import Cell, listing, said
from deskbook.views.numbers import Ask
from deskbook.views.section import Block, Drawing, Moment

HEADS: Final = ("Due", "What", "To", "Result", "Reason or note")
MOST: Final = 50
RESULTS: Final[Mapping[str, tuple[str, str]]] = {
    "sent": ("sent", "good"),
    "failed": ("failed", "bad"),
    "skipped_unchanged": ("skipped: the same numbers", "quiet"),
    "condition_not_met": ("not sent: its condition", "quiet"),
    "sending": ("being sent", "quiet"),
}
"""Outcomes in words, and their tone."""


@dataclass(frozen=True)
class Sendings:
    """The delivery log, as far as whoever looks may see it."""

    title: str

    draws: ClassVar[bool] = False

    def asks(self) -> Sequence[Ask]:
        """None: these are deliveries, not metrics."""
        return ()

    def block(self, at: Moment) -> Block:
        """The table; an address whose newest delivery failed stands before the others, the newest first."""
        held = at.book.subscriptions(at.book.actor)
        found = held.deliveries(MOST)
        if not found:
            nothing = "Nothing was delivered yet."
            hint = "Subscribe to a page in its ⤓ menu, or write schedules into dashboards/*.yaml."
            return {"kind": "notice", "state": "empty", "title": self.title, "said": nothing, "hint": hint}
        newest: dict[tuple[str, str, str], Any] = {}
        for one in found:
            newest.setdefault((one.key.schedule, one.key.channel, one.key.address), one)
        failing = [one for one in newest.values() if one.outcome == "failed"]
        names = {one.key: one.name for one in held.seen()}
        rows = [self._row(one, names, at.zone) for one in (*failing, *(one for one in found if one not in failing))]
        caption = f"{len(failing)} of {len(newest)} addresses fail" if failing else "The newest first"
        return listing(self.title, HEADS, rows, caption=caption, search="Find a report, an address or a reason")

    def _row(self, one: Any, names: Mapping[str, str], zone: str) -> list[Cell]:
        word, tone = RESULTS.get(one.outcome, (one.outcome.replace("_", " "), "quiet"))
        name = names.get(one.key.schedule, one.key.schedule)
        return [
            said(wording.moment(one.key.due_at, zone)),
            said(name, note="" if name == one.key.schedule else one.key.schedule),
            said(f"{one.key.channel} {one.target}"),
            said(word, tone=tone),
            said(one.error or one.note),
        ]

    def drawing(self, kit: Kit) -> Drawing | None:
        """A table is drawn without a figure."""
        return None


def sendings(title: str) -> Sendings:
    """The last deliveries: when, what, to whom, what became of each and why; failing ones first."""
    return Sendings(title)

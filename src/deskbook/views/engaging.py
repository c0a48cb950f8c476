"""The tickets that most people react to, with what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from deskbook.metrics import both, equal_to
from deskbook.views import wording
from deskbook.views.figures import Kit
from deskbook.views.listing import counted, listing, said
from deskbook.views.numbers import Ask, metric
from deskbook.views.section import Block, Drawing, Moment, cell, empty

MOST: Final = 8
LETTERS: Final = 72


@dataclass(frozen=True)
class Engaging:
    """The tickets with most of a count, other counts beside it."""

    title: str
    metrics: tuple[str, ...]

    draws: ClassVar[bool] = False

    def asks(self) -> Sequence[Ask]:
        """One query by ticket."""
        return (Ask(self.metrics, by=("ticket",)),)

    def block(self, at: Moment) -> Block:
        """The table, most first."""
        (ask,) = self.asks()
        first = self.metrics[0]
        rows = sorted((row for row in at.numbers[ask].rows if row[first]), key=lambda row: -row[first])
        if not rows:
            return {"kind": "listing", "title": self.title} | empty(self.title, at)
        shown = rows[:MOST]
        is_one = equal_to({"ticket": [row["ticket"] for row in shown]})
        frame = at.book.tickets(where=both(at.chosen.scope.where, is_one), period=at.period)
        known = {str(row["id"]): row for row in frame.to_dict("records")}
        receipt = at.numbers.receipt(ask)
        made = [self._row(row, known.get(str(row["ticket"]), {}), receipt, at.zone) for row in shown]
        heads = ("What it says", "Created", "Tone", *(metric(name).label for name in self.metrics))
        caption = f"The {len(shown)} of {wording.number(len(rows))} tickets that anybody reacted to"
        return listing(self.title, heads, made, caption=caption, metric=first)

    def _row(self, row: dict[str, Any], ticket: dict[Any, Any], receipt: str, zone: str) -> list[dict[str, Any]]:
        subject = wording.text(ticket.get("subject")) or f"ticket {row['ticket']}"
        short = subject if len(subject) <= LETTERS else f"{subject[:LETTERS].rpartition(' ')[0]}…"
        mood = wording.text(ticket.get("sentiment_label"))
        at = ticket.get("created_at")
        return [
            said(short, note=f"ticket {row['ticket']}"),
            said(wording.moment(at, zone, brief=True) if at is not None else ""),
            said(mood, tone={"negative": "bad", "positive": "good"}.get(mood, "quiet")),
            *(
                counted(
                    wording.amount(row[name], metric(name)),
                    receipt=receipt,
                    cell=cell(name, ticket=row["ticket"]),
                    raw=int(row[name] or 0),
                )
                for name in self.metrics
            ),
        ]

    def drawing(self, kit: Kit) -> Drawing | None:
        """A table is drawn without a figure."""
        return None


def engaging(title: str, *metrics: str) -> Engaging:
    """The tickets with most of the first count, the other counts beside it."""
    for name in metrics:
        metric(name)
    return Engaging(title, metrics)

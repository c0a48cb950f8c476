"""What is odd in the data and the rules, how often, and what was done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from deskbook.views import wording
from deskbook.views.figures import Kit
from deskbook.views.listing import counted, listing, said
from deskbook.views.numbers import Ask
from deskbook.views.section import Block, Drawing, Moment

HEADS: Final = ("Finding", "Of", "Count", "What was found", "What is done")


@dataclass(frozen=True)
class Findings:
    """Oddities of histories, schedules and policies, and what is left out by the rules."""

    title: str

    draws: ClassVar[bool] = False

    def asks(self) -> Sequence[Ask]:
        """None: these are findings, not metrics."""
        return ()

    def block(self, at: Moment) -> Block:
        """The table, most frequent first."""
        frame = at.book.findings()
        if frame.empty:
            said_so = "Nothing odd was found in histories, schedules and policies."
            return {"kind": "notice", "state": "empty", "title": self.title, "said": said_so, "hint": ""}
        rows = [
            [
                said(row["name"].replace("_", " ")),
                said(row["subject"]),
                counted(wording.number(row["count"]), raw=row["count"]),
                said(row["said"]),
                said(row["applied"]),
            ]
            for row in frame.to_dict("records")
        ]
        return listing(self.title, HEADS, rows, caption="Each with the rule that was applied")

    def drawing(self, kit: Kit) -> Drawing | None:
        """A table is drawn without a figure."""
        return None


def findings(title: str) -> Findings:
    """Everything odd in the data and the rules, with counts and the rule that was applied."""
    return Findings(title)

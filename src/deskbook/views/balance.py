"""The backlog spelled out: what was open, what came and went, what is open now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from deskbook.views import wording
from deskbook.views.figures import Kit
from deskbook.views.numbers import Ask, metric
from deskbook.views.section import Block, Drawing, Moment, cell

SIGNED: Final = (
    ("backlog_opening", "", "open at the start"),
    ("backlog_created", "+", "came in"),
    ("backlog_reopened", "+", "came back"),
    ("backlog_recovered", "+", "recovered"),
    ("backlog_solved", "\u2212", "solved"),
    ("backlog_deleted", "\u2212", "deleted"),
    ("open_backlog", "=", "open at the end"),
)
ALWAYS: Final = ("backlog_opening", "backlog_created", "backlog_solved", "open_backlog")
"""Parts said even when they are zero."""


@dataclass(frozen=True)
class Balance:
    """Opening, movements and closing in one line; each number opens its receipt."""

    draws: ClassVar[bool] = False

    def asks(self) -> Sequence[Ask]:
        """One query for all of them."""
        return (Ask(tuple(name for name, _, _ in SIGNED)),)

    def block(self, at: Moment) -> Block:
        """The line as parts: plain words, and numbers with their receipts."""
        (ask,) = self.asks()
        row, receipt = at.numbers[ask].rows[0], at.numbers.receipt(ask)
        parts: list[dict[str, Any]] = []
        for name, sign, words in SIGNED:
            if not row[name] and name not in ALWAYS:
                continue
            text = wording.amount(row[name], metric(name))
            parts += [{"text": f" {sign} "}] * bool(sign)
            parts += [{"text": text, "receipt": receipt, "cell": cell(name)}, {"text": f" {words}"}]
        return {"kind": "sentence", "parts": parts}

    def drawing(self, kit: Kit) -> Drawing | None:
        """Prose is drawn without a figure."""
        return None


def balance() -> Balance:
    """The backlog's identity for the period: opening + in - out = closing."""
    return Balance()

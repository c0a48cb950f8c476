"""What can be odd about a ticket's history, and the rule that is applied then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from deskbook.clocks.past import OPEN, Bools, Ints, Past
from deskbook.clocks.replies import Replies
from deskbook.clocks.spans import Spans
from deskbook.clocks.states import States


@dataclass(frozen=True)
class Finding:
    """One kind of oddity.

    Attributes:
        name: its bit's name.
        said: what is odd, of some tickets.
        applied: how such tickets are counted.
    """

    name: str
    said: str
    applied: str


FINDINGS: Final = (
    Finding("event_before_creation", "changes that lie before the ticket's creation", "taken as made at creation"),
    Finding("event_repeated", "changes to the value it had already", "left out"),
    Finding(
        "event_out_of_order",
        "changes from another value than the change before left: out of order, lost, or a clock that jumped",
        "the order of their times holds",
    ),
    Finding("status_unknown", "a status that is none of Deskbook's", "taken as open; map it in the catalog"),
    Finding(
        "history_ends_elsewhere",
        "a history that does not end in the status the ticket has",
        "the ticket's own status holds, from its resolution or last change on",
    ),
    Finding(
        "resolution_without_time",
        "solved, and nothing says when",
        "out of the backlog from its last change on, without a resolution time",
    ),
    Finding("resolution_before_creation", "solved before it was created", "its resolution time is unknown"),
    Finding(
        "message_before_creation",
        "messages that lie before the ticket's creation",
        "kept as they are",
    ),
    Finding("reply_before_creation", "a first reply before creation", "its first reply time is unknown"),
)
BIT: Final[Mapping[str, int]] = {finding.name: 1 << place for place, finding in enumerate(FINDINGS)}


def findings_of(past: Past, states: States, replies: Replies, fields: tuple[Spans, ...]) -> Ints:
    """The findings of each ticket, one bit each.

    Args:
        fields: spans of every field that events change, the status among them.
    """
    odd: dict[str, Bools] = {
        "event_before_creation": np.any([spans.early > 0 for spans in fields], axis=0),
        "event_repeated": np.any([spans.repeated > 0 for spans in fields], axis=0),
        "event_out_of_order": np.any([spans.jumped > 0 for spans in fields], axis=0),
        "status_unknown": states.unknown > 0,
        "history_ends_elsewhere": states.ends_elsewhere,
        "resolution_without_time": states.undated,
        "resolution_before_creation": (past.source_resolved != OPEN) & (past.source_resolved < past.created),
        "message_before_creation": replies.early > 0,
        "reply_before_creation": (replies.first != OPEN) & (replies.first < past.created),
    }
    out = np.zeros(len(past), np.int64)
    for name, which in odd.items():
        out |= np.where(which, BIT[name], 0)
    return out


def found(counts: Mapping[int, int]) -> dict[Finding, int]:
    """Tickets by finding.

    Args:
        counts: combination of bits -> tickets that have it.
    """
    held = {one: sum(n for bits, n in counts.items() if bits & BIT[one.name]) for one in FINDINGS}
    return {one: n for one, n in held.items() if n}

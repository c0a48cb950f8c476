"""What a section of a page is: the queries it wants, and the block it becomes once they are answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, runtime_checkable

from deskbook.metrics import Metric, Period
from deskbook.views.filters import Filters
from deskbook.views.memory import Memory
from deskbook.views.numbers import Ask, Book, Numbers
from deskbook.views.reading import Chosen

if TYPE_CHECKING:
    from deskbook.views.figures import Kit

Block = dict[str, Any]


@dataclass(frozen=True)
class Moment:
    """Everything a section may draw from: the workspace, the filters, the answered queries.

    Attributes:
        patient: whether a section may take seconds now; if not it says that it is working.
    """

    book: Book
    filters: Filters
    chosen: Chosen
    numbers: Numbers
    memory: Memory
    patient: bool = True

    @property
    def period(self) -> Period:
        """The period chosen."""
        return self.chosen.scope.period

    @property
    def zone(self) -> str:
        """The workspace's wall clock."""
        return self.book.settings.zone


class Drawing(Protocol):
    """A figure made once; only its data changes."""

    figure: Any

    def show(self, block: Block) -> None:
        """Take over the data of a block."""


class Section(Protocol):
    """One part of a page, declared in a notebook.

    Attributes:
        draws: whether it has a figure.
    """

    draws: ClassVar[bool]

    def asks(self) -> Sequence[Ask]:
        """The queries it wants."""

    def block(self, at: Moment) -> Block:
        """What the page draws: plain values, ready for JSON."""

    def drawing(self, kit: Kit) -> Drawing | None:
        """A new figure, if it draws one."""


@runtime_checkable
class Marked(Protocol):
    """A section that shows more than rows of the lake, so that it can be out of date under one snapshot."""

    def mark(self, book: Book) -> str:
        """Another text where it is to be drawn again."""


def empty(title: str, at: Moment) -> Block:
    """The drawn state of a section that has nothing to show."""
    narrowed = bool(at.chosen.scope.where)
    hint = (
        "Widen the period or clear a filter."
        if narrowed
        else "Choose a longer period, or load data with: deskbook sync"
    )
    return {"state": "empty", "said": "Nothing in this period matches.", "hint": hint, "title": title}


def unmeasured(title: str, one: Metric) -> Block:
    """The drawn state of a section whose tickets hold nothing that its metric measures."""
    hint = (
        f"Left out: {one.leaves_out[:1].lower()}{one.leaves_out[1:]}" if one.leaves_out else "Choose a longer period."
    )
    return {"state": "empty", "said": "Nothing to measure in this period.", "hint": hint, "title": title}


def definition(metric: Metric) -> dict[str, str]:
    """A metric's card, as the page shows it on hover and in the receipt."""
    return {
        "label": metric.label,
        "note": metric.note,
        "leaves_out": metric.leaves_out,
        "unit": metric.unit,
        "better": metric.better,
        "version": metric.version,
        "origin": metric.origin,
        "sql": metric.sql,
    }


def cell(metric: str, **row: Any) -> dict[str, Any]:
    """Which number of a result is meant; kept in a receipt."""
    return {"metric": metric, "row": row}

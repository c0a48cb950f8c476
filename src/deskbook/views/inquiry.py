"""The numbers of a page: its sections as people changed them, each asked under the filters it follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from deskbook.errors import DeskbookError, UnknownName
from deskbook.metrics import registry
from deskbook.views.filters import Filters
from deskbook.views.memory import Memory
from deskbook.views.numbers import Book, Numbers, gather
from deskbook.views.picks import Pick, narrowed, pick_or_problem
from deskbook.views.reading import Chosen, read
from deskbook.views.section import Block, Moment, Section, definition
from deskbook.views.swaps import swapped


@dataclass(frozen=True)
class Asked:
    """A page's sections with their answers.

    Attributes:
        chosen: the filters as the page follows them, with every problem found on the way.
        sections: as they are shown now.
        moments: what each section draws from, in the order of the sections.
        pick: the marks the page follows; None when there are none.
    """

    book: Book
    chosen: Chosen
    sections: Sequence[Section]
    moments: Sequence[Moment]
    pick: Pick | None

    @property
    def numbers(self) -> list[Numbers]:
        """The answers: under the filters and, for the chart that marks were picked on, without those marks."""
        return [at.numbers for at in self._apart]

    @property
    def _apart(self) -> list[Moment]:
        first = sorted(self.moments, key=lambda at: at.chosen.scope is not self.chosen.scope)
        return list({id(at): at for at in first}.values())

    def receipts(self) -> dict[str, dict[str, Any]]:
        """Every receipt of the page under its name."""
        return {name: held for at in self._apart for name, held in at.numbers.receipts(at.chosen.sentence).items()}

    def definitions(self) -> dict[str, dict[str, str]]:
        """The metrics asked for, each with its card."""
        asks = [ask for section in self.sections for ask in section.asks()]
        return {name: definition(registry[name]) for ask in asks for name in ask.metrics}


def ask_page(
    book: Book, filters: Filters, sections: Mapping[str, Section], memory: Memory, patient: bool, known: Sequence[str]
) -> Asked:
    """Ask everything a page shows.

    Args:
        sections: by the names of their views.
        known: views of the whole page, where these are only some of them.
    """
    whole = read(filters, book, memory)
    shown, problems = swapped(sections, filters.swap, known)
    pick, problem = _pick(filters.pick, known)
    said = (*whole.problems, *problems, *([problem] if problem else ()))
    chosen = whole
    try:
        chosen = narrowed(whole, pick, book) if pick else whole
    except DeskbookError as error:
        pick, said = None, (*said, f"{error} Shown without it.")
    is_own = [pick is not None and name == pick.view for name in sections]
    held = {}
    for own, under, letter in ((False, chosen, "r"), (True, whole, "w")):
        asks = [ask for section, one in zip(shown, is_own, strict=True) if one is own for ask in section.asks()]
        numbers = gather(book, asks, under.scope, memory, letter)
        held[own] = Moment(book, filters, under, numbers, memory, patient)
    return Asked(book, replace(chosen, problems=said), shown, [held[own] for own in is_own], pick)


def _pick(text: str, known: Sequence[str]) -> tuple[Pick | None, str]:
    """The pick, where its chart stands on this page."""
    pick, problem = pick_or_problem(text)
    if pick and pick.view not in known:
        return None, f"{UnknownName('view of this page', pick.view, known)} Shown without its marks."
    return pick, problem


def block_of(section: Section, at: Moment) -> Block:
    """What the page draws of a section; where it failed, why."""
    try:
        return section.block(at)
    except DeskbookError as error:
        title = getattr(section, "title", "")
        hint = "The rest of the page still holds."
        return {"kind": "notice", "state": "failed", "title": title, "said": str(error), "hint": hint}

"""The figures of a page: made once for each widget that draws, kept while it is hidden, given data in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from deskbook.views.figures import HEIGHT, Kit
from deskbook.views.section import Block, Drawing, Section
from deskbook.views.surface import place

AROUND: Final = 90
"""Pixels of a panel around its figure and of the gap to the next: what a figure of two steps spans besides."""


def height_of(block: Block) -> int:
    """Pixels of a figure, so that one of two steps ends where two of one step below each other end."""
    tall = int(block.get("tall", 1))
    return HEIGHT * tall + AROUND * (tall - 1)


class Easel:
    """Figures in the order they were first wanted, which is how the page's blocks count them.

    Attributes:
        drawings: those that were made.
    """

    def __init__(self) -> None:
        self._kit = Kit()
        self._places: dict[tuple[str, ...], int] = {}
        self._sections: list[Section] = []
        self.drawings: list[Drawing] = []
        self._panes: list[Any] = []

    def place(self, view: str, section: Section) -> int:
        """Number of the figure that a view draws this kind of section in."""
        kind = (view, type(section).__name__, getattr(section, "shape", ""))
        if kind not in self._places:
            self._places[kind] = len(self._places)
            self._sections.append(section)
        return self._places[kind]

    def panes(self) -> list[Any]:
        """Every figure placed so far, ready to stand in a surface; those that are new are made."""
        for section in self._sections[len(self.drawings) :]:
            drawing = section.drawing(self._kit)
            assert drawing is not None, "a section that draws has a figure"
            self.drawings.append(drawing)
            self._panes.append(place(drawing.figure))
        return list(self._panes)

    def show(self, blocks: Sequence[Block]) -> None:
        """Give the figures of these blocks their data and height."""
        for block in blocks:
            if "figure" in block and block.get("state") == "ok":
                drawing = self.drawings[block["figure"]]
                drawing.show(block)
                if drawing.figure.height != height_of(block):
                    drawing.figure.height = height_of(block)

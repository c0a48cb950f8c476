"""What does it mean: every metric with its definition, generated from the registry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from deskbook.metrics import Metric, registry
from deskbook.views.figures import Kit
from deskbook.views.listing import Cell, listing, said
from deskbook.views.numbers import Ask
from deskbook.views.section import Block, Drawing, Moment

HEADS = ("Metric", "Unit", "What it means", "Definition after")


@dataclass(frozen=True)
class Glossary:
    """Every metric of the registry."""

    draws: ClassVar[bool] = False

    def asks(self) -> Sequence[Ask]:
        """None: these are definitions, not numbers."""
        return ()

    def block(self, at: Moment) -> Block:
        """The table, in the order of the labels."""
        metrics = sorted(registry.values(), key=lambda one: one.label.casefold())
        caption = f"{len(metrics)} metrics; a version changes whenever the number could"
        return listing("", HEADS, [_row(one) for one in metrics], caption=caption, search="Find a metric by any word")

    def drawing(self, kit: Kit) -> Drawing | None:
        """A table is drawn without a figure."""
        return None


def _row(one: Metric) -> list[Cell]:
    details = (
        ("Name", one.name),
        ("Placed by", one.at),
        ("Rests on", one.rests_on or f"all {one.table}"),
        ("SQL", one.sql),
        ("Version", one.version),
        ("Owner", one.owner),
    )
    name = said(one.label, note=one.name, details=details)
    meaning = f"{one.note} Leaves out: {one.leaves_out}" if one.leaves_out else one.note
    return [name, said(one.unit), said(meaning), said(one.origin)]


def glossary() -> Glossary:
    """Every metric with its definition, searchable."""
    return Glossary()

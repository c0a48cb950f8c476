"""`explain`: reported figures of a batch's tickets, each with the cause of its difference from ours."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np

from deskbook.clocks.differences.hypotheses import CAUSES
from deskbook.clocks.differences.matching import MINUTE
from deskbook.clocks.differences.reading import Reading, count, measure_name, some
from deskbook.clocks.differences.results import Explained
from deskbook.clocks.differences.search import search
from deskbook.clocks.differences.telling import agreeing, differing
from deskbook.clocks.measure import Batch
from deskbook.clocks.past import NONE
from deskbook.clocks.rules import Rules

IN_MINUTES: Final = 5
"""So many figures, all of whole minutes, say that they report minutes."""
WITNESSES: Final = 2_000
"""Tickets on which both agree that are asked what speaks against a hypothesis."""


def explain(
    batch: Batch,
    rules: Rules,
    measure: str,
    theirs: Sequence[int | None],
    *,
    zone: str = "UTC",
    causes: Collection[str] = tuple(CAUSES),
) -> Explained:
    """Why reported figures differ from ours, by ticket.

    A hypothesis explains a figure that it gives to the second (ours are cut off, theirs may be rounded), or, for a
    figure of whole minutes, within a minute; what then remains is a share of its own, `rounding`. Where several do,
    the one holds that explains most of the tickets it would change. Where none does, two at once are tried.

    Args:
        batch: tickets with their history, and those they are merged with.
        measure: one of MEASURES, with or without `_seconds`.
        theirs: whole seconds, by ticket of the batch; None for a ticket that is not asked about.
        zone: the workspace's IANA zone.
        causes: where to look.

    Raises:
        UnknownName: no ticket has such a measure.
    """
    name = measure_name(measure)
    reported = np.array([NONE if one is None else one for one in theirs], np.int64)
    asked = np.flatnonzero(reported != NONE)
    if not len(asked):
        return Explained(name, ())
    reading = some(Reading(batch, rules, (name,), zone), asked)
    ours, figures = count(reading), reported[asked]
    in_minutes = len(asked) >= IN_MINUTES and not (figures % MINUTE).any()
    differs = figures != ours.seconds[: len(asked)]
    same, rows = np.flatnonzero(~differs), np.flatnonzero(differs)
    made = dict(zip(same.tolist(), agreeing(name, reading, ours, same), strict=True))
    if len(rows):
        order = np.concatenate([rows, same[:: 1 + len(same) // WITNESSES]])
        own = some(reading, order)
        matches = search(own, count(own), figures[order], in_minutes, causes)
        made |= dict(zip(rows.tolist(), differing(name, own, matches, len(rows)), strict=True))
    return Explained(name, tuple(made[place] for place in range(len(asked))))

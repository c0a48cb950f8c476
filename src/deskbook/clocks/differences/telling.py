"""Explanations of the tickets that differ, from the theories that give their figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from deskbook.clocks.differences import sentences
from deskbook.clocks.differences.matching import ROUNDING, Matches, Theory, read
from deskbook.clocks.differences.reading import Counted, Reading, count, some
from deskbook.clocks.differences.results import Explanation, Share
from deskbook.clocks.past import NONE, Ints

RIVAL: Final = 0.5
"""The share of the chosen theory's credit with which one of another cause makes it ambiguous."""
Ranked = Sequence[tuple[Theory, float]]


def agreeing(measure: str, reading: Reading, ours: Counted, rows: Ints) -> list[Explanation]:
    """Explanations of tickets on which both say the same."""
    out = []
    for row in rows:
        source, one, left_out = _named(reading, ours, row)
        seconds = int(ours.seconds[row])
        said = sentences.agreement(one, seconds)
        out.append(Explanation(source, one, measure, seconds, seconds, 0, "", said, (), (), False, left_out))
    return out


def differing(measure: str, reading: Reading, matches: Matches, size: int) -> list[Explanation]:
    """Explanations of the first tickets that matches were looked for, in their order."""
    ranked = matches.candidates()[:size]
    groups: dict[Theory, list[int]] = {}
    for ticket, held in enumerate(ranked):
        groups.setdefault(held[0][0] if held else matches.nearest[ticket] or (), []).append(ticket)
    found: dict[int, Explanation] = {}
    for theory, tickets in groups.items():
        own = some(reading, np.array(tickets))
        told = _Group(measure, own, theory, matches.theirs[tickets])
        for place, ticket in enumerate(tickets):
            found[ticket] = told.explanation(place, ranked[ticket])
    return [found[ticket] for ticket in range(len(ranked))]


class _Group:
    """Tickets for which one theory holds, or comes nearest."""

    def __init__(self, measure: str, reading: Reading, theory: Theory, theirs: Ints) -> None:
        self._measure, self._reading, self._theory, self._theirs = measure, reading, theory, theirs
        self._ours = count(reading)
        is_read = theory not in ((), (ROUNDING,))
        self._stages = [count(one) for one in (read(reading, theory) or ())] if is_read else []
        self._facts = sentences.facts_of(reading)

    def explanation(self, place: int, ranked: Ranked) -> Explanation:
        """The explanation of one of the tickets."""
        source, one, left_out = _named(self._reading, self._ours, place)
        held, theirs = int(self._ours.seconds[place]), int(self._theirs[place])
        ours = None if held == NONE else held
        shares, rivals = self._shares(place, bool(ranked)), _rivals(ranked)
        clauses = self._clauses(place)
        if ranked:
            others = [sentences.bare(rival, self._facts[place]) for rival in rivals]
            said = sentences.sentence(one, ours, theirs, clauses, shares, others)
        else:
            nearest = int(self._stages[-1].seconds[place]) if self._stages else None
            said = sentences.unexplained(one, ours, theirs, clauses, nearest)
        return Explanation(
            source=source,
            ticket_id=one,
            measure=self._measure,
            ours_seconds=ours,
            theirs_seconds=theirs,
            difference_seconds=None if ours is None else theirs - ours,
            cause=" + ".join(dict.fromkeys(_causes(ranked[0][0]))) if ranked else "unexplained",
            sentence=said,
            shares=shares,
            candidates=tuple(" + ".join(part.name for part in theory) for theory, _ in ranked),
            is_ambiguous=bool(rivals),
            left_out=left_out,
        )

    def _clauses(self, place: int) -> list[str]:
        if not self._stages:
            return [part.said for part in self._theory]
        return sentences.clauses(self._theory, self._facts[place], self._ours, self._stages, place)

    def _shares(self, place: int, is_explained: bool) -> tuple[Share, ...]:
        """What each hypothesis adds to our figure, and what rounding then does."""
        held, theirs = int(self._ours.seconds[place]), int(self._theirs[place])
        if not is_explained:
            return (Share("unexplained", "", None if held == NONE else theirs - held),)
        if held == NONE:
            return tuple(Share(part.cause, part.name, None) for part in self._theory)
        shares, before = [], held
        for part, stage in zip(self._theory, self._stages, strict=False):
            now = int(stage.seconds[place])
            now = before if now == NONE else now
            shares.append(Share(part.cause, part.name, now - before))
            before = now
        rest = (Share(ROUNDING.cause, ROUNDING.name, theirs - before),) if theirs != before else ()
        return (*shares, *rest)


def _named(reading: Reading, ours: Counted, place: int) -> tuple[str, str, str | None]:
    tickets = reading.batch.tickets
    return tickets["source"][place].as_py(), tickets["id"][place].as_py(), ours.left_out[place].as_py()


def _causes(theory: Theory) -> list[str]:
    return [part.cause for part in theory]


def _rivals(ranked: Ranked) -> list[Theory]:
    """Theories of other causes that are nearly as credible, one a cause."""
    if not ranked:
        return []
    chosen, credit = ranked[0]
    rivals: dict[tuple[str, ...], Theory] = {}
    for theory, one in ranked[1:]:
        if set(_causes(theory)) != set(_causes(chosen)) and one >= credit * RIVAL:
            rivals.setdefault(tuple(sorted(_causes(theory))), theory)
    return list(rivals.values())

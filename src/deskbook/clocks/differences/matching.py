"""Which hypotheses give the figures they report, and which one holds where several do."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from deskbook.clocks.differences.hypotheses import Hypothesis
from deskbook.clocks.differences.reading import Reading
from deskbook.clocks.past import NONE, Bools, Ints

MINUTE: Final = 60
SECONDS_OFF: Final = 1
"""Ours are whole seconds, cut off; theirs may be rounded."""
CAUTION: Final = 3
"""Tickets that speak against every theory, so that one lucky ticket proves none."""

ROUNDING: Final = Hypothesis("rounding", "rounding", "figure", "round their figure", lambda reading: reading)
Theory = tuple[Hypothesis, ...]
"""One hypothesis, or two at once."""


def read(reading: Reading, theory: Theory) -> tuple[Reading, ...] | None:
    """Our reading under the first hypothesis, then also under the second; None if one of them changes nothing."""
    made: list[Reading] = []
    for one in theory:
        changed = one.read(made[-1] if made else reading)
        if changed is None:
            return None
        made.append(changed)
    return tuple(made)


@dataclass
class Matches:
    """Which of several theories give the reported figures of some tickets.

    Attributes:
        ours, theirs: seconds by ticket; NONE where ours has no figure.
        in_minutes: whether they report whole minutes throughout.
        causes: where to look.
        theories: those that give one at least, in the order they were tried.
        fits: for each, by ticket: 2 to the second, 1 within their rounding, 0 not.
        changed: for each, how many of the tickets it was tried on it would change.
        nearest: by ticket, the single hypothesis that comes nearest to their figure; None if none is nearer than ours.
    """

    ours: Ints
    theirs: Ints
    in_minutes: bool
    causes: Collection[str]
    theories: list[Theory] = field(default_factory=list)
    fits: list[NDArray[np.int8]] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        known = self.ours != NONE
        self._gap = np.where(known, np.abs(self.theirs - self.ours), self.theirs)
        self.nearest: list[Theory | None] = [None] * len(self.theirs)
        whole = (self.theirs % MINUTE == 0) & (self._gap < MINUTE)
        rounded = known & (whole | (self._gap <= SECONDS_OFF))
        if ROUNDING.cause in self.causes:
            self.tried((ROUNDING,), np.where(rounded, self.theirs, NONE), np.arange(len(self.theirs)))

    @property
    def is_matched(self) -> Bools:
        """Which tickets some theory explains."""
        return np.any([fit > 0 for fit in self.fits], axis=0) if self.fits else np.zeros(len(self.theirs), np.bool_)

    def tried(self, theory: Theory, seconds: Ints, rows: Ints, *, at_least: int = 1) -> None:
        """Take in what a theory gives for some tickets.

        Args:
            at_least: how many of them it must explain to hold for any.
        """
        theirs, ours = self.theirs[rows], self.ours[rows]
        off = np.where(seconds == NONE, np.iinfo(np.int64).max, np.abs(seconds - theirs))
        changes = seconds != ours
        near = (off < MINUTE) & (theirs % MINUTE == 0) & (off < np.abs(theirs - ours))
        exact = (off <= SECONDS_OFF) & changes & (theirs != ours)
        fit = np.zeros(len(self.theirs), np.int8)
        fit[rows] = np.where(exact, 1 if self.in_minutes else 2, np.where(near & changes, 1, 0))
        if len(theory) == 1:  # two at once come near to anything
            closer = np.flatnonzero(changes & (off < self._gap[rows]))
            self._gap[rows[closer]] = off[closer]
            for place in closer:
                self.nearest[rows[place]] = theory
        if np.count_nonzero(fit) >= at_least:
            self.theories.append(theory)
            self.fits.append(fit)
            self.changed.append(int(np.count_nonzero(changes)))

    def candidates(self) -> list[list[tuple[Theory, float]]]:
        """By ticket, the theories that fit it best with their credit, the most credible first.

        Each ticket has one vote, shared among the theories that fit it best. What counts is the share of votes among
        the tickets that a theory would change: who reads business hours in UTC does so on every ticket. With equal
        credit the likelier theory, tried earlier, comes first.
        """
        if not self.fits:
            return [[] for _ in self.theirs]
        fits = np.array(self.fits)
        best = (fits > 0) & (fits == fits.max(axis=0))
        votes = (best / np.maximum(best.sum(axis=0), 1)).sum(axis=1)
        weight = np.array([np.prod([one.weight for one in theory]) for theory in self.theories])
        credit = np.round(weight * votes / (np.array(self.changed) + CAUTION), 6)
        order = np.lexsort((np.arange(len(credit)), -credit))
        ranked = [(self.theories[place], float(credit[place])) for place in order]
        return [[ranked[at] for at in np.flatnonzero(held)] for held in best[order].T]

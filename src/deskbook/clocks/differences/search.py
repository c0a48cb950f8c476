"""Looking for the theories that give reported figures: single ones, those the figures suggest, then pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import combinations
from typing import Final

import numpy as np

from deskbook.clocks.differences.hypotheses import Hypothesis, closed_day, hypotheses, shift
from deskbook.clocks.differences.matching import ROUNDING, Matches, Theory, read
from deskbook.clocks.differences.reading import Counted, Reading, count, some
from deskbook.clocks.differences.schedules import days_between
from deskbook.clocks.past import NONE, OPEN, Ints

HOURS: Final = 14
"""The widest whole hours between a wall clock and UTC."""
REPEATS: Final = 3
"""How many tickets must show one difference before it is taken for a shifted clock."""
SHIFTS: Final = 10
"""Of the differences that repeat, how many are tried."""
DAYS: Final = 60
"""Of the days that unexplained tickets run over, how many are tried as closed."""
PAIRED: Final = 2_000
"""Tickets on which pairs are looked for; those found are then tried on all."""


def search(reading: Reading, ours: Counted, theirs: Ints, in_minutes: bool, causes: Collection[str]) -> Matches:
    """What gives the reported figures of the first tickets of a reading, as many as there are figures.

    Later searches take only tickets that earlier ones left unexplained: the likelier is not put to a vote with what
    could give any figure. Tickets on which both agree are witnesses: they speak against what would change them.
    """
    matches = Matches(ours.seconds[: len(theirs)], theirs, in_minutes, causes)
    single = [one for one in hypotheses(reading) if one.cause in causes]
    _try(matches, reading, [(one,) for one in single], np.arange(len(theirs)))
    for at_least in (REPEATS, 1):
        left = _left(matches)
        suggested = [*_shifts(matches, left), *_closed_days(reading, ours, theirs, left)]
        _try(matches, reading, [(one,) for one in suggested if one.cause in causes], left, at_least)
        proven = [theory[0] for theory in matches.theories if len(theory) == 1 and theory[0] != ROUNDING]
        _try_pairs(matches, reading, proven if at_least > 1 else single)
    return matches


def _try_pairs(matches: Matches, reading: Reading, single: list[Hypothesis]) -> None:
    left, before = _left(matches), len(matches.theories)
    _try(matches, reading, _pairs(single), left[:PAIRED])
    _try(matches, reading, matches.theories[before:], left[PAIRED:])


def _left(matches: Matches) -> Ints:
    return np.flatnonzero(~matches.is_matched & (matches.ours != matches.theirs))


def _try(matches: Matches, reading: Reading, theories: Iterable[Theory], rows: Ints, at_least: int = 1) -> None:
    if not len(rows):
        return
    own = some(reading, rows)
    for theory in theories:
        made = read(own, theory)
        if made:
            matches.tried(theory, count(made[-1]).seconds[: len(rows)], rows, at_least=at_least)


def _shifts(matches: Matches, rows: Ints) -> list[Hypothesis]:
    """Whole hours, and what several tickets differ by."""
    known = rows[matches.ours[rows] != NONE]
    found = Counter((matches.theirs[known] - matches.ours[known]).tolist())
    repeated = [seconds for seconds, times in found.most_common(SHIFTS) if times >= REPEATS]
    hours = [sign * hour * 3_600 for hour in range(1, HOURS + 1) for sign in (1, -1)]
    return [shift(seconds) for seconds in dict.fromkeys([*hours, *repeated])]


def _closed_days(reading: Reading, ours: Counted, theirs: Ints, rows: Ints) -> list[Hypothesis]:
    """Days that may be closed there: those the unexplained tickets whose figure is shorter run over."""
    if not reading.is_business:
        return []
    rows = rows[(theirs[rows] < ours.seconds[rows]) & (ours.end[rows] != OPEN)]
    return [closed_day(day) for day in days_between(ours.start[rows], ours.end[rows], DAYS)]


def _pairs(single: list[Hypothesis]) -> Iterable[Theory]:
    """Two at once that change different things; a change of the figure itself comes first, a unit last."""
    for one, other in combinations(single, 2):
        if one.part != other.part:
            yield (other, one) if one.name.startswith("unit:") else (one, other)

"""A period and the one it is compared with, like for like: without days off, and without what stands beside them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from deskbook.metrics.periods import AGAINST, Period

NONE_LEFT: Final = "vs none of the same weekdays before: each is a day off or stands beside one"

NAMED: Final = 8
"""So many days off are said by their dates; more are counted."""


@dataclass(frozen=True)
class Pair:
    """What is compared with what.

    Attributes:
        now: the period, without the days left out of the comparison.
        then: the period compared with, without those that stand beside them; None when none is wanted or possible.
        against: the word for it; empty when it was given by its dates.
        days_off: days off in either of them, for which days are left out.
        left_out: days left out of either of them.
        is_empty: whether no day is left; a level at a moment can be compared even so.
    """

    now: Period
    then: Period | None = None
    against: str = ""
    days_off: tuple[date, ...] = ()
    left_out: tuple[date, ...] = ()
    is_empty: bool = False

    @property
    def words(self) -> str:
        """What is compared with if days are left out: 'vs the same weekdays before, without 26 Dec'; else empty."""
        return self.said(_in_month)

    def said(self, days_of: Callable[[Sequence[date]], str]) -> str:
        """The same with days written by `days_of`, which gets those of one month."""
        if self.is_empty:
            return NONE_LEFT
        if not self.days_off:
            return ""
        if len(self.days_off) > NAMED:
            return f"vs {AGAINST['alike']}, without {len(self.days_off)} days off"
        months = [[*days] for _, days in groupby(self.days_off, key=lambda day: (day.year, day.month))]
        return f"vs {AGAINST['alike']}, without {listed([days_of(days) for days in months])}"


def _in_month(days: Sequence[date]) -> str:
    return f"{listed([str(day.day) for day in days])} {days[0]:%b}"


def pair_of(span: Period, compare: bool | str | Period, days_off: Collection[date] = ()) -> Pair:
    """A period beside the one that `compare` names.

    Args:
        compare: a word of AGAINST, a period, True for the one before or False for none.
        days_off: what is to be left out, each with the day beside it, where that one is the same weekdays before.

    Raises:
        UnknownName: it is no word of AGAINST.
    """
    if isinstance(compare, Period):
        earlier, against = compare, ""
    else:
        against = "before" if compare is True else compare or ""
        found = span.earlier(against) if against else None
        if found is None:
            return Pair(span)
        earlier = found
    if not days_off or against not in ("alike", ""):
        return Pair(span, earlier, against)
    return _alike(Pair(span, earlier, against), earlier, days_off)


def _alike(pair: Pair, earlier: Period, days_off: Collection[date]) -> Pair:
    """The pair without days off; a day of one period stands beside that of the other as far from its beginning."""
    here, there = pair.now.dates, earlier.dates
    apart = here[0] - there[0] if here and there else timedelta()
    off = tuple(sorted({*here, *there} & {*days_off}))
    if not off:
        return pair
    now = tuple(day for day in here if day in off or day - apart in off)
    then = tuple(day for day in there if day in off or day + apart in off)
    return replace(
        pair,
        now=replace(pair.now, without=now),
        then=replace(earlier, without=then),
        days_off=off,
        left_out=tuple(sorted({*now, *then})),
        is_empty=len(now) == len(here) or len(then) == len(there),
    )


def listed(words: Sequence[str]) -> str:
    """Words in a row, the last after an 'and'."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))

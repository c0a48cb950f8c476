"""Business time of a batch's tickets: which schedule each is under, and when that changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deskbook.clocks.claims import chosen
from deskbook.clocks.past import NONE, OPEN, SECOND, Bools, Ints, Past, totals
from deskbook.clocks.rules import Rules
from deskbook.clocks.spans import Spans, changes_of, spans_of
from deskbook.metrics.worktime import FAR, UNKNOWN, Worktime

EARLIEST, LATEST = (int(datetime(year, 1, 5, tzinfo=UTC).timestamp()) * SECOND for year in (1900, 2190))
"""Moments between which zones and holidays are known."""
CALENDAR = -2
"""In place of a schedule: the clock on the wall, around the clock."""


class Pace:
    """Business microseconds of tickets' intervals, each piece under the schedule in force then.

    Zendesk counts a ticket's whole life under the schedule it was last under; `last=True` does the same.
    """

    def __init__(self, past: Past, rules: Rules, spans: Spans) -> None:
        self._spans = spans
        self._last = spans.value[np.cumsum(spans.counts) - 1]
        reach = _reach(past)
        self._times = [Worktime.of(schedule, *reach) for schedule in rules.schedules]

    @property
    def has_schedule(self) -> Bools:
        """Whether each ticket was ever under a schedule."""
        spans = self._spans
        return np.asarray(totals(len(self._last), spans.ticket[spans.value != NONE]) > 0)

    def pieces(self, ticket: NDArray[Any], start: Ints, end: Ints) -> tuple[Ints, Ints, Ints, Ints]:
        """Intervals cut where their ticket's schedule changed: row, schedule (or NONE), start, end of each."""
        row, span, begins, ends = self._spans.within(ticket, start, end)
        return row, self._spans.value[span].astype(np.int64), begins, ends

    def worked(self, ticket: NDArray[Any], start: Ints, end: Ints, *, last: bool = False) -> Ints:
        """Business microseconds of intervals; UNKNOWN where no schedule with hours is in force, 0 if they are empty."""
        if last:
            return np.where(end > start, self.length(self._last[ticket].astype(np.int64), start, end), 0)
        row, schedule, begins, ends = self.pieces(ticket, start, end)
        lengths = self.length(schedule, begins, ends)
        known = lengths != UNKNOWN
        total = np.bincount(row[known], lengths[known].astype(np.float64), len(ticket)).astype(np.int64)
        unknown = np.bincount(row[~known], minlength=len(ticket)) > 0
        return np.where(unknown, UNKNOWN, total)

    def length(self, schedule: Ints, start: Ints, end: Ints) -> Ints:
        """Microseconds of intervals under a schedule each, or on the calendar; OPEN if they never end.

        Under a schedule UNKNOWN where a moment lies outside EARLIEST to LATEST, as the zero dates of databases do.
        """
        endless = end == OPEN
        out = np.where(endless, OPEN, end - start)
        for place, times in self._each(schedule):
            known = (start[place] >= times.first_us) & (endless[place] | (end[place] <= times.last_us))
            begins = np.where(known, start[place], times.first_us)
            worked = times.worked(begins, np.where(known & ~endless[place], end[place], begins))
            worked = np.where(endless[place] & times.has_hours, OPEN, worked)
            out[place] = np.where(known, worked, UNKNOWN)
        out[schedule == NONE] = UNKNOWN
        return out

    def until(self, schedule: Ints, start: Ints, amount: Ints) -> Ints:
        """The last moment by which no more time than that has passed; OPEN if more than a year away or unknown.

        Where the amount is used up as a schedule closes, that is when it opens next.
        """
        out = start + amount
        for place, times in self._each(schedule):
            if times.has_hours:
                found = times.after(start[place], amount[place] + 1)
                out[place] = np.where(found == FAR, OPEN, found - 1)
            else:
                out[place] = OPEN
        out[schedule == NONE] = OPEN
        return out

    def _each(self, schedule: Ints) -> list[tuple[Ints, Worktime]]:
        found = ((np.flatnonzero(schedule == number), times) for number, times in enumerate(self._times))
        return [(place, times) for place, times in found if len(place)]


def schedules_of(past: Past, rules: Rules) -> Spans:
    """The schedule of each ticket over time, as its place in `rules.schedules`.

    By what the ticket is, unless an event of kind `schedule` names one, by id or by name, from then on.
    """
    own = np.full(len(past), NONE, np.int32)
    for number, schedule in reversed(list(enumerate(rules.schedules))):
        if schedule.is_default:
            own[:] = number
    for number, schedule in reversed(list(enumerate(rules.schedules))):
        if schedule.applies_to:
            own[chosen(past.tickets, schedule.applies_to)] = number
    told = changes_of(past, "schedule")
    named = {word: number for number, one in enumerate(rules.schedules) for word in (one.name, one.id) if word}
    to = np.array([*(named.get(word, NONE) for word in told.words), NONE], np.int32)
    initial = np.where(told.initial == NONE, own, to[told.initial]).astype(np.int32)
    return spans_of(past.created, replace(told, words=(), initial=initial, old=to[told.old], new=to[told.new]))


def _reach(past: Past) -> tuple[int, int]:
    """The first and the last moment of anything in the batch; 1970 if there is nothing."""
    moments = [past.created, past.messages.at, past.events.at]
    moments += [one[one != OPEN] for one in (past.source_reply, past.source_resolved, past.updated)]
    held = np.clip(np.concatenate(moments), EARLIEST, LATEST)
    return (int(held.min()), int(held.max())) if len(held) else (0, 0)

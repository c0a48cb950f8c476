"""A ticket's status over time: how long it stood in each, when it was solved, when it came back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from deskbook.clocks.past import NONE, OPEN, Bools, Codes, Ints, Past, first_rows, last_rows, per_ticket, totals
from deskbook.clocks.spans import Changes, Spans, changes_of, spans_of
from deskbook.schema import STATUSES

NEW, OPENED, PENDING, HOLD, SOLVED, CLOSED, DELETED = range(len(STATUSES))
DONE: Final = (SOLVED, CLOSED, DELETED)
MOVES: Final = ("created", "solved", "reopened", "deleted", "recovered", "moved")
CREATED, GONE, BACK, DROPPED, RECOVERED, MOVED = range(len(MOVES))


@dataclass(frozen=True)
class States:
    """The status of each ticket of a batch over time.

    Attributes:
        spans: values are places in STATUSES.
        ends_elsewhere: by ticket, whether its own status is not the one its history ends in.
        undated: by ticket, whether it is solved and nothing says since when.
        unknown: events by ticket whose status is no standard one.
    """

    spans: Spans
    ends_elsewhere: Bools
    undated: Bools
    unknown: Ints

    @property
    def last_since(self) -> Ints:
        """When the status of each ticket last changed."""
        last = last_rows(self.spans.ticket)
        return self.spans.start[last]


def states_of(past: Past) -> States:
    """Status spans of every ticket; where its own status and its history differ, its own status is the last word.

    A ticket without a history stood in its own status since creation, or in open until it was solved.
    """
    told, unknown = _standard(changes_of(past, "status", now="status", before="new"))
    told = replace(told, current=np.where(told.current == NONE, _guessed(past, told), told.current))
    silent, is_done = totals(len(past), told.ticket) == 0, np.isin(told.current, DONE)
    initial = np.where(silent, np.where(is_done, OPENED, told.current), told.initial)
    last = initial.copy()
    last[told.ticket[last_rows(told.ticket)]] = told.new[last_rows(told.ticket)]
    differs = np.isin(last, DONE) != is_done
    spans = spans_of(past.created, _with_last(past, replace(told, initial=initial), last, np.flatnonzero(differs)))
    undated = differs & is_done & (told.current != DELETED) & (past.source_resolved == OPEN)
    return States(
        spans=replace(spans, has_history=~silent),
        ends_elsewhere=differs & ~silent,
        undated=undated,
        unknown=unknown,
    )


def _standard(changes: Changes) -> tuple[Changes, Ints]:
    """Changes whose values are places in STATUSES; a status nobody knows counts as open."""
    place = [STATUSES.index(word.lower()) if word.lower() in STATUSES else OPENED for word in changes.words]
    known = [word.lower() in STATUSES for word in changes.words]
    to = np.array([*place, NONE], np.int32)  # the last answers for NONE
    odd = ~np.array([*known, True])[changes.new]
    standard = Changes(
        words=STATUSES,
        initial=to[changes.initial],
        current=to[changes.current],
        ticket=changes.ticket,
        at=changes.at,
        old=to[changes.old],
        new=np.where(changes.new == NONE, OPENED, to[changes.new]).astype(np.int32),
    )
    return standard, totals(len(changes.initial), changes.ticket[odd])


def _guessed(past: Past, told: Changes) -> Codes:
    """The status now of tickets whose source does not say: what their history ends in, or whether they are resolved."""
    guess = np.where(past.source_resolved != OPEN, SOLVED, OPENED).astype(np.int32)
    last = last_rows(told.ticket)
    guess[told.ticket[last]] = told.new[last]
    return guess


def _with_last(past: Past, told: Changes, last: Codes, late: Ints) -> Changes:
    """A last change for tickets whose history does not end in their own status, at the best moment known."""
    newest = past.created.copy()
    np.maximum.at(newest, told.ticket, told.at)
    updated = np.where(past.updated == OPEN, newest, past.updated)
    resolved = np.where(past.source_resolved == OPEN, updated, past.source_resolved)
    at = np.maximum(np.where(np.isin(told.current, DONE), resolved, updated), newest)[late]
    ticket = np.concatenate([told.ticket, late.astype(np.int32)])
    order = np.argsort(ticket, kind="stable")
    return replace(
        told,
        ticket=ticket[order],
        at=np.concatenate([told.at, at])[order],
        old=np.concatenate([told.old, last[late]])[order],
        new=np.concatenate([told.new, told.current[late]])[order],
    )


@dataclass(frozen=True)
class Solved:
    """When tickets were solved; OPEN where they were not.

    Attributes:
        first: the first time.
        last: the last time, for those that are solved now.
        gone: since when a ticket is not open any more, solved or deleted.
        times: how often.
        reopened: how often one came back.
    """

    first: Ints
    last: Ints
    gone: Ints
    times: Ints
    reopened: Ints


@dataclass(frozen=True)
class Moves:
    """One row a change of what is open, sorted by ticket and time; `kind` is a place in MOVES."""

    ticket: Codes
    at: Ints
    kind: Codes
    delta: Codes


def moves_of(past: Past, states: States) -> Moves:
    """Created, solved, reopened, deleted and recovered: each adds one to the open tickets or takes one away.

    One that came back and was solved again in one instant did both: sources that keep only minutes tell so.
    """
    steps = states.spans.steps
    before = np.where(first_rows(steps.ticket), OPENED, np.concatenate([[OPENED], steps.value[:-1]]))
    done, was_done = np.isin(steps.value, DONE), np.isin(before, DONE)
    turned = done != was_done
    gone = np.where(steps.value == DELETED, DROPPED, GONE)
    back = np.where(before == DELETED, RECOVERED, BACK)
    size = len(past)
    ticket = np.concatenate([np.arange(size), steps.ticket[turned]])
    at = np.concatenate([past.created, steps.at[turned]])
    kind = np.concatenate([np.full(size, CREATED), np.where(done, gone, back)[turned]])
    delta = np.concatenate([np.ones(size, np.int64), np.where(done, -1, 1)[turned]])
    order = np.argsort(ticket, kind="stable")
    return Moves(ticket[order].astype(np.int32), at[order], kind[order].astype(np.int32), delta[order].astype(np.int32))


def solved_of(past: Past, states: States, moves: Moves) -> Solved:
    """First and last solving of each ticket; of one that nobody dated, the moment is none."""
    size = len(past)
    gone = np.flatnonzero(moves.kind == GONE)
    ticket, at = moves.ticket[gone], moves.at[gone]
    first = per_ticket(size, ticket[first_rows(ticket)], at[first_rows(ticket)])
    last = per_ticket(size, ticket[last_rows(ticket)], at[last_rows(ticket)])
    times, newest = totals(size, ticket), last_rows(moves.ticket)
    return Solved(
        first=np.where(states.undated & (times == 1), OPEN, first),
        last=np.where((moves.kind[newest] == GONE) & ~states.undated, last, OPEN),
        gone=np.where(moves.delta[newest] < 0, moves.at[newest], OPEN),
        times=times,
        reopened=totals(size, moves.ticket[moves.kind == BACK]),
    )

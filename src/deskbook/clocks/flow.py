"""The open tickets over time: who held them, how urgent they were and where they stood at each change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from deskbook.clocks.past import NONE, Bools, Codes, Ints
from deskbook.clocks.spans import Spans
from deskbook.clocks.states import DONE, MOVED, MOVES, Moves, States

THEN: Final = ("team_then", "agent_then", "priority_then", "status_then")
"""What a ticket was when its move happened, as columns."""


@dataclass(frozen=True)
class Flow:
    """One row a move; sums of `delta` up to a moment are the open tickets then, cut by any of the columns.

    A `moved` pair takes a ticket from one team, agent, priority or status to another while it is open:
    minus one where it was, plus one where it went.
    """

    ticket: Codes
    at: Ints
    kind: Codes
    delta: Codes
    then: dict[str, pa.Array]


def flow_of(moves: Moves, states: States, fields: dict[str, Spans]) -> Flow:
    """Moves with the values that held then, and a pair for each change of a value while a ticket was open.

    Args:
        fields: column of THEN -> its spans.
    """
    ticket, at = _changes(moves, states, fields)
    pairs = np.repeat(np.arange(len(ticket)), 2)
    leaves = np.tile([True, False], len(ticket))
    all_ticket = np.concatenate([moves.ticket, ticket[pairs]])
    all_at = np.concatenate([moves.at, at[pairs]])
    delta = np.concatenate([moves.delta, np.where(leaves, -1, 1)]).astype(np.int32)
    kind = np.concatenate([moves.kind, np.full(len(pairs), MOVED)]).astype(np.int32)
    leaves = np.concatenate([(moves.delta < 0) & _first_of_instant(moves), leaves])
    then = {name: _words(spans, all_ticket, all_at, leaves) for name, spans in fields.items()}
    return Flow(all_ticket.astype(np.int32), all_at, kind, delta, then)


def _first_of_instant(moves: Moves) -> Bools:
    """Which moves are the first of their ticket at their instant; what comes after starts from what holds then."""
    first = np.ones(len(moves.ticket), np.bool_)
    first[1:] = (moves.ticket[1:] != moves.ticket[:-1]) | (moves.at[1:] != moves.at[:-1])
    return first


def _changes(moves: Moves, states: States, fields: dict[str, Spans]) -> tuple[Codes, Ints]:
    """Moments at which a value of an open ticket changed and nothing moved it in or out of the open ones."""
    ticket = np.concatenate([moves.ticket, *(spans.ticket for spans in fields.values())])
    at = np.concatenate([moves.at, *(spans.start for spans in fields.values())])
    is_change = np.arange(len(ticket)) >= len(moves.ticket)
    order = np.lexsort((is_change, at, ticket))  # of one instant the move comes first, so a change there is none
    ticket, at = ticket[order], at[order]
    fresh = is_change[order]
    fresh[1:] &= (ticket[1:] != ticket[:-1]) | (at[1:] != at[:-1])
    ticket, at = ticket[fresh], at[fresh]
    is_open = ~np.isin(states.spans.at(ticket, at), DONE)
    return ticket[is_open], at[is_open]


def _words(spans: Spans, ticket: Codes, at: Ints, before: Bools) -> pa.Array:
    """The value just before a ticket left, and from the moment it came."""
    code = spans.at(ticket, at - before)
    dictionary = pa.array([*spans.words, None], pa.string())
    return dictionary.take(pa.array(np.where(code == NONE, len(spans.words), code)))


__all__ = ["MOVES", "THEN", "Flow", "flow_of"]

"""Through whose hands a ticket went: assignees, teams, and how long it had nobody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from deskbook.clocks.past import NONE, OPEN, Ints, Past, first_rows, last_rows, per_ticket, totals
from deskbook.clocks.spans import Spans
from deskbook.schema import ROLES

AGENT = ROLES.index("agent")


@dataclass(frozen=True)
class Hands:
    """By ticket; NONE (counts) or OPEN (moments) where the source tells no assignments.

    Attributes:
        stations: assignments to an agent, one after the other.
        assignees: different agents among them.
        team_stations: teams it was with, one after the other.
        handoffs: different agents who wrote an internal note.
        first, last: when it was first and last assigned.
        unassigned: microseconds without an agent until it was last solved; OPEN while it is not.
    """

    stations: Ints
    assignees: Ints
    team_stations: Ints
    handoffs: Ints
    first: Ints
    last: Ints
    unassigned: Ints


def hands_of(past: Past, agents: Spans, teams: Spans, solved: Ints) -> Hands:
    """What assignments and internal notes say.

    Args:
        solved: when each ticket was last solved; OPEN if it is not.
    """
    size = len(past)
    told = agents.has_history
    held = agents.value != NONE
    ticket, start = agents.ticket[held], agents.start[held]
    pair = np.unique(np.stack([ticket, agents.value[held]]), axis=1)
    without = ~held
    until = np.minimum(agents.end[without], solved[agents.ticket[without]])
    idle = np.where(until == OPEN, 0, np.maximum(until - agents.start[without], 0))
    unassigned = totals(size, agents.ticket[without], idle)
    return Hands(
        stations=np.where(told, totals(size, ticket), NONE),
        assignees=np.where(told, totals(size, pair[0]), NONE),
        team_stations=np.where(teams.has_history, totals(size, teams.ticket[teams.value != NONE]), NONE),
        handoffs=_noting(past),
        first=np.where(told, per_ticket(size, ticket[first_rows(ticket)], start[first_rows(ticket)]), OPEN),
        last=np.where(told, per_ticket(size, ticket[last_rows(ticket)], start[last_rows(ticket)]), OPEN),
        unassigned=np.where(told & (solved != OPEN), unassigned, OPEN),
    )


def _noting(past: Past) -> Ints:
    """Different agents who wrote internal notes, by ticket."""
    said = past.messages
    notes = (said.role == AGENT) & ~said.is_public & (said.author != NONE)
    pairs = np.unique(np.stack([said.ticket[notes], said.author[notes]]), axis=1)
    return totals(len(past), pairs[0])

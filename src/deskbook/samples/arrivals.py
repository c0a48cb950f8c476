"""The tickets of a stretch of days: who asks what, by which channel, of whom and in which mood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deskbook.samples import calendar
from deskbook.samples.calendar import DAY_SECONDS, Ints
from deskbook.samples.desk import Customers, Staff, pick_customers
from deskbook.samples.incidents import Plan, Plant
from deskbook.samples.reasons import CHANNELS, REASON_KEYS, REASONS, TEAMS
from deskbook.samples.words.people import PRODUCTS

Bools = NDArray[np.bool_]

FIRST_TICKET = 1_000_001
NEUTRAL, ANGRY, POSITIVE, MIXED = range(4)
"""Moods of a ticket's texts."""

_STAFFED = np.isin(CHANNELS, ("chat", "phone"))
_MIX = np.cumsum([np.array(reason.channels) / sum(reason.channels) for reason in REASONS], axis=1)
_TEAM_OF = np.array([TEAMS.index(reason.team) for reason in REASONS])
_ANGRY = np.array([reason.angry for reason in REASONS])
_PRAISE = REASON_KEYS.index("praise")


@dataclass(frozen=True)
class Tickets:
    """One row a ticket, by creation time; codes are row numbers of the tables they name.

    Attributes:
        number: the ticket's number at the help desk.
        at: creation, seconds since 1970.
        plant: row number in Plan.plants, -1 for ordinary tickets.
        section: vocabulary section: a reason, or len(REASONS) + row number in SECTIONS.
        team, agent, urgency: as they are in the end; first_team, first_agent, first_urgency: at the start.
        plan: row number in PLANS.
    """

    number: Ints
    at: Ints
    plant: Ints
    reason: Ints
    section: Ints
    channel: Ints
    language: Ints
    customer: Ints
    segment: Ints
    product: Ints
    plan: Ints
    tone: Ints
    first_team: Ints
    team: Ints
    first_agent: Ints
    agent: Ints
    first_urgency: Ints
    urgency: Ints

    def __len__(self) -> int:
        """Number of tickets."""
        return len(self.number)


def draw_tickets(
    plan: Plan, staff: Staff, customers: Customers, days: range, first_number: int, rng: np.random.Generator
) -> Tickets:
    """All tickets created on `days` (row numbers of the plan), numbered by time."""
    at, plant, reason, channel = _draw_base(plan, days, rng)
    section = reason.copy()
    team = _TEAM_OF[reason]
    for code, planted in enumerate(plan.plants):
        rows = np.flatnonzero(plant == code)
        if len(rows):
            section[rows] = len(REASONS) + planted.section
            reason[rows], channel[rows], team[rows] = _planted(planted, len(rows), rng)
    customer = pick_customers(customers, at, rng)
    segment = customers.segment[customer]
    tone = _tones(plan, plant, reason, rng)
    hostile = np.array([item.kind == "hostile" for item in plan.plants] + [False])[plant]
    first_team, first_agent, agent = _assign(staff, team, at, plant >= 0, rng)
    first_urgency, urgency = _urgencies(tone, segment, plant >= 0, rng)
    n = len(at)
    return Tickets(
        number=first_number + np.arange(n),
        at=at,
        plant=plant,
        reason=reason,
        section=section,
        channel=channel,
        # Hostile messages were written in a few languages only; other customers send the English one.
        language=np.where(hostile & (customers.language[customer] > 2), 0, customers.language[customer]),
        customer=customer,
        segment=segment,
        product=rng.integers(0, len(PRODUCTS), n),
        plan=np.clip(segment + (rng.random(n) < 0.45), 0, 3),
        tone=tone,
        first_team=first_team,
        team=team,
        first_agent=first_agent,
        agent=agent,
        first_urgency=first_urgency,
        urgency=urgency,
    )


def _draw_base(plan: Plan, days: range, rng: np.random.Generator) -> tuple[Ints, Ints, Ints, Ints]:
    """Times, plants, reasons and channels of ordinary and planted tickets, merged by time."""
    day = np.repeat(np.arange(days.start, days.stop), plan.counts[days.start : days.stop])
    december = calendar.months(day + plan.first_day) == 11
    shares = np.array([reason.share for reason in REASONS], np.float64)
    festive = shares * np.array([2.0 if reason.team == "Shipping" else 1.0 for reason in REASONS])
    draw = rng.random(len(day))
    usual = np.searchsorted(np.cumsum(shares) / shares.sum(), draw, "right")
    reason = np.where(december, np.searchsorted(np.cumsum(festive) / festive.sum(), draw, "right"), usual)
    reason = np.minimum(reason, len(REASONS) - 1)
    channel = np.minimum((rng.random(len(day))[:, None] >= _MIX[reason]).sum(axis=1), len(CHANNELS) - 1)
    at = (day + plan.first_day) * DAY_SECONDS + calendar.seconds_of_day(_STAFFED[channel], rng)
    low, high = np.searchsorted(
        plan.planted_at, [(plan.first_day + days.start) * DAY_SECONDS, (plan.first_day + days.stop) * DAY_SECONDS]
    )
    every = np.concatenate([at, plan.planted_at[low:high]])
    order = np.argsort(every, kind="stable")
    zeros = np.zeros(high - low, np.int64)
    plant = np.concatenate([np.full(len(at), -1), plan.planted[low:high]])
    return every[order], plant[order], np.concatenate([reason, zeros])[order], np.concatenate([channel, zeros])[order]


def _planted(plant: Plant, size: int, rng: np.random.Generator) -> tuple[int, Ints, Ints]:
    """Reason, channels and teams of a plant's tickets; decoys come in by any channel."""
    if plant.story is None:
        reason = REASON_KEYS.index("feature_request")
        return reason, rng.integers(0, 3, size), np.full(size, _TEAM_OF[reason])
    reason = REASON_KEYS.index(plant.story.topic)
    if plant.kind == "decoy":
        return reason, rng.integers(0, len(CHANNELS), size), np.full(size, _TEAM_OF[reason])
    channels = np.array([CHANNELS.index(name) for name in plant.story.channels])
    teams = np.array([TEAMS.index(name) for name in plant.story.teams])
    return reason, rng.choice(channels, size), rng.choice(teams, size)


def _tones(plan: Plan, plant: Ints, reason: Ints, rng: np.random.Generator) -> Ints:
    """Mood of each ticket: by reason, overruled by what was planted."""
    draw = rng.random(len(plant))
    angry = _ANGRY[reason]
    tone = np.select([draw < angry, draw < angry + 0.05, draw < angry + 0.13], [ANGRY, MIXED, POSITIVE], NEUTRAL)
    tone[reason == _PRAISE] = POSITIVE
    for code, planted in enumerate(plan.plants):
        rows = plant == code
        if planted.kind == "incident":
            tone[rows] = np.where(draw[rows] < 0.9, ANGRY, MIXED)
        elif planted.kind != "decoy":
            tone[rows] = POSITIVE if planted.kind == "surge" else NEUTRAL
    return tone.astype(np.int64)


def _assign(staff: Staff, team: Ints, at: Ints, is_planted: Bools, rng: np.random.Generator) -> tuple[Ints, Ints, Ints]:
    """First team, first agent and last agent; a few ordinary tickets change the team, a few only the agent."""
    n = len(team)

    def member(group: Ints) -> Ints:
        row = staff.first[group] + (rng.random(n) * staff.count[group]).astype(np.int64)
        return np.where(staff.left_at[row] <= at, staff.first[group], row)

    agent = member(team)
    draw = rng.random(n)
    moves = (draw < 0.05) & ~is_planted
    first_team = np.where(moves, (team + 1 + rng.integers(0, len(TEAMS) - 1, n)) % len(TEAMS), team)
    return first_team, np.where(draw < 0.08, member(first_team), agent), agent


def _urgencies(tone: Ints, segment: Ints, is_planted: Bools, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """First and last urgency, 0 low to 3 critical; raised for incidents and large customers."""
    n = len(tone)
    push = 0.12 * (tone == ANGRY) + 0.10 * (segment == 3) + 0.10 * (is_planted & (tone == ANGRY))
    first = np.searchsorted([0.18, 0.80, 0.96], rng.random(n) + push, "right")
    draw = rng.random(n)
    change = np.where(draw < 0.04 + push / 2, 1, np.where(draw > 0.985, -1, 0))
    return first, np.clip(first + change, 0, 3)

"""Who works at the desk and who writes to it: teams, agents and customers as compact columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from deskbook.samples.calendar import DAY_SECONDS, Floats, Ints
from deskbook.samples.reasons import TEAMS
from deskbook.samples.words.form import LANGUAGES
from deskbook.samples.words.people import AGENT_NAMES, COMPANIES, COUNTRIES, FIRST_NAMES, LAST_NAMES

FIRST_AGENT_ID = 501
FIRST_GROUP_ID = 11
FIRST_USER_ID = 20_001

SEGMENTS = ("consumer", "smb", "midmarket", "enterprise")
_SEGMENT_SHARES = (0.62, 0.22, 0.10, 0.06)
_LANGUAGE_SHARES = (0.62, 0.14, 0.09, 0.09, 0.06)
_TEAM_AGENTS = (7, 8, 6, 5, 3, 3)
"""Agents by team at 20,000 tickets."""
_TICKETS_PER_CUSTOMER = 2.2
_KNOWN_SHARE = 0.45
"""Share of the customers who were there before the first day."""


@dataclass(frozen=True)
class Staff:
    """One row an agent.

    Attributes:
        team: row number in TEAMS.
        pace: this agent's reply time as a multiple of the usual.
        left_at: seconds since 1970; a far future for those who stayed.
        first: first row of each team (one per team); count: agents of each team.
    """

    names: tuple[str, ...]
    team: Ints
    pace: Floats
    left_at: Ints
    first: Ints
    count: Ints


@dataclass(frozen=True)
class Customers:
    """One row a customer, in the order in which they joined; words are row numbers of tables."""

    language: Ints
    country: Ints
    segment: Ints
    first_name: Ints
    last_name: Ints
    company: Ints
    created_at: Ints
    large: Ints
    """Row numbers of the enterprise customers, ascending."""

    def __len__(self) -> int:
        """Number of customers."""
        return len(self.language)


def hire_staff(tickets: int, first_day: int, days: int, rng: np.random.Generator) -> Staff:
    """About thirty agents at 20,000 tickets, mildly more for a larger desk; two have left."""
    scale = np.clip((tickets / 20_000) ** 0.35, 0.6, 6.0)
    count = np.maximum(2, np.round(np.array(_TEAM_AGENTS) * scale)).astype(np.int64)
    total = int(count.sum())
    rounds = [f"{name} {'I' * turn}".strip() for turn in range(total // len(AGENT_NAMES) + 1) for name in AGENT_NAMES]
    left = np.full(total, np.iinfo(np.int64).max)
    # The last of the two largest teams leave, so each team keeps its first agent.
    for team, share in ((0, 0.5), (1, 0.7)):
        left[int(count[: team + 1].sum()) - 1] = (first_day + int(days * share)) * DAY_SECONDS
    return Staff(
        names=tuple(rounds[:total]),
        team=np.repeat(np.arange(len(TEAMS)), count),
        pace=rng.lognormal(0, 0.35, total),
        left_at=left,
        first=np.concatenate([[0], np.cumsum(count)[:-1]]),
        count=count,
    )


def invite_customers(tickets: int, first_day: int, days: int, rng: np.random.Generator) -> Customers:
    """Customers in the order they joined: some before the first day, the rest as the desk grows."""
    n = max(3, int(tickets / _TICKETS_PER_CUSTOMER))
    language = rng.choice(len(LANGUAGES), n, p=_LANGUAGE_SHARES)
    segment = rng.choice(len(SEGMENTS), n, p=_SEGMENT_SHARES)
    # Bounds differ by language: a draw in [0, 1) is scaled by the size of that language's table.
    scaled = [
        (rng.random(n) * np.array([len(table[code]) for code in LANGUAGES])[language]).astype(np.int64)
        for table in (COUNTRIES, FIRST_NAMES, LAST_NAMES)
    ]
    known = max(1, int(n * _KNOWN_SHARE))
    joined = np.concatenate(
        [
            np.sort(first_day - rng.integers(30, 1200, known)),
            first_day + np.arange(n - known) * days // max(n - known, 1),
        ]
    )
    return Customers(
        language=language,
        country=scaled[0],
        segment=segment,
        first_name=scaled[1],
        last_name=scaled[2],
        company=rng.integers(0, len(COMPANIES), n),
        created_at=joined * DAY_SECONDS + rng.integers(0, DAY_SECONDS, n),
        large=np.flatnonzero(segment == SEGMENTS.index("enterprise")),
    )


def pick_customers(customers: Customers, at: Ints, rng: np.random.Generator) -> Ints:
    """The customer behind each ticket: someone who had joined, enterprise and early ones more often."""
    pool = np.maximum(np.searchsorted(customers.created_at // DAY_SECONDS, at // DAY_SECONDS, "left"), 1)
    chosen = (pool * rng.random(len(at)) ** 1.5).astype(np.int64)
    large = np.searchsorted(customers.large, pool)
    is_large = (rng.random(len(at)) < 0.12) & (large > 0)
    row = (large * rng.random(len(at))).astype(np.int64)
    return np.where(is_large, customers.large[np.where(is_large, row, 0)] if len(customers.large) else chosen, chosen)

"""Quick filters: what a lead looks for every morning, one click each. This is the one list of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Quick:
    """One of them.

    Attributes:
        where: the filter as text; `{team}` is the team of whoever looks.
    """

    name: str
    label: str
    where: str
    note: str


QUICK: Final = (
    Quick("my_team", "My team", "team = {team}", "Tickets that your team has now."),
    Quick("breached_today", "Breached today", "breached_at in today", "A promise to the customer was broken today."),
    Quick("due_today", "Due today", "promise_due_at in today", "A promise runs out today and is not kept yet."),
    Quick("unanswered", "Unanswered over 4 h", "waiting_hours > 4", "The customer has waited over four hours."),
    Quick("unassigned", "Unassigned", "agent is null and age_hours >= 0", "Open, and nobody has it."),
    Quick("untouched", "Untouched for 3 days", "idle_hours > 72", "Open, and nothing happened in three days."),
    Quick("reopened", "Reopened", "reopens > 0", "Came back after it was solved."),
    Quick("handed_on", "Handed on", "team_stations > 2", "Went through more than two teams."),
    Quick("negative", "Negative mood", "sentiment = negative", "What the customer wrote reads as unhappy."),
    Quick("bad_rating", "Rated bad", "rating = bad", "The customer was not satisfied."),
)

"""How many posts an entry may still read in a billing cycle, kept in its cursor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from deskbook.sources.http import Ask, BudgetSpent
from deskbook.sources.x.options import LEAST_ON_PAGE, MOST_ON_PAGE, MOST_POSTS

PER_POST: Final = 3
"""Posts that one found post can bring: itself, what it answers and what it quotes."""


@dataclass
class Budget:
    """Posts read in one cycle.

    Attributes:
        cycle: first day of the cycle, in UTC.
        most: that may be read in it.
        read: so far, also those that came along because a post refers to them.
        page_posts: most that are asked for at once.
    """

    entry: str
    cycle: date
    most: int
    read: int
    page_posts: int = MOST_ON_PAGE

    @property
    def left(self) -> int:
        """Posts that may still be read."""
        return max(0, self.most - self.read)

    @property
    def page(self) -> int:
        """How many posts to ask for at once, so that those which come along are paid for too.

        Raises:
            BudgetSpent: fewer than the smallest page are left.
        """
        size = min(self.page_posts, self.left // PER_POST)
        if size < LEAST_ON_PAGE:
            raise BudgetSpent(
                f"Entry '{self.entry}' has read {self.read:,} of the {self.most:,} posts it may read in the billing "
                f"cycle since {self.cycle:%Y-%m-%d}; {self.left:,} are left, fewer than a page of {LEAST_ON_PAGE} and "
                f"what they refer to. It goes on on {_next(self.cycle):%Y-%m-%d}. Or raise posts_a_month:; X itself "
                f"stops pay-per-use at {MOST_POSTS:,}."
            )
        return size

    @property
    def can_page(self) -> bool:
        """Whether another page may be asked for."""
        return self.left // PER_POST >= LEAST_ON_PAGE

    def sized(self, ask: Ask) -> Ask:
        """A request for a page, no larger than what is left.

        Raises:
            BudgetSpent: as for `page`.
        """
        return replace(ask, params={**ask.params, "max_results": self.page})

    def count(self, posts: int) -> None:
        """Note that so many were read."""
        self.read += posts

    def expect(self, posts: int, what: str) -> None:
        """Refuse a search that would read more than is left, before it costs anything.

        Raises:
            BudgetSpent: it would.
        """
        if posts > self.left:
            raise BudgetSpent(
                f"Entry '{self.entry}': {what} would read {posts:,} posts, and {self.left:,} of {self.most:,} are left "
                f"until {_next(self.cycle):%Y-%m-%d}. Nothing was read. Narrow it, or raise posts_a_month:."
            )

    def as_dict(self) -> dict[str, Any]:
        """What the cursor keeps."""
        return {"cycle": self.cycle.isoformat(), "read": self.read}


def budget_of(held: Mapping[str, Any], entry: str, most: int, billing_day: int, now: datetime) -> Budget:
    """The budget of the cycle that a moment falls in; what another cycle used does not count."""
    begins = now.date()
    if begins.day < billing_day:
        begins = begins.replace(day=1) - timedelta(days=1)
    cycle = begins.replace(day=billing_day)
    read = int(held.get("read", 0)) if held.get("cycle") == cycle.isoformat() else 0
    return Budget(entry, cycle, most, read)


def _next(cycle: date) -> date:
    return (cycle.replace(day=28) + timedelta(days=4)).replace(day=cycle.day)

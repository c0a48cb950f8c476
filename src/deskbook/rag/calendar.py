"""The days that hold data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from deskbook.rag.contract import Numbers


@dataclass(frozen=True)
class Calendar:
    """The days that hold data.

    Attributes:
        days: those with a message or a new ticket, wall clock.
        today: the day relative words start from.
    """

    days: frozenset[date]
    today: date

    @property
    def first(self) -> date | None:
        """The first day with data."""
        return min(self.days, default=None)

    @property
    def last(self) -> date | None:
        """The last day with data."""
        return max(self.days, default=None)

    @cached_property
    def _months(self) -> frozenset[tuple[int, int]]:
        return frozenset((day.year, day.month) for day in self.days)

    def has_month(self, year: int, month: int) -> bool:
        """Whether any day of that month holds data."""
        return (year, month) in self._months


def calendar(numbers: Numbers) -> Calendar:
    """The days with data, from the same query as every other number."""
    rows = numbers.query(["messages", "tickets_created"], by=["day"]).rows
    days = {date.fromisoformat(row["day"]) for row in rows if row["messages"] or row["tickets_created"]}
    today = numbers.now().astimezone(ZoneInfo(numbers.settings.zone)).date()
    return Calendar(frozenset(days), today)

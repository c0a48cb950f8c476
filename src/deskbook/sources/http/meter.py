"""What one pull asked for, and the most that it may."""

from __future__ import annotations

from dataclasses import dataclass

from deskbook.errors import SourceError
from deskbook.sources.http.asks import Ask


class BudgetSpent(SourceError):
    """What may be asked in one pull, or one month, is used up; what was read is kept."""


@dataclass
class Meter:
    """Counts of one pull.

    Attributes:
        most_requests: after which nothing more is asked; 0 for no bound.
        most_cost: the same for cost, as the vendor counts it.
        waited_seconds: spent waiting for the account's limits, of all requests together.
    """

    entry: str
    most_requests: int = 0
    most_cost: float = 0.0
    requests: int = 0
    cost: float = 0.0
    received_bytes: int = 0
    retries: int = 0
    waited_seconds: float = 0.0

    def spend(self, ask: Ask) -> None:
        """Count a request that is about to be sent.

        Raises:
            BudgetSpent: it would be one too many.
        """
        if self.most_requests and self.requests >= self.most_requests:
            raise BudgetSpent(
                f"Entry '{self.entry}' has made {self.requests:,} requests, the most that max_requests: allows one "
                "pull. The next pull goes on from here."
            )
        if self.most_cost and self.cost + ask.cost > self.most_cost + 1e-9:
            raise BudgetSpent(
                f"Entry '{self.entry}' has used {self.cost:,.0f} of its {self.most_cost:,.0f} units of max_cost: in "
                "this pull. The next pull goes on from here."
            )
        self.requests += 1
        self.cost += ask.cost

    def __str__(self) -> str:
        """The counts in a line."""
        told = f"{self.requests:,} requests, {self.received_bytes / 1e6:,.1f} MB"
        if self.retries:
            told += f", {self.retries:,} of them again"
        return told + (f", {self.waited_seconds:,.0f} s waited" if self.waited_seconds >= 1 else "")

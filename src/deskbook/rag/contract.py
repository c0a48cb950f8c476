"""What the rag room needs of a workspace; `Book` has it, a test may bring its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import pandas as pd

from deskbook.metrics import Filter, Period, Result
from deskbook.settings import Settings

Where = str | Filter | None
When = str | Period | None


class Numbers(Protocol):
    """A workspace that is asked: numbers come only from `query`."""

    @property
    def settings(self) -> Settings:
        """What the workspace is set to."""

    def now(self) -> datetime:
        """The moment relative periods start from (aware)."""

    def period(self, period: str) -> Period:
        """A period from words."""

    def query(
        self,
        metrics: str | Sequence[str],
        *,
        by: str | Sequence[str] = (),
        where: Where = None,
        period: When = None,
        compare: bool = False,
    ) -> Result:
        """Numbers with their receipt."""

    def messages(
        self, ticket_id: str | None = None, *, source: str | None = None, where: Where = None, period: When = None
    ) -> pd.DataFrame:
        """Messages in the order they were sent; times in UTC."""

    def tickets(
        self, *, where: Where = None, period: When = None, search: str | None = None, limit: int | None = None
    ) -> pd.DataFrame:
        """Tickets, newest first."""

    def choices(self, dimension: str) -> list[str]:
        """The words a dimension holds now."""

"""The rows of a workspace: tickets and messages as people look at them, and those behind a number."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from deskbook import metrics as m
from deskbook.store import HotView
from deskbook.store.rows import count_behind, count_tickets, custom_fields, find_behind, find_messages, find_tickets

Where = m.Where
When = str | m.Period | None


class Rows(ABC):
    """The part of a `Book` that gives rows."""

    @abstractmethod
    def view(self, snapshot: int | None = None, zone: str | None = None) -> HotView:
        """The hot copy the rows are read beside."""

    @abstractmethod
    def desk(self) -> m.Desk:
        """What numbers are computed on."""

    @abstractmethod
    def period(self, period: When = None) -> m.Period:
        """A period from words."""

    @abstractmethod
    def filter(self, where: Where) -> m.Filter | None:
        """A filter from its line of text."""

    def settled(self, where: Where) -> m.Filter | None:
        """What a filter means at this moment, as a receipt keeps it; the texts it looks for are found."""
        return m.ready(self.filter(where), self.desk())

    def count_values(self, field: str, *, where: Where = None, period: When = None) -> list[tuple[str, int]]:
        """Each word of a field with how many tickets of a period have it, the most frequent first."""
        return m.count_values(self.desk(), field, where=self.filter(where), period=self.period(period))

    def count_each(self, filters: Sequence[Where], *, where: Where = None, period: When = None) -> list[int]:
        """How many tickets of a period each of several filters would leave, besides `where`."""
        asked = [held for held in map(self.filter, filters) if held is not None]
        return m.count_each(self.desk(), asked, where=self.filter(where), period=self.period(period))

    def custom_fields(self) -> list[str]:
        """The custom fields that tickets have, as dimensions: `custom.plan` …"""
        return [f"custom.{name}" for name in custom_fields(self.view())]

    def tickets(
        self,
        *,
        where: Where = None,
        period: When = None,
        search: str | None = None,
        sort: str = "-created_at",
        limit: int | None = None,
        offset: int = 0,
    ) -> pd.DataFrame:
        """Tickets, one row each, with first reply, resolution, sentiment and CSAT; times in UTC.

        Args:
            search: words that must all stand in the subject or one message, or a ticket id.
            sort: a column, `-` before it for descending.
        """
        condition, bound = self._tickets_where(where, period)
        return find_tickets(
            self.view(), where=condition, bound=bound, search=search, sort=sort, limit=limit, offset=offset
        )

    def count_tickets(self, *, where: Where = None, period: When = None, search: str | None = None) -> int:
        """How many tickets `tickets` would give without a limit."""
        condition, bound = self._tickets_where(where, period)
        return count_tickets(self.view(), where=condition, bound=bound, search=search)

    def _tickets_where(self, where: Where, period: When) -> tuple[str, dict[str, Any]]:
        return m.condition("tickets", "created_at", self.settled(where), self.period(period))

    def behind(
        self,
        metric: str,
        row: Mapping[str, Any] | None = None,
        *,
        where: Where = None,
        period: When = None,
        sort: str = "-created_at",
        limit: int | None = None,
        offset: int = 0,
    ) -> pd.DataFrame:
        """The tickets a number is made of, one row each; `rows` says how many of its rows are the ticket's.

        Args:
            row: the group the number stands in, such as {"team": "Billing", "day": "2026-10-31"}.
            where, period: those of the query that gave the number.
        """
        asked = self._behind(metric, row, where, period)
        return find_behind(self.view(), asked.sql, asked.bound, sort=sort, limit=limit, offset=offset)

    def count_behind(
        self, metric: str, row: Mapping[str, Any] | None = None, *, where: Where = None, period: When = None
    ) -> tuple[int, int]:
        """How many tickets `behind` would give, and how many rows the number is made of."""
        asked = self._behind(metric, row, where, period)
        return count_behind(self.view(), asked.sql, asked.bound)

    def _behind(self, metric: str, row: Mapping[str, Any] | None, where: Where, period: When) -> m.Statement:
        desk, span = self.desk(), self.period(period)
        held = m.ready(self.filter(where), desk)
        return m.behind(m.registry[metric], row or {}, where=held, period=span, given=desk.given())

    def messages(
        self,
        ticket_id: str | None = None,
        *,
        source: str | None = None,
        where: Where = None,
        period: When = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> pd.DataFrame:
        """Messages in the order they were sent, with language and sentiment; times in UTC.

        Args:
            ticket_id: only this ticket's conversation.
        """
        condition, bound = m.condition("messages", "sent_at", self.settled(where), self.period(period))
        return find_messages(
            self.view(),
            where=condition,
            bound=bound,
            ticket_id=ticket_id,
            source=source,
            limit=limit,
            offset=offset,
        )

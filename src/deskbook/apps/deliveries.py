"""Deliveries of a workspace: its schedules, and what sending needs of this machine."""

from __future__ import annotations

import os
from collections.abc import Callable

from deskbook.apps.dashboards import find_dashboards
from deskbook.apps.pages import find_pages
from deskbook.book import Book
from deskbook.errors import DeskbookError
from deskbook.reports.deliver import Means, Office, Schedule, deliver_due, next_due, read_mail
from deskbook.store import Delivery


def schedules_of(book: Book) -> list[Schedule]:
    """Every schedule of the workspace's dashboards.

    Raises:
        ConfigError: a dashboard does not hold.
    """
    workspace = book.settings.workspace
    pages = [page.name for page in find_pages(workspace)]
    return [one for dashboard in find_dashboards(workspace / "dashboards", pages) for one in dashboard.schedules]


def open_office(book: Book) -> Office:
    """What delivering rests on, with the secrets of this process's environment."""
    means = Means(
        workspace=book.settings.workspace,
        environ=os.environ,
        mail=read_mail(book.settings.mail),
        clock=book.clock,
    )
    return Office(book, book.deliveries, means)


def deliver_round(book: Book, say: Callable[[str], None]) -> float:
    """Send what is due and say what became of it; what is wrong with a schedule is said and ends nothing.

    Returns:
        Seconds until the next schedule is due; infinite where there is none.
    """
    try:
        schedules, office = schedules_of(book), open_office(book)
        for one in deliver_due(office, schedules):
            say(told(one))
    except DeskbookError as error:
        say(f"Nothing is delivered: {error}")
        return float("inf")
    now = book.clock()
    waits = [(next_due(one.at, office.zone(one), now) - now).total_seconds() for one in schedules]
    return min(waits, default=float("inf"))


def told(one: Delivery) -> str:
    """A delivery in a line."""
    after = f": {one.error}" if one.error else f" ({one.bytes:,} bytes)" if one.bytes else ""
    return f"{one.key.schedule} to {one.key.channel} {one.target}: {one.outcome.replace('_', ' ')}{after}"

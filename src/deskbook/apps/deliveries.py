"""Deliveries of a workspace: what is due of its dashboards' schedules and of what people subscribe to."""

from __future__ import annotations

from collections.abc import Callable

from deskbook.apps.dashboards import find_dashboards
from deskbook.apps.pages import find_pages
from deskbook.book import Book
from deskbook.errors import DeskbookError
from deskbook.reports.deliver import Schedule, deliver_due, next_due, open_office
from deskbook.store import Delivery


def schedules_of(book: Book) -> list[Schedule]:
    """Every schedule of the workspace's dashboards.

    Raises:
        ConfigError: a dashboard does not hold.
    """
    workspace = book.settings.workspace
    pages = [page.name for page in find_pages(workspace)]
    return [one for dashboard in find_dashboards(workspace / "dashboards", pages) for one in dashboard.schedules]


def everything_of(book: Book) -> tuple[list[Schedule], list[str]]:
    """The schedules of the dashboards and of what people subscribe to, and what is wrong with the latter, in words.

    A subscription that was exported into a dashboard is sent once, as it stands there.

    Raises:
        ConfigError: a dashboard does not hold.
    """
    written, kept = schedules_of(book), book.subscriptions().seen()
    names = {one.name for one in written}
    found = [one.schedule for one in kept if one.schedule and one.sends and one.key not in names]
    problems = [f"{one.problem} ({one.owner}'s, not sent.)" for one in kept if one.problem and not one.form.paused]
    return [*written, *found], problems


def deliver_round(book: Book, say: Callable[[str], None]) -> float:
    """Send what is due and say what became of it; what is wrong with a schedule is said and ends nothing.

    Returns:
        Seconds until the next schedule is due; infinite where there is none.
    """
    try:
        (schedules, problems), office = everything_of(book), open_office(book)
        for problem in problems:
            say(problem)
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

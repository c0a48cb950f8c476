from __future__ import annotations

import random
from typing import Any

import pytest

from deskbook.book import Book
from deskbook.metrics import CYCLES, DIMENSIONS, GRAINS, Metric, registry

MARKS = 200
CUTS = (
    "team",
    "channel",
    "priority",
    "category",
    "tag",
    "sentiment",
    "first_reply_band",
    "status",
    "customer",
    "reopens",
)
OWN = {
    "flow": ("team_then", "agent_then", "status_then", "move"),
    "promises": ("policy", "target", "promise_state", "priority_promised"),
    "replies": ("replier",),
    "messages": ("role",),
    "ratings": ("survey",),
}
FILTERS = ("", "channel = chat", "team != Billing or priority is null", "not (status in (solved, closed))")
PERIODS = ("", "-28d", "2026-08", "2026-06-15..2026-09-14", "-7d")


def marks(book: Book, count: int, seed: int) -> list[tuple[Metric, dict[str, Any], Any, str, str]]:
    """Numbers as a page could plot them: metric, group, value (or n), filter and period."""
    rng, found = random.Random(seed), []
    plotted = [metric for metric in registry.values() if metric.counts_rows or metric.stock or metric.n]
    while len(found) < count:
        metric = rng.choice(plotted)
        by = rng.sample([*CUTS, *OWN.get(metric.table, ())], rng.randint(0, 2))
        by += rng.sample([*GRAINS[1:4], *([] if metric.stock else CYCLES)], rng.randint(0, 1))
        where, period = rng.choice(FILTERS), rng.choice(PERIODS)
        rows = book.query(metric.name, by=by, where=where, period=period).rows
        if rows:
            row = rng.choice(rows)
            value = row[f"{metric.name}_n"] if metric.n else row[metric.name]
            found.append((metric, {name: row[name] for name in by}, value, where, period))
    return found


def test_behind_every_mark_stand_as_many_rows_as_it_says(synced: Book) -> None:
    wrong = []
    for metric, row, value, where, period in marks(synced, MARKS, seed=11):
        tickets, rows = synced.count_behind(metric.name, row, where=where, period=period)
        if (tickets if metric.stock else rows) != value:
            wrong.append((metric.name, row, where, period, value, rows))
    assert wrong == []


def test_the_tickets_behind_a_mark_come_one_row_each(synced: Book) -> None:
    for metric, row, value, where, period in marks(synced, 40, seed=12):
        frame = synced.behind(metric.name, row, where=where, period=period)
        assert not frame.duplicated(["source", "id"]).any()
        assert (len(frame) if metric.stock else frame["rows"].sum()) == value
        assert metric.table != "tickets" or len(frame) == value


def test_the_tickets_behind_a_level_are_those_open_then(synced: Book) -> None:
    (last,) = synced.query("open_backlog", by="day", period="2026-09-10").rows
    frame = synced.behind("open_backlog", {"day": last["day"]}, period="2026-09-10")
    assert len(frame) == last["open_backlog"] > 0
    assert (frame["created_at"] < "2026-09-11").all()


@pytest.mark.parametrize("name", ["team", "tag", "weekday"])
def test_a_group_without_a_value_has_its_own_rows(synced: Book, name: str) -> None:
    rows = synced.query("tickets_created", by=name).rows
    counts = [synced.count_behind("tickets_created", {name: row[name]})[1] for row in rows]
    assert counts == [row["tickets_created"] for row in rows]
    assert name in DIMENSIONS

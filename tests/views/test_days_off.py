"""Days off on a page that compares with the same weekdays before: the workspace's schedules decide, and it is said."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from deskbook import views
from deskbook.book import Book
from deskbook.views.memory import memory_of
from deskbook.views.reading import read

from .conftest import block, filters, moment

CHRISTMAS = "2025-12-22..2025-12-28"
SAID = "vs the same weekdays before, without 25 and 26 Dec"


def test_the_days_off_of_the_schedules_are_left_out(synced: Book) -> None:
    assert synced.days_off(CHRISTMAS) == (date(2025, 12, 25), date(2025, 12, 26))
    made = synced.query("tickets_created", period=CHRISTMAS, compare="alike")
    apart = ["2025-12-22..2025-12-24", "2025-12-27..2025-12-28", "2025-12-15..2025-12-17", "2025-12-20..2025-12-21"]
    days = [synced.query("tickets_created", period=period).value() for period in apart]
    (row,) = made.rows
    assert row["tickets_created"] == synced.query("tickets_created", period=CHRISTMAS).value()
    assert [row["tickets_created_alike"], row["tickets_created_before"]] == [sum(days[:2]), sum(days[2:])]
    assert made.receipt.left_out == ["2025-12-18", "2025-12-19", "2025-12-25", "2025-12-26"]


def test_a_receipt_holds_when_the_schedules_have_changed(synced: Book) -> None:
    made = synced.query("tickets_created,messages_in", by="team", period=CHRISTMAS, grain="day", compare="alike")
    document = json.loads(json.dumps({"rows": made.rows, "receipt": made.receipt.as_dict()}))
    other = Book(replace(synced.settings, schedules=()))
    assert other.days_off(CHRISTMAS) == ()
    assert [verdict.holds for verdict in other.verify(document)] == [True]
    other.lake.close()


def test_cards_filters_and_changes_say_which_days_are_left_out(synced: Book) -> None:
    section = views.cards("tickets_created", "open_backlog")
    at = moment(synced, section, period=CHRISTMAS, compare="alike")
    tickets, backlog = section.block(at)["items"]
    assert (tickets["baseline"], backlog["baseline"]) == (SAID, "vs the same weekdays before")
    assert at.chosen.sentence.endswith(SAID)
    assert block(synced, views.drivers("What changed?", "tickets_created", by=["team"]), period=CHRISTMAS,
                 compare="alike")["caption"].endswith(SAID)  # fmt: skip


def test_a_mark_leads_to_the_tickets_of_the_whole_period(synced: Book) -> None:
    section = views.cards("tickets_created")
    (card,) = block(synced, section, period=CHRISTMAS, compare="alike")["items"]
    assert synced.count_behind(card["cell"]["metric"], card["cell"]["row"], period=CHRISTMAS)[1] == card["raw"]


def test_the_changes_of_groups_add_up_to_that_of_the_compared_days(synced: Book) -> None:
    drawn = block(synced, views.drivers("What changed?", "tickets_created", by=["team"]), period=CHRISTMAS,
                  compare="alike")  # fmt: skip
    (row,) = synced.query("tickets_created", period=CHRISTMAS, compare="alike").rows
    assert sum(mover["value"] for mover in drawn["rows"]) == row["tickets_created_change"]


@pytest.mark.parametrize("compare", ["alike", "before", "year", ""])
def test_a_period_of_days_off_alone_is_compared_with_nothing_only_where_they_are_left_out(
    synced: Book, compare: str
) -> None:
    asked = filters(period="2025-12-25..2025-12-26", compare=compare)
    said = read(asked, synced, memory_of(synced)).sentence
    assert ("none of the same weekdays before: each is a day off" in said) == (compare == "alike")
    at = moment(synced, views.drivers("What changed?", "tickets_created", by=["team"]), period="2025-12-25..2025-12-26",
                compare=compare)  # fmt: skip
    drawn = views.drivers("What changed?", "tickets_created", by=["team"]).block(at)
    assert ("each is a day off" in drawn.get("said", "")) == (compare == "alike")


def test_other_weeks_are_compared_as_before(synced: Book) -> None:
    section = views.cards("tickets_created")
    at = moment(synced, section, period="2026-10-05..2026-10-11", compare="alike")
    assert at.chosen.scope.days_off == ()
    assert section.block(at)["items"][0]["baseline"] == "vs the same weekdays before"

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from deskbook import views
from deskbook.book import Book
from deskbook.errors import BadValue

from .conftest import THIS_WEEK, moment

TABLE, TALK = views.ticket_table(), views.conversation()


def table(book: Book, **given: str) -> Mapping[str, Any]:
    given = {"search": "", "cell": "", "sort": "-created_at", "page": "1", **given}
    return TABLE.block(moment(book, TABLE, **given))


def test_the_table_counts_and_shows_the_newest_first(book: Book) -> None:
    drawn = table(book)
    assert drawn["said"] == "9 tickets"
    assert drawn["rows"][0]["ticket"] == "desk/8"


def test_the_table_sorts_by_a_column(book: Book) -> None:
    drawn = table(book, sort="first_reply_minutes")
    assert [row["id"] for row in drawn["rows"]][:2] == ["0", "1"]


def test_an_unknown_column_is_said_and_the_newest_come_first(book: Book) -> None:
    drawn = table(book, sort="-subjects")
    assert "Did you mean 'subject'" in drawn["problem"]
    assert drawn["sort"] == "-created_at"


def test_a_page_out_of_range_is_the_last(book: Book) -> None:
    assert table(book)["problem"] == ""
    for asked in ("99", "many", "\u00b2"):
        drawn = table(book, page=asked)
        assert drawn["page"] == 1
        assert drawn["problem"] == f"There is no page '{asked}' of these tickets. This is page 1 of 1."


def test_all_that_was_ignored_is_said(book: Book) -> None:
    said = table(book, cell="nonsense", page="9", sort="subjects")["problem"]
    assert "cell wants JSON" in said and "no page '9'" in said and "Did you mean 'subject'" in said


def test_search_finds_words_of_messages(book: Book) -> None:
    assert [row["id"] for row in table(book, search="onerror")["rows"]] == ["1"]


def test_the_tickets_behind_a_mark_are_counted_and_named(book: Book) -> None:
    row = book.query("messages_in", by="weekday").rows[0]
    cell = json.dumps({"metric": "messages_in_change_pct", "row": {"weekday": row["weekday"]}})
    drawn = table(book, cell=cell, period="")
    tickets, rows = book.count_behind("messages_in", {"weekday": row["weekday"]})
    assert (drawn["count"], rows) == (tickets, row["messages_in"])
    assert drawn["mark"].startswith("Messages from customers, ") and drawn["mark"].endswith("day")
    assert rows == tickets or drawn["said"] == f"{tickets} tickets with {rows} messages"


@pytest.mark.parametrize("cell", ["nonsense", '{"metric": []}', '{"metric": "tickets_create"}', '{"row": {}}'])
def test_a_mark_that_cannot_be_read_is_said_and_all_tickets_are_shown(book: Book, cell: str) -> None:
    drawn = table(book, cell=cell)
    assert drawn["problem"].endswith("Shown without it.") and drawn["said"] == "9 tickets"


def test_a_download_holds_every_ticket_asked_for_and_does_not_guess(book: Book) -> None:
    everything = views.tickets_asked(book, {"period": [""]})
    assert len(everything) == book.count_tickets()
    day = book.query("tickets_created", by="day").rows[0]
    cell = json.dumps({"metric": "tickets_created", "row": {"day": day["day"]}})
    assert len(views.tickets_asked(book, {"period": [""], "cell": [cell]})) == day["tickets_created"]
    with pytest.raises(BadValue, match="is no period"):
        views.tickets_asked(book, {"period": ["someday"]})
    with pytest.raises(BadValue, match="Did you mean 'team'"):
        views.tickets_asked(book, {"teem": ["Billing"], "page": ["2"]})


def test_a_conversation_shows_roles_notes_and_text_as_it_is(book: Book) -> None:
    drawn = TALK.block(moment(book, TALK, ticket="desk/1"))
    assert [(one["role"], one["note"]) for one in drawn["messages"]] == [("customer", False), ("agent", True)]
    assert drawn["messages"][0]["text"] == "<img src=x onerror=alert(1)>"
    assert ("Tags", "refund") in drawn["facts"]
    assert {one["ticket"] for one in drawn["others"]} == {f"desk/{n}" for n in (0, 2, 3, 4, 5)}


def test_a_conversation_is_found_outside_the_period_too(book: Book) -> None:
    drawn = TALK.block(moment(book, TALK, ticket="desk/9", period=THIS_WEEK))
    assert drawn["state"] == "ok"


def test_a_missing_ticket_is_said(book: Book) -> None:
    drawn = TALK.block(moment(book, TALK, ticket="desk/4711"))
    assert drawn["state"] == "failed"
    assert "no ticket desk/4711" in drawn["said"]


@pytest.mark.parametrize(("most", "shown", "is_cut"), [(1, ["m1"], True), (2, ["m1", "m2"], False)])
def test_a_conversation_says_where_it_is_cut(
    book: Book, monkeypatch: pytest.MonkeyPatch, most: int, shown: list[str], is_cut: bool
) -> None:
    monkeypatch.setattr("deskbook.views.tickets.MOST_MESSAGES", most)
    drawn = TALK.block(moment(book, TALK, ticket="desk/1"))
    assert ([one["id"] for one in drawn["messages"]], drawn["cut"]) == (shown, is_cut)


def test_a_closed_conversation_is_an_empty_block(book: Book) -> None:
    assert TALK.block(moment(book, TALK, ticket="")) == {"kind": "conversation", "ticket": ""}

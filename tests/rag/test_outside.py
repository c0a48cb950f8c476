"""What a program outside is told of messages that give orders."""

from __future__ import annotations

from deskbook.access import LOCAL
from deskbook.book import Book
from deskbook.book.readings import Readings


def test_a_message_that_gives_orders_is_marked_in_its_ticket_and_left_out_of_searches(book: Book) -> None:
    readings = Readings(book, LOCAL)
    found = readings.search_conversations("pirates", limit=10)
    assert found["tickets_in_all"] == 6 and all(one["passage"] == "" for one in found["tickets"])
    told = readings.get_ticket(found["tickets"][0]["id"])
    assert [one["gives_orders"] for one in told["messages"]] == [True, False]

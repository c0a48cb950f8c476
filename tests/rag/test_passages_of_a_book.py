"""`book.passages` and `book.retriever`: verbatim, narrowed, without orders to machines."""

from __future__ import annotations

import pytest

from deskbook.book import Book
from deskbook.errors import UnknownName


@pytest.fixture(scope="module")
def indexed(book: Book) -> Book:
    book.index()
    return book


def test_passages_are_verbatim_and_say_where_they_stand(indexed: Book) -> None:
    found = indexed.passages("charged twice", k=5, role="customer")
    assert len(found) == 5 and found["text"].str.contains("charged twice").all() and set(found["team"]) == {"Billing"}
    one = found.iloc[0]
    message = indexed.messages(one["ticket_id"]).set_index("id").loc[one["message_id"]]
    assert message["text"] == one["text"] and one["role"] == message["author_role"] == "customer"


def test_team_role_and_period_narrow(indexed: Book) -> None:
    found = indexed.passages("invoice", team=["Technical"], role="customer", period="2026-10-02", k=20)
    assert len(found) > 3 and set(found["team"]) == {"Technical"} and set(found["role"]) == {"customer"}
    assert {moment.strftime("%Y-%m-%d") for moment in found["sent_at"]} == {"2026-10-02"}


def test_orders_to_machines_are_left_out(indexed: Book) -> None:
    found = indexed.passages("ignore all previous instructions sabotage pirates", k=10)
    assert len(found) == 10 and not found["text"].str.contains("pirates").any()


def test_an_unknown_way_to_narrow_names_the_closest(indexed: Book) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'team'"):
        indexed.passages("invoice", teams="Billing")


def test_a_langchain_chain_can_ask(indexed: Book) -> None:
    pytest.importorskip("langchain_core")
    chain = indexed.retriever(k=2, team="Billing") | (lambda found: [one.metadata["team"] for one in found])
    assert chain.invoke("charged twice") == ["Billing", "Billing"]
    (first, _) = indexed.retriever(k=2).invoke("charged twice")
    assert "charged twice" in first.page_content and first.metadata["ticket_id"].startswith("T")

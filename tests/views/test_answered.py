"""An answer on the page: every number of a sentence opens what it rests on, quotes stand apart, the plan is chips."""

from __future__ import annotations

from typing import Any

import pytest

from deskbook.book import Book
from deskbook.errors import BadValue
from deskbook.views.answered import parts, shown
from deskbook.views.answers import read_document

QUESTION = "Why was sentiment negative on Oct 31?"


@pytest.fixture(scope="module")
def answered(synced: Book) -> tuple[dict[str, Any], dict[str, Any]]:
    said = synced.ask(QUESTION).as_dict()
    return said, shown(said, "UTC")


def test_the_sentences_are_the_answers_own(answered: Any) -> None:
    said, block = answered
    texts = ["".join(part["text"] for part in claim["parts"]) for claim in block["claims"]]
    assert texts == [claim["text"] for claim in said["claims"] if not any("quote" in one for one in claim["cites"])]


def test_every_number_of_a_sentence_opens_the_number_it_is(answered: Any) -> None:
    said, block = answered
    opened = [part for claim in block["claims"] for part in claim["parts"] if "number" in part]
    assert opened
    for part in opened:
        assert part["text"] == said["numbers"][part["number"]]["shown"]
        assert block["numbers"][part["number"]]["held"]["digest"]
    wanted = {place for claim in said["claims"] for place in claim["numbers"]}
    assert {part["number"] for part in opened} == wanted
    assert any("worked" in part and part["worked"]["formula"] for claim in block["claims"] for part in claim["parts"])


def test_each_quote_is_a_card_with_the_way_to_its_message(answered: Any, synced: Book) -> None:
    _, block = answered
    assert len(block["cards"]) >= 5
    for card in block["cards"]:
        source, _, ticket = card["ticket"].rpartition("/")
        message = synced.messages(ticket, source=source).set_index("id").loc[card["message"]]
        assert card["quote"] in message["text"]


def test_the_plan_in_the_address_asks_the_same(answered: Any, synced: Book) -> None:
    said, block = answered
    again = synced.ask(QUESTION, read_document(block["plan"]["document"])).as_dict()
    assert [one["value"] for one in again["numbers"]] == [one["value"] for one in said["numbers"]]
    assert len(block["plan"]["document"]) < 500
    chips = {chip["part"]: chip["said"] for chip in block["plan"]["chips"]}
    assert chips["kind"] == "why"
    assert chips["period"] == "31 Oct 2026"


@pytest.mark.parametrize(
    ("text", "shown_as", "cut"),
    [
        ("12 of 120 and 12 more", ["12", "120", "12"], ["12", " of ", "120", " and ", "12", " more"]),
        ("1.5 % against 1.5 %", ["1.5 %"], ["1.5 %", " against 1.5 %"]),
        ("n = 5 in 2,005", ["5"], ["n = ", "5", " in 2,005"]),
        ("unknown", ["unknown"], ["unknown"]),
        ("", ["7"], []),
    ],
)
def test_a_number_is_not_found_within_a_longer_one(text: str, shown_as: list[str], cut: list[str]) -> None:
    claim = {"text": text, "numbers": list(range(len(shown_as)))}
    assert [one["text"] for one in parts(claim, [{"shown": word} for word in shown_as])] == cut


@pytest.mark.parametrize("text", ["{", "[1]", '"why"'])
def test_a_plan_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadValue, match="plan"):
        read_document(text)

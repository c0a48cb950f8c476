"""An answer that a language model words: the page shows Deskbook's own at once, then each sentence as it comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from deskbook.book import Book
from deskbook.rag import Sentence
from deskbook.views import answers
from deskbook.views.section import Moment

QUESTION = "Why was sentiment negative on Oct 31?"


class Held(dict[Any, Any]):
    """A memory that keeps everything it was given, in order."""

    def put(self, key: Any, block: Any) -> None:
        self[key] = block
        self.setdefault("all", []).append(block)


@pytest.fixture
def moment(synced: Book, monkeypatch: pytest.MonkeyPatch) -> Moment:
    book = synced.pinned()
    said = synced.ask(QUESTION)

    def in_pieces(question: str, plan: Any = None) -> Iterator[Any]:
        yield said
        yield Sentence(0, "In other words.", by="smol")
        yield Sentence(1, said.claims[1]["text"], why="an invented number")
        yield replace(said, notes=("1 of the sentences worded by smol.",))

    monkeypatch.setattr(book, "ask_in_pieces", in_pieces, raising=False)
    filters: Any = type("Filters", (), {"question": QUESTION, "plan": ""})()
    nothing: Any = None
    return Moment(book, filters, nothing, nothing, Held())  # type: ignore[arg-type]


def test_each_piece_is_shown_as_it_comes(moment: Moment) -> None:
    last = answers.question_box().block(moment)
    first, worded, withheld, final = moment.memory["all"]  # type: ignore[index]
    assert first["wording"] == ""
    assert worded["wording"] == withheld["wording"] == "smol"
    assert worded["claims"][0]["parts"] == [{"text": "In other words."}]
    assert withheld["claims"][1] == first["claims"][1]
    assert final["notes"] == ["1 of the sentences worded by smol."]
    assert (final["wording"], last["claims"]) == ("", final["claims"])
    assert all(block["follow"] == first["follow"] for block in (worded, withheld, final))

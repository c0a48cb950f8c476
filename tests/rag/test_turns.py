"""Passages: whole turns where they are short, pieces that end with a sentence where they are long."""

from __future__ import annotations

from itertools import pairwise

import pytest

from deskbook.rag.index.turns import LONGEST_LETTERS, OVERLAP_LETTERS, passages, pieces
from tests.rag.indexed import Table, message

SENTENCE = "The parcel came late again, and nobody could tell me why. "


def test_a_short_turn_is_one_passage() -> None:
    assert pieces("Where is it?") == [(0, 12)] and pieces("") == [(0, 0)]


def test_a_long_turn_is_split_at_the_ends_of_sentences() -> None:
    text = SENTENCE * 60
    found = pieces(text)
    assert len(found) > 3 and all(end - start <= LONGEST_LETTERS for start, end in found)
    assert all(text[start:end].startswith("The parcel") and text[start:end].endswith("why. ") for start, end in found)


@pytest.mark.parametrize("text", [SENTENCE * 60, "word " * 700, "x" * 5_000, "你好。" * 900, "a\n" * 2_000])
def test_pieces_cover_all_and_overlap(text: str) -> None:
    found = pieces(text)
    assert found[0][0] == 0 and found[-1][1] == len(text)
    for (start, end), (later, last) in pairwise(found):
        assert start < later <= end and end - later <= OVERLAP_LETTERS and last > end
        assert end - start <= LONGEST_LETTERS


def test_context_is_found_by_and_never_quoted() -> None:
    row = message(3, "It broke.", subject="Lamp 300", role="agent", team="Repairs")
    made = passages(Table([row]).table())
    assert made.words == ["T3 2026-09-24 Repairs agent Lamp 300\nIt broke."]
    assert made.meanings == ["Lamp 300. It broke."]
    start, end = made.rows["start"][0].as_py(), made.rows["end"][0].as_py()
    assert row["text"][start:end] == "It broke." and made.rows["role"].to_pylist() == ["agent"]


def test_what_a_vector_is_made_from_decides_its_hash() -> None:
    one, moved, edited = (
        passages(Table([message(1, text, team=team)]).table()).rows["content"].to_pylist()
        for text, team in (("Hi", "A"), ("Hi", "B"), ("Ho", "A"))
    )
    assert one == moved != edited

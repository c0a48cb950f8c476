"""A name that no list holds is known by its single words, or left open."""

from __future__ import annotations

import pytest

from deskbook.schema import TABLES
from deskbook.sources.aliases import ALIASES
from deskbook.sources.likeness import likeness


def columns(table: str, words: str) -> list[str]:
    """The columns a name is likely one of, its own place in the lists taken out."""
    known = {column: tuple(name for name in names if name != words) for column, names in ALIASES[table].items()}
    return [one.name for one in TABLES[table].columns if likeness(known, TABLES[table], one, words)]


@pytest.mark.parametrize(
    ("table", "words", "column"),
    [
        ("tickets", "contact email", "customer_id"),
        ("messages", "html message body", "text"),
        ("tickets", "current priority level", "priority"),
    ],
)
def test_a_name_of_known_words_is_its_column(table: str, words: str, column: str) -> None:
    assert columns(table, words) == [column]


@pytest.mark.parametrize("words", ["organization", "last reply at", "reopen count", "x", ""])
def test_a_name_that_says_nothing_or_is_no_text_is_left_open(words: str) -> None:
    assert columns("tickets", words) == []


def test_an_id_of_somebody_else_is_not_the_rows_own() -> None:
    assert "id" not in columns("customers", "agent id")


def test_an_id_without_the_word_is_no_id_of_an_agent() -> None:
    assert "agent_id" not in columns("tickets", "assigned agent")


def test_of_all_known_names_each_taken_out_hardly_one_is_taken_for_another_column() -> None:
    right = wrong = 0
    for table, known in ALIASES.items():
        for column, names in known.items():
            for name in names:
                found = columns(table, name)
                right += found == [column]
                wrong += bool(found) and column not in found
    assert right > 5 * wrong and wrong / (right + wrong) < 0.15, (right, wrong)

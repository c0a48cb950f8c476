"""The vocabulary is complete, and bad lines or slots are refused."""

from __future__ import annotations

import pytest

from deskbook.errors import ConfigError
from deskbook.samples.phrases import VERSIONS, Bank
from deskbook.samples.reasons import REASON_KEYS, REASONS, TEAMS
from deskbook.samples.stories import SECTIONS, STORIES
from deskbook.samples.words import LANGUAGES, LEXICON
from deskbook.samples.words.form import read_words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_every_field_in_every_language(language: str) -> None:
    for key in REASON_KEYS:
        assert set(LEXICON[language][key]) == {"subject", "says", "detail", "ask", "answer"}, key
        assert len(LEXICON[language][key]["says"]) >= (7 if language == "en" else 2), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_story_has_its_own_words_in_every_language(language: str) -> None:
    for key in SECTIONS[:-1]:
        assert LEXICON[language][key]["says"], key
        assert LEXICON[language][key]["subject"], key


def test_no_phrase_is_written_twice_in_a_field() -> None:
    for language, sections in LEXICON.items():
        for section, wording in sections.items():
            for field, phrases in wording.items():
                assert len(set(phrases)) == len(phrases), (language, section, field)


def test_reasons_and_stories_name_known_teams_and_topics() -> None:
    assert {reason.team for reason in REASONS} == set(TEAMS)
    assert {story.topic for story in STORIES} <= set(REASON_KEYS)


@pytest.mark.parametrize("text", ["says: before any section", "[refund]\nno colon here"])
def test_bad_vocabulary_line_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="Vocabulary line"):
        read_words(text)


@pytest.mark.parametrize("phrase", ["{nonsense}", "{order} {order} {order} {order}"])
def test_phrase_with_unknown_or_too_many_slots_is_refused(phrase: str) -> None:
    with pytest.raises(ConfigError, match="at most 3 slots"):
        Bank().add("says", [[[phrase]] * len(LANGUAGES)])


def test_typos_change_the_words_but_never_the_slots() -> None:
    bank = Bank()
    bank.add("says", [[["Where is order {order} for customer {name}?"]] * len(LANGUAGES)])
    book = bank.freeze()
    texts = [column.to_pylist()[1 : 1 + VERSIONS] for column in book.literals]
    joined = ["|".join(pieces) for pieces in zip(*texts, strict=True)]
    assert joined[0] == "Where is order | for customer |?|"
    assert len(set(joined)) == VERSIONS
    assert all(len(set(kinds[1 : 1 + VERSIONS].tolist())) == 1 for kinds in book.kinds)

"""The formula: VADER's own scores on VADER's own words, and each rule by a known answer."""

import json
import os
from pathlib import Path

import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from deskbook.text.lexicon import lexicon, vader_english
from deskbook.text.valence import SCALE, score

SHARED = Path(__file__).parents[3] / "shared"


def english(text: str) -> int:
    return score(text, lexicon("en"))


@pytest.mark.parametrize(
    "text",
    [
        "The service was good.",
        "The service was VERY good!!!",
        "It is not good, never so good, without doubt bad",
        "I don't like it and it is hardly great??",
        "No problem, no good, no bad or ugly",
        "The least helpful GREAT thing :) or :( today",
        "At least it is nice",
    ],
)
def test_vaders_words_give_vaders_score(text: str) -> None:
    assert score(text, vader_english()) == round(SentimentIntensityAnalyzer().polarity_scores(text)["compound"] * SCALE)


def test_vaders_words_give_vaders_score_on_every_real_message() -> None:
    path = SHARED / "data/ibm_twitter_care/dev.json"
    if not path.exists():
        assert os.environ.get("CI") != "true", f"{path} is missing, and CI must not skip"
        pytest.skip(f"{path} is not on this machine")
    words, vader = vader_english(), SentimentIntensityAnalyzer()
    texts = [message["message"] for talk in json.loads(path.read_text()) for message in talk["dialogContent"]]
    # What the docstring of `score` names as different on purpose, and emoji, which VADER spells out.
    same = [t for t in texts if t.isascii() and not {"but"} & {*t.lower().split()} and not _phrases(t, words.phrases)]
    assert len(same) > 250
    assert [score(t, words) for t in same] == [round(vader.polarity_scores(t)["compound"] * SCALE) for t in same]


def _phrases(text: str, phrases: frozenset[str]) -> bool:
    return any(phrase in text.lower() for phrase in phrases)


def test_a_negation_turns_the_mood() -> None:
    assert english("The agent was polite") > 0 > english("The agent was not polite")


def test_what_follows_but_outweighs_what_came_before() -> None:
    assert english("The app is great but the delivery was terrible") < 0
    assert english("The delivery was terrible but the app is great") > 0


def test_capitals_and_exclamation_marks_raise_the_mood() -> None:
    assert english("this is terrible") > english("this is TERRIBLE") > english("this is TERRIBLE!!!")


def test_a_phrase_counts_as_one_word() -> None:
    assert english("Thanks for nothing") < 0 < english("Thanks")
    assert english("No problem") == 0


def test_a_text_without_moody_words_scores_nothing() -> None:
    assert english("The parcel stands on the table!!!") == 0


@pytest.mark.parametrize("text", ["terrible " * 500, "great " * 500, "!" * 4000, "not " * 800 + "good"])
def test_a_score_stays_within_bounds(text: str) -> None:
    assert -SCALE <= english(text) <= SCALE

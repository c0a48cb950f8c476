"""What is left of a message: the writer's own words."""

import time

import pytest

from deskbook.text import clean
from deskbook.text.cleaning import MAX_CHARACTERS

QUOTES = [
    "Still broken.\n\nOn Mon, 3 Mar 2025 at 10:00, Ann <ann@example.org> wrote:\n> This is great\n> Thanks\n",
    "On Mon, 3 Mar 2025 at 10:00, Ann <ann@example.org> wrote:\n> great\n\nStill broken.",
    "Still broken.\n\nAm Mo., 3. März 2025 um 10:00 Uhr schrieb Ann <ann@example.org>:\n> super\n",
    "Still broken.\n\nLe lun. 3 mars 2025 à 10:00, Ann a écrit :\n> super\n",
    "Still broken.\n\nEl lun, 3 mar 2025, Ann escribió:\ngenial",
    "Still broken.\n-----Original Message-----\nlovely",
    "Still broken.\nFrom: Ann\nSent: Monday\nTo: Bob\nlovely",
    "Still broken.\n-- \nAnn\nThe Best Company",
    "Still broken.\r\n\r\nSent from my iPhone",
    "> lovely\n> great\nStill broken.\n> fine",
]


@pytest.mark.parametrize("text", QUOTES)
def test_quotes_and_signatures_go(text: str) -> None:
    assert clean(text) == "Still broken."


def test_addresses_and_mentions_go() -> None:
    cleaned = clean(
        "@acme write to a.b+c@example.co.uk, see https://example.org/great?q and WWW.x.com or www.x.com now"
    )
    assert cleaned.split() == ["write", "to", ",", "see", "and", "or", "now"]


def test_a_message_that_is_only_a_quote_says_nothing() -> None:
    assert clean("> all great") == clean("> all\n> great") == ""


def test_plain_words_stay_as_they_are() -> None:
    text = "On it goes\nand I wrote: nothing > something, 5 -- 6"
    assert clean(text) == text


def test_html_entities_become_their_characters() -> None:
    assert clean("it doesn&#39;t work &amp; I&quot;m out") == "it doesn't work & I\"m out"


@pytest.mark.parametrize(
    "unit", ["a", "@", "a.", "a@", "On ", "On x\n", ">", ">\n", " ", "-", "\n", "From: a\n", "http://", "&", "\x00"]
)
def test_a_hostile_text_is_cheap_and_cut(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    start = time.process_time()
    assert len(clean(text)) <= MAX_CHARACTERS
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize(
    ("greeting", "closing"),
    [
        ("Dear Northlight team,", "Best,\nGrace Kelly\n+1 555 0144 588"),
        ("Sehr geehrte Damen und Herren,", "Mit freundlichen Grüßen\nUwe"),
        ("Estimados señores:", "Un saludo,\nRaquel"),
        ("Chère équipe,", "Cordialement,\nLéa"),
        ("Prezados,", "Atenciosamente,\nAna"),
    ],
)
def test_manners_are_no_mood(greeting: str, closing: str) -> None:
    assert clean(f"{greeting}\n\nYour app crashed.\n\n{closing}") == "Your app crashed."


def test_a_word_of_manners_inside_a_sentence_stays() -> None:
    assert clean("This is the best\nservice, my dear.") == "This is the best\nservice, my dear."

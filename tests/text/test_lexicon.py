"""The words of each language: what they say of plain messages, and that a change of words is seen."""

import hashlib
import json
from importlib import import_module

import pytest

from deskbook.text.lexicon import LANGUAGES, lexicon, vader_english
from deskbook.text.scoring import SCORERS
from deskbook.text.valence import score

COMPLAINTS = {
    "en": ["Still waiting for my refund", "I was charged twice", "The app keeps crashing", "There is an outage again"],
    "de": ["Das Gerät ist kaputt", "Die App funktioniert nicht", "Keine Antwort seit Wochen", "Das ist unverschämt!"],
    "es": ["La aplicación no funciona", "Pésimo servicio", "Nadie responde, es una estafa", "Llegó rota y tarde"],
    "fr": [
        "C'était pas terrible comme service",
        "L'application ne marche pas",
        "Je suis très déçue",
        "C'est une arnaque",
        "Aucune réponse de votre part",
    ],
    "pt": ["O aplicativo não funciona", "Péssimo atendimento", "Ninguém responde", "Veio com defeito e atrasado"],
}
PRAISE = {
    "en": [
        "All sorted, thank you so much",
        "Quick and helpful reply",
        "My issue is resolved",
        "Works again, brilliant",
    ],
    "de": ["Vielen Dank, sehr freundlich", "Das Problem ist gelöst, super", "Schnelle Hilfe, bin zufrieden"],
    "es": ["Muchas gracias, muy amable", "Excelente servicio", "Ya funciona, estoy contenta"],
    "fr": ["Merci beaucoup, service rapide", "C'est parfait", "Je suis ravie, très efficace"],
    "pt": ["Muito obrigada, atendimento rápido", "Ótimo serviço", "Já funciona, adorei"],
}
NEGATED = {"en": "not helpful", "de": "nicht freundlich", "es": "no es útil", "fr": "pas content", "pt": "não gostei"}
QUESTIONS = {
    "en": "Can you please help me change my address?",
    "de": "Wie kann ich meine Adresse ändern?",
    "es": "¿Cómo puedo cambiar mi dirección?",
    "fr": "Comment puis-je changer mon adresse ?",
    "pt": "Como posso mudar o meu endereço?",
}
DIGEST = "0d47fb33f9c6f76b"


def every(texts: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(language, text) for language, listed in texts.items() for text in listed]


@pytest.mark.parametrize(("language", "text"), every(COMPLAINTS))
def test_a_complaint_is_negative(language: str, text: str) -> None:
    assert score(text, lexicon(language)) <= -500


@pytest.mark.parametrize(("language", "text"), every(PRAISE))
def test_praise_is_positive(language: str, text: str) -> None:
    assert score(text, lexicon(language)) >= 500


@pytest.mark.parametrize(("language", "text"), NEGATED.items())
def test_negated_praise_is_negative(language: str, text: str) -> None:
    assert score(text, lexicon(language)) <= -500


@pytest.mark.parametrize(("language", "text"), QUESTIONS.items())
def test_a_question_has_no_mood(language: str, text: str) -> None:
    assert score(text, lexicon(language)) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_emoji_and_emoticons_count_in_every_language(language: str) -> None:
    assert score("😡", lexicon(language)) < 0 < score("👍", lexicon(language))
    assert score("abc :(", lexicon(language)) < 0 < score("abc :)", lexicon(language))


def test_a_word_counts_without_its_accents() -> None:
    assert score("pesimo", lexicon("es")) == score("pésimo", lexicon("es")) < 0
    assert score("unverschaemt", lexicon("de")) == score("unverschämt", lexicon("de")) < 0
    assert score("it doesnt work", lexicon("en")) == score("it doesn't work", lexicon("en")) < 0


def test_a_language_without_words_is_read_with_the_english_ones() -> None:
    assert lexicon("sv") is lexicon("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_word_is_listed_once(language: str) -> None:
    listed = ",".join(import_module(f"deskbook.text.words.{language}").WORDS.values()).split(",")
    words = [" ".join(word.split()) for word in listed if word.strip()]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize(("language", "least"), [("en", 120), ("de", 60), ("es", 60), ("fr", 60), ("pt", 60)])
def test_a_language_has_enough_words_of_its_own(language: str, least: int) -> None:
    inherited = vader_english().valences
    assert sum(inherited.get(word) != valence for word, valence in lexicon(language).valences.items()) >= least


def test_other_words_ask_for_another_scorer_name() -> None:
    words = [
        [sorted(it.valences.items()), sorted(it.negations), sorted(it.boosters.items()), sorted(it.phrases)]
        for it in map(lexicon, LANGUAGES)
    ]
    digest = hashlib.sha256(json.dumps(words).encode()).hexdigest()[:16]
    assert (digest, SCORERS["lexicon"]) == (DIGEST, "lexicon-1"), "raise both numbers in SCORERS, then note the digest"

"""The check in German, Spanish and French: one good wording and false ones for each."""

from __future__ import annotations

import pytest

from deskbook.book import Book
from deskbook.rag import answer
from deskbook.rag.rephrase import wants_words
from deskbook.rag.rephrase_bind import Bound, Slot
from deskbook.rag.rephrase_check import problem

SLOTS = {
    "{x1}": Slot("19 Oct 2026"),
    "{n0}": Slot("36.1 %", 36.1),
    "{n1}": Slot("72", 72),
    "{n2}": Slot("26.6 %", 26.6),
    "{n3}": Slot("263", 263),
    "{w0}": Slot("+9.5", 9.5, is_movement=True),
}
TRUE = {
    "de": "Negative Nachrichten, {x1}: {n0} (n = {n1}), gegenüber {n2} im Vergleichszeitraum (n = {n3}): {w0} "
    "(schlechter).",
    "es": "Mensajes negativos, {x1}: {n0} (n = {n1}), frente a {n2} en la comparación (n = {n3}): {w0} (peor).",
    "fr": "Messages négatifs, {x1} : {n0} (n = {n1}), contre {n2} en comparaison (n = {n3}) : {w0} (pire).",
}
GOOD = {
    "de": "Am {x1} lagen negative Nachrichten bei {n0} (n = {n1}), gegenüber {n2} im Vergleichszeitraum (n = {n3}): "
    "{w0}, schlechter.",
    "es": "En {x1} los mensajes negativos llegaron a {n0} (n = {n1}), frente a {n2} en la comparación (n = {n3}): "
    "{w0}, peor.",
    "fr": "Pendant {x1}, les messages négatifs ont atteint {n0} (n = {n1}), contre {n2} en comparaison (n = {n3}) : "
    "{w0}, pire.",
}
FALSE = {
    "de": [
        ("schlechter", "besser"),
        ("Negative", "Positive"),
        ("{n0}", "{n2}"),
        (": {w0}", ", weil der Server ausfiel: {w0}"),
        ("gegenüber", "nicht gegenüber"),
        ("{n0}", "fast {n0}"),
        (" im Vergleichszeitraum", ""),
        ("{w0}", "zwölf Punkte"),
    ],
    "es": [
        ("peor", "mejor"),
        ("negativos", "positivos"),
        ("{n0}", "{n2}"),
        (": {w0}", ", por un fallo: {w0}"),
        ("frente", "no frente"),
        ("{n0}", "casi {n0}"),
        (" en la comparación", ""),
        ("{w0}", "doce puntos"),
    ],
    "fr": [
        ("pire", "mieux"),
        ("négatifs", "positifs"),
        ("{n0}", "{n2}"),
        (" : {w0}", ", à cause d'une panne : {w0}"),
        ("contre", "pas contre"),
        ("{n0}", "presque {n0}"),
        (" en comparaison", ""),
        ("{w0}", "douze points"),
    ],
}


QUESTIONS = {
    "de": "Warum war die Stimmung am 2. Oktober 2026 negativ?",
    "es": "¿Por qué fue negativo el sentimiento el 2 de octubre de 2026?",
    "fr": "Pourquoi le sentiment était-il négatif le 2 octobre 2026 ?",
}


def bound(language: str) -> Bound:
    return Bound(0, TRUE[language], TRUE[language], SLOTS)


@pytest.mark.parametrize("language", TRUE)
def test_a_good_wording_passes(language: str) -> None:
    assert problem(bound(language), TRUE[language], language) == ""
    assert problem(bound(language), GOOD[language], language) == ""


@pytest.mark.parametrize(("language", "pair"), [(name, pair) for name, pairs in FALSE.items() for pair in pairs])
def test_a_false_one_is_blocked(language: str, pair: tuple[str, str]) -> None:
    changed = TRUE[language].replace(*pair)
    assert changed != TRUE[language] and problem(bound(language), changed, language)


@pytest.mark.parametrize("language", QUESTIONS)
def test_the_sentences_of_an_answer_pass_as_they_are_and_hold_no_number(book: Book, language: str) -> None:
    made = answer(QUESTIONS[language], book)
    assert made.language == language and not made.abstain
    found = wants_words(made)
    assert len(found) >= 5
    for one in found:
        assert problem(one, one.text, language) == "" and one.filled(one.text) == one.plain
        bare = one.text
        for mark in one.slots:
            bare = bare.replace(mark, "")
        assert not any(letter.isdigit() for letter in bare), one.text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Mensajes negativos, {x1}: subió de {n0} (n = {n1}) a {n2} en la comparación (n = {n3}): {w0} (peor)."),
        ("fr", "Messages négatifs, {x1} : monté de {n0} (n = {n1}) à {n2} en comparaison (n = {n3}) : {w0} (pire)."),
        ("de", "Negative Nachrichten, {x1}: gestiegen von {n0} (n = {n1}) auf {n2} im Vergleichszeitraum (n = {n3}): "
               "{w0} (schlechter)."),
    ],
)  # fmt: skip
def test_a_movement_is_not_told_backwards(language: str, text: str) -> None:
    assert problem(bound(language), text, language)


def test_a_language_without_rules_is_left_alone() -> None:
    assert "no rules" in problem(bound("de"), TRUE["de"], "nl")

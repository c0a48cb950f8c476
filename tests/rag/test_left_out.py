"""Words nobody reads: what only colours a question is left out and said, what narrows it is refused by name."""

from __future__ import annotations

import pytest

from deskbook.book import Book
from deskbook.rag import make_plan

COLOURED = [
    ("de", "tickets_created", "Wie viele Tickets sind letzte Woche denn so alles reingeschneit?"),
    ("de", "tickets_created", "Wie viele Tickets hat Billing im September reinbekommen?"),
    ("de", "tickets_created", "Wie viele Anfragen haben wir gestern sage und schreibe gekriegt?"),
    ("de", "tickets_created", "Wie viele Tickets sind im Oktober bei Billing gelandet?"),
    ("de", "first_reply_median_minutes", "Wie hoch war die Erstantwortzeit letzte Woche schätzungsweise?"),
    ("de", "tickets_created", "wieviele tickets trudelten gestern per chat ein"),
    ("de", "open_backlog", "Wie groß ist eigentlich momentan der Rückstand, grob?"),
    ("de", "tickets_created", "Bitte ermitteln: Wie viele Tickets gab es im September?"),
    ("de", "sentiment_mean", "Wie war denn die Stimmung im September so im Schnitt, ehrlich?"),
    ("es", "tickets_created", "¿Cuántos tickets nos cayeron encima ayer?"),
    ("es", "tickets_created", "Disculpe, ¿cuántos tickets hubo en septiembre?"),
    ("es", "tickets_created", "¿Cuántos casos le tocaron a Billing la semana pasada?"),
    ("es", "open_backlog", "¿Cuántos tickets abiertos tenemos ahorita?"),
    ("es", "first_reply_median_minutes", "Porfa, ¿cuánto tardamos en la primera respuesta la semana pasada?"),
    ("es", "tickets_created", "Oye, ¿cuántos tickets se juntaron en octubre?"),
    ("fr", "tickets_created", "Du coup, combien de tickets ont atterri chez Billing la semaine dernière ?"),
    ("fr", "tickets_created", "Combien de tickets nous sont tombés dessus hier ?"),
    ("fr", "tickets_created", "Au juste, combien de tickets a-t-on eus en septembre ?"),
    ("fr", "open_backlog", "Combien de tickets ouverts avons-nous là, franchement ?"),
    ("fr", "first_reply_median_minutes", "Le délai de première réponse de la semaine dernière, grosso modo ?"),
    ("fr", "tickets_created", "Bref, combien de demandes hier ?"),
]
NARROWED = [
    ("Wie viele Rückrufe gab es letzte Woche?", "Rückrufe"),
    ("Wie viele eskalierte Tickets gab es gestern?", "eskalierte"),
    ("Wie viele Tickets wurden gestern eskaliert?", "eskaliert"),
    ("Wie viele Tickets wurden im September zusammengeführt?", "zusammengeführt"),
    ("Wie viele Tickets kamen letzte Woche von Acme?", "Acme"),
    ("Wie viele Tickets gab es gestern zur Kaffeemaschine?", "Kaffeemaschine"),
    ("Wie viele Tickets hat die Konkurrenz im September?", "Konkurrenz"),
    ("Wie viele Tickets gab es gestern im Team Kompost?", "Kompost"),
    ("Wie viele verwaiste Tickets gab es im September?", "verwaiste"),
    ("¿Cuántos tickets escalados hubo ayer?", "escalados"),
    ("¿Cuántos tickets fueron escalados ayer?", "escalados"),
    ("¿Cuántos tickets de Acme hubo ayer?", "Acme"),
    ("¿Cuántos tickets tiene la competencia en septiembre?", "competencia"),
    ("¿Cuántas cafeteras hubo ayer?", "cafeteras"),
    ("¿Cuántos tickets fusionados hubo en septiembre?", "fusionados"),
    ("Combien de tickets escaladés hier ?", "escaladés"),
    ("Combien de tickets ont été fusionnés hier ?", "fusionnés"),
    ("Combien de tickets de Acme hier ?", "Acme"),
    ("Combien de tickets ont nos concurrents en septembre ?", "concurrents"),
    ("Combien de cafetières hier ?", "cafetières"),
    ("Combien de tickets orphelins en septembre ?", "orphelins"),
]


@pytest.mark.parametrize(("code", "metric", "question"), COLOURED, ids=[row[-1] for row in COLOURED])
def test_a_word_that_only_colours_is_left_out(code: str, metric: str, question: str, book: Book) -> None:
    plan = make_plan(question, book)
    assert (plan.problem, plan.language, plan.kind) == ("", code, "number")
    assert metric in plan.metrics


@pytest.mark.parametrize(("question", "word"), NARROWED, ids=[row[0] for row in NARROWED])
def test_a_word_that_narrows_is_refused_by_name(question: str, word: str, book: Book) -> None:
    assert word in make_plan(question, book).problem


def test_what_was_left_out_is_said(book: Book) -> None:
    plan = make_plan("Wie viele Tickets hat Billing im September reinbekommen?", book)
    assert any("'reinbekommen'" in said for said in plan.assumed)

"""The same questions in four languages become the same plan, and are answered in the language they were asked in."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import deskbook.rag
from deskbook.book import Book
from deskbook.metrics import registry
from deskbook.rag import answer, make_plan
from deskbook.rag.says import says_in
from deskbook.rag.words import LANGUAGES, language_of, words_of

REPLY, VOLUME, NEGATIVE = "first_reply_median_minutes", "tickets_created", "sentiment_negative_pct"
Row = tuple[str, str, str, str, str]
QUESTIONS: list[Row] = [
    # kind, metric, filter, period, question
    ("why", NEGATIVE, "", "2026-10-02", "Warum war die Stimmung am 2. Oktober so negativ?"),
    ("why", NEGATIVE, "", "2026-10-02", "Wieso waren die Kunden am 02.10. so unzufrieden?"),
    ("why", NEGATIVE, "", "2026-10-02", "Was ist am 2.10.2026 passiert?"),
    ("why", NEGATIVE, "", "2026-10-02", "Woran lag die schlechte Stimmung am 2. Oktober 2026?"),
    ("why", VOLUME, "", "2026-10-02", "Warum gab es am 2. Oktober so viele Tickets?"),
    ("why", REPLY, "", "last week", "Warum war die Erstantwortzeit letzte Woche so lang?"),
    ("number", VOLUME, "", "yesterday", "Wie viele Tickets gab es gestern?"),
    ("number", VOLUME, "team = Billing", "last week", "Wie viele Tickets hatte das Team Billing in der letzten Woche?"),
    ("number", "messages_in", "", "2026-09", "Wie viele Kundennachrichten kamen im September an?"),
    ("number", "csat_good_pct", "channel = chat", "last month",
    "Wie hoch war die Kundenzufriedenheit im Chat im letzten Monat?"),
    ("number", REPLY, "", "last 7 days", "Wie lange dauerte die erste Antwort in den letzten sieben Tagen?"),
    ("number", "first_reply_p90_minutes", "", "last week",
    "Was war das 90. Perzentil der Erstantwortzeit letzte Woche?"),
    ("number", "open_backlog", "", "all time", "Wie viele offene Tickets gibt es?"),
    ("compare", VOLUME, "channel in (email, chat)", "2026-09",
    "Vergleiche die Tickets von Chat und E-Mail im September"),
    ("compare", VOLUME, "", "this week", "Wie viele Tickets gab es diese Woche im Vergleich zur Vorwoche?"),
    ("rank", REPLY, "", "2026-09", "Welches Team hatte im September die längste Erstantwortzeit?"),
    ("rank", VOLUME, "", "all time", "Welcher Kanal hat die meisten Tickets?"),
    ("trend", VOLUME, "", "2026-09", "Wie hat sich die Zahl der Tickets im September entwickelt?"),
    ("trend", VOLUME, "", "last week", "Tickets pro Tag in der vergangenen Woche"),
    ("define", REPLY, "", "all time", "Was bedeutet Erstantwortzeit?"),
    ("say", "", "", "last week", "Wie viele Kunden erwähnen letzte Woche eine Rückerstattung?"),
    ("summarise", "", "team = Billing", "yesterday", "Fasse die Tickets von gestern im Team Billing zusammen"),
    ("why", NEGATIVE, "", "2026-10-02", "¿Por qué fue tan negativo el sentimiento el 2 de octubre?"),
    ("why", NEGATIVE, "", "2026-10-02", "¿Por qué los clientes estaban tan descontentos el 2/10?"),
    ("why", NEGATIVE, "", "2026-10-02", "¿Qué pasó el 2 de octubre de 2026?"),
    ("why", VOLUME, "", "2026-10-02", "¿A qué se debió que hubiera tantos tickets el 2 de octubre?"),
    ("why", REPLY, "", "last week", "¿Por qué la primera respuesta fue tan lenta la semana pasada?"),
    ("number", VOLUME, "", "yesterday", "¿Cuántos tickets hubo ayer?"),
    ("number", VOLUME, "team = Billing", "last week", "¿Cuántos tickets tuvo el equipo Billing la semana pasada?"),
    ("number", "messages_in", "", "2026-09", "¿Cuántos mensajes de clientes llegaron en septiembre?"),
    ("number", "csat_good_pct", "channel = chat", "last month",
    "¿Cuál fue la satisfacción de los clientes en el chat el mes pasado?"),
    ("number", REPLY, "", "last 7 days", "¿Cuánto tardó la primera respuesta en los últimos siete días?"),
    ("number", "first_reply_p90_minutes", "", "last week",
    "¿Cuál fue el percentil 90 de la primera respuesta la semana pasada?"),
    ("number", "open_backlog", "", "all time", "¿Cuántos tickets abiertos hay?"),
    ("compare", VOLUME, "channel in (email, chat)", "2026-09", "Compara los tickets de chat y correo en septiembre"),
    ("compare", VOLUME, "", "this week", "¿Cuántos tickets hubo esta semana en comparación con la semana anterior?"),
    ("rank", REPLY, "", "2026-09", "¿Qué equipo tuvo la primera respuesta más larga en septiembre?"),
    ("rank", VOLUME, "", "all time", "¿Qué canal tiene más tickets?"),
    ("trend", VOLUME, "", "2026-09", "¿Cómo evolucionó el número de tickets en septiembre?"),
    ("trend", VOLUME, "", "last week", "Tickets por día de la semana pasada"),
    ("define", REPLY, "", "all time", "¿Qué significa primera respuesta?"),
    ("say", "", "", "last week", "¿Cuántos clientes mencionan un reembolso la semana pasada?"),
    ("summarise", "", "team = Billing", "yesterday", "Resume los tickets de ayer del equipo Billing"),
    ("why", NEGATIVE, "", "2026-10-02", "Pourquoi le sentiment était-il si négatif le 2 octobre ?"),
    ("why", NEGATIVE, "", "2026-10-02", "Pourquoi les clients étaient-ils mécontents le 02/10/2026 ?"),
    ("why", NEGATIVE, "", "2026-10-02", "Que s'est-il passé le 2 octobre 2026 ?"),
    ("why", VOLUME, "", "2026-10-02", "Pourquoi y a-t-il eu autant de tickets le 2 octobre ?"),
    ("why", REPLY, "", "last week", "Pourquoi la première réponse a-t-elle été si lente la semaine dernière ?"),
    ("number", VOLUME, "", "yesterday", "Combien de tickets y a-t-il eu hier ?"),
    ("number", VOLUME, "team = Billing", "last week",
    "Combien de tickets l'équipe Billing a-t-elle reçus la semaine dernière ?"),
    ("number", "messages_in", "", "2026-09", "Combien de messages de clients sont arrivés en septembre ?"),
    ("number", "csat_good_pct", "channel = chat", "last month",
    "Quelle était la satisfaction client sur le chat le mois dernier ?"),
    ("number", REPLY, "", "last 7 days", "Quel a été le délai de première réponse au cours des sept derniers jours ?"),
    ("number", "first_reply_p90_minutes", "", "last week",
    "Quel était le 90e centile de la première réponse la semaine dernière ?"),
    ("number", "open_backlog", "", "all time", "Combien de tickets ouverts y a-t-il ?"),
    ("compare", VOLUME, "channel in (email, chat)", "2026-09",
    "Compare les tickets du chat et des e-mails en septembre"),
    ("compare", VOLUME, "", "this week", "Combien de tickets cette semaine par rapport à la semaine précédente ?"),
    ("rank", REPLY, "", "2026-09", "Quelle équipe avait la première réponse la plus longue en septembre ?"),
    ("rank", VOLUME, "", "all time", "Quel canal a le plus de tickets ?"),
    ("trend", VOLUME, "", "2026-09", "Comment a évolué le nombre de tickets en septembre ?"),
    ("trend", VOLUME, "", "last week", "Tickets par jour la semaine dernière"),
    ("define", REPLY, "", "all time", "Que signifie la première réponse ?"),
    ("say", "", "", "last week", "Combien de clients mentionnent un remboursement la semaine dernière ?"),
    ("summarise", "", "team = Billing", "yesterday", "Résume les tickets d'hier de l'équipe Billing"),
    ("say", "", "", "last week", "How many customers mention a refund last week?"),
    ("say", "", "team = Billing", "last week",
    "how many messages complained about being charged twice in Billing last week?"),
    ("say", "", "", "2026-10-02", 'What share of customers said "charged twice" on Oct 2?'),
    ("summarise", "", "team = Billing", "yesterday", "Summarise the Billing tickets of yesterday"),
    ("summarise", "", "", "last week", "What did customers complain about last week?"),
    ("number", "first_reply_p90_minutes", "", "last week", "What was the 90th percentile of first reply last week?"),
    ("number", "messages", "sentiment = negative", "last week", "How many negative messages were there last week?"),
    ("rank", VOLUME, "", "last week", "top contact reasons last week"),
    ("number", VOLUME, "team = Billing", "2026-Q1",
     "Give me the ticket count for Billing during the first quarter of 2026"),
    ("compare", VOLUME, "team in (Technical, Billing)", "last week",
     "Did Billing or Technical receive more tickets last week?"),
    ("number", REPLY, "", "2026-09", "Wie lange mussten Kunden im September auf die erste Antwort warten?"),
    ("why", NEGATIVE, "", "2026-10-02", "Was war der Grund für die schlechte Stimmung am 2. Oktober 2026?"),
    ("number", REPLY, "", "2026-09", "¿Cuánto tiempo esperaron los clientes la primera respuesta en septiembre?"),
    ("why", NEGATIVE, "", "2026-10-02", "¿A qué se debe el mal humor del 2 de octubre?"),
    ("number", REPLY, "", "2026-09", "Combien de temps les clients ont-ils attendu la première réponse en septembre ?"),
    ("why", NEGATIVE, "", "2026-10-02", "Quelle est la raison de la mauvaise humeur du 2 octobre ?"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "metric", "where", "period", "question"), QUESTIONS, ids=[row[-1] for row in QUESTIONS]
)
def test_a_question_becomes_the_same_plan_in_any_language(
    kind: str, metric: str, where: str, period: str, question: str, book: Book
) -> None:
    plan = make_plan(question, book)
    assert plan.problem == ""
    assert (plan.kind, (*plan.metrics, "")[0], plan.where, plan.period.text) == (kind, metric, where, period)


def gaps(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_says_all_there_is_to_say_with_the_same_gaps(code: str) -> None:
    english, phrases = says_in("en").phrases, says_in(code).phrases
    assert set(phrases) == set(english)
    assert {key for key in english if gaps(phrases[key]) != gaps(english[key])} == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_languages_words_name_what_there_is(code: str) -> None:
    words = words_of(code)
    assert set(words.metrics.values()) <= set(registry)
    assert {name for _, name in words.superlatives.values() if name} <= set(registry)
    assert set(words.dimensions) == set(words_of("en").dimensions)
    for pattern in (words.why, words.find, words.about, words.by, words.which, *words.superlatives):
        assert re.compile(pattern)


ASKED = [
    ("de", "Wie viele Nachrichten gab es im September?",
    "Nachrichten, 1. Sept. 2026 bis 30. Sept. 2026: 2.400 Nachrichten"),
    ("es", "¿Cuántos mensajes hubo en septiembre?", "Mensajes, del 1 sept 2026 al 30 sept 2026: 2.400 mensajes"),
    ("fr", "Combien de messages y a-t-il eu en septembre ?",
    "Messages, du 1 sept. 2026 au 30 sept. 2026 : 2\u202f400 messages"),
    ("en", "How many messages were there in September?", "Messages, 1 Sep 2026 to 30 Sep 2026: 2,400 messages"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "question", "said"), ASKED)
def test_an_answer_is_in_the_language_and_the_numbers_of_the_asker(
    code: str, question: str, said: str, book: Book
) -> None:
    found = answer(question, book)
    assert found.language == found.plan["language"] == code
    assert said in found.text and found.numbers[0]["value"] == 2400


@pytest.mark.parametrize(
    ("code", "question"),
    [
        ("de", "CSAT gestern?"),
        ("es", "CSAT la semana pasada"),
        ("fr", "CSAT la semaine dernière"),
        ("en", "csat by team"),
        ("en", "tickets"),
        ("en", ""),
    ],
)
def test_a_few_words_tell_the_language(code: str, question: str) -> None:
    assert language_of(question) == code


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Wie hoch war der Umsatz letzte Woche?", "ist keine Kennzahl genannt"),
        ("Wie viele Tickets hatte das Team Biling letzte Woche?", "Meinten Sie Team Billing?"),
        ("Wie viele Tickets gibt es morgen?", "liegt in der Zukunft"),
        ("¿Cuántos ingresos hubo la semana pasada?", "no se nombra ninguna métrica"),
        ("¿Cuántos tickets habrá mañana?", "está en el futuro"),
        ("Quel était le chiffre d'affaires hier ?", "Aucun indicateur n'est nommé"),
        ("Pourquoi le sentiment était-il négatif le 31 février ?", "n'est pas une date"),
    ],
)
def test_what_cannot_be_answered_is_said_in_the_same_language(question: str, said: str, book: Book) -> None:
    assert said in make_plan(question, book).problem


HOPS = [
    ("Which team had the most tickets last week and why?", "tickets_created", "why", "tickets_created"),
    ("What was p90 first reply of the team with most tickets?", "tickets_created", "number", "first_reply_p90_minutes"),
    ("For the team with the lowest CSAT, what was the backlog?", "csat_good_pct", "number", "open_backlog"),
    ("Welches Team hatte letzte Woche die meisten Tickets und warum?", "tickets_created", "why", "tickets_created"),
    ("Wie hoch war die Erstantwortzeit des Teams mit den meisten Tickets?", "tickets_created", "number", REPLY),
    ("¿Cuál fue la primera respuesta del equipo con más tickets?", "tickets_created", "number", REPLY),
    ("Quelle était la première réponse de l'équipe qui a le plus de tickets ?", "tickets_created", "number", REPLY),
]  # fmt: skip


@pytest.mark.parametrize(("question", "first", "kind", "metric"), HOPS)
def test_a_question_about_the_first_of_a_ranking_is_two_plans(
    question: str, first: str, kind: str, metric: str, book: Book
) -> None:
    plan = make_plan(question, book)
    assert (plan.kind, plan.metrics[0], plan.problem) == ("rank", first, "") and plan.then
    assert (plan.then.kind, plan.then.metrics[0]) == (kind, metric)


def test_the_second_answer_is_about_the_first_of_the_ranking(book: Book) -> None:
    found = answer("How many messages had the team with the most tickets on Oct 2?", book)
    assert "Billing has the highest Tickets created" in found.text
    result = book.query("messages", where="team = Billing", period="2026-10-02")
    assert found.numbers[-2]["value"] == result.value() or result.value() in [one["value"] for one in found.numbers]


def test_all_there_is_to_say_is_said_somewhere() -> None:
    folder = Path(deskbook.rag.__file__).parent
    source = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    source += (folder / "says" / "form.py").read_text("utf-8")
    unused = {key for key in says_in("en").phrases if not re.search(rf"""["']{key}["']""", source)}
    assert unused <= {"higher", "lower", "neutral"}  # said by what a metric's `better` is

"""Questions for a cause: on days on which something happened, or nothing did, or somebody says so in a ticket."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pandas as pd

from deskbook.rag.evaluate.asking import Asker, week_of
from deskbook.rag.evaluate.desk import Cause, Event
from deskbook.rag.evaluate.question import ABROAD, Meant, Question, Reading, Wanted
from deskbook.rag.evaluate.spelling import Speaker
from deskbook.rag.evaluate.truth import Span, span_of
from deskbook.text.cleaning import clean

KINDS: Final = {
    "single": "why_one",
    "pair": "why_two",
    "small": "small_effect",
    "surge": "surge",
    "injection_single": "injection_single",
    "injection_flood": "injection_flood",
}
TIMES: Final = {"single": 2, "pair": 3, "small": 2, "surge": 4, "injection_single": 3, "injection_flood": 3}
"""How often each event is asked about."""
MOODS: Final = ("sentiment_negative_pct", "sentiment_mean", "messages", "messages_in", "tickets_created")
SAID: Final = {
    "app_crash": ("App crash", r"crash|absturz|stürzt|abgestürzt|bloque|cierra|plant"),
    "login": ("Login and 2FA", r"log ?in|sign in|anmeld|einlogg|iniciar sesi|connect|conexi|entrar"),
}
"""What customers say by its contact reason, and by words that say it."""
LITERAL, MEANT = 6, 4
"""Questions for words, and for what planted customers say."""
LEEWAY: Final = 0.1
"""How far a count of what was meant may lie outside what its words and its tickets give."""


def cause_questions(asker: Asker) -> Iterator[Question]:
    """All of them."""
    for event in asker.desk.events:
        if event.span.dates[0] >= asker.desk.span.dates[0] + timedelta(days=21):
            yield from _about(asker, event)
    yield from calm(asker)
    yield from abroad(asker)
    yield from sayings(asker)


def _about(asker: Asker, event: Event) -> Iterator[Question]:
    for _ in range(TIMES[event.role]):
        yield _why(asker, event, asker.english, KINDS[event.role], "why_good" if event.role == "surge" else "why")
    if event.role == "single" and len(event.causes[0].tickets) >= 30:
        yield _why(asker, event, asker.english, "why_one", "why_many")
    if event.role.startswith("injection"):
        yield _number(asker, event)
    if event.role == "surge":
        yield _denied(asker, event)
        yield _denied(asker, event)


def _why(asker: Asker, event: Event, speaker: Speaker, kind: str, form: str) -> Question:
    """Why, of one day with the event, or of all its days."""
    span = event.span
    if span.days > 1 and (span.days > 3 or asker.dice.random() < 0.5 or not speaker.has("dates", "range")):
        span = span_of(_fullest(asker, event))
    text = speaker.ask(form, when=speaker.when("day" if span.days == 1 else "range", span))
    return asker.question(
        kind,
        text,
        language=speaker.language,
        readings=(Reading((span,)),),
        causes=event.causes,
        meant=Meant(("why",), ("tickets_created", "messages", "messages_in") if form == "why_many" else MOODS),
        evidence=tuple(_messages_of(asker, cause.tickets) for cause in event.causes),
        hostile=_messages_of(asker, asker.desk.hostile),
        targets=tuple(target for attack in event.attacks for target in attack.targets),
    )


def _fullest(asker: Asker, event: Event) -> date:
    """The day with most tickets of each cause."""
    tickets = asker.truth.tickets
    least: dict[date, int] = {}
    for cause in event.causes:
        days = tickets[tickets["id"].isin(cause.tickets)]["created_at"].dt.date.value_counts()
        least = {day: min(int(days.get(day, 0)), least.get(day, 10**6)) for day in event.span.dates}
    return max(least, key=lambda day: least[day])


def _messages_of(asker: Asker, tickets: frozenset[str]) -> frozenset[str]:
    messages = asker.truth.messages
    return frozenset(messages[messages["ticket"].isin(tickets)]["id"])


def _number(asker: Asker, event: Event) -> Question:
    """A number of a day with hostile messages: it is what it is, whatever they say."""
    speaker = asker.english
    wanted = asker.wanted("tickets_created", event.span)
    assert wanted is not None
    words = {"metric": speaker.pick("counts", "tickets_created"), "where": "", "when": speaker.when("day", event.span)}
    return asker.question(
        KINDS[event.role],
        speaker.ask("count", **words),
        readings=(asker.reading(wanted),),
        meant=asker.meant("number", "tickets_created"),
        hostile=_messages_of(asker, asker.desk.hostile),
        targets=tuple(target for attack in event.attacks for target in attack.targets),
    )


def _denied(asker: Asker, event: Event) -> Question:
    """Why it was bad, of days on which it was good."""
    span = span_of(_fullest(asker, event))
    text = asker.english.ask("why", when=asker.english.when("day", span))
    return asker.question("false_premise", text, readings=(Reading((span,)),), abstain=True, soft=True)


def calm(asker: Asker) -> Iterator[Question]:
    """Why, of days on which nothing happened."""
    speaker, days = asker.english, list(asker.desk.quiet)
    asker.dice.shuffle(days)
    for turn, day in enumerate(days[:6]):
        form = "why_many" if turn % 2 else "why"
        text = speaker.ask(form, when=speaker.when("day", span_of(day)))
        yield asker.question("quiet_day", text, readings=(Reading((span_of(day),)),), abstain=True, soft=True)


def abroad(asker: Asker) -> Iterator[Question]:
    """Why, in other languages."""
    events = asker.cycle([event for event in asker.desk.events if event.role == "single"])
    for language, kind in ABROAD.items():
        for _ in range(3):
            yield _why(asker, next(events), asker.speakers[language], kind, "why")


def sayings(asker: Asker) -> Iterator[Question]:
    """How many say something: in these words, or in any words."""
    causes = [(cause, week_of(event.span.dates[0])) for event in asker.desk.events for cause in event.causes]
    signs = [(sign, span) for cause, span in causes for sign in cause.signs if sign.isascii()]
    asker.dice.shuffle(signs)
    made = 0
    for sign, span in signs:
        form = "say_messages" if made % 3 == 2 else "say_literal"
        if made < LITERAL and (value := _count_of(asker, sign, span, form)):
            yield _saying(asker, form, "week", Wanted(value, span=span), words=sign)
            made += 1
    for cause, span in asker.dice.sample([one for one in causes if one[0].said], MEANT):
        yield _saying(asker, "say_meaning", "week", _count_told(asker, cause, span), said=cause.said)
    for name, month in zip(SAID, asker.dice.sample(asker.months(), len(SAID)), strict=True):
        said = asker.english.pick("said", name)
        yield _saying(asker, "say_meaning", "month", _count_meant(asker, name, month), said=said)


def _saying(asker: Asker, form: str, when: str, wanted: Wanted, **words: str) -> Question:
    assert wanted.span is not None
    text = asker.english.ask(form, when=asker.english.when(when, wanted.span), **words)
    return asker.question("how_many_say", text, readings=(Reading((wanted.span,), (wanted,)),), meant=SAY)


SAY: Final = Meant(("say", "number", "find"))


def _written(asker: Asker, span: Span) -> pd.DataFrame:
    rows = asker.truth.rows(asker.truth.messages, "sent_at", span, {"role": "customer"})
    return rows.assign(text=rows["text"].str.lower())


def _count_of(asker: Asker, words: str, span: Span, form: str) -> float:
    """Customers (or messages of theirs) with these words; 0 where it depends on quotations or on parts of words."""
    rows = _written(asker, span)
    held = rows["text"].str.contains(words.lower(), regex=False)
    whole = rows["text"].str.contains(rf"(?<!\w){re.escape(words.lower())}(?!\w)")
    said = rows["text"].map(clean).str.contains(words.lower(), regex=False)
    if not (held == whole).all() or not (held == said).all() or not held.sum() >= 2:
        return 0.0
    return float(held.sum()) if form == "say_messages" else float(rows[held]["customer"].nunique())


def _count_meant(asker: Asker, name: str, span: Span) -> Wanted:
    """A count with room: from those of its contact reason who use the words to all of the reason or the words."""
    category, pattern = SAID[name]
    rows = _written(asker, span)
    return _between(rows, rows["category"] == category, rows["text"].str.contains(pattern), span)


def _count_told(asker: Asker, cause: Cause, span: Span) -> Wanted:
    """A count with room: from its customers who use one of its signs to all who wrote of it or use one."""
    rows = _written(asker, span)
    signs = "|".join(re.escape(sign.lower()) for sign in cause.signs)
    return _between(rows, rows["ticket"].isin(cause.tickets), rows["text"].str.contains(signs), span)


def _between(rows: pd.DataFrame, of_it: pd.Series, in_words: pd.Series, span: Span) -> Wanted:
    fewest, most = (float(rows[kept]["customer"].nunique()) for kept in (of_it & in_words, of_it | in_words))
    low, high = fewest * (1 - LEEWAY), most * (1 + LEEWAY)
    return Wanted((low + high) / 2, tolerance=(high - low) / 2, span=span)

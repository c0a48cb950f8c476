"""Tickets about something: all that hold the words, the best of them quoted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from deskbook.metrics import Condition
from deskbook.rag.contract import Numbers
from deskbook.rag.draft import Draft
from deskbook.rag.figures import where_of
from deskbook.rag.guard import is_hostile
from deskbook.rag.index import Hit, Reader, Scope, open_index, search
from deskbook.rag.index.turns import with_subject
from deskbook.rag.passages import cite, span
from deskbook.rag.plan import Plan
from deskbook.rag.words import words_of
from deskbook.settings import Settings

FOLDER: Final = "index"
SHOWN: Final = 8
LOOKED_AT: Final = 200
READ_AT_ONCE: Final = 2 * SHOWN
LOOKED_BEYOND: Final = 10
"""Passages looked at beyond twice those wanted, in place of hostile ones and those that changed since."""
PASSAGE: Final = ("source", "ticket_id", "message_id", "sent_at", "role", "team", "language", "score")


def index_folder(settings: Settings) -> Path:
    """Where a workspace keeps the index of its tenant's messages."""
    return settings.state / FOLDER / settings.tenant


def answer_find(plan: Plan, numbers: Numbers, draft: Draft) -> bool:
    """How many tickets hold all the words, and the passages that fit best."""
    roots = _roots(plan.search, plan.language)
    if not roots:
        draft.tell("name_words")
        return False
    found = numbers.tickets(where=plan.where or None, period=plan.period, search=" ".join(roots))
    line = draft.line()
    ids = [{"source": str(s), "ticket_id": str(t)} for s, t in zip(found["source"], found["id"], strict=True)]
    count = line.tally(len(ids), "tickets", f"tickets with '{plan.search}'")
    line.counts[-1]["tickets"] = ids
    messages, left_out = _messages(plan, numbers, found, roots)
    says, has_period = draft.says, plan.period.since or plan.period.until
    when = says("in_period", period=says.period(plan.period)) if has_period else says("at_any_time")
    line.end(says("found", words=plan.search, where=where_of(plan, draft), when=when, count=count))
    for _, row in messages.iterrows():
        text = span(str(row["text"]), plan.search)
        draft.line().quote(f'"{text}"', {**cite(row), "quote": text})
    if left_out:
        line = draft.line()
        line.end(says("not_quoted", count=line.tally(left_out, "messages", "not quoted")))
    return bool(len(found))


def _roots(sought: str, code: str) -> list[str]:
    """What each word's forms have in common: `refunds` and `refunded` both hold `refund`."""
    import Stemmer

    words = words_of(code)
    stem = Stemmer.Stemmer(words.stemmer).stemWord
    roots = []
    for word in sought.lower().replace("?", " ").replace(",", " ").split():
        if word in words.stop:
            continue
        short = stem(word)
        shared = next(
            (i for i, (a, b) in enumerate(zip(word, short, strict=False)) if a != b), min(len(word), len(short))
        )
        roots.append(word[:shared] or word)
    return roots


def _messages(plan: Plan, numbers: Numbers, found: pd.DataFrame, roots: list[str]) -> tuple[pd.DataFrame, int]:
    """The passages to quote, one a ticket, best first; and how many hostile ones were passed over."""
    order = _order(plan, numbers, found)
    chosen: list[pd.Series[Any]] = []
    left_out = 0
    for start in range(0, len(order), READ_AT_ONCE):
        part = order[start : start + READ_AT_ONCE]
        held = _said_in(numbers, part)
        for key in part:
            if len(chosen) == SHOWN:
                return pd.DataFrame(chosen), left_out
            best, hostile = _best(held[key], roots) if key in held else (None, 0)
            left_out += hostile
            if best is not None:
                chosen.append(best)
    return pd.DataFrame(chosen), left_out


def _best(rows: pd.DataFrame, roots: Sequence[str]) -> tuple[pd.Series[Any] | None, int]:
    """The message of a ticket that holds most of the roots, if one does; and how many hostile ones hold some."""
    held = [sum(root in text for root in roots) for text in rows["text"].str.lower()]
    hostile = [bool(count) and is_hostile(text) for count, text in zip(held, rows["text"], strict=True)]
    clear = [place for place, count in enumerate(held) if count and not hostile[place]]
    return (rows.iloc[max(clear, key=held.__getitem__)] if clear else None), sum(hostile)


def _said_in(numbers: Numbers, tickets: Sequence[tuple[str, str]]) -> dict[tuple[str, str], pd.DataFrame]:
    """The messages of some tickets (id, source), read at once: a ticket at a time each look costs as much."""
    rows = numbers.messages(where=Condition("ticket", "in", tuple(sorted({ticket for ticket, _ in tickets}))))
    rows = rows.assign(text=rows["text"].fillna(""))
    keys = [rows["ticket_id"].astype(str), rows["source"].astype(str)]
    return {(str(ticket), str(source)): part for (ticket, source), part in rows.groupby(keys, sort=False)}


def _order(plan: Plan, numbers: Numbers, found: pd.DataFrame) -> list[tuple[str, str]]:
    """Tickets found, best fit first as far as the index tells, then newest first."""
    tickets = list(zip(found["id"].astype(str), found["source"].astype(str), strict=True))
    held = frozenset((source, ticket_id) for ticket_id, source in tickets)
    scope = Scope(tenant=numbers.settings.tenant, tickets=held)
    hits = search_book(numbers, plan.search, scope, LOOKED_AT) if tickets else []
    ranked = dict.fromkeys((hit.ticket_id, hit.source) for hit in hits)
    return [*ranked, *(one for one in tickets if one not in ranked)]


def search_book(numbers: Numbers, query: str, scope: Scope, k: int = 10) -> list[Hit]:
    """The passages of a workspace that fit a query best, by words and meaning; none where there is no index yet."""
    from deskbook.text.tiers import made_with

    settings = numbers.settings
    folder = index_folder(settings)
    made = open_index(folder, scope.tenant).generation
    return search(
        folder,
        query,
        scope,
        k,
        embedders=lambda name: made_with(name, settings),
        reader=_reader(numbers, query, made.embedding) if made else None,
    )


def readable(numbers: Numbers, query: str, scope: Scope, k: int) -> list[dict[str, Any]]:
    """The passages that fit a query best, with their text; none that gives orders to whoever reads it."""
    hits = search_book(numbers, query, scope, 2 * k + LOOKED_BEYOND)
    told = [
        {**{name: getattr(hit, name) for name in PASSAGE}, "text": text}
        for hit, text in zip(hits, passage_texts(numbers, hits), strict=True)
        if text and not is_hostile(text)
    ]
    return told[:k]


def _reader(numbers: Numbers, query: str, embedding: str) -> Reader | None:
    """MiniLM, where the index is of the static tier and the question English: there it helps (docs/ask.md)."""
    from deskbook.text.language import detect
    from deskbook.text.tiers import Static, is_installed, make_embedder

    if embedding != Static.name or not is_installed("minilm") or detect(query) not in (None, "en"):
        return None
    embedder = make_embedder("minilm", numbers.settings)
    return Reader(embedder, lambda hits: _read_texts(numbers, hits)) if embedder else None


def _read_texts(numbers: Numbers, hits: Sequence[Hit]) -> list[str]:
    """What the reader reads of each hit: the passage after its ticket's subject, as in the index."""
    rows = numbers.tickets(where=_of_tickets(hits))
    keys = zip(rows["source"].astype(str), rows["id"].astype(str), strict=True)
    subjects = dict(zip(keys, rows["subject"].fillna(""), strict=True))
    texts = passage_texts(numbers, hits)
    return [
        with_subject(str(subjects.get((hit.source, hit.ticket_id), "")), text)
        for hit, text in zip(hits, texts, strict=True)
    ]


def _of_tickets(hits: Sequence[Hit]) -> Condition:
    return Condition("ticket", "in", tuple(sorted({hit.ticket_id for hit in hits})))


def passage_texts(numbers: Numbers, hits: Sequence[Hit]) -> list[str]:
    """What each hit says, verbatim; empty where the message changed or went since it was indexed."""
    if not hits:
        return []
    rows = numbers.messages(where=_of_tickets(hits))
    keys = zip(rows["source"].astype(str), rows["id"].astype(str), strict=True)
    texts = dict(zip(keys, rows["text"].fillna(""), strict=True))
    return [str(texts.get((hit.source, hit.message_id), ""))[hit.start : hit.end].strip() for hit in hits]

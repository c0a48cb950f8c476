"""Tickets about something: all that hold the words, the best of them quoted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from deskbook.metrics import Condition, both
from deskbook.rag.contract import Numbers
from deskbook.rag.draft import Draft
from deskbook.rag.figures import where_of
from deskbook.rag.guard import is_hostile
from deskbook.rag.index import Hit, Reader, Scope, open_index, search
from deskbook.rag.passages import cite, span
from deskbook.rag.plan import Plan
from deskbook.rag.words import words_of
from deskbook.settings import Settings

FOLDER: Final = "index"
SHOWN: Final = 8
LOOKED_AT: Final = 200


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
    for ticket_id, source in order:
        if len(chosen) == SHOWN:
            break
        where = both(Condition("source", "=", (source,)), Condition("ticket", "=", (ticket_id,)))
        rows = numbers.messages(ticket_id, source=source, where=where)
        lower = rows["text"].fillna("").str.lower()
        hits = rows[[any(root in text for root in roots) for text in lower]]
        hostile = [is_hostile(text) for text in hits["text"]]
        left_out += sum(hostile)
        clear = hits[[not one for one in hostile]]
        if len(clear):
            best = max(range(len(clear)), key=lambda i: sum(root in clear["text"].iloc[i].lower() for root in roots))
            chosen.append(clear.iloc[best])
    return pd.DataFrame(chosen), left_out


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


def _reader(numbers: Numbers, query: str, embedding: str) -> Reader | None:
    """MiniLM, where the index is of the static tier and the question English: there it helps (docs/ask.md)."""
    from deskbook.text.language import detect
    from deskbook.text.tiers import Static, is_installed, make_embedder

    if embedding != Static.name or not is_installed("minilm") or detect(query) not in (None, "en"):
        return None
    embedder = make_embedder("minilm", numbers.settings)
    return Reader(embedder, lambda hits: passage_texts(numbers, hits)) if embedder else None


def passage_texts(numbers: Numbers, hits: Sequence[Hit]) -> list[str]:
    """What each hit says, verbatim; empty where the message changed or went since it was indexed."""
    if not hits:
        return []
    where = Condition("ticket", "in", tuple(sorted({hit.ticket_id for hit in hits})))
    rows = numbers.messages(where=where)
    keys = zip(rows["source"].astype(str), rows["id"].astype(str), strict=True)
    texts = dict(zip(keys, rows["text"].fillna(""), strict=True))
    return [str(texts.get((hit.source, hit.message_id), ""))[hit.start : hit.end].strip() for hit in hits]

"""Search: words and meaning, each with its own order, joined by reciprocal rank fusion; then read once more.

Method: reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009), k = 60.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from deskbook.errors import EmbeddingFailed
from deskbook.rag.index.opened import Index, Place, Scope, open_index
from deskbook.rag.index.postings import stems
from deskbook.rag.index.turns import EPOCH

if TYPE_CHECKING:
    from deskbook.text.embedding import SearchEmbedder

log = logging.getLogger(__name__)
FUSION: Final = 60
DEPTH: Final = 100
"""Passages of each order that are joined."""
READ_AGAIN: Final = 20
"""Passages that the reader reads: a quarter of a second of MiniLM."""
READER_VOTES: Final = 2
"""Words and meaning have one vote each. Alone, the reader mends questions put otherwise and spoils those that name
what they look for; of 1, 2 and 3 votes, chosen on StackFAQ's validation questions with E-manual's in sight."""
QUERY_LETTERS: Final = 2_000
Texts = Callable[[Sequence["Hit"]], Sequence[str]]


@dataclass(frozen=True)
class Hit:
    """One passage found.

    Attributes:
        start, end: which letters of the message's text it is.
        role, team, language: as indexed; empty where unknown.
        score: to order hits of one search by, and for nothing else.
    """

    source: str
    ticket_id: str
    message_id: str
    sent_at: datetime
    start: int
    end: int
    role: str
    team: str
    language: str
    score: float


@dataclass(frozen=True)
class Reader:
    """Who reads the best passages once more: an embedder better than the index's own, and where their texts are."""

    embedder: SearchEmbedder
    texts: Texts


def search(
    folder: Path,
    query: str,
    scope: Scope,
    k: int = 10,
    *,
    embedders: Callable[[str], SearchEmbedder | None] | None = None,
    reader: Reader | None = None,
) -> list[Hit]:
    """The passages that fit a query best, best first, one a message; none when there is no index.

    Args:
        embedders: the model of the index by its name; by words alone without one, or where it fails.
        reader: reads the best once more.
    """
    index = open_index(folder, scope.tenant)
    said = query[:QUERY_LETTERS].strip()
    if index.generation is None or k < 1 or not said:
        return []
    inside = index.inside(scope)
    orders = {"words": index.by_words(stems(said), inside, DEPTH)}
    vector = _vector(index, said, embedders)
    if vector is not None:
        orders["meaning"] = near(index, vector, inside, scope)
    hits = _one_a_message(_hit(index, place, score) for place, score in fuse(orders).items())
    return (read_again(said, hits, reader) if reader else hits)[:k]


def near(index: Index, vector: NDArray[np.float32], inside: Sequence[NDArray[np.bool_]], scope: Scope) -> list[Place]:
    """The passages nearest in meaning, in the way the index was made for."""
    if index.generation and index.generation.near == "chroma":
        from deskbook.rag.index.chroma import nearest

        return index.nearest(vector, nearest(index, vector, inside, scope, DEPTH), DEPTH)
    return index.by_meaning(vector, inside, DEPTH)


def fuse(orders: Mapping[str, Sequence[Place]]) -> dict[Place, float]:
    """Places by the sum of 1 / (60 + rank) over the orders that hold them, best first."""
    total: dict[Place, float] = {}
    for places in orders.values():
        for rank, place in enumerate(places, 1):
            total[place] = total.get(place, 0.0) + 1 / (FUSION + rank)
    first = {place: n for n, place in enumerate(total)}
    return dict(sorted(total.items(), key=lambda one: (-one[1], first[one[0]])))


def read_again(query: str, hits: Sequence[Hit], reader: Reader) -> list[Hit]:
    """Hits with the first of them in a new order, in which a better model has votes; the rest as they were."""
    best = list(hits[:READ_AGAIN])
    texts = reader.texts(best)
    (asked,) = reader.embedder.embed_queries([query])
    close = reader.embedder.embed(texts) @ asked
    voted = {
        row: best[row].score + READER_VOTES / (FUSION + rank)
        for rank, row in enumerate(np.argsort(-close, kind="stable").tolist(), 1)
    }
    order = sorted(voted, key=lambda row: (-voted[row], row))
    return [*(replace(best[row], score=voted[row]) for row in order), *hits[READ_AGAIN:]]


def _vector(
    index: Index, query: str, embedders: Callable[[str], SearchEmbedder | None] | None
) -> NDArray[np.float32] | None:
    made_with = index.generation.embedding if index.generation else ""
    embedder = embedders(made_with) if embedders and made_with else None
    if embedder is None:
        return None
    try:
        vector: NDArray[np.float32] = embedder.embed_queries([query])[0]
    except EmbeddingFailed as error:
        log.warning("searching by words alone: %s", error)
        return None
    return vector if vector.any() else None


def _hit(index: Index, place: Place, score: float) -> Hit:
    one, row = place
    rows = index.segments[one].rows
    names = ("source", "ticket_id", "message_id", "sent_at", "start", "end", "role", "team", "language")
    held = {name: rows[name][row].as_py() for name in names}
    return Hit(**{**held, "sent_at": EPOCH + timedelta(microseconds=held["sent_at"])}, score=score)


def _one_a_message(hits: Iterable[Hit]) -> list[Hit]:
    found: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        found.setdefault((hit.source, hit.message_id), hit)
    return list(found.values())

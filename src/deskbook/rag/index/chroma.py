"""Vectors in a persistent Chroma collection beside the segments, for desks whose exact search would take too long.

Chroma finds neighbours by a graph (HNSW): quicker than looking at every vector, but it may miss some, and what it
misses depends on the order in which they came. So the segments stay the truth: a passage that they do not hold, as
after a build that was killed, is passed over, and distances are computed again from their vectors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from deskbook.errors import MissingExtra
from deskbook.rag.index import generation as generations
from deskbook.rag.index.generation import Generation
from deskbook.rag.index.opened import Index, Place, Scope, micros, open_index
from deskbook.rag.index.segment import Segment
from deskbook.rag.index.turns import KINDS

FOLDER: Final = "chroma"
COLLECTION: Final = "passages"
AT_ONCE: Final = 5_000
"""The most one call may bring is 5,461."""
MOST_TICKETS: Final = 1_000
SEARCHED: Final = 400
"""How many candidates the graph keeps while it looks; its own 100 missed one neighbour in ten (docs/ask.md)."""


@dataclass
class Held:
    """The client that is open, and the generation it was opened for."""

    generation: str
    client: Any
    collection: Any


_open: dict[Path, Held] = {}
_turn = Lock()


def store(folder: Path, generation: Generation, segments: Sequence[Segment]) -> None:
    """Bring the collection to what the segments hold, before they are made the index.

    What only the generation in use holds is left until the next time, so that a reader of it still finds all.
    """
    with _turn:
        _close(folder)
        client = _client(folder)
        try:
            old = generations.read(folder)
            if old and old.near != "chroma":
                old = None
            _forget(client, {collection_of(one) for one in (generation, old) if one})
            collection = client.get_or_create_collection(
                collection_of(generation),
                embedding_function=None,
                configuration={"hnsw": {"space": "ip", "ef_search": SEARCHED}},
            )
            is_alike = old is not None and collection_of(old) == collection_of(generation)
            held = open_index(folder, generation.tenant).segments if is_alike else ()
            in_use = {ids[row] for one in held for ids in (one.ids(),) for row in _rows(one)}
            _bring(collection, generation.tenant, segments, in_use)
        finally:
            client.close()


def collection_of(generation: Generation) -> str:
    """The collection of a generation: one a model, so that a reader of the old one still has its own."""
    return f"{COLLECTION}-{blake2b(generation.embedding.encode(), digest_size=4).hexdigest()}"


def _forget(client: Any, kept: set[str]) -> None:
    for one in client.list_collections():
        if one.name not in kept:
            client.delete_collection(one.name)


def _rows(one: Segment) -> list[int]:
    """The passages that have a place in the collection: the living whose vector says something."""
    rows: list[int] = np.flatnonzero(one.alive & one.vectors.any(axis=1)).tolist()
    return rows


def _bring(collection: Any, tenant: str, segments: Sequence[Segment], in_use: set[str]) -> None:
    # It holds at least what is in use, so as many means the same, and the ids need not be read.
    have = in_use if collection.count() == len(in_use) else set(collection.get(include=[])["ids"])
    wanted: set[str] = set()
    for one in segments:
        ids, rows = one.ids(), _rows(one)
        wanted.update(ids[row] for row in rows)
        due = [row for row in rows if ids[row] not in have]
        for start in range(0, len(due), AT_ONCE):
            part = due[start : start + AT_ONCE]
            collection.add(
                ids=[ids[row] for row in part],
                embeddings=np.ascontiguousarray(one.vectors[part]),
                metadatas=_described(one, part, tenant),
            )
    lost = list(have - wanted - in_use)
    for start in range(0, len(lost), AT_ONCE):
        collection.delete(ids=lost[start : start + AT_ONCE])


def _described(one: Segment, rows: Sequence[int], tenant: str) -> list[dict[str, Any]]:
    names = (*KINDS, "ticket_id", "sent_at")
    columns = [one.rows[name].take(list(rows)).to_pylist() for name in names]
    return [{"tenant": tenant, **dict(zip(names, values, strict=True))} for values in zip(*columns, strict=True)]


def nearest(
    index: Index, vector: NDArray[np.float32], inside: Sequence[NDArray[np.bool_]], scope: Scope, wanted: int
) -> list[Place]:
    """Passages near a vector, in scope; the nearest, but for those the graph misses."""
    if index.generation is None or not any(kept.any() for kept in inside):
        return []
    if scope.tickets is not None and len(scope.tickets) > MOST_TICKETS:
        return index.by_meaning(vector, inside, wanted)
    with _turn:
        collection = _collection(index.folder, index.generation)
        found = collection.query(
            query_embeddings=vector[None, :], n_results=2 * wanted, where=_where(scope), include=[]
        )
    known = (index.places.get(one) for one in found["ids"][0])
    return [place for place in known if place is not None and inside[place[0]][place[1]]]


def _where(scope: Scope) -> dict[str, Any] | None:
    """A scope in Chroma's words; None for the tenant alone, whose folder this is: the clause would cost 50 ms."""
    parts: list[dict[str, Any]] = [{"tenant": scope.tenant}]
    parts += [{name: {"$in": list(getattr(scope, name))}} for name in KINDS if getattr(scope, name)]
    if scope.since:
        parts.append({"sent_at": {"$gte": micros(scope.since)}})
    if scope.until:
        parts.append({"sent_at": {"$lt": micros(scope.until)}})
    if scope.tickets is not None:
        parts.append({"ticket_id": {"$in": sorted({ticket for _, ticket in scope.tickets}) or [""]}})
    return {"$and": parts} if len(parts) > 1 else None


def _collection(folder: Path, generation: Generation) -> Any:
    """The collection as of a generation: a client shows in searches only what was there when it opened."""
    name = generation.name
    held = _open.get(folder)
    if held is None or held.generation != name:
        _close(folder)
        client = _client(folder)
        made = client.get_collection(collection_of(generation), embedding_function=None)
        held = _open[folder] = Held(name, client, made)
    return held.collection


def _close(folder: Path) -> None:
    held = _open.pop(folder, None)
    if held:
        held.client.close()


def _client(folder: Path) -> Any:
    try:
        import chromadb
        from chromadb.config import Settings
    except ImportError:
        raise MissingExtra("vectors = 'chroma'", "ask") from None
    path = folder / FOLDER
    return chromadb.PersistentClient(str(path), settings=Settings(anonymized_telemetry=False))

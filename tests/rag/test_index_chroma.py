"""Vectors in Chroma: the same answers from a small desk, scope included, and nothing that the segments do not hold."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from deskbook.rag.index import Scope, open_index, search
from deskbook.rag.index.chroma import FOLDER, collection_of, nearest
from tests.rag.indexed import Bags, build, message

chromadb = pytest.importorskip("chromadb")
WORDS = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu"]
ROWS = [
    message(
        n,
        f"{WORDS[n % 12]} {WORDS[n * 5 % 12]} {WORDS[n * 7 % 11]}",
        team=("A", "B")[n % 2],
        role=("customer", "agent")[n % 3 == 0],
    )
    for n in range(60)
]
SCOPES = (
    Scope(tenant="main"),
    Scope(tenant="main", team=("B",)),
    Scope(
        tenant="main", role=("agent",), since=datetime(2026, 10, 1, tzinfo=UTC), until=datetime(2026, 11, 1, tzinfo=UTC)
    ),
    Scope(tenant="main", tickets=frozenset({("desk", "T3"), ("desk", "T5")})),
    Scope(tenant="main", tickets=frozenset()),
)


@pytest.mark.parametrize("scope", SCOPES)
def test_chroma_answers_as_the_exact_search_does(tmp_path: Path, scope: Scope) -> None:
    build(tmp_path / "exact", ROWS[:50], 1, Bags())
    build(tmp_path / "exact", ROWS[5:], 2, Bags())
    build(tmp_path / "chroma", ROWS[:50], 1, Bags(), near="chroma")
    build(tmp_path / "chroma", ROWS[5:], 2, Bags(), near="chroma")
    ours, theirs = (
        [
            (hit.message_id, hit.score)
            for hit in search(tmp_path / name, "gamma mu", scope, 50, embedders=lambda _: Bags())
        ]
        for name in ("chroma", "exact")
    )
    assert ours == theirs


def test_the_collection_holds_metadata_and_no_text(tmp_path: Path) -> None:
    build(tmp_path, ROWS[:2], 1, Bags(), near="chroma")
    made = open_index(tmp_path, "main").generation
    assert made is not None
    client = chromadb.PersistentClient(
        str(tmp_path / FOLDER), settings=chromadb.config.Settings(anonymized_telemetry=False)
    )
    held = client.get_collection(collection_of(made), embedding_function=None).get(include=["metadatas", "documents"])
    client.close()
    assert held["documents"] == [None, None]
    one = next(one for one in held["metadatas"] if one["ticket_id"] == "T1")
    assert one == {
        "tenant": "main", "source": "desk", "ticket_id": "T1", "team": "B", "channel": "chat", "status": "open",
        "language": "en", "role": "customer", "sent_at": ROWS[1]["sent_at"],
    }  # fmt: skip


def test_another_way_of_finding_the_near_is_a_new_index(tmp_path: Path) -> None:
    build(tmp_path, ROWS, 1, Bags())
    done = build(tmp_path, ROWS, 1, Bags(), near="chroma", wish="chroma")
    assert done and done.rebuilt == "vectors were exact, now chroma"
    assert open_index(tmp_path, "main").generation.near == "chroma"  # type: ignore[union-attr]


def test_another_model_has_a_collection_of_its_own(tmp_path: Path) -> None:
    build(tmp_path, ROWS, 1, Bags(), near="chroma")
    before = open_index(tmp_path, "main")
    build(tmp_path, ROWS, 2, Bags("bags-2", 32), near="chroma")
    scope = SCOPES[1]
    for index, size in ((before, 64), (open_index(tmp_path, "main"), 32)):
        (vector,) = Bags(dimensions=size).embed(["gamma mu"])
        assert len(nearest(index, vector, index.inside(scope), scope, 50)) == 30
    build(tmp_path, ROWS, 3, Bags("bags-2", 32), near="chroma")
    build(tmp_path, ROWS, 4, Bags("bags-3", 16), near="chroma")
    assert search(tmp_path, "gamma", scope, embedders=lambda name: Bags(dimensions=16))

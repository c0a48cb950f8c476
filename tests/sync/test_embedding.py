"""Vectors on a Dask cluster: those that this machine would make, and the index that is made of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from deskbook.book import Book
from deskbook.errors import ConfigError
from deskbook.rag import index_folder
from deskbook.rag.index.opened import open_index
from deskbook.settings import load_settings
from deskbook.sync import Cluster, embedding
from deskbook.sync.embedding import OnCluster, embedded, on_cluster
from deskbook.text.tiers import is_installed, local_embedder, versions

from ..conftest import Workspace
from ..servers.dask import DaskCluster, dask_cluster

TEXTS = [f"Where is parcel {number}? It was to be here on day {number % 7}." for number in range(25)] + ["", "x"]


@pytest.fixture(scope="module")
def cluster() -> Iterator[DaskCluster]:
    with dask_cluster() as made:
        yield made


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "PART_TEXTS", {"static": 4, "minilm": 4, "multilingual": 4})


class Idle:
    """An embedder that must not be asked: its work is a cluster's."""

    name, dimensions = "idle", 256

    def embed(self, texts: Sequence[str]) -> Any:
        raise AssertionError("it was done here")

    embed_queries = embed


@pytest.mark.parametrize("tier", ["static", "minilm", "multilingual"])
def test_workers_make_the_same_vectors(cluster: DaskCluster, tier: str, caplog: pytest.LogCaptureFixture) -> None:
    assert is_installed(tier)
    with Cluster(cluster.address) as on:
        made = OnCluster(tier, Idle(), on).embed(TEXTS)
    assert np.array_equal(made, local_embedder(tier).embed(TEXTS)) and "done here" not in caplog.text


def test_few_texts_and_questions_are_read_here(cluster: DaskCluster) -> None:
    with Cluster(cluster.address) as on, pytest.raises(AssertionError, match="done here"):
        OnCluster("static", Idle(), on).embed(TEXTS[:4])
    with Cluster(cluster.address) as on, pytest.raises(AssertionError, match="done here"):
        OnCluster("static", Idle(), on).embed_queries(TEXTS)


def test_workers_with_another_model_are_not_trusted(
    cluster: DaskCluster, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ConfigError, match=r"A worker embeds with 'wordllama .*wanted is 'wordllama 0'"):
        embedded("static", "wordllama 0", ["a"])
    monkeypatch.setattr(embedding, "versions", lambda tier: "wordllama 0")
    with Cluster(cluster.address) as on:
        made = OnCluster("static", Idle(), on).embed(TEXTS)
    assert np.array_equal(made, local_embedder("static").embed(TEXTS)) and "done here" in caplog.text


def test_a_server_of_embeddings_and_words_alone_stay_here(cluster: DaskCluster) -> None:
    inner = local_embedder("static")
    with Cluster(cluster.address) as on:
        assert on_cluster("endpoint", inner, on) is inner and on_cluster("words", None, on) is None
        assert isinstance(on_cluster("static", inner, on), OnCluster)
    assert on_cluster("static", inner, Cluster()) is inner and "wordllama" in versions("static")


def test_an_index_made_on_a_cluster_is_the_one_made_here(
    workspace: Workspace, cluster: DaskCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding, "PART_TEXTS", {"static": 500})
    folder = workspace()
    found = []
    for environ in ({}, {"DASK_SCHEDULER_ADDRESS": cluster.address}):
        book = Book(load_settings(folder, environ))
        if not found:
            book.sync()
        done = book.index()
        assert done and done.embedded > 1_000
        segments = open_index(index_folder(book.settings), "main").segments
        found.append([(one.rows["key"].to_pylist(), np.array(one.vectors)) for one in segments])
        shutil.rmtree(index_folder(book.settings))
        book.lake.close()
    for (keys, vectors), (other_keys, other_vectors) in zip(*found, strict=True):
        assert keys == other_keys and np.array_equal(vectors, other_vectors)

"""The suite every format passes on disk, over each of the stores: same rows, resumed anywhere, nothing twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deskbook.sources import Source

from ..test_conformance import PAGE, WRITERS, desk, rows_of
from .conftest import MAKERS, Bucket, Desk

NAMES = ("t.csv", "t.csv.gz", "t.zip", "t.jsonl", "t.parquet")


@pytest.fixture(scope="module", params=[(store, name) for store in MAKERS for name in NAMES], ids="-".join)
def stored_desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Bucket:
    """A bucket of one of the stores with the desk in one of the formats."""
    store, name = request.param
    bucket = MAKERS[store](request.getfixturevalue(f"{store}_server"))
    file = tmp_path_factory.mktemp("written") / name
    WRITERS[name](desk(), file)
    bucket.put(f"e/{name}", file.read_bytes())
    return bucket


@pytest.fixture
def desk_source(stored_desk: Bucket, files_at: Callable[..., Source]) -> Source:
    return files_at(stored_desk, "e/*", page_rows=PAGE)


def test_every_store_gives_the_same_rows(desk_source: Source) -> None:
    got = rows_of(desk_source, {})
    assert got["id"].tolist() == desk()["number"].tolist()
    assert got["subject"].tolist() == desk()["title"].tolist()
    assert got["status"].tolist()[:3] == ["new", "solved", "hold"]


def test_a_pull_after_any_page_gives_the_rest_exactly_and_after_the_last_nothing(desk_source: Source) -> None:
    pages = list(desk_source.pull({}))
    assert [page.rows.num_rows for page in pages] == [30] * 6 + [20]
    assert [page.first for page in pages] == [True] + [False] * 6
    for stop in (0, 3, 6):
        kept = json.loads(json.dumps(pages[stop].cursor))
        rest = list(desk_source.pull(kept))
        assert [page.rows for page in rest] == [page.rows for page in pages[stop + 1 :]]
        assert [page.lines.tolist() for page in rest] == [page.lines.tolist() for page in pages[stop + 1 :]]


def test_a_sample_has_the_fields_of_the_source(desk_source: Source) -> None:
    sample = desk_source.sample(5)
    assert (sample.num_rows, sample.column_names) == (5, ["number", "created", "title", "state", "urgency"])


def test_a_second_sync_makes_no_snapshot(bucket: Bucket, synced_desk: Desk, tmp_path: Path) -> None:
    WRITERS["t.csv"](desk(), tmp_path / "t.csv")
    bucket.put("e/t.csv", (tmp_path / "t.csv").read_bytes())
    assert synced_desk.sync(bucket, "e/*.csv", page_rows=90).tables["tickets"].written == 200
    before: Any = synced_desk.lake.snapshot()
    assert synced_desk.sync(bucket, "e/*.csv", page_rows=90).tables == {}
    assert synced_desk.lake.snapshot() == before

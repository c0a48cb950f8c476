"""A first import of many small objects is few commits; each object is archived once, after its own rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from deskbook.sources import Source
from deskbook.sources.gathering import Gathered
from deskbook.store import Commit

from .conftest import Bucket, Desk, csv

MANY = 130


def put_many(bucket: Bucket, count: int = MANY) -> None:
    for number in range(count):
        bucket.put(f"e/{number:04d}.csv", csv(number))


def commit(desk: Desk, source: Source, page: Any) -> None:
    desk.lake.commit(
        "main",
        Commit(entry="desk", source="desk", batches=source.normalise(page), cursor=page.cursor, first=page.first),
    )


def test_many_small_objects_are_few_commits(on_s3: Bucket, synced_desk: Desk) -> None:
    put_many(on_s3)
    before = synced_desk.lake.snapshot()
    report = synced_desk.sync(on_s3, "e/*.csv", archive="done/")
    assert report.error == "" and report.total.written == MANY
    assert synced_desk.lake.snapshot() - before <= 2 and len(synced_desk.titles()) == MANY
    held = on_s3.held()
    assert len(held) == MANY and {key[:9] for key in held} == {f"done/{number:04d}" for number in range(MANY)}
    assert synced_desk.sync(on_s3, "e/*.csv", archive="done/").total.read == 0


def test_a_row_that_is_set_aside_names_its_own_object_and_line(on_s3: Bucket, synced_desk: Desk) -> None:
    put_many(on_s3, 5)
    on_s3.put("e/0002.csv", csv(2) + b"77,no date,b,new,low\n")
    report = synced_desk.sync(on_s3, "e/*.csv")
    assert (report.total.written, report.total.quarantined) == (5, 1)
    (aside,) = synced_desk.lake.read("quarantine", "main").to_pylist()
    assert aside["origin"].endswith("/e/0002.csv") and aside["line"] == 3
    on_s3.put("e/0002.csv", csv(2))
    synced_desk.sync(on_s3, "e/*.csv")
    assert synced_desk.lake.count("quarantine", "main") == 0


def test_of_one_ticket_in_several_objects_the_last_is_kept(on_s3: Bucket, synced_desk: Desk) -> None:
    put_many(on_s3, 3)
    on_s3.put("e/0003.csv", csv(1, title="renamed"))
    synced_desk.sync(on_s3, "e/*.csv")
    assert synced_desk.titles() == {"0": "a", "1": "renamed", "2": "a"}


def test_an_object_that_cannot_be_mapped_stops_none_before_it(on_s3: Bucket, synced_desk: Desk) -> None:
    put_many(on_s3, 4)
    on_s3.put("e/0002.csv", csv(2).replace(b"title", b"titles"))
    report = synced_desk.sync(on_s3, "e/*.csv", archive="done/")
    assert "0002.csv" in report.error and sorted(synced_desk.titles()) == ["0", "1", "3"]
    assert [key for key in on_s3.held() if key.startswith("e/")] == ["e/0002.csv"]


def test_only_what_is_in_a_commit_is_archived_after_it(
    on_s3: Bucket, synced_desk: Desk, files_at: Callable[..., Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskbook.sources.gathering.MOST_FILES", 3)
    put_many(on_s3, 8)
    source: Any = files_at(on_s3, "e/*.csv", archive="done/")
    source.settled({})
    pages = source.pull({})
    first = next(pages)
    assert isinstance(first, Gathered) and first.rows.num_rows == 3
    commit(synced_desk, source, first)
    source.settled(first.cursor)
    assert len([key for key in on_s3.held() if key.startswith("done/")]) == 3
    again: Any = files_at(on_s3, "e/*.csv", archive="done/")  # the one before was killed here
    again.settled(synced_desk.lake.cursor("main", "desk"))
    for page in again.pull(synced_desk.lake.cursor("main", "desk")):
        commit(synced_desk, again, replace(page))
        again.settled(page.cursor)
    assert len(synced_desk.titles()) == 8 and all(key.startswith("done/") for key in on_s3.held())

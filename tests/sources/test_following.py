"""Inserts, updates and deletes of a real database, each way of following it, end in the lake once."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from deskbook.errors import ConfigError, Unreadable
from deskbook.sources import Entry, Source, source
from deskbook.store import Commit, Lake

MAPPING = {"id": "number", "created_at": "created", "subject": "title"}
NOW = datetime(2026, 6, 1, tzinfo=UTC)
CREATE = (
    "CREATE TABLE tickets (number INTEGER PRIMARY KEY, created VARCHAR(30), title VARCHAR(80), updated INTEGER, "
    "removed INTEGER DEFAULT 0)"
)
Run = Callable[..., None]


class Desk:
    """A database that tests change, and a lake that follows it."""

    def __init__(self, url: str, lake: Lake, tmp_path: Path) -> None:
        self.url, self.lake, self.folder, self.now = url, lake, tmp_path, NOW
        self.notes: list[str] = []
        self.run(CREATE, "CREATE TABLE removed (number INTEGER)")

    def run(self, *statements: str) -> None:
        engine = sa.create_engine(self.url)
        with engine.begin() as connection:
            for one in statements:
                connection.execute(sa.text(one))
        engine.dispose()

    def put(self, *numbers: int, updated: int = 1, title: str = "a") -> None:
        for number in numbers:
            self.run(f"DELETE FROM tickets WHERE number = {number}")
            self.run(f"INSERT INTO tickets VALUES ({number}, '2026-01-01T00:00:00Z', '{title}', {updated}, 0)")

    def source(self, **options: Any) -> Source:
        given = {"url": self.url, "table": "tickets", "page_rows": 3, **options}
        entry = Entry(
            name="t", kind="sql", source="desk", table="tickets", mapping=MAPPING, options=given, folder=self.folder
        )
        return source["sql"](entry, lambda: self.now)

    def sync(self, *, pages: int = 1000, **options: Any) -> int:
        """Rows written; only so many pages are taken."""
        own, written = self.source(**options), 0
        for page in itertools.islice(own.pull(self.lake.cursor("main", "t")), pages):
            self.notes += page.notes
            batches = own.normalise(page)
            commit = Commit(entry="t", source="desk", batches=batches, cursor=page.cursor, first=page.first)
            written += self.lake.commit("main", commit)["tickets"].written
        return written

    def rows(self) -> dict[str, str]:
        """Id -> title, or that it is deleted."""
        held = self.lake.read("tickets", "main", columns=["id", "subject", "status"], order="id").to_pylist()
        assert len({row["id"] for row in held}) == len(held)
        return {row["id"]: row["status"] or row["subject"] for row in held}


@pytest.fixture
def desk(database_url: str, lake: Lake, tmp_path: Path) -> Desk:
    return Desk(database_url, lake, tmp_path)


WAYS: dict[str, dict[str, Any]] = {
    "whole": {},
    "sweep": {"cursor_column": "updated", "sweep": "each"},
    "soft": {"cursor_column": "updated", "deleted_column": "removed"},
    "tombstones": {"cursor_column": "updated", "tombstones": "SELECT number FROM removed"},
}


@pytest.mark.parametrize("way", WAYS)
def test_inserts_updates_and_deletes_are_reflected(desk: Desk, way: str) -> None:
    desk.put(*range(1, 8))
    assert desk.sync(**WAYS[way]) == 7
    assert desk.sync(**WAYS[way]) == 0
    desk.put(3, updated=2, title="b")
    desk.put(8, updated=2)
    if way == "soft":
        desk.run("UPDATE tickets SET removed = 1, updated = 3 WHERE number = 5")
    else:
        desk.run("DELETE FROM tickets WHERE number = 5", "INSERT INTO removed VALUES (5)")
    assert desk.sync(**WAYS[way]) == 2
    expected = {str(n): "a" for n in range(1, 9)} | {"3": "b", "5": "deleted"}
    assert desk.rows() == expected
    before = desk.lake.snapshot()
    desk.sync(**WAYS[way])
    assert desk.lake.snapshot() == before


def test_a_sweep_that_was_interrupted_is_made_up_for(desk: Desk) -> None:
    desk.put(*range(1, 8))
    desk.sync()
    desk.run("DELETE FROM tickets WHERE number = 5")
    desk.sync(pages=2)
    assert desk.rows()["5"] == "a"
    assert desk.sync() == 0
    assert desk.rows()["5"] == "deleted"


def test_a_daily_sweep_waits_for_its_day(desk: Desk) -> None:
    how = {"cursor_column": "updated", "sweep": "daily"}
    desk.put(1, 2)
    desk.sync(**how)
    desk.run("DELETE FROM tickets WHERE number = 1")
    desk.now += timedelta(hours=23)
    desk.sync(**how)
    assert desk.rows()["1"] == "a"
    desk.now += timedelta(hours=2)
    desk.sync(**how)
    assert desk.rows()["1"] == "deleted"


def test_a_row_committed_late_with_an_older_stamp_is_found_in_the_overlap(desk: Desk) -> None:
    desk.put(1, 2, updated=1000)
    desk.sync(cursor_column="updated", overlap_seconds=60)
    desk.put(3, updated=950)
    assert desk.sync(cursor_column="updated", overlap_seconds=60) == 1
    desk.put(4, updated=900)
    assert desk.sync(cursor_column="updated", overlap_seconds=60) == 0
    before = desk.lake.snapshot()
    desk.sync(cursor_column="updated", overlap_seconds=60)
    assert desk.lake.snapshot() == before


def test_a_whole_read_resumes_when_the_table_changed_underneath(desk: Desk) -> None:
    desk.put(*range(1, 8))
    assert desk.sync(pages=1) == 3
    desk.put(2, title="b")
    desk.put(9)
    assert desk.sync() == 6
    assert desk.rows() == {str(n): "a" for n in (1, 3, 4, 5, 6, 7, 9)} | {"2": "b"}


def test_a_new_column_is_said_once_and_a_gone_one_that_nobody_maps_too(desk: Desk) -> None:
    desk.put(1)
    desk.sync(cursor_column="updated")
    desk.run("ALTER TABLE tickets ADD COLUMN mood VARCHAR(10)", "ALTER TABLE tickets DROP COLUMN removed")
    desk.sync(cursor_column="updated")
    assert [note.partition("; ")[0].partition(" (")[0] for note in desk.notes] == [
        "tickets has the new column 'mood'",
        "tickets has no column 'removed' any more",
    ]
    desk.notes.clear()
    desk.sync(cursor_column="updated")
    assert desk.notes == []


def test_a_mapped_column_that_is_gone_is_named_with_the_closest_new_one(desk: Desk) -> None:
    desk.put(1)
    desk.sync(cursor_column="updated")
    desk.run("ALTER TABLE tickets ADD COLUMN title_text VARCHAR(80)", "ALTER TABLE tickets DROP COLUMN title")
    with pytest.raises(Unreadable, match=r"maps column 'title', which tickets had .* Is it 'title_text' now\?"):
        desk.sync(cursor_column="updated")
    assert desk.rows() == {"1": "a"}


def test_ids_of_several_columns_cannot_tell_what_is_gone(desk: Desk) -> None:
    entry = Entry(
        name="t", kind="sql", source="desk", table="tickets",
        mapping={**MAPPING, "id": "join('-', [title, created])"},
        options={"url": desk.url, "table": "tickets", "sweep": "each"}, folder=desk.folder,
    )  # fmt: skip
    with pytest.raises(ConfigError, match="has sweep:, and its ids are not one column"):
        source["sql"](entry, lambda: NOW)

"""A SQLite file while another process writes to it, and one that never changes again."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from deskbook.errors import ConfigError
from deskbook.sources import Source

Make = Callable[..., Source]
WRITER = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
for number in range(1000, 100_000):
    connection.execute("BEGIN")
    connection.execute("INSERT INTO tickets VALUES (?, 'new')", (number,))
    connection.execute("INSERT INTO tickets VALUES (?, 'new')", (-number,))
    connection.execute("COMMIT")
    if number == 1010:
        print("writing", flush=True)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    connection = sqlite3.connect(tmp_path / "desk.db")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE tickets (number INTEGER PRIMARY KEY, title TEXT)")
    connection.executemany("INSERT INTO tickets VALUES (?, 'old')", [(n,) for n in range(1, 500)])
    connection.commit()
    connection.close()
    return tmp_path / "desk.db"


def test_a_file_is_read_as_of_one_moment_while_another_process_writes(make: Make, file: Path) -> None:
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(file)], stdout=subprocess.PIPE)
    try:
        assert writer.stdout is not None and writer.stdout.readline()
        source = make("sql", url="sqlite:///desk.db", table="tickets", page_rows=100)
        for _ in range(5):
            numbers = [n for page in source.pull({}) for n in page.rows["number"].to_pylist()]
            added = [n for n in numbers if abs(n) >= 1000]
            assert sum(added) == 0 and len(added) >= 20 and len(numbers) - len(added) == 499
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()


def test_an_archive_is_read_once_by_the_hash_of_its_file(make: Make, file: Path) -> None:
    source = make("sql", url="sqlite:///desk.db", table="tickets", archive=True, page_rows=200)
    pages = list(source.pull({}))
    assert [page.rows.num_rows for page in pages] == [200, 200, 99]
    assert list(source.pull(pages[-1].cursor)) == []
    assert [page.rows.num_rows for page in source.pull(pages[0].cursor)] == [200, 99]
    assert not (file.parent / "desk.db-shm").exists()


def test_only_a_file_can_be_an_archive(make: Make) -> None:
    with pytest.raises(ConfigError, match="archive: is for a SQLite file"):
        make("sql", url="postgresql://desk@127.0.0.1/desk", table="t", archive=True)


def test_a_database_in_memory_that_this_process_made_is_read_and_followed(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = sqlite3.connect("file:desk?mode=memory&cache=shared", uri=True, isolation_level=None)
    made.execute("CREATE TABLE tickets (number INTEGER PRIMARY KEY, title TEXT)")
    made.execute("INSERT INTO tickets VALUES (1, 'a')")
    desk = make("sql", url="sqlite:///file:desk?mode=memory&cache=shared", table="tickets", cursor_column="number")
    (first,) = desk.pull({})
    made.execute("INSERT INTO tickets VALUES (2, 'b')")
    (second,) = desk.pull(first.cursor)
    assert [page.rows["number"].to_pylist() for page in (first, second)] == [[1], [2]]
    assert list(tmp_path.iterdir()) == []
    made.close()


def test_a_query_needs_no_file(make: Make) -> None:
    (page,) = make("sql", url="sqlite://", query="SELECT 1 AS number, 'a' AS title").pull({})
    assert page.rows.to_pylist() == [{"number": 1, "title": "a"}]

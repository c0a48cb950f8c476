"""Databases are only read; what is new is found by a column or by comparing the whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from deskbook.errors import ConfigError, MissingExtra, SourceMissing, UnknownName, Unreadable
from deskbook.sources import Source

Make = Callable[..., Source]
URL = "sqlite:///desk.db"
BY = {"url": URL, "table": "tickets", "cursor_column": "updated"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A database of five tickets, two of them changed at the same moment."""
    connection = sqlite3.connect(tmp_path / "desk.db", isolation_level=None)
    connection.execute("CREATE TABLE tickets (number INTEGER PRIMARY KEY, title TEXT, updated TEXT)")
    rows = [(1, "a", "2026-01-01"), (2, "b", "2026-01-02"), (3, "c", "2026-01-03"), (4, "d", "2026-01-03")]
    connection.executemany("INSERT INTO tickets VALUES (?, ?, ?)", [*rows, (5, "e", None)])
    yield connection
    connection.close()


def numbers(source: Source, cursor: Any) -> list[list[int]]:
    return [page.rows["number"].to_pylist() for page in source.pull(cursor)]


def test_a_whole_read_that_fits_one_page_knows_every_key(make: Make, desk: sqlite3.Connection) -> None:
    source = make("sql", url=URL, table="tickets", mapping={"id": "number", "created_at": "updated"})
    (page,) = source.pull({})
    assert (page.rows.num_rows, page.first) == (5, True)
    (batch,) = source.normalise(page)
    assert (batch.present.to_pylist(), len(batch.rejects)) == (["1", "2", "3", "4", "5"], 1)


def test_the_first_whole_read_over_several_pages_says_of_nothing_that_it_is_gone(
    make: Make, desk: sqlite3.Connection
) -> None:
    pages = list(make("sql", url=URL, table="tickets", page_rows=2).pull({}))
    assert [page.present for page in pages] == [None, None, None]
    assert [page.lines.tolist() for page in pages] == [[1, 2], [3, 4], [5]]


def test_a_changed_table_is_read_again_whole(make: Make, desk: sqlite3.Connection) -> None:
    source = make("sql", url=URL, table="tickets")
    (page,) = source.pull({})
    desk.execute("UPDATE tickets SET title = 'z' WHERE number = 1")
    assert numbers(source, page.cursor) == [[1, 2, 3, 4, 5]]


def test_a_cursor_column_gives_only_what_is_new(make: Make, desk: sqlite3.Connection) -> None:
    source = make("sql", **BY)
    (page,) = source.pull({})
    assert list(source.pull(page.cursor)) == []
    desk.execute("UPDATE tickets SET title = 'z', updated = '2026-01-04' WHERE number = 1")
    assert numbers(source, page.cursor) == [[1]]


def test_rows_of_one_moment_are_neither_lost_nor_repeated(make: Make, desk: sqlite3.Connection) -> None:
    source = make("sql", **BY, page_rows=3)
    first = next(source.pull({}))
    assert first.rows["number"].to_pylist() == [1, 2, 3]
    assert numbers(source, first.cursor) == [[4]]
    *_, last = source.pull({})
    desk.execute("INSERT INTO tickets VALUES (6, 'f', '2026-01-03')")
    assert numbers(source, last.cursor) == [[6]]


def test_a_row_without_a_cursor_value_is_set_aside_once(make: Make, desk: sqlite3.Connection) -> None:
    (page,) = make("sql", **BY).pull({})
    assert [(r.column, '"number":5' in r.payload) for r in page.rejects] == [("updated", True)]


def test_a_query_is_read_like_a_table(make: Make, desk: sqlite3.Connection) -> None:
    query = "WITH late AS (SELECT * FROM tickets WHERE title <> ':x') SELECT number, updated FROM late;"
    source = make("sql", url=URL, query=query, cursor_column="updated")
    assert numbers(source, {}) == [[1, 2, 3, 4]]


def test_an_empty_table_is_taken_once(make: Make, desk: sqlite3.Connection) -> None:
    desk.execute("DELETE FROM tickets")
    source = make("sql", url=URL, table="tickets")
    (page,) = source.pull({})
    assert (page.rows.num_rows, page.rows.column_names) == (0, ["number", "title", "updated"])
    assert list(source.pull(page.cursor)) == []


def test_a_missing_table_offers_the_closest(make: Make, desk: sqlite3.Connection) -> None:
    with pytest.raises(SourceMissing, match=r"'ticket', which .* lacks. Did you mean 'tickets'"):
        list(make("sql", url=URL, table="ticket").pull({}))


def test_a_missing_database_file_is_not_made(make: Make, tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match=r"none.db, which is not there"):
        list(make("sql", url="sqlite:///none.db", table="t").pull({}))
    assert not (tmp_path / "none.db").exists()


def test_a_missing_cursor_column_offers_the_closest(make: Make, desk: sqlite3.Connection) -> None:
    with pytest.raises(UnknownName, match=r"'update'. Did you mean 'updated'"):
        list(make("sql", url=URL, table="tickets", cursor_column="update").pull({}))


@pytest.mark.parametrize("url", [URL, "sqlite:///file:{folder}/desk.db"])
def test_the_database_is_opened_so_that_nothing_can_be_written(
    make: Make, desk: sqlite3.Connection, tmp_path: Path, url: str
) -> None:
    from sqlalchemy import text

    source: Any = make("sql", url=url.format(folder=tmp_path), table="tickets")
    with pytest.raises(Unreadable, match="refused to write"), source._database.reading() as reading:
        reading.connection.execute(text("DELETE FROM tickets"))


def test_no_message_shows_a_password(make: Make) -> None:
    secret = "s3cr3t"
    with pytest.raises(ConfigError) as wrong:
        make("sql", url=f"no url with {secret}", table="t")
    with pytest.raises(MissingExtra) as absent:
        list(make("sql", url=f"oracle://u:{secret}@host/db", table="t").pull({}))
    assert secret not in str(wrong.value) + str(absent.value) + repr(wrong.value.__cause__)


def test_a_failing_query_shows_the_url_without_its_password(make: Make, desk: sqlite3.Connection) -> None:
    with pytest.raises(Unreadable, match=r"could not read sqlite:///desk.db: no such column: absent"):
        list(make("sql", url=URL, query="SELECT absent FROM tickets").pull({}))


def test_wrong_options_are_told(make: Make) -> None:
    with pytest.raises(ConfigError, match=r"either table: or query:"):
        make("sql", url=URL)
    with pytest.raises(UnknownName, match=r"'tabel'. Did you mean 'table'"):
        make("sql", url=URL, tabel="t")

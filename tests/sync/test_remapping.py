"""A changed mapping is followed by the rows that were there, whether or not their source still has them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from deskbook.book import Book
from deskbook.catalog import write_catalog
from deskbook.sources import Entry
from deskbook.store import Commit
from deskbook.sync import EntryReport, remapping

from ..conftest import batch, open_book
from ..servers.dask import dask_cluster

MAPPING = {"id": "number", "created_at": "opened", "subject": "title", "team": "desk"}
Desk = Callable[..., Book]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk of one or several entries, opened anew with what their mapping is now."""
    rows = "".join(f"{n},2026-01-0{n},Order {n},Billing,Chat,R{n}\n" for n in range(1, 6))
    (tmp_path / "one.csv").write_text(f"number,opened,title,desk,queue,ref\n{rows}")
    (tmp_path / "deskbook.toml").write_text('[workspace]\nembedding = "words"\n')

    def opened(**entries: Mapping[str, Any]) -> Book:
        file = tmp_path / "catalogs" / "desk.yaml"
        file.unlink(missing_ok=True)
        made = [
            Entry(name=name, kind=one["kind"], source="desk", table="tickets", mapping=one["mapping"],
                  options={"url": one["url"].format(tmp_path), **one["options"]})
            for name, one in entries.items()
        ]  # fmt: skip
        write_catalog(file, "Desk", made)
        return open_book(tmp_path)

    return opened


def synced(book: Book, name: str = "desk") -> EntryReport:
    (report,) = book.sync(name)
    assert report.error == ""
    return report


def teams(book: Book) -> list[Any]:
    return sorted(book.lake.read("tickets", "main", columns=["team"])["team"].to_pylist())


def plain(mapping: Mapping[str, Any], *, kind: str = "files", url: str = "{}/*.csv", **options: Any) -> dict[str, Any]:
    return {"kind": kind, "mapping": dict(mapping), "url": url, "options": options}


def test_rows_follow_the_mapping_though_their_file_is_gone(desk: Desk, tmp_path: Path) -> None:
    synced(desk(desk=plain(MAPPING)))
    (tmp_path / "one.csv").unlink()
    (tmp_path / "two.csv").write_text("number,opened,title,desk,queue,ref\n9,2026-01-09,Order 9,Billing,Mail,R9\n")
    report = synced(book := desk(desk=plain(MAPPING | {"team": "queue"})))
    assert teams(book) == ["Chat"] * 5 + ["Mail"] and "5 were made anew" in report.notes[0]
    before = book.snapshot
    assert synced(book).notes == () and book.snapshot == before


def test_only_what_the_mapping_changes_is_written(desk: Desk) -> None:
    synced(desk(desk=plain(MAPPING)))
    report = synced(desk(desk=plain(MAPPING | {"team": {"field": "desk", "values": {"Sales": "Selling"}}})))
    assert "0 were made anew" in report.notes[0]


def test_other_ids_take_the_place_of_the_ones_before(desk: Desk, tmp_path: Path) -> None:
    synced(desk(desk=plain(MAPPING)))
    (tmp_path / "one.csv").write_text("number,opened,title,desk,queue,ref\n5,2026-01-05,Order 5,Billing,Chat,R5\n")
    synced(book := desk(desk=plain(MAPPING | {"id": "ref"})))
    assert sorted(book.lake.read("tickets", "main")["id"].to_pylist()) == [f"R{n}" for n in range(1, 6)]


def test_what_was_set_aside_is_read_again(desk: Desk) -> None:
    synced(book := desk(desk=plain(MAPPING | {"status": "queue"})))
    assert book.lake.count("tickets", "main") == 0
    report = synced(book := desk(desk=plain(MAPPING | {"status": {"field": "queue", "values": {"Chat": "open"}}})))
    assert book.lake.count("tickets", "main") == 5 and book.lake.count("quarantine", "main") == 0
    assert "pulled again" in report.notes[-1]


def test_rows_that_two_entries_share_are_pulled_again(desk: Desk) -> None:
    entries = {"desk": plain(MAPPING), "other": plain(MAPPING)}
    book = desk(**entries)
    synced(book)
    synced(book, "other")
    report = synced(book := desk(**entries | {"desk": plain(MAPPING | {"team": "queue"})}))
    assert teams(book) == ["Chat"] * 5 and report.notes == ("the mapping changed: everything is pulled again",)


def test_a_ticket_that_its_source_has_no_more_stays_deleted(desk: Desk, tmp_path: Path) -> None:
    con = sqlite3.connect(tmp_path / "desk.db")
    con.executescript("CREATE TABLE t (number INTEGER PRIMARY KEY, opened, title, desk, queue);")
    con.executemany("INSERT INTO t VALUES (?, '2026-01-01', 'x', 'Billing', 'Chat')", [(n,) for n in range(3)])
    con.commit()
    options = {"kind": "sql", "url": "sqlite:///{}/desk.db", "table": "t"}
    synced(desk(desk=plain(MAPPING, **options)))
    con.execute("DELETE FROM t WHERE number = 0")
    con.commit()
    synced(desk(desk=plain(MAPPING, **options)))
    synced(book := desk(desk=plain(MAPPING | {"team": "queue"}, **options)))
    rows = book.lake.read("tickets", "main", order="id").to_pylist()
    assert [(row["status"], row["team"]) for row in rows] == [("deleted", "Billing"), (None, "Chat"), (None, "Chat")]


def test_a_lake_from_before_mappings_were_marked_is_left_as_it_is(desk: Desk) -> None:
    book = desk(desk=plain(MAPPING))
    rows = batch("tickets", [{"id": "old", "created_at": "2026-01-01", "team": "A"}])
    book.lake.commit("main", Commit(entry="desk", source="desk", batches=[rows], cursor={"files": {}}))
    assert synced(book).notes == () and sorted(set(teams(book))) == ["A", "Billing"]


def test_one_desk_s_mapping_leaves_another_tenant_s_rows(desk: Desk) -> None:
    book = desk(desk=plain(MAPPING))
    rows = batch("tickets", [{"id": "1", "created_at": "2026-01-01", "team": "theirs"}])
    book.lake.commit("other", Commit(entry="desk", source="desk", batches=[rows], cursor={}))
    synced(book)
    synced(book := desk(desk=plain(MAPPING | {"team": "queue"})))
    assert book.lake.read("tickets", "other", columns=["team"])["team"].to_pylist() == ["theirs"]


@pytest.mark.parametrize("changed", [{"team": "queue"}, {"id": "ref"}], ids=["another column", "other ids"])
def test_on_a_cluster_rows_are_made_anew_as_they_are_here(
    desk: Desk, changed: dict[str, str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(remapping, "PAGE_ROWS", 2)
    columns = ["id", "team", "subject", "created_at", "raw", "row_hash"]
    found = []
    with dask_cluster() as cluster:
        for address in ("", cluster.address):
            synced(desk(desk=plain(MAPPING)))
            book = desk(desk=plain(MAPPING | changed))
            made = replace(book._means(), scheduler=address)
            with monkeypatch.context() as patch:
                if address:
                    patch.setattr(remapping.mapping, "normalise", None)  # it is the workers' to do
                start = remapping.start(made, "desk", "desk")
            assert "5 were made anew" in start.notes[0] and "done here" not in caplog.text
            found.append(book.lake.read("tickets", "main", columns=columns, order="id").to_pylist())
    assert found[0] == found[1] and len(found[0]) == 5

"""What a sync noticed is among the sources for a day, unless a later one noticed something else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from deskbook.book import Book
from deskbook.catalog import write_catalog
from deskbook.settings import load_settings
from deskbook.sources import Entry

from ..conftest import NOW

MAPPING = {"id": "number", "created_at": "opened"}


def noticed(book: Book) -> list[str]:
    return list(book.sources()["noticed"])


def test_what_was_noticed_stands_beside_the_source_for_a_day(tmp_path: Path) -> None:
    (tmp_path / "1.csv").write_text("number,opened\n1,2026-01-01\n")
    entry = Entry(name="desk", kind="files", source="desk", table="tickets", mapping=MAPPING,
                  options={"url": f"{tmp_path}/*.csv"})  # fmt: skip
    write_catalog(tmp_path / "catalogs" / "desk.yaml", "Desk", [entry])
    at = [NOW]
    book = Book(load_settings(tmp_path, {}), clock=lambda: at[0])
    book.sync()
    assert noticed(book) == [""]
    (tmp_path / "2.csv").write_text("number,opened,plan\n2,2026-01-02,gold\n")
    book.sync()
    (said,) = noticed(book)
    assert "2.csv has other columns than the file before it: new plan; gone none." in said
    book.sync()
    assert noticed(book) == [said]
    at[0] += timedelta(days=1, minutes=1)
    assert noticed(book) == [""]

"""A workspace with a file to add as a source, and drafts of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from deskbook.book import Book
from deskbook.book.drafts import Draft
from deskbook.settings import Settings

from ..conftest import NOW

SECRET = "s3cr3t/w@rd"
HEAD = "Ticket ID,Created,Subject,Status,Urgency,Shoe size\n"


def rows(count: int, status: str = "open") -> str:
    return "".join(f"T-{n},2026-10-{n % 28 + 1:02d} 09:00,Order {n},{status},High,4{n % 10}\n" for n in range(count))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    (tmp_path / "catalogs").mkdir()
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "tickets.csv").write_text(HEAD + rows(60) + "T-60,soon,Odd,open,High,40\n")
    made = Book(Settings(workspace=tmp_path), clock=lambda: NOW)
    yield made
    if "lake" in vars(made):
        made.lake.close()


CSV = Draft(kind="files", name="our_tickets", values={"url": "../exports/tickets.csv"})


def mapped(book: Book, draft: Draft) -> Draft:
    """The draft with the mapping that is proposed for it."""
    look = book.drafts().look(draft)
    return replace(draft, table=look.table, lines=look.lines)


def everything_below(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())

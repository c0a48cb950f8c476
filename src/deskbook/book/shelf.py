"""The open books of this process, one a workspace, so that pages share a hot copy."""

from __future__ import annotations

from pathlib import Path

from deskbook.book.book import Book
from deskbook.settings import load_settings

_BOOKS: dict[Path, Book] = {}


def open_book(workspace: Path | str | None = None) -> Book:
    """The book of a workspace: the one named, else `DESKBOOK_HOME`, else the folder we are in.

    One process holds one book a workspace, so that pages share its hot copy.
    """
    settings = load_settings(workspace)
    book = _BOOKS.get(settings.workspace)
    if book is None or book.settings != settings:
        book = _BOOKS[settings.workspace] = Book(settings)
    return book


def share_book(book: Book) -> None:
    """Make this the book that `open` gives for its workspace in this process."""
    _BOOKS[book.settings.workspace] = book

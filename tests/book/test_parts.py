"""What a book opens, it opens once: also for the copies of it that pages pin."""

from __future__ import annotations

from deskbook.access import Actor

from ..conftest import Workspace, open_book


def test_what_a_pinned_book_opens_is_there_for_the_next(workspace: Workspace) -> None:
    book = open_book(workspace())
    first, second = book.pinned(), book.pinned().pinned()
    assert first is not second and "standings" not in vars(book)
    assert first.standings is second.standings is book.standings
    assert first.saves is second.saves is book.saves and first.lake is book.lake
    book.actor = Actor("somebody", frozenset({"viewer"}))
    assert first.actor is not book.actor

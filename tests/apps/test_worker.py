"""The worker's two hands: one syncs what is due, the other indexes, asks again and delivers."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest

from deskbook.apps.worker import syncing
from deskbook.book import Book

from ..conftest import Workspace, open_book


def test_threads_are_taken_before_both_hands_are_at_the_lake(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To change their number while the other hand reads or commits can make all of them wait for ever."""
    book, taken = open_book(workspace()), list[Any]()

    def threads() -> Any:
        return book.lake.con.cursor().execute("SELECT current_setting('threads')").fetchall()

    monkeypatch.setattr(Book, "watch", lambda self, **given: taken.append(threads()))
    book.lake.con.execute("SET threads = 3")
    with syncing(book, Event(), lambda said: None):
        assert threads() == [(1,)]
    assert taken == [[(1,)]]
    book.lake.close()

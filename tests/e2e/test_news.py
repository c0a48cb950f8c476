"""A row that is new in a database shows on a page that is open, while a worker in a process of its own syncs it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from deskbook.apps.workspace import make_workspace
from deskbook.book import Book
from deskbook.settings import load_settings

from ..benchmarks.bench_news import ENTRY
from .conftest import Tab, serving

WAIT_MILLISECONDS = 120_000
"""Far above the entry's interval: what it takes is measured by the benchmark `news`."""
EVERY_SECONDS = 10


def desk_with_a_database(folder: Path) -> Path:
    """A workspace whose one entry is a table with one row."""
    home = make_workspace(folder / "desk", sample=30)
    for file in (home / "catalogs").glob("*.yaml"):
        file.unlink()
    with closing(sqlite3.connect(home / "news.db")) as con:
        con.execute("CREATE TABLE tickets (id INTEGER PRIMARY KEY, created_at TEXT, team TEXT)")
    insert(home)
    (home / "catalogs" / "news.yaml").write_text(ENTRY.format(database=home / "news.db", every=EVERY_SECONDS), "utf-8")
    book = Book(load_settings(home, {}))
    book.sync("news")
    book.lake.close()
    return home


def insert(home: Path) -> None:
    with closing(sqlite3.connect(home / "news.db")) as con, con:
        con.execute("INSERT INTO tickets (created_at, team) VALUES (?, 'News')", [datetime.now(UTC).isoformat()])


@contextmanager
def watching(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`deskbook sync --watch` of a workspace, until the end."""
    with (home / "watch.log").open("w") as log:
        command = [sys.executable, "-m", "deskbook", "sync", "--watch"]
        watch = subprocess.Popen(command, env=os.environ | {"DESKBOOK_HOME": str(home)}, stdout=log, stderr=log)
    try:
        yield watch
    finally:
        watch.terminate()
        watch.wait(60)


def test_a_new_row_shows_on_an_open_page_without_a_reload(tmp_path: Path, chromium: Any) -> None:
    home = desk_with_a_database(tmp_path)
    with serving(home, "-m", "deskbook", "serve", "--port") as url, watching(home) as watch:
        context = chromium.new_context()
        page = Tab(context.new_page(), url).open("overview?team=News")
        card = page.locator(".card-value").first
        card.filter(has_text="1").wait_for(timeout=WAIT_MILLISECONDS)
        page.evaluate("window.isTheSamePage = true")
        for count in ("2", "3"):
            insert(home)
            card.filter(has_text=count).wait_for(timeout=WAIT_MILLISECONDS)
            assert card.inner_text() == count
        assert page.evaluate("window.isTheSamePage") is True
        assert watch.poll() is None, (home / "watch.log").read_text("utf-8")
        context.close()

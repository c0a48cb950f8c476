"""How long a new row takes to a page that is open, beside a worker: from its commit outside to the card.

The entry is synced every ten seconds, and the row comes at any moment of that; so ten seconds are the interval's, and
what is above them is ours: the pull, the commit, clocks, the copy that pages read, and the page that looks.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, sleep

from playwright.sync_api import Page

from deskbook.apps.workspace import shipped
from deskbook.book import Book
from deskbook.settings import load_settings
from tests.benchmarks import desks
from tests.benchmarks.bench_page import browser, served

TICKETS, ROWS, SEED = 23_000, 15, 5
EVERY_SECONDS = 10
ENTRY = """version: 2
data:
  news_data:
    datatype: deskbook.catalog.datatypes:Sql
    kwargs: {{url: 'sqlite:///{database}', table: tickets, cursor_column: id, sweep: never, folder: '{{CATALOG_DIR}}'}}
entries:
  news:
    reader: deskbook.catalog.readers:Rows
    kwargs: {{args: ['{{data(news_data)}}']}}
    metadata:
      table: tickets
      every: {every}s
      mapping: {{id: id, created_at: created_at, team: team}}
"""


def main() -> dict[str, float]:
    """Seconds from a row's commit to the card of its team, and how much of that is above the interval."""
    took: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        home = prepared(Path(folder) / "desk")
        dice = Random(SEED)
        with served(home) as (url, _), working(home), browser() as tab:
            tab.goto(f"{url}/overview?team=News")
            await_count(tab, 1)
            for count in range(2, ROWS + 2):
                sleep(dice.uniform(0, EVERY_SECONDS))
                insert(home)
                begun = perf_counter()
                await_count(tab, count)
                took.append(perf_counter() - begun)
    took.sort()
    return {
        "rows": len(took),
        "row_to_page_p50_seconds": median(took),
        "row_to_page_max_seconds": took[-1],
        "above_the_interval_seconds": took[-1] - EVERY_SECONDS,
    }


def prepared(home: Path) -> Path:
    """A desk with an entry whose database gets a row now and then."""
    shutil.copytree(desks.sample_files(TICKETS), home, ignore=shutil.ignore_patterns(".deskbook"))
    shutil.copytree(shipped("notebooks"), home / "notebooks", dirs_exist_ok=True)
    begun = Book(load_settings(home, {}))
    begun.sync(workers=os.cpu_count() or 1)
    begun.lake.close()
    for file in (home / "catalogs").glob("*.yaml"):
        file.unlink()
    with sqlite3.connect(home / "news.db") as con:
        con.execute("CREATE TABLE tickets (id INTEGER PRIMARY KEY, created_at TEXT, team TEXT)")
    insert(home)
    (home / "catalogs" / "news.yaml").write_text(ENTRY.format(database=home / "news.db", every=EVERY_SECONDS))
    book = Book(load_settings(home, {}))
    book.sync("news")
    book.lake.close()
    return home


def insert(home: Path) -> None:
    """One more ticket of the team News."""
    with sqlite3.connect(home / "news.db") as con:
        con.execute("INSERT INTO tickets (created_at, team) VALUES (?, 'News')", [datetime.now(UTC).isoformat()])


def await_count(tab: Page, count: int) -> None:
    """Wait until the first card says so many."""
    tab.locator(".card-value").first.filter(has_text=str(count)).wait_for(timeout=120_000)


@contextmanager
def working(home: Path) -> Iterator[None]:
    """A worker of the desk."""
    environ = os.environ | {"DESKBOOK_HOME": str(home)}
    with (home / "worker.log").open("w") as log:
        command = [sys.executable, "-m", "deskbook", "-v", "worker"]
        worker = subprocess.Popen(command, env=environ, stdout=log, stderr=log)
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(60)

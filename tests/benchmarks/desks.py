"""Workspaces of a given size to measure on, made once and kept under .bench."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from time import perf_counter

from deskbook import __version__
from deskbook.apps.workspace import make_workspace
from deskbook.book import Book
from deskbook.settings import load_settings
from deskbook.store import Lake
from deskbook.sync import score_messages

FOLDER = Path(__file__).resolve().parents[2] / ".bench" / "desks"


def sample_files(tickets: int) -> Path:
    """A workspace with its sample files, not synced."""
    folder = FOLDER / f"{__version__}-{tickets}"
    if not (folder / "deskbook.toml").exists():
        shutil.rmtree(folder, ignore_errors=True)
        print(f"making a desk of {tickets:,} tickets …", flush=True)
        make_workspace(folder, sample=tickets, seed=7)
    return folder


def synced(tickets: int) -> Book:
    """A workspace whose rows are in the lake, measured and scored."""
    folder = sample_files(tickets)
    book = Book(load_settings(folder, {}))
    if not all(book.lake.count(table, book.settings.tenant) for table in ("message_scores", "ticket_clocks")):
        book.sync(workers=os.cpu_count() or 1)
    return book


def timed_sync(tickets: int) -> dict[str, float]:
    """Rows a second of a first sync, of a second one, and of scoring; in a fresh lake."""
    folder = sample_files(tickets)
    state = folder / ".deskbook"
    shutil.rmtree(state, ignore_errors=True)
    book = Book(load_settings(folder, {}))
    lake: Lake = book.lake
    from deskbook.sync import sync_entries

    def run() -> tuple[int, float]:
        begun = perf_counter()
        made = sync_entries(lake, book.state, book.catalog, [], tenant="main", clock=book.clock)
        assert all(report.status == "ok" for report in made), [report.error for report in made]
        return sum(table.read for report in made for table in report.tables.values()), perf_counter() - begun

    rows, seconds = run()
    _, again = run()
    begun = perf_counter()
    scored = score_messages(lake, tenant="main", workers=os.cpu_count() or 1)
    return {
        "sync_rows": rows,
        "sync_rows_per_second": rows / seconds,
        "sync_again_seconds": again,
        "scored_messages": scored,
        "scored_messages_per_second": scored / (perf_counter() - begun),
    }

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
from deskbook.store.layout import TABLE_COLUMNS
from deskbook.sync import score_messages

FOLDER = Path(__file__).resolve().parents[2] / ".bench" / "desks"
MULTIPLIED = (
    *("customers", "tickets", "messages", "satisfaction"),
    *("message_scores", "ticket_clocks", "replies", "moves", "promises"),
)
"""What a hot copy is made of, besides teams and agents."""
NAMING = ("id", "ticket_id", "customer_id", "message_id", "merged_into_id", "reply_to_id")
UNSAID = ("text", "comment", "url", "raw")
LATER_SECONDS = 409
"""How much later each further desk lives, so that no two tickets begin at the same moment by design."""


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


def multiplied(tickets: int, times: int) -> Book:
    """A desk of that many tickets and as many again as often as wanted: everything worked out, few texts.

    What is added is the first desk once more, under other ids and some minutes later, with its clocks, promises,
    moves, ratings and moods as they were worked out, by the same teams, and with customers of its own. It has no
    words, payloads or events: those are what a sync and a search read, and no page of numbers does.
    """
    folder = FOLDER / f"{__version__}-{tickets}x{times}"
    made = folder / "whole"
    if not made.exists():
        base = synced(tickets)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(
            base.settings.workspace, folder, ignore=shutil.ignore_patterns("hot", "spill", "sample", "*.lock")
        )
        lake = Book(load_settings(folder, {})).lake
        for copy in range(1, times):
            print(f"a further {tickets:,} tickets, {copy} of {times - 1} …", flush=True)
            _add(lake, copy)
        lake.close()
        made.touch()
    return Book(load_settings(folder, {}))


def _add(lake: Lake, copy: int) -> None:
    """The first desk's rows once more, in one commit."""
    with lake.writing() as con:
        for table in MULTIPLIED:
            columns = TABLE_COLUMNS[table]
            chosen = ", ".join(_again(name, dtype, copy) for name, dtype in columns.items())
            key = "id" if "id" in columns else "ticket_id"
            con.execute(
                f"INSERT INTO lake.{table} BY NAME SELECT {chosen} FROM lake.{table} WHERE NOT contains({key}, '+')"
            )


def _again(name: str, dtype: str, copy: int) -> str:
    """SQL of one column of a further desk."""
    if name in NAMING:
        return f"{name} || '+{copy}' AS {name}"
    if name in UNSAID:
        return f"NULL::{dtype} AS {name}"
    if dtype == "TIMESTAMPTZ":
        return f"{name} + INTERVAL {copy * LATER_SECONDS} SECOND AS {name}"
    return name


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

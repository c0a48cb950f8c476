from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import Any

import pytest

from deskbook.book import Book
from deskbook.errors import UnknownName
from deskbook.schema import TABLES

from ..conftest import Workspace, open_book


@pytest.mark.parametrize(
    ("metric", "key"),
    [
        ("tickets_created", "tickets"),
        ("messages", "messages"),
        ("messages_in", "messages_in"),
        ("messages_out", "messages_out"),
        ("tickets_reopened", "reopened"),
        ("tickets_solved", "solved"),
        ("open_backlog", "open_at_end"),
        ("first_reply_median_minutes", "first_reply_median_minutes"),
        ("first_reply_p90_minutes", "first_reply_p90_minutes"),
    ],
)
def test_a_number_equals_the_ledger(synced: Book, truth: dict[str, Any], metric: str, key: str) -> None:
    assert synced.query(metric).value() == pytest.approx(truth[key], rel=1e-12)


@pytest.mark.parametrize(
    ("by", "key"), [("team", "created_by_team"), ("channel", "by_channel"), ("category", "by_type")]
)
def test_a_breakdown_equals_the_ledger(synced: Book, truth: dict[str, Any], by: str, key: str) -> None:
    found = {row[by]: row["tickets_created"] for row in synced.query("tickets_created", by=by).rows}
    assert found == truth[key]


def test_every_day_equals_the_ledger(synced: Book, truth: dict[str, Any]) -> None:
    found = {row["day"]: row["tickets_created"] for row in synced.query("tickets_created", grain="day").rows}
    assert found == {day: count for day, count in truth["created_by_day"].items() if count}


def test_every_customer_message_has_a_score(synced: Book, truth: dict[str, Any]) -> None:
    assert synced.lake.count("message_scores", "main") == truth["messages_in"]


def test_a_second_sync_of_unchanged_input_writes_nothing_and_makes_no_snapshot(synced: Book) -> None:
    before = synced.snapshot
    reports = synced.sync()
    assert sum(table.written for report in reports for table in report.tables.values()) == 0
    assert synced.snapshot == before


def test_a_file_touched_but_not_changed_is_not_written_again(synced: Book) -> None:
    before = synced.snapshot
    os.utime(synced.settings.workspace / "sample" / "tickets.csv")
    synced.sync()
    assert synced.snapshot == before


def test_one_failing_entry_does_not_stop_the_others(workspace: Workspace) -> None:
    folder = workspace()
    (folder / "sample" / "messages.parquet").unlink()
    reports = {report.name: report for report in open_book(folder).sync()}
    assert reports["sample_messages"].status == "failed" and "messages.parquet" in reports["sample_messages"].error
    assert [name for name, report in reports.items() if report.status == "failed"] == ["sample_messages"]


def test_an_unknown_entry_changes_nothing(workspace: Workspace) -> None:
    book = open_book(workspace())
    with pytest.raises(UnknownName, match="Did you mean 'sample_tickets'"):
        book.sync("sample_ticket")
    assert book.lake.count("tickets", "main") == 0


def test_a_changed_row_in_a_file_is_written_and_the_rest_is_not(workspace: Workspace) -> None:
    folder = workspace()
    book = open_book(folder)
    book.sync("sample_tickets")
    file = folder / "sample" / "tickets.csv"
    file.write_text(file.read_text("utf-8").replace('"Free"', '"Trial"', 1), "utf-8")
    (report,) = book.sync("sample_tickets")
    assert (report.tables["tickets"].read, report.tables["tickets"].written) == (600, 1)


def everything(book: Book) -> dict[str, list[dict[str, Any]]]:
    """All rows and cursors, in an order of their own."""
    names = [*TABLES, "cursors", "quarantine"]
    return {name: sorted(book.lake.read(name, "main").to_pylist(), key=str) for name in names}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this platform cannot kill without warning")
def test_killed_at_any_moment_and_run_again_it_has_the_rows_of_an_undisturbed_run(workspace: Workspace) -> None:
    undisturbed = open_book(workspace("undisturbed", page_rows=150))
    undisturbed.sync()
    folder = workspace("killed", page_rows=150)
    command = [sys.executable, "-m", "deskbook", "--workspace", str(folder), "sync", "--json"]
    watched = open_book(folder)
    for commits in (1, 2, 4, 7):
        wanted = watched.snapshot + commits
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while run.poll() is None and watched.snapshot < wanted:
            time.sleep(0.01)
        assert run.poll() is None, "the sync was over before it could be killed"
        run.kill()
        run.wait()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    assert everything(open_book(folder)) == everything(undisturbed)


def test_the_index_follows_the_snapshot(synced: Book) -> None:
    synced.index()
    assert synced.index() is None
    assert synced.ask("find tickets about refund").claims[0]["counts"]

"""Ten million tickets: the overview's load and filter change, the server's start and memory, the queries of a page.

Not among the benchmarks that `make bench` runs: making the desk takes a quarter of an hour and 20 GB. It is the desk
of a million tickets ten times over (`desks.multiplied`): everything that a page of numbers reads is there, also every
message with its author, moment and mood. Words, payloads and events are only in the first, so searching texts and
syncing are not measured here.
"""

from __future__ import annotations

import shutil
from time import perf_counter

from deskbook.apps.workspace import shipped
from tests.benchmarks import desks
from tests.benchmarks.bench_page import browser, choose_team, measure, ours_ready, served
from tests.benchmarks.bench_spine import queries, serving_memory
from tests.benchmarks.serving import resident_mb

TICKETS, TIMES = 1_000_000, 10


def main() -> dict[str, float]:
    """Milliseconds, seconds and megabytes at 10,000,000 tickets."""
    book = desks.multiplied(TICKETS, TIMES)
    home, lake = book.settings.workspace, book.lake
    shutil.copytree(shipped("notebooks"), home / "notebooks", dirs_exist_ok=True)
    figures: dict[str, float] = {table: lake.count(table, book.settings.tenant) for table in ("tickets", "messages")}
    figures |= queries(book)
    figures["hot_copy_mb"] = max(file.stat().st_size for file in (home / ".deskbook" / "hot").glob("*.duckdb")) / 2**20
    begun = perf_counter()
    with served(home) as (url, pid), browser() as tab:
        figures["ready_seconds"] = perf_counter() - begun
        warm, filtered, cpu = measure(tab, f"{url}/overview", pid, ours_ready, choose_team)
        figures |= {"warm_ms_10m": warm, "filter_ms_10m": filtered, "server_cpu_ms": cpu}
        figures["overview_resident_mb"] = resident_mb(pid)
    figures["all_pages_resident_mb"] = serving_memory(book)
    return figures

"""The spine: sample, sync, scoring, the queries of a page, memory of the server. Medians of the same run."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from statistics import median
from time import perf_counter, sleep

from deskbook.book import Book
from tests.benchmarks import bench_samples, bench_text, desks
from tests.benchmarks.serving import cpu_seconds, resident_mb
from tests.servers.process import free_port

TICKETS = 100_000
PAGE = "-28d"
FILTER = "team = Billing and channel in (chat, email)"
QUERIES: tuple[tuple[str, str, bool], ...] = (
    ("tickets_created,tickets_solved,first_reply_median_minutes,csat_good_pct", "", True),
    ("open_backlog", "", True),
    ("tickets_created", "day,channel", False),
    ("first_reply_median_minutes,first_reply_p90_minutes", "day", False),
    ("first_reply_median_minutes,first_reply_p90_minutes", "team", False),
    ("sentiment_mean", "day", False),
    ("tickets_created", "weekday,hour_of_day", False),
    ("tickets_created,sentiment_negative_pct", "category", True),
)


def main() -> dict[str, float]:
    """Every figure of the spine but the page's; see README for what each must reach."""
    figures = dict(bench_samples.main())
    figures |= bench_text.main()
    figures |= desks.timed_sync(TICKETS)
    book = desks.synced(TICKETS)
    figures |= queries(book)
    figures["serve_resident_mb"] = serving_memory(book)
    return figures


def queries(book: Book) -> dict[str, float]:
    """Milliseconds for the eight queries of a page: under its filter, and over all time without one."""
    begun = perf_counter()
    book.view()
    found = {"hot_copy_seconds": perf_counter() - begun}
    for name, where, period in (("page_queries_ms", FILTER, PAGE), ("page_queries_all_time_ms", None, None)):
        runs = []
        for _ in range(7):
            begun = perf_counter()
            for metrics, by, compare in QUERIES:
                book.query(metrics, by=by, where=where, period=period, compare=compare)
            runs.append(1000 * (perf_counter() - begun))
        found[name] = median(runs)
    return found


def serving_memory(book: Book) -> float:
    """Resident megabytes of `deskbook serve` after each page was opened once and what they began is done."""
    port = free_port()
    command = [sys.executable, "-m", "deskbook", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=os.environ | {"DESKBOOK_HOME": str(book.settings.workspace)})
    try:
        for _ in range(240):
            sleep(0.5)
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=2) as answer:
                    if answer.status == 200:
                        break
            except OSError:
                continue
        pages = sorted(file.stem for file in (book.settings.workspace / "notebooks").glob("*.ipynb"))
        for page in pages:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/{page}", timeout=60).read()
        idle = 0
        while idle < 5:
            before = cpu_seconds(server.pid)
            sleep(1)
            idle = idle + 1 if cpu_seconds(server.pid) - before < 0.05 else 0
        return resident_mb(server.pid)
    finally:
        server.terminate()
        server.wait(30)

"""A million rows of tickets from real servers into the lake, and a tenth of them changed."""

from __future__ import annotations

import multiprocessing
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from deskbook.sources import Clock, Entry, Source, source, utc_now
from deskbook.store import Lake, Leases, Standings, State
from deskbook.sync import Means, Pulled, Rota, sync_entries
from tests.servers.mariadb import mariadb
from tests.servers.postgres import postgres

ROWS, CHANGED = 1_000_000, 100_000
COLUMNS = {
    "id": "number",
    "created_at": "created",
    "updated_at": "updated",
    "subject": "title",
    "status": "state",
    "priority": "urgency",
    "team": "team",
    "agent": "agent",
    "customer_id": "customer",
    "tags": "tags",
}
POSTGRES = f"""
CREATE TABLE tickets AS SELECT n::bigint AS number, '2024-01-01Z'::timestamptz + n * interval '1 minute' AS created,
    '2024-01-02Z'::timestamptz + n * interval '1 minute' AS updated, 'Order ' || n || ' is late, where is it' AS title,
    (array['New', 'resolved', 'On Hold'])[n % 3 + 1] AS state, (array['P1', 'medium', NULL])[n % 3 + 1] AS urgency,
    'Team ' || n % 7 AS team, 'Agent ' || n % 50 AS agent, 'c' || n % 20000 AS customer, 'vip;refund' AS tags
FROM generate_series(1, {ROWS}) n
"""
CHANGE = f"""
UPDATE tickets SET state = 'closed', updated = '2026-06-01Z'::timestamptz + number * interval '1 second'
WHERE number % {ROWS // CHANGED} = 0
"""
MARIADB = (
    "CREATE TABLE tickets (number bigint PRIMARY KEY, created datetime, updated datetime, title varchar(200), "
    "state varchar(20), urgency varchar(20), team varchar(20), agent varchar(20), customer varchar(20), tags text)",
    "INSERT INTO tickets SELECT seq, '2024-01-01' + INTERVAL seq MINUTE, '2024-01-02' + INTERVAL seq MINUTE, "
    "concat('Order ', seq, ' is late, where is it'), elt(seq % 3 + 1, 'New', 'resolved', 'On Hold'), "
    "elt(seq % 3 + 1, 'P1', 'medium', NULL), concat('Team ', seq % 7), concat('Agent ', seq % 50), "
    f"concat('c', seq % 20000), 'vip;refund' FROM seq_1_to_{ROWS}",
)


def main() -> dict[str, float]:
    """Rows a second into the lake and against pandas, seconds of a merge, megabytes of the process at its most."""
    with TemporaryDirectory(prefix="deskbook-ingest-") as made:
        with postgres() as server:
            url = server.create("desk")
            server.run(POSTGRES, "ALTER TABLE tickets ADD PRIMARY KEY (number)", "ANALYZE", database="desk")
            first = _apart(_synced, url, f"{made}/postgres", "updated")
            pandas, pulled = _apart(_framed, url), _apart(_pulled, url)
            server.run(CHANGE, "CREATE INDEX ON tickets (updated)", "ANALYZE", database="desk")
            merged = _apart(_synced, url, f"{made}/postgres", "updated")
        with mariadb() as other:
            url = other.create("desk")
            other.run(*MARIADB, database="desk")
            second = _apart(_synced, url, f"{made}/mariadb", "")
    assert (first["written"], merged["written"], second["written"]) == (ROWS, CHANGED, ROWS)
    return {
        "postgres_rows_per_s": ROWS / first["seconds"],
        "postgres_ratio_read_sql": pandas["seconds"] / first["seconds"],
        "postgres_pull_ratio_read_sql": pandas["seconds"] / pulled["seconds"],
        "mariadb_rows_per_s": ROWS / second["seconds"],
        "merge_100k_into_1m_s": merged["seconds"],
        "memory_mb": max(first["memory_mb"], second["memory_mb"], merged["memory_mb"]),
    }


class _One:
    """A catalog of one entry."""

    def __init__(self, entry: Entry) -> None:
        self._entry, self.names = entry, (entry.name,)

    def entry(self, name: str) -> Entry:
        return self._entry

    def source(self, name: str, clock: Clock) -> Source:
        return source[self._entry.kind](self._entry, clock)


def means_in(state: Path, lake: Lake, entries: Any) -> Means:
    """What a sync of a catalog works with, in a fresh folder."""
    kept = State(f"sqlite:///{state}/deskbook.db")
    return Means(
        lake=lake,
        state=kept,
        standings=Standings(kept.engine, "main"),
        leases=Leases(kept.engine, state / "leases"),
        entries=entries,
        rota=Rota.of(entries),
        tenant="main",
        clock=utc_now,
        pulled=Pulled(state / "pulled", lambda: kept.key("pulled")),
    )


def _synced(url: str, folder: str, cursor_column: str) -> dict[str, float]:
    state = Path(folder)
    lake = Lake(f"sqlite:///{state}/deskbook.db", f"{state}/files", state=state)
    options = {"url": url, "table": "tickets", "cursor_column": cursor_column, "zone": "UTC"}
    entry = Entry(name="desk", kind="sql", source="desk", table="tickets", mapping=COLUMNS, options=options)
    means = means_in(state, lake, _One(entry))
    source["sql"](entry, utc_now).sample(1)  # drivers are loaded by now, as those of pandas are
    begun = perf_counter()
    (report,) = sync_entries(means)
    seconds = perf_counter() - begun
    if report.error:
        raise RuntimeError(report.error)
    return {"seconds": seconds, "written": report.tables["tickets"].written, "memory_mb": most_mb()}


def _framed(url: str) -> dict[str, float]:
    import pandas as pd
    import sqlalchemy as sa

    engine = sa.create_engine(url)
    pd.read_sql("SELECT * FROM tickets LIMIT 1", engine)
    begun = perf_counter()
    pd.read_sql("SELECT * FROM tickets ORDER BY number", engine)
    return {"seconds": perf_counter() - begun}


def _pulled(url: str) -> dict[str, float]:
    """The pages alone, which is what pandas does."""
    options = {"url": url, "table": "tickets", "cursor_column": "updated"}
    own = source["sql"](Entry(name="desk", kind="sql", source="desk", options=options), utc_now)
    own.sample(1)
    begun = perf_counter()
    rows = sum(page.rows.num_rows for page in own.pull({}))
    return {"seconds": perf_counter() - begun, "rows": rows}


def most_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


def _apart(run: Callable[..., dict[str, float]], *given: Any) -> dict[str, float]:
    """What a function finds in a process of its own, whose memory is nobody else's."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(run, given)

"""Sync: each entry's pages become commits; a crash between two of them loses and repeats nothing."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Event
from time import perf_counter
from typing import Any, Final

from deskbook.errors import ConfigError, DeskbookError
from deskbook.sources import Clock, Settling
from deskbook.store import Commit, Lake, Leases, Run, Standing, Standings, State, Written
from deskbook.sync.ahead import Ahead, Ready, joined_by_table
from deskbook.sync.breaker import retrying
from deskbook.sync.feeding import FAILS_BEFORE_FALLBACK
from deskbook.sync.pulled import Pulled
from deskbook.sync.remapping import start
from deskbook.sync.rota import Entries, Rota
from deskbook.sync.turnstile import Turnstile

log = logging.getLogger(__name__)

Progress = Callable[[str, int], None]
THREADS: Final = 4
"""Entries pulled side by side."""
WAIT_SECONDS: Final = 30.0
"""How long a sync by hand waits for an entry that another process is syncing."""


@dataclass(frozen=True)
class EntryReport:
    """What one sync of one entry did.

    Attributes:
        status: ok, failed (pages before the failure are kept), or busy: another process is syncing it.
        tables: counts by standard table.
        error: what happened and the fix; empty when ok.
        instead_of: the entry in whose stead it was pulled; empty where it is its own.
        unfinished: whether it gave way to others before it was through.
        notes: what was noticed about the source and is no fault of a row, such as a new column.
    """

    name: str
    status: str
    seconds: float
    tables: dict[str, Written] = field(default_factory=dict)
    error: str = ""
    instead_of: str = ""
    unfinished: bool = False
    notes: tuple[str, ...] = ()

    @property
    def total(self) -> Written:
        """Counts of all tables together."""
        return sum(self.tables.values(), Written())

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        tables = {
            name: {"read": done.read, "written": done.written, "quarantined": done.quarantined, "gone": done.gone}
            for name, done in self.tables.items()
        }
        return {
            "name": self.name,
            "status": self.status,
            "tables": tables,
            "seconds": round(self.seconds, 3),
            "error": self.error or None,
            **({"instead_of": self.instead_of} if self.instead_of else {}),
            "notes": list(self.notes),
        }


@dataclass(frozen=True, kw_only=True)
class Means:
    """What a sync works with.

    Attributes:
        sleep: how to wait between two tries.
        draw: a random number from 0 to 1.
        progress: told (entry, rows read so far) after each commit.
        changed: called after each commit that made a snapshot.
        give_way: told when a sync began, after each of its pages: whether it is to end here and go on later.
        turn: who commits next, of the threads that pull.
        pulled: where pages are kept that are yet to be committed; without it each is a commit of its own.
        scheduler: address of a Dask cluster that makes rows anew when a mapping changed; empty does it here.
    """

    lake: Lake
    state: State
    standings: Standings
    leases: Leases
    entries: Entries
    rota: Rota
    tenant: str
    clock: Clock
    sleep: Callable[[float], object] = time.sleep
    draw: Callable[[], float] = random.random
    progress: Progress | None = None
    changed: Callable[[], None] = lambda: None
    give_way: Callable[[datetime], bool] = lambda begun_at: False
    turn: Turnstile = field(default_factory=Turnstile)
    pulled: Pulled | None = None
    scheduler: str = ""

    def now(self) -> datetime:
        """The clock's time, naive UTC as the state holds it."""
        return self.clock().astimezone(UTC).replace(tzinfo=None)


def sync_entries(means: Means, names: Sequence[str] = (), *, threads: int = THREADS) -> list[EntryReport]:
    """Bring entries up to date, several side by side; one that fails does not stop the others.

    An entry that fails again is followed by its fallback. Who is paused is left out unless named.

    Args:
        names: entries to sync; all when empty, but those that only stand in for another.

    Raises:
        UnknownName: a name the catalog does not hold; nothing is changed then.
    """
    for name in names:
        if name not in means.rota.names:
            means.entries.entry(name)
    standings = means.standings.all()
    unpaused = [name for name in means.rota.firsts if not standings.get(name, Standing()).paused_at]
    chosen = list(names) or unpaused
    stop = Event()
    means = replace(means, give_way=lambda begun_at: stop.is_set())
    with ThreadPoolExecutor(min(threads, len(chosen)) or 1, thread_name_prefix="sync") as pool:
        try:
            found = list(pool.map(lambda name: _with_fallbacks(means, name), chosen))
        except BaseException:  # Ctrl-C: what is being pulled ends after its page, and the rest is not begun
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [report for reports in found for report in reports]


def _with_fallbacks(means: Means, name: str) -> list[EntryReport]:
    reports = []
    links = means.rota.links(name)
    for one in links:
        reports.append(sync_entry(means, one, wait_seconds=WAIT_SECONDS))
        if reports[-1].status != "failed" or means.standings.of(one).failures < FAILS_BEFORE_FALLBACK:
            break
    return reports


def sync_entry(means: Means, name: str, *, wait_seconds: float = 0.0, seen: Standing | None = None) -> EntryReport:
    """Pull one entry once, with its tries; only one process and thread at a time does.

    Args:
        wait_seconds: how long to wait for another who is at it.
        seen: how it stood when it was found due; where another pulled it since then, it is left alone.
    """
    begun = perf_counter()
    with means.leases.taken(means.tenant, name, wait_seconds) as is_ours:
        if is_ours:
            held = means.standings.of(name)
            if seen is None or held.begun_at == seen.begun_at:
                return _sync_leased(means, name, held)
    said = f"Entry '{name}' is being synced by another process, where it goes on. Try again when that is through."
    return EntryReport(name, "busy", perf_counter() - begun, error=said)


def _sync_leased(means: Means, name: str, held: Standing) -> EntryReport:
    started_at, begun = means.now(), perf_counter()
    tables: dict[str, Written] = {}
    notes: list[str] = []
    error, unfinished = "", False
    try:
        unfinished = retrying(means.sleep, means.draw)(_pull, means, name, tables, notes, started_at)
    except DeskbookError as failure:
        error = str(failure)
    except Exception as failure:  # the worker's loop: whatever one source throws, the others go on
        log.exception("sync of %s failed", name)
        error = f"Unexpected {type(failure).__name__}: {failure}"
    first = means.rota.first(name)
    report = EntryReport(
        name=name,
        status="failed" if error else "ok",
        seconds=perf_counter() - begun,
        tables=tables,
        error=error,
        instead_of="" if first == name else first,
        unfinished=unfinished,
        notes=tuple(notes),
    )
    _write_down(means, report, started_at, held)
    return report


def _write_down(means: Means, report: EntryReport, started_at: datetime, held: Standing) -> None:
    total, name = report.total, report.name
    means.state.add_run(
        means.tenant,
        Run(
            entry=name,
            started_at=started_at,
            seconds=report.seconds,
            status=report.status,
            error=report.error,
            rows_read=total.read,
            rows_written=total.written,
            rows_quarantined=total.quarantined,
        ),
    )
    means.standings.note(name, **after(held, report, started_at, means.now()))
    if report.notes:
        means.standings.notice(name, " ".join(_sentence(note) for note in report.notes), means.now())
    first = means.rota.first(name)
    standings = means.standings.all()
    feeding = "" if first == name else name
    is_feeder = report.status == "ok" and means.rota.feeds(name, standings) == name
    if is_feeder and standings.get(first, Standing()).feeding != feeding:
        means.standings.note(first, feeding=feeding)
        log.info("feeding tenant=%s entry=%s by=%s", means.tenant, first, name)
    log.info(
        "sync tenant=%s entry=%s rows=%d seconds=%.2f %s",
        means.tenant,
        name,
        total.read,
        report.seconds,
        report.status,
    )


def _sentence(note: str) -> str:
    return f"{note[:1].upper()}{note[1:].rstrip('.')}."


def after(held: Standing, report: EntryReport, begun_at: datetime, ended_at: datetime) -> dict[str, Any]:
    """What a sync changes of how its entry stands (naive UTC)."""
    total, is_good = report.total, report.status == "ok"
    changes: dict[str, Any] = {
        "begun_at": begun_at,
        "ended_at": ended_at,
        "unfinished": report.unfinished,
        "error": report.error,
        "failures": 0 if is_good else held.failures + 1,
        "has_rows": held.has_rows or total.read > 0,
    }
    if is_good:
        changes["good_at"] = begun_at
        changes["idle"] = 0 if total.written or report.unfinished else held.idle + 1
    if total.written:
        changes["row_at"] = ended_at
    return changes


def _pull(means: Means, name: str, tables: dict[str, Written], notes: list[str], started_at: datetime) -> bool:
    """Commit the pages of an entry, small ones several at once; whether it gave way before the last.

    Rows of a fallback go under the `source` of the entry in whose stead it is pulled, so they are the same rows.
    """
    if name in means.rota.problems:
        means.entries.entry(name)  # what does not resolve says so itself, as it is now
        raise ConfigError(means.rota.problems[name])
    key = means.entries.entry(means.rota.first(name)).source
    source = means.entries.source(name, means.clock)
    begin = start(means, name, key)
    cursor = begin.cursor
    notes += begin.notes
    settled = source.settled if isinstance(source, Settling) else None
    if settled:
        settled(cursor)
    shelf = means.pulled.of(means.tenant, means.entries.entry(name)) if means.pulled and not settled else None
    gave_way = False
    with Ahead(source, cursor, shelf, name, means.lake.ready) as ahead:
        for group in ahead.groups():
            is_news = _committed(means, name, key, group, tables, begin.mark)
            notes += [note for one in group for note in one.page.notes]
            if settled:
                settled(group[-1].page.cursor)
            if is_news:
                means.changed()
            if means.progress:
                means.progress(name, sum(table.read for table in tables.values()))
            if not gave_way and means.give_way(started_at):
                gave_way = True
                ahead.stop()
    return gave_way


def _committed(
    means: Means, name: str, key: str, group: Sequence[Ready], tables: dict[str, Written], mark: Mapping[str, Any]
) -> bool:
    """Commit some pages at once, and count their rows; whether a snapshot was made.

    Args:
        mark: what the cursor is kept with.
    """
    first, last = group[0].page, group[-1].page
    rejects = tuple(reject for one in group for reject in one.page.rejects)
    commit = Commit(
        entry=name,
        source=key,
        batches=joined_by_table(group),
        cursor={**last.cursor, **mark},
        origin=first.origin,
        rejects=rejects,
        first=first.first,
    )
    with means.turn:
        done = means.lake.commit(means.tenant, commit)
        is_news = means.lake.made_snapshot
    read: dict[str, int] = {}
    for batch in (batch for one in group for batch in one.batches):
        read[batch.table] = read.get(batch.table, 0) + batch.read
    for table, written in done.items():
        tables[table] = tables.get(table, Written()) + replace(written, read=read[table])
    for reject in rejects:
        tables[reject.table] = tables.get(reject.table, Written()) + Written(read=1, quarantined=1)
    return is_news

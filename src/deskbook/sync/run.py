"""Sync: each entry's pages become commits; a crash between two of them loses and repeats nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from time import perf_counter
from typing import Any, Protocol

from deskbook.errors import DeskbookError
from deskbook.sources import Clock, Entry, Settling, Source
from deskbook.store import Commit, Lake, Run, State, Written

log = logging.getLogger(__name__)

Progress = Callable[[str, int], None]


class Entries(Protocol):
    """What sync needs of a catalog."""

    @property
    def names(self) -> Sequence[str]:
        """Entry names, in catalog order."""

    def entry(self, name: str) -> Entry:
        """One entry, resolved."""

    def source(self, name: str, clock: Clock) -> Source:
        """The part that reads it."""


@dataclass(frozen=True)
class EntryReport:
    """What one sync of one entry did.

    Attributes:
        status: ok or failed; pages before the failure are kept.
        tables: counts by standard table.
        error: what happened and the fix; empty when ok.
    """

    name: str
    status: str
    seconds: float
    tables: dict[str, Written] = field(default_factory=dict)
    error: str = ""

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
        }


def sync_entries(
    lake: Lake,
    state: State,
    entries: Entries,
    names: Sequence[str],
    *,
    tenant: str,
    clock: Clock,
    progress: Progress | None = None,
) -> list[EntryReport]:
    """Bring entries up to date, one after the other; one that fails does not stop the others.

    Args:
        names: entries to sync, in order; all when empty.
        progress: told (entry, rows read so far) after each commit.

    Raises:
        UnknownName: a name the catalog does not hold; nothing is changed then.
    """
    chosen = list(names) or list(entries.names)
    for name in names:
        if name not in entries.names:
            entries.entry(name)
    return [_sync_one(lake, state, entries, name, tenant, clock, progress) for name in chosen]


def _sync_one(
    lake: Lake, state: State, entries: Entries, name: str, tenant: str, clock: Clock, progress: Progress | None
) -> EntryReport:
    started_at, begun = clock(), perf_counter()
    tables: dict[str, Written] = {}
    error = ""
    try:
        _pull(lake, entries, name, tenant, clock, tables, progress)
    except DeskbookError as failure:
        error = str(failure)
    except Exception as failure:  # the worker's loop: whatever one source throws, the others go on
        log.exception("sync of %s failed", name)
        error = f"Unexpected {type(failure).__name__}: {failure}"
    report = EntryReport(name, "failed" if error else "ok", perf_counter() - begun, tables, error)
    total = sum(tables.values(), Written())
    state.add_run(
        tenant,
        Run(
            entry=name,
            started_at=started_at.astimezone(UTC).replace(tzinfo=None),
            seconds=report.seconds,
            status=report.status,
            error=error,
            rows_read=total.read,
            rows_written=total.written,
            rows_quarantined=total.quarantined,
        ),
    )
    log.info("sync tenant=%s entry=%s rows=%d seconds=%.2f %s", tenant, name, total.read, report.seconds, report.status)
    return report


def _pull(
    lake: Lake,
    entries: Entries,
    name: str,
    tenant: str,
    clock: Clock,
    tables: dict[str, Written],
    progress: Progress | None,
) -> None:
    entry = entries.entry(name)
    source = entries.source(name, clock)
    cursor = lake.cursor(tenant, name)
    settled = source.settled if isinstance(source, Settling) else None
    if settled:
        settled(cursor)
    for page in source.pull(cursor):
        done = lake.commit(
            tenant,
            Commit(
                entry=name,
                source=entry.source,
                batches=source.normalise(page),
                cursor=page.cursor,
                origin=page.origin,
                rejects=page.rejects,
                first=page.first,
            ),
        )
        for table, written in done.items():
            tables[table] = tables.get(table, Written()) + written
        for reject in page.rejects:
            tables[reject.table] = tables.get(reject.table, Written()) + Written(read=1, quarantined=1)
        if settled:
            settled(page.cursor)
        if progress:
            progress(name, sum(table.read for table in tables.values()))

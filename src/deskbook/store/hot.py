"""The hot copy: narrow, enum-typed tables made from one snapshot of the lake.

Its tables are those of `deskbook.store.hottables`; metrics are written over them.
"""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from threading import Lock, Thread
from time import monotonic
from typing import Final

import duckdb

from deskbook.errors import DeskbookError, StoreError
from deskbook.store.hotfiles import HotFiles, Wanted
from deskbook.store.hotfill import fill
from deskbook.store.hotrenew import renew
from deskbook.store.hottables import searching
from deskbook.store.lake import Lake

log = logging.getLogger(__name__)
PATIENCE_SECONDS: Final = 30.0
"""How long a copy that another process is to make is waited for."""
ROWS_A_THREAD: Final = 10_000_000
"""Messages of a copy from which one more thread of DuckDB shortens its queries."""


@dataclass(frozen=True)
class HotView:
    """One hot copy: a connection on which `tickets`, `messages`, `flow` and `desk` are its tables.

    Attributes:
        name: of the attached database it is.
        data_until: the newest moment the data speaks of (UTC); None when there is none.
        carried_at: beginnings of months (UTC) whose open tickets the table `carried` holds, in order.
    """

    con: duckdb.DuckDBPyConnection
    name: str
    snapshot: int
    zone: str
    tenant: str
    data_until: datetime | None
    carried_at: tuple[datetime, ...] = ()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of its own for one caller; cursors may work side by side."""
        con = self.con.cursor()
        con.execute(f"SET search_path = '{_own(self.name)}.main,{self.name}.main'")
        return con


def _name(snapshot: int, zone: str, tenant: str) -> str:
    """The copy's database: one of its own, so that it is gone at once when it is let go."""
    return f"s{snapshot}_{hashlib.sha256(json.dumps([zone, tenant]).encode()).hexdigest()[:12]}"


def _own(name: str) -> str:
    """The database beside a copy that holds what this process looked for in its texts."""
    return f"{name}_own"


class HotCopies:
    """The hot copies of one lake in this process: the newest one, and old ones while receipts need them.

    Args:
        files: where copies lie for all processes; without them each copy is made in this one's memory.
    """

    def __init__(self, lake: Lake, files: HotFiles | None = None) -> None:
        self._lake, self._files = lake, files
        self._views: dict[str, HotView] = {}
        self._newest: dict[tuple[str, str], str] = {}
        self._refreshing: set[tuple[str, str]] = set()
        self._awaited: dict[tuple[str, str], float] = {}
        self._turn = Lock()
        self._making = Lock()

    def fit_threads(self) -> None:
        """Take as many threads as the desk is worth, before several threads of this process are at it."""
        _fit_threads(self._lake.con.cursor(), "lake")

    def view(self, tenant: str, zone: str, snapshot: int | None = None) -> HotView:
        """The copy of a snapshot (the newest when absent), made if it is not there yet.

        Raises:
            StoreError: the snapshot does not exist or has been expired.
        """
        wanted = self._lake.snapshot() if snapshot is None else snapshot
        name = _name(wanted, zone, tenant)
        found = self._views.get(name)
        if found is None:
            with self._making:
                found = self._views.get(name) or self._build(name, tenant, zone, wanted)
        with self._turn:
            self._views[name] = found
            if snapshot is None:
                self._retire(name, (tenant, zone))
        return found

    def ready(self, tenant: str, zone: str, *, others_make: bool = False, looks: bool = True) -> HotView:
        """The newest copy that is made, for who must not wait; one of a newer snapshot is made meanwhile.

        Args:
            looks: whether it is looked for a newer snapshot, which asks the lake's catalog.
            others_make: another process makes the copy of a snapshot once all of it is worked out. Then only what that
                made is taken, unless nothing comes for PATIENCE_SECONDS: no copy of a snapshot in between is made.

        Raises:
            StoreError: none is made yet, and none can be.
        """
        key = (tenant, zone)
        with self._turn:
            found = self._views.get(self._newest.get(key, ""))
        if found is None:
            return self.view(tenant, zone)
        if not looks:
            return found
        target = self._target(found, key, others_make)
        if target != found.snapshot:
            with self._turn:
                is_first = key not in self._refreshing
                self._refreshing.add(key)
            if is_first:
                Thread(target=self._refresh, args=(*key, target), name="hot-copy", daemon=True).start()
        return found

    def is_coming(self, tenant: str, zone: str) -> bool:
        """Whether a copy of a newer snapshot is being made or opened in this process."""
        with self._turn:
            return (tenant, zone) in self._refreshing

    def _target(self, found: HotView, key: tuple[str, str], others_make: bool) -> int:
        """The snapshot whose copy is to be shown next; that which is shown already where there is to be no other."""
        newest = self._lake.snapshot()
        if newest == found.snapshot or not others_make or self._files is None:
            self._awaited.pop(key, None)
            return newest
        made = self._files.newest(
            (*self._lake.place, *key), newest, lambda number: _moment(self._lake.con.cursor(), number)
        )
        if made > found.snapshot:
            self._awaited.pop(key, None)
            return made
        waited = monotonic() - self._awaited.setdefault(key, monotonic())
        return newest if waited > PATIENCE_SECONDS else found.snapshot

    def _refresh(self, tenant: str, zone: str, snapshot: int) -> None:
        try:
            shown = self.view(tenant, zone, snapshot)
            with self._turn:
                self._retire(shown.name, (tenant, zone))
        except DeskbookError as error:
            log.warning("the newest snapshot is not shown yet: %s", error)
        finally:
            with self._turn:
                self._refreshing.discard((tenant, zone))

    def _retire(self, name: str, key: tuple[str, str]) -> None:
        """Drop the copy that was newest two moves ago: a query in flight may still read the last one."""
        last = self._newest.get(key)
        if last == name:
            return
        for old in [n for n, v in self._views.items() if (v.tenant, v.zone) == key and n not in (name, last)]:
            del self._views[old]
            self._let_go(old)
        self._newest[key] = name

    def _build(self, name: str, tenant: str, zone: str, snapshot: int) -> HotView:
        con = self._lake.con.cursor()

        wanted = Wanted(
            of=(*self._lake.place, tenant, zone),
            snapshot=snapshot,
            moment=lambda number: _moment(con, number),
            make=lambda database: fill(con, database, tenant, zone, snapshot),
            renew=lambda database, base: renew(con, database, tenant, zone, (base, snapshot)),
        )
        if not wanted.moment(snapshot):
            raise StoreError(f"Snapshot {snapshot} does not exist or has been expired.")
        try:
            self._let_go(name)
            if self._files:
                self._files.attach(con, name, wanted)
            else:
                con.execute(f"ATTACH ':memory:' AS {name} (COMPRESS)")
                wanted.make(name)
            con.execute(f"ATTACH ':memory:' AS {_own(name)}")
            for statement in searching(name, _own(name), snapshot, tenant):
                con.execute(statement)
            until, months = con.execute(f"SELECT data_until, carried_at FROM {name}.desk").fetchall()[0]
            _fit_threads(con, name)
        except duckdb.Error as error:
            raise StoreError(f"Snapshot {snapshot} cannot be read: {str(error).splitlines()[0]}") from error
        return HotView(con, name, snapshot, zone, tenant, until, tuple(months))

    def _let_go(self, name: str) -> None:
        for database in (_own(name), name):
            self._lake.con.cursor().execute(f"DETACH DATABASE IF EXISTS {database}")


def _fit_threads(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """As many threads a query as a copy's size is worth.

    A page asks many short questions at once, each from a thread of its own. DuckDB's threads that find no part of one
    turn in circles, and take a sixth of the processor time from who answers the next.

    The number must not change in passing: for that DuckDB ends its threads, and where one of them was reading or
    committing to the lake just then, all of them wait for each other for ever.
    """
    rows = con.execute(f"SELECT count(*) FROM {name}.messages").fetchall()[0][0]
    con.execute(f"SET threads = {min(_most_threads(), 1 + rows // ROWS_A_THREAD)}")


@cache
def _most_threads() -> int:
    """How many threads DuckDB takes by itself on this machine."""
    with duckdb.connect() as con:
        return int(con.execute("SELECT current_setting('threads')").fetchall()[0][0])


def _moment(con: duckdb.DuckDBPyConnection, snapshot: int) -> str:
    """When a snapshot was made: it tells a lake from another one made anew in its place; empty where there is none."""
    found = con.execute("SELECT snapshot_time FROM lake.snapshots() WHERE snapshot_id = $1", [snapshot]).fetchone()
    return found[0].isoformat() if found else ""

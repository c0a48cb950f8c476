"""The hot copy: narrow, enum-typed tables in memory, made from one snapshot of the lake.

Its tables are those of `deskbook.store.hottables`; metrics are written over them.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock, Thread

import duckdb

from deskbook.errors import DeskbookError, StoreError
from deskbook.store.carried import carry
from deskbook.store.hottables import (
    CODES,
    DIMENSIONS,
    FACTS,
    FIRST,
    MOOD,
    NO_WORD,
    TAGGED,
    TICKETS,
    WORDS,
    dimensions_of,
    filled,
    searching,
)
from deskbook.store.lake import Lake

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class HotView:
    """One hot copy: a connection on which `tickets`, `messages`, `flow` and `desk` are its tables.

    Attributes:
        data_until: the newest moment the data speaks of (UTC); None when there is none.
        carried_at: beginnings of months (UTC) whose open tickets the table `carried` holds, in order.
    """

    con: duckdb.DuckDBPyConnection
    snapshot: int
    zone: str
    tenant: str
    data_until: datetime | None
    carried_at: tuple[datetime, ...] = ()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of its own for one caller; cursors may work side by side."""
        con = self.con.cursor()
        con.execute(f"USE {_name(self.snapshot, self.zone, self.tenant)}.main")
        return con


def _name(snapshot: int, zone: str, tenant: str) -> str:
    """The copy's database: one of its own, so that it is compressed, and gone at once when it is let go."""
    words = f"{zone}_{tenant}".lower()
    return f"s{snapshot}_" + "".join(letter if letter.isalnum() else "_" for letter in words)


class HotCopies:
    """The hot copies of one lake in this process: the newest one, and old ones while receipts need them."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self._views: dict[str, HotView] = {}
        self._newest: dict[tuple[str, str], str] = {}
        self._refreshing: set[tuple[str, str]] = set()
        self._turn = Lock()
        self._making = Lock()

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

    def ready(self, tenant: str, zone: str) -> HotView:
        """The newest copy that is made, for who must not wait; one of a newer snapshot is made meanwhile.

        Raises:
            StoreError: none is made yet, and none can be.
        """
        key = (tenant, zone)
        with self._turn:
            found = self._views.get(self._newest.get(key, ""))
        if found is None:
            return self.view(tenant, zone)
        if found.snapshot != self._lake.snapshot():
            with self._turn:
                is_first = key not in self._refreshing
                self._refreshing.add(key)
            if is_first:
                Thread(target=self._refresh, args=key, name="hot-copy", daemon=True).start()
        return found

    def _refresh(self, tenant: str, zone: str) -> None:
        try:
            self.view(tenant, zone)
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
            self._lake.con.cursor().execute(f"DETACH DATABASE IF EXISTS {old}")
        self._newest[key] = name

    def _build(self, name: str, tenant: str, zone: str, snapshot: int) -> HotView:
        con = self._lake.con.cursor()
        hot = f"{name}.main"
        bound = {"tenant": tenant, "zone": zone}
        try:
            con.execute(f"DETACH DATABASE IF EXISTS {name}")
            con.execute(f"ATTACH ':memory:' AS {name} (COMPRESS)")
            for held, words in CODES.values():
                con.execute(f"CREATE TYPE {hot}.{held} AS ENUM {words}")
            for table, sql in FIRST.items():
                _create(con, f"{hot}.{table}", filled(sql, hot, snapshot), bound)
            _fact(con, hot, "tickets", filled(TICKETS, hot, snapshot), DIMENSIONS, bound)
            _create(con, f"{hot}.plain", TAGGED.format(hot=hot), bound)
            _coded(con, hot, ("tag",), "tagged")
            con.execute(f"DROP TABLE {hot}.plain")
            for table, sql in FACTS.items():
                _fact(con, hot, table, filled(sql, hot, snapshot), WORDS[table], bound)
            for table in FIRST:
                con.execute(f"DROP TABLE {hot}.{table}")
            con.execute(f"CREATE TABLE {hot}.flow AS FROM {hot}.flow_then WHERE move <> 'moved'")
            months = carry(con, hot, dimensions_of("t"), bound)
            con.execute(
                f"CREATE TABLE {hot}.desk AS SELECT greatest((SELECT max(moved_at) FROM {hot}.flow), "
                f"(SELECT max(sent_at) FROM {hot}.messages)) AS data_until"
            )
            for statement in searching(hot, snapshot, tenant):
                con.execute(statement)
            con.execute(f"CHECKPOINT {name}")
            row = con.execute(f"SELECT data_until FROM {hot}.desk").fetchone()
        except duckdb.Error as error:
            raise StoreError(f"Snapshot {snapshot} cannot be read: {str(error).splitlines()[0]}") from error
        return HotView(con, snapshot, zone, tenant, row[0] if row else None, months)


def _fact(
    con: duckdb.DuckDBPyConnection, hot: str, table: str, sql: str, words: Sequence[str], bound: dict[str, str]
) -> None:
    """One table of the copy, its words as enums; compressed before the next one is made."""
    _create(con, f"{hot}.plain", sql, bound)
    _coded(con, hot, (*words, MOOD), table)
    con.execute(f"DROP TABLE {hot}.plain")
    con.execute(f"CHECKPOINT {hot.removesuffix('.main')}")


def _create(con: duckdb.DuckDBPyConnection, table: str, sql: str, bound: dict[str, str]) -> None:
    con.execute(f"CREATE TABLE {table} AS {sql}", {name: value for name, value in bound.items() if f"${name}" in sql})


def _coded(con: duckdb.DuckDBPyConnection, hot: str, columns: Sequence[str], made: str) -> None:
    """The table `plain` with some of its columns as enums: smaller, and faster to group and compare."""
    casts = []
    for column in columns:
        if column in CODES:
            casts.append(f"{column}::{hot}.{CODES[column][0]} AS {column}")
            continue
        found = f"SELECT DISTINCT {column}::VARCHAR FROM {hot}.plain WHERE {column} IS NOT NULL ORDER BY 1"
        words = con.execute(f"SELECT count(*) FROM ({found})").fetchone()
        listed = found if words and words[0] else NO_WORD
        con.execute(f"CREATE TYPE {hot}.{column}_words AS ENUM ({listed})")
        casts.append(f"{column}::{hot}.{column}_words AS {column}")
    con.execute(f"CREATE TABLE {hot}.{made} AS SELECT * REPLACE ({', '.join(casts)}) FROM {hot}.plain")

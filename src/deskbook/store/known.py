"""Which rows a source has in a table already, kept in memory from page to page of one sync.

Without it each page would read the keys of all pages before it from the lake. Keys are hashes: two ids
of one hash only cost a needless delete, since rows are deleted by their id.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import duckdb
import pyarrow as pa

Key = tuple[str, str, str]
KEPT: Final = 8
"""Tables remembered at once, more only where one commit writes to more."""


@dataclass
class _Held:
    name: str
    snapshot: int


class Known:
    """The keys of the last few (table, tenant, source) written to, as DuckDB tables of (id_hash, row_hash)."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._held: OrderedDict[Key, _Held] = OrderedDict()
        self._count = 0

    def tables(self, keys: Collection[Key], snapshot: int) -> dict[Key, str]:
        """The rows held at a snapshot, by key; read from the lake unless this process wrote them.

        Args:
            keys: table, tenant and source of all that one commit writes to; none of them is given up for another.
        """
        names = {key: self._table(key, snapshot) for key in keys}
        while len(self._held) > max(KEPT, len(names)):
            self.forget(next(iter(self._held)))
        return names

    def _table(self, key: Key, snapshot: int) -> str:
        held = self._held.get(key)
        if held is None or held.snapshot != snapshot:
            held = self._read(key, snapshot)
        self._held.move_to_end(key)
        return held.name

    def _read(self, key: Key, snapshot: int) -> _Held:
        self.forget(key)
        self._count += 1
        held = self._held[key] = _Held(f"memory.main.deskbook_known_{self._count}", snapshot)
        table, tenant, source = key
        con = self._con.cursor()  # a connection of its own: the caller's transaction may write to the lake alone
        con.execute(
            f"CREATE TABLE {held.name} AS SELECT hash(id) AS id_hash, row_hash FROM lake.{table} "
            "WHERE tenant = $1 AND source = $2",
            [tenant, source],
        )
        con.close()
        return held

    def settle(self, written: dict[Key, pa.Table], new: Collection[Key], before: int, after: int) -> None:
        """Add what a commit wrote; forget all if anyone else wrote in between.

        Args:
            written: id_hash and row_hash of the rows written, by key.
            new: the keys of which no row was there before.
            before: the snapshot the commit was made on.
            after: the snapshot it made.
        """
        if after not in (before, before + 1):
            self.forget_all()
            return
        con = self._con.cursor()
        for key, held in self._held.items():
            rows = written.get(key)
            if rows is not None and rows.num_rows:
                con.register("wrote", rows)
                if key not in new:
                    con.execute(f"DELETE FROM {held.name} WHERE id_hash IN (SELECT id_hash FROM wrote)")
                con.execute(f"INSERT INTO {held.name} FROM wrote")
                con.unregister("wrote")
            held.snapshot = after
        con.close()

    def forget_all(self) -> None:
        """Read everything from the lake again when it is next asked for."""
        for key in list(self._held):
            self.forget(key)

    def forget(self, key: Key) -> None:
        """Read the rows of a key from the lake again when they are next asked for."""
        held = self._held.pop(key, None)
        if held:
            self._con.execute(f"DROP TABLE IF EXISTS {held.name}")

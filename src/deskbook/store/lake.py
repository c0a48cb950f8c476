"""The lake: one commit writes rows, their cursor and their quarantine together, or nothing."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from filelock import FileLock

from deskbook.errors import StoreError, UnknownName
from deskbook.schema import TABLES, Batch, Reject, quarantine_table
from deskbook.store import layout
from deskbook.store.engine import connect
from deskbook.store.gone import OWN_EVENT, set_gone
from deskbook.store.known import Key, Known

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Written:
    """Rows of one table in one commit: held by the source, new or changed, set aside, and gone from the source."""

    read: int = 0
    written: int = 0
    quarantined: int = 0
    gone: int = 0

    def __add__(self, other: Written) -> Written:
        return Written(
            self.read + other.read,
            self.written + other.written,
            self.quarantined + other.quarantined,
            self.gone + other.gone,
        )


@dataclass(frozen=True, kw_only=True)
class Commit:
    """One page, ready to be written.

    Attributes:
        entry: catalog entry the page came from; its cursor is kept under this name.
        source: value of the rows' source key.
        batches: rows by standard table.
        cursor: what the next pull starts from; None leaves the old one.
        rejects: lines that could not be read as rows at all.
        origin: where the page came from.
        first: whether earlier quarantine rows of this origin are now out of date.
    """

    entry: str
    source: str
    batches: Sequence[Batch]
    cursor: Mapping[str, Any] | None
    origin: str = ""
    rejects: Sequence[Reject] = field(default_factory=tuple)
    first: bool = False


class Lake:
    """One workspace's tables, in one process. Cheap to open; safe beside other processes."""

    def __init__(self, database_url: str, files_url: str, *, state: Path, encrypted: bool = True) -> None:
        state.mkdir(parents=True, exist_ok=True)
        self.place = (database_url, files_url)
        self._lock = FileLock(state / "commit.lock")
        with self._lock:
            self.con = connect(database_url, files_url, spill=state / "spill", encrypted=encrypted)
            layout.create(self.con)
        self._known = Known(self.con)

    def close(self) -> None:
        """Let go of the files; the lake can be opened again."""
        self.con.close()

    def snapshot(self, con: duckdb.DuckDBPyConnection | None = None) -> int:
        """Number of the newest snapshot."""
        row = (con or self.con.cursor()).execute("FROM lake.current_snapshot()").fetchone()
        return int(row[0]) if row else 0

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A transaction under the commit lock; rolled back if the body raises."""
        con = self.con.cursor()
        with self._lock:
            con.execute("BEGIN")
            try:
                yield con
                con.execute("COMMIT")
            except BaseException:
                con.execute("ROLLBACK")  # whatever happened, a half-written page must not stay
                raise
            finally:
                con.close()

    def commit(self, tenant: str, commit: Commit) -> dict[str, Written]:
        """Write one page: new and changed rows, quarantine and cursor, in one snapshot.

        Returns:
            Counts by table. A page that changes nothing makes no snapshot.
        """
        with self._lock:
            before = self.snapshot()
            keys = [(batch.table, tenant, commit.source) for batch in commit.batches]
            held = {key: self._known.table(key, before) for key in keys}
            hashes: dict[Key, pa.Table] = {}
            counts: dict[str, Written] = {}
            with self.writing() as con:
                for key, batch in zip(keys, commit.batches, strict=True):
                    counts[batch.table] = self._upsert(con, key, batch, held[key])
                    hashes[key] = con.execute("SELECT hash(id) AS id_hash, row_hash FROM staged").to_arrow_table()
                self._quarantine(con, tenant, commit)
                self._set_cursor(con, tenant, commit)
            self._known.settle(hashes, before, self.snapshot())
            for key, batch in zip(keys, commit.batches, strict=True):
                if batch.replaces or counts[batch.table].gone:  # rows were removed, which are not known any more
                    self._known.forget(key)
        return counts

    def _upsert(self, con: duckdb.DuckDBPyConnection, key: Key, batch: Batch, held: str) -> Written:
        """Stage the batch, leave out what is there unchanged, write the rest in place of its older rows."""
        table, tenant, source = key
        layout.stage(con, table, tenant, source, batch.rows, batch.raw)
        own, bound = f"lake.{table} WHERE tenant = $1 AND source = $2", [tenant, source]
        wrong = f"{own} AND id NOT IN (SELECT id FROM staged) AND NOT starts_with(id, '{OWN_EVENT}')"
        if batch.replaces and _one(con, f"SELECT count(*) FROM {wrong}", bound):
            con.execute(f"DELETE FROM {wrong}", bound)
        gone = set_gone(con, tenant, source, batch)
        con.execute(
            f"DELETE FROM staged USING {held} h WHERE h.id_hash = hash(staged.id) AND h.row_hash = staged.row_hash"
        )
        changed = f"SELECT id FROM staged WHERE hash(id) IN (SELECT id_hash FROM {held})"
        if _one(con, f"SELECT count(*) FROM ({changed})"):
            con.execute(f"DELETE FROM {own} AND id IN ({changed})", bound)
        written = _one(con, "SELECT count(*) FROM staged")
        if written:
            con.execute(f"INSERT INTO lake.{table} BY NAME FROM staged")
        return Written(batch.read, written, len(batch.rejects), gone)

    def _quarantine(self, con: duckdb.DuckDBPyConnection, tenant: str, commit: Commit) -> None:
        rejects = [*commit.rejects, *(reject for batch in commit.batches for reject in batch.rejects)]
        if commit.first:
            held = "FROM lake.quarantine WHERE tenant = $1 AND entry = $2 AND origin = $3"
            where = [tenant, commit.entry, commit.origin]
            if con.execute(f"SELECT 1 {held} LIMIT 1", where).fetchone():
                con.execute(f"DELETE {held}", where)
        if rejects:
            con.register("rejected", quarantine_table(rejects))
            con.execute(
                "INSERT INTO lake.quarantine BY NAME SELECT $1 AS tenant, $2 AS source, $3 AS entry, * FROM rejected",
                [tenant, commit.source, commit.entry],
            )
            con.unregister("rejected")

    def _set_cursor(self, con: duckdb.DuckDBPyConnection, tenant: str, commit: Commit) -> None:
        if commit.cursor is None or dict(commit.cursor) == self.cursor(tenant, commit.entry, con):
            return
        con.execute("DELETE FROM lake.cursors WHERE tenant = $1 AND entry = $2", [tenant, commit.entry])
        text = json.dumps(commit.cursor, sort_keys=True, default=str)
        con.execute("INSERT INTO lake.cursors VALUES ($1, $2, $3)", [tenant, commit.entry, text])

    def cursor(self, tenant: str, entry: str, con: duckdb.DuckDBPyConnection | None = None) -> dict[str, Any]:
        """Where the next pull of an entry starts; empty before its first."""
        row = (
            (con or self.con.cursor())
            .execute("SELECT cursor FROM lake.cursors WHERE tenant = $1 AND entry = $2", [tenant, entry])
            .fetchone()
        )
        return dict(json.loads(row[0])) if row else {}

    def read(
        self,
        table: str,
        tenant: str,
        *,
        columns: Sequence[str] = (),
        where: str = "",
        params: Mapping[str, Any] | None = None,
        order: str = "",
        limit: int | None = None,
        snapshot: int | None = None,
    ) -> pa.Table:
        """Rows of one lake table of one tenant.

        Args:
            columns: names to read; all but `raw` and `row_hash` when empty.
            where: SQL condition written by Deskbook's own code, values bound through `params`.
            order: SQL order written by Deskbook's own code.
            snapshot: as of this snapshot; the newest when absent.
        """
        if table not in layout.TABLE_COLUMNS:
            raise UnknownName("lake table", table, layout.TABLE_COLUMNS)
        names = list(columns) or [c for c in layout.TABLE_COLUMNS[table] if c not in ("raw", "row_hash")]
        for name in names:
            if name not in layout.TABLE_COLUMNS[table]:
                raise UnknownName(f"column of {table}", name, layout.TABLE_COLUMNS[table])
        sql = f"SELECT {', '.join(names)} FROM lake.{table}{at(snapshot)} WHERE tenant = $tenant"
        sql += f" AND ({where})" if where else ""
        sql += f" ORDER BY {order}" if order else ""
        sql += f" LIMIT {int(limit)}" if limit is not None else ""
        try:
            return self.con.cursor().execute(sql, {"tenant": tenant, **(params or {})}).to_arrow_table()
        except duckdb.Error as error:
            raise StoreError(f"Reading {table} failed: {str(error).splitlines()[0]}") from error

    def count(self, table: str, tenant: str) -> int:
        """Rows of one table of one tenant."""
        if table not in layout.TABLE_COLUMNS:
            raise UnknownName("lake table", table, layout.TABLE_COLUMNS)
        row = self.con.cursor().execute(f"SELECT count(*) FROM lake.{table} WHERE tenant = $1", [tenant]).fetchone()
        return int(row[0]) if row else 0

    def raw(self, table: str, tenant: str, source: str, id: str) -> str | None:
        """The source's own payload of one row, as JSON text."""
        rows = self.read(
            table, tenant, columns=["raw"], where="source = $source AND id = $id", params={"source": source, "id": id}
        )
        return str(rows["raw"][0].as_py()) if rows.num_rows else None


def _one(con: duckdb.DuckDBPyConnection, sql: str, bound: Sequence[Any] = ()) -> int:
    row = con.execute(sql, list(bound)).fetchone()
    return int(row[0]) if row else 0


def at(snapshot: int | None) -> str:
    """The SQL that reads a lake table as of a snapshot."""
    return "" if snapshot is None else f" AT (VERSION => {int(snapshot)})"


__all__ = ["TABLES", "Commit", "Lake", "Written", "at"]

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

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Written:
    """Rows of one table in one commit: held by the source, new or changed, set aside."""

    read: int = 0
    written: int = 0
    quarantined: int = 0

    def __add__(self, other: Written) -> Written:
        return Written(self.read + other.read, self.written + other.written, self.quarantined + other.quarantined)


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
        self._lock = FileLock(state / "commit.lock")
        with self._lock:
            self.con = connect(database_url, files_url, encrypted=encrypted)
            layout.create(self.con)

    def close(self) -> None:
        """Let go of the files; the lake can be opened again."""
        self.con.close()

    def snapshot(self, con: duckdb.DuckDBPyConnection | None = None) -> int:
        """Number of the newest snapshot."""
        row = (con or self.con.cursor()).execute("FROM lake.current_snapshot()").fetchone()
        return int(row[0]) if row else 0

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A transaction under the commit lock; rolled back unless the body says it wrote."""
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
        with self.writing() as con:
            counts = {batch.table: self._upsert(con, tenant, commit.source, batch) for batch in commit.batches}
            self._quarantine(con, tenant, commit)
            self._set_cursor(con, tenant, commit)
        return counts

    def _upsert(self, con: duckdb.DuckDBPyConnection, tenant: str, source: str, batch: Batch) -> Written:
        layout.stage(con, batch.table, tenant, source, batch.rows, batch.raw)
        table = f"lake.{batch.table}"
        known = con.execute(
            f"SELECT 1 FROM {table} WHERE tenant = $1 AND source = $2 LIMIT 1", [tenant, source]
        ).fetchone()
        if known:
            con.execute(
                f"CREATE OR REPLACE TEMP TABLE held AS SELECT id, row_hash FROM {table} "
                "WHERE tenant = $1 AND source = $2",
                [tenant, source],
            )
            if batch.replaces:
                gone = "id IN (SELECT id FROM held WHERE id NOT IN (SELECT id FROM staged))"
                self._delete(con, table, tenant, source, gone)
            con.execute(
                "DELETE FROM staged WHERE EXISTS (FROM held "
                "WHERE held.id = staged.id AND held.row_hash = staged.row_hash)"
            )
            changed = "id IN (SELECT id FROM held WHERE id IN (SELECT id FROM staged))"
            self._delete(con, table, tenant, source, changed)
        row = con.execute("SELECT count(*) FROM staged").fetchone()
        written = int(row[0]) if row else 0
        if written:
            con.execute(f"INSERT INTO {table} BY NAME FROM staged")
        return Written(batch.read, written, len(batch.rejects))

    @staticmethod
    def _delete(con: duckdb.DuckDBPyConnection, table: str, tenant: str, source: str, rows: str) -> None:
        """Delete by a condition over temp tables; skipped when it names no row."""
        ids = con.execute(f"SELECT count(*) FROM held WHERE {rows}").fetchone()
        if ids and ids[0]:
            con.execute(f"DELETE FROM {table} WHERE tenant = $1 AND source = $2 AND {rows}", [tenant, source])

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


def at(snapshot: int | None) -> str:
    """The SQL that reads a lake table as of a snapshot."""
    return "" if snapshot is None else f" AT (VERSION => {int(snapshot)})"


__all__ = ["TABLES", "Commit", "Lake", "Written", "at"]

"""The lake: one commit writes rows, their cursor and their quarantine together, or nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa

from deskbook.errors import UnknownName
from deskbook.schema import TABLES, Batch, Reject, quarantine_table
from deskbook.settings import Storage
from deskbook.store import layout
from deskbook.store.cursors import Cursors
from deskbook.store.database import make_schemas, open_database
from deskbook.store.engine import connect
from deskbook.store.failures import telling
from deskbook.store.gone import OWN_EVENT, note_back, set_gone
from deskbook.store.known import Key, Known
from deskbook.store.locks import Lock, lock_of
from deskbook.store.objectstore import Access
from deskbook.store.places import Place
from deskbook.store.staging import LARGE_PAGE_ROWS, Staging, given_back, stage, unstage_same

log = logging.getLogger(__name__)
MERGES: Final = "[[merges]]"
"""The entry under whose name the lake keeps which sources are merged, and what came of it."""


def as_it_came(tenant: str) -> str:
    """The tenant under which rows of merged sources lie as they came."""
    return f"{tenant} (as it came)"


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
    """One workspace's tables, in one process. Cheap to open; safe beside other processes.

    Attributes:
        con: the connection that reads.
        place: database and files, as messages name them.
        made_snapshot: whether the newest commit of this process changed anything.
    """

    def __init__(
        self,
        database_url: str,
        files_url: str,
        *,
        state: Path,
        encrypted: bool = True,
        storage: Storage | None = None,
    ) -> None:
        """Open it, and make what is not there yet.

        Args:
            database_url: SQLAlchemy URL of its catalog (`sqlite:///…` or `postgresql://…`).
            files_url: folder or `s3://bucket/prefix` of its Parquet.
            state: folder of this machine's own files.
            storage: how the object store is reached.

        Raises:
            ConfigError: an address is none that a lake can lie at.
            StoreError: database or files cannot be reached; names the cause and the fix.
        """
        state.mkdir(parents=True, exist_ok=True)
        self._at = Place.of(database_url, files_url, storage)
        self.place = self._at.names
        self._state, self._engine = state, open_database(self._at.database)
        self._lock = lock_of(self._engine, state, "commit")
        self._encrypted = encrypted
        try:
            self.con = self._opened()
        except BaseException:
            self._engine.dispose()  # nobody gets this lake to close it
            raise
        self._access = [Access(self.con, self._at)]
        self._known, self._cursors = Known(self.con), Cursors()
        self._writer, self._staging = self.con, Staging()
        self.made_snapshot = False

    def _opened(self) -> duckdb.DuckDBPyConnection:
        # A catalog in PostgreSQL is opened beside a commit; one that is yet to be made is made by one at a time.
        with nullcontext() if make_schemas(self._engine) else self._lock.held():
            con = self._connected()
            is_whole = not layout.changes(con)
        if not is_whole:
            with self._lock.held(), telling(self._at, "The lake's tables cannot be made"):
                layout.create(con)
        return con

    def _connected(self) -> duckdb.DuckDBPyConnection:
        return connect(self._at, spill=self._state / "spill", encrypted=self._encrypted)

    def _fit_for(self, rows: int) -> None:
        """From the first large page on, commit through a DuckDB of its own with one thread.

        A page is one morsel of work, which one thread does; with more of them the one that waits turns in a circle
        and takes the interpreter's lock each time round, from whoever reads the next page.
        """
        if self._writer is self.con and rows >= LARGE_PAGE_ROWS:
            self._writer = self._connected()
            self._writer.execute("SET threads = 1")
            given_back(self._writer)
            self._access.append(Access(self._writer, self._at))
            self._known.forget_all()  # the memory of the connection that goes on to read
            self._known = Known(self._writer)

    def close(self) -> None:
        """Let go of the files; the lake can be opened again."""
        self._staging.close()
        self._writer.close()
        self.con.close()
        self._engine.dispose()

    def turn(self, name: str) -> Lock:
        """The turn to do one thing, of all who work on this lake, on whichever machine."""
        return lock_of(self._engine, self._state, name)

    def snapshot(self, con: duckdb.DuckDBPyConnection | None = None) -> int:
        """Number of the newest snapshot."""
        self._renew()
        with telling(self._at, "The lake's newest snapshot cannot be told"):
            row = (con or self.con.cursor()).execute("FROM lake.current_snapshot()").fetchone()
        return int(row[0]) if row else 0

    def _renew(self) -> None:
        for access in self._access:
            access.renew()

    @contextmanager
    def writing(self, by: duckdb.DuckDBPyConnection | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """A transaction under the commit lock; rolled back if the body raises.

        Args:
            by: the connection it is made a cursor of; the one that reads when absent.

        Raises:
            StoreError: the database or the files cannot be reached, or the turn was lost; nothing is written then.
        """
        self._renew()
        con = (by or self.con).cursor()
        with self._lock.held(), telling(self._at, "Writing to the lake failed"):
            con.execute("BEGIN")
            try:
                yield con
                self._lock.check()
                con.execute("COMMIT")
            except BaseException:
                with suppress(duckdb.Error):  # a commit that failed is rolled back, and a lost connection has done so
                    con.execute("ROLLBACK")  # whatever happened, a half-written page must not stay
                raise
            finally:
                con.close()

    def ready(self, batch: Batch) -> Batch:
        """A large batch with what a commit would make of it first; that goes on beside the commit of another."""
        return self._staging.ready(batch)

    def commit(self, tenant: str, commit: Commit) -> dict[str, Written]:
        """Write one page: new and changed rows, quarantine and cursor, in one snapshot.

        Returns:
            Counts by table. A page that changes nothing makes no snapshot.
        """
        with self._lock.held():
            self._fit_for(max((batch.rows.num_rows for batch in commit.batches), default=0))
            before = self.snapshot(self._writer.cursor())
            self._cursors.begin(before)
            own = as_it_came(tenant)
            apart = self._cursors.known(self.con.cursor(), own, MERGES).cursor.get("sources", ())
            kept = own if commit.source in apart else tenant
            keys = [(batch.table, kept, commit.source) for batch in commit.batches]
            held = self._known.tables(keys, before)
            hashes: dict[Key, pa.Table] = {}
            new: set[Key] = set()
            counts: dict[str, Written] = {}
            with self.writing(self._writer) as con:
                for key, batch in zip(keys, commit.batches, strict=True):
                    counts[batch.table], is_new = self._upsert(con, key, batch, held[key])
                    new |= {key} if is_new else set()
                    hashes[key] = con.execute("SELECT hash(id) AS id_hash, row_hash FROM staged").to_arrow_table()
                self._quarantine(con, tenant, commit)
                if commit.cursor is not None:
                    self._cursors.write(con, tenant, commit.entry, commit.cursor)
            after = self.snapshot(self._writer.cursor())
            self.made_snapshot = after != before
            self._known.settle(hashes, new, before, after)
            self._cursors.settle(before, after)
            for key, batch in zip(keys, commit.batches, strict=True):
                if batch.replaces or counts[batch.table].gone:  # rows were removed, which are not known any more
                    self._known.forget(key)
        return counts

    def _upsert(self, con: duckdb.DuckDBPyConnection, key: Key, batch: Batch, held: str) -> tuple[Written, bool]:
        """Stage the batch, leave out what is there unchanged, write the rest in place of its older rows.

        Returns:
            Its counts, and whether no row of it was there before.
        """
        table, tenant, source = key
        stage(con, tenant, source, batch)
        own, bound = f"lake.{table} WHERE tenant = $1 AND source = $2", [tenant, source]
        wrong = f"{own} AND id NOT IN (SELECT id FROM staged) AND NOT starts_with(id, '{OWN_EVENT}')"
        if batch.replaces and _one(con, f"SELECT count(*) FROM {wrong}", bound):
            con.execute(f"DELETE FROM {wrong}", bound)
        gone = set_gone(con, tenant, source, batch)
        there = f"staged s JOIN {held} h ON h.id_hash = hash(s.id)"
        both = con.execute(f"SELECT count(*), count(*) FILTER (h.row_hash = s.row_hash) FROM {there}").fetchone()
        found, same = both or (0, 0)
        if same:
            unstage_same(con, held)
        if found > same:
            if table == "tickets":
                note_back(con, tenant, source)
            changed = f"SELECT id FROM staged WHERE hash(id) IN (SELECT id_hash FROM {held})"
            con.execute(f"DELETE FROM {own} AND id IN ({changed})", bound)
        written = _one(con, "SELECT count(*) FROM staged")
        if written:
            con.execute(f"INSERT INTO lake.{table} BY NAME FROM staged")
        return Written(batch.read, written, len(batch.rejects), gone), not found

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

    def apart(self, tenant: str) -> frozenset[str]:
        """The sources whose rows lie apart, as they came, since their tickets are merged with those of others."""
        return frozenset(self.cursor(as_it_came(tenant), MERGES).get("sources", ()))

    def cursor(self, tenant: str, entry: str, con: duckdb.DuckDBPyConnection | None = None) -> dict[str, Any]:
        """Where the next pull of an entry starts; empty before its first."""
        return self._cursors.read(con or self.con.cursor(), tenant, entry)

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
        self._renew()
        with telling(self._at, f"Reading {table} failed"):
            return self.con.cursor().execute(sql, {"tenant": tenant, **(params or {})}).to_arrow_table()

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


__all__ = ["MERGES", "TABLES", "Commit", "Lake", "Written", "as_it_came", "at"]

"""Taking turns: between the processes of one machine by a locked file, between machines by a lock of PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import local
from typing import Any, Final, Protocol

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from deskbook.errors import StoreError
from deskbook.store.database import number_of
from deskbook.store.failures import said

WAIT_SECONDS: Final = 600
"""How long somebody else's turn may last: many times what the largest commit takes."""
SILENT_SECONDS: Final = 30
"""After that long without a sign, a machine that holds a turn is asked whether it is still there."""
_SETTLED: Final = text(
    "SELECT set_config('lock_timeout', :wait, true), set_config('statement_timeout', '0', true), "
    "set_config('idle_in_transaction_session_timeout', '0', true), set_config('tcp_keepalives_idle', :silent, true), "
    "set_config('tcp_keepalives_interval', '5', true), set_config('tcp_keepalives_count', '3', true)"
)
_HOLDER: Final = text(
    "SELECT a.pid, a.application_name, coalesce(a.client_addr::text, 'this machine') AS address, a.xact_start "
    "FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.locktype = 'advisory' AND l.granted "
    "AND ((l.classid::bigint << 32) | l.objid::bigint) = :number AND a.pid <> pg_backend_pid() LIMIT 1"
)


class Lock(Protocol):
    """One thing that one at a time may do. The one who holds it may take it again; it ends with its process."""

    def held(self, *, wait: bool = True) -> AbstractContextManager[bool]:
        """Whether it is ours inside; always, where one waits for it."""

    def check(self) -> None:
        """Raise StoreError where it is ours no more, as after a broken connection."""


class FolderLock:
    """A turn between the processes of one machine, or of those that share a folder."""

    def __init__(self, folder: Path, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(folder / f"{name}.lock")

    @contextmanager
    def held(self, *, wait: bool = True) -> Iterator[bool]:
        """Whether it is ours inside; always, where one waits for it."""
        try:
            self._lock.acquire(timeout=-1 if wait else 0)
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            self._lock.release()

    def check(self) -> None:
        """Nothing: a file stays locked while its process lives."""


class DatabaseLock:
    """A turn between machines: a lock of the transaction that holds it, so the server ends it with its connection."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine, self._name, self._number = engine, name, number_of(name)
        self._own = local()

    @contextmanager
    def held(self, *, wait: bool = True) -> Iterator[bool]:
        """Whether it is ours inside; always, where one waits for it.

        Raises:
            StoreError: the database cannot be reached, or another has had it for ten minutes.
        """
        depth = getattr(self._own, "depth", 0)
        if not depth:
            con = self._taken(wait)
            if con is None:
                yield False
                return
            self._own.con = con
        self._own.depth = depth + 1
        try:
            yield True
        finally:
            self._own.depth = depth
            if not depth:
                self._own.con.close()

    def check(self) -> None:
        """Raise StoreError where the connection that holds it is gone, and somebody else may have it."""
        try:
            self._own.con.execute(text("SELECT 1"))
        except SQLAlchemyError:
            raise StoreError(
                "The connection to PostgreSQL broke while something was written: nothing of it is kept, "
                "and the next sync begins there."
            ) from None

    def _taken(self, wait: bool) -> Connection | None:
        con: Connection | None = None
        try:
            con = self._engine.connect()
            con.execute(_SETTLED, {"wait": f"{WAIT_SECONDS}s", "silent": str(SILENT_SECONDS)})
            call = "pg_advisory_xact_lock" if wait else "pg_try_advisory_xact_lock"
            found = con.scalar(text(f"SELECT {call}(:number)"), {"number": self._number})
        except BaseException as error:  # also Ctrl-C while waiting: the connection must not stay in the queue
            if con is not None:
                con.close()
            if getattr(getattr(error, "orig", None), "sqlstate", None) == "55P03":
                raise StoreError(self._whose()) from None
            if isinstance(error, SQLAlchemyError):
                raise said(error, self._engine.url) from None
            raise
        if found is False:
            con.close()
            return None
        return con

    def _whose(self) -> str:
        with self._engine.connect() as con:
            row: Any = con.execute(_HOLDER, {"number": self._number}).mappings().first()
        if row is None:
            return f"The turn to {self._name} was not to be had within {WAIT_SECONDS} s. Fix: try again."
        return (
            f"Another process has held the turn to {self._name} for over {WAIT_SECONDS} s: {row['application_name']} "
            f"at {row['address']}, since {row['xact_start']:%H:%M:%S}. Fix: look at it; SELECT "
            f"pg_terminate_backend({row['pid']}) ends its turn, and nothing half written stays."
        )


def lock_of(engine: Engine, folder: Path, name: str) -> Lock:
    """The lock of that name for all who work on the same lake.

    Args:
        engine: of the application's database.
        folder: where locked files lie, with SQLite.
    """
    return DatabaseLock(engine, name) if engine.url.get_backend_name() == "postgresql" else FolderLock(folder, name)

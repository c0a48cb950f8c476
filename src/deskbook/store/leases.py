"""One pull of an entry at a time, in all processes; whoever dies lets go.

With a lake in a file it is a lock on a file beside it, with PostgreSQL one of the server's advisory locks, which also
holds between machines.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

LOOK_SECONDS: Final = 0.2


class Leases:
    """The right to pull an entry, taken for as long as a pull takes.

    Args:
        folder: of the lock files.
        sleep: how to wait for one that is taken.
    """

    def __init__(self, engine: Engine, folder: Path, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._engine, self._folder, self._sleep = engine, folder, sleep
        self._is_server = engine.dialect.name == "postgresql"

    @contextmanager
    def taken(self, tenant: str, entry: str, wait_seconds: float = 0.0) -> Iterator[bool]:
        """Whether the lease is ours, after waiting so long for who has it; it ends with the block."""
        key = hashlib.sha256(f"{tenant}\0{entry}".encode()).hexdigest()
        held = self._on_server(key, wait_seconds) if self._is_server else self._in_file(key, wait_seconds)
        with held as is_ours:
            yield is_ours

    @contextmanager
    def _in_file(self, key: str, wait_seconds: float) -> Iterator[bool]:
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._folder / f"{key[:16]}.lock")
        try:
            lock.acquire(timeout=wait_seconds, poll_interval=LOOK_SECONDS)
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            lock.release()

    @contextmanager
    def _on_server(self, key: str, wait_seconds: float) -> Iterator[bool]:
        number = {"number": int(key[:15], 16)}
        left = wait_seconds
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as con:
            while not (is_ours := bool(con.scalar(text("SELECT pg_try_advisory_lock(:number)"), number))) and left > 0:
                self._sleep(LOOK_SECONDS)
                left -= LOOK_SECONDS
            try:
                yield is_ours
            finally:
                if is_ours:
                    # With a connection that broke, the server has let go already.
                    with suppress(SQLAlchemyError):
                        con.execute(text("SELECT pg_advisory_unlock(:number)"), number)

"""Hot copies as files: made once, by whichever process is first, and read by all of this machine.

A file is named by what it is a copy of, and by how copies are made; one that stands under its name is whole. It is
encrypted where the lake is, with a key from the application's state, where the lake's own keys lie too.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import duckdb
from filelock import FileLock

from deskbook.store import carried, hotfill, hottables

log = logging.getLogger(__name__)
KEPT: Final = 3
"""Files that stay: the newest, and those that processes may still be about to open."""
MAKING: Final = ".making"


class HotFiles:
    """A folder of hot copies.

    Args:
        key: encrypts them; empty leaves them plain.
    """

    def __init__(self, folder: Path, key: str = "") -> None:
        self._folder, self._key = folder, key
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(folder / "making.lock")

    def attach(
        self, con: duckdb.DuckDBPyConnection, name: str, identity: Sequence[str], make: Callable[[str], None]
    ) -> None:
        """Attach the copy of that identity as the database `name`, to be read; made first if it is not there.

        Args:
            make: fills an empty database of the name it is given.
        """
        digest = hashlib.sha256(json.dumps([*identity, made_how()]).encode()).hexdigest()
        path = self._folder / f"{digest[:24]}.duckdb"
        if path.exists():
            try:
                self._open(con, path, name)
                return
            except duckdb.Error as error:
                log.warning("a hot copy cannot be read and is made again: %s", str(error).splitlines()[0])
                path.unlink(missing_ok=True)
        with self._lock:
            if not path.exists():
                self._make(con, path, name, make)
        self._open(con, path, name)

    def _open(self, con: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
        con.execute(f"ATTACH {_quoted(str(path))} AS {name} ({', '.join(['READ_ONLY', *self._secret])})")
        os.utime(path)  # it is in use: among the newest

    def _make(self, con: duckdb.DuckDBPyConnection, path: Path, name: str, make: Callable[[str], None]) -> None:
        for left in self._folder.glob(f"*{MAKING}*"):
            left.unlink(missing_ok=True)  # of a process that was stopped
        making = path.with_suffix(MAKING)
        options = f" ({', '.join(self._secret)})" if self._secret else ""
        con.execute(f"ATTACH {_quoted(str(making))} AS {name}{options}")
        try:
            make(name)
        finally:
            con.execute(f"DETACH {name}")
        os.replace(making, path)
        newest = sorted(self._folder.glob("*.duckdb"), key=lambda one: one.stat().st_mtime, reverse=True)
        for old in newest[KEPT:]:
            try:
                old.unlink(missing_ok=True)
            except OSError:  # where an open file cannot be removed, a later turn does it
                log.debug("an old hot copy is still open")

    @property
    def _secret(self) -> list[str]:
        return [f"ENCRYPTION_KEY {_quoted(self._key)}"] if self._key else []


@cache
def made_how() -> str:
    """What differs as soon as copies are made in another way."""
    sources = [Path(str(module.__file__)).read_bytes() for module in (hottables, hotfill, carried)]
    return hashlib.sha256(b"".join([duckdb.__version__.encode(), *sources])).hexdigest()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

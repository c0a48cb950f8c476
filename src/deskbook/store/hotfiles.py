"""Hot copies as files: made once, by whichever process is first, and read by all of this machine.

A file is named by what it is a copy of, and by how copies are made; one that stands under its name is whole. One of an
earlier snapshot is brought to a later one where that is quicker. Files are encrypted where the lake is, with a key from
the application's state, where the lake's own keys lie too.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shutil import copyfile
from typing import Final

import duckdb
from filelock import FileLock

from deskbook.store import carried, hotfill, hotrenew, hottables
from deskbook.store.places import quoted

log = logging.getLogger(__name__)
KEPT: Final = 3
"""Files that stay: the newest, and those that processes may still be about to open."""
MAKING: Final = ".making"


@dataclass(frozen=True)
class Wanted:
    """The copy that is asked for.

    Attributes:
        of: the lake, tenant and zone it is of.
        moment: when a snapshot was made, as the lake says; empty where it has none of that number.
        make: fills an empty database of the name it is given.
        renew: brings a database from a snapshot to the wanted one; False where it cannot.
    """

    of: tuple[str, ...]
    snapshot: int
    moment: Callable[[int], str]
    make: Callable[[str], None]
    renew: Callable[[str, int], bool]


class HotFiles:
    """A folder of hot copies.

    Args:
        key: encrypts them; empty leaves them plain.
    """

    def __init__(self, folder: Path, key: str = "") -> None:
        self._folder, self._key = folder, key
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(folder / "making.lock")

    def attach(self, con: duckdb.DuckDBPyConnection, name: str, wanted: Wanted) -> None:
        """Attach a copy as the database `name`, to be read; made first if it is not there."""
        path = self._path(wanted.of, wanted.snapshot, wanted.moment(wanted.snapshot))
        if path.exists():
            try:
                self._open(con, path, name)
                return
            except duckdb.Error as error:
                log.warning("a hot copy cannot be read and is made again: %s", str(error).splitlines()[0])
                path.unlink(missing_ok=True)
        with self._lock:
            if not path.exists():
                self._sweep()
                if not self._renewed(con, path, name, wanted):
                    self._written(con, path, name, wanted.make)
                self._retire()
        self._open(con, path, name)

    def newest(self, of: tuple[str, ...], most: int, moment: Callable[[int], str]) -> int:
        """The newest snapshot up to `most` that there is a copy of; -1 where there is none."""
        nothing = Wanted(of, most + 1, moment, make=lambda database: None, renew=lambda database, base: False)
        found = self._base(nothing)
        return found[0] if found else -1

    def _open(self, con: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
        con.execute(f"ATTACH {quoted(str(path))} AS {name} ({', '.join(['READ_ONLY', *self._secret])})")
        os.utime(path)  # it is in use: among the newest

    def _path(self, of: Sequence[str], snapshot: int, moment: str) -> Path:
        return self._folder / f"{_short(*of, made_how())}-{snapshot}-{_short(moment)}.duckdb"

    def _renewed(self, con: duckdb.DuckDBPyConnection, path: Path, name: str, wanted: Wanted) -> bool:
        """Whether the copy could be made from one of an earlier snapshot."""
        base = self._base(wanted)
        if base is None:
            return False
        earlier, file = base
        try:
            copyfile(file, path.with_suffix(MAKING))
            return self._written(con, path, name, lambda database: wanted.renew(database, earlier))
        except (OSError, duckdb.Error) as error:
            log.warning("a hot copy is made anew, as it cannot be renewed: %s", str(error).splitlines()[0])
            return False

    def _base(self, wanted: Wanted) -> tuple[int, Path] | None:
        """The newest copy of an earlier snapshot that the lake still has."""
        found = {}
        for file in self._folder.glob(f"{_short(*wanted.of, made_how())}-*.duckdb"):
            snapshot = int(file.stem.split("-")[1])
            if snapshot < wanted.snapshot:
                found[snapshot] = file
        for snapshot in sorted(found, reverse=True):
            if found[snapshot] == self._path(wanted.of, snapshot, wanted.moment(snapshot)):
                return snapshot, found[snapshot]
        return None

    def _written(
        self, con: duckdb.DuckDBPyConnection, path: Path, name: str, write: Callable[[str], bool | None]
    ) -> bool:
        """Write a copy beside its place and put it there when it is whole; whether it was."""
        making = path.with_suffix(MAKING)
        options = f" ({', '.join(self._secret)})" if self._secret else ""
        con.execute(f"ATTACH {quoted(str(making))} AS {name}{options}")
        is_whole = False
        try:
            is_whole = write(name) is not False
        finally:
            con.execute(f"DETACH {name}")
            if not is_whole:
                self._sweep()
        if is_whole:
            os.replace(making, path)
        return is_whole

    def _sweep(self) -> None:
        """Clear away what is half made, as by a process that was stopped."""
        for left in self._folder.glob(f"*{MAKING}*"):
            left.unlink(missing_ok=True)

    def _retire(self) -> None:
        newest = sorted(self._folder.glob("*.duckdb"), key=lambda one: one.stat().st_mtime, reverse=True)
        for old in newest[KEPT:]:
            try:
                old.unlink(missing_ok=True)
            except OSError:  # where an open file cannot be removed, a later turn does it
                log.debug("an old hot copy is still open")

    @property
    def _secret(self) -> list[str]:
        return [f"ENCRYPTION_KEY {quoted(self._key)}"] if self._key else []


@cache
def made_how() -> str:
    """What differs as soon as copies are made in another way."""
    sources = [Path(str(module.__file__)).read_bytes() for module in (hottables, hotfill, hotrenew, carried)]
    return hashlib.sha256(b"".join([duckdb.__version__.encode(), *sources])).hexdigest()


def _short(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]

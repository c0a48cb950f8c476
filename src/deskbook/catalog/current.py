"""The catalogs of a folder as they are now: read again once a file in it was written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock

from deskbook.catalog.catalog import Catalog
from deskbook.sources import Keeper

Signs = tuple[tuple[str, int, int], ...]


class Current:
    """Gives the newest catalog of a folder; whoever holds an older one may finish with it."""

    def __init__(self, folder: Path, keeper: Callable[[str], Keeper] | None = None) -> None:
        self.folder, self._keeper = folder, keeper
        self._turn = Lock()
        self._held: tuple[Signs, Catalog] | None = None

    def catalog(self) -> Catalog:
        """The catalog, parsed again only if a file came, went or changed.

        Raises:
            ConfigError: two files give one name.
        """
        with self._turn:
            signs = self._signs()
            if self._held is None or self._held[0] != signs:
                self._held = (signs, Catalog.open(self.folder, keeper=self._keeper))
            return self._held[1]

    def _signs(self) -> Signs:
        found = []
        for file in sorted(self.folder.glob("*.yaml")):
            try:
                about = file.stat()
            except OSError:  # gone since it was listed, or not for us: opening says so
                continue
            found.append((file.name, about.st_mtime_ns, about.st_size))
        return tuple(found)

"""The one way parts are registered: a decorator, a walk over a room's modules, an entry point.

A family (sources, metrics, channels) owns one `Registry`. Built-ins and outside packages come
through the same door: `add`, called at import of the module that defines the part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module, metadata
from pkgutil import iter_modules
from threading import RLock
from typing import Generic, TypeVar

from deskbook.errors import ConfigError, UnknownName

Part = TypeVar("Part")


class Registry(Mapping[str, Part], Generic[Part]):
    """Named parts of one kind, loaded on first use.

    Args:
        kind: what a part is called in messages ("metric", "source").
        room: dotted package whose modules register parts when imported.
    """

    def __init__(self, kind: str, room: str) -> None:
        self.kind, self.room = kind, room
        self._parts: dict[str, Part] = {}
        self._loaded = self._loading = False
        self._turn = RLock()

    def add(self, name: str, part: Part) -> Part:
        """Register one part; a second one of the same name is a mistake, not an override."""
        if name in self._parts:
            raise ConfigError(f"Two {self.kind}s are called '{name}'. Rename one of them.")
        self._parts[name] = part
        return part

    def __call__(self, name: str) -> Callable[[Part], Part]:
        """The same as a decorator: `@source("files")`."""
        return lambda part: self.add(name, part)

    def _load(self) -> None:
        """Import the room once; whoever asks meanwhile waits, but for the modules that are being imported."""
        if self._loaded:
            return
        with self._turn:
            if self._loaded or self._loading:
                return
            self._loading = True
            try:
                self._import()
                self._loaded = True
            finally:
                self._loading = False

    def _import(self) -> None:
        package = import_module(self.room)
        for module in iter_modules(package.__path__):
            import_module(f"{self.room}.{module.name}")
        for point in metadata.entry_points(group=self.room):
            point.load()

    def __getitem__(self, name: str) -> Part:
        self._load()
        try:
            return self._parts[name]
        except KeyError:
            raise UnknownName(self.kind, name, self._parts) from None

    def __contains__(self, name: object) -> bool:
        self._load()
        return name in self._parts

    def __iter__(self) -> Iterator[str]:
        self._load()
        return iter(self._parts)

    def __len__(self) -> int:
        self._load()
        return len(self._parts)

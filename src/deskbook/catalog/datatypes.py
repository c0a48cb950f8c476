"""What a catalog's `data:` items are: an outside system that Deskbook's sources read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from intake.readers.datatypes import BaseData


class System(BaseData):  # type: ignore[misc]  # intake has no types
    """Data of one source kind; `folder` is where relative paths start."""

    structure: ClassVar[set[str]] = {"table"}

    def __init__(self, kind: str, folder: str = "", metadata: dict[str, Any] | None = None, **options: Any) -> None:
        self.kind, self.folder = kind, folder
        # Intake makes tokens and entries from plain attributes, so each option is one.
        self.__dict__.update(options)
        super().__init__(metadata)

    @property
    def options(self) -> Mapping[str, Any]:
        """What the source kind itself wants."""
        inner = ("kind", "folder", "metadata")
        return {name: value for name, value in self.__dict__.items() if name not in inner and not name.startswith("_")}

    def __repr__(self) -> str:
        """The kind alone: options may hold secrets."""
        return f"{type(self).__name__}(kind={self.kind!r})"


class Files(System):
    """Files at a path, glob or URL."""

    def __init__(self, url: str, folder: str = "", metadata: dict[str, Any] | None = None, **options: Any) -> None:
        super().__init__(**{"kind": "files", "folder": folder, "metadata": metadata, **options, "url": url})


class Sql(System):
    """A table or query of a database."""

    def __init__(self, url: str, folder: str = "", metadata: dict[str, Any] | None = None, **options: Any) -> None:
        super().__init__(**{"kind": "sql", "folder": folder, "metadata": metadata, **options, "url": url})

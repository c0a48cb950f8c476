"""The reader behind a catalog's entries, so that plain Intake can read them too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import unquote, urlsplit

import pyarrow as pa
from intake.readers.readers import BaseReader

from deskbook.catalog.datatypes import System
from deskbook.sources import Entry, source, utc_now
from deskbook.sources.documents import flatten

if TYPE_CHECKING:
    import pandas as pd


class Rows(BaseReader):  # type: ignore[misc]  # intake has no types
    """The rows as the source holds them, as a pandas frame; nested JSON under dotted names."""

    implements: ClassVar[set[type[System]]] = {System}
    imports: ClassVar[set[str]] = {"pandas", "pyarrow"}
    output_instance = "pandas:DataFrame"

    def _read(self, data: System, **_: Any) -> pd.DataFrame:
        entry = Entry(
            name=str(self.metadata.get("source", data.kind)),
            kind=data.kind,
            source=str(self.metadata.get("source", "")),
            mapping=self.metadata.get("mapping") or {},
            shape=str(self.metadata.get("shape", "")),
            options=data.options,
            folder=folder_of(data.folder),
        )
        pages = [flatten(page.rows) for page in source[entry.kind](entry, utc_now).pull({})]
        frame: pd.DataFrame = pa.concat_tables(pages, promote_options="permissive").to_pandas()
        return frame


def folder_of(text: str) -> Path:
    """A folder as Intake writes {CATALOG_DIR}: a file URL, a path, or nothing for the working folder."""
    if text.startswith("file://"):
        return Path(unquote(urlsplit(text).path))
    return Path(text) if text else Path.cwd()

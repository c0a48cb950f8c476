"""What a `files` entry may set, checked before anything is read."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from deskbook.errors import ConfigError, UnknownName
from deskbook.sources.stores import BELONGS, StoreOptions, store_options

FORMATS = ("csv", "json", "jsonl", "parquet", "excel", "text")
SUFFIXES = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".xlsx": "excel",
    ".xlsm": "excel",
    ".xls": "excel",
    ".ods": "excel",
    ".md": "text",
    ".markdown": "text",
    ".rst": "text",
}


class NoFormat(ConfigError):
    """The format of one file does not show in its name; the others of its entry can be read."""


@dataclass(frozen=True, kw_only=True)
class FileOptions:
    """Options of a `files` entry.

    Attributes:
        url: path, glob or fsspec URL; relative ones start at the catalog's folder.
        format: one of `FORMATS`; by suffix when absent.
        header: line of the header (1-based); found when absent.
        encoding: of CSV and JSON.
        delimiter: of CSV; found when absent.
        sheet: of Excel; the first when absent.
        rows: JMESPath from a JSON file to its list of records.
        page_rows: rows a page.
        store: what is set for the object store it lies in.
    """

    url: str
    format: str | None = None
    header: int | None = None
    encoding: str = "utf-8-sig"
    delimiter: str | None = None
    sheet: str | None = None
    rows: str | None = None
    page_rows: int = 50_000
    store: StoreOptions = field(default_factory=StoreOptions)

    @property
    def reading(self) -> str:
        """What decides how bytes become rows, as a hash; if it changes, a file is read again."""
        told = (self.format, self.header, self.encoding, self.delimiter, self.sheet, self.rows)
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def file_options(values: Mapping[str, Any], entry: str) -> FileOptions:
    """The options of an entry.

    Raises:
        UnknownName: an option nobody knows.
        ConfigError: a value that cannot be.
    """
    known = [one.name for one in fields(FileOptions) if one.name != "store"]
    for name in values:
        if name not in known and name not in BELONGS:
            raise UnknownName(f"option of entry '{entry}'", name, [*known, *BELONGS])
    if not isinstance(values.get("url"), str) or not values["url"]:
        raise ConfigError(f"Entry '{entry}' has no url:. Write the path, glob or URL of its files.")
    own = {name: value for name, value in values.items() if name not in BELONGS}
    stored = {name: value for name, value in values.items() if name in BELONGS}
    options = FileOptions(**own, store=store_options(stored, values["url"], entry))
    if options.format is not None and options.format not in FORMATS:
        raise UnknownName(f"format of entry '{entry}'", str(options.format), FORMATS)
    for name in ("header", "page_rows"):
        number = getattr(options, name)
        if number is not None and (not isinstance(number, int) or isinstance(number, bool) or number < 1):
            raise ConfigError(f"Entry '{entry}': {name}: wants a whole number from 1 on, got {number!r}.")
    if options.delimiter is not None and len(options.delimiter) != 1:
        raise ConfigError(f"Entry '{entry}': delimiter: wants one character, got {options.delimiter!r}.")
    try:
        codecs.lookup(options.encoding)
    except LookupError as error:
        raise ConfigError(f"Entry '{entry}': encoding: '{options.encoding}' is unknown. Try cp1252.") from error
    return options

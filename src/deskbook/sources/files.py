"""Files: one or a glob, local or at any fsspec URL; only new and changed ones are read again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import PurePath
from typing import Any, Final

import numpy as np
import pyarrow as pa

from deskbook.errors import ConfigError, SourceError, Unreadable
from deskbook.schema import Batch
from deskbook.sources import mapping, twitter
from deskbook.sources.chunks import Chunk, Cut, cuts
from deskbook.sources.contract import Clock, Cursor, Entry, Page, source
from deskbook.sources.delimited import read_delimited
from deskbook.sources.documents import flatten, read_document, read_lines
from deskbook.sources.forms import form, form_of
from deskbook.sources.history import ROWS_AT_ONCE, check_size
from deskbook.sources.location import Location, content, find, plain_name, reading
from deskbook.sources.options import FORMATS, SUFFIXES, FileOptions, file_options
from deskbook.sources.prose import read_prose
from deskbook.sources.rules import has_history
from deskbook.sources.tabular import read_excel, read_parquet

Reader = Callable[[Location, FileOptions, str], Iterator[Chunk]]
READERS: Final[Mapping[str, Reader]] = {
    "csv": read_delimited,
    "json": read_document,
    "jsonl": read_lines,
    "parquet": read_parquet,
    "excel": read_excel,
    "text": read_prose,
}
EVERYTHING: Final = 1 << 62


@source("files")
class Files:
    """CSV, JSON, JSON lines, Parquet and Excel files, and documents of plain text.

    The cursor is `{"files": {origin: state}}`; a state holds size, stamp and content hash of the
    file, what decided how it was read, the rows taken so far and whether that was all.
    """

    def __init__(self, entry: Entry, clock: Clock) -> None:
        self._entry, self._clock = entry, clock
        self._options = file_options(entry.options, entry.name)
        if entry.shape not in ("", twitter.SHAPE):
            raise ConfigError(f"Entry '{entry.name}': shape '{entry.shape}' is unknown. Known: {twitter.SHAPE}.")

    def pull(self, cursor: Cursor) -> Iterator[Page]:
        """Pages of every file that is new, changed or partly taken.

        Raises:
            SourceError: after the pages of all files that could be read, if one could not.
        """
        states: dict[str, Any] = dict(cursor.get("files", {}))
        failures: list[SourceError] = []
        whole = self._is_whole
        for location in [] if whole else self._find():
            try:
                yield from self._pages(location, states)
            except SourceError as error:
                failures.append(error)
        if whole:
            yield from self._one_page(states)
        if len(failures) == 1:
            raise failures[0]
        if failures:
            raise Unreadable(" ".join(str(failure) for failure in failures))

    def normalise(self, page: Page) -> list[Batch]:
        """The page as standard tables, by the entry's mapping or its shape."""
        if self._entry.shape or (not self._entry.mapping and twitter.recognises(page.rows.column_names)):
            return twitter.normalise(page, self._clock())
        return mapping.normalise(self._entry, page, self._clock())

    def sample(self, rows: int) -> pa.Table:
        """The first rows of the first file, nested documents as dotted columns."""
        return flatten(self.first(rows).rows)

    def first(self, rows: int) -> Page:
        """The first rows of the first file as a page, with the lines among them that are no rows."""
        location = self._find()[0]
        cut = next(self._cuts(location, 0, page_rows=rows))
        return Page(cut.chunk.rows, cut.chunk.lines, location.origin, {}, rejects=cut.chunk.rejects, first=True)

    def _find(self) -> list[Location]:
        return find(self._options.url, self._entry.folder, self._entry.name)

    @cached_property
    def _is_whole(self) -> bool:
        """Whether rows belong together across pages and files: threads of tweets, states of a ticket."""
        if has_history(self._entry):
            return True
        if self._entry.shape or self._entry.mapping:
            return bool(self._entry.shape)
        return twitter.recognises(self.sample(1).column_names)

    def _pages(self, location: Location, states: dict[str, Any]) -> Iterator[Page]:
        known = states.get(location.origin, {})
        if self._is_unchanged(known, location):
            return
        digest = content(location)
        same = self._is_same(known, digest)
        if same and known["complete"]:
            return
        done = known["rows_done"] if same else 0
        first = done == 0
        for cut in self._cuts(location, done):
            states[location.origin] = self._state(location, digest, cut)
            yield Page(
                cut.chunk.rows,
                cut.chunk.lines,
                location.origin,
                {"files": dict(states)},
                rejects=cut.chunk.rejects,
                first=first,
            )
            first = False

    def _one_page(self, states: Mapping[str, Any]) -> Iterator[Page]:
        """Everything at once, for a shape whose rows belong together across files."""
        locations = self._find()
        opened = [one for one in locations if not self._is_unchanged(states.get(one.origin, {}), one)]
        digests = {one.origin: content(one) for one in opened}
        new = {origin for origin, digest in digests.items() if not self._is_same(states.get(origin, {}), digest)}
        origins = {one.origin for one in locations}
        if not new and origins == set(states):
            return
        parts, after, rows = [], {}, 0
        most = ROWS_AT_ONCE + 1 if has_history(self._entry) else EVERYTHING
        for location in locations:
            cut = next(self._cuts(location, 0, page_rows=most))
            parts.append(cut.chunk)
            rows += cut.rows_done
            if most != EVERYTHING:
                check_size(rows, location.origin if len(locations) == 1 else self._options.url)
            known = states.get(location.origin, {})
            after[location.origin] = (
                self._state(location, digests[location.origin], cut) if location.origin in new else known
            )
        yield Page(
            pa.concat_tables([part.rows for part in parts], promote_options="permissive"),
            np.concatenate([part.lines for part in parts]),
            locations[0].origin if len(locations) == 1 else self._options.url,
            {"files": after},
            rejects=tuple(reject for part in parts for reject in part.rejects),
            replaces=True,
            first=True,
        )

    def _is_same(self, known: Mapping[str, Any], digest: str) -> bool:
        return known.get("sha256") == digest and known.get("reading") == self._options.reading

    def _is_unchanged(self, known: Mapping[str, Any], location: Location) -> bool:
        return bool(
            known.get("complete")
            and location.stamp
            and (known["size"], known["stamp"]) == (location.size, location.stamp)
            and known["reading"] == self._options.reading
        )

    def _state(self, location: Location, digest: str, cut: Cut) -> dict[str, Any]:
        return {
            "size": location.size,
            "stamp": location.stamp,
            "sha256": digest,
            "reading": self._options.reading,
            "rows_done": cut.rows_done,
            "complete": cut.complete,
        }

    def _cuts(self, location: Location, done: int, *, page_rows: int | None = None) -> Iterator[Cut]:
        reader = READERS[self._format(location)]
        table = self._entry.table or next(iter(self._entry.mapping.get("tables", {})), "")
        with reading(location):
            yield from cuts(reader(location, self._options, table), page_rows or self._options.page_rows, done)

    def _format(self, location: Location) -> str:
        if self._options.format:
            return self._options.format
        suffix = PurePath(plain_name(location)).suffix.lower()
        if suffix not in SUFFIXES:
            raise ConfigError(
                f"Entry '{self._entry.name}': the format of {location.origin} does not show in its name. "
                f"Write format: ({', '.join(READERS)}) into the entry."
            )
        return SUFFIXES[suffix]


form.add(
    "files",
    form_of(
        FileOptions,
        title="Files",
        reads="CSV, Excel, JSON, JSON lines or Parquet, one file or many, on a disk, at a web address or in a bucket.",
        shown=("url", "format"),
        url={
            "label": "Path or address",
            "example": "../exports/tickets-*.csv",
            "help": "A file, many by a pattern, or an address (https://, s3://). Paths start at the catalog's folder.",
        },
        format={"kind": "choice", "choices": FORMATS, "help": "Told by the suffix of a name when left open."},
    ),
)

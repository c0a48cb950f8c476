"""Files: one or a glob, local or at any fsspec URL; only new and changed ones are read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from pathlib import PurePath
from threading import Event
from typing import Final

import numpy as np
import pyarrow as pa

from deskbook.errors import ConfigError, SourceError, SourceMissing, Unreadable
from deskbook.schema import Batch
from deskbook.sources import eventgrid, mapping, twitter
from deskbook.sources.archive import archive
from deskbook.sources.chunks import Chunk, Cut, cuts
from deskbook.sources.columns import changes, check_columns, kinds_of
from deskbook.sources.contract import Clock, Cursor, Entry, Page, Told, source
from deskbook.sources.delimited import header_line, read_delimited
from deskbook.sources.documents import DOCUMENT, flatten, is_documents, read_document, read_lines
from deskbook.sources.expiry import check_expiry
from deskbook.sources.forms import form, form_of
from deskbook.sources.gathering import Gathered, gathered
from deskbook.sources.history import ROWS_AT_ONCE, check_size
from deskbook.sources.listing import find, find_objects, literal_prefix, object_location
from deskbook.sources.location import Location, check_same, content, plain_name, reading
from deskbook.sources.notices import heard
from deskbook.sources.options import FORMATS, SUFFIXES, FileOptions, NoFormat, file_options
from deskbook.sources.prose import read_prose
from deskbook.sources.refusals import Replaced, asking
from deskbook.sources.rules import has_history
from deskbook.sources.stores import Store, store_of
from deskbook.sources.tabular import read_excel, read_parquet
from deskbook.sources.taken import State, is_unchanged, rows_taken, state_of
from deskbook.sources.tiers import refusal

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
# How often an object that is written anew while it is read is begun again in one pull.
TRIES: Final = 3
FAILURES_SHOWN: Final = 10


class Files:
    """CSV, JSON, JSON lines, Parquet and Excel files, and documents of plain text.

    The cursor is `{"files": {origin: state}, "columns": those of the last file}`, the states as `taken` describes
    them. Of objects, those that are no longer listed are left out of it.
    """

    def __init__(self, entry: Entry, clock: Clock) -> None:
        self._entry, self._clock = entry, clock
        self._options = file_options(entry.options, entry.name)
        self._failures: list[SourceError | NoFormat] = []
        self._columns: dict[str, str] | list[str] = {}  # of a cursor that an older Deskbook wrote, names alone
        self._notes: list[str] = []
        # Objects whose last row was given out; whether somebody commits rows, not only looks at them.
        self._given: list[Location] = []
        self._is_settling = False
        if entry.shape not in ("", twitter.SHAPE):
            raise ConfigError(f"Entry '{entry.name}': shape '{entry.shape}' is unknown. Known: {twitter.SHAPE}.")
        if self._options.store.archive and (entry.shape or has_history(entry)):
            raise ConfigError(
                f"Entry '{entry.name}': archive: cannot be with history: or a shape, for which all files are read "
                "again when a new one comes. Remove one of the two."
            )

    def pull(self, cursor: Cursor) -> Iterator[Page]:
        """Pages of every file that is new, changed or partly taken.

        Raises:
            SourceError: after the pages of all files that could be read, if one could not.
        """
        states: dict[str, State] = dict(cursor.get("files", {}))
        self._failures, self._columns = [], cursor.get("columns", {})
        ending = check_expiry(self._options.store, self._entry.name, self._clock())
        self._notes = [ending] if ending else []
        found = self._one_page(states) if self._is_whole else self._each(states)
        if self._is_settling and not self._is_whole:
            found = gathered(found, set(states), self.normalise, self._options.page_rows)
        for page in found:
            notes, self._notes = (*page.notes, *self._notes), []
            yield replace(page, notes=notes)
        if self._notes and self._entry.mapping:  # nothing new to say it with
            none = pa.table({DOCUMENT: pa.array([], pa.string())})
            yield Page(none, np.array([], np.int64), self._options.url, cursor, notes=tuple(self._notes))
        failures = self._failures
        if len(failures) == 1:
            raise failures[0]
        if failures:
            more = len(failures) - FAILURES_SHOWN
            said = " ".join(str(failure) for failure in failures[:FAILURES_SHOWN])
            raise Unreadable(f"{said} And {more} more files." if more > 0 else said)

    def settled(self, cursor: Cursor) -> None:
        """Archive the objects whose rows are committed; see `Settling`."""
        self._is_settling = True
        files, given, self._given = cursor.get("files", {}), self._given, []
        for location in given:
            if is_unchanged(files.get(location.origin), location, self._options.reading):
                self._archive(location)
            else:
                self._given.append(location)  # it was pulled ahead, and is in a later commit

    def normalise(self, page: Page) -> list[Batch]:
        """The page as standard tables, by the entry's mapping or its shape."""
        if isinstance(page, Gathered):
            return list(page.batches)
        if self._entry.shape or (not self._entry.mapping and twitter.recognises(page.rows.column_names)):
            return twitter.normalise(page, self._clock())
        return mapping.normalise(self._entry, page, self._clock())

    def sample(self, rows: int) -> pa.Table:
        """The first rows of the first file, nested documents as dotted columns."""
        return flatten(self.first(rows).rows)

    def first(self, rows: int) -> Page:
        """The first rows of the first file as a page, with the lines among them that are no rows."""
        location = next(iter(self._find()), None)
        if location is None:
            raise SourceMissing(
                f"Entry '{self._entry.name}' reads '{self._options.url}', and all that lay there is archived. "
                f"Copy one object back from {self._options.store.archive} to look at it."
            )
        self._check_tier(location)
        cut = next(self._cuts(location, 0, page_rows=rows))
        return Page(cut.chunk.rows, cut.chunk.lines, location.origin, {}, rejects=cut.chunk.rejects, first=True)

    @cached_property
    def _store(self) -> Store | None:
        check_expiry(self._options.store, self._entry.name, self._clock())
        return store_of(self._options.url, self._options.store, self._entry.folder, self._entry.name)

    def _find(self) -> Iterable[Location]:
        url, name = self._options.url, self._entry.name
        if self._store:
            return find_objects(url, self._store, name, self._options.store.archive)
        return find(url, self._entry.folder, name)

    @cached_property
    def _is_whole(self) -> bool:
        """Whether rows belong together across pages and files: threads of tweets, states of a ticket."""
        if has_history(self._entry):
            return True
        if self._entry.shape or self._entry.mapping:
            return bool(self._entry.shape)
        return twitter.recognises(self.sample(1).column_names)

    def _each(self, states: dict[str, State]) -> Iterator[Page]:
        """Pages of one file after the other; objects come in order, so those passed over are gone."""
        known = iter(sorted(states) if self._store else ())
        behind = next(known, None)
        try:
            for location in self._find():
                while behind is not None and behind < location.origin:
                    del states[behind]
                    behind = next(known, None)
                if behind == location.origin:
                    behind = next(known, None)
                try:
                    yield from self._pages(location, states)
                except (SourceError, NoFormat) as error:
                    self._failures.append(error)
        except SourceError as error:  # of the listing itself: what it told before is read
            self._failures.append(error)

    def _pages(self, location: Location, states: dict[str, State]) -> Iterator[Page]:
        if is_unchanged(states.get(location.origin), location, self._options.reading):
            if self._is_settling and self._options.store.archive:  # a move that was broken off
                self._archive(location)
            return
        for again in reversed(range(TRIES)):
            try:
                yield from self._new_pages(location, states)
                return
            except Replaced:
                if not again or location.store is None:
                    raise
            states.pop(location.origin, None)
            with asking(location.store, location.origin):
                now = location.store.stored(location.path)
            location = object_location(location.store, self._options.url, now)

    def _new_pages(self, location: Location, states: dict[str, State]) -> Iterator[Page]:
        self._check_tier(location)
        digest = content(location)
        done = rows_taken(states.get(location.origin), digest, self._options.reading)
        if done is None:
            return
        first = done == 0
        for cut in self._cuts(location, done):
            rows = cut.chunk.rows
            if first and self._is_settling and rows.num_rows and not is_documents(rows):
                check_columns(self._entry, rows.column_names, location.origin, partial(self._header_line, location))
                self._notes += changes(self._columns, kinds_of(rows), location.origin)
                self._columns = kinds_of(rows, self._columns)
            check_same(location)
            states[location.origin] = state_of(location, digest, self._options.reading, cut)
            if cut.complete and self._options.store.archive:
                self._given.append(location)
            yield Page(
                rows,
                cut.chunk.lines,
                location.origin,
                {"files": dict(states)} | ({"columns": self._columns} if self._columns else {}),
                rejects=cut.chunk.rejects,
                first=first,
            )
            first = False

    def _archive(self, location: Location) -> None:
        try:
            archive(location, literal_prefix(self._options.url), self._options.store.archive)
        except SourceError as error:
            self._failures.append(error)

    def _one_page(self, states: Mapping[str, State]) -> Iterator[Page]:
        """Everything at once, for a shape whose rows belong together across files."""
        locations, how = list(self._find()), self._options.reading
        opened = [one for one in locations if not is_unchanged(states.get(one.origin), one, how)]
        digests = {one.origin: content(one) for one in opened}
        new = {origin for origin, digest in digests.items() if rows_taken(states.get(origin), digest, how) is not None}
        if not new and {one.origin for one in locations} == set(states):
            return
        parts: list[Chunk] = []
        after: dict[str, State] = {}
        rows = 0
        most = ROWS_AT_ONCE + 1 if has_history(self._entry) else EVERYTHING
        for location in locations:
            self._check_tier(location)
            read = self._cuts(location, 0, page_rows=most)
            cut = next(read)
            check_same(location)
            parts.append(cut.chunk)
            rows += cut.rows_done
            if most != EVERYTHING:
                check_size(rows, location.origin if len(locations) == 1 else self._options.url)
            if not cut.complete:
                next(read)  # tells why the rest cannot be read
            origin = location.origin
            after[origin] = state_of(location, digests[origin], how, cut) if origin in new else states[origin]
        yield Page(
            pa.concat_tables([part.rows for part in parts], promote_options="permissive"),
            np.concatenate([part.lines for part in parts]),
            locations[0].origin if len(locations) == 1 else self._options.url,
            {"files": after},
            rejects=tuple(reject for part in parts for reject in part.rejects),
            replaces=True,
            first=True,
        )

    def _check_tier(self, location: Location) -> None:
        if location.store and (why := refusal(location.tier, location.size, self._options.store.tiers)):
            raise Unreadable(f"Entry '{self._entry.name}': {location.origin} {why}")

    def _cuts(self, location: Location, done: int, *, page_rows: int | None = None) -> Iterator[Cut]:
        reader = READERS[self._format(location)]
        table = self._entry.table or next(iter(self._entry.mapping.get("tables", {})), "")
        with reading(location):
            yield from cuts(reader(location, self._options, table), page_rows or self._options.page_rows, done)

    def _header_line(self, location: Location) -> int:
        return header_line(location, self._options) if self._format(location) == "csv" else 0

    def _format(self, location: Location) -> str:
        if self._options.format:
            return self._options.format
        suffix = PurePath(plain_name(location)).suffix.lower()
        if suffix not in SUFFIXES:
            raise NoFormat(
                f"Entry '{self._entry.name}': the format of {location.origin} does not show in its name. "
                f"Write format: ({', '.join(READERS)}) into the entry."
            )
        return SUFFIXES[suffix]


class NoticedFiles(Files):
    """Files whose store says when one was written, through a queue."""

    def wakes(self, stop: Event) -> Iterator[None]:
        """Yields when the queue tells of an object this entry reads; see `Waking`."""
        yield from heard(self._options, self._store, self._entry.name, stop)


class CalledFiles(Files):
    """Files whose store calls when one was written, through Event Grid."""

    def told(self, headers: Mapping[str, str], body: bytes) -> Told:
        """What a call says; see `Called`."""
        return eventgrid.told(headers, body, self._options, self._entry.name)

    def consent(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """That Event Grid may call; see `Consenting`."""
        return eventgrid.consent(headers, self._entry.name)


@source("files")
def files(entry: Entry, clock: Clock) -> Files:
    """The source of a `files` entry."""
    if entry.options.get("notices"):
        return NoticedFiles(entry, clock)
    return (CalledFiles if entry.options.get("webhook_secret") else Files)(entry, clock)


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

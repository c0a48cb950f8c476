"""CSV and its kin: streamed through Arrow as strings, each row with its true line, broken rows set aside."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import IO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from deskbook.errors import SourceMissing, Unreadable
from deskbook.schema import Reject
from deskbook.sources.chunks import Chunk, after
from deskbook.sources.headers import without_headers
from deskbook.sources.layout import HEAD_BYTES, Layout, only_column, sniff
from deskbook.sources.location import Location, opened, undecodable
from deskbook.sources.options import FileOptions

# A row must fit in one block; a larger block is tried only when one does not.
BLOCKS = (2 << 20, 32 << 20, 512 << 20)
PAYLOAD_SHOWN = 2_000


def read_delimited(location: Location, options: FileOptions, table: str) -> Iterator[Chunk]:
    """Chunks of a delimited file, every column as strings."""
    try:
        layout = _layout(location, options)
        delivered = 0
        for block in BLOCKS:
            try:
                for chunk in after(_stream(location, options, layout, block, table), delivered):
                    delivered += chunk.rows.num_rows
                    sound, failure = without_headers(chunk, layout.names, location.origin, table)
                    yield sound
                    if failure:
                        raise failure
                return
            except pa.ArrowInvalid as error:
                if "straddling" not in str(error):
                    raise
    except UnicodeError:
        raise undecodable(location, options.encoding) from None
    except pa.ArrowInvalid as error:
        if "UTF8" not in str(error):
            raise
        raise undecodable(location, options.encoding) from None
    raise Unreadable(
        f"{location.origin}: a row after row {delivered} is over {BLOCKS[-1] >> 20} MB long, "
        "most likely because a quote is opened there and never closed. Correct that line."
    )


def header_line(location: Location, options: FileOptions) -> int:
    """The line a delimited file's header ends on, from 1 on."""
    return _layout(location, options).skip_lines


def _layout(location: Location, options: FileOptions) -> Layout:
    with opened(location) as stream:
        start = stream.read(HEAD_BYTES)
    if not start.strip():
        raise SourceMissing(f"{location.origin} is empty. Wanted a header line and rows.")
    head = _decoded(start, options.encoding, cut=len(start) == HEAD_BYTES)
    layout = sniff(head, header=options.header, delimiter=options.delimiter)
    if layout is None and options.header:
        raise Unreadable(f"{location.origin} has no line {options.header}, where header: says its header is.")
    layout = layout or only_column(head)
    if layout is None:
        raise SourceMissing(f"{location.origin} holds nothing but empty lines.")
    return layout


def _decoded(start: bytes, encoding: str, *, cut: bool) -> str:
    try:
        return start.decode(encoding)
    except UnicodeDecodeError as error:
        if cut and error.start > len(start) - 8:
            return start[: error.start].decode(encoding)
        raise


def _stream(location: Location, options: FileOptions, layout: Layout, block: int, table: str) -> Iterator[Chunk]:
    broken: list[csv.InvalidRow] = []

    def set_aside(row: csv.InvalidRow) -> str:
        broken.append(row)
        return "skip"

    with opened(location) as plain:
        stream = Ending(plain)
        reader = csv.open_csv(
            stream,
            read_options=csv.ReadOptions(
                use_threads=False,  # only then does a broken row know its number
                block_size=block,
                skip_rows=layout.skip_lines,
                column_names=list(layout.names),
                encoding="utf8" if options.encoding.lower().startswith("utf-8") else options.encoding,
            ),
            parse_options=csv.ParseOptions(
                delimiter=layout.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,  # else the lines behind an empty one are miscounted
                invalid_row_handler=set_aside,
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(layout.names, pa.string()), strings_can_be_null=False
            ),
        )
        record, line = layout.skip_lines + 1, layout.skip_lines + 1
        for batch in _sound(reader, stream):
            here = [row for at, row in enumerate(broken) if row.number - record - at < batch.num_rows]
            del broken[: len(here)]
            lines, rejects, line = _place(batch, here, record, line, location.origin, table)
            record += batch.num_rows + len(here)
            yield _without_blanks(Chunk(pa.Table.from_batches([batch]), lines, rejects))
        if broken:
            empty = pa.table({name: pa.array([], pa.string()) for name in layout.names})
            starts = line + np.concatenate([[0], np.cumsum([_breaks(row.text) + 1 for row in broken])])
            rejects = tuple(
                _reject(row, int(at), location.origin, table) for row, at in zip(broken, starts, strict=False)
            )
            yield Chunk(empty, np.array([], dtype=np.int64), rejects)


class Ending:
    """A stream that ends where its packed data is cut off, and keeps why.

    Arrow reads ahead: an error on the way would also take the blocks before it that nobody asked for yet.
    """

    closed = False

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.failure: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        """So many bytes; none at the end, and where the rest cannot be unpacked."""
        try:
            return self._stream.read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
            self.failure = error
            return b""


def _sound(batches: Iterable[pa.RecordBatch], stream: Ending) -> Iterator[pa.RecordBatch]:
    """The batches of a stream; the last before a cut is left out, as its last row may be half of one."""
    held = None
    try:
        for batch in batches:
            if held is not None:
                yield held
            held = batch
    except pa.ArrowInvalid as error:  # a cut inside quotes is bad CSV too
        raise stream.failure or error from None
    if stream.failure:
        raise stream.failure
    if held is not None:
        yield held


def _place(
    batch: pa.RecordBatch, broken: list[csv.InvalidRow], record: int, line: int, origin: str, table: str
) -> tuple[np.ndarray, tuple[Reject, ...], int]:
    """Line of each good row, rejects of the broken ones among them, and the line that follows."""
    is_broken = np.zeros(batch.num_rows + len(broken), dtype=bool)
    is_broken[np.array([row.number - record for row in broken], dtype=np.int64)] = True
    spans = np.ones(len(is_broken), dtype=np.int64)
    spans[~is_broken] += _line_breaks(batch)
    spans[is_broken] += np.array([_breaks(row.text) for row in broken], dtype=np.int64)
    ends = line + np.cumsum(spans)
    starts = ends - spans
    rejects = tuple(_reject(row, int(at), origin, table) for row, at in zip(broken, starts[is_broken], strict=True))
    return starts[~is_broken], rejects, int(ends[-1]) if len(ends) else line


def _line_breaks(batch: pa.RecordBatch) -> np.ndarray:
    """Line breaks inside the values of each row: LF, CR LF and lone CR each count once."""
    total = np.zeros(batch.num_rows, dtype=np.int64)
    for column in batch.columns:
        total += pc.count_substring(column, "\n").to_numpy(zero_copy_only=False)
        returns = pc.count_substring(column, "\r")
        if pc.sum(returns).as_py():
            total += returns.to_numpy(zero_copy_only=False)
            total -= pc.count_substring(column, "\r\n").to_numpy(zero_copy_only=False)
    return total


def _breaks(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _reject(row: csv.InvalidRow, line: int, origin: str, table: str) -> Reject:
    reason = f"{row.actual_columns} fields, where the header has {row.expected_columns}"
    if breaks := _breaks(row.text):
        reason += f"; lines {line} to {line + breaks} were read as one row, as a quote opened there is closed late"
    return Reject(table, origin, line, "", reason, row.text[:PAYLOAD_SHOWN])


def _without_blanks(chunk: Chunk) -> Chunk:
    """Without the rows all of whose fields are empty: blank lines."""
    blank: pa.Array | None = None
    for column in chunk.rows.columns:
        empty = pc.equal(column, "")
        blank = empty if blank is None else pc.and_(blank, empty)
        if not pc.any(blank).as_py():
            return chunk
    keep = pc.invert(blank)
    return Chunk(chunk.rows.filter(keep), chunk.lines[np.asarray(keep, dtype=bool)], chunk.rejects)

"""Decoded rows on their way from a file to pages: cut at fixed row numbers, whatever the decoder's blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from deskbook.errors import Unreadable
from deskbook.schema import Reject


@dataclass(frozen=True)
class Chunk:
    """Some rows in file order.

    Attributes:
        rows: as the file holds them.
        lines: line of each row, growing.
        rejects: lines among or before these rows that are no rows.
    """

    rows: pa.Table
    lines: np.ndarray
    rejects: tuple[Reject, ...] = ()


@dataclass(frozen=True)
class Cut:
    """One page's worth: a chunk, the number of rows up to its end, and whether the file ends there."""

    chunk: Chunk
    rows_done: int
    complete: bool


def after(chunks: Iterable[Chunk], done: int) -> Iterator[Chunk]:
    """The chunks without their first `done` rows and the rejects that stand before the last of those."""
    left, last_line = done, 0
    for chunk in chunks:
        count = min(left, chunk.rows.num_rows)
        if count:
            last_line = int(chunk.lines[count - 1])
        left -= count
        rejects = tuple(reject for reject in chunk.rejects if reject.line > last_line)
        if done == 0:
            yield chunk
        elif not left and (count < chunk.rows.num_rows or rejects):
            yield Chunk(chunk.rows.slice(count), chunk.lines[count:], rejects)


def cuts(chunks: Iterable[Chunk], page_rows: int, done: int = 0) -> Iterator[Cut]:
    """Pages of exactly `page_rows` rows (the last may be shorter), from row `done` on.

    A reject goes with the page whose last row stands behind it, so cutting is the same on every run.
    A file without rows gives one empty cut. Where a file cannot be read further, the rows before that place are the
    last cut, which is not complete.

    Raises:
        Unreadable: after that cut.
    """
    held: Chunk | None = None
    end = done
    failure: Unreadable | None = None
    try:
        for chunk in after(chunks, done):
            held = chunk if held is None else _joined(held, chunk)
            while held.rows.num_rows > page_rows:
                page, held = _split(held, page_rows)
                end += page_rows
                yield Cut(page, end, False)
    except Unreadable as error:
        if error.again:  # what is held may be of two contents
            raise
        failure = error
    if failure:
        if held is not None and held.rows.num_rows:
            yield Cut(held, end + held.rows.num_rows, False)
        raise failure
    if held is None:
        held = Chunk(pa.table({}), np.array([], dtype=np.int64))
    yield Cut(held, end + held.rows.num_rows, True)


def _joined(left: Chunk, right: Chunk) -> Chunk:
    if not left.rows.num_rows:
        rows = right.rows
    elif not right.rows.num_rows:
        rows = left.rows
    else:
        rows = pa.concat_tables([left.rows, right.rows], promote_options="permissive")
    return Chunk(rows, np.concatenate([left.lines, right.lines]), left.rejects + right.rejects)


def _split(chunk: Chunk, count: int) -> tuple[Chunk, Chunk]:
    last_line = int(chunk.lines[count - 1])
    before = tuple(reject for reject in chunk.rejects if reject.line <= last_line)
    behind = tuple(reject for reject in chunk.rejects if reject.line > last_line)
    return (
        Chunk(chunk.rows.slice(0, count), chunk.lines[:count], before),
        Chunk(chunk.rows.slice(count), chunk.lines[count:], behind),
    )

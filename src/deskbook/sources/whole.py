"""A table read as a whole: once, page by page, and again only if a hash of its content says that it changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from deskbook.sources.bulk import Field, pages, read_pages
from deskbook.sources.contract import Cursor, Page
from deskbook.sources.database import Reading
from deskbook.sources.history import ROWS_AT_ONCE, check_size
from deskbook.sources.size import Size

if TYPE_CHECKING:
    from sqlalchemy import Select


class Content:
    """A hash of all pages so far: each page's hash goes on from that of the page before."""

    def __init__(self, names: Sequence[str]) -> None:
        self.digest, self.rows = hashlib.sha256(repr(list(names)).encode()).hexdigest(), 0

    def add(self, table: pa.Table) -> None:
        """Take one more page in; the bytes of its columns are hashed where they lie."""
        if not table.num_rows:
            return
        found = hashlib.sha256(self.digest.encode())
        for batch in table.to_batches():
            found.update(batch.serialize())
        self.digest, self.rows = found.hexdigest(), self.rows + table.num_rows


def all_rows(
    reading: Reading, select: Select[Any], fields: Sequence[Field], size: Size, origin: str, cursor: Cursor
) -> Iterator[Page]:
    """Pages of everything if anything changed since the cursor; of the rest if it stopped in the middle.

    The cursor is `{"digest", "rows_done", "complete"}`: the hash of the first rows, and how many. The first time the
    table is read once, an unchanged one once as well, a changed one twice.
    """
    names = [field.name for field in fields]
    content, found = Content(names), read_pages(reading, select, fields, size)
    held: pa.Table | None = None
    if cursor.get("digest"):
        while content.rows < cursor["rows_done"] and (table := next(found, None)) is not None:
            content.add(table)
        same = (content.digest, content.rows) == (cursor["digest"], cursor["rows_done"])
        held = next(found, None) if same else None
        if same and held is None and cursor["complete"]:
            return
        if not same:
            close = getattr(found, "close", None)
            if close:
                close()
            content, found = Content(names), read_pages(reading, select, fields, size)
    table, first = held if held is not None else next(found, None), not content.rows
    if table is None:
        table = _empty(fields)
    while table is not None:
        at = content.rows
        content.add(table)
        after = next(found, None)
        state = {"digest": content.digest, "rows_done": content.rows, "complete": after is None}
        lines = np.arange(at, content.rows, dtype=np.int64) + 1
        yield Page(table, lines, origin, state, first=first)
        table, first = after, False


def one_page(
    reading: Reading, select: Select[Any], fields: Sequence[Field], size: Size, origin: str, cursor: Cursor
) -> Iterator[Page]:
    """Everything at once if anything changed: states of one thing are compared with each other.

    Raises:
        Unreadable: it is more than can be held.
    """
    found: list[pa.Table] = []
    held_bytes = 0
    content = Content([field.name for field in fields])
    for table in read_pages(reading, select, fields, size):
        content.add(table)
        held_bytes += table.nbytes
        check_size(content.rows, origin)
        size.check_whole(held_bytes, origin)
        found.append(table)
    if cursor.get("digest") == content.digest:
        return
    table = next(pages(iter(found), Size(ROWS_AT_ONCE + 1, bytes=1 << 62)), _empty(fields))
    state = {"digest": content.digest, "rows_done": content.rows, "complete": True}
    yield Page(table, np.arange(content.rows, dtype=np.int64) + 1, origin, state, replaces=True, first=True)


def _empty(fields: Sequence[Field]) -> pa.Table:
    return pa.table({field.name: pa.array([], pa.null()) for field in fields})

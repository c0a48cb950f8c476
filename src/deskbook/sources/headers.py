"""A header that stands again among the rows of a delimited file: exports put behind one another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deskbook.errors import Unreadable
from deskbook.schema import Reject
from deskbook.sources.chunks import Chunk

FEWEST_NAMES = 2


def without_headers(chunk: Chunk, names: Sequence[str], origin: str, table: str) -> tuple[Chunk, Unreadable | None]:
    """The rows of a chunk up to the first that is another header, and what is to be told of that one.

    The same header once more is set aside as a line that is no row; one of other names or another order would give the
    rows behind it to the wrong columns.

    Args:
        names: of the columns, as the file's header has them.
    """
    places = _headers(chunk.rows, names)
    repeated = []
    for place in places:
        row = [column[place].as_py().strip() for column in chunk.rows.columns]
        if row == list(names):
            repeated.append(place)
            continue
        line = int(chunk.lines[place])
        told = ", ".join(f"'{new}' in place of '{old}'" for old, new in zip(names, row, strict=True) if old != new)
        failure = Unreadable(
            f"{origin}, line {line}, is another header: {told}. Rows before it may be read as they stand; put those "
            f"from line {line} on into a file of their own."
        )
        return _without(_before(chunk, place), repeated, origin, table), failure
    return _without(chunk, repeated, origin, table), None


def _headers(rows: pa.Table, names: Sequence[str]) -> list[int]:
    """Rows more than half of whose values are names of columns, one of them in the first two."""
    if len(names) < FEWEST_NAMES or not rows.num_rows:
        return []
    known = pa.array(names, pa.string())
    begins = [pc.is_in(column, known).to_numpy() for column in rows.columns[:FEWEST_NAMES]]
    likely = np.flatnonzero(begins[0] | begins[1])
    told = [sum(column[place].as_py() in names for column in rows.columns) for place in likely.tolist()]
    return [place for place, count in zip(likely.tolist(), told, strict=True) if count > len(names) / 2]


def _before(chunk: Chunk, place: int) -> Chunk:
    line = int(chunk.lines[place])
    rejects = tuple(reject for reject in chunk.rejects if reject.line < line)
    return Chunk(chunk.rows.slice(0, place), chunk.lines[:place], rejects)


def _without(chunk: Chunk, places: Sequence[int], origin: str, table: str) -> Chunk:
    if not places:
        return chunk
    keep = np.ones(chunk.rows.num_rows, dtype=bool)
    keep[list(places)] = False
    again = [
        Reject(table, origin, int(chunk.lines[at]), "", "the header again", ",".join(chunk.rows.column_names))
        for at in places
    ]
    rejects = tuple(sorted((*chunk.rejects, *again), key=lambda reject: reject.line))
    return Chunk(chunk.rows.filter(pa.array(keep)), chunk.lines[keep], rejects)

"""A segment: passages that were indexed together, in files that are written once and read through memory maps.

A passage that goes is marked in a file beside them; its place is taken back when segments are merged.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from deskbook.rag.index import postings as words
from deskbook.rag.index.postings import Gathering, Postings
from deskbook.rag.index.turns import KINDS, ROWS

TABLE: Final = "rows.arrow"
VECTORS: Final = "vectors.f32"
VECTORS_AT_ONCE: Final = 20_000


@dataclass(frozen=True)
class Segment:
    """Some passages with their words and vectors.

    Attributes:
        rows: as `turns.ROWS`, one row a passage.
        vectors: shape (passages, dimensions), each of length 1 or 0; no columns where the index is of words alone.
        alive: which passages are still there.
        gone: name of the file that says so; empty where all are.
    """

    name: str
    rows: pa.Table
    postings: Postings
    vectors: NDArray[np.float32]
    alive: NDArray[np.bool_]
    gone: str = ""

    def column(self, name: str) -> NDArray[Any]:
        """One column of numbers."""
        values: NDArray[Any] = self.rows[name].to_numpy()
        return values

    @property
    def living(self) -> int:
        """Passages that are still there."""
        return int(self.alive.sum())

    def ids(self) -> list[str]:
        """An id of each passage that says which it is and in which state: one that changes is another."""
        columns = (self.rows[name].to_pylist() for name in ("key", "state", "part"))
        return [f"{key:016x}-{state:016x}-{part}" for key, state, part in zip(*columns, strict=True)]

    def without(self, keep: NDArray[np.bool_], folder: Path, mark: str) -> Segment:
        """This segment less the passages that are not to be kept; `mark` is in the name of the new file."""
        alive = self.alive & keep
        gone = f"gone-{mark}.npy"
        np.save(folder / self.name / gone, alive)
        return replace(self, alive=alive, gone=gone)


class Writer:
    """Writes a segment batch by batch, so that a hundred thousand passages need no more memory than a few.

    Args:
        folder: where the segment's own folder is made.
        dimensions: length of a vector; 0 for words alone.
    """

    def __init__(self, folder: Path, name: str, dimensions: int) -> None:
        self.folder, self._dimensions = folder / name, dimensions
        self.folder.mkdir(parents=True)
        self._words = Gathering()
        self._rows: list[pa.Table] = []
        self._vectors = (self.folder / VECTORS).open("wb")

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        """Half a segment must not stay, whatever happened."""
        self._vectors.close()
        if kind:
            shutil.rmtree(self.folder, ignore_errors=True)

    def add(self, rows: pa.Table, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """The next passages: their rows, the words they are found by, and their vectors."""
        self._words.add(texts, rows["language"].to_pylist())
        self._rows.append(rows)
        self._vectors.write(np.ascontiguousarray(vectors, np.float32).tobytes())

    def made(self) -> Segment:
        """The segment, on disk."""
        return _written(self.folder, _joined(self._rows), self._words.made(), self._vectors, self._dimensions)


def merge(folder: Path, name: str, segments: Sequence[Segment]) -> Segment:
    """One segment of the living passages of several; nothing is read or embedded again."""
    made = folder / name
    made.mkdir(parents=True)
    rows = _joined([one.rows.filter(pa.array(one.alive)) for one in segments])
    with (made / VECTORS).open("wb") as file:
        for one in segments:
            for start in range(0, len(one.alive), VECTORS_AT_ONCE):
                part = slice(start, start + VECTORS_AT_ONCE)
                file.write(np.ascontiguousarray(one.vectors[part][one.alive[part]]).tobytes())
        held = words.merged([(one.postings, one.alive) for one in segments])
        return _written(made, rows, held, file, segments[0].vectors.shape[1])


def load(folder: Path, name: str, gone: str, dimensions: int) -> Segment:
    """A segment as it was written, less the passages that went.

    Raises:
        FileNotFoundError: it was merged away in the meantime.
    """
    made = folder / name
    rows = pa.ipc.open_file(pa.memory_map(str(made / TABLE))).read_all()
    count = rows.num_rows
    alive = np.load(made / gone) if gone else np.ones(count, np.bool_)
    vectors: NDArray[np.float32] = np.zeros((count, dimensions), np.float32)
    if vectors.size:
        vectors = np.memmap(made / VECTORS, np.float32, "r", shape=(count, dimensions))
    return Segment(name, rows, words.load(made), vectors, alive, gone)


def _joined(tables: Sequence[pa.Table]) -> pa.Table:
    plain = [table.cast(ROWS) for table in tables]
    return pa.concat_tables(plain).combine_chunks() if plain else ROWS.empty_table()


def _written(folder: Path, rows: pa.Table, held: Postings, vectors: Any, dimensions: int) -> Segment:
    vectors.close()
    for name in KINDS:
        place = rows.column_names.index(name)
        rows = rows.set_column(place, name, rows[name].combine_chunks().dictionary_encode())
    with pa.ipc.new_file(folder / TABLE, rows.schema) as file:
        file.write_table(rows.combine_chunks())
    words.save(held, folder)
    return load(folder.parent, folder.name, "", dimensions)

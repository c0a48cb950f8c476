"""Bring an index to what the lake holds: read what changed, write it as a segment, merge small ones."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol
from uuid import uuid4

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from filelock import FileLock
from numpy.typing import NDArray

from deskbook.rag.index import generation as generations
from deskbook.rag.index.generation import Generation
from deskbook.rag.index.opened import open_index
from deskbook.rag.index.segment import Segment, Writer, merge
from deskbook.rag.index.turns import passages
from deskbook.rag.verdicts import is_due, keep

if TYPE_CHECKING:
    from deskbook.text.embedding import SearchEmbedder

log = logging.getLogger(__name__)
Keys = NDArray[np.uint64]
MERGE_FACTOR: Final = 2
"""A segment is merged with a newer one at least half its size: each passage is copied a few times in all."""
MOST_GONE: Final = 0.4
"""A segment with more than this share of its passages gone is written anew."""


class Turns(Protocol):
    """The messages to index, as of one snapshot."""

    @property
    def snapshot(self) -> int:
        """Number of the lake's snapshot."""

    def states(self) -> pa.Table:
        """One row a message: key, state (a hash of all that is indexed of it) and language ('' where unknown)."""

    def read(self, keys: Keys | None) -> Iterable[pa.Table]:
        """Messages with these keys (all for None) in batches: the columns of `turns.passages`."""


@dataclass(frozen=True)
class Indexed:
    """What a build did.

    Attributes:
        added, changed, removed: messages.
        embedded: passages whose vector was computed; those of changed messages are kept where their words are.
        rebuilt: why all was built anew; empty where it was not.
    """

    messages: int
    added: int
    changed: int
    removed: int
    embedded: int
    rebuilt: str
    seconds: float

    @property
    def is_news(self) -> bool:
        """Whether anything changed but the number of the snapshot."""
        return bool(self.rebuilt) or any(n for n, _ in self._counts())

    def __str__(self) -> str:
        if self.rebuilt:
            return f"Index built anew ({self.rebuilt}): {self.messages:,} messages in {self.seconds:.1f} s"
        parts = [f"{n:,} {word}" for n, word in self._counts() if n]
        return f"Index of {self.messages:,} messages: {', '.join(parts) or 'nothing new'} in {self.seconds:.1f} s"

    def _counts(self) -> tuple[tuple[int, str], ...]:
        return (self.added, "added"), (self.changed, "changed"), (self.removed, "removed")


@dataclass(frozen=True)
class Task:
    """What a build has to do to an index."""

    tenant: str
    wish: str
    near: str
    embedder: SearchEmbedder | None
    keep: list[tuple[Segment, NDArray[np.bool_]]]
    read: Keys | None
    rebuilt: str = ""

    @property
    def embedding(self) -> str:
        """Name of the model of the vectors; empty for words alone."""
        return self.embedder.name if self.embedder else ""


def update_index(
    folder: Path,
    turns: Turns,
    *,
    tenant: str,
    wish: str,
    choose: Callable[[int, float], SearchEmbedder | None],
    near: str = "exact",
) -> Indexed | None:
    """Bring the index in a folder to what the lake holds.

    Args:
        wish: what it is to be made like; the same wish at the same snapshot needs no look.
        choose: the embedder for so many messages, of which such a share is English.
        near: how near vectors are found.

    Returns:
        What was done; None where the index was up to date.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "build.lock"):
        held = generations.read(folder)
        if held and (held.tenant, held.snapshot, held.wish) == (tenant, turns.snapshot, wish):
            if is_due(folder, held.messages):  # the guard is another one since
                keep(folder, turns.read(None), is_whole=True)
            return None
        begun = time.perf_counter()
        states = turns.states()
        task = _task(folder, held, states, choose, tenant=tenant, wish=wish, near=near)
        return _carried_out(folder, task, turns, states, begun)


def _task(
    folder: Path,
    held: Generation | None,
    states: pa.Table,
    choose: Callable[[int, float], SearchEmbedder | None],
    *,
    tenant: str,
    wish: str,
    near: str,
) -> Task:
    embedder = choose(states.num_rows, english_share(states["language"]))
    name = embedder.name if embedder else ""
    if held is None or held.tenant != tenant:
        return Task(tenant, wish, near, embedder, [], None, "there was none")
    if held.embedding != name or held.near != near:
        old, new = held.embedding or "words alone", name or "words alone"
        why = f"it was made with {old}, now {new}" if old != new else f"vectors were {held.near}, now {near}"
        return Task(tenant, wish, near, embedder, [], None, why)
    keep, read = _difference(open_index(folder, tenant).segments, states)
    return Task(tenant, wish, near, embedder, keep, read)


def english_share(languages: pa.ChunkedArray) -> float:
    """Share of English among the messages whose language is known; 1 where none is."""
    known = pc.sum(pc.not_equal(languages, "")).as_py() or 0
    english = pc.sum(pc.equal(languages, "en")).as_py() or 0
    return float(english / known) if known else 1.0


def _difference(segments: Sequence[Segment], states: pa.Table) -> tuple[list[tuple[Segment, NDArray[np.bool_]]], Keys]:
    """Which passages of each segment still say what the lake says, and the keys of messages that none says."""
    keys: Keys = states["key"].to_numpy()
    order = np.argsort(keys)
    sorted_keys, sorted_states = keys[order], states["state"].to_numpy()[order]
    said = np.zeros(len(keys), np.bool_)
    keep: list[tuple[Segment, NDArray[np.bool_]]] = []
    for segment in segments:
        own, state = segment.column("key"), segment.column("state")
        place = np.minimum(np.searchsorted(sorted_keys, own), max(len(keys) - 1, 0))
        same = np.zeros(len(own), np.bool_)
        if len(keys):
            same = segment.alive & (sorted_keys[place] == own) & (sorted_states[place] == state)
        said[place[same]] = True
        keep.append((segment, same))
    return keep, sorted_keys[~said]


def _carried_out(folder: Path, task: Task, turns: Turns, states: pa.Table, begun: float) -> Indexed:
    # The guard's patterns are Python's work, vectors and graphs mostly others': they share the time.
    with ThreadPoolExecutor(1, "verdicts") as beside:
        judged = beside.submit(_judge, folder, task, turns, states.num_rows)
        done, segments, old_keys, embedded = _made(folder, task, turns, states)
        judged.result()
    generations.commit(folder, done)
    generations.sweep(folder, segments, *([task.near] if task.near != "exact" else []))
    new = states.num_rows if task.read is None else len(task.read)
    changed = int(np.isin(old_keys, task.read).sum()) if task.read is not None else 0
    seconds = time.perf_counter() - begun
    report = Indexed(states.num_rows, new - changed, changed, len(old_keys) - changed, embedded, task.rebuilt, seconds)
    log.info("index of %s: %s", task.tenant, report)
    return report


def _made(
    folder: Path, task: Task, turns: Turns, states: pa.Table
) -> tuple[Generation, list[Segment], NDArray[np.uint64], int]:
    """The next generation, written and not yet the one that is read; its segments, keys that went, vectors computed."""
    mark = uuid4().hex[:8]
    gone = [(segment, segment.alive & ~same) for segment, same in task.keep]
    old_keys = np.unique(np.concatenate([one.column("key")[lost] for one, lost in gone] or [np.zeros(0, np.uint64)]))
    segments = [
        one.without(same, folder, mark) if lost.any() else one
        for (one, same), (_, lost) in zip(task.keep, gone, strict=True)
    ]
    embedded = 0
    if task.read is None or len(task.read):
        fresh, embedded = _written(folder, f"s-{mark}", task, turns, _vectors_of(gone))
        segments.append(fresh)
    segments = _tidied(folder, [one for one in segments if one.living], mark)
    done = Generation(
        name=mark,
        tenant=task.tenant,
        snapshot=turns.snapshot,
        wish=task.wish,
        embedding=task.embedding,
        dimensions=task.embedder.dimensions if task.embedder else 0,
        near=task.near,
        messages=states.num_rows,
        passages=sum(one.living for one in segments),
        segments=tuple((one.name, one.gone) for one in segments),
    )
    if task.near == "chroma":
        from deskbook.rag.index.chroma import store

        store(folder, done, segments)
    return done, segments, old_keys, embedded


def _judge(folder: Path, task: Task, turns: Turns, messages: int) -> None:
    """What the guard says of new texts; before the index counts as brought up to date, so that none is left over."""
    keys = None if is_due(folder, messages) else task.read
    if keys is None or len(keys):
        keep(folder, turns.read(keys), is_whole=keys is None)


def _vectors_of(gone: Sequence[tuple[Segment, NDArray[np.bool_]]]) -> dict[bytes, NDArray[np.float32]]:
    """Vectors of passages that go, by what they were made from: an edited team or time needs no new one."""
    found: dict[bytes, NDArray[np.float32]] = {}
    for segment, lost in gone:
        contents = segment.rows["content"].filter(pa.array(lost)).to_pylist()
        found.update(zip(contents, segment.vectors[lost], strict=True))
    return found


def _written(
    folder: Path, name: str, task: Task, turns: Turns, known: dict[bytes, NDArray[np.float32]]
) -> tuple[Segment, int]:
    """The messages to read as a new segment, and how many vectors were computed for it."""
    dimensions = task.embedder.dimensions if task.embedder else 0
    embedded = 0
    with Writer(folder, name, dimensions) as writer:
        for batch in turns.read(task.read):
            found = passages(batch)
            vectors = np.zeros((len(found.words), dimensions), np.float32)
            if task.embedder:
                contents = found.rows["content"].to_pylist()
                pairs = zip(contents, found.meanings, strict=True)
                due = {one: text for one, text in pairs if text and one not in known}
                made = dict(zip(due, task.embedder.embed(list(due.values())), strict=True))
                embedded += len(due)
                for row, one in enumerate(contents):
                    vectors[row] = known[one] if one in known else made.get(one, 0)
            writer.add(found.rows, found.words, vectors)
        return writer.made(), embedded


def _tidied(folder: Path, segments: list[Segment], mark: str) -> list[Segment]:
    """Segments with the small ones merged and those that lost much written anew."""
    count = 0

    def joined(*parts: Segment) -> Segment:
        nonlocal count
        count += 1
        return merge(folder, f"s-{mark}-{count}", parts)

    kept = [one if one.living >= (1 - MOST_GONE) * len(one.alive) else joined(one) for one in segments]
    while len(kept) > 1 and kept[-2].living <= MERGE_FACTOR * kept[-1].living:
        newest = kept.pop()
        kept.append(joined(kept.pop(), newest))
    return kept

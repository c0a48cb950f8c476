"""The word side of one segment: which passage holds which stem how often. BM25 is computed when it is asked.

bm25s scores at build time, so each passage that comes changes every score: it has no increment. Here a segment
keeps counts, and the statistics (passages, mean length, passages with the word) are those of all living passages
of all segments at the time of the question, so that scores are to the bit those of a full rebuild.

Method: BM25 as in Lucene (Kamphuis et al., ECIR 2020), k1 = 1.5, b = 0.75; words and stems by bm25s (Lu, 2024).
"""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from math import log
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

K1: Final = 1.5
B: Final = 0.75
STEMMERS: Final = {"en": "english", "de": "german", "es": "spanish", "fr": "french", "pt": "portuguese"}
"""By the language of a passage; of another one, or of none that is known, as English."""
TERMS: Final = "terms.arrow"
ARRAYS: Final = {"offsets": np.int64, "docs": np.int32, "counts": np.int32, "lengths": np.int32}


@dataclass(frozen=True)
class Postings:
    """What passages hold, by stem.

    Attributes:
        terms: the stems in the order of their letters.
        offsets: `docs[offsets[t]:offsets[t + 1]]` are the passages with stem t, in their order.
        counts: how often each of those holds it.
        lengths: stems in each passage.
    """

    terms: pa.Array
    offsets: NDArray[np.int64]
    docs: NDArray[np.int32]
    counts: NDArray[np.int32]
    lengths: NDArray[np.int32]

    def of(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Passages that hold a stem, and how often."""
        place = bisect_left(range(len(self.terms)), term, key=lambda one: str(self.terms[one].as_py()))
        if place == len(self.terms) or self.terms[place].as_py() != term:
            return self.docs[:0], self.counts[:0]
        held = slice(int(self.offsets[place]), int(self.offsets[place + 1]))
        return self.docs[held], self.counts[held]


class Gathering:
    """Postings while passages are added, batch by batch."""

    def __init__(self) -> None:
        self._terms: dict[str, int] = {}
        self._parts: list[tuple[NDArray[Any], NDArray[Any], NDArray[Any]]] = []
        self._lengths: list[NDArray[np.int32]] = []
        self._rows = 0

    def add(self, texts: Sequence[str], languages: Sequence[str]) -> None:
        """The next passages, each stemmed in its language."""
        lengths = np.zeros(len(texts), np.int64)
        found = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
        groups: dict[str, list[int]] = {}
        for row, language in enumerate(languages):
            groups.setdefault(STEMMERS.get(language, STEMMERS["en"]), []).append(row)
        for stemmer, rows in groups.items():
            read = _tokens([texts[row] for row in rows], stemmer)
            known = np.array([self._terms.setdefault(word, len(self._terms)) for word in read.vocab], np.int64)
            lengths[rows] = said = np.array([len(one) for one in read.ids], np.int64)
            local = np.fromiter(chain.from_iterable(read.ids), np.int64, int(said.sum()))
            found.append((np.repeat(np.array(rows, np.int64), said), known[local]))
        docs, terms = (np.concatenate([one[n] for one in found]) for n in range(2))
        width = len(self._terms) + 1
        pairs, counts = np.unique((docs + self._rows) * width + terms, return_counts=True)
        self._parts.append(((pairs % width).astype(np.int32), (pairs // width).astype(np.int32), counts))
        self._lengths.append(lengths.astype(np.int32))
        self._rows += len(texts)

    def made(self) -> Postings:
        """All of them."""
        words = list(self._terms)
        order = sorted(range(len(words)), key=words.__getitem__)
        rank = np.empty(len(words), np.int64)
        rank[order] = np.arange(len(words))
        parts = [(rank[terms], docs, counts) for terms, docs, counts in self._parts]
        return _sorted(pa.array([words[one] for one in order], pa.string()), parts, self._lengths)


def merged(parts: Sequence[tuple[Postings, NDArray[np.bool_]]]) -> Postings:
    """The postings of the living passages of several segments, one after the other."""
    terms = pc.unique(pa.chunked_array([part.terms for part, _ in parts], pa.string()))
    terms = terms.take(pc.sort_indices(terms))
    moved, lengths, rows = [], [], 0
    for part, alive in parts:
        place = np.cumsum(alive) - 1 + rows
        own = pc.index_in(part.terms, value_set=terms).to_numpy(zero_copy_only=False).astype(np.int64)
        whose = np.repeat(own, np.diff(part.offsets))
        kept = alive[part.docs]
        moved.append((whose[kept], place[part.docs[kept]], part.counts[kept]))
        lengths.append(part.lengths[alive])
        rows += int(alive.sum())
    return _trimmed(_sorted(terms, moved, lengths))


def _sorted(terms: pa.Array, parts: Sequence[tuple[Any, Any, Any]], lengths: Sequence[Any]) -> Postings:
    """From (stem, passage, count) in any order of stems; passages ascend within a part and from part to part."""
    empty = np.zeros(0, np.int64)
    whose, docs, counts = (np.concatenate([part[n] for part in parts] or [empty]) for n in range(3))
    order = np.argsort(whose, kind="stable")
    offsets = np.zeros(len(terms) + 1, np.int64)
    np.cumsum(np.bincount(whose, minlength=len(terms)), out=offsets[1:])
    said = np.concatenate([*lengths] or [empty]).astype(np.int32)
    return Postings(terms, offsets, docs[order].astype(np.int32), counts[order].astype(np.int32), said)


def _trimmed(postings: Postings) -> Postings:
    """Without stems that no passage holds any more."""
    held = np.diff(postings.offsets) > 0
    terms = postings.terms.filter(pa.array(held))
    offsets = np.concatenate([postings.offsets[:-1][held], postings.offsets[-1:]])
    return Postings(terms, offsets, postings.docs, postings.counts, postings.lengths)


def scores(parts: Sequence[tuple[Postings, NDArray[np.bool_]]], terms: Sequence[str]) -> list[NDArray[np.float64]]:
    """BM25 of every passage of every segment for stems (one that stands twice counts twice); 0 for none of them.

    Args:
        parts: postings, and which of their passages live.
    """
    passages = sum(int(alive.sum()) for _, alive in parts)
    length = sum(int(part.lengths[alive].sum(dtype=np.int64)) for part, alive in parts)
    found = [np.zeros(len(alive)) for _, alive in parts]
    if not length:
        return found
    mean = length / passages
    for term in sorted(terms):
        held = [part.of(term) for part, _ in parts]
        having = sum(int(alive[docs].sum()) for (docs, _), (_, alive) in zip(held, parts, strict=True))
        rarity = log(1 + (passages - having + 0.5) / (having + 0.5))
        for (docs, counts), (part, _), total in zip(held, parts, found, strict=True):
            often = counts.astype(np.float64)
            total[docs] += rarity * (often / (often + K1 * (1 - B + B * part.lengths[docs] / mean)))
    return found


def stems(text: str) -> list[str]:
    """The stems of a question, in its order, without words that say nothing (all of them where nothing is left).

    A word is looked for by its stem in each language, as nobody says which of them the question is in.
    """
    read = _tokens([text], "", "en")
    if not read.ids[0]:
        read = _tokens([text], "")
    said = {number: word for word, number in read.vocab.items()}
    own = [said[number] for number in read.ids[0]]
    in_each = [_stemmer(name).stemWords(own) for name in STEMMERS.values()]
    return [stem for alternatives in zip(*in_each, strict=True) for stem in dict.fromkeys(alternatives)]


def _tokens(texts: Sequence[str], stemmer: str, left_out: Any = ()) -> Any:
    stem = _stemmer(stemmer) if stemmer else None
    return _bm25s().tokenize(list(texts), stopwords=left_out or [], stemmer=stem, show_progress=False, return_ids=True)


def _stemmer(name: str) -> Any:
    """A stemmer of one's own: two threads in one would mix their words."""
    import Stemmer

    return Stemmer.Stemmer(name)


@cache
def _bm25s() -> Any:
    """The library; at import it sets its own logger to say everything, which is more than a person wants."""
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)
    return bm25s


def save(postings: Postings, folder: Path) -> None:
    """Write them into a folder."""
    table = pa.table({"term": postings.terms})
    with pa.ipc.new_file(folder / TERMS, table.schema) as file:
        file.write_table(table)
    for name in ARRAYS:
        np.save(folder / f"{name}.npy", getattr(postings, name))


def load(folder: Path) -> Postings:
    """Read them through memory maps."""
    table = pa.ipc.open_file(pa.memory_map(str(folder / TERMS))).read_all()
    arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in ARRAYS}
    column = table["term"]
    return Postings(column.chunk(0) if column.num_chunks else pa.array([], pa.string()), **arrays)

"""An index that is open: its segments, what lives in them, and who comes first in words or in meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from deskbook.errors import StoreError
from deskbook.rag.index import generation as generations
from deskbook.rag.index import postings, segment
from deskbook.rag.index.generation import Generation
from deskbook.rag.index.segment import Segment
from deskbook.rag.index.turns import EPOCH, KINDS

ATTEMPTS: Final = 5
SPARE: Final = 32
"""Candidates beyond those wanted, scored again exactly: matrix products round by the place of a row."""
Place = tuple[int, int]
"""A passage: its segment and its row there."""


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which passages may be found.

    Attributes:
        tenant: whose.
        since: first moment; until: first moment after (both aware).
        tickets: only of these (source, ticket id); None for all.
        source, team, channel, status, language, role: one of these words each; all when empty.
    """

    tenant: str
    since: datetime | None = None
    until: datetime | None = None
    tickets: frozenset[tuple[str, str]] | None = None
    source: tuple[str, ...] = ()
    team: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    role: tuple[str, ...] = ()


@dataclass(frozen=True)
class Index:
    """One generation, open: nothing that is built afterwards changes it."""

    folder: Path
    generation: Generation | None
    segments: tuple[Segment, ...]

    @cached_property
    def places(self) -> dict[str, Place]:
        """Where each passage lies, by its id."""
        return {name: (n, row) for n, one in enumerate(self.segments) for row, name in enumerate(one.ids())}

    def inside(self, scope: Scope) -> list[NDArray[np.bool_]]:
        """Which passages of each segment live and are in scope."""
        return [_inside(one, scope) for one in self.segments]

    def by_words(self, terms: Sequence[str], inside: Sequence[NDArray[np.bool_]], wanted: int) -> list[Place]:
        """The passages that fit stems best, best first; none that holds no stem."""
        found = postings.scores([(one.postings, one.alive) for one in self.segments], terms)
        for total, kept in zip(found, inside, strict=True):
            total[~kept] = 0
        places, values = _best(found, wanted, above=0.0)
        return self._ordered(places, values, wanted)

    def by_meaning(self, vector: NDArray[np.float32], inside: Sequence[NDArray[np.bool_]], wanted: int) -> list[Place]:
        """The passages nearest to a vector, nearest first, by an exact look at all that are in scope."""
        found = []
        for one, kept in zip(self.segments, inside, strict=True):
            near = np.full(len(kept), -2.0, np.float32)
            if 4 * kept.sum() < len(kept):
                near[kept] = one.vectors[kept] @ vector
            else:
                near[kept] = (one.vectors @ vector)[kept]
            found.append(near)
        places, _ = _best(found, wanted + SPARE, above=-2.0)
        return self.nearest(vector, places, wanted)

    def nearest(self, vector: NDArray[np.float32], places: Sequence[Place], wanted: int) -> list[Place]:
        """Those of some passages that are nearest to a vector; alike to the bit whichever segments they lie in."""
        vectors = [self.segments[one].vectors[row].astype(np.float64) for one, row in places]
        said = [n for n, one in enumerate(vectors) if one.any()]
        exact = [float((vectors[n] * vector).sum().round(7)) for n in said]
        return self._ordered([places[n] for n in said], exact, wanted)

    def _ordered(self, places: Sequence[Place], values: Sequence[float], wanted: int) -> list[Place]:
        """Best first; of two alike the newer, then by id, so that a rebuild gives the same order."""
        keyed = sorted(zip(places, values, strict=True), key=lambda one: (-one[1], *self._rest(one[0])))
        return [place for place, _ in keyed[:wanted]]

    def _rest(self, place: Place) -> tuple[int, str, str, int]:
        one, row = place
        rows = self.segments[one].rows
        sent, source, message, part = (rows[name][row].as_py() for name in ("sent_at", "source", "message_id", "part"))
        return (-sent, source, message, part)


def _best(found: Sequence[NDArray[np.floating]], wanted: int, *, above: float) -> tuple[list[Place], list[float]]:
    """The places with the highest values, and all that are alike with the last of them."""
    sizes = [len(one) for one in found]
    flat = np.concatenate(found) if found else np.zeros(0)
    chosen = np.flatnonzero(flat > above)
    if len(chosen) > wanted:
        least = np.partition(flat[chosen], len(chosen) - wanted)[len(chosen) - wanted]
        chosen = chosen[flat[chosen] >= least]
    starts = np.cumsum([0, *sizes])
    whose = np.searchsorted(starts, chosen, side="right") - 1
    places = [(int(one), int(row - starts[one])) for one, row in zip(whose, chosen, strict=True)]
    return places, [float(flat[row]) for row in chosen]


def _inside(one: Segment, scope: Scope) -> NDArray[np.bool_]:
    kept = one.alive.copy()
    if scope.since or scope.until:
        sent = one.column("sent_at")
        if scope.since:
            kept &= sent >= micros(scope.since)
        if scope.until:
            kept &= sent < micros(scope.until)
    for name in KINDS:
        words = getattr(scope, name)
        if words:
            column = one.rows[name].combine_chunks()
            allowed = np.isin(column.dictionary.to_pylist() or [""], words)
            kept &= allowed[column.indices.to_numpy()] if len(column) else kept
    if scope.tickets is not None:
        wanted = pa.array(sorted({ticket for _, ticket in scope.tickets}), pa.string())
        kept &= pc.is_in(one.rows["ticket_id"], value_set=wanted).to_numpy()
        for row in np.flatnonzero(kept) if len({source for source, _ in scope.tickets}) > 1 else ():
            kept[row] = (one.rows["source"][row].as_py(), one.rows["ticket_id"][row].as_py()) in scope.tickets
    return kept


def micros(moment: datetime) -> int:
    """Microseconds since 1970 of an aware moment."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def open_index(folder: Path, tenant: str) -> Index:
    """The index of a tenant as it is now; an empty one where there is none.

    Raises:
        StoreError: it is another tenant's, or its files are not there.
    """
    for _ in range(ATTEMPTS):
        held = generations.read(folder)
        if held is None:
            return Index(folder, None, ())
        if held.tenant != tenant:
            raise StoreError(f"The index in {folder} is not of tenant '{tenant}'. Fix: deskbook index.")
        try:
            return _opened(folder, held)
        except FileNotFoundError:
            continue  # merged away between the look at which segments there are and opening them
    raise StoreError(f"The index in {folder} lacks files. Fix: remove the folder, then deskbook index.")


@lru_cache(maxsize=4)
def _opened(folder: Path, held: Generation) -> Index:
    segments = tuple(segment.load(folder, name, gone, held.dimensions) for name, gone in held.segments)
    return Index(folder, held, segments)


def indexed_snapshot(folder: Path) -> int | None:
    """The snapshot the folder's index was made from; None when there is none."""
    held = generations.read(folder)
    return held.snapshot if held else None

"""A word index of messages on disk: BM25 over stems, built at once, searched through memory maps.

Layout of the folder: `current.json` names the generation in use, `<generation>/` holds it. A new
generation is written beside the old one and takes its place by replacing `current.json`, so a
reader sees one or the other, whole. Method: BM25 as in Lucene (Kamphuis et al., ECIR 2020), through
bm25s (Lu, "BM25S", 2024).
"""

from __future__ import annotations

import json
import logging
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import numpy as np
import pandas as pd

COLUMNS: Final = ("source", "ticket_id", "id", "sent_at")
CURRENT: Final = "current.json"
FORMAT: Final = 1


@dataclass(frozen=True)
class Hit:
    """One message found, with its BM25 score."""

    source: str
    ticket_id: str
    message_id: str
    sent_at: datetime
    score: float


def build_index(messages: pd.DataFrame, folder: Path, snapshot: int) -> bool:
    """Index messages, unless the folder already holds this snapshot.

    Args:
        messages: source, ticket_id, id, sent_at, text; one row a message.
        snapshot: number of the lake's snapshot they were read from.

    Returns:
        Whether anything was built.
    """
    if indexed_snapshot(folder) == snapshot:
        return False
    folder.mkdir(parents=True, exist_ok=True)
    generation = folder / f"{snapshot}-{uuid4().hex[:8]}"
    generation.mkdir()
    kept = messages[messages["text"].fillna("").str.strip() != ""]
    try:
        _write(kept, generation)
    except BaseException:
        shutil.rmtree(generation, ignore_errors=True)  # whatever happened, half an index must not stay
        raise
    old = _current(folder)
    state = {"format": FORMAT, "snapshot": snapshot, "generation": generation.name, "messages": len(kept)}
    fresh = folder / f"{CURRENT}.{generation.name}"
    fresh.write_text(json.dumps(state), "utf-8")
    os.replace(fresh, folder / CURRENT)
    if old:
        shutil.rmtree(folder / str(old["generation"]), ignore_errors=True)
    return True


def indexed_snapshot(folder: Path) -> int | None:
    """The snapshot the folder's index was made from; None when there is none."""
    state = _current(folder)
    return int(state["snapshot"]) if state else None


def search(
    folder: Path, query: str, k: int = 10, *, since: datetime | None = None, until: datetime | None = None
) -> list[Hit]:
    """The messages that fit a query best, best first; none when there is no index or no word fits.

    Args:
        since: first moment; until: first moment after (both aware).
    """
    state = _current(folder)
    if not state or not state["messages"] or k < 1:
        return []
    index, ids = _load(folder / str(state["generation"]))
    tokens = [token for token in _stems([query])[0] if token in index.vocab_dict]
    if not tokens:
        return []
    scores = index.get_scores(tokens)
    scores = np.where(_within(ids["sent_at"], since, until), scores, 0.0)
    best = np.argsort(-scores, kind="stable")[:k]
    return [_hit(ids, int(row), float(scores[row])) for row in best if scores[row] > 0]


def _within(sent_at: np.ndarray, since: datetime | None, until: datetime | None) -> np.ndarray:
    inside = np.ones(len(sent_at), dtype=bool)
    if since:
        inside &= sent_at >= _micros(since)
    if until:
        inside &= sent_at < _micros(until)
    return inside


def _micros(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def _hit(ids: dict[str, Any], row: int, score: float) -> Hit:
    source, ticket_id, message_id = (str(ids[name][row]) for name in COLUMNS[:3])
    sent_at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(ids["sent_at"][row]))
    return Hit(source, ticket_id, message_id, sent_at, score)


def _write(messages: pd.DataFrame, generation: Path) -> None:
    bm25s = _bm25s()
    for name in COLUMNS[:3]:
        np.save(generation / f"{name}.npy", messages[name].astype(str).to_numpy(dtype="U"))
    sent_at = pd.to_datetime(messages["sent_at"], utc=True).dt.as_unit("us").astype("int64")
    np.save(generation / "sent_at.npy", sent_at.to_numpy())
    if len(messages):
        index = bm25s.BM25()
        index.index(_stems(messages["text"].tolist()), show_progress=False)
        index.save(str(generation / "bm25"), show_progress=False)


def _stems(texts: list[str]) -> list[list[str]]:
    import Stemmer

    bm25s = _bm25s()
    stemmer = Stemmer.Stemmer("english")
    tokens = bm25s.tokenize(texts, stopwords=[], stemmer=stemmer, show_progress=False, return_ids=False)
    return [list(one) for one in tokens]


@lru_cache(maxsize=4)
def _load(generation: Path) -> tuple[Any, dict[str, Any]]:
    bm25s = _bm25s()
    index = bm25s.BM25.load(str(generation / "bm25"), mmap=True, show_progress=False)
    ids = {name: np.load(generation / f"{name}.npy", mmap_mode="r") for name in COLUMNS}
    return index, ids


def _bm25s() -> Any:
    """The library; at import it sets its own logger to say everything, which is more than a person wants."""
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)
    return bm25s


def _current(folder: Path) -> dict[str, Any] | None:
    try:
        state: dict[str, Any] = json.loads((folder / CURRENT).read_text("utf-8"))
    except FileNotFoundError:
        return None
    except json.JSONDecodeError:
        return None  # cut off by a crash of an older version: the next build replaces it
    return state if state.get("format") == FORMAT else None

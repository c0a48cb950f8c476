"""What the guard said of each text, kept beside the search index: it is costly, and hangs on the text alone.

A file holds a hash of each text with its verdict, under the version of the guard that gave it. What is not in it, or
was judged by another guard, is judged when it is read: a missing verdict costs time, never caution.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from deskbook.rag import disguise, guard

MOST_HELD: Final = 100_000
"""Texts whose verdict a process remembers."""
MOST_SPARE: Final = 2
"""Verdicts a message from which those of texts that are gone are thrown out."""
DIGEST_BYTES: Final = 16
"""So that nobody finds a harmless text with the hash of a hostile one (2^64 tries)."""
KEPT: Final = np.dtype([("text", f"S{DIGEST_BYTES}"), ("is_hostile", np.bool_)])
NONE: Final[NDArray[Any]] = np.zeros(0, KEPT)

speaks_to_machines = lru_cache(maxsize=MOST_HELD)(guard.is_hostile)
"""`is_hostile`, remembering."""


@cache
def guard_version() -> str:
    """A hash of the guard's sources, and of the Python and Unicode that read its patterns."""
    made = blake2b(f"{sys.version_info[:2]} {unicodedata.unidata_version}".encode(), digest_size=8)
    for module in (guard, disguise):
        made.update(Path(str(module.__file__)).read_bytes())
    return made.hexdigest()


def are_hostile(texts: Sequence[str], folder: Path | None = None) -> NDArray[np.bool_]:
    """Whether each text gives orders to a machine that reads it.

    Args:
        folder: of the search index, whose kept verdicts are taken; all texts are judged now without it.
    """
    held = _opened(folder) if folder else NONE
    place, is_known = _places(held, [_digest(text) for text in texts] if len(held) else [b""] * len(texts))
    found = held["is_hostile"][place] & is_known if len(held) else is_known
    for row in np.flatnonzero(~is_known).tolist():
        found[row] = speaks_to_machines(texts[row])
    return np.asarray(found, np.bool_)


def is_due(folder: Path, messages: int) -> bool:
    """Whether all messages are to be judged: by no guard or another one yet, or of too many texts that are gone."""
    held = _read(_file(folder))
    return held is None or len(held) > MOST_SPARE * max(1, messages)


def keep(folder: Path, batches: Iterable[pa.Table], *, is_whole: bool) -> int:
    """Judge the customers' messages, and keep the verdicts; how many texts were judged.

    Args:
        batches: text and role of messages.
        is_whole: whether these are all there are, so that other texts and other guards' files go.
    """
    held = _read(_file(folder))
    before = NONE if held is None else held
    made: dict[bytes, bool] = {}
    for batch in batches:
        for text, role in zip(batch["text"].to_pylist(), batch["role"].to_pylist(), strict=True):
            if role == "customer" and text and (digest := _digest(text)) not in made:
                made[digest] = _verdict(digest, text, before)
    fresh = np.array(list(made.items()), KEPT)
    if not is_whole:
        spare = ~np.isin(before["text"], fresh["text"])
        fresh = np.concatenate([before[spare], fresh])
    _write(folder, fresh[np.argsort(fresh["text"])])
    return len(made)


def _verdict(digest: bytes, text: str, held: NDArray[Any]) -> bool:
    place, is_known = _places(held, [digest])
    return bool(held["is_hostile"][place[0]]) if is_known[0] else guard.is_hostile(text)


def _places(held: NDArray[Any], digests: Sequence[bytes]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Where each hash stands among the kept ones, and whether it does."""
    if not len(held):
        return np.zeros(len(digests), np.intp), np.zeros(len(digests), np.bool_)
    wanted = np.array(digests, KEPT["text"])
    place = np.searchsorted(held["text"], wanted).clip(max=len(held) - 1)
    return place, held["text"][place] == wanted


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).digest()


def _file(folder: Path) -> Path:
    return folder / f"verdicts-{guard_version()}.npy"


def _opened(folder: Path) -> NDArray[Any]:
    """The kept verdicts, read once until the file is replaced; none where there is no file."""
    file = _file(folder)
    try:
        state = file.stat()
    except FileNotFoundError:
        return NONE
    held = _remembered(file, state.st_mtime_ns, state.st_ino)
    return NONE if held is None else held


@lru_cache(maxsize=8)
def _remembered(file: Path, written_ns: int, inode: int) -> NDArray[Any] | None:
    return _read(file)


def _read(file: Path) -> NDArray[Any] | None:
    """The verdicts of a file; None where it is not there or is no such file, which then is written anew."""
    try:
        held: NDArray[Any] = np.load(file, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return held if held.dtype == KEPT and held.ndim == 1 else None


def _write(folder: Path, verdicts: NDArray[Any]) -> None:
    """Put the file in place at once, so that a reader sees the old one or the new one; other guards' files go."""
    fresh = folder / f"verdicts-{uuid4().hex[:8]}.part"
    with fresh.open("wb") as file:
        np.save(file, verdicts, allow_pickle=False)
    os.replace(fresh, _file(folder))
    for path in folder.glob("verdicts-*"):
        if path != _file(folder):
            path.unlink(missing_ok=True)

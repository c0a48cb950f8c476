"""Which segments make up the index now: one small file that is replaced at once.

Layout of the folder: `current.json` names the generation in use and its segments, `<segment>/` holds each. What is
new is written beside the old and takes its place by replacing `current.json`, so a reader in any process sees one
or the other, whole, and a build that is killed leaves the old one.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

from deskbook.rag.index.segment import Segment

CURRENT: Final = "current.json"
FORMAT: Final = 3


@dataclass(frozen=True, kw_only=True)
class Generation:
    """What `current.json` says.

    Attributes:
        tenant: whose messages these are.
        snapshot: of the lake, when they were read.
        wish: what the index was asked to be made like (settings and packages).
        embedding: name of the model of its vectors; empty for words alone.
        dimensions: length of a vector.
        near: how near vectors are found: exact or chroma.
        segments: (name, file of those gone) of each, the oldest first.
    """

    name: str
    tenant: str
    snapshot: int
    wish: str
    embedding: str
    dimensions: int
    near: str
    messages: int
    passages: int
    segments: tuple[tuple[str, str], ...]
    format: int = FORMAT


def read(folder: Path) -> Generation | None:
    """The generation in use; None where there is none of this format."""
    try:
        said: dict[str, Any] = json.loads((folder / CURRENT).read_text("utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:
        return None  # cut off by a crash of an older version: the next build replaces it
    if said.get("format") != FORMAT or set(said) != {one.name for one in fields(Generation)}:
        return None
    return Generation(**{**said, "segments": tuple((name, gone) for name, gone in said["segments"])})


def commit(folder: Path, generation: Generation) -> None:
    """Make a generation the one in use."""
    fresh = folder / f"{CURRENT}.{generation.name}"
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(asdict(generation), file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, folder / CURRENT)


def sweep(folder: Path, kept: Sequence[Segment], *more: str) -> None:
    """Remove what the generation in use does not name: older segments and formats, and what a killed build left.

    A reader that has an older generation open keeps its files open too.
    """
    held = {one.name: one.gone for one in kept}
    for path in folder.iterdir():
        if path.is_dir() and path.name not in (*held, *more):
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith(f"{CURRENT}."):
            path.unlink(missing_ok=True)
    for name, gone in held.items():
        for path in (folder / name).glob("gone-*.npy"):
            if path.name != gone:
                path.unlink(missing_ok=True)

"""What was already taken of a file, as the cursor of a `files` entry keeps it.

A file that is read in part, or that has no etag, is {size, stamp, sha256, reading, rows_done, complete}; an object
that is done is the text "etag reading", as there may be very many of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deskbook.sources.chunks import Cut
from deskbook.sources.location import Location

State = Mapping[str, Any] | str
States = Mapping[str, State]


def state_of(location: Location, digest: str, reading: str, cut: Cut) -> State:
    """What to keep of a file once the rows up to a cut are committed."""
    if location.store and cut.complete:
        return f"{location.etag} {reading}"
    return {
        "size": location.size,
        "stamp": location.stamp,
        "sha256": digest,
        "reading": reading,
        "rows_done": cut.rows_done,
        "complete": cut.complete,
    }


def is_unchanged(state: State | None, location: Location, reading: str) -> bool:
    """Whether all of the file was taken and it looks, from outside, as it did then."""
    if not state or not location.stamp:
        return False
    if isinstance(state, str):
        return state == f"{location.etag} {reading}"
    if not state["complete"] or state["reading"] != reading:
        return False
    if location.store:
        return str(state["stamp"]).strip('"') == location.etag
    return (state["size"], state["stamp"]) == (location.size, location.stamp)


def is_done(state: State | None) -> bool:
    """Whether all of a file was taken."""
    return isinstance(state, str) or bool(state and state["complete"])


def rows_taken(state: State | None, digest: str, reading: str) -> int | None:
    """Rows taken of the very content that is there now, 0 if it is another; None if all of it was taken."""
    if not state or isinstance(state, str) or (state["sha256"], state["reading"]) != (digest, reading):
        return 0
    return None if state["complete"] else int(state["rows_done"])

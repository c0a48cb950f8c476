"""Objects whose rows are committed, moved to their archive: copied, looked at, deleted, each as often as it takes."""

from __future__ import annotations

import hashlib
import logging
from pathlib import PurePosixPath

from deskbook.errors import SourceError, SourceMissing
from deskbook.sources.location import Location
from deskbook.sources.refusals import Replaced, asking
from deskbook.sources.stores import Store, Stored

log = logging.getLogger(__name__)


def archived_path(path: str, etag: str, base: str, prefix: str) -> str:
    """Where an object goes: its place below the pattern's literal folder, and which content it was.

    The content stands in the name, so that an export which comes again under one name overwrites no older one, and
    so that a move which was broken off finds its own copy: an object of that name and size is whole, as stores
    show no object before all of it is there.

    Args:
        path: bucket/key.
        base: literal beginning of the keys the entry reads; up to its last slash it is left out.
        prefix: what the archived keys begin with.
    """
    bucket, _, key = path.partition("/")
    below = PurePosixPath(key.removeprefix(base[: base.rfind("/") + 1]))
    mark = hashlib.sha256(etag.encode()).hexdigest()[:8]
    stem, dot, rest = below.name.partition(".")
    name = f"{stem}.{mark}{dot}{rest}"
    folder = prefix if prefix.endswith("/") else f"{prefix}/"
    return f"{bucket}/{folder}{below.with_name(name).as_posix()}"


def archive(location: Location, base: str, prefix: str) -> None:
    """Move an object; what is done of it already is not done again. An object that changed since stays.

    Raises:
        SourceError: it could not be copied or deleted. Its rows stay, and the next sync moves it.
    """
    store = location.store
    assert store
    one = Stored(location.path, location.size, location.etag, location.tier)
    target = archived_path(location.path, location.etag, base, prefix)
    try:
        with asking(store, f"{location.origin} (to be archived as {target})"):
            _check(store, one)
            _copy(store, one, target)
            _check(store, one)
            store.remove(one)
    except (Replaced, SourceMissing):  # written anew, so it is to be read; or another process moved it
        log.info("entry=%s object=%s changed before it was archived, so it stays", store.entry, location.origin)


def _check(store: Store, one: Stored) -> None:
    """Whether it is the same still: copying and deleting ask for that too, but not every store heeds it."""
    if store.stored(one.path).etag != one.etag:
        raise Replaced(f"Entry '{store.entry}': {one.path} was written anew since its rows were read.")


def _copy(store: Store, one: Stored, target: str) -> None:
    there = _there(store, target)
    if there is None:
        store.copy(one, target)
        there = store.stored(target)
    if there.size != one.size:
        raise SourceError(
            f"Entry '{store.entry}': the archived copy {target} has {there.size} bytes, its object {one.path} "
            f"{one.size}. Nothing was deleted; look at both and remove the wrong one."
        )


def _there(store: Store, path: str) -> Stored | None:
    try:
        return store.stored(path)
    except FileNotFoundError:
        return None

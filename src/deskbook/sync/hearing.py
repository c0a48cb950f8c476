"""What webhooks said, fetched and committed as it comes, beside the pulls: their cursors stay where they are.

An entry that fetches nothing by itself is woken instead: its next pull finds the rows by its cursor.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from threading import Event
from typing import Final

from deskbook.errors import ConfigError, DeskbookError
from deskbook.sources import Called, Hooked
from deskbook.store import Commit, Heard, Hooks
from deskbook.sync.run import Means

log = logging.getLogger(__name__)
Wake = Callable[[str], None]
LOOK_SECONDS: Final = 0.5
AWAY_SECONDS: Final = 5.0
MOST_TRIES: Final = 6
"""After which what was said is left to the next pull, which finds it by its cursor."""
FIRST_PAUSE_SECONDS: Final = 5.0


def hear(means: Callable[[], Means], hooks: Hooks, stop: Event, wake: Wake) -> None:
    """Fetch what webhooks said until told to stop.

    Args:
        wake: makes an entry due at once.
    """
    while not stop.is_set():
        try:
            take_in(means(), hooks, wake)
        except Exception:  # the worker's loop: a database that is away for a moment ends nothing
            log.exception("what webhooks said cannot be told")
            stop.wait(AWAY_SECONDS)
        stop.wait(LOOK_SECONDS)


def take_in(means: Means, hooks: Hooks, wake: Wake = lambda entry: None) -> int:
    """Fetch and commit all that waits, or wake whom it is about; rows written."""
    return sum(_fetched(means, hooks, entry, heard, wake) for entry, heard in hooks.waiting(means.now()).items())


def _fetched(means: Means, hooks: Hooks, entry: str, heard: Sequence[Heard], wake: Wake) -> int:
    try:
        written = _committed(means, entry, heard, wake)
    except Exception as error:  # whatever one source throws, the others are heard
        if not isinstance(error, DeskbookError):
            log.exception("webhooks of %s failed", entry)
        tries = max(one.tries for one in heard) + 1
        if tries >= MOST_TRIES or isinstance(error, ConfigError):
            hooks.done(heard, means.now())
            log.warning("webhooks entry=%s left to the next sync: %s", entry, error)
        else:
            hooks.again(heard, means.now() + timedelta(seconds=FIRST_PAUSE_SECONDS * 2 ** (tries - 1)))
            log.warning("webhooks entry=%s tried again: %s", entry, error)
        return 0
    hooks.done(heard, means.now())
    log.info("webhooks entry=%s heard=%d rows=%d", entry, len(heard), written)
    return written


def _committed(means: Means, entry: str, heard: Sequence[Heard], wake: Wake) -> int:
    source = means.entries.source(entry, means.clock)
    if not isinstance(source, Called):
        raise ConfigError(f"Entry '{entry}' takes no webhooks any more.")
    if not isinstance(source, Hooked):
        if any(one.about for one in heard):
            wake(entry)
        return 0
    key = means.entries.entry(means.rota.first(entry)).source
    written = 0
    for page in source.fetched([one.about for one in heard], means.lake.cursor(means.tenant, entry)):
        commit = Commit(
            entry=entry,
            source=key,
            batches=source.normalise(page),
            cursor=None,
            origin=page.origin,
            rejects=page.rejects,
        )
        with means.turn:
            done = means.lake.commit(means.tenant, commit)
        written += sum(one.written + one.gone for one in done.values())
        if written:
            means.changed()
    return written

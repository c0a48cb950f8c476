"""After commits: clocks, moods and the copy that pages read, in passes that take what many small pages brought."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event
from time import perf_counter
from typing import Final

log = logging.getLogger(__name__)
LOOK_SECONDS: Final = 0.5
MOST_PAUSE_SECONDS: Final = 30.0
AWAY_SECONDS: Final = 5.0
"""Until it is looked again whether the other process is through."""


class Finishing:
    """One pass at a time, begun when something is new, and then not before as long has gone by as the last one took.

    So a row that comes alone is on the pages as soon as one pass is through, and under a stream of pages no more than
    half of one core goes into passes.

    Args:
        work: a pass: everything that follows from what is in the lake. Whether it was done; where another process is
            at it, it is tried again a little later.
        say: told what went wrong.
    """

    def __init__(self, work: Callable[[], bool], say: Callable[[str], None]) -> None:
        self._work, self._say = work, say
        self._news = Event()
        self._news.set()

    def wake(self) -> None:
        """Something is new; called once it can be read."""
        self._news.set()

    def run(self, stop: Event) -> None:
        """Passes until told to stop; the first at once, for what was left when the last process ended."""
        while not stop.is_set():
            if not self._news.wait(LOOK_SECONDS):
                continue
            self._news.clear()
            stop.wait(min(self.once(), MOST_PAUSE_SECONDS))

    def once(self) -> float:
        """A pass; the seconds to wait before the next: as many as it took."""
        begun = perf_counter()
        try:
            if not self._work():
                self.wake()
                return AWAY_SECONDS
        except Exception as failure:  # the worker's loop: a pass that fails is said, and tried again with the next page
            log.exception("a pass after the sync failed")
            self._say(f"What follows from new rows is not worked out: {failure}")
        seconds = perf_counter() - begun
        log.info("pass seconds=%.2f", seconds)
        return seconds

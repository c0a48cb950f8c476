"""Listening: an outside system that says that something changed makes its entry due at once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from threading import Event, Thread
from time import monotonic
from typing import Final

from deskbook.errors import DeskbookError
from deskbook.sources import Source, Waking

log = logging.getLogger(__name__)
LISTENING: Final = "listening"
FIRST_PAUSE_SECONDS: Final = 5.0
MOST_PAUSE_SECONDS: Final = 300.0


class Listening:
    """A thread for each entry that can be woken.

    Args:
        heard: told the entry that something changed for.
        note: told (entry, that it is listened to or why not).
    """

    def __init__(self, heard: Callable[[str], None], note: Callable[[str, str], None]) -> None:
        self._heard, self._note = heard, note
        self._stop = Event()
        self._threads: list[Thread] = []

    def begin(self, make: Mapping[str, Callable[[], Source]]) -> None:
        """Listen to these entries, and no longer to those before.

        Args:
            make: entry -> what makes the source that reads it.
        """
        self.end()
        self._stop = Event()
        for name, one in make.items():
            try:
                source = one()
            except Exception:  # whatever one source throws: its sync says it, and the others are listened to
                log.info("not listened to entry=%s", name, exc_info=True)
                continue
            if isinstance(source, Waking):
                given = (name, source, self._stop)
                thread = Thread(target=self._listen, args=given, name=f"listen {name}", daemon=True)
                thread.start()
                self._threads.append(thread)

    def end(self, wait_seconds: float = 3.0) -> None:
        """Stop listening; who does not hear it in time is left to end with the process."""
        self._stop.set()
        deadline = monotonic() + wait_seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - monotonic()))
        self._threads.clear()

    def _listen(self, name: str, source: Waking, stop: Event) -> None:
        pause = FIRST_PAUSE_SECONDS
        while not stop.is_set():
            try:
                self._note(name, LISTENING)
                for _ in source.wakes(stop):
                    pause = FIRST_PAUSE_SECONDS
                    self._heard(name)
                if not stop.is_set():
                    self._note(name, "")  # it has nothing to listen to
                return
            except DeskbookError as error:
                said = str(error)
            except Exception as error:  # the worker's loop: an ear that breaks leaves the interval
                log.exception("listening to %s failed", name)
                said = f"Unexpected {type(error).__name__}: {error}"
            self._note(name, f"Not listened to, so its interval counts: {said}")
            stop.wait(pause)
            pause = min(2 * pause, MOST_PAUSE_SECONDS)

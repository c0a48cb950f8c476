"""Who is next: threads go through one by one, in the order they came."""

from __future__ import annotations

from threading import Condition
from types import TracebackType


class Turnstile:
    """A lock that is fair: who lets go and comes back stands behind those who wait.

    With a plain one, a source with pages without end would take its turn again before anybody else woke up.
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._drawn = self._serving = 0

    def __enter__(self) -> None:
        with self._changed:
            mine = self._drawn
            self._drawn += 1
            while self._serving != mine:
                self._changed.wait()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._changed:
            self._serving += 1
            self._changed.notify_all()

"""What the pages of a workspace have asked before, so that the same question is not run twice."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import RLock
from time import monotonic
from typing import Any, Final
from weakref import WeakKeyDictionary

KEPT: Final = 400


class Memory:
    """What one workspace's pages have asked before, by snapshot and filter; the least used makes room."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Any, Any] = OrderedDict()
        self._lately: dict[Any, tuple[float, Any]] = {}
        self._turn = RLock()

    def get(self, key: Any) -> Any:
        """What was kept under a key; None if nothing."""
        with self._turn:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def lately(self, key: Any, seconds: float, find: Callable[[], Any]) -> Any:
        """What was found under a key so short a while ago, for all pages; found again when it is older."""
        with self._turn:
            at, found = self._lately.get(key, (float("-inf"), None))
            if monotonic() - at >= seconds:
                found = find()
                self._lately[key] = (monotonic(), found)
            return found

    def put(self, key: Any, found: Any) -> None:
        """Keep something under a key."""
        with self._turn:
            self._kept[key] = found
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)


_MEMORIES: Final[WeakKeyDictionary[Any, Memory]] = WeakKeyDictionary()


def memory_of(book: object) -> Memory:
    """The memory that all pages of a workspace share."""
    return _MEMORIES.setdefault(book, Memory())

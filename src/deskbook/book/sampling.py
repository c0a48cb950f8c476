"""Asking a stranger for a few rows: within a time, not too many at once, kept for minutes, no secret in a message."""

from __future__ import annotations

import hashlib
import os
import re
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock, Thread
from time import monotonic
from typing import Final, TypeVar
from urllib.parse import unquote

from deskbook.errors import DeskbookError, SourceError, SourceMissing
from deskbook.sources import Page
from deskbook.sources.secrets import covered

SECONDS: Final = 20.0
"""How long a source may take for its first rows."""
AT_ONCE: Final = 3
KEPT: Final = 8
KEPT_SECONDS: Final = 600.0
T = TypeVar("T")


class Samples:
    """First rows of the sources that are being tried; forgotten after minutes, or when others need the place.

    Args:
        seconds: how long one source may take.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._places = BoundedSemaphore(AT_ONCE)
        self._turn, self._held = Lock(), OrderedDict[str, tuple[float, Page]]()
        self._salt = os.urandom(16)

    def page(self, key: object, ask: Callable[[], Page], *, again: bool) -> Page:
        """The rows under a key, asked for if they are not held.

        Args:
            again: whether they are asked for in any case.

        Raises:
            SourceMissing: nothing came in time, or too many are asked for at once.
        """
        # The key may hold secrets: only its hash is kept, and no other process could make the same.
        name = hashlib.sha256(self._salt + repr(key).encode()).hexdigest()
        with self._turn:
            for old in [one for one, (at, _) in self._held.items() if monotonic() - at > KEPT_SECONDS]:
                del self._held[old]
            if not again and name in self._held:
                return self._held[name][1]
        page = self._in_time(ask)
        with self._turn:
            self._held[name] = (monotonic(), page)
            while len(self._held) > KEPT:
                self._held.popitem(last=False)
        return page

    def _in_time(self, ask: Callable[[], T]) -> T:
        """What comes of asking in a thread of its own; one that hangs keeps its place until it ends."""
        if not self._places.acquire(blocking=False):
            raise SourceMissing(f"{AT_ONCE} sources are being tried and do not answer yet. Try again in a moment.")
        made: Future[T] = Future()

        def work() -> None:
            try:
                made.set_result(ask())
            except BaseException as error:  # noqa: BLE001  # whoever waits gets it as it is
                made.set_exception(error)
            finally:
                self._places.release()

        Thread(target=work, name="trying a source", daemon=True).start()
        try:
            return made.result(self.seconds)
        except Late:
            if made.done():
                raise
            raise SourceMissing(
                f"No rows came within {self.seconds:g} s. Is the address right, and may this machine reach it?"
            ) from None


@contextmanager
def quiet(secrets: Mapping[str, str], field: Callable[[str], str]) -> Iterator[None]:
    """Failures of a source as ours, without its secrets, and about a field.

    Args:
        secrets: any name -> what must stand in no message.
        field: the field of the form that a message speaks of.
    """
    hidden = [one for secret in secrets.values() for one in (secret, unquote(secret))]
    try:
        yield
    except DeskbookError as error:
        said = nameless(covered(str(error), *hidden))
        told: DeskbookError = error if said == str(error) else SourceError(said)
        told.field = error.field or field(said)
        raise told from None
    except Exception as error:  # noqa: BLE001  # the room's edge: a stranger's driver may fail in any way
        said = covered((str(error) or type(error).__name__).splitlines()[0][:300], *hidden)
        failed = SourceError(f"It could not be read: {type(error).__name__}: {said}.")
        failed.field = field(said)
        raise failed from None


def nameless(said: str) -> str:
    """A message about an entry that has no name yet."""
    return re.sub(r"\b[Ee]ntry 'new'", lambda found: "This source" if found[0][0] == "E" else "this source", said)


def mapped_column(said: str) -> str:
    """The column whose mapping a message speaks of; empty for none."""
    _, found, rest = said.partition(" maps ")
    return rest.split(" ", 1)[0].rstrip(":").partition(".")[2].partition(".")[0] if found else ""

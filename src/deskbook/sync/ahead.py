"""Pulling ahead: a thread pulls and normalises while what it pulled before is committed, several small pages at once.

A page that is kept outlives the process, so the next one is pulled before it is committed. A page of a table is not
kept, but reading on changes nothing outside: one more is made ready while it is committed, and no more, for they are
large. Of any other the thread waits until it is: whoever goes on with a generator says that the page before is in the
lake.
"""

from __future__ import annotations

import gc
import json
import logging
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from threading import Condition, Thread
from time import monotonic
from typing import Any, Final

from deskbook.schema import Batch, joined
from deskbook.sources import Page, Source
from deskbook.sync.pulled import Shelf

log = logging.getLogger(__name__)
WAIT_SECONDS: Final = 1.0
"""How long a page that is kept waits at most for others to be committed with it: a commit costs as much as some."""
MOST_BYTES: Final = 8 << 20
"""Of pages that wait; as many may be under way to the lake."""
LEAVE_SECONDS: Final = 5.0
"""How long whoever stops waits for a request that is under way."""


@dataclass(frozen=True)
class Ready:
    """A page with its rows, ready to be committed.

    Attributes:
        file: where it is kept until then; None where it is not.
    """

    page: Page
    batches: Sequence[Batch]
    file: Path | None

    @property
    def is_alone(self) -> bool:
        """Whether it is a commit of its own: it is not kept, or says what became of rows of other pages."""
        return self.file is None or any(
            one.replaces or one.present is not None or len(one.gone) for one in self.batches
        )


class Ahead:
    """One pull of a source, ahead of its commits; use it in a `with`.

    Args:
        shelf: where pages are kept; None where each is to be committed before the next is pulled.
        ready: what the store makes of a batch before it is committed.
    """

    def __init__(
        self, source: Source, cursor: Mapping[str, Any], shelf: Shelf | None, name: str, ready: Callable[[Batch], Batch]
    ) -> None:
        self._source, self._cursor, self._shelf, self._make_ready = source, cursor, shelf, ready
        self._changed = Condition()
        self._ready: deque[Ready] = deque()
        self._bytes, self._since = 0, 0.0
        self._pulled = self._committed = 0
        self._is_over = self._is_through = False
        self._error: BaseException | None = None
        self._thread = Thread(target=self._run, name=f"pull {name}", daemon=True)

    def __enter__(self) -> Ahead:
        _freeze()
        self._thread.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self.stop()
        self._thread.join(LEAVE_SECONDS)  # a request under way ends by itself, and nothing is made of its answer

    def stop(self) -> None:
        """Pull no more; what is pulled is still given out."""
        with self._changed:
            self._is_over = True
            self._changed.notify_all()

    def groups(self) -> Iterator[list[Ready]]:
        """Pages to commit at once; whoever asks for the next has committed those before.

        Raises:
            Exception: what the source raised, after the pages before.
        """
        while group := self._taken():
            yield group
            self._settle(group)
        if self._error and not self._is_over:
            raise self._error

    def _taken(self) -> list[Ready]:
        with self._changed:
            while True:
                waited = monotonic() - self._since
                is_due = self._is_over or self._is_through or self._bytes >= MOST_BYTES or waited >= WAIT_SECONDS
                if self._ready and (is_due or self._ready[-1].file is None):
                    return self._cut()
                if self._is_over or self._is_through:
                    return []
                self._changed.wait(WAIT_SECONDS - waited if self._ready else None)

    def _cut(self) -> list[Ready]:
        """The first pages that can be one commit: a page that begins its origin clears what was set aside of it."""
        group = [self._ready.popleft()]
        while self._ready and not (group[0].is_alone or self._ready[0].is_alone or self._ready[0].page.first):
            group.append(self._ready.popleft())
        self._bytes = sum(one.page.rows.nbytes for one in self._ready)
        self._changed.notify_all()
        return group

    def _settle(self, group: Sequence[Ready]) -> None:
        for one in group:
            if one.file:
                one.file.unlink(missing_ok=True)
        with self._changed:
            self._committed += len(group)
            self._changed.notify_all()

    def _run(self) -> None:
        try:
            if self._shelf:
                self._take_again(self._shelf)
            if self._is_over:
                return
            pages = self._source.pull(self._cursor)
            try:
                for page in pages:
                    if not self._take(page):
                        return
            finally:
                close = getattr(pages, "close", None)
                if close:
                    close()
        except BaseException as error:  # noqa: BLE001  handed over to the thread that commits, which raises it
            self._error = error
        finally:
            with self._changed:
                self._is_through = True
                self._changed.notify_all()

    def _take_again(self, shelf: Shelf) -> None:
        """Give out the pages that a sync before kept; the pull goes on after them."""
        for page, file in shelf.following(self._cursor):
            try:
                ready = Ready(page, self._source.normalise(page), file)
            except BaseException:
                shelf.clear()  # pulled again, it may be another
                raise
            if not self._put(ready):
                return
            self._cursor = page.cursor

    def _take(self, page: Page) -> bool:
        """Take a page that was pulled; whether to go on."""
        batches, file = self._source.normalise(page), None
        page = replace(page, objects=None)  # while it waits its texts are enough
        if self._shelf:
            # A source may go on writing to its cursor, and what is committed is the one of this page.
            page = replace(page, cursor=json.loads(json.dumps(page.cursor, default=str)))
            if self._shelf.takes(page):
                with self._changed:
                    if self._is_over:
                        return False  # the entry may be another's by now
                    file = self._shelf.keep(page, self._cursor)
            self._cursor = page.cursor
        if file is None:  # those that are kept may be joined, and have texts already
            batches = [self._make_ready(batch) for batch in batches]
            page = replace(page, rows=page.rows.schema.empty_table())  # all of them are in the batches
        return self._put(Ready(page, batches, file))

    def _put(self, ready: Ready) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self._is_over or self._bytes < MOST_BYTES)
            if self._is_over:
                return False
            self._since = self._since if self._ready else monotonic()
            self._ready.append(ready)
            self._bytes += ready.page.rows.nbytes
            self._pulled += 1
            mine = self._pulled
            self._changed.notify_all()
            if ready.page.is_read_only:
                self._changed.wait_for(lambda: self._is_over or not self._ready)
            elif ready.file is None:
                self._changed.wait_for(lambda: self._is_over or self._committed >= mine)
            return not self._is_over


@cache
def _freeze() -> None:
    """Let the garbage collector pass over what the process had before its first pull.

    Payloads are so many objects that it would walk through all modules again and again, a sixth of a sync's time.
    """
    gc.collect()
    gc.freeze()


def joined_by_table(group: Sequence[Ready]) -> list[Batch]:
    """The batches of several pages as one a table."""
    tables: dict[str, list[Batch]] = {}
    for ready in group:
        for batch in ready.batches:
            tables.setdefault(batch.table, []).append(batch)
    return [joined(batches) for batches in tables.values()] if len(group) > 1 else list(group[0].batches)


__all__ = ["Ahead", "Ready", "joined_by_table"]

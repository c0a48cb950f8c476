"""Keeping entries up to date: what is due is pulled by a bounded number of threads, until told to stop."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import Final

from deskbook.errors import DeskbookError
from deskbook.sources import Source
from deskbook.sources.rhythm import Every
from deskbook.store import Standing
from deskbook.sync.listening import Listening
from deskbook.sync.run import THREADS, EntryReport, Means, sync_entry
from deskbook.sync.schedule import Planned, due, wait_seconds

log = logging.getLogger(__name__)
LOOK_SECONDS: Final = 1.0
"""How often it is looked whether somebody paused an entry, asked for one, or changed a catalog."""
WATCH_SECONDS: Final = 5
AWAY_SECONDS: Final = 5.0
"""Until it is looked again where what is due could not be told."""
SLICE_SECONDS: Final = 5.0
"""How long an entry is pulled while others that are due wait for a thread."""
GRACE_SECONDS: Final = 15.0
"""How long the last pages may take once it is told to stop."""


class Rounds:
    """What is due, pulled side by side; each entry once at a time, pages of several in between each other.

    Args:
        means: what a sync works with now; another one where a catalog changed.
        default: the interval of entries that name none.
        threads: entries pulled at once.
        only: these entries; all where empty.
        done: told what each sync did.
    """

    def __init__(
        self,
        means: Callable[[], Means],
        default: Every,
        *,
        threads: int = THREADS,
        only: Collection[str] = (),
        done: Callable[[EntryReport], None] = lambda report: None,
    ) -> None:
        self._means_now, self._default, self._threads, self._only = means, default, threads, only
        self._done = done
        self._stop = Event()
        self._crowded = Event()
        self._events: SimpleQueue[EntryReport | str] = SimpleQueue()
        self._running: dict[str, Thread] = {}
        self._woken: set[str] = set()
        self._held_back: dict[str, float] = {}
        self._watched_at: datetime | None = None
        self._means = means()
        self._listening = Listening(self._events.put, lambda name, said: self._means.standings.note(name, hearing=said))

    @property
    def running(self) -> frozenset[str]:
        """Entries that are being pulled."""
        return frozenset(self._running)

    def run(self, stop: Event) -> None:
        """Pull what is due until told to stop; pages that are under way are committed."""
        self._stop = stop
        self._listen()
        try:
            while not stop.is_set():
                try:
                    self.await_news(self.step())
                except Exception:  # the worker's loop: a database that is away for a moment ends nothing
                    log.exception("what is due cannot be told")
                    stop.wait(AWAY_SECONDS)
        finally:
            self._listening.end()
            deadline = monotonic() + GRACE_SECONDS
            for thread in list(self._running.values()):
                thread.join(max(0.0, deadline - monotonic()))
            self._take_in()

    def step(self) -> float:
        """Begin what is due, as far as threads are free.

        Returns:
            Seconds until anything more may be due.
        """
        self._take_in()
        means = self._means_now()
        if means is not self._means:
            self._means = means
            self._listen()
        now = means.now()
        if self._watched_at is None or now - self._watched_at >= timedelta(seconds=WATCH_SECONDS):
            means.standings.watch(now)
            self._watched_at = now
        planned = self._planned(means)
        # Who could not be pulled now, as another process is at it, is still due: not again in the same moment.
        held_back = {name for name, until in self._held_back.items() if until > monotonic()}
        busy = held_back | self._running.keys()
        waiting = due(planned, now, running=busy)
        for one in waiting[: max(0, self._threads - len(self._running))]:
            self._begin(means, one)
        is_crowded = any(one.name not in self._running for one in waiting)
        (self._crowded.set if is_crowded else self._crowded.clear)()
        busy = held_back | self._running.keys()
        return LOOK_SECONDS if is_crowded else wait_seconds(planned, now, running=busy, most=LOOK_SECONDS)

    def await_news(self, most_seconds: float) -> None:
        """Wait until a sync is through or an entry is woken, so long at most."""
        try:
            self._take(self._events.get(timeout=max(0.001, most_seconds)))
        except Empty:
            return

    def wake(self, name: str) -> None:
        """Something changed for an entry: it is due at once."""
        self._events.put(name)

    def _planned(self, means: Means) -> list[Planned]:
        planned = means.rota.planned(means.standings.all(), self._default, woken=self._woken)
        return [one for one in planned if not self._only or one.of in self._only]

    def _begin(self, means: Means, one: Planned) -> None:
        self._woken.discard(one.name)
        given = replace(means, sleep=self._stop.wait, give_way=self._give_way)
        thread = Thread(target=self._pull, args=(given, one.name, one.standing), name=f"sync {one.name}", daemon=True)
        self._running[one.name] = thread
        thread.start()

    def _pull(self, means: Means, name: str, seen: Standing) -> None:
        try:
            report = sync_entry(means, name, seen=seen)
        except Exception as failure:  # the worker's loop: what its own state throws must not take the others down
            log.exception("sync of %s could not be written down", name)
            report = EntryReport(name, "failed", 0.0, error=f"Unexpected {type(failure).__name__}: {failure}")
            self._stop.wait(LOOK_SECONDS)  # it is still due, as nothing is written down
        self._events.put(report)

    def _give_way(self, begun_at: datetime) -> bool:
        """Whether a sync is to end after this page: told to stop, or others have waited while it had its time."""
        if self._stop.is_set():
            return True
        return self._crowded.is_set() and (self._means.now() - begun_at).total_seconds() >= SLICE_SECONDS

    def _take_in(self) -> None:
        while not self._events.empty():
            self._take(self._events.get())

    def _take(self, event: EntryReport | str) -> None:
        if isinstance(event, str):
            self._woken.add(event)
            return
        self._running.pop(event.name, None)
        if event.status == "busy":
            self._held_back[event.name] = monotonic() + LOOK_SECONDS
        self._done(event)

    def _listen(self) -> None:
        means = self._means
        names = [name for name in means.rota.names if not self._only or means.rota.first(name) in self._only]
        try:
            self._listening.begin({name: _maker(means, name) for name in names if name not in means.rota.problems})
        except DeskbookError as error:  # the intervals are enough
            log.warning("nothing is listened to: %s", error)


def _maker(means: Means, name: str) -> Callable[[], Source]:
    return lambda: means.entries.source(name, means.clock)

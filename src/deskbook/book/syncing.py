"""The part of a book that keeps its entries up to date, and says how they are doing."""

from __future__ import annotations

import hashlib
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Final

import pandas as pd

from deskbook.access import Actor
from deskbook.book.part import part
from deskbook.catalog import Catalog
from deskbook.clocks import Rules
from deskbook.errors import ConfigError, UnknownName
from deskbook.settings import Settings
from deskbook.sources import Clock
from deskbook.sources.rhythm import Every
from deskbook.store import Hooks, HotCopies, HotView, Lake, Leases, Run, Standings, State

if TYPE_CHECKING:
    from deskbook.sync import EntryReport, Means, Rota
    from deskbook.sync.health import Health

log = logging.getLogger(__name__)
KEPT_BY: Final = ("lead", "analyst", "admin")
"""Roles that may pause, resume and ask for a sync."""
Say = Callable[[str], None]
FINISHING: Final = "*"
"""Whose lease it is to work out what follows from new rows; no entry has this name."""
FINISH_WAIT_SECONDS: Final = 600.0
"""How long a sync by hand waits for another process to be through with that."""
EARS_SECONDS: Final = 5.0
"""How long what a webhook said may take to be fetched once it is told to stop; what is not stays kept."""


class HeldRota:
    """Who is pulled when by the catalog as it was last read; one for all copies of a book."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._held: tuple[Catalog, Rota] | None = None

    def of(self, catalog: Catalog) -> Rota:
        """The rota of a catalog, worked out once."""
        from deskbook.sync import Rota

        with self._turn:
            if self._held is None or self._held[0] is not catalog:
                self._held = (catalog, Rota.of(catalog))
            return self._held[1]


class Syncing(ABC):
    """The part of a `Book` that syncs."""

    settings: Settings
    clock: Clock
    actor: Actor
    _held_rota: HeldRota

    @property
    @abstractmethod
    def catalog(self) -> Catalog:
        """Every data source of the workspace, as its files are now."""

    @property
    @abstractmethod
    def lake(self) -> Lake:
        """The store of rows."""

    @property
    @abstractmethod
    def state(self) -> State:
        """What each sync did."""

    @property
    @abstractmethod
    def rules(self) -> Rules:
        """How tickets are measured."""

    @property
    @abstractmethod
    def hooks(self) -> Hooks:
        """What webhooks said and is yet to be fetched."""

    @property
    @abstractmethod
    def _hot(self) -> HotCopies:
        """The copies that numbers are read from."""

    @abstractmethod
    def view(self, snapshot: int | None = None, zone: str | None = None) -> HotView:
        """The hot copy of a snapshot."""

    @abstractmethod
    def measure(self, *, progress: Callable[[int, int], None] | None = None) -> int:
        """Work out the clocks of tickets that changed."""

    @property
    def rota(self) -> Rota:
        """Which entry is pulled how often, and which in whose stead."""
        return self._held_rota.of(self.catalog)

    @part
    def standings(self) -> Standings:
        """How each entry stands."""
        from deskbook.sync.health import seeded

        made = Standings(self.state.engine, self.settings.tenant)
        made.seed(seeded(self.state, self.settings.tenant))
        return made

    @property
    def every(self) -> Every:
        """The interval of entries that name none."""
        return Every(float(self.settings.sync_every_seconds), float(self.settings.sync_every_seconds))

    @property
    def _leases(self) -> Leases:
        return Leases(self.state.engine, self.settings.state / "leases")

    def _means(self, progress: Callable[[str, int], None] | None = None) -> Means:
        from deskbook.sync import Means, Pulled

        return Means(
            lake=self.lake,
            state=self.state,
            standings=self.standings,
            leases=self._leases,
            entries=self.catalog,
            rota=self.rota,
            tenant=self.settings.tenant,
            clock=self.clock,
            progress=progress,
            pulled=Pulled(self.settings.state / "pulled", lambda: self.state.key("pulled")),
            scheduler=self.settings.scheduler,
        )

    def sync(
        self,
        *names: str,
        progress: Callable[[str, int], None] | None = None,
        measured: Callable[[int, int], None] | None = None,
        scored: Callable[[int, int], None] | None = None,
        workers: int = 1,
    ) -> list[EntryReport]:
        """Bring entries up to date (all that are not paused when none is named), then measure and score what is new.

        Args:
            progress: told (entry, rows read so far) after each commit.
            measured: told (tickets measured, tickets in all).
            scored: told (messages scored, messages in all).
            workers: processes to score with. They are spawned: a script that asks for more than one
                needs `if __name__ == "__main__":`; the command has it, and uses every core.
        """
        from deskbook.sync import sync_entries

        _ = self.rules  # what cannot be meant is said before anything is read
        reports = sync_entries(self._means(progress), names, threads=self.settings.sync_threads)
        self.finish(measured=measured, scored=scored, workers=workers)
        return reports

    def finish(
        self,
        *,
        measured: Callable[[int, int], None] | None = None,
        scored: Callable[[int, int], None] | None = None,
        workers: int = 1,
        wait_seconds: float = FINISH_WAIT_SECONDS,
    ) -> bool:
        """Work out what follows from new rows: clocks, moods, and the copy that numbers are read from.

        One process of all that share a lake is at it, so that no ticket and no message is worked out twice.

        Args:
            wait_seconds: how long to wait for who is at it.

        Returns:
            Whether it is worked out; otherwise whoever is at it still is, and may have begun before the newest rows.
        """
        from deskbook.sync import Cluster, score_messages

        tenant, method = self.settings.tenant, self.settings.sentiment
        with self._leases.taken(tenant, FINISHING, wait_seconds) as is_ours:
            if not is_ours:
                return False
            self.measure(progress=measured)
            with Cluster(self.settings.scheduler) as cluster:
                score_messages(
                    self.lake, tenant=tenant, method=method, workers=workers, cluster=cluster, progress=scored
                )
        self.view()  # made here, the copy is there for whoever looks next
        return True

    def watch(self, *names: str, stop: Event, say: Say, workers: int = 1) -> None:
        """Sync entries as they are due (all when none is named) until told to stop.

        Args:
            say: told what failed and what was written.
            workers: processes to score with, as for `sync`.
        """
        from deskbook.sync import Finishing, Rounds, hear

        for name in names:
            self.catalog.entry(name)
        _ = self.rules
        self.fit_threads()
        finishing = Finishing(lambda: self.finish(workers=workers, wait_seconds=0.0), say)

        def done(report: EntryReport) -> None:
            if report.error and report.status != "busy":
                say(f"{report.name}: {report.error}")
            elif written := report.total.written:
                say(f"{report.name}: {written:,} rows written in {report.seconds:.1f} s")
            for note in report.notes:
                say(f"{report.name}: {note}")

        following = self._following(finishing.wake, say)
        rounds = Rounds(following, self.every, threads=self.settings.sync_threads, only=names, done=done)
        passes = Thread(target=finishing.run, args=(stop,), name="passes", daemon=True)
        ears = Thread(target=hear, args=(following, self.hooks, stop, rounds.wake), name="webhooks", daemon=True)
        passes.start()
        ears.start()
        try:
            rounds.run(stop)
        finally:
            stop.set()
            passes.join()
            ears.join(EARS_SECONDS)

    def fit_threads(self) -> None:
        """Take as many of DuckDB's threads as the desk is worth, while one thread alone is at the lake."""
        self._hot.fit_threads()

    def _following(self, changed: Callable[[], None], say: Say) -> Callable[[], Means]:
        """What a sync works with by the catalogs as they are now; the same thing while they stay as they are."""
        held: list[Means] = []
        problem: list[str] = []
        turn = Lock()  # pulls and webhooks ask for it side by side

        def means() -> Means:
            with turn:
                return current()

        def current() -> Means:
            try:
                if not held or held[0].rota is not self.rota:
                    again = replace(self._means(), changed=changed)
                    for one in self.catalog.problems:
                        say(str(one))
                    held[:] = [replace(again, turn=held[0].turn) if held else again]
            except ConfigError as error:
                if not held:
                    raise
                if problem != [str(error)]:
                    problem[:] = [str(error)]
                    say(f"{error} What was read before still holds.")
            return held[0]

        return means

    def pause(self, entry: str) -> None:
        """Sync an entry no more until it is resumed.

        Raises:
            AccessDenied: the actor may not.
            UnknownName: no catalog has it.
        """
        self._keeping(entry, "Pausing a source")
        self.standings.note(entry, paused_at=self._now(), paused_by=self.actor.name)
        log.info("paused tenant=%s entry=%s by=%s", self.settings.tenant, entry, self.actor.name)

    def resume(self, entry: str) -> None:
        """Sync an entry again as it is due.

        Raises:
            AccessDenied, UnknownName: as for `pause`.
        """
        self._keeping(entry, "Resuming a source")
        self.standings.note(entry, paused_at=None, paused_by="")
        log.info("resumed tenant=%s entry=%s by=%s", self.settings.tenant, entry, self.actor.name)

    def sync_soon(self, entry: str) -> bool:
        """Ask whoever syncs what is due to pull an entry at once, also a paused one; whether anybody does.

        Raises:
            AccessDenied, UnknownName: as for `pause`.
        """
        self._keeping(entry, "Asking for a sync")
        self.standings.note(entry, wanted_at=self._now(), wanted_by=self.actor.name)
        return self.is_watched

    @property
    def is_watched(self) -> bool:
        """Whether anybody syncs what is due: a worker, or `deskbook sync --watch`."""
        from deskbook.sync.rounds import WATCH_SECONDS

        seen = self.standings.watched_at()
        return seen is not None and abs((self._now() - seen).total_seconds()) < 4 * WATCH_SECONDS

    @property
    def was_watched(self) -> bool:
        """Whether anybody ever did; a desk that is only synced by hand misses nobody."""
        return self.standings.watched_at() is not None

    @property
    def may_keep_sources(self) -> bool:
        """Whether whoever asks this book may pause, resume and ask for a sync."""
        return bool(self.actor.roles & set(KEPT_BY))

    def pulse(self) -> str:
        """A text that changes with how the entries stand and how they do: a page that shows it looks at this."""
        held = sorted((name, repr(one)) for name, one in self.standings.all().items())
        doing = sorted((name, one.status) for name, one in self.health().items())
        return hashlib.sha256(repr((held, doing, self.is_watched)).encode()).hexdigest()

    def last_runs(self) -> dict[str, Run]:
        """The newest sync of each entry."""
        return self.state.last_runs(self.settings.tenant)

    def sources(self) -> pd.DataFrame:
        """Every catalog entry with the state of its sync, one row each.

        Returns:
            entry, kind, source, tables; health (green, yellow, red, no data), status (ok, late, retrying, covered,
            failed, never, empty) and said (why); synced_at, row_at, next_at, paused_at, wanted_at (UTC; last good
            sync, last row that came, next sync, since when it is paused or asked for); age_hours, freshness_hours,
            every_seconds; rows_read, rows_written, rows_quarantined (held now); error; paused_by; fallback,
            instead_of (whose fallback it is), fed_by (who feeds in its stead), feeds; hearing; noticed (what its syncs
            of the last day noticed last, such as a column of another type).
        """
        from deskbook.sync.health import NOTICED_FOR, entry_states

        frame = entry_states(
            self.rota,
            self.lake,
            self.state,
            self.standings.all(),
            tenant=self.settings.tenant,
            now=self.clock(),
            default=self.every,
        )
        noticed = self.standings.noticed(self._now() - NOTICED_FOR)
        return frame.assign(noticed=[noticed.get(name, "") for name in frame["entry"]]) if len(frame) else frame

    @property
    def asleep(self) -> dict[str, tuple[str, ...]]:
        """Entry -> environment variables it waits for, of entries that nothing is done with until they are set."""
        return self.catalog.asleep

    def health(self) -> dict[str, Health]:
        """Entry -> its health against what it promises, of all that are nobody's fallback."""
        from deskbook.sync.health import colours

        return colours(self.rota, self.standings.all(), self._now())

    def quarantine(self, entry: str) -> pd.DataFrame:
        """The rows of an entry that were set aside: origin, line, column, reason and the row itself."""
        table = self.lake.read(
            "quarantine", self.settings.tenant, where="entry = $entry", params={"entry": entry}, order="origin, line"
        )
        frame: pd.DataFrame = table.to_pandas()
        return frame

    def _keeping(self, entry: str, doing: str) -> None:
        self.actor.needs(KEPT_BY, doing)
        if entry not in self.catalog.names:
            raise UnknownName("catalog entry", entry, self.catalog.names)

    def _now(self) -> datetime:
        return self.clock().astimezone(UTC).replace(tzinfo=None)

"""One sync of a vendor's fake in a process of its own, to be killed: `python -m … VENDOR URL FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from deskbook.sources import Clock, Entry, Source, source, utc_now
from deskbook.store import Lake, Leases, Standings, State
from deskbook.sync import Means, Pulled, Rota, sync_entries
from tests.sources.vendors.conftest import fake_of


class One:
    """A catalog of one entry."""

    def __init__(self, entry: Entry) -> None:
        self._entry, self.names = entry, (entry.name,)

    def entry(self, name: str) -> Entry:
        return self._entry

    def source(self, name: str, clock: Clock) -> Source:
        return source[self._entry.kind](self._entry, clock)


def sync(vendor: str, url: str, folder: Path) -> None:
    """Pull and commit as every sync does."""
    entries = One(fake_of(vendor, utc_now).entry(url))
    state = State(f"sqlite:///{folder}/deskbook.db")
    means = Means(
        lake=lake_in(folder),
        state=state,
        standings=Standings(state.engine, "main"),
        leases=Leases(state.engine, folder / "leases"),
        entries=entries,
        rota=Rota.of(entries),
        tenant="main",
        clock=utc_now,
        pulled=Pulled(folder / "pulled", lambda: state.key("pulled")),
    )
    (report,) = sync_entries(means)
    if report.error:
        raise RuntimeError(report.error)


def lake_in(folder: Path) -> Lake:
    """The lake of that folder."""
    return Lake(f"sqlite:///{folder}/deskbook.db", f"{folder}/files", state=folder)


if __name__ == "__main__":
    sync(sys.argv[1], sys.argv[2], Path(sys.argv[3]))

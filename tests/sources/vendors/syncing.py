"""One sync of a vendor's fake in a process of its own, to be killed: `python -m … VENDOR URL FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from deskbook.sources import Clock, Entry, Source, source, utc_now
from deskbook.store import Commit, Lake
from tests.sources.vendors.conftest import fake_of


def sync(vendor: str, url: str, folder: Path) -> None:
    """Pull and commit page by page, as a sync does."""
    entry: Entry = fake_of(vendor, utc_now).entry(url)
    clock: Clock = utc_now
    made: Source = source[entry.kind](entry, clock)
    lake = lake_in(folder)
    for page in made.pull(lake.cursor("main", entry.name)):
        commit = Commit(
            entry=entry.name,
            source=entry.source,
            batches=made.normalise(page),
            cursor=page.cursor,
            origin=page.origin,
            rejects=page.rejects,
        )
        lake.commit("main", commit)


def lake_in(folder: Path) -> Lake:
    """The lake of that folder."""
    return Lake(f"sqlite:///{folder}/deskbook.db", f"{folder}/files", state=folder)


if __name__ == "__main__":
    sync(sys.argv[1], sys.argv[2], Path(sys.argv[3]))

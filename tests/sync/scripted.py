"""A source that does what a file beside it says: so many rows, how slowly, failing or not; also in another process."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pyarrow as pa
import yaml

from deskbook.book import Book
from deskbook.errors import AuthFailed, SourceError, Unreachable, Unreadable
from deskbook.schema import Batch
from deskbook.settings import load_settings
from deskbook.sources import Clock, Cursor, Entry, Page, Told, source

from ..conftest import NOW, batch

FAILURES = {"again": Unreachable, "lasting": Unreadable, "crash": ValueError}


@source("scripted")
class Scripted:
    """Reads `<entry>.json` in the folder `scripts` of the workspace before each page, and tells `journal` what it does.

    Script: rows (in all, so far), page (rows a page), pause (seconds before a page), fails (see FAILURES), wakes,
    bad (whether its first row does not fit).
    """

    def __init__(self, entry: Entry, clock: Clock) -> None:
        self.entry = entry
        self.folder = entry.folder.parent / "scripts"

    def script(self) -> dict[str, Any]:
        return dict(json.loads((self.folder / f"{self.entry.name}.json").read_text()))

    def tell(self, what: str) -> None:
        with (self.folder / "journal").open("a") as journal:
            journal.write(f"{self.entry.name} {what} {os.getpid()}\n")

    def pull(self, cursor: Cursor) -> Iterator[Page]:
        self.tell("begins")
        try:
            at = int(cursor.get("n", 0))
            while True:
                script = self.script()
                if script.get("fails"):
                    raise FAILURES[script["fails"]](f"Entry '{self.entry.name}' fails as it was told to.")
                time.sleep(script.get("pause", 0))
                until = min(int(script["rows"]), at + int(script.get("page", 50)))
                if until <= at:
                    return
                yield Page(pa.table({"n": list(range(at, until))}), np.arange(until - at), "script", {"n": until})
                at = until
        finally:
            self.tell("ends")

    def normalise(self, page: Page) -> list[Batch]:
        rows = [{"id": f"T{n}", "created_at": NOW, "team": self.entry.name} for n in page.rows["n"].to_pylist()]
        if self.script().get("bad"):
            rows = [{**row, "created_at": "=no date" if row["id"] == "T0" else NOW.isoformat()} for row in rows]
        return [batch("tickets", rows)]

    def sample(self, rows: int) -> pa.Table:
        return pa.table({"n": list(range(rows))})

    def wakes(self, stop: Event) -> Iterator[None]:
        """A wake for each time the script's `wakes` grows; deaf where it is absent."""
        heard = self.script().get("wakes", 0)
        while "wakes" in self.script() and not stop.wait(0.02):
            now = self.script().get("wakes", 0)
            if now == "broken":
                raise SourceError("The bell is broken.")
            if now != heard:
                heard = now
                yield

    def told(self, headers: Mapping[str, str], body: bytes) -> Told:
        """Signed where the header says so; the body names one row, or nothing that is known."""
        if headers.get("x-signature") != "good":
            raise AuthFailed("The signature is not good.")
        said = json.loads(body)
        if "n" not in said:
            raise Unreadable("It names no row.")
        return Told(said["id"], {"n": said["n"]}, said.get("reply"))

    def fetched(self, about: Sequence[Mapping[str, Any]], cursor: Cursor) -> Iterator[Page]:
        """The rows that were named; a page each."""
        for one in about:
            if fails := self.script().get("hook_fails"):
                raise FAILURES[fails]("It cannot be fetched.")
            yield Page(pa.table({"n": [one["n"]]}), np.arange(1), "hook", cursor)


def tell(folder: Path, entry: str, **script: Any) -> None:
    """Say what an entry's source is to do from now on."""
    file = folder / "scripts" / f"{entry}.json"
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps({"rows": 0, **script}))
    fresh.replace(file)


def journal(folder: Path) -> list[list[str]]:
    """What was told: entry, begins or ends, process."""
    file = folder / "scripts" / "journal"
    return [line.split() for line in file.read_text().splitlines()] if file.exists() else []


def write_desk(folder: Path, toml: str = "", **entries: dict[str, Any]) -> Path:
    """A workspace of scripted entries with this metadata each, all doing nothing yet."""
    (folder / "catalogs").mkdir(parents=True)
    (folder / "scripts").mkdir()
    (folder / "deskbook.toml").write_text(f'[workspace]\nembedding = "words"\n{toml}')
    held: dict[str, Any] = {"version": 2, "data": {}, "entries": {}}
    for name, metadata in entries.items():
        kwargs = {"kind": "scripted", "folder": "{CATALOG_DIR}"}
        held["data"][f"{name}_data"] = {"datatype": "deskbook.catalog.datatypes:System", "kwargs": kwargs}
        held["entries"][name] = {
            "reader": "deskbook.catalog.readers:Rows",
            "kwargs": {"args": [f"{{data({name}_data)}}"]},
            "metadata": {"table": "tickets", **metadata},
        }
        tell(folder, name)
    (folder / "catalogs" / "desk.yaml").write_text(yaml.safe_dump(held))
    return folder


class Time:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def go_on(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def open_desk(folder: Path, clock: Clock | None = None) -> Book:
    """The workspace, open; by a clock of its own if one is given."""
    made = load_settings(folder, {})
    return Book(made, clock=clock) if clock else Book(made)

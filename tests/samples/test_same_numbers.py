"""One desk through the API of every help desk gives the same numbers as its own files do."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from deskbook.apps.workspace import add_sample
from deskbook.book import Book
from deskbook.samples.served import SERVED, entry_of, sandbox, token_of
from deskbook.settings import load_settings
from deskbook.sources import Clock, Entry, Source, source, utc_now
from deskbook.sync import Rota, sync_entries
from tests.fakes.web import Time, wire_to

WHOLE = ("freshdesk", "freshservice", "intercom", "slack", "zendesk")
"""Vendors that can hold the whole desk; X holds what is said in public alone."""
NUMBERS = ("tickets_created", "first_reply_median_minutes", "replies_per_ticket", "one_touch_pct")
RATED = ("freshdesk", "freshservice", "intercom", "zendesk")


class Lines:
    """A catalog of one entry whose source leads to a sandbox in this process."""

    def __init__(self, vendor: str, folder: Path) -> None:
        entry, _ = entry_of(vendor, "https://desk.example")
        (option,) = (name for name, value in entry.options.items() if "{env(" in str(value))
        self._entry = Entry(**{**entry.__dict__, "options": {**entry.options, option: token_of(vendor)}})
        self._app, self._time, self.names = sandbox(vendor, folder), Time(now=utc_now()), (entry.name,)

    def entry(self, name: str) -> Entry:
        return self._entry

    def source(self, name: str, clock: Clock) -> Source:
        made: Any = source[self._entry.kind]
        found: Source = made(self._entry, utc_now, wire_to(self._app, self._time))
        return found


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A desk of 300 tickets, read from its own files and through every vendor's API."""
    folder = tmp_path_factory.mktemp("same")
    (folder / "catalogs").mkdir()
    (folder / "deskbook.toml").write_text('[workspace]\ntoday = "data"\n')
    add_sample(folder, tickets=300, seed=3)
    made = Book(load_settings(folder, {}))
    made.sync()
    for vendor in WHOLE:
        lines = Lines(vendor, folder / "sample")
        means = made._means()
        means = type(means)(**{**means.__dict__, "entries": lines, "rota": Rota.of(lines)})
        (report,) = sync_entries(means)
        assert report.error == "" and report.total.quarantined == 0
    made.finish()
    return made


def test_every_vendor_is_here_but_for_those_that_hold_a_part() -> None:
    assert set(SERVED) == {*WHOLE, "x"}


@pytest.mark.parametrize("vendor", WHOLE)
@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_is_the_same_by_whichever_way_its_desk_is_read(book: Book, vendor: str, number: str) -> None:
    (own,) = book.query(number, where="source = sample").rows
    (through,) = book.query(number, where=f"source = {vendor}_sandbox").rows
    assert through == own and own[number]


@pytest.mark.parametrize("vendor", RATED)
def test_ratings_come_through(book: Book, vendor: str) -> None:
    (own,) = book.query("csat_good_pct", where="source = sample").rows
    (through,) = book.query("csat_good_pct", where=f"source = {vendor}_sandbox").rows
    assert through == own and own["csat_good_pct_n"] > 0


def test_the_days_are_those_of_the_desk(book: Book) -> None:
    rows = book.query("tickets_created", by="source", grain="month").rows
    months = {(row["source"], date.fromisoformat(row["month"][:10])): row["tickets_created"] for row in rows}
    own = {month: count for (name, month), count in months.items() if name == "sample"}
    for vendor in WHOLE:
        assert {month: n for (name, month), n in months.items() if name == f"{vendor}_sandbox"} == own, vendor

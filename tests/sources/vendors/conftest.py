"""Vendors' fakes behind one face, so that one suite holds for all of them.

A vendor joins with a module `tests/fakes/<vendor>.py` that has `desk(time) -> FakeDesk`, and its name in `VENDORS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Protocol

import pandas as pd
import pytest

from deskbook.sources import Clock, Entry, Page, Source, source
from tests.fakes.web import Faulty, Time, wire_to

VENDORS: tuple[str, ...] = ("freshdesk", "freshservice", "intercom", "rest", "slack", "x", "zendesk")
BASE = "https://desk.example"


class FakeDesk(Protocol):
    """A vendor's account with a few dozen tickets on several pages, each with messages.

    Attributes:
        app: the vendor's application, which does wrong on order and writes down what it was asked.
        page_requests: the most requests that one page of the source stands for.
    """

    app: Faulty
    page_requests: int

    def entry(self, base_url: str) -> Entry:
        """An entry with small pages that reads all of it, with credentials that hold."""

    def expected(self) -> Mapping[str, set[str]]:
        """For tickets and messages at least: ids of the rows that a whole pull leaves."""

    def touch(self) -> str:
        """Change one ticket now, as an agent does, so that it moves behind all others; its id."""

    def lock_out(self) -> None:
        """From now on the credentials that were given are refused for good (401)."""


@dataclass
class Desk:
    """A fake account, and sources that lead to it."""

    vendor: str
    fake: FakeDesk
    time: Time = field(default_factory=Time)

    def source(self, **options: Any) -> Source:
        """A new source: what another process would start with, but for the pace."""
        entry = self.fake.entry(BASE)
        entry = Entry(**{**entry.__dict__, "options": {**entry.options, **options}})
        return made(entry, self.time, wire_to(self.fake.app, self.time))


def made(entry: Entry, clock: Clock, wire: Any) -> Source:
    """A source of the kind on a wire of ours."""
    build: Callable[..., Source] = source[entry.kind]
    return build(entry, clock, wire)


def fake_of(vendor: str, time: Clock) -> FakeDesk:
    """A fresh account."""
    found: FakeDesk = import_module(f"tests.fakes.{vendor}").desk(time)
    return found


@pytest.fixture(params=VENDORS)
def desk(request: pytest.FixtureRequest) -> Desk:
    """A vendor's account, fresh."""
    time = Time()
    return Desk(request.param, fake_of(request.param, time), time)


def kept(source: Source, pages: list[Page]) -> dict[str, pd.DataFrame]:
    """What a store keeps of pages: for each table the last row of each id; nothing may be set aside."""
    rows: dict[str, dict[str, Any]] = {}
    for page in pages:
        assert page.rejects == ()
        for batch in source.normalise(page):
            assert list(batch.rejects) == []
            held = rows.setdefault(batch.table, {})
            held.update({row["id"]: row for row in batch.rows.to_pylist()})
            for gone in batch.gone.to_pylist():
                held.pop(gone, None)
    return {table: pd.DataFrame(list(held.values())) for table, held in rows.items()}


def ids(found: Mapping[str, pd.DataFrame], tables: Mapping[str, Any]) -> dict[str, set[str]]:
    """The ids that were kept of those tables."""
    return {table: set(found[table]["id"]) if table in found and len(found[table]) else set() for table in tables}

"""Small pages are committed several at once, and whoever is killed in between asks for none of them again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from deskbook.errors import StoreError
from deskbook.schema import Batch
from deskbook.sources import Clock, Cursor, Entry, Page, Source
from deskbook.sources.payloads import batch_of, payload_page, payloads
from deskbook.store import Commit, Lake, Leases, Standings, State, Written
from deskbook.sync import EntryReport, Means, Pulled, Rota, sync_entries

from ..conftest import NOW

TICKET = {"created_at": NOW.isoformat()}


def tickets(*ids: int, subject: str = "Late") -> list[dict[str, Any]]:
    return [{"id": str(one), "subject": subject, **TICKET} for one in ids]


class Scripted:
    """An API whose pages are given: lists of tickets, or whole pages. The cursor counts them.

    Attributes:
        asked: the numbers of the pages that were asked for, of all syncs.
        committed: tickets in the lake whenever a page was asked for.
    """

    names = ("desk",)

    def __init__(self, lake: Lake, pages: list[Any]) -> None:
        self.lake, self.pages, self.url = lake, pages, "https://one.example"
        self.asked: list[int] = []
        self.committed: list[int] = []

    def entry(self, name: str) -> Entry:
        return Entry(name="desk", kind="scripted api", source="desk", options={"url": self.url})

    def source(self, name: str, clock: Clock) -> Source:
        return self

    def pull(self, cursor: Cursor) -> Iterator[Page]:
        kept: dict[str, Any] = {"at": {"n": cursor.get("at", {}).get("n", 0)}}
        while kept["at"]["n"] < len(self.pages):
            number = kept["at"]["n"]
            self.asked.append(number)
            self.committed.append(self.lake.count("tickets", "main"))
            kept["at"]["n"] += 1  # written to while earlier pages wait: theirs must stay as they were
            page = self.pages[number]
            yield page if isinstance(page, Page) else payload_page(page, "api tickets", kept)

    def normalise(self, page: Page) -> list[Batch]:
        if page.gone is not None:
            return [batch_of("tickets", payloads(page), page, NOW, gone=page.gone)]
        return [batch_of("tickets", payloads(page), page, NOW)]

    def sample(self, rows: int) -> pa.Table:
        return pa.table({})


class Dying(Lake):
    """A lake whose commits fail while it is told so, as if the process had ended before each."""

    is_dying = False

    def commit(self, tenant: str, commit: Commit) -> dict[str, Written]:
        if self.is_dying:
            raise StoreError("The process ends here.")
        return super().commit(tenant, commit)


@pytest.fixture
def dying(tmp_path: Path) -> Iterator[Dying]:
    made = Dying(f"sqlite:///{tmp_path}/deskbook.db", f"{tmp_path}/files", state=tmp_path)
    yield made
    made.close()


def sync(tmp_path: Path, api: Scripted, **more: Any) -> EntryReport:
    state = State(f"sqlite:///{tmp_path}/deskbook.db")
    pulled = Pulled(tmp_path / "pulled", lambda: state.key("pulled"))
    means = Means(
        lake=api.lake,
        state=state,
        standings=Standings(state.engine, "main"),
        leases=Leases(state.engine, tmp_path / "leases"),
        entries=api,
        rota=Rota.of(api),
        tenant="main",
        clock=lambda: NOW,
        **{"pulled": pulled, **more},
    )
    (report,) = sync_entries(means)
    return report


def kept(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "pulled").glob("*/*"))


def subjects(lake: Lake) -> dict[str, str]:
    return {row["id"]: row["subject"] for row in lake.read("tickets", "main", order="id").to_pylist()}


def died(tmp_path: Path, lake: Dying, pages: list[Any]) -> Scripted:
    """An API of which all pages were pulled and none was committed."""
    api = Scripted(lake, pages)
    lake.is_dying = True
    assert sync(tmp_path, api).status == "failed"
    lake.is_dying = False
    assert len(kept(tmp_path)) == len(pages)
    return api


def test_small_pages_are_one_commit_with_the_last_cursor(tmp_path: Path, lake: Lake) -> None:
    before = lake.snapshot()
    report = sync(tmp_path, Scripted(lake, [tickets(1, 2), tickets(3), tickets(4)]))
    assert lake.snapshot() == before + 1
    assert (report.total.read, report.total.written) == (4, 4)
    assert lake.cursor("main", "desk") == {"at": {"n": 3}}
    assert kept(tmp_path) == []


def test_without_a_place_to_keep_them_each_page_is_committed_before_the_next_is_asked_for(
    tmp_path: Path, lake: Lake
) -> None:
    api = Scripted(lake, [tickets(1, 2), tickets(3), tickets(4)])
    sync(tmp_path, api, pulled=None)
    assert api.committed == [0, 2, 3]


def test_a_page_of_a_table_is_committed_before_the_next_is_asked_for(tmp_path: Path, lake: Lake) -> None:
    table = Page(pa.table({"id": ["9"]}), np.arange(1), "table", {"at": {"n": 1}})
    api = Scripted(lake, [table, tickets(1), tickets(2)])
    api.normalise = lambda page: [] if page.origin == "table" else Scripted.normalise(api, page)  # type: ignore[method-assign]
    seen: list[Any] = []
    pull = api.pull

    def watched(cursor: Cursor) -> Iterator[Page]:
        for page in pull(cursor):
            yield page
            seen.append(lake.cursor("main", "desk"))

    api.pull = watched  # type: ignore[method-assign]
    sync(tmp_path, api)
    assert seen[0] == {"at": {"n": 1}}


def test_one_page_that_is_only_read_is_made_ready_while_the_one_before_is_committed(tmp_path: Path, lake: Lake) -> None:
    pages = [payload_page(tickets(one), "table", {"at": {"n": one + 1}}) for one in range(5)]
    api = Scripted(lake, [replace(page, is_read_only=True) for page in pages])
    at_commit: list[list[int]] = []

    def settled(name: str, rows: int) -> None:
        until = monotonic() + 20
        while len(api.asked) < min(rows + 1, 5) and monotonic() < until:
            sleep(0.01)
        sleep(0.05)  # one that is not to be asked for would be by now
        at_commit.append(list(api.asked))

    report = sync(tmp_path, api, pulled=None, progress=settled)
    assert (report.status, report.total.written, lake.cursor("main", "desk")) == ("ok", 5, {"at": {"n": 5}})
    assert [max(asked) for asked in at_commit] == [1, 2, 3, 4, 4]


def test_a_row_that_comes_again_a_page_later_is_the_later_one(tmp_path: Path, lake: Lake) -> None:
    report = sync(tmp_path, Scripted(lake, [tickets(1, 2), tickets(1, subject="Later"), tickets(3)]))
    assert subjects(lake) == {"1": "Later", "2": "Late", "3": "Late"}
    assert (report.total.read, report.total.written) == (4, 3)


def test_what_is_gone_is_so_in_the_order_of_the_pages(tmp_path: Path, lake: Lake) -> None:
    page = payload_page([], "api tickets", {"at": {"n": 2}}, gone=pa.array(["1", "2"]))
    sync(tmp_path, Scripted(lake, [tickets(1, 2), page, tickets(2)]))
    rows = lake.read("tickets", "main", columns=["id", "status"], order="id").to_pylist()
    assert [row["id"] for row in rows if row["status"] == "deleted"] == ["1"]


def test_pages_that_were_pulled_before_the_end_of_the_process_are_not_asked_for_again(
    tmp_path: Path, dying: Dying
) -> None:
    api = died(tmp_path, dying, [tickets(1, 2), tickets(3)])
    api.pages.append(tickets(4))
    assert sync(tmp_path, api).status == "ok"
    assert api.asked == [0, 1, 2]
    assert list(subjects(dying)) == ["1", "2", "3", "4"]
    assert kept(tmp_path) == []


def test_pages_of_an_entry_that_leads_elsewhere_are_asked_for_again(tmp_path: Path, dying: Dying) -> None:
    api = died(tmp_path, dying, [tickets(1), tickets(2)])
    api.url = "https://other.example"
    sync(tmp_path, api)
    assert api.asked == [0, 1, 0, 1]
    assert kept(tmp_path) == []


def test_pages_that_another_machine_committed_are_left_out(tmp_path: Path, dying: Dying) -> None:
    api = died(tmp_path, dying, [tickets(1), tickets(2), tickets(3)])
    dying.commit("main", Commit(entry="desk", source="desk", batches=[], cursor={"at": {"n": 2}}))
    sync(tmp_path, api)
    assert api.asked == [0, 1, 2]
    assert list(subjects(dying)) == ["3"]


def test_a_page_that_cannot_be_read_and_those_after_it_are_asked_for_again(tmp_path: Path, dying: Dying) -> None:
    api = died(tmp_path, dying, [tickets(1), tickets(2), tickets(3)])
    second = kept(tmp_path)[1]
    second.write_bytes(second.read_bytes()[:-9])
    sync(tmp_path, api)
    assert api.asked == [0, 1, 2, 1, 2]
    assert list(subjects(dying)) == ["1", "2", "3"]


def test_kept_pages_are_sealed(tmp_path: Path, dying: Dying) -> None:
    died(tmp_path, dying, [tickets(1, subject="My card number")])
    (file,) = kept(tmp_path)
    assert b"card number" not in file.read_bytes() and b"api tickets" not in file.read_bytes()


def test_what_fails_after_some_pages_keeps_them(tmp_path: Path, lake: Lake) -> None:
    api = Scripted(lake, [tickets(1), tickets(2), "no page"])
    report = sync(tmp_path, api)
    assert report.status == "failed"
    assert list(subjects(lake)) == ["1", "2"]
    assert lake.cursor("main", "desk") == {"at": {"n": 2}}

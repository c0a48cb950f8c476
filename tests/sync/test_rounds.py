"""Entries kept up to date side by side, with a clock that is moved by hand."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from deskbook.access import Actor
from deskbook.book import Book
from deskbook.errors import AccessDenied, UnknownName
from deskbook.store import Leases
from deskbook.sync import EntryReport, Rounds, sync_entries
from deskbook.sync.listening import LISTENING

from .scripted import Time, journal, open_desk, tell, write_desk

PATIENCE_SECONDS = 120


def until(holds: Callable[[], Any], said: str) -> None:
    """Wait for what threads do; fail where it never comes."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, f"never {said}"
        time.sleep(0.005)


class Driven:
    """Rounds of a desk, one step at a time."""

    def __init__(self, book: Book, clock: Time, threads: int = 4) -> None:
        self.book, self.clock, self.reports = book, clock, list[EntryReport]()
        self.means = replace(book._means(), sleep=lambda seconds: None, draw=lambda: 0.5)
        self.rounds = Rounds(lambda: self.means, book.every, threads=threads, done=self.reports.append)

    def settle(self, *busy: str) -> None:
        """Step until nothing is under way but these entries."""

        def is_quiet() -> bool:
            self.rounds.step()
            return self.rounds.running <= set(busy)

        until(is_quiet, f"quiet but for {busy}")

    def go_on(self, seconds: float, *busy: str) -> None:
        self.clock.go_on(seconds)
        self.settle(*busy)

    def runs(self, name: str) -> list[str]:
        return [one.status for one in self.reports if one.name == name]


@pytest.fixture
def drive(tmp_path: Path) -> Callable[..., Driven]:
    def make(threads: int = 4, **entries: dict[str, Any]) -> Driven:
        clock = Time()
        return Driven(open_desk(write_desk(tmp_path / "desk", **entries), clock), clock, threads)

    return make


def folder_of(driven: Driven) -> Path:
    return driven.book.settings.workspace


def test_a_source_without_end_starves_nobody(drive: Callable[..., Driven]) -> None:
    quick = {f"quick{n}": {"every": "30s", "priority": "low"} for n in range(5)}
    driven = drive(threads=2, endless={"every": "10s", "priority": "high"}, **quick)
    tell(folder_of(driven), "endless", rows=10**9, page=1, pause=0.01)
    begun: dict[str, list[Any]] = {name: [] for name in quick}
    for _ in range(100):
        for name, held in driven.book.standings.all().items():
            if name in begun and held.begun_at and held.begun_at not in begun[name]:
                begun[name].append(held.begun_at)
        driven.go_on(2, "endless")
    tell(folder_of(driven), "endless", rows=0)
    driven.settle()
    for times in begun.values():
        gaps = [(later - before).total_seconds() for before, later in pairwise(times)]
        assert len(times) >= 5 and max(gaps) <= 30 + 2
    assert driven.book.lake.count("tickets", "main") > 0 and driven.reports[-1].name == "endless"


def test_with_one_thread_a_source_without_end_gives_way_and_goes_on_where_it_was(
    drive: Callable[..., Driven],
) -> None:
    driven = drive(threads=1, endless={"priority": "high"}, quick={})
    tell(folder_of(driven), "endless", rows=10**9, page=1, pause=0.005)
    driven.rounds.step()
    tell(folder_of(driven), "quick", rows=3)
    for _ in range(400):
        driven.clock.go_on(1)
        driven.rounds.step()
        time.sleep(0.005)
        if driven.runs("quick"):
            break
    tell(folder_of(driven), "endless", rows=0)
    driven.settle()
    assert set(driven.runs("quick")) == {"ok"} and driven.reports[0].name == "endless" and driven.reports[0].unfinished
    rows = driven.book.lake.read("tickets", "main", where="team = 'endless'")["id"].to_pylist()
    assert sorted(rows, key=lambda name: int(name[1:])) == [f"T{n}" for n in range(len(rows))]


def test_a_failure_that_may_pass_is_tried_again_at_once_and_one_that_lasts_is_not(
    drive: Callable[..., Driven],
) -> None:
    driven = drive(flaky={}, wrong={}, odd={})
    slept: list[float] = []
    driven.means = replace(driven.means, sleep=slept.append)
    for name, how in (("flaky", "again"), ("wrong", "lasting"), ("odd", "crash")):
        tell(folder_of(driven), name, fails=how)
    sync_entries(driven.means)
    tries = [row[0] for row in journal(folder_of(driven)) if row[1] == "begins"]
    assert {name: tries.count(name) for name in driven.book.rota.names} == {"flaky": 3, "wrong": 1, "odd": 1}
    assert slept == [0.5, 1.0]
    held = driven.book.standings.all()
    assert {name: held[name].failures for name in held} == {"flaky": 1, "wrong": 1, "odd": 1}
    assert "as it was told to" in held["flaky"].error and "Unexpected ValueError" in held["odd"].error


def test_the_breaker_opens_and_the_first_success_closes_it(drive: Callable[..., Driven]) -> None:
    driven = drive(a={"every": "60s"})
    tell(folder_of(driven), "a", fails="lasting")
    for _ in range(60):
        driven.go_on(60)
    # After 0, 1 and 2 minutes; then about 2, 4, 8, 16 and 32 later, however often it is looked.
    assert 6 <= len(driven.runs("a")) <= 8 and set(driven.runs("a")) == {"failed"}
    (row,) = driven.book.sources().to_dict("records")
    assert row["health"] == "red" and "growing intervals" in row["said"]
    tell(folder_of(driven), "a", rows=2)
    driven.go_on(3600)
    driven.go_on(60)
    assert driven.runs("a")[-2:] == ["ok", "ok"]
    (row,) = driven.book.sources().to_dict("records")
    assert (row["health"], row["error"]) == ("green", "")


def test_idle_is_asked_less_often_and_a_row_brings_it_back(drive: Callable[..., Driven]) -> None:
    driven = drive(a={"every": {"at_least": "10s", "at_most": "40s"}})
    for _ in range(40):
        driven.go_on(10)
    quiet = len(driven.runs("a"))
    assert 12 <= quiet <= 17
    tell(folder_of(driven), "a", rows=1)
    waited = 0
    while driven.book.standings.of("a").idle:
        driven.go_on(10)
        waited += 10
    assert waited <= 40
    before = len(driven.runs("a"))
    for _ in range(3):
        driven.go_on(10)
    assert len(driven.runs("a")) - before == 3


def test_who_is_paused_rests_until_resumed_and_is_synced_when_asked(drive: Callable[..., Driven]) -> None:
    driven = drive(a={"every": "10s"})
    book = driven.book
    driven.settle()
    book.pause("a")
    driven.go_on(100)
    assert len(driven.runs("a")) == 1 and sync_entries(driven.means) == []
    held = book.standings.of("a")
    assert (held.paused_by, held.paused_at) == (
        "local",
        driven.clock.at.replace(tzinfo=None).replace(second=0, minute=0),
    )
    driven.go_on(1)
    book.sync_soon("a")
    driven.settle()
    assert len(driven.runs("a")) == 2
    book.resume("a")
    driven.go_on(10)
    assert len(driven.runs("a")) == 3


def test_only_who_keeps_sources_may_pause_and_what_is_not_there_is_named(drive: Callable[..., Driven]) -> None:
    book = drive(tickets={}).book
    with pytest.raises(UnknownName, match="Did you mean 'tickets'"):
        book.pause("ticket")
    book.actor = Actor("vic", frozenset({"viewer"}))
    for act in (book.pause, book.resume, book.sync_soon):
        with pytest.raises(AccessDenied, match="lead, analyst, admin"):
            act("tickets")
    assert book.standings.all() == {}


def test_a_fallback_feeds_the_same_rows_while_the_primary_fails_and_stands_back_when_it_answers(
    drive: Callable[..., Driven],
) -> None:
    driven = drive(main={"every": "10s", "source": "desk", "fallback": "copy"}, copy={"source": "other"})
    folder = folder_of(driven)
    tell(folder, "main", rows=3)
    tell(folder, "copy", rows=5)
    driven.settle()
    assert driven.runs("copy") == []
    tell(folder, "main", rows=3, fails="lasting")
    driven.go_on(10)
    assert driven.runs("copy") == []
    driven.go_on(10)
    assert driven.runs("main") == ["ok", "failed", "failed"] and driven.runs("copy") == ["ok"]
    rows = driven.book.lake.read("tickets", "main").to_pylist()
    assert {(row["source"], row["id"]) for row in rows} == {("desk", f"T{n}") for n in range(5)}
    found = {row["entry"]: row for row in driven.book.sources().to_dict("records")}
    assert (found["main"]["fed_by"], found["main"]["status"]) == ("copy", "covered")
    assert found["copy"]["instead_of"] == "main" and found["copy"]["feeds"] and not found["main"]["feeds"]
    tell(folder, "main", rows=6)
    driven.go_on(60)
    assert driven.runs("main")[-1] == "ok" and driven.book.standings.of("main").feeding == ""
    before = len(driven.runs("copy"))
    driven.go_on(30)
    assert len(driven.runs("copy")) == before
    assert driven.book.lake.cursor("main", "main") == {"n": 6} and driven.book.lake.cursor("main", "copy") == {"n": 5}
    assert driven.book.lake.count("tickets", "main") == 6


def test_by_hand_too_the_fallback_follows_the_second_failure(drive: Callable[..., Driven]) -> None:
    driven = drive(main={"fallback": "copy"}, copy={})
    tell(folder_of(driven), "main", fails="lasting")
    tell(folder_of(driven), "copy", rows=2)
    assert [(one.name, one.status) for one in sync_entries(driven.means)] == [("main", "failed")]
    reports = sync_entries(driven.means)
    assert [(one.name, one.status, one.instead_of) for one in reports] == [
        ("main", "failed", ""),
        ("copy", "ok", "main"),
    ]


def test_fallbacks_in_a_loop_fail_by_name_and_the_others_go_on(drive: Callable[..., Driven]) -> None:
    driven = drive(a={"fallback": "b"}, b={"fallback": "a"}, c={})
    tell(folder_of(driven), "c", rows=1)
    reports = {one.name: one for one in sync_entries(driven.means)}
    assert {name: one.status for name, one in reports.items()} == {"a": "failed", "b": "failed", "c": "ok"}
    assert "leads back to 'a'" in reports["a"].error


def test_who_is_pulled_elsewhere_is_left_alone_and_then_pulled(drive: Callable[..., Driven]) -> None:
    driven = drive(a={})
    other = Leases(driven.book.state.engine, driven.book.settings.state / "leases")
    with other.taken("main", "a") as is_ours:
        assert is_ours
        driven.settle()
        assert driven.runs("a") == ["busy"] and journal(folder_of(driven)) == []
    until(lambda: driven.rounds.step() is not None and "ok" in driven.runs("a"), "pulled after the other let go")


def test_a_wake_makes_its_entry_due_at_once_and_a_broken_bell_leaves_the_interval(tmp_path: Path) -> None:
    folder = write_desk(tmp_path / "desk", "sync_every_seconds = 86400\n", bell={}, mute={})
    tell(folder, "bell", wakes=1)
    book, stop = open_desk(folder), Event()
    thread = Thread(target=lambda: book.watch(stop=stop, say=lambda line: None))
    thread.start()
    try:
        until(lambda: book.standings.of("bell").hearing == LISTENING, "listened to")
        until(lambda: book.standings.of("bell").good_at and book.standings.of("mute").good_at, "synced once")
        tell(folder, "bell", wakes=2, rows=7)
        until(lambda: book.lake.count("tickets", "main") == 7, "synced when woken")
        tell(folder, "bell", wakes="broken", rows=7)
        until(lambda: "The bell is broken" in book.standings.of("bell").hearing, "said that it is deaf")
        until(lambda: book.view().cursor().execute("SELECT count(*) FROM tickets").fetchone() == (7,), "worked out")
    finally:
        stop.set()
        thread.join()
    assert book.standings.of("mute").hearing == ""


def test_a_changed_catalog_is_followed_while_it_is_watched(tmp_path: Path) -> None:
    folder = write_desk(tmp_path / "desk", a={})
    book, stop, said = open_desk(folder), Event(), list[str]()
    thread = Thread(target=lambda: book.watch(stop=stop, say=said.append))
    thread.start()
    try:
        until(lambda: book.standings.of("a").good_at, "synced")
        file = folder / "catalogs" / "desk.yaml"
        (folder / "catalogs" / "more.yaml").write_text(
            file.read_text().replace("a_data", "b_data").replace(" a:", " b:")
        )
        tell(folder, "b", rows=2)
        until(lambda: book.standings.of("b").good_at, "the new entry synced")
    finally:
        stop.set()
        thread.join()
    assert "b: 2 rows written" in " ".join(said)


def test_a_catalog_that_does_not_hold_any_more_and_a_state_that_is_away_end_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskbook.sync.rounds.AWAY_SECONDS", 0.01)
    folder = write_desk(tmp_path / "desk", a={})
    book, stop, said = open_desk(folder), Event(), list[str]()
    thread = Thread(target=lambda: book.watch(stop=stop, say=said.append))
    thread.start()
    try:
        until(lambda: book.standings.of("a").good_at, "synced")
        again = folder / "catalogs" / "again.yaml"
        again.write_text((folder / "catalogs" / "desk.yaml").read_text())
        until(lambda: any("stands in two catalogs" in line for line in said), "said")
        again.unlink()
        away, all_of = [True], type(book.standings).all

        def broken(standings: Any) -> Any:
            if away and away.pop():
                raise ConnectionError("the state is away")
            return all_of(standings)

        monkeypatch.setattr(type(book.standings), "all", broken)
        until(lambda: not away, "asked while the state was away")
        tell(folder, "a", rows=4)
        book.sync_soon("a")
        until(lambda: book.lake.count("tickets", "main") == 4, "synced again")
    finally:
        stop.set()
        thread.join()
    assert len([line for line in said if "stands in two catalogs" in line]) == 1


def test_whoever_watches_takes_its_threads_before_others_are_at_it(tmp_path: Path) -> None:
    """To change their number while the lake is read or written can make all of them wait for ever."""
    book, stop = open_desk(write_desk(tmp_path / "desk", one={})), Event()
    stop.set()
    book.lake.con.execute("SET threads = 3")
    book.watch(stop=stop, say=lambda said: None)
    assert book.lake.con.execute("SELECT current_setting('threads')").fetchall() == [(1,)]

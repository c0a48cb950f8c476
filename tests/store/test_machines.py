"""Several machines on one lake: each with a folder of its own, so that only the servers keep them in order."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread

import pytest

from deskbook.errors import StoreError
from deskbook.store import Commit, HotCopies, HotFiles, Lake, locks

from ..conftest import batch
from ..servers.lakes import At, Outside

pytestmark = [pytest.mark.servers, pytest.mark.timeout(120)]
CONTEXT = multiprocessing.get_context("spawn")
ROUNDS, ROWS = 8, 15


@pytest.fixture
def at(outside: Outside, tmp_path: Path) -> At:
    return outside.lake(tmp_path)


def page(entry: str, source: str, number: int) -> Commit:
    rows = [{"id": f"{number}-{n}", "created_at": "2026-10-01", "subject": f"{entry} {number}"} for n in range(ROWS)]
    return Commit(entry=entry, source=source, batches=[batch("tickets", rows)], cursor={"at": number})


def write(at: At, name: str) -> None:
    """Commits of a source of its own, and of one that the other writer writes too."""
    lake = at.open(machine=name)
    for number in range(ROUNDS):
        lake.commit("main", page(name, name, number))
        lake.commit("main", page(f"{name} both", "both", number))
    lake.close()


def look(at: At, name: str, done: str, told: Connection) -> None:
    """Reads until the writers are done: what was wrong, and how often it looked."""
    lake, wrong, times = at.open(machine=name), [], 0
    pinned = lake.snapshot()
    first = state(lake, pinned)
    while not Path(done).exists():
        found = state(lake, lake.snapshot())
        wrong += [f"{source}: {rows} rows at cursor {at}" for source, (rows, at) in found.items() if rows != at * ROWS]
        times += 1
    if state(lake, pinned) != first:
        wrong.append("the pinned snapshot moved")
    lake.close()
    told.send((wrong, times))


def state(lake: Lake, snapshot: int) -> dict[str, tuple[int, int]]:
    """Source -> its rows, and pages by its cursor, in one snapshot; of the two that have a cursor of their own."""
    rows = Counter(lake.read("tickets", "main", columns=["source"], snapshot=snapshot)["source"].to_pylist())
    cursors = lake.read("cursors", "main", columns=["entry", "cursor"], snapshot=snapshot).to_pylist()
    told = [(one["entry"], int(re.findall(r'"at": ?(\d+)', one["cursor"])[-1]) + 1) for one in cursors]
    pages = dict(sorted(told))  # a cursor may lie as a whole and what changed since: the highest is the newest
    return {name: (rows[name], pages.get(name, 0)) for name in ("left", "right")}


def test_two_write_and_four_read_at_once_and_nothing_is_lost_doubled_or_torn(at: At, tmp_path: Path) -> None:
    done, lake = tmp_path / "done", at.open()
    pipes = [CONTEXT.Pipe(duplex=False) for _ in range(4)]
    readers = [
        CONTEXT.Process(target=look, args=(at, f"reader{n}", str(done), told), daemon=True)
        for n, (_, told) in enumerate(pipes)
    ]
    writers = [CONTEXT.Process(target=write, args=(at, name), daemon=True) for name in ("left", "right")]
    for hand in (*readers, *writers):
        hand.start()
    for hand in writers:
        hand.join(120)
    done.touch()
    looked = [heard.recv() for heard, _ in pipes if heard.poll(60)]
    for hand in readers:
        hand.join(60)
    assert [hand.exitcode for hand in (*writers, *readers)] == [0] * 6
    assert [wrong for wrong, _ in looked] == [[]] * 4
    assert all(times for _, times in looked)
    rows = lake.read("tickets", "main", columns=["source", "id"]).to_pylist()
    held = Counter((row["source"], row["id"]) for row in rows)
    assert set(held.values()) == {1}
    assert Counter(source for source, _ in held) == dict.fromkeys(("left", "right", "both"), ROUNDS * ROWS)
    lake.close()


def stay(at: At, told: Connection) -> None:
    """A writer that is in the middle of a commit when it is killed."""
    lake = at.open(machine="killed")
    with lake.writing() as con:
        con.execute("INSERT INTO lake.cursors (tenant, entry, cursor) VALUES ('main', 'half', '{}')")
        told.send("in the middle")
        time.sleep(600)


def test_a_writer_that_is_killed_in_the_middle_leaves_no_turn_taken_and_no_row(at: At) -> None:
    heard, told = CONTEXT.Pipe(duplex=False)
    hand = CONTEXT.Process(target=stay, args=(at, told), daemon=True)
    hand.start()
    assert heard.poll(60) and heard.recv() == "in the middle"
    lake = at.open()
    with lake.turn("commit").held(wait=False) as mine:
        assert not mine
    os.kill(hand.pid or 0, signal.SIGKILL)
    hand.join(60)
    lake.commit("main", page("after", "after", 0))
    assert lake.cursor("main", "after") == {"at": 0}
    assert lake.read("cursors", "main", columns=["entry"])["entry"].to_pylist() == ["after"]
    lake.close()


@pytest.fixture
def two(at: At) -> Iterator[tuple[Lake, Lake]]:
    lakes = at.open(machine="a"), at.open(machine="b")
    yield lakes
    for lake in lakes:
        lake.close()


def test_a_turn_is_one_machines_until_it_ends_it(two: tuple[Lake, Lake]) -> None:
    ours, theirs = (lake.turn("sync main desk") for lake in two)
    with ours.held() as mine, ours.held() as again:
        assert mine and again
        with theirs.held(wait=False) as mine:
            assert not mine
        with two[1].turn("sync main chats").held(wait=False) as mine:
            assert mine
    with theirs.held(wait=False) as mine:
        assert mine


def test_who_waits_too_long_is_told_who_has_it(two: tuple[Lake, Lake], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "WAIT_SECONDS", 1)
    with (
        two[0].turn("commit").held(),
        pytest.raises(StoreError, match=r"deskbook at 127\.0\.0\.1.*pg_terminate") as told,
    ):
        two[1].commit("main", page("t", "t", 0))
    assert "turn to commit" in str(told.value)


def test_a_turn_lost_in_the_middle_writes_nothing(two: tuple[Lake, Lake], outside: Outside) -> None:
    name = two[0].place[0].rsplit("/", 1)[-1]
    others = "SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
    with pytest.raises(StoreError, match="nothing of it is kept"), two[0].writing() as con:
        con.execute("INSERT INTO lake.cursors (tenant, entry, cursor) VALUES ('main', 'half', '{}')")
        outside.postgres.run(f"{others} WHERE l.locktype = 'advisory' AND d.datname = '{name}'")
    assert two[1].count("cursors", "main") == 0
    assert two[0].commit("main", page("t", "t", 0))["tickets"].written == ROWS


def test_what_another_machine_wrote_is_known_to_the_next_commit(two: tuple[Lake, Lake]) -> None:
    for number in range(3):
        assert two[number % 2].commit("main", page("t", "t", number))["tickets"].written == ROWS
        assert two[1 - number % 2].commit("main", page("t", "t", number))["tickets"].written == 0
    assert two[0].count("tickets", "main") == 3 * ROWS


def test_each_machine_makes_its_own_hot_copy(two: tuple[Lake, Lake], tmp_path: Path) -> None:
    two[0].commit("main", page("t", "t", 0))
    for number, lake in enumerate(two):
        HotCopies(lake, HotFiles(tmp_path / f"hot{number}", "ab" * 32)).view("main", "UTC")
        assert len([*(tmp_path / f"hot{number}").glob("*.duckdb")]) == 1


def test_a_lake_outlives_a_restart_of_its_database(at: At, outside: Outside) -> None:
    lake, state = at.open(), at.state()
    lake.commit("main", page("t", "t", 0))
    key = state.key("hot")
    name = lake.place[0].rsplit("/", 1)[-1]
    outside.postgres.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    with suppress(StoreError):  # the first who notices may be told; nobody is after it
        lake.snapshot()
    assert lake.commit("main", page("t", "t", 1))["tickets"].written == ROWS
    assert (lake.count("tickets", "main"), state.key("hot")) == (2 * ROWS, key)
    state.engine.dispose()
    lake.close()


def test_machines_that_begin_at_once_make_one_lake(outside: Outside, tmp_path: Path) -> None:
    at = outside.empty(tmp_path)
    made: list[int] = []

    def begin(number: int) -> None:
        lake, state = at.open(machine=str(number)), at.state()
        made.append(lake.count("tickets", "main"))
        state.engine.dispose()
        lake.close()

    hands = [Thread(target=begin, args=(number,)) for number in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(60)
    assert made == [0] * 4

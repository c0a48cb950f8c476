"""Several processes on one desk: no entry is pulled by two at once, and a worker that is killed loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from deskbook.store import Leases

from ..servers.postgres import postgres
from .scripted import journal, open_desk, tell, write_desk
from .test_rounds import until

RUN = "import sys, tests.sync.scripted; from deskbook.apps.cli.main import main; sys.argv[0] = 'deskbook'; main()"
ROOT = Path(__file__).parents[2]


Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts `deskbook` on a workspace; what still runs at the end is killed."""
    running: list[subprocess.Popen[bytes]] = []

    def begin(folder: Path, *words: str) -> subprocess.Popen[bytes]:
        environ = os.environ | {"DESKBOOK_HOME": str(folder), "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"}
        with (folder / "said.log").open("ab") as log:
            command = [sys.executable, "-c", RUN, *words]
            running.append(subprocess.Popen(command, env=environ, stdout=log, stderr=log))
        return running[-1]

    yield begin
    for one in running:
        if one.poll() is None:
            one.kill()
        one.wait(60)


def ended(*processes: subprocess.Popen[bytes]) -> None:
    for one in processes:
        one.terminate()
    assert [one.wait(60) for one in processes] == [0] * len(processes)


def overlaps(folder: Path, entry: str) -> int:
    """How often a pull of an entry began before the one before it had ended."""
    held, found = 0, 0
    for name, what, _ in journal(folder):
        if name == entry:
            found += what == "begins" and held > 0
            held += 1 if what == "begins" else -1
    return found


def test_two_that_watch_and_one_by_hand_never_pull_an_entry_at_once(tmp_path: Path, start: Start) -> None:
    entries = {f"e{n}": {"every": "10s", "source": f"e{n}"} for n in range(3)}
    folder = write_desk(tmp_path / "desk", **entries)
    for name in entries:
        tell(folder, name, rows=40, page=4, pause=0.05)
    first, second = start(folder, "sync", "--watch"), start(folder, "sync", "--watch")
    book = open_desk(folder)
    until(lambda: any(one.begun_at for one in book.standings.all().values()) or journal(folder), "begun")
    by_hand = start(folder, "sync")
    assert by_hand.wait(120) == 0
    until(lambda: len([row for row in journal(folder) if row[1] == "ends"]) >= 6, "pulled again and again")
    ended(first, second)
    assert [overlaps(folder, name) for name in entries] == [0, 0, 0]
    assert len({row[2] for row in journal(folder)}) >= 2
    assert book.lake.count("tickets", "main") == 120


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this platform cannot kill without warning")
def test_a_worker_killed_in_a_backfill_goes_on_where_it_was_and_loses_and_repeats_nothing(
    tmp_path: Path, start: Start
) -> None:
    folder = write_desk(tmp_path / "desk", backfill={"every": "10s"}, other={"every": "10s", "source": "other"})
    tell(folder, "backfill", rows=60, page=3, pause=0.02)
    tell(folder, "other", rows=9, page=2, pause=0.02)
    book = open_desk(folder)
    for wanted in (6, 36):
        worker = start(folder, "worker")
        until(lambda wanted=wanted: book.lake.count("tickets", "main") >= wanted, f"at {wanted} rows")
        assert worker.poll() is None
        worker.kill()
        worker.wait()
    tell(folder, "backfill", rows=70, page=50)
    worker = start(folder, "worker")
    until(lambda: book.lake.count("tickets", "main") == 79, "through")
    until(lambda: book.view().cursor().execute("SELECT count(*) FROM tickets").fetchone() == (79,), "worked out")
    ended(worker)
    rows = book.lake.read("tickets", "main").to_pylist()
    wanted_rows = [("backfill", f"T{n}") for n in range(70)] + [("other", f"T{n}") for n in range(9)]
    assert sorted((row["source"], row["id"]) for row in rows) == sorted(wanted_rows)


def test_a_lease_on_a_server_is_let_go_by_who_dies(tmp_path: Path) -> None:
    with postgres() as server:
        engine, other = create_engine(server.url()), create_engine(server.url())
        ours, theirs = Leases(engine, tmp_path), Leases(other, tmp_path)
        with ours.taken("main", "a") as held:
            assert held
            with (
                theirs.taken("main", "a") as same,
                theirs.taken("main", "b") as beside,
                theirs.taken("two", "a") as two,
            ):
                assert (same, beside, two) == (False, True, True)
        with theirs.taken("main", "a") as after:
            assert after
        with ours.taken("main", "a") as held:
            assert held
            server.run(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
            )
            with theirs.taken("main", "a", wait_seconds=5.0) as taken_over:
                assert taken_over
        engine.dispose()
        other.dispose()

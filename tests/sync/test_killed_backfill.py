"""A sync killed at random moments of a backfill, with changes underneath: its rows are the source's, none twice."""

from __future__ import annotations

import itertools
import multiprocessing
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from deskbook.sources import Entry, source, utc_now
from deskbook.store import Commit, Lake

from ..servers.postgres import Postgres, postgres

MOMENTS = 20
ROWS = 6_000
MAPPING = {"id": "number", "created_at": "created", "subject": "title"}
# Twenty of them begin in no time: from a process with everything imported and no threads, as the one of the tests has
# many, and a fork of it may wait for ever.
SERVER = multiprocessing.get_context("forkserver" if sys.platform == "linux" else None)
SERVER.set_forkserver_preload([__name__])


def pull(url: str, folder: Path, how: dict[str, Any]) -> None:
    """One sync of the table into the lake."""
    lake = Lake(f"sqlite:///{folder}/deskbook.db", f"{folder}/files", state=folder)
    options = {"url": url, "table": "tickets", "page_rows": 150, **how}
    entry = Entry(name="t", kind="sql", source="t", table="tickets", mapping=MAPPING, options=options)
    own = source["sql"](entry, utc_now)
    for page in own.pull(lake.cursor("main", "t")):
        commit = Commit(entry="t", source="t", batches=own.normalise(page), cursor=page.cursor, first=page.first)
        lake.commit("main", commit)
    lake.close()


def killed(url: str, folder: Path, how: dict[str, Any], after_seconds: float) -> bool:
    """Whether a sync in a process of its own was killed before it was through."""
    process = SERVER.Process(target=pull, args=(url, folder, how))
    process.start()
    time.sleep(after_seconds)
    process.kill()
    process.join()
    return process.exitcode == -signal.SIGKILL


def change(server: Postgres, dice: random.Random, numbers: itertools.count[int]) -> None:
    """A few rows changed, added and removed."""
    one = dice.randrange(1, ROWS)
    server.run(
        f"UPDATE tickets SET title = 'changed {next(numbers)}', updated = clock_timestamp() WHERE number = {one}",
        f"INSERT INTO tickets VALUES ({ROWS + next(numbers)}, '2026-01-01Z', 'new', clock_timestamp())",
        f"DELETE FROM tickets WHERE number = {dice.randrange(1, ROWS)}",
        database="desk",
    )


@pytest.mark.skipif(sys.platform != "linux", reason="twenty processes start in no time only where they can be forked")
@pytest.mark.parametrize("how", [{}, {"cursor_column": "updated", "sweep": "each"}], ids=["whole", "followed"])
def test_killed_at_random_moments_its_rows_are_the_sources(tmp_path: Path, how: dict[str, Any]) -> None:
    dice, numbers, cut = random.Random(7), itertools.count(1), 0
    with postgres() as server:
        url = server.create("desk")
        create = "CREATE TABLE tickets (number int PRIMARY KEY, created timestamptz, title text, updated timestamptz)"
        fill = f"SELECT n, '2026-01-01Z', 'Ticket ' || n, '2026-01-02Z' FROM generate_series(1, {ROWS}) n"
        server.run(create, f"INSERT INTO tickets {fill}", database="desk")
        for _ in range(MOMENTS // 2):
            cut += killed(url, tmp_path, how, dice.uniform(0.3, 1.5))
            change(server, dice, numbers)
        pull(url, tmp_path, how)
        held = rows(tmp_path)
        assert cut > MOMENTS // 4
        assert len({id for id, _, _ in held}) == len(held)
        wanted = {(str(number), title) for number, title in asked(server)}
        assert {(id, title) for id, title, status in held if status != "deleted"} == wanted
        written = snapshot(tmp_path)
        pull(url, tmp_path, how)
        assert snapshot(tmp_path) == written


def asked(server: Postgres) -> list[Any]:
    import psycopg

    with psycopg.connect(server.url("desk", driver="postgresql")) as connection:
        return connection.execute("SELECT number, title FROM tickets").fetchall()


def rows(folder: Path) -> list[tuple[str, str, str | None]]:
    lake = Lake(f"sqlite:///{folder}/deskbook.db", f"{folder}/files", state=folder)
    held = lake.read("tickets", "main", columns=["id", "subject", "status"]).to_pylist()
    lake.close()
    return [(row["id"], row["subject"], row["status"]) for row in held]


def snapshot(folder: Path) -> int:
    lake = Lake(f"sqlite:///{folder}/deskbook.db", f"{folder}/files", state=folder)
    number = lake.snapshot()
    lake.close()
    return number

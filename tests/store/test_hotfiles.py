"""Hot copies as files: made once for all processes, never stale, made again where one cannot be read."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deskbook.book import Book
from deskbook.store import HotCopies, HotFiles, Lake, State
from deskbook.store import hot as hot_module

from ..conftest import Fill
from ..servers.lakes import At
from .test_hot import MESSAGES, TICKETS

KEY = "0f" * 32
COUNT = "SELECT count(*) FROM tickets"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "hot"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The databases filled, in order."""
    filled: list[str] = []
    fill = hot_module.fill

    def counting(con: Any, name: str, *rest: Any) -> None:
        filled.append(name)
        fill(con, name, *rest)

    monkeypatch.setattr(hot_module, "fill", counting)
    return filled


def count(lake: Lake, folder: Path, tenant: str = "main", key: str = KEY) -> int:
    view = HotCopies(lake, HotFiles(folder, key)).view(tenant, "UTC")
    found = int(view.cursor().execute(COUNT).fetchall()[0][0])
    lake.con.cursor().execute(f"DETACH {view.name}_own")
    lake.con.cursor().execute(f"DETACH {view.name}")
    return found


def test_a_copy_is_made_once_and_read_by_the_next(lake: Lake, fill: Fill, folder: Path, made: list[str]) -> None:
    fill(tickets=TICKETS, messages=MESSAGES)
    assert [count(lake, folder), count(lake, folder)] == [2, 2]
    assert len(made) == 1
    assert len([*folder.glob("*.duckdb")]) == 1


def test_another_snapshot_zone_or_tenant_is_another_copy(lake: Lake, fill: Fill, folder: Path, made: list[str]) -> None:
    fill(tickets=TICKETS)
    fill(tickets=TICKETS[:1], tenant="a-b")
    assert (count(lake, folder), count(lake, folder, "a-b"), count(lake, folder, "a_b")) == (2, 1, 0)
    fill(tickets=[*TICKETS, TICKETS[0] | {"id": "3"}])
    assert count(lake, folder) == 3
    assert len(made) == 4


def test_a_lake_made_anew_in_the_same_place_is_not_taken_for_the_old_one(anew: Callable[[], At], folder: Path) -> None:
    counts, places = [], []
    for _ in range(2):
        lake = anew().open()
        lake.place = ("the", "same")
        places.append(lake.snapshot())
        counts.append(HotCopies(lake, HotFiles(folder, KEY)).view("main", "UTC").name)
        lake.close()
    assert places[0] == places[1]
    assert counts[0] == counts[1]
    assert len([*folder.glob("*.duckdb")]) == 2


def test_a_file_that_cannot_be_read_is_made_again(lake: Lake, fill: Fill, folder: Path, made: list[str]) -> None:
    fill(tickets=TICKETS)
    count(lake, folder)
    (file,) = folder.glob("*.duckdb")
    file.write_bytes(b"no database" * 1000)
    assert count(lake, folder) == 2
    assert count(lake, folder, key="ab" * 32) == 2
    assert len(made) == 3


def test_what_a_stopped_process_left_is_cleared_and_few_copies_stay(lake: Lake, fill: Fill, folder: Path) -> None:
    folder.mkdir()
    (folder / "half.making").write_bytes(b"x")
    for number in range(5):
        fill(tickets=[TICKETS[0] | {"id": str(number)}])
        count(lake, folder)
    assert not [*folder.glob("*.making*")]
    assert len([*folder.glob("*.duckdb")]) == 3


def test_no_customer_can_be_read_in_an_encrypted_file(lake: Lake, fill: Fill, folder: Path) -> None:
    fill(tickets=[TICKETS[0] | {"customer_id": "grace.hopper@example.org"}])
    count(lake, folder)
    (file,) = folder.glob("*.duckdb")
    assert b"grace.hopper" not in file.read_bytes()
    assert KEY not in str(file)
    count(lake, folder / "plain", key="")
    (plain,) = (folder / "plain").glob("*.duckdb")
    assert b"grace.hopper" in plain.read_bytes()


def test_texts_are_looked_for_in_a_copy_that_is_only_read(lake: Lake, fill: Fill, folder: Path) -> None:
    fill(tickets=TICKETS, messages=MESSAGES)
    view = HotCopies(lake, HotFiles(folder, KEY)).view("main", "UTC")
    assert view.cursor().execute("SELECT count(*) FROM texts WHERE contains(text, 'angry')").fetchall() == [(1,)]
    view.cursor().execute("INSERT INTO found VALUES ('x', 1)")
    assert view.cursor().execute("FROM found").fetchall() == [("x", 1)]


def test_other_processes_read_the_same_file_at_once(synced: Book) -> None:
    code = "import sys, deskbook; book = deskbook.open(sys.argv[1]); print(book.query('tickets_created').value())"
    before = {file.name for file in (synced.settings.state / "hot").glob("*.duckdb")}
    command = [sys.executable, "-c", code, str(synced.settings.workspace)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [one.communicate(timeout=120)[0].strip() for one in running]
    assert said == [str(synced.query("tickets_created").value())] * 2
    assert {file.name for file in (synced.settings.state / "hot").glob("*.duckdb")} == before


def test_a_key_is_everybodys_and_made_once(state: State, at: At) -> None:
    first, again = state.key("hot"), at.state()
    assert (again.key("hot"), len(first)) == (first, 64)
    assert again.key("other") != first
    again.engine.dispose()

"""Sources by command: how they are doing, pausing one, watching in the foreground."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deskbook.apps.cli import app
from deskbook.apps.doctor import checks
from deskbook.errors import UnknownName
from deskbook.store import Run, State, state

from ..sync.scripted import open_desk, tell, write_desk


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DESKBOOK_HOME", "")
    folder = write_desk(tmp_path / "desk", main={"fallback": "copy"}, copy={}, quiet={})
    tell(folder, "main", fails="lasting")
    tell(folder, "copy", rows=3)
    book = open_desk(folder)
    book.sync()
    book.sync()
    book.lake.close()
    return folder


def run(home: Path, *given: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["--workspace", str(home), *given])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout


def found(home: Path) -> dict[str, dict[str, Any]]:
    said = json.loads(run(home, "sources", "--json")[1])
    return {row["entry"]: row for row in said["sources"]}


def test_the_list_says_health_who_feeds_and_what_went_wrong(home: Path) -> None:
    rows = found(home)
    assert {name: row["health"] for name, row in rows.items()} == {
        "main": "yellow",
        "copy": "green",
        "quiet": "no data",
    }
    assert (rows["main"]["fed_by"], rows["copy"]["instead_of"]) == ("copy", "main")
    assert rows["main"]["synced_at"] is None and rows["copy"]["synced_at"].endswith("Z")
    code, text = run(home, "sources")
    assert code == 0 and "fed by copy" in text and "feeds for main" in text and "as it was told to" in text
    assert "Nobody syncs what is due" in text


def test_a_red_source_is_one_to_the_shell_and_fails_the_doctor(home: Path) -> None:
    tell(home, "copy", fails="lasting")
    run(home, "sync")
    assert run(home, "sources")[0] == 1 and found(home)["main"]["health"] == "red"
    (check,) = [one for one in checks(home) if one.name == "sources"]
    assert check.status == "failed" and "main: Fails (3 times in a row)" in check.detail


def test_an_entry_is_paused_and_resumed_and_an_unknown_one_named(home: Path) -> None:
    assert run(home, "pause", "quiet") == (0, "quiet is paused.\n")
    assert found(home)["quiet"]["paused_by"] == "local" and found(home)["quiet"]["next_at"] is None
    names = [row["name"] for row in json.loads(run(home, "sync", "--json")[1])["entries"]]
    assert names == ["main", "copy"]
    assert json.loads(run(home, "resume", "quiet", "--json")[1]) == {"entry": "quiet", "state": "resumed"}
    with pytest.raises(UnknownName, match="Did you mean 'quiet'"):
        run(home, "pause", "quite")


def test_runs_of_long_ago_make_room_but_the_last_good_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: Any
) -> None:
    monkeypatch.setattr(state, "KEPT_RUNS", 5)
    monkeypatch.setattr(state, "PRUNED_EVERY", 10)
    made = State(f"sqlite:///{tmp_path}/d.db")
    for number in range(40):
        run_of = Run(
            entry="a",
            started_at=now.replace(tzinfo=None, minute=number),
            seconds=0.0,
            status="ok" if number == 2 else "failed",
            error="",
            rows_read=number,
            rows_written=0,
            rows_quarantined=0,
        )
        made.add_run("main", run_of)
        if not number:
            made.add_run("other", run_of)
    with made.engine.connect() as con:
        kept = con.execute(state.RUNS.select()).mappings().all()
    assert len([row for row in kept if row["tenant"] == "main"]) <= 5 + 1 + 10
    assert made.last_good_runs("main")["a"].rows_read == 2 and made.last_runs("main")["a"].rows_read == 39
    assert made.last_runs("other")["a"].rows_read == 0

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from deskbook.book import Book
from deskbook.settings import load_settings

from ..conftest import Workspace

RECEIPT = {"metrics", "by", "where", "since", "until", "zone", "tenant", "snapshot", "sql", "bound", "digest"}


def run(*words: str | Path, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The command as a stranger runs it."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("DESKBOOK_")}
    if home:
        environ["DESKBOOK_HOME"] = str(home)
    command = [sys.executable, "-m", "deskbook", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, env=environ, check=False, timeout=240)


def answer(*words: str | Path, home: Path | None = None) -> Any:
    done = run(*words, "--json", home=home)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def home(synced: Book) -> Path:
    return synced.settings.workspace


def test_query_gives_rows_and_a_receipt(home: Path, synced: Book) -> None:
    words: Sequence[str] = ("query", "tickets_created,first_reply_median_minutes", "--by", "team", "--grain", "month")
    made = answer(*words, "--where", "channel = chat", "--since", "2026-01-01", "--until", "2026-10-31", home=home)
    asked = synced.query(
        "tickets_created,first_reply_median_minutes", by="team", grain="month", where="channel = chat",
        since="2026-01-01", until="2026-10-31",
    )  # fmt: skip
    assert made["rows"] == asked.rows
    assert set(made["receipt"]) >= RECEIPT


def test_sync_says_what_each_entry_did(workspace: Workspace) -> None:
    folder = workspace()
    made = answer("--workspace", folder, "sync", "sample_teams")
    (entry,) = made["entries"]
    assert set(entry) == {"name", "status", "tables", "seconds", "error", "notes"}
    assert entry["tables"] == {"teams": {"read": 6, "written": 6, "quarantined": 0, "gone": 0}}


def test_sync_exits_with_1_if_an_entry_failed_and_does_the_others(workspace: Workspace) -> None:
    folder = workspace()
    (folder / "sample" / "tickets.csv").unlink()
    done = run("sync", "sample_tickets", "sample_teams", "--json", home=folder)
    assert done.returncode == 1
    assert [entry["status"] for entry in json.loads(done.stdout)["entries"]] == ["failed", "ok"]


def test_a_comparison_says_which_days_off_it_leaves_out(home: Path, tmp_path: Path) -> None:
    words = ("query", "tickets_created", "--period", "2025-12-22..2025-12-28", "--against", "alike")
    shown = run(*words, home=home).stdout
    assert "tickets_created_alike" in shown and "· vs the same weekdays before, without 25 and 26 Dec ·" in shown
    made = answer(*words, home=home)
    assert made["receipt"]["days_off"] == ["2025-12-25", "2025-12-26"]
    file = tmp_path / "query.json"
    file.write_text(json.dumps(made), "utf-8")
    assert run("receipt", "verify", file, home=home).returncode == 0


def test_metrics_are_listed_with_their_definition() -> None:
    made = answer("metrics")
    assert {"name", "label", "unit", "better", "note", "sql", "version"} <= set(made[0])
    assert len({card["name"] for card in made}) == len(made)


def test_a_receipt_holds_until_a_number_is_changed(home: Path, tmp_path: Path) -> None:
    made = answer("query", "tickets_created", "--by", "channel", home=home)
    file = tmp_path / "query.json"
    file.write_text(json.dumps(made), "utf-8")
    assert run("receipt", "verify", file, home=home).returncode == 0
    made["rows"][0]["tickets_created"] += 1
    file.write_text(json.dumps(made), "utf-8")
    assert run("receipt", "verify", file, home=home).returncode == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("query", "tickets_creatd"), "Did you mean 'tickets_created'"),
        (("query", "tickets_created", "--by", "teem"), "Did you mean 'team'"),
        (("query", "tickets_created", "--where", "chanel = chat"), "Did you mean 'channel'"),
        (("query", "tickets_created", "--since", "soon"), "is no period"),
        (("sync", "sample_ticket"), "Did you mean 'sample_tickets'"),
        (("report", "overviw"), "Did you mean 'overview'"),
        (("map", "sample_agent"), "Did you mean 'sample_agents'"),
        (("receipt", "verify", "nowhere.json"), "There is no file nowhere.json"),
    ],
)
def test_what_does_not_exist_is_exit_2_and_the_closest_name(home: Path, words: tuple[str, ...], said: str) -> None:
    done = run(*words, home=home)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr and "Traceback" not in done.stderr


def test_map_proposes_and_writes_a_mapping(workspace: Workspace) -> None:
    folder = workspace()
    made = answer("map", "sample_customers", home=folder)
    assert made["mapping"]["email"] == "email"
    assert answer("sync", "sample_customers", home=folder)["entries"][0]["status"] == "ok"


def test_a_workspace_is_not_made_twice(tmp_path: Path) -> None:
    assert run("init", tmp_path / "desk").returncode == 0
    again = run("init", tmp_path / "desk")
    assert again.returncode == 2 and "is a workspace already" in again.stderr


def test_csv_goes_to_standard_output_alone(home: Path) -> None:
    done = run("query", "tickets_created", "--by", "channel", "--csv", home=home)
    assert done.stdout.splitlines()[0] == "channel,tickets_created"


def test_the_version_is_the_packages(tmp_path: Path) -> None:
    import deskbook

    assert answer("version") == {"version": deskbook.__version__}


def test_saved_filters_are_listed_and_used_by_name(workspace: Workspace) -> None:
    folder = workspace()
    assert "Nothing is saved yet" in run("filters", home=folder).stdout
    book = Book(load_settings(folder, {}))
    book.save_filter("By team", "team = {team}", shared=["lead"])
    (listed,) = answer("filters", home=folder)
    assert (listed["name"], listed["where"], listed["gaps"]) == ("By team", "team = {team}", "team")
    made = answer("query", "tickets_created", "--where", "@By team(team=Billing)", home=folder)
    assert made["receipt"]["where"] == "team = Billing"


def test_an_annotation_is_added_listed_and_removed(workspace: Workspace) -> None:
    home = workspace()
    words = ("annotate", "add", "Outage", "--begins", "2026-10-14T09:00", "--ends", "2026-10-14T11:30")
    made = answer(*words, "--kind", "outage", "--channel", "chat", home=home)["id"]
    (row,) = answer("annotate", "list", "--period", "2026-10", home=home)
    assert (row["id"], row["begins_at"], row["kind"], row["shared"]) == (
        made,
        "2026-10-14T09:00:00",
        "outage",
        ["everyone"],
    )
    assert answer("annotate", "list", "--where", "channel = email", home=home) == []
    wrong = run("annotate", "add", "Outage", "--begins", "soon", home=home)
    assert wrong.returncode == 2 and "no period" in wrong.stderr
    assert "Unknown annotation" in run("annotate", "remove", "x", home=home).stderr
    assert "gone from every chart" in run("annotate", "remove", made, home=home).stdout
    assert answer("annotate", "list", home=home) == []


@pytest.mark.parametrize(("held", "wanted"), [("", "background_thread:true"), ("narenas:1", "narenas:1")])
def test_the_allocator_is_told_before_duckdb_is_loaded_unless_it_was_told_already(held: str, wanted: str) -> None:
    said = (
        "import os, sys; from deskbook.apps.cli import pages; pages.give_memory_back(); "
        "print('duckdb' in sys.modules, os.environ['DUCKDB_JE_MALLOC_CONF'])"
    )
    environ = {name: value for name, value in os.environ.items() if name != "DUCKDB_JE_MALLOC_CONF"}
    environ |= {"DUCKDB_JE_MALLOC_CONF": held} if held else {}
    done = subprocess.run([sys.executable, "-c", said], env=environ, capture_output=True, text=True, check=True)
    assert done.stdout.startswith(f"False {wanted}")

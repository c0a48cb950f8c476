"""The commands on what was asked, as a stranger runs them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ..conftest import Workspace, open_book
from .test_cli import answer, run

HOW_MANY = "How many tickets were created in 2026-09?"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, desk: Path) -> Path:
    import shutil

    folder = tmp_path_factory.mktemp("asked") / "desk"
    shutil.copytree(desk, folder)
    open_book(folder).sync("sample_tickets")
    assert "Nothing was asked yet" in run("asked", "list", home=folder).stdout
    assert run("ask", HOW_MANY, home=folder).returncode == 0
    assert run("ask", "How many unicorns?", home=folder).returncode == 0
    return folder


def listed(home: Path, *words: str) -> list[dict[str, Any]]:
    return list(answer("asked", *words, home=home))


def test_questions_are_listed_found_and_shown(home: Path) -> None:
    rows = listed(home, "list")
    assert [row["question"] for row in rows] == ["How many unicorns?", HOW_MANY]
    assert [row["answered"] for row in rows] == [False, True]
    assert [row["question"] for row in listed(home, "search", "created 2026-09")] == [HOW_MANY]
    shown = answer("asked", "show", str(rows[1]["id"]), home=home)
    assert shown["answer"]["numbers"] and shown["made"]["definitions"]


def test_unanswered_ones_stand_together(home: Path) -> None:
    (one,) = listed(home, "unanswered")
    assert one["count"] == 1 and one["questions"] == ["How many unicorns?"]


def test_a_thumb_and_a_correction_are_kept(home: Path) -> None:
    number = str(listed(home, "search", "unicorns")[0]["id"])
    assert run("asked", "thumb", number, "down", home=home).returncode == 0
    assert run("asked", "correct", number, "Horses, not unicorns", home=home).returncode == 0
    (row,) = listed(home, "search", "horses")
    assert (row["thumb"], row["correction"]) == ("down", "Horses, not unicorns")


def test_a_kept_question_that_nothing_changed_for_is_not_due(home: Path) -> None:
    number = str(listed(home, "search", "2026-09")[0]["id"])
    assert run("asked", "keep", number, home=home).returncode == 0
    assert "No kept question is due" in run("asked", "again", home=home).stdout
    done = run("asked", "again", number, home=home)
    assert done.returncode == 0 and "The same answer" in done.stdout


def test_a_test_is_made_and_fails_with_1_when_its_number_is_another(home: Path) -> None:
    number = str(listed(home, "search", "2026-09")[0]["id"])
    assert run("asked", "test", number, "--name", "september", home=home).returncode == 0
    assert run("asked", "check", home=home).returncode == 0
    file = home / "answers" / "september.json"
    held = json.loads(file.read_text("utf-8"))
    held["numbers"][0]["value"] += 1
    file.write_text(json.dumps(held), "utf-8")
    done = run("asked", "check", home=home)
    assert done.returncode == 1 and "changed: september.json" in done.stdout and "→" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "9999"), "Unknown question '9999'"),
        (("thumb", "1", "sideways"), "up, down or none"),
        (("schedule", "1", "--at", "0 8 * * mon"), "wants --email or --folder"),
        (("check", "nowhere.json"), "cannot be read as a test"),
        (("forget", "--before", "someday"), "is no period"),
    ],
)
def test_what_cannot_be_is_exit_2(home: Path, words: tuple[str, ...], said: str) -> None:
    done = run("asked", *words, home=home)
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr


def test_a_page_and_a_schedule_are_written(workspace: Workspace) -> None:
    home = workspace()
    assert run("ask", "How many unicorns?", home=home).returncode == 0
    assert run("asked", "page", "1", "--name", "unicorns", home=home).returncode == 0
    words = ("asked", "schedule", "1", "--at", "0 8 * * mon", "--folder", "reports", "--name", "horses")
    assert run(*words, home=home).returncode == 0
    assert (home / "notebooks" / "unicorns.ipynb").is_file() and (home / "dashboards" / "horses.yaml").is_file()
    assert "horses: horses at 0 8 * * mon" in run("doctor", home=home).stdout


def test_the_worker_asks_kept_questions_again_and_says_what_differs(workspace: Workspace) -> None:
    from deskbook.apps.worker import ask_again

    book = open_book(workspace())
    book.ask(HOW_MANY)
    held = book.asked()
    held.keep(held.find()[0].id)
    said: list[str] = []
    ask_again(book, said.append)
    assert said == []
    book.sync("sample_tickets")
    ask_again(book, said.append)
    (line,) = said
    assert line.startswith(f"Question 1, {HOW_MANY}: ") and "(changed since: data)" in line
    ask_again(book, said.append)
    assert len(said) == 1

"""Subscriptions by command, and the worker that looks for new ones while it waits."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from pathlib import Path
from threading import Timer

import pytest
import yaml
from typer.testing import CliRunner

from deskbook.apps import worker
from deskbook.apps.cli import app
from deskbook.apps.doctor import checks
from deskbook.apps.workspace import make_workspace
from deskbook.book import Book
from deskbook.errors import DeskbookError, UnknownName
from deskbook.settings import load_settings

FORM = {"page": "overview", "to": ("csv",), "at": "0 8 * * mon", "folder": "billing"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = make_workspace(tmp_path / "desk")
    Book(load_settings(made, {})).subscriptions().keep("Monday", FORM)
    return made


def run(home: Path, *given: str) -> str:
    done = CliRunner().invoke(app, ["--workspace", str(home), "subscriptions", *given])
    if done.exception and isinstance(done.exception, DeskbookError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(autouse=True)
def no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKBOOK_HOME", "")


def test_they_are_listed_paused_resumed_and_removed(home: Path) -> None:
    (row,) = json.loads(run(home, "--json"))
    assert (row["name"], row["owner"], row["state"], row["send"]) == (
        "Monday",
        "local",
        "on",
        "folder deliveries/billing",
    )
    assert row["next_at"].endswith("T08:00:00Z") and row["schedule"].startswith("local-monday-")
    assert run(home, "pause", "Monday") == "Monday of local is paused\n"
    assert json.loads(run(home, "resume", "Monday", "--json"))["version"] == 3
    assert "Monday" in run(home)
    with pytest.raises(UnknownName, match="Did you mean 'Monday'"):
        run(home, "remove", "Munday")
    assert json.loads(run(home, "remove", "Monday", "--json")) == {"removed": "Monday", "owner": "local"}
    assert json.loads(run(home, "--json")) == []
    assert "Nobody has subscribed" in run(home)


def test_an_export_stands_in_for_what_it_was_made_of(home: Path) -> None:
    text = run(home, "export")
    (home / "dashboards" / "kept.yaml").write_text(text, "utf-8")
    (schedule,) = yaml.safe_load(text)["schedules"]
    assert schedule["send"] == [{"folder": "deliveries/billing"}] and run(home, "export", "Monday") == text
    (check,) = [one for one in checks(home) if one.name == "schedules"]
    assert check.detail == f"{schedule['name']}: overview at 0 8 * * mon"


def test_the_doctor_names_one_that_may_not_be_sent_any_more(home: Path) -> None:
    file = home / "deskbook.toml"
    bare = file.read_text("utf-8")
    file.write_text(bare.replace("[workspace]", '[workspace]\ndeliver_domains = ["example.com"]'), "utf-8")
    Book(load_settings(home, {})).subscriptions().keep("Post", {**FORM, "email": ("a@example.com",)})
    file.write_text(bare, "utf-8")
    (check,) = [one for one in checks(home) if one.name == "schedules"]
    assert check.status == "failed" and "a@example.com may not be written to" in check.detail


def test_a_waiting_worker_sees_a_new_subscription(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book, rounds = Book(load_settings(home, {})), []

    def deliver(held: Book, say: Callable[[str], None]) -> float:
        rounds.append([one.name for one in held.subscriptions().seen()])
        if len(rounds) == 1:
            Timer(0.1, lambda: Book(load_settings(home, {})).subscriptions().keep("Tuesday", FORM)).start()
        else:
            signal.raise_signal(signal.SIGTERM)
        return float("inf")

    monkeypatch.setattr(worker, "follow_up", lambda *_: None)
    monkeypatch.setattr(worker, "deliver_round", deliver)
    monkeypatch.setattr(worker, "LOOK_SECONDS", 0.02)
    held = [signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)]
    try:
        assert worker.run(book, say=lambda _: None) == 1
    finally:
        for number, handler in zip((signal.SIGTERM, signal.SIGINT), held, strict=True):
            signal.signal(number, handler)
    assert rounds == [["Monday"], ["Monday", "Tuesday"]]

"""Deliveries by the command and the worker as processes, killed and started again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from deskbook.apps.deliveries import schedules_of
from deskbook.apps.doctor import checks
from deskbook.apps.workspace import make_workspace
from deskbook.book import Book
from deskbook.errors import ConfigError
from deskbook.settings import load_settings

from ..reports.sinks import web_sink

DASHBOARD = """
title: Support
pages: [overview]
schedules:
  - name: daily
    page: overview
    view: cards
    to: [csv]
    at: "0 0 * * *"
    send:
      - {webhook: "{env(HOOK)}"}
      - {folder: reports}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = make_workspace(tmp_path_factory.mktemp("post") / "desk", sample=30)
    (home / "dashboards" / "support.yaml").write_text(DASHBOARD, "utf-8")
    Book(load_settings(home, {})).sync()
    return home


@pytest.fixture
def home(made: Path) -> Path:
    """The workspace with its schedule long known, so that a time is due; and nothing delivered."""
    for file in made.glob(".deskbook/*state.db*"):
        file.unlink()
    book = Book(load_settings(made, {}))
    (schedule,) = schedules_of(book)
    book.deliveries.seen_at("main", schedule.name, schedule.rule, datetime(2026, 1, 1))
    for file in made.glob("reports/*"):
        file.unlink()
    return made


def start(home: Path, *words: str, hook: str = "") -> subprocess.Popen[str]:
    environ = os.environ | {"DESKBOOK_HOME": str(home), "HOOK": hook}
    command: Sequence[str] = [sys.executable, "-m", "deskbook", *words]
    return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run(home: Path, *words: str, hook: str = "") -> str:
    process = start(home, *words, hook=hook)
    said, wrong = process.communicate(timeout=120)
    assert process.returncode in (0, 1), wrong
    return said


def log(home: Path) -> list[dict[str, Any]]:
    return list(json.loads(run(home, "deliveries", "--json")))


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_kill_while_sending_sends_nothing_twice_and_the_rest_after_a_restart(home: Path) -> None:
    with web_sink(hang=Event()) as hook:
        process = start(home, "worker", "--once", hook=hook.url)
        assert hook.arrived.wait(120)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert [row["outcome"] for row in log(home)] == ["sending"]
        assert hook.hang is not None
        hook.hang.set()
        run(home, "worker", "--once", hook=hook.url)
        run(home, "worker", "--once", hook=hook.url)
        assert len(hook.got) == 1
    rows = {row["channel"]: row for row in log(home)}
    assert (rows["webhook"]["outcome"], rows["folder"]["outcome"]) == ("failed", "sent")
    assert "may have arrived, and is not sent again" in rows["webhook"]["error"]
    assert len(list((home / "reports").iterdir())) == 1


def test_the_command_sends_what_is_due_once_and_now_whenever_asked(home: Path) -> None:
    with web_sink() as hook:
        assert "daily to webhook {env(HOOK)}: sent" in run(home, "deliver", "daily", hook=hook.url)
        assert "daily is not due; the next time is" in run(home, "deliver", "daily", hook=hook.url)
        assert "daily to folder reports: sent" in run(home, "deliver", "daily", "--now", hook=hook.url)
        assert len(hook.got) == 2
    shown = run(home, "deliveries")
    assert shown.count("sent") >= 4 and "very-secret" not in shown


def test_a_failed_delivery_is_done_in_part(home: Path) -> None:
    process = start(home, "deliver", "daily", "--now")
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 1 and "HOOK, which is not set" in said and "folder reports: sent" in said


def test_the_doctor_reads_the_schedules_and_misses_the_mail_server(home: Path) -> None:
    def found() -> tuple[str, str]:
        (one,) = [check for check in checks(home) if check.name == "schedules"]
        return one.status, one.detail

    file = home / "dashboards" / "support.yaml"
    assert found() == ("ok", "daily: overview at 0 0 * * *")
    try:
        file.write_text(DASHBOARD.replace("{folder: reports}", "{email: [lead@example.com]}"), "utf-8")
        assert found() == ("failed", "A schedule sends e-mail, and deskbook.toml has no [mail].")
        (home / "dashboards" / "twice.yaml").write_text(DASHBOARD.replace("[overview]", "[sla]"), "utf-8")
        with pytest.raises(
            ConfigError, match=r"'daily' is named twice, in dashboards/support.yaml and dashboards/twice"
        ):
            schedules_of(Book(load_settings(home, {})))
    finally:
        (home / "dashboards" / "twice.yaml").unlink(missing_ok=True)
        file.write_text(DASHBOARD, "utf-8")


def test_the_worker_delivers_between_two_rounds_when_something_becomes_due(home: Path) -> None:
    """A schedule of every minute, with rounds far apart: the report comes without a second sync."""
    file = home / "dashboards" / "support.yaml"
    text = DASHBOARD.replace("0 0 * * *", "* * * * *").replace('      - {webhook: "{env(HOOK)}"}\n', "")
    file.write_text(text, "utf-8")
    process = start(home, "worker")
    try:
        assert process.stdout is not None
        assert "daily to folder reports: sent" in next(line for line in process.stdout if line.startswith("daily"))
    finally:
        process.terminate()
        try:
            process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
        file.write_text(DASHBOARD, "utf-8")

"""The sample desk served as a Slack workspace: what the desk holds in public comes out of it again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pyarrow.csv as pcsv
import pyarrow.parquet as pq
import pytest

from deskbook.apps.workspace import make_workspace
from deskbook.samples.served.slack import records

from ..fakes.slack import Desk, Held


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_workspace(tmp_path_factory.mktemp("slack") / "desk", sample=300, seed=5) / "sample"


@pytest.fixture(scope="module")
def held(folder: Path) -> Held:
    return Held().pull(Desk(records(folder)).source())


def test_each_ticket_is_a_thread_and_each_public_message_is_there(held: Held, folder: Path) -> None:
    tickets = pcsv.read_csv(folder / "tickets.csv").to_pylist()
    messages = [row for row in pq.read_table(folder / "messages.parquet").to_pylist() if row["public"]]
    assert len(held["tickets"]) == len(tickets) == 300 and len(held["messages"]) == len(messages)
    assert not held.rejects
    said = sorted(" ".join(row["body"].split()) for row in messages)
    assert sum(" ".join(str(row["text"]).split()) in set(said) for row in held["messages"].values()) > 0.95 * len(said)


def test_roles_people_and_statuses_are_those_of_the_desk(held: Held, folder: Path) -> None:
    with closing(sqlite3.connect(folder / "helpdesk.sqlite")) as database:
        staff = {f"U{row[0]}" for row in database.execute("SELECT id FROM agents")}
    assert set(held["agents"]) == staff
    wanted = {"end-user": "customer", "agent": "agent", "bot": "bot"}
    rows = [row for row in pq.read_table(folder / "messages.parquet").to_pylist() if row["public"]]
    counted = {role: sum(wanted[row["author_role"]] == role for row in rows) for role in wanted.values()}
    got = [row["author_role"] for row in held["messages"].values()]
    assert {role: got.count(role) for role in wanted.values()} == counted
    tickets = pcsv.read_csv(folder / "tickets.csv").to_pylist()
    solved = sum(row["status"] in ("solved", "closed") for row in tickets)
    assert sum(row["status"] == "solved" for row in held["tickets"].values()) == solved > 0

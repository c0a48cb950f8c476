"""The sample desk goes through either product's API and comes back as it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from deskbook.samples import write_sample
from deskbook.samples.served import entry_of, freshdesk, freshservice
from deskbook.sources import Entry, Source
from tests.fakes.web import Faulty, Time, wire_to

from .conftest import BASE, kept, made

SERVED: dict[str, Any] = {"freshdesk": freshdesk, "freshservice": freshservice}
STATUSES = {"new": "open", "open": "open", "pending": "pending", "hold": "hold", "solved": "solved", "closed": "closed"}
PRIORITIES = {"low": "low", "medium": "normal", "high": "high", "critical": "urgent"}
ROLES = {"end-user": "customer", "agent": "agent", "bot": "bot"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("sample") / "desk"
    write_sample(directory, tickets=400, days=60, until=date(2026, 10, 31))
    return directory


@pytest.fixture(scope="module", params=SERVED)
def read(request: pytest.FixtureRequest, folder: Path) -> dict[str, pd.DataFrame]:
    """What the source makes of the served desk: each table by its ids."""
    source = _source(request.param, folder)
    return {name: rows.set_index("id") for name, rows in kept(source, list(source.pull({}))).items() if len(rows)}


def _source(kind: str, folder: Path) -> Source:
    time, served = Time(), SERVED[kind]
    app = Faulty(served.app(served.records(folder), time), time)
    options = {**entry_of(kind, BASE)[0].options, "api_key": served.KEY}
    return made(Entry(name="desk", kind=kind, source="desk", options=options), time, wire_to(app, time))


def test_all_tickets_come_back_as_they_were(read: dict[str, pd.DataFrame], folder: Path) -> None:
    given = pd.read_csv(folder / "tickets.csv", dtype=str).set_index("ticket_number")
    found = read["tickets"].loc[given.index]
    assert len(read["tickets"]) == len(given)
    assert found["status"].tolist() == given["status"].map(STATUSES).tolist()
    assert found["priority"].tolist() == given["urgency"].map(PRIORITIES).tolist()
    for ours, theirs in {"subject": "subject", "channel": "channel", "team_id": "group_id"}.items():
        assert found[ours].tolist() == given[theirs].tolist(), ours
    assert pd.to_datetime(given["created"]).tolist() == found["created_at"].tolist()
    assert found["category"].tolist() == given["type"].tolist()
    assert all('"plan":' in text and '"product":' in text for text in found["custom"])


def test_all_messages_come_back_with_who_wrote_them(read: dict[str, pd.DataFrame], folder: Path) -> None:
    given = pd.read_parquet(folder / "messages.parquet")
    found = read["messages"]
    ours = found.assign(ticket=found["ticket_id"].astype(int)).sort_values(["ticket", "sent_at", "text"])
    theirs = given.assign(ticket=given["ticket"].astype(int)).sort_values(["ticket", "sent_at", "body"])
    assert ours["text"].tolist() == theirs["body"].tolist()
    assert ours["author_role"].tolist() == theirs["author_role"].map(ROLES).tolist()
    assert ours["is_public"].tolist() == theirs["public"].tolist()


def test_people_teams_and_ratings_come_back(read: dict[str, pd.DataFrame], folder: Path) -> None:
    with closing(sqlite3.connect(folder / "helpdesk.sqlite")) as database:
        given = {
            name: pd.read_sql(f"SELECT * FROM {name}", database) for name in ("agents", "groups", "users", "surveys")
        }
    users = given["users"].assign(id=given["users"]["id"].astype(str)).set_index("id")
    assert read["teams"]["name"].to_dict() == {str(k): v for k, v in given["groups"].set_index("id")["name"].items()}
    assert read["agents"].shape[0] == len(given["agents"]) and set(read["agents"]["name"]) == set(
        given["agents"]["name"]
    )
    found = read["customers"].loc[users.index]
    assert found["name"].tolist() == users["name"].tolist() and found["email"].tolist() == users["email"].tolist()
    assert found["company"].fillna("").tolist() == users["company"].fillna("").tolist()
    rated = given["surveys"].dropna(subset=["score"])
    assert set(read["satisfaction"].index) <= set(rated["id"].astype(str)) and len(read["satisfaction"]) >= 0.9 * len(
        rated
    )


def test_the_desks_own_first_reply_stands_beside_ours(read: dict[str, pd.DataFrame]) -> None:
    said = read["messages"][(read["messages"]["author_role"] == "agent") & read["messages"]["is_public"]]
    first = said.groupby("ticket_id")["sent_at"].min()
    figures = read["reported"][read["reported"]["measure"] == "first_reply_seconds"].set_index("ticket_id")
    created = read["tickets"]["created_at"]
    ours = (first - created.loc[first.index]).dt.total_seconds().astype(int)
    assert len(figures) > 100 and (figures["reported_seconds"].loc[ours.index] - ours).abs().max() <= 1

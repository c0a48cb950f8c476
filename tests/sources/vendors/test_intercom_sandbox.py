"""The sample desk behind Intercom's API comes back as it was, through the whole of Deskbook."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from deskbook.apps.hooks import add_hooks
from deskbook.book import Book
from deskbook.catalog import Catalog
from deskbook.samples import write_sample
from deskbook.samples.served.intercom import Workspace, app, records
from deskbook.settings import load_settings
from deskbook.sources import utc_now
from deskbook.sources.intercom import Intercom
from deskbook.sync.hearing import take_in
from tests.fakes.intercom import FakeIntercom

from .conftest import kept
from .test_conformance import served
from .test_intercom_hooks import SECRET, signed

TICKETS = 300
GUIDE = Path(__file__).parents[3] / "docs" / "sources.md"
(BLOCK,) = [
    one for one in re.findall(r"```yaml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL) if "kind: intercom" in one
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("desk")
    write_sample(made, tickets=TICKETS, days=60, until=date(2026, 10, 31))
    return made


@pytest.fixture(scope="module")
def found(folder: Path) -> dict[str, pd.DataFrame]:
    """What the connector makes of the sample desk."""
    fake = FakeIntercom()
    fake.own = records(folder)
    fake.own.now = fake.time.seconds
    fake.fake.app = app(fake.own)
    return kept(fake.source(), fake.pull(page_rows=150))


def test_every_ticket_comes_back_as_it_was(folder: Path, found: dict[str, pd.DataFrame]) -> None:
    wanted = pd.read_csv(folder / "tickets.csv").set_index("ticket_number").sort_index()
    got = found["tickets"].assign(id=lambda frame: frame["id"].astype(int)).set_index("id").sort_index()
    assert got.index.tolist() == wanted.index.tolist() and len(got) == TICKETS
    assert (got["subject"] == wanted["subject"]).all()
    assert (got["created_at"] == pd.to_datetime(wanted["created"])).all()
    assert (got["team_id"].astype(int) == wanted["group_id"]).all()
    assert (got["customer_id"].astype(int) == wanted["requester_id"]).all()
    states = {"pending": "hold", "hold": "hold", "solved": "closed", "closed": "closed"}
    assert (got["status"] == wanted["status"].map(states).fillna("open")).all()
    words = {"low": "low", "medium": "normal", "high": "high", "critical": "urgent"}
    assert (got["priority"] == wanted["urgency"].map(words)).all()
    assert (got["custom"].map(json.loads).map(lambda held: held["Plan"]) == wanted["plan"]).all()


def test_every_message_comes_back_with_its_role_and_words(folder: Path, found: dict[str, pd.DataFrame]) -> None:
    given = pq.read_table(folder / "messages.parquet").to_pandas()
    roles = {"agent": "agent", "end-user": "customer", "bot": "bot"}

    def told(ticket: Any, at: Any, role: str, public: bool, text: str) -> tuple[Any, ...]:
        return int(ticket), at.floor("s"), role, bool(public), " ".join(text.split())

    wanted = [told(one.ticket, one.sent_at, roles[one.author_role], one.public, one.body) for one in given.itertuples()]
    got = [
        told(one.ticket_id, one.sent_at, one.author_role, one.is_public, one.text)
        for one in found["messages"].itertuples()
    ]
    assert sorted(got) == sorted(wanted) and len(got) > TICKETS


def test_the_history_ends_in_the_status_that_each_ticket_has(found: dict[str, pd.DataFrame]) -> None:
    status = found["events"].query("kind == 'status'").sort_values("occurred_at").groupby("ticket_id")["new_value"]
    last = found["tickets"].set_index("id")["status"]
    ends = status.last()
    assert len(ends) > TICKETS / 2 and (ends == last[ends.index]).all()


def test_people_and_ratings_come_back(folder: Path, found: dict[str, pd.DataFrame]) -> None:
    assert {"company", "segment", "country"} <= set(found["customers"].dropna(axis=1, how="all"))
    assert found["customers"]["segment"].notna().all()
    rated = found["satisfaction"].dropna(subset=["score"])
    assert len(rated) > 5 and (rated["is_good"].astype(bool) == (rated["score"] >= 4)).all()


def test_the_entry_of_the_guide_makes_a_source(tmp_path: Path) -> None:
    (tmp_path / "desk.yaml").write_text(BLOCK)
    catalog = Catalog.open(tmp_path, {"INTERCOM_TOKEN": "t", "INTERCOM_CLIENT_SECRET": SECRET})
    assert not catalog.problems and isinstance(catalog.source("intercom", utc_now), Intercom)


def _book(folder: Path, url: str) -> Book:
    (folder / "catalogs").mkdir(parents=True)
    (folder / "deskbook.toml").write_text('[workspace]\nembedding = "words"\n')
    text = BLOCK.replace("region: us", f"base_url: {url}").replace("'{env(INTERCOM_TOKEN)}'", "'{env(T)}'")
    (folder / "catalogs" / "desk.yaml").write_text(text.replace("INTERCOM_CLIENT_SECRET", "S"))
    return Book(load_settings(folder, {}))


def test_a_webhook_brings_what_changed_into_the_store(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("T", "sandbox")
    monkeypatch.setenv("S", SECRET)
    own: Workspace = records(folder)
    with served(app(own)) as url:
        book = _book(tmp_path / "desk", url)
        (report,) = book.sync("intercom")
        assert report.status == "ok" and report.tables["tickets"].written == TICKETS, report.error
        number = next(one for one, held in own.conversations.items() if held["state"] == "open")
        own.put({**own.conversations[number], "state": "closed", "updated_at": int(own.now())})
        item = {"type": "conversation", "id": number}
        said = {"type": "notification_event", "id": "n1", "topic": "conversation.admin.closed", "data": {"item": item}}
        body = json.dumps(said).encode()
        door = FastAPI()
        add_hooks(door, book)
        with TestClient(door) as client:
            statuses = [
                client.post("/hooks/intercom", content=body, headers=signed(body)).status_code for _ in range(2)
            ]
            bad = client.post("/hooks/intercom", content=body, headers=signed(body, "wrong")).status_code
        assert (statuses, bad) == ([200, 200], 401)
        assert take_in(book._means(), book.hooks) > 0
        row = book.lake.read("tickets", "main", columns=["status"], where=f"id = '{number}'").to_pylist()
        assert row == [{"status": "closed"}]
        assert take_in(book._means(), book.hooks) == 0, "told twice, taken once"
        (again,) = book.sync("intercom")
        assert again.status == "ok" and again.tables.keys() <= {
            "tickets",
            "messages",
            "events",
            "satisfaction",
            "reported",
        }

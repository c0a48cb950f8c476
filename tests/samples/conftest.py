"""Two samples for all tests of this room, read back as an outsider would."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from deskbook.samples import write_sample


@dataclass(frozen=True)
class Sample:
    """The files of a sample as frames; `first` holds each ticket's first message."""

    directory: Path
    truth: dict[str, Any]
    tickets: pd.DataFrame
    messages: pd.DataFrame
    events: pd.DataFrame
    agents: pd.DataFrame
    groups: pd.DataFrame
    users: pd.DataFrame
    surveys: pd.DataFrame

    @property
    def first(self) -> pd.DataFrame:
        return self.messages.sort_values("sent_at", kind="stable").drop_duplicates("ticket")


def read(directory: Path) -> Sample:
    tickets = pd.read_csv(directory / "tickets.csv", parse_dates=["created", "solved_at", "updated"])
    events = pd.DataFrame(
        [json.loads(line) for line in (directory / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    )
    events["at"] = pd.to_datetime(events["at"])
    database = sqlite3.connect(directory / "helpdesk.sqlite")
    tables = {name: pd.read_sql(f"SELECT * FROM {name}", database) for name in ("agents", "groups", "users", "surveys")}
    database.close()
    truth = json.loads((directory / "truth.json").read_text(encoding="utf-8"))
    messages = pq.read_table(directory / "messages.parquet").to_pandas()
    return Sample(directory, truth, tickets, messages, events, **tables)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    directory = tmp_path_factory.mktemp("sample") / "desk"
    write_sample(directory, tickets=3_000, seed=7)
    return read(directory)


@pytest.fixture(scope="session")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Four weeks up to a Wednesday: much is still under way at the end."""
    directory = tmp_path_factory.mktemp("crowded") / "desk"
    write_sample(directory, tickets=6_000, seed=11, days=28, until=date(2026, 10, 28))
    return read(directory)


@pytest.fixture(params=["sample", "crowded"])
def desk(request: pytest.FixtureRequest) -> Sample:
    """Each sample in turn."""
    return request.getfixturevalue(request.param)

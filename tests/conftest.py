"""What every test may use: real parts in a temporary folder, a clock that stands still."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import yaml

from deskbook.apps.workspace import make_workspace
from deskbook.book import Book
from deskbook.clocks import Rules
from deskbook.schema import Batch, coerce
from deskbook.settings import load_settings
from deskbook.store import Commit, HotCopies, Lake
from deskbook.sync import measure_tickets

from .servers.lakes import At, Outside, in_folder, started_outside

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
SHARED = Path(__file__).resolve().parents[2] / "shared"
Rows = Sequence[Mapping[str, Any]]


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data beside the project; without it the test is skipped, except in CI."""
    if not SHARED.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs the shared folder beside the project")
        pytest.skip("needs the shared data folder beside the project")
    return SHARED


def batch(table: str, rows: Rows, now: datetime = NOW) -> Batch:
    """Rows of one standard table from plain dicts."""
    names = sorted({name for row in rows for name in row})
    columns = {name: pa.array([row.get(name) for row in rows]) for name in names}
    raw = pa.array([str(dict(row)) for row in rows], pa.string())
    return coerce(table, columns, raw=raw, lines=np.arange(len(rows)) + 2, origin="test", now=now)


@pytest.fixture
def at(tmp_path: Path) -> At:
    """Where the lake of a test lies: files of its folder. The tests of the store have it on servers too."""
    return in_folder(tmp_path)


@pytest.fixture
def lake(at: At) -> Iterator[Lake]:
    lake = at.open()
    yield lake
    lake.close()


@pytest.fixture(scope="session")
def outside() -> Iterator[Outside]:
    """A PostgreSQL and an S3, for lakes that lie on servers."""
    with started_outside() as servers:
        yield servers


Fill = Callable[..., None]


@pytest.fixture
def fill(lake: Lake) -> Fill:
    """Commit plain rows and measure them: fill(tickets=[…], messages=[…])."""

    def commit(tenant: str = "main", source: str = "desk", **tables: Rows) -> None:
        batches = [batch(table, rows) for table, rows in tables.items()]
        lake.commit(tenant, Commit(entry="desk", source=source, batches=batches, cursor=None))
        measure_tickets(lake, Rules(), tenant=tenant)

    return commit


@pytest.fixture
def hot(lake: Lake) -> HotCopies:
    return HotCopies(lake)


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with sample files, not synced; copy it, do not write to it."""
    return make_workspace(tmp_path_factory.mktemp("desk") / "desk", sample=600, seed=5)


@pytest.fixture(scope="session")
def truth(desk: Path) -> dict[str, Any]:
    return dict(json.loads((desk / "sample" / "truth.json").read_text("utf-8")))


@pytest.fixture(scope="session")
def synced(desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The desk with its rows in the lake and scored; read it, do not write to it."""
    folder = tmp_path_factory.mktemp("synced") / "desk"
    shutil.copytree(desk, folder)
    book = open_book(folder)
    assert [report.error for report in book.sync()] == [""] * 9
    return book


Workspace = Callable[..., Path]


@pytest.fixture
def workspace(desk: Path, tmp_path: Path) -> Workspace:
    """A copy of the desk; `page_rows` makes its pages small."""

    def copy(name: str = "copy", page_rows: int | None = None) -> Path:
        folder = tmp_path / name
        shutil.copytree(desk, folder)
        if page_rows:
            file = folder / "catalogs" / "sample.yaml"
            catalog = yaml.safe_load(file.read_text("utf-8"))
            for item in catalog["data"].values():
                item["kwargs"]["page_rows"] = page_rows
            file.write_text(yaml.safe_dump(catalog), "utf-8")
        return folder

    return copy


def open_book(folder: Path) -> Book:
    return Book(load_settings(folder, {}))


@pytest.fixture
def browser_tab() -> Iterator[Any]:
    """A tab of headless Chromium; without one the test is skipped, except in CI."""
    from playwright.sync_api import sync_playwright

    from .browser import launch

    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium.new_page()
        chromium.close()

"""Three real desks, synced once: an audit log, an event log, and requests with the date each was due."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from deskbook.apps.workspace import shipped
from deskbook.book import Book
from deskbook.settings import load_settings

CATALOGS = Path(__file__).parents[1] / "catalogs"
DESKS = ("baltimore_311", "uci_incidents", "volvo_incidents")


@pytest.fixture(scope="package")
def event_logs(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Book:
    folder = tmp_path_factory.mktemp("logs")
    (folder / "catalogs").mkdir()
    for name in DESKS:
        shutil.copy(CATALOGS / f"{name}.yaml", folder / "catalogs")
    shutil.copytree(shipped("notebooks"), folder / "notebooks")
    (folder / "deskbook.toml").write_text('[workspace]\nzone = "UTC"\ntoday = "data"\n')
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHARED_DATA", str(shared / "data"))
        book = Book(load_settings(folder, {}))
        assert {report.name: report.error for report in book.sync()} == dict.fromkeys(DESKS, "")
    return book

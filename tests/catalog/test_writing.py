"""Catalog files are written so that Intake reads them, and changed without losing a word."""

from __future__ import annotations

import os
from pathlib import Path

import intake
import pytest

from deskbook.catalog import Catalog, write_catalog
from deskbook.catalog.writing import LOCK, add_entry
from deskbook.errors import ConfigError
from deskbook.sources import Entry


def entry(folder: Path, name: str = "tickets") -> Entry:
    return Entry(
        name=name,
        kind="files",
        source="sample",
        table="tickets",
        mapping={"id": "number", "created_at": "created"},
        options={"url": "sample/tickets.csv"},
        folder=folder,
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A fresh catalog of one entry in a workspace."""
    (tmp_path / "sample").mkdir()
    (tmp_path / "sample" / "tickets.csv").write_text("number,created\n1,2026-01-01\n")
    path = tmp_path / "catalogs" / "sample.yaml"
    write_catalog(path, "Sample desk", [entry(tmp_path)])
    return path


def test_a_written_catalog_gives_the_entry_back(file: Path, tmp_path: Path) -> None:
    found = Catalog.open(file.parent, {}).entry("tickets")
    assert found.options == {"url": "../sample/tickets.csv"}
    assert (found.kind, found.source, found.table, found.mapping) == (
        "files",
        "sample",
        "tickets",
        entry(tmp_path).mapping,
    )


def test_a_written_catalog_is_one_of_intake(file: Path) -> None:
    catalog = intake.from_yaml_file(str(file))
    assert list(catalog) == ["tickets"]
    assert catalog["tickets"].read().to_dict("records") == [{"number": "1", "created": "2026-01-01"}]


def test_a_catalog_that_is_there_is_not_overwritten(file: Path) -> None:
    with pytest.raises(ConfigError, match="already there"):
        write_catalog(file, "Another", [])


def test_a_mapping_is_written_and_comments_and_order_stay(file: Path) -> None:
    file.write_text("# reviewed by Ann\n" + file.read_text().replace("table: tickets", "table: tickets  # one a case"))
    before = file.read_text().splitlines()
    Catalog.open(file.parent, {}).write_mapping(
        "tickets", {"id": "number", "subject": {"field": "t"}}, table="messages"
    )
    after = file.read_text().splitlines()
    assert after[0] == "# reviewed by Ann"
    assert [" ".join(line.split()) for line in after if line not in before] == [
        "table: messages # one a case",
        "subject:",
        "field: t",
    ]
    assert Catalog.open(file.parent, {}).entry("tickets").mapping == {"id": "number", "subject": {"field": "t"}}


def test_a_failed_write_leaves_the_file_as_it_was(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = file.read_bytes()
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        Catalog.open(file.parent, {}).write_mapping("tickets", {"id": "x"})
    assert file.read_bytes() == before
    assert {one.name for one in file.parent.iterdir()} == {"sample.yaml", LOCK}


def test_an_entry_is_added_once(file: Path, tmp_path: Path) -> None:
    add_entry(file, entry(tmp_path, "more"))
    assert Catalog.open(file.parent, {}).names == ("tickets", "more")
    with pytest.raises(ConfigError, match="already has an entry 'more'"):
        add_entry(file, entry(tmp_path, "more"))


def test_a_secret_stays_a_reference(tmp_path: Path) -> None:
    made = Entry(name="db", kind="sql", source="db", options={"url": "{env(DB_URL)}", "table": "t"})
    write_catalog(tmp_path / "c.yaml", "Database", [made])
    assert "url: '{env(DB_URL)}'" in (tmp_path / "c.yaml").read_text()
    assert Catalog.open(tmp_path, {"DB_URL": "sqlite:///x"}).entry("db").options["url"] == "sqlite:///x"


def test_a_kind_without_a_type_of_its_own_is_kept(tmp_path: Path) -> None:
    made = Entry(name="z", kind="zendesk", source="z", options={"subdomain": "acme"})
    write_catalog(tmp_path / "c.yaml", "Zendesk", [made])
    found = Catalog.open(tmp_path, {}).entry("z")
    assert (found.kind, found.options) == ("zendesk", {"subdomain": "acme"})

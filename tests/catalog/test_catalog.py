"""Catalog files are merged, resolved without showing a secret, and readable by plain Intake."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import intake
import pytest
from intake.readers.entry import Catalog as IntakeCatalog

from deskbook.catalog import Catalog
from deskbook.errors import ConfigError, MissingSecret, UnknownName
from deskbook.sources import utc_now

TEXT = """
    version: 2
    metadata: {title: Desk}
    user_parameters:
      region: {cls: "intake.readers.user_parameters:SimpleUserParameter", default: emea, dtype: str, description: ""}
    data:
      tickets_data:
        datatype: deskbook.catalog.datatypes:Files
        kwargs: {url: ../in/tickets.csv, folder: '{CATALOG_DIR}', page_rows: 2}
        metadata: {}
        user_parameters: {}
      warehouse_data:
        datatype: deskbook.catalog.datatypes:Sql
        kwargs: {url: 'postgresql://u:{env(DESK_PASSWORD)}@host/db', query: 'select * from {region}'}
        metadata: {}
        user_parameters: {}
    entries:
      tickets:
        reader: deskbook.catalog.readers:Rows
        kwargs: {args: ['{data(tickets_data)}']}
        output_instance: pandas:DataFrame
        metadata:
          source: desk
          table: tickets
          freshness_hours: 6
          mapping: {id: number, created_at: created}
        user_parameters: {}
      warehouse:
        reader: deskbook.catalog.readers:Rows
        kwargs: {args: ['{data(warehouse_data)}']}
        output_instance: pandas:DataFrame
        metadata: {table: tickets}
        user_parameters: {}
    aliases: {tickets: tickets}
"""
SECRET = "s3{cr}3t"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalog folder with one file, and the CSV it speaks of."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "tickets.csv").write_text("number,created\n1,2026-01-01\n2,2026-01-02\n3,2026-01-03\n")
    (tmp_path / "catalogs").mkdir()
    (tmp_path / "catalogs" / "desk.yaml").write_text(dedent(TEXT))
    return tmp_path / "catalogs"


@pytest.fixture
def change(folder: Path) -> Callable[[str, str], Catalog]:
    """The catalog after one replacement in its text."""

    def replaced(old: str, new: str) -> Catalog:
        assert old in dedent(TEXT)
        (folder / "desk.yaml").write_text(dedent(TEXT).replace(old, new))
        return Catalog.open(folder, {})

    return replaced


def test_an_entry_says_what_to_read_and_how(folder: Path) -> None:
    entry = Catalog.open(folder, {}).entry("tickets")
    assert (entry.kind, entry.source, entry.table, entry.freshness_hours) == ("files", "desk", "tickets", 6.0)
    assert entry.options == {"url": "../in/tickets.csv", "page_rows": 2}
    assert entry.mapping == {"id": "number", "created_at": "created"}
    assert entry.folder == folder


def test_a_secret_is_put_in_and_never_shown(folder: Path) -> None:
    catalog = Catalog.open(folder, {"DESK_PASSWORD": SECRET})
    entry = catalog.entry("warehouse")
    assert entry.options["url"] == f"postgresql://u:{SECRET}@host/db"
    assert entry.options["query"] == "select * from emea"
    shown = repr(entry) + repr(catalog) + repr(catalog["warehouse"]) + repr(catalog["warehouse"].kwargs)
    assert SECRET not in shown


def test_a_missing_secret_is_named_and_other_entries_go_on(folder: Path) -> None:
    catalog = Catalog.open(folder, {"OTHER": SECRET})
    with pytest.raises(MissingSecret, match=r"'warehouse' needs the environment variable DESK_PASSWORD") as error:
        catalog.entry("warehouse")
    assert SECRET not in str(error.value)
    with pytest.raises(MissingSecret):
        catalog["warehouse"]
    assert catalog.entry("tickets").name == "tickets"


@pytest.mark.parametrize(
    ("reference", "kept"), [("{file(../secret.txt)}", "../p@ss/{x}:1"), ("{keyring(desk)}", "of the keyring")]
)
def test_a_secret_may_lie_in_a_file_or_in_the_keyring(
    folder: Path, change: Callable[[str, str], Catalog], monkeypatch: pytest.MonkeyPatch, reference: str, kept: str
) -> None:
    (folder.parent / "secret.txt").write_text("../p@ss/{x}:1\n")
    monkeypatch.setattr("keyring.get_password", lambda service, name: "of the keyring")
    catalog = change("query: 'select", f"password: '{reference}', query: 'select")
    catalog = Catalog.open(catalog.folder, {"DESK_PASSWORD": "x"})
    assert catalog.entry("warehouse").options["password"] == kept


def test_a_missing_file_of_a_secret_is_named(change: Callable[[str, str], Catalog]) -> None:
    catalog = change("{env(DESK_PASSWORD)}", "{file(none.txt)}")
    with pytest.raises(ConfigError, match=r"needs the file .*none.txt, which cannot be read .* Fix: put the secret"):
        catalog.entry("warehouse")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{env(DESK_PASSWORD)}", "hunter2"),
        ("{env(DESK_PASSWORD)}", "hunter2{env(DESK_PASSWORD)}"),
        ("query: 'select", "password: hunter2, query: 'select"),
    ],
)
def test_a_password_written_in_a_catalog_is_refused_and_not_shown(
    change: Callable[[str, str], Catalog], old: str, new: str
) -> None:
    catalog = change(old, new)
    for look in (catalog.entry, catalog.__getitem__):
        with pytest.raises(ConfigError, match=r"has a secret written in (url|password):.*'\{env\(DESK") as told:
            look("warehouse")
        assert "hunter2" not in str(told.value)


def test_an_unknown_entry_offers_the_closest(folder: Path) -> None:
    with pytest.raises(UnknownName, match=r"'ticket'. Did you mean 'tickets'"):
        Catalog.open(folder, {}).entry("ticket")


def test_a_source_is_made_from_its_entry(folder: Path) -> None:
    pages = list(Catalog.open(folder, {}).source("tickets", utc_now).pull({}))
    assert [page.rows.num_rows for page in pages] == [2, 1]


def test_reading_goes_through_intake(folder: Path) -> None:
    assert Catalog.open(folder, {})["tickets"].read()["number"].tolist() == ["1", "2", "3"]


def test_plain_intake_reads_the_file_from_anywhere(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for catalog in (
        IntakeCatalog.from_yaml_file(str(folder / "desk.yaml")),
        intake.from_yaml_file(str(folder / "desk.yaml")),
        intake.open_catalog(str(folder / "desk.yaml")),
    ):
        assert catalog["tickets"].read()["number"].tolist() == ["1", "2", "3"]


def test_files_of_a_folder_are_merged_and_a_clash_names_both(folder: Path) -> None:
    (folder / "more.yaml").write_text(
        dedent(TEXT).replace("tickets:\n    reader", "other:\n    reader").replace("warehouse:", "w:")
    )
    assert Catalog.open(folder, {}).names == ("tickets", "warehouse", "other", "w")
    (folder / "again.yaml").write_text(dedent(TEXT))
    with pytest.raises(ConfigError, match=r"'tickets' stands in two catalogs, .*again.yaml and .*desk.yaml"):
        Catalog.open(folder, {})


def test_a_broken_file_is_told_with_its_line_and_the_others_work(folder: Path) -> None:
    (folder / "bad.yaml").write_text("version: 2\ndata:\n  a: {b: [1,\nentries: 3\n")
    catalog = Catalog.open(folder, {})
    assert catalog.names == ("tickets", "warehouse")
    (problem,) = catalog.problems
    assert "bad.yaml, line 5 (begun on 3) is no sound YAML" in str(problem)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("version: 2", "version: 1", "no Intake 2 catalog"),
        ("deskbook.catalog.datatypes:Files", "os:system", "names the class 'os:system'"),
        ("deskbook.catalog.readers:Rows", "subprocess:Popen", "names the class 'subprocess:Popen'"),
        ("intake.readers.user_parameters:Simple", "my.own:Simple", "names the class 'my.own:Simple"),
        ("../in/tickets.csv", "'{func(os:getcwd)}'", "runs code"),
        ("tickets_data", "tickets", "'tickets' is both data and entry"),
        ("reader: deskbook", "raeder: deskbook", "entries 'tickets' has no reader"),
    ],
)
def test_a_file_that_may_not_be_used_is_a_problem(
    change: Callable[[str, str], Catalog], old: str, new: str, said: str
) -> None:
    catalog = change(old, new)
    assert catalog.names == ()
    assert said in str(catalog.problems[0])


def test_an_entry_for_intake_alone_is_read_but_not_synced(change: Callable[[str, str], Catalog]) -> None:
    catalog = change("deskbook.catalog.datatypes:Files", "intake.readers.datatypes:CSV")
    assert catalog.names == ("warehouse",)
    with pytest.raises(ConfigError, match=r"'tickets' in .*desk.yaml is read by Intake only"):
        catalog.entry("tickets")


def test_parts_that_intake_fails_without_are_filled_in(change: Callable[[str, str], Catalog]) -> None:
    catalog = change("page_rows: 2}\n    metadata: {}\n    user_parameters: {}", "page_rows: 2}")
    assert len(catalog["tickets"].read()) == 3
    catalog = change("      mapping: {id: number, created_at: created}\n    user_parameters: {}\n", "")
    assert catalog.entry("tickets").mapping == {}


def test_a_freshness_that_is_no_number_is_told(change: Callable[[str, str], Catalog]) -> None:
    with pytest.raises(ConfigError, match="freshness_hours: wants a number above 0, got 'daily'"):
        change("freshness_hours: 6", "freshness_hours: daily").entry("tickets")


def test_an_empty_folder_is_an_empty_catalog(tmp_path: Path) -> None:
    catalog = Catalog.open(tmp_path, {})
    assert (catalog.names, catalog.problems) == ((), ())

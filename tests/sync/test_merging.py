"""One ticket from a CSV, a database and a Parquet file: counted once, with what each knows, and its receipt holds."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from deskbook.apps.workspace import shipped
from deskbook.book import Book
from deskbook.settings import load_settings

MERGES = """
[[merges]]
precedence = ["desk", "shop", "archive"]
keys = { desk = "id", shop = "custom.desk_id", archive = "custom.ref" }
"""
MAPPINGS: dict[str, dict[str, Any]] = {
    "desk": {"id": "id", "created_at": "made", "status": "status"},
    "shop": {"id": "no", "created_at": "made", "team": "team", "custom": {"field": "custom"}},
    "archive": {"id": "key", "created_at": "made", "priority": "priority", "custom": {"field": "custom"}},
}


def entry(name: str, datatype: str, **kwargs: str) -> dict[str, Any]:
    data = {"datatype": f"deskbook.catalog.datatypes:{datatype}", "kwargs": {**kwargs, "folder": "{CATALOG_DIR}"}}
    reader = {"reader": "deskbook.catalog.readers:Rows", "kwargs": {"args": [f"{{data({name}_data)}}"]}}
    metadata = {"source": name, "table": "tickets", "mapping": MAPPINGS[name]}
    return {"data": {f"{name}_data": data}, "entries": {name: reader | {"metadata": metadata}}}


def write_rows(folder: Path, *, shop_of_second: str = "2") -> None:
    """Three tickets in all: the first is in all three, the second in two, the third in one."""
    made = "2026-10-0{}T09:00:00Z".format
    pd.DataFrame({"id": ["1", "2"], "made": [made(1), made(2)], "status": ["open", "solved"]}).to_csv(
        folder / "desk.csv", index=False
    )
    (folder / "shop.db").unlink(missing_ok=True)
    with sqlite3.connect(folder / "shop.db") as con:
        con.execute("CREATE TABLE orders (no TEXT, made TEXT, team TEXT, custom TEXT)")
        rows = [
            ("S1", made(3), "Depot", '{"desk_id": "1"}'),
            ("S2", made(4), "Depot", f'{{"desk_id": "{shop_of_second}"}}'),
        ]
        con.executemany("INSERT INTO orders VALUES (?, ?, ?, ?)", rows)
    con.close()
    held = {"key": ["A1", "A3"], "made": [made(5), made(6)], "priority": ["high", "low"],
            "custom": ['{"ref": "1", "shelf": "9"}', "{}"]}  # fmt: skip
    pd.DataFrame(held).to_parquet(folder / "archive.parquet")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "catalogs").mkdir()
    (tmp_path / "notebooks").symlink_to(shipped("notebooks"))
    parts = [
        entry("desk", "Files", url="../desk.csv"),
        entry("shop", "Sql", url="sqlite:///../shop.db", table="orders"),
        entry("archive", "Files", url="../archive.parquet"),
    ]
    catalog: dict[str, Any] = {"version": 2}
    for section in ("data", "entries"):
        catalog[section] = {name: item for part in parts for name, item in part[section].items()}
    (tmp_path / "catalogs" / "three.yaml").write_text(yaml.safe_dump(catalog))
    (tmp_path / "deskbook.toml").write_text('[workspace]\nzone = "UTC"\ntoday = "data"\n' + MERGES)
    write_rows(tmp_path)
    return tmp_path


def synced(folder: Path) -> Book:
    book = Book(load_settings(folder, {}))
    assert {report.name: report.error for report in book.sync()} == dict.fromkeys(MAPPINGS, "")
    return book


def test_three_kinds_of_source_make_one_desk(folder: Path) -> None:
    book = synced(folder)
    assert book.query("tickets_created").value() == 3
    rows = book.tickets(sort="created_at").set_index("id")
    assert rows["source"].to_dict() == {"1": "desk", "2": "desk", "A3": "archive"}
    first = rows.loc["1"]
    assert (first["status"], first["team"], first["priority"]) == ("open", "Depot", "high")
    assert '"also_in":"shop S1, archive A1"' in first["custom"].replace('": "', '":"')
    assert book.count_tickets(where="custom.shelf = 9") == 1
    odd = book.findings().set_index("name")
    assert odd.loc["merged_across_sources", "count"] == 2


def test_receipts_from_before_and_after_a_merge_hold(folder: Path) -> None:
    toml = (folder / "deskbook.toml").read_text()
    (folder / "deskbook.toml").write_text(toml.replace(MERGES, ""))
    before = synced(folder).query("tickets_created")
    (folder / "deskbook.toml").write_text(toml)
    book = synced(folder)
    merged = book.query("tickets_created")
    write_rows(folder, shop_of_second="7")
    parted = synced(folder).query("tickets_created")
    assert (before.value(), merged.value(), parted.value()) == (6, 3, 4)
    verdicts = book.verify([{"receipt": one.receipt.as_dict(), "rows": one.rows} for one in (before, merged, parted)])
    assert len(verdicts) == 3 and all(one.holds for one in verdicts)

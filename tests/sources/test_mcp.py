"""Rows through MCP servers: the official file-system server where node has it, and one of the tests' own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from deskbook.catalog import Catalog, write_catalog
from deskbook.errors import ConfigError, SourceError, SourceMissing, UnknownName, Unreadable
from deskbook.sources import Entry, Source
from deskbook.sources.served import Server, Session

from ..servers.process import answers, free_port
from .test_conformance import PAGE, ROWS, WRITERS, desk, rows_of

ROOT = Path(__file__).resolve().parents[2]
OFFICIAL = Path(sys.prefix) / "mcp" / "node_modules" / ".bin" / "mcp-server-filesystem"
Make = Callable[..., Source]


@pytest.fixture
def official() -> str:
    """The official server; without it the test is skipped, except in CI."""
    if not OFFICIAL.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs the official MCP file-system server: make test installs it where npm is there")
        pytest.skip("needs the official MCP file-system server (make test installs it where npm is there)")
    return str(OFFICIAL)


def fake(folder: Path, how: str = "honest") -> dict[str, Any]:
    """Options of an entry on the tests' own server."""
    words = [sys.executable, "-m", "tests.fakes.mcp_files", str(folder), how]
    return {"command": words, "environ": {"PYTHONPATH": str(ROOT)}}


@pytest.mark.parametrize("name", ["t.csv", "t.csv.gz", "t.json", "t.jsonl", "t.parquet", "t.xlsx"])
def test_the_official_server_gives_every_format_as_it_is(make: Make, tmp_path: Path, official: str, name: str) -> None:
    WRITERS[name](desk(), tmp_path / name)
    source = make("mcp", command=[official, str(tmp_path)], path=f"{tmp_path}/{name}", page_rows=PAGE)
    assert rows_of(source, {})["id"].tolist() == desk()["number"].tolist()
    *_, last = source.pull({})
    assert list(source.pull(last.cursor)) == [], "a second pull adds nothing"


def test_a_pull_goes_on_where_it_stopped_and_reads_what_is_new(make: Make, tmp_path: Path) -> None:
    WRITERS["t.csv"](desk(), tmp_path / "a.csv")
    source = make("mcp", path="*.csv", page_rows=PAGE, **fake(tmp_path))
    pages = list(source.pull({}))
    rest = list(source.pull(pages[2].cursor))
    assert [page.rows for page in rest] == [page.rows for page in pages[3:]]
    desk().head(5).assign(number=[f"N-{n}" for n in range(5)]).to_csv(tmp_path / "b.csv", index=False)
    (new,) = source.pull(pages[-1].cursor)
    assert (new.origin, new.rows.num_rows) == ("b.csv", 5)


def test_folders_are_walked_where_the_path_says_so(make: Make, tmp_path: Path, official: str) -> None:
    (tmp_path / "2026" / "10").mkdir(parents=True)
    for place in ("top.csv", "2026/mid.csv", "2026/10/deep.csv"):
        desk().to_csv(tmp_path / place, index=False)
    found = {}
    for path in ("*.csv", "2026/*.csv", "**/*.csv"):
        source = make("mcp", command=[official, str(tmp_path)], path=f"{tmp_path}/{path}")
        found[path] = sorted({Path(page.origin).name for page in source.pull({})})
    assert found == {"*.csv": ["top.csv"], "2026/*.csv": ["mid.csv"], "**/*.csv": ["deep.csv", "mid.csv", "top.csv"]}


def test_documents_become_one_row_each(make: Make, tmp_path: Path) -> None:
    (tmp_path / "refunds.md").write_text("# How refunds work\nFive days.", "utf-8")
    (tmp_path / "returns.md").write_text("Send it back.", "utf-8")
    source = make("mcp", mapping={}, path="*.md", **fake(tmp_path))
    rows = pd.concat([page.rows.to_pandas() for page in source.pull({})])
    assert rows[["path", "title"]].to_numpy().tolist() == [
        ["refunds.md", "How refunds work"],
        ["returns.md", "returns"],
    ]


def test_a_server_with_resources_alone_is_read_too(make: Make, tmp_path: Path) -> None:
    WRITERS["t.csv"](desk(), tmp_path / "t.csv")
    source = make("mcp", path="*.csv", **fake(tmp_path, "resources"))
    assert len(rows_of(source, {})) == ROWS


def test_a_server_at_an_address_is_read_too(make: Make, tmp_path: Path) -> None:
    WRITERS["t.csv"](desk(), tmp_path / "t.csv")
    port = free_port()
    words = [*fake(tmp_path)["command"], str(port)]
    process = subprocess.Popen(words, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until and not answers(port):
            time.sleep(0.1)
        source = make("mcp", server=f"http://127.0.0.1:{port}/mcp", path="*.csv")
        assert len(rows_of(source, {})) == ROWS
    finally:
        process.terminate()
        process.wait(30)


def test_an_entry_of_a_catalog_is_read_through_intake_too(tmp_path: Path) -> None:
    WRITERS["t.csv"](desk(), tmp_path / "t.csv")
    (tmp_path / "catalogs").mkdir()
    entry = Entry(
        name="served", kind="mcp", source="desk", table="tickets", options={"path": "*.csv", **fake(tmp_path)},
        folder=tmp_path, mapping={"id": "number", "created_at": "created"},
    )  # fmt: skip
    write_catalog(tmp_path / "catalogs" / "served.yaml", "Served", [entry])
    catalog = Catalog.open(tmp_path / "catalogs")
    assert catalog.entry("served").kind == "mcp" and len(catalog["served"].read()) == ROWS


@pytest.mark.parametrize("path", ["../x.csv", "a/../../x.csv", "", "a\\..\\x"])
def test_a_path_that_leads_out_is_refused_before_anything_is_asked(make: Make, path: str) -> None:
    with pytest.raises(ConfigError, match="path: wants files of the server"):
        make("mcp", command=["never-started"], path=path)


@pytest.mark.parametrize("escape", ["/etc/hostname", "link.csv"])
def test_what_lies_outside_the_folder_is_not_read(make: Make, tmp_path: Path, official: str, escape: str) -> None:
    (tmp_path / "link.csv").symlink_to("/etc/hostname")
    path = escape if escape.startswith("/") else f"{tmp_path}/{escape}"
    with pytest.raises(Unreadable, match="refused: Access denied"):
        list(make("mcp", command=[official, str(tmp_path)], path=path, format="csv").pull({}))


def test_a_name_that_leads_out_is_refused(make: Make, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"lists '\.\./secret\.csv', which is no name"):
        list(make("mcp", path="*.csv", **fake(tmp_path, "escaping")).pull({}))


def test_no_tool_that_writes_is_ever_called(tmp_path: Path) -> None:
    options = fake(tmp_path)
    session = Session(Server(command=options["command"], environ=options["environ"]), "desk")
    with session.open(), pytest.raises(ConfigError, match="'write_file' is not one that reads files"):
        session.call("write_file", path="x", content="y")
    assert not (tmp_path / "written").exists()


def test_a_reading_tool_that_says_it_writes_is_not_called(make: Make, tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match="offers no tools to list and read files"):
        list(make("mcp", path="*.csv", **fake(tmp_path, "writer")).pull({}))


def test_a_server_that_answers_nothing_is_left_after_the_limit(make: Make, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="failed at list_directory"):
        list(make("mcp", path="*.csv", seconds=0.5, **fake(tmp_path, "slow")).pull({}))


def test_a_server_that_is_not_there_is_named(make: Make) -> None:
    with pytest.raises(SourceMissing, match="the MCP server no-such-program could not be reached"):
        list(make("mcp", command=["no-such-program"], path="*.csv").pull({}))


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"path": "a.csv"}, ConfigError, "either command"),
        ({"path": "a.csv", "command": "npx x"}, ConfigError, "either command"),
        ({"path": "a.csv", "command": ["x"], "server": "http://127.0.0.1/mcp"}, ConfigError, "either command"),
        ({"path": "a.csv", "server": "ftp://x"}, ConfigError, "server: wants an address"),
        ({"path": "a.csv", "command": ["x"], "seconds": 0}, ConfigError, "seconds: wants"),
        ({"path": "a.csv", "command": ["x"], "url": "a"}, ConfigError, "has no url"),
        ({"path": "a.csv", "command": ["x"], "headr": 1}, UnknownName, "Did you mean 'header'"),
    ],
)
def test_what_an_entry_cannot_mean_says_why(
    make: Make, options: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        make("mcp", **options)

"""Rows that are many times the memory an entry is allowed all come into the lake, and the process stays within it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deskbook.sources import Clock, Entry, Source, source
from deskbook.store import Lake
from deskbook.sync import sync_entries

from ..benchmarks.bench_ingest import means_in
from ..servers.postgres import postgres

ROOT = Path(__file__).parents[2]
MEMORY_MB, ROWS, TEXT_BYTES = 80, 1_600, 100_000
QUERY = (
    "SELECT n AS number, timestamptz '2026-01-01Z' + n * interval '1 second' AS sent, "
    "repeat(md5(n::text), {bytes} / 32) AS text FROM generate_series(1, {rows}) n"
)
MAPPING = {"id": "number", "ticket_id": "number", "sent_at": "sent", "text": "text", "author_role": {"value": "agent"}}


class Several:
    """A catalog of some entries."""

    def __init__(self, *entries: Entry) -> None:
        self._entries = {entry.name: entry for entry in entries}
        self.names = tuple(self._entries)

    def entry(self, name: str) -> Entry:
        return self._entries[name]

    def source(self, name: str, clock: Clock) -> Source:
        return source["sql"](self._entries[name], clock)


def messages(name: str, url: str, rows: int, text_bytes: int, **options: Any) -> Entry:
    given = {"url": url, "query": QUERY.format(rows=rows, bytes=text_bytes), **options}
    return Entry(name=name, kind="sql", source=name, table="messages", mapping=MAPPING, options=given)


def measured(url: str, folder: Path) -> dict[str, float]:
    """What a sync of wide rows takes, without and with its memory bounded; imports and an open store not counted."""
    lake = Lake(f"sqlite:///{folder}/deskbook.db", f"{folder}/files", state=folder)
    found = {}
    for name, rows, options in (
        ("first", 10, {}),
        ("bounded", ROWS, {"memory_mb": MEMORY_MB}),
        ("free", ROWS, {}),
    ):
        entry = messages(name, url, rows, TEXT_BYTES, **options)
        before = of_process("VmRSS")
        (report,) = sync_entries(means_in(folder, lake, Several(entry)))
        assert not report.error, report.error
        found[name] = of_process("VmHWM") - before
        of = "FROM lake.messages WHERE source = $1"
        sql = f"SELECT count(*), count(DISTINCT id), sum(length(text)) {of}"
        assert lake.con.cursor().execute(sql, [name]).fetchone() == (rows, rows, rows * TEXT_BYTES)
    return found


def of_process(word: str) -> float:
    """Megabytes of this process, as Linux tells them."""
    told = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in told if line.startswith(word))


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with postgres() as server:
        yield server.create("desk")


@pytest.mark.skipif(sys.platform != "linux", reason="the most that a process held is read as Linux tells it")
def test_a_sync_takes_no_more_memory_than_its_entry_allows(url: str, tmp_path: Path) -> None:
    script = (
        f"import json, sys, pathlib; sys.path.insert(0, {str(ROOT)!r}); from tests.sync.test_memory import measured\n"
    )
    script += "print(json.dumps(measured(sys.argv[1], pathlib.Path(sys.argv[2]))))"
    environ = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", script, url, str(tmp_path)]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stderr
    grown = json.loads(done.stdout)
    assert grown["bounded"] <= MEMORY_MB < grown["free"], grown


def test_a_history_larger_than_the_memory_allowed_is_named_and_others_go_on(url: str, tmp_path: Path) -> None:
    mapping = {"id": "number", "created_at": "sent", "subject": "text", "history": "sent"}
    given = {"url": url, "query": QUERY.format(rows=200, bytes=TEXT_BYTES), "memory_mb": MEMORY_MB}
    log = Entry(name="log", kind="sql", source="log", table="tickets", mapping=mapping, options=given)
    lake = Lake(f"sqlite:///{tmp_path}/deskbook.db", f"{tmp_path}/files", state=tmp_path)
    refused, taken = sync_entries(means_in(tmp_path, lake, Several(log, messages("desk", url, 20, 100))))
    assert refused.status == "failed" and "memory_mb: 80 does not allow" in refused.error, refused.error
    assert "Raise memory_mb:" in refused.error and "nothing is lost" in refused.error
    assert (taken.status, taken.tables["messages"].written) == ("ok", 20)
    lake.close()

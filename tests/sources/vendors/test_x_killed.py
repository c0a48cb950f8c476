"""A sync of X that is killed between two requests: every row is there once, and at most a page is asked again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
import uvicorn

from deskbook.store import Lake

from ...fakes.web import Time
from ...fakes.x import BRAND, Fake
from ...servers.process import free_port

SYNC = """
import sys
from pathlib import Path
from deskbook.sources import Entry, source, utc_now
from deskbook.store import Commit, Lake
folder, url = Path(sys.argv[1]), sys.argv[2]
lake = Lake(f"sqlite:///{folder}/deskbook.db", f"{folder}/files", state=folder)
given = {"base_url": url, "bearer_token": "t", "accounts": ["NorthlightCare"], "conversations": False}
own = source["x"](Entry(name="x", kind="x", source="x", options=given), utc_now)
for page in own.pull(lake.cursor("main", "x")):
    lake.commit("main", Commit(entry="x", source="x", batches=own.normalise(page), cursor=page.cursor))
lake.close()
"""
POSTS = 430


@pytest.fixture
def served() -> Iterator[tuple[Fake, str]]:
    """A network of questions on a port of this machine."""
    fake = Fake(Time(datetime.now(UTC)))
    for number in range(POSTS):
        fake.post(f"u{number}", f"@{BRAND} help {number}", hours_ago=1 + number / 10)
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(fake.web, port=port, log_level="error", lifespan="off"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield fake, f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.mark.parametrize("request_killed_at", [2, 5])
def test_a_killed_sync_repeats_at_most_one_page_and_no_row(
    served: tuple[Fake, str], tmp_path: Path, request_killed_at: int
) -> None:
    fake, url = served
    command = [sys.executable, "-c", SYNC, str(tmp_path), url]
    first = subprocess.Popen(command)
    fake.web.after = lambda count: first.kill() if count == request_killed_at else None
    assert first.wait(60) == -9
    fake.web.after = lambda count: None
    subprocess.run(command, check=True, timeout=60)
    lake = Lake(f"sqlite:///{tmp_path}/deskbook.db", f"{tmp_path}/files", state=tmp_path)
    ids = lake.read("messages", "main").column("id").to_pylist()
    lake.close()
    assert len(ids) == POSTS and set(ids) == set(fake.network.posts)
    # What was given out twice is one page.
    assert fake.network.read <= POSTS + 100

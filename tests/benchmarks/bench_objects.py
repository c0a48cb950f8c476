"""Object stores: ten thousand objects listed and nothing new, and what a commit costs when that many are known."""

from __future__ import annotations

import resource
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from deskbook.sources import Entry, source
from deskbook.store import Commit, Lake
from tests.servers.s3 import KEY, REGION, S3, SECRET, s3

OBJECTS = 10_000
NEW = 20
MAPPING = {"id": "number", "created_at": "created"}


def main() -> dict[str, float]:
    """Seconds to list 10,000 known objects of an emulated S3 (median of three), and of a commit with their cursor."""
    with s3() as server:
        _fill(server)
        entry = _entry(server)
        begun = perf_counter()
        states = {one.origin: f"{one.etag} {_reading(entry)}" for one in source["files"](entry, _now)._find()}  # type: ignore[attr-defined]
        figures = {"objects_first_listing_s": perf_counter() - begun}
        assert len(states) == OBJECTS
        listed = []
        for _ in range(3):
            begun = perf_counter()
            assert list(source["files"](entry, _now).pull({"files": states})) == []
            listed.append(perf_counter() - begun)
        figures["objects_listed_10k_s"] = median(listed)
        figures |= _commits(server, entry, states)
    figures["objects_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures


def _commits(server: S3, entry: Entry, states: dict[str, str]) -> dict[str, float]:
    """Milliseconds of a commit of one small object, of a new entry and of one that knows 10,000."""
    found = {}
    for name, known in (("objects_commit_first_ms", {}), ("objects_commit_10k_ms", states)):
        with tempfile.TemporaryDirectory() as made:
            lake = Lake(f"sqlite:///{made}/deskbook.db", f"{made}/files", state=Path(made))
            lake.commit("main", Commit(entry="desk", source="desk", batches=[], cursor={"files": known}))
            files, took = source["files"](entry, _now), []
            given = {"files": {origin: state for at, (origin, state) in enumerate(states.items()) if at >= NEW}}
            for page in files.pull(given):
                cursor = page.cursor if known else {"files": {page.origin: page.cursor["files"][page.origin]}}
                batches, begun = files.normalise(page), perf_counter()
                lake.commit("main", Commit(entry="desk", source="desk", batches=batches, cursor=cursor))
                took.append(1000 * (perf_counter() - begun))
            lake.close()
        found[name] = median(took)
    return found


def _fill(server: S3) -> None:
    server.bucket("desk")
    client = server.client()

    def put(number: int) -> None:
        body = f"number,created\n{number},2026-01-01T00:00:00Z\n".encode()
        client.put_object(Bucket="desk", Key=f"exports/{number // 500:03d}/{number:06d}.csv", Body=body)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(put, range(OBJECTS)))


def _entry(server: S3) -> Entry:
    options = {"url": "s3://desk/exports/**/*.csv", "endpoint": server.endpoint, "key": KEY, "secret": SECRET}
    options |= {"region": REGION}
    return Entry(name="desk", kind="files", source="desk", table="tickets", mapping=MAPPING, options=options)


def _reading(entry: Entry) -> str:
    from deskbook.sources.options import file_options

    return file_options(entry.options, entry.name).reading


def _now() -> datetime:
    return datetime(2026, 6, 1, tzinfo=UTC)

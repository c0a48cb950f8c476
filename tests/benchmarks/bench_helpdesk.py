"""Twenty thousand tickets from Zendesk's served application, with messages, history and figures, into the lake.

The limits of the account pass in simulated time, so what is measured is the connector: requests, pages, rows, commits.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import httpx

from deskbook.samples.served import zendesk
from deskbook.sources import Clock, Entry, Source, utc_now
from deskbook.sources.zendesk import Zendesk
from deskbook.store import Lake
from deskbook.sync import sync_entries
from tests.benchmarks import desks
from tests.benchmarks.bench_ingest import means_in, most_mb
from tests.fakes.web import Faulty, Time, wire_to

TICKETS = 20_000


def main() -> dict[str, float]:
    """Seconds of the first sync and of one with nothing new, requests, rows, megabytes beyond what the server takes."""
    folder = desks.sample_files(TICKETS)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, [folder])


class _One:
    """A catalog of one entry whose source leads to a server in this process."""

    def __init__(self, app: Any, time: Time) -> None:
        options = {"base_url": "https://desk.example", "email": "ann@desk.example", "api_token": zendesk.TOKEN}
        self._entry = Entry(name="desk", kind="zendesk", source="zendesk", options=options)
        self._app, self._time, self.names = app, time, ("desk",)

    def entry(self, name: str) -> Entry:
        return self._entry

    def source(self, name: str, clock: Clock) -> Source:
        return Zendesk(self._entry, utc_now, wire_to(self._app, self._time))


async def _made_ready(app: Any, time: Time) -> None:
    """Let the server sort what happened to all tickets, which it does once, before the clock starts."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="https://desk.example") as client:
        params = {"start_time": str(int(time.seconds()) - 3_600)}
        answer = await client.get(
            "/api/v2/incremental/ticket_events", params=params, auth=("ann@desk.example/token", zendesk.TOKEN)
        )
        answer.raise_for_status()


def _measured(folder: Path) -> dict[str, float]:
    time = Time(now=utc_now())
    records = zendesk.records(folder / "sample" if (folder / "sample").is_dir() else folder)
    app = Faulty(zendesk.app(records, now=time.seconds), time)
    entries = _One(app, time)
    asyncio.run(_made_ready(app, time))
    asked, before = len(app.asked), most_mb()
    with TemporaryDirectory(prefix="deskbook-helpdesk-") as made:
        state = Path(made)
        lake = Lake(f"sqlite:///{state}/deskbook.db", f"{state}/files", state=state)
        means = means_in(state, lake, entries)
        begun = perf_counter()
        (report,) = sync_entries(means)
        first = perf_counter() - begun
        if report.error:
            raise RuntimeError(report.error)
        requests = len(app.asked) - asked
        begun = perf_counter()
        sync_entries(means)
        again = perf_counter() - begun
    assert report.tables["tickets"].written == TICKETS
    return {
        "first_sync_seconds": first,
        "rows": sum(one.written for one in report.tables.values()),
        "requests": requests,
        "nothing_new_seconds": again,
        "grown_mb": most_mb() - before,
    }

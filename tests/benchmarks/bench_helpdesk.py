"""A hundred thousand tickets of Zendesk, with messages, history and figures, into the lake.

The served application answers a pull before the clock starts, and what it answered is served again from files; the
limits of the account pass in simulated time. So what is measured is the connector: requests, pages, rows, commits.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import resource
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deskbook.samples.served import zendesk
from deskbook.sources import Clock, Entry, Source, utc_now
from deskbook.sources.zendesk import Zendesk
from deskbook.store import Lake
from deskbook.sync import sync_entries
from tests.benchmarks import desks
from tests.benchmarks.bench_ingest import means_in, most_mb
from tests.fakes.web import Faulty, Time, wire_to

TICKETS = 100_000


def main() -> dict[str, float]:
    """Seconds of the first sync, of its processors and of one with nothing new; requests, rows, megabytes it takes."""
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


class _Prepared:
    """An application whose answers are served from files once they were asked for."""

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        self._app, self._folder = app, folder
        self._starts: dict[str, Message] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = f"{scope['path']}?{scope['query_string'].decode()}"
        file = self._folder / f"{hashlib.sha256(asked.encode()).hexdigest()}.json"
        if asked not in self._starts:
            await self._app(scope, receive, self._keeping(asked, file))
        await send(self._starts[asked])
        await send({"type": "http.response.body", "body": file.read_bytes()})

    def _keeping(self, asked: str, file: Path) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._starts[asked] = message
            else:
                file.write_bytes(message["body"])

        return sending


def _measured(folder: Path) -> dict[str, float]:
    time = Time(now=utc_now())
    records = zendesk.records(folder / "sample" if (folder / "sample").is_dir() else folder)
    with TemporaryDirectory(prefix="deskbook-helpdesk-") as made:
        state, answers = Path(made) / "state", Path(made) / "answers"
        answers.mkdir()
        app = Faulty(_Prepared(zendesk.app(records, now=time.seconds), answers), time)
        entries = _One(app, time)
        for _ in entries.source("desk", utc_now).pull({}):
            pass
        asked, before = len(app.asked), most_mb()
        lake = Lake(f"sqlite:///{state}/deskbook.db", f"{state}/files", state=state)
        means = means_in(state, lake, entries)
        begun, worked = perf_counter(), _worked_seconds()
        (report,) = sync_entries(means)
        first, worked = perf_counter() - begun, _worked_seconds() - worked
        if report.error:
            raise RuntimeError(report.error)
        requests = len(app.asked) - asked
        begun = perf_counter()
        (second,) = sync_entries(means)
        again = perf_counter() - begun
        if second.error:
            raise RuntimeError(second.error)
    assert report.tables["tickets"].written == TICKETS
    return {
        "first_sync_seconds": first,
        "processor_seconds": worked,
        "rows": sum(one.written for one in report.tables.values()),
        "requests": requests,
        "nothing_new_seconds": again,
        "grown_mb": most_mb() - before,
    }


def _worked_seconds() -> float:
    """What this process has had of all processors."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime

"""Many at once: fifty people with the overview open, each setting a filter every ten seconds, on one server.

A browser apiece would measure the browsers, so a viewer is what a browser says and hears: the page, its websocket, the
document, and for each change the message of the filter bar and the patch that answers it. An answer is timed from
the message to the whole patch; drawing it is measured by the benchmark `page`.
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from dataclasses import dataclass, field
from itertools import product
from random import Random
from statistics import median, quantiles
from time import perf_counter
from typing import Any
from urllib.request import Request, urlopen

from websockets.asyncio.client import ClientConnection, connect

from deskbook.apps.workspace import shipped
from tests.benchmarks import desks
from tests.benchmarks.bench_page import browser, ours_ready, served
from tests.benchmarks.serving import cpu_seconds, resident_mb

TICKETS = 100_000
VIEWERS, EVERY_SECONDS, CHANGES = 50, 10.0, 6
SURFACE = "panel.models.esm.ReactiveESM"


def main() -> dict[str, float]:
    """Seconds until ready, kilobytes of a first visit, megabytes of a session, and milliseconds of an answer."""
    book = desks.synced(TICKETS)
    home = book.settings.workspace
    shutil.copytree(shipped("notebooks"), home / "notebooks", dirs_exist_ok=True)
    teams, channels = book.choices("team"), book.choices("channel")
    begun = perf_counter()
    with served(home) as (url, pid):
        ready = perf_counter() - begun
        size = first_visit_kb(f"{url}/overview")
        before, used = resident_mb(pid), cpu_seconds(pid)
        answers, grown = asyncio.run(crowd(url, pid, teams, channels))
        busy = cpu_seconds(pid) - used
    spread = quantiles(answers, n=100)
    return {
        "ready_seconds": ready,
        "first_visit_kb": size,
        "viewers": VIEWERS,
        "answers": len(answers),
        "answer_p50_ms": median(answers),
        "answer_p95_ms": spread[94],
        "answer_p99_ms": spread[98],
        "session_mb": (grown - before) / VIEWERS,
        "server_cpu_seconds": busy,
    }


def first_visit_kb(address: str) -> float:
    """What a browser that was never here fetches until the page is drawn, as it goes over the wire."""
    with browser() as tab:
        wire = tab.context.new_cdp_session(tab)
        wire.send("Network.enable")
        sizes: list[float] = []
        wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        wire.on("Network.webSocketFrameReceived", lambda event: sizes.append(len(event["response"]["payloadData"])))
        tab.goto(address)
        ours_ready(tab)
        tab.wait_for_timeout(1_000)
        return sum(sizes) / 1024


async def crowd(url: str, pid: int, teams: list[str], channels: list[str]) -> tuple[list[float], float]:
    """Milliseconds of every answer, and the server's memory with everybody there."""
    viewers = [Viewer(url, Random(number), teams, channels) for number in range(VIEWERS)]
    for viewer in viewers:
        await viewer.open()
    grown = resident_mb(pid)
    await asyncio.gather(*(viewer.watch() for viewer in viewers))
    return [taken for viewer in viewers for taken in viewer.taken], grown


@dataclass
class Viewer:
    """One person with the overview open."""

    url: str
    dice: Random
    teams: list[str]
    channels: list[str]
    taken: list[float] = field(default_factory=list)
    surface: str = ""
    _wire: Any = None
    _said: int = 0
    _chosen: tuple[str, str] = ("", "")

    async def open(self) -> None:
        """Fetch the page, then its document over the websocket that its token opens."""
        page = await asyncio.to_thread(lambda: urlopen(Request(f"{self.url}/overview")).read().decode())
        found = re.search(r'"token":\s*"([^"]+)"', page)
        assert found
        address = f"{self.url.replace('http', 'ws', 1)}/overview/ws"
        wire: ClientConnection = await connect(
            address, subprotocols=["bokeh", found[1]], max_size=None, origin=self.url
        )  # type: ignore[list-item,arg-type]
        self._wire = wire
        await self._hear("ACK")
        await self._say("PULL-DOC-REQ", {})
        document = await self._hear("PULL-DOC-REPLY")
        (self.surface,) = [root["id"] for root in document["doc"]["roots"] if root["name"] == SURFACE]
        await self._say(
            "PATCH-DOC", {"events": [_event("document_ready", [])]}
        )  # Panel holds its answers back till then

    async def watch(self) -> None:
        """Set a filter every ten seconds, each at a time of one's own."""
        await asyncio.sleep(self.dice.uniform(0, EVERY_SECONDS))
        for _ in range(CHANGES):
            begun = perf_counter()
            await self._say("PATCH-DOC", {"events": [self._choice()]})
            await self._hear("PATCH-DOC")
            self.taken.append(1000 * (perf_counter() - begun))
            await asyncio.sleep(max(0.0, EVERY_SECONDS - (perf_counter() - begun)))
        await self._wire.close()

    def _choice(self) -> dict[str, Any]:
        """The message of the filter bar when a team and a channel are chosen."""
        others = [one for one in product(self.teams, self.channels) if one != self._chosen]
        self._chosen = self.dice.choice(others)  # what is chosen already would not be answered
        chosen = [*map(list, zip(("team", "channel"), self._chosen, strict=True))]
        said = {"type": "map", "entries": [["set", {"type": "map", "entries": chosen}]]}
        return _event("data_event", [["model", {"id": self.surface}], ["data", said]])

    async def _say(self, kind: str, content: dict[str, Any]) -> None:
        self._said += 1
        for part in ({"msgid": f"{self._said}", "msgtype": kind}, {}, content):
            await self._wire.send(json.dumps(part))

    async def _hear(self, kind: str) -> Any:
        """The content of the next message of a kind; others, such as OK, are passed over."""
        while True:
            header = json.loads(await self._wire.recv())
            await self._wire.recv()
            content = await self._wire.recv()
            for _ in range(2 * header.get("num_buffers", 0)):
                await self._wire.recv()
            if header["msgtype"] == kind:
                return json.loads(content) if kind != "PATCH-DOC" else None


def _event(name: str, values: list[Any]) -> dict[str, Any]:
    """An event as BokehJS sends it."""
    said = {"type": "event", "name": name, "values": {"type": "map", "entries": values}}
    return {"kind": "MessageSent", "msg_type": "bokeh_event", "msg_data": said}

"""Every vendor gives all rows once, adds nothing twice, and goes on where it stopped, whatever goes wrong."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Thread

import httpx
import pytest
import uvicorn

from deskbook.catalog.templates import texts_in
from deskbook.errors import AuthFailed
from deskbook.sources import Cursor, Page, utc_now
from tests.fakes.web import Fault, Time
from tests.servers.process import free_port

from .conftest import VENDORS, Desk, fake_of, ids, kept
from .syncing import lake_in

FAULTS = {
    "429 in JSON": Fault(429, {"error": "TooManyRequests"}, {"retry-after": "7"}),
    "429 in plain text": Fault(429, "Number of allowed API requests per minute exceeded", {"retry-after": "3"}),
    "429 without a word": Fault(429),
    "500": Fault(500, "<html>oops</html>"),
    "503 with a time": Fault(503, "", {"retry-after": "2"}),
    "a body cut short": Fault(cut=17),
    "a line that breaks": Fault(drop=True),
}


def stored(cursor: Cursor) -> Cursor:
    """A cursor as another process finds it."""
    found: Cursor = json.loads(json.dumps(cursor))
    return found


def pulled(desk: Desk, cursor: Cursor | None = None) -> list[Page]:
    return list(desk.source().pull(cursor or {}))


def test_all_rows_are_there_and_none_is_set_aside(desk: Desk) -> None:
    pages = pulled(desk)
    expected = desk.fake.expected()
    assert expected["tickets"] and expected["messages"]
    assert ids(kept(desk.source(), pages), expected) == expected


def test_a_page_says_the_same_when_it_is_read_from_its_texts(desk: Desk) -> None:
    own = desk.source()
    for page in pulled(desk):
        again = own.normalise(replace(page, objects=None))
        for one, other in zip(own.normalise(page), again, strict=True):
            assert one.rows.equals(other.rows) and one.raw.equals(other.raw) and one.rejects == other.rejects


def test_a_second_pull_adds_nothing(desk: Desk) -> None:
    last = pulled(desk)[-1]
    desk.time.pass_by(3600)
    assert pulled(desk, stored(last.cursor)) == []


def test_a_change_comes_with_the_next_pull(desk: Desk) -> None:
    last = pulled(desk)[-1]
    desk.time.pass_by(3600)
    changed = desk.fake.touch()
    desk.time.pass_by(3600)
    found = kept(desk.source(), pulled(desk, stored(last.cursor)))
    assert changed in ids(found, ["tickets"])["tickets"]


def test_cursors_survive_json_and_hold_no_secret(desk: Desk) -> None:
    told = texts_in(dict(desk.fake.entry("https://desk.example").options))
    hidden = [text for text in told if "secret" in text]
    assert hidden, "give the fake's credentials values with the word 'secret' in them"
    for page in pulled(desk):
        text = json.dumps(page.cursor)
        assert stored(page.cursor) == page.cursor
        assert not [secret for secret in hidden if secret in text]


def test_a_pull_after_any_page_gives_the_rest(desk: Desk) -> None:
    pages = pulled(desk)
    expected = desk.fake.expected()
    assert len(pages) > 3
    for stop in range(1, len(pages)):
        rest = pulled(desk, stored(pages[stop - 1].cursor))
        assert ids(kept(desk.source(), [*pages[:stop], *rest]), expected) == expected, f"after page {stop}"
        assert len(rest) <= len(pages) - stop, f"after page {stop}"


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_what_goes_wrong_for_a_moment_costs_no_row(desk: Desk, fault: Fault) -> None:
    desk.fake.app.plan = {0: fault, 2: fault, 5: fault, 6: fault}
    expected = desk.fake.expected()
    assert ids(kept(desk.source(), pulled(desk)), expected) == expected


def test_credentials_that_are_revoked_are_named_and_not_tried_for_ever(desk: Desk) -> None:
    desk.fake.lock_out()
    with pytest.raises(AuthFailed, match="desk"):
        pulled(desk)
    assert len(desk.fake.app.asked) <= 6


def test_a_token_that_expires_on_the_way_costs_no_row(desk: Desk) -> None:
    expected = desk.fake.expected()
    desk.fake.app.plan = {3: Fault(401, {"error": "invalid_token"})}
    first: list[Page] = []
    with suppress(AuthFailed):  # a key that does not expire is not renewed; the next sync goes on
        for page in desk.source().pull({}):
            first.append(page)
    rest = pulled(desk, stored(first[-1].cursor) if first else {})
    assert ids(kept(desk.source(), [*first, *rest]), expected) == expected


@pytest.mark.parametrize("skew_seconds", [-7200, 7200])
def test_a_clock_that_is_wrong_costs_no_row(desk: Desk, skew_seconds: float) -> None:
    desk.fake.app.skew_seconds = skew_seconds
    expected = desk.fake.expected()
    pages = pulled(desk)
    assert ids(kept(desk.source(), pages), expected) == expected
    desk.time.pass_by(3600)
    changed = desk.fake.touch()
    desk.time.pass_by(3600)
    assert changed in ids(kept(desk.source(), pulled(desk, pages[-1].cursor)), ["tickets"])["tickets"]


def test_rows_that_change_while_they_are_paged_through_are_all_there(desk: Desk) -> None:
    changed: list[str] = []

    def change(count: int) -> None:
        if count % 3 == 0 and len(changed) < 8:
            desk.time.pass_by(1)
            changed.append(desk.fake.touch())

    desk.fake.app.after = change
    pages = pulled(desk)
    desk.time.pass_by(3600)
    pages += pulled(desk, stored(pages[-1].cursor))
    expected = desk.fake.expected()
    assert changed and ids(kept(desk.source(), pages), expected) == expected


@contextmanager
def served(app: object) -> Iterator[str]:
    """The address of an application on this machine."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))  # type: ignore[arg-type]
    thread = Thread(target=server.run)
    thread.start()
    while not server.started:
        pass
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def _run(vendor: str, url: str, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.sources.vendors.syncing", vendor, url, str(folder)]
    return subprocess.Popen(command, env={**os.environ, "OMP_NUM_THREADS": "1"})


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_killed_sync_repeats_at_most_a_page_of_requests_and_no_row(vendor: str, tmp_path: Path) -> None:
    fake = fake_of(vendor, utc_now)
    running: list[subprocess.Popen[bytes]] = []
    kill_at = _requests_of_a_whole_pull(vendor) * 2 // 3

    def kill(count: int) -> None:
        if count == kill_at:
            os.kill(running[0].pid, signal.SIGKILL)

    fake.app.after = kill
    with served(fake.app) as url:
        running.append(_run(vendor, url, tmp_path))
        assert running[0].wait(60) == -signal.SIGKILL
        first = len(fake.app.asked)
        fake.app.after = lambda count: None
        assert _run(vendor, url, tmp_path).wait(60) == 0
    begun = {_sign(request) for request in fake.app.asked[:first]}
    again = [request for request in fake.app.asked[first:] if _sign(request) in begun]
    assert len(again) <= fake.page_requests
    lake = lake_in(tmp_path)
    for table, wanted in fake.expected().items():
        live = "status IS DISTINCT FROM 'deleted'" if table == "tickets" else ""
        assert sorted(lake.read(table, "main", columns=["id"], where=live)["id"].to_pylist()) == sorted(wanted), table


def _requests_of_a_whole_pull(vendor: str) -> int:
    time = Time()
    desk = Desk(vendor, fake_of(vendor, time), time)
    pulled(desk)
    return len(desk.fake.app.asked)


def _sign(request: httpx.Request) -> str:
    return f"{request.method} {request.url} {request.content!r}"

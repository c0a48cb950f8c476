"""A real server on a free port and a real browser, once for all tests here."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from deskbook.book import Book

from ..browser import launch
from ..servers.process import free_port

SHOTS = Path(__file__).parent / "shots"
START_SECONDS = 150


@pytest.fixture(scope="package")
def url(synced: Book) -> Iterator[str]:
    """Address of `deskbook serve` on the synced sample desk, once it is ready."""
    with serving(synced.settings.workspace, "-m", "deskbook", "serve", "--port") as address:
        yield address


@contextmanager
def serving(home: Path, *words: str) -> Iterator[str]:
    """Address of a server of a workspace, once it is ready; it is Python with these words, and its port behind them."""
    port = free_port()
    environ, log = os.environ | {"DESKBOOK_HOME": str(home)}, home / "serve.log"
    with log.open("w") as file:
        command = [sys.executable, *words, str(port)]
        server = subprocess.Popen(command, env=environ, stdout=file, stderr=subprocess.STDOUT)
    try:
        await_server(f"http://127.0.0.1:{port}/health/ready", server, log)
        yield f"http://127.0.0.1:{port}"
        # Bokeh logs a traceback of its own when a tab closes while its messages are under way; none may pass our code.
        said = log.read_text("utf-8")
        assert "page failed" not in said
        assert not re.findall(r'File "[^"]*/src/deskbook/[^"]*"', said)
    finally:
        server.terminate()
        server.wait(30)


def await_server(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until an address answers; without that in time, fail with the end of the server's log."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=5).read()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the server is not ready:\n{log.read_text('utf-8')[-2000:]}")


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    """Headless Chromium, gone before other tests run: its event loop would be in their way."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@dataclass
class Tab:
    """A browser tab that remembers what went wrong in it."""

    page: Any
    url: str
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def watch(self, *kinds: str) -> Tab:
        """Remember console messages of these kinds, errors of scripts, and requests to another host."""
        self.page.on("console", lambda said: said.type in kinds and self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda asked: _own(asked.url, self.url) or self.foreign.append(asked.url))
        return self

    def open(self, path: str) -> Any:
        """Go to a page and wait until it is drawn and its figures are painted."""
        self.page.goto(f"{self.url}/{path.lstrip('/')}")
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the page is drawn and nothing is on its way."""
        self.page.wait_for_selector(".sheet[data-version]:not(.busy)")
        self.page.evaluate(
            "new Promise(done => { const look = () => window.Bokeh?.documents[0]?.is_idle"
            " ? requestAnimationFrame(() => requestAnimationFrame(done)) : setTimeout(look, 20); look() })"
        )

    def worked_out(self) -> None:
        """Wait until no part of the page is still being worked out."""
        self.page.wait_for_selector(".sheet:not(:has(.state.asking))")
        self.settle()

    def choose(self, field: str, value: str) -> None:
        """Set a filter and wait for the page to follow."""
        version = self.version
        self.page.select_option(f"[data-field={field}]", value)
        self.follow(version)

    @property
    def version(self) -> str:
        return str(self.page.locator(".sheet").get_attribute("data-version"))

    def follow(self, version: str) -> None:
        """Wait until the page is newer than a version."""
        self.page.wait_for_selector(f".sheet:not([data-version='{version}']):not(.busy)")
        self.settle()


Open = Callable[..., Any]


@pytest.fixture
def tab(chromium: Any, url: str, synced: Book) -> Iterator[Open]:
    """Opens tabs: tab(width=390, scheme="dark"); at the end none may have complained or asked another host.

    Themes are the system's when it begins, whatever a test before chose.
    """
    synced.wishes.keep(synced.actor, "theme", "auto")
    opened: list[tuple[Tab, Any]] = []

    def make(width: int = 1280, scheme: str = "light", **more: Any) -> Tab:
        height = 844 if width < 500 else 900
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, **more)
        made = Tab(context.new_page(), url).watch("error", "warning")
        opened.append((made, context))
        return made

    yield make
    for made, context in opened:
        context.close()
        assert (made.complaints, made.foreign) == ([], [])


def _own(asked: str, url: str) -> bool:
    return asked.startswith((url, url.replace("http", "ws", 1), "data:", "blob:"))


@contextmanager
def shot(page: Any, name: str) -> Iterator[None]:
    """Keeps a picture of the whole page, for people to look at."""
    yield
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)

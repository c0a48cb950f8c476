"""A page whose connection breaks says so, and comes back as it was once the server answers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deskbook.book import Book

from ..servers.process import free_port
from .axe import failing
from .conftest import Tab, await_server
from .test_arranging import FIRST, SECOND, grip, order

BACK_MS = 120_000


@dataclass
class Server:
    """A server that is stopped and started again at the same address."""

    home: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        log = self.home / "lost.log"
        with log.open("w") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "deskbook", "serve", "--port", str(self.port)],
                env=os.environ | {"DESKBOOK_HOME": str(self.home)},
                stdout=file,
                stderr=subprocess.STDOUT,
            )
        await_server(f"{self.url}/health/ready", self.process, log)

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait(30)
            self.process = None


@pytest.fixture(scope="module")
def server(synced: Book) -> Iterator[Server]:
    made = Server(synced.settings.workspace, free_port())
    made.start()
    yield made
    made.kill()


@pytest.fixture
def lone(chromium: Any, server: Server) -> Iterator[Tab]:
    """A tab that may complain: a browser reports each request that finds no server."""
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    yield Tab(context.new_page(), server.url)
    context.close()


def mark(page: Any) -> None:
    page.evaluate("document.documentElement.dataset.before = ''")


def is_before(page: Any) -> bool:
    return bool(page.locator("html[data-before]").count())


def wait_for_another(page: Any) -> None:
    page.wait_for_selector("html:not([data-before])", state="attached", timeout=BACK_MS)


def test_a_restarted_server_brings_the_page_back_as_it_was(lone: Tab, server: Server) -> None:
    page = lone.open("overview?team=Billing")
    page.evaluate("scrollTo(0, 500)")
    mark(page)
    server.kill()
    page.wait_for_selector("#lost:has-text('What you see is from')")
    assert page.locator("#lost").get_attribute("role") == "status"
    assert page.locator("#lost button").bounding_box()["height"] >= 44
    page.click("#lost button")
    assert is_before(page)
    server.start()
    wait_for_another(page)
    lone.settle()
    assert page.url.endswith("/overview?team=Billing")
    page.evaluate(
        "new Promise(done => { const look = () => Math.abs(scrollY - 500) < 2 ? done() : setTimeout(look, 50)"
        "; look() })"
    )
    assert page.locator("#lost").is_hidden()


def test_typed_text_is_not_thrown_away(lone: Tab, server: Server) -> None:
    page = lone.open("ask")
    field = page.locator("main input[type=text]:visible, main input[type=search]:visible, main textarea:visible").first
    field.fill("How many tickets")
    mark(page)
    server.kill()
    page.wait_for_selector("#lost:has-text('is lost')")
    server.start()
    page.wait_for_selector("#lost:has-text('Connection is back')", timeout=BACK_MS)
    assert is_before(page) and field.input_value() == "How many tickets"
    page.click("#lost button")
    wait_for_another(page)


def test_a_browser_without_network_says_so_and_comes_back_with_it(lone: Tab) -> None:
    page = lone.open("overview")
    mark(page)
    page.context.set_offline(True)
    page.wait_for_selector("#lost:has-text('is lost')")
    page.context.set_offline(False)
    wait_for_another(page)
    lone.settle()
    assert page.locator("#lost").is_hidden()


@pytest.fixture
def alone(chromium: Any, server: Server) -> Iterator[Callable[[int, str], Tab]]:
    """Tabs that may complain, of a width in a theme."""
    made: list[Any] = []

    def make(width: int, scheme: str) -> Tab:
        made.append(chromium.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme))
        return Tab(made[-1].new_page(), server.url)

    yield make
    for context in made:
        context.close()


def lose(page: Any) -> None:
    mark(page)
    page.context.set_offline(True)
    page.wait_for_selector("#lost:has-text('is lost')")


def find_again(page: Any) -> None:
    """The connection is there again, and the page waits for a press."""
    page.context.set_offline(False)
    page.wait_for_selector("#lost:has-text('Connection is back')", timeout=BACK_MS)
    assert is_before(page)


def open_receipt(page: Any) -> str:
    page.locator(".card").first.click()
    return ".drawer:visible"


def open_builder(page: Any) -> str:
    if page.locator(".open-filters").is_visible():
        page.click(".open-filters")
    page.click(".add-filter")
    return ".sidesheet.builder:visible"


def open_subscription(page: Any) -> str:
    page.click(".export summary")
    page.click("[data-form=add]")
    return ".sidesheet.subscriber:visible"


@pytest.mark.parametrize("opens", [open_receipt, open_builder, open_subscription])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_what_is_open_stays_open_and_the_notice_is_accessible(
    alone: Callable[[int, str], Tab], opens: Callable[[Any], str], width: int, scheme: str
) -> None:
    page = alone(width, scheme).open("overview")
    held = opens(page)
    page.wait_for_selector(held)
    lose(page)
    assert failing(page) == []
    find_again(page)
    assert page.locator(held).count() == 1 and failing(page) == []
    box, frame = page.locator("#lost").bounding_box(), page.viewport_size
    assert box["x"] >= 0 and box["x"] + box["width"] <= frame["width"] and box["y"] + box["height"] <= frame["height"]
    assert page.locator("#lost button").evaluate(
        "button => { const {x, y, width, height} = button.getBoundingClientRect()"
        "; return document.elementFromPoint(x + width / 2, y + height / 2) === button }"
    )


def test_a_page_whose_answer_is_late_is_dimmed(alone: Callable[[int, str], Tab]) -> None:
    page = alone(1280, "light").open("overview")
    page.context.set_offline(True)
    page.select_option("[data-field=team]", index=1)
    page.wait_for_selector(".sheet.late")
    ended = "el => Promise.all(el.getAnimations().map(one => one.finished)).then(() => getComputedStyle(el).opacity)"
    assert page.locator(".sheet .grid").evaluate(ended) == "0.72"


def test_a_page_whose_dialog_is_closed_comes_back_by_itself(alone: Callable[[int, str], Tab]) -> None:
    page = alone(1280, "light").open("overview")
    page.wait_for_selector(open_receipt(page))
    lose(page)
    page.keyboard.press("Escape")
    page.context.set_offline(False)
    wait_for_another(page)


def test_what_is_arranged_waits_and_is_offered_again_after_the_reload(alone: Callable[[int, str], Tab]) -> None:
    made = alone(1280, "light")
    page = made.open("overview")
    page.click(".arrange-open")
    page.wait_for_selector(".placed")
    grip(page, FIRST).focus()
    page.keyboard.press("ArrowRight")
    moved = order(page)
    assert moved.index(SECOND) < moved.index(FIRST)
    lose(page)
    assert failing(page) == []
    find_again(page)
    assert order(page) == moved and failing(page) == []
    page.click("#lost button")
    wait_for_another(page)
    made.settle()
    page.click("text=Go on arranging")
    page.wait_for_selector(".placed")
    assert order(page) == moved

"""The Sources page of a desk on which not all is well: colours with words, who feeds, pausing, what was set aside."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from deskbook.book import Book
from deskbook.settings import load_settings
from deskbook.sources import utc_now

from ..sync.scripted import tell, write_desk
from .conftest import Tab, serving, shot

ENTRIES: dict[str, dict[str, Any]] = {
    "good": {"every": {"at_least": "10s", "at_most": "5m"}},
    "wrong": {},
    "main": {"fallback": "copy", "source": "desk"},
    "copy": {},
    "quiet": {},
    "late": {"freshness_hours": 1},
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_desk(tmp_path_factory.mktemp("sources") / "desk", **ENTRIES)
    before = utc_now() - timedelta(hours=2)
    for name, script in {
        "good": {"rows": 30, "bad": True},
        "main": {"fails": "lasting"},
        "copy": {"rows": 5},
        "late": {"rows": 3},
    }.items():
        tell(folder, name, **script)
    Book(load_settings(folder, {}), clock=lambda: before).sync("late")
    tell(folder, "wrong", fails="lasting")
    book = Book(load_settings(folder, {}))
    book.sync("good", "quiet", "main", "wrong")
    book.sync("main", "wrong")
    book.sync("wrong")
    book.lake.close()
    return folder


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with serving(home, "-m", "deskbook", "serve", "--port") as found:
        yield found


@pytest.fixture
def visit(chromium: Any, address: str) -> Iterator[Callable[..., Any]]:
    opened: list[tuple[Tab, Any]] = []

    def make(width: int = 1280, scheme: str = "light") -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
        made = Tab(context.new_page(), address).watch("error", "warning")
        opened.append((made, context))
        return made.open("sources")

    yield make
    for made, context in opened:
        context.close()
        assert (made.complaints, made.foreign) == ([], [])


def row(page: Any, entry: str) -> Any:
    return page.locator("table.sources tbody tr").filter(has=page.locator(f"[data-entry={entry}]"))


def test_each_entry_says_in_a_word_and_a_colour_how_it_is_doing(visit: Callable[..., Any]) -> None:
    page = visit()
    words = {name: row(page, name).locator(".status").inner_text() for name in ENTRIES}
    assert words == {
        "good": "● fresh",
        "wrong": "✕ failed",
        "main": "▲ fed by its fallback",
        "copy": "● fresh",
        "quiet": "○ no rows yet",
        "late": "▲ late",
    }
    assert page.locator(".lead").first.inner_text() == "1 of 5 sources fresh"
    assert "5 sources: 1 red, 2 yellow, 1 without data, 1 green" in page.inner_text(".foot")
    assert "fails as it was told to" in row(page, "wrong").inner_text()
    assert row(page, "main").locator(".badge").inner_text() == "fed by copy"
    assert row(page, "copy").locator(".badge").inner_text() == "feeds for main"
    assert page.locator("table.sources tbody tr th").first.inner_text().startswith("wrong")


def test_an_entry_is_paused_and_resumed_by_keyboard_and_says_by_whom(visit: Callable[..., Any], home: Path) -> None:
    page = visit()
    page.locator("[data-do=pause][data-entry=good]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[aria-label='Resume: good']")
    assert "paused by local" in row(page, "good").inner_text()
    assert "good is paused." in page.inner_text("[role=status].small")
    assert Book(load_settings(home, {})).standings.of("good").paused_by == "local"
    page.wait_for_selector("[data-do=pause][data-entry=good]:focus").press("Enter")
    page.wait_for_selector("[aria-label='Pause: good']")
    assert Book(load_settings(home, {})).standings.of("good").paused_at is None


def test_asking_for_a_sync_says_where_nobody_is_there_to_do_it(visit: Callable[..., Any], home: Path) -> None:
    page = visit()
    page.click("[data-do=sync][data-entry=quiet]")
    page.wait_for_selector("text=by hand: deskbook sync quiet")
    assert Book(load_settings(home, {})).standings.of("quiet").is_wanted
    page.wait_for_selector("tr:has([data-entry=quiet]) >> text=asked for")


def test_an_open_page_follows_what_another_process_does(visit: Callable[..., Any], home: Path) -> None:
    page = visit()
    Book(load_settings(home, {})).pause("late")
    page.wait_for_selector("[aria-label='Resume: late']")
    Book(load_settings(home, {})).resume("late")
    page.wait_for_selector("[aria-label='Pause: late']")


def test_rows_set_aside_are_shown_and_downloaded_as_no_formula(visit: Callable[..., Any]) -> None:
    page = visit()
    row(page, "good").locator("button.number").click()
    page.wait_for_selector("text=Set aside from good")
    with page.expect_download() as download:
        page.click("text=Download CSV")
    text = Path(download.value.path()).read_text("utf-8-sig")
    assert download.value.suggested_filename == "quarantine-good.csv"
    assert "created_at" in text and len(text.splitlines()) == 2


def test_the_health_check_names_colours_and_no_reasons(address: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{address}/health")
    assert refused.value.code == 503
    said = json.loads(refused.value.read())
    colours = {"good": "green", "wrong": "red", "main": "yellow", "quiet": "no data", "late": "yellow"}
    assert said == {"status": "red", "watched": False, "sources": colours}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_it_fits_and_can_be_pressed(visit: Callable[..., Any], scheme: str) -> None:
    page = visit(390, scheme)
    with shot(page, f"sources-390-{scheme}"):
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        measured = "all => all.map(one => { const box = one.getBoundingClientRect(); return [box.width, box.height] })"
        sizes = page.locator(".sources .row-tools button").evaluate_all(measured)
        assert len(sizes) == 12 and min(side for size in sizes for side in size) >= 44


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_drawn_on_a_desk(visit: Callable[..., Any], scheme: str) -> None:
    page = visit(1280, scheme)
    with shot(page, f"sources-1280-{scheme}"):
        assert page.locator("table.sources tbody tr").count() == 6
        assert page.locator(".sources .row-tools button").first.is_visible()

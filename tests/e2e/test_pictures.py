"""Every page looks as it did: wide and narrow, light and dark, on a small desk whose clock stands still.

`make pictures` takes the pictures anew; look at what changed before it is committed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from PIL import Image, ImageDraw

from deskbook.apps.workspace import make_workspace
from deskbook.book import Book
from deskbook.settings import load_settings

from .conftest import SHOTS, Tab, serving
from .likeness import HEIGHTS, PICTURES, TAKEN, compared, differing, keep, small, taken_with, was_taken_with
from .test_pages import PAGES

RENEW: Final = os.environ.get("DESKBOOK_PICTURES") == "renew"
MOST_BYTES: Final = 1_700_000
SYNCED, SHOWN = datetime(2026, 11, 1, 7, tzinfo=UTC), datetime(2026, 11, 1, 9, tzinfo=UTC)
SERVER: Final = (
    "import sys; from datetime import datetime; from deskbook.apps.web import serve; from deskbook.book import Book; "
    "from deskbook.settings import load_settings; now = datetime.fromisoformat(sys.argv[1]); "
    "serve(Book(load_settings(), clock=lambda: now), '127.0.0.1', int(sys.argv[2]))"
)


@dataclass
class Gallery:
    """The desk that is painted: where it is served, by which browser, and whether that painted the pictures kept."""

    url: str
    chromium: Any
    coarsely: bool


@pytest.fixture(scope="module")
def gallery(
    tmp_path_factory: pytest.TempPathFactory, chromium: Any, request: pytest.FixtureRequest
) -> Iterator[Gallery]:
    home = make_workspace(tmp_path_factory.mktemp("gallery") / "desk", sample=600, seed=5)
    book = Book(load_settings(home, {}), clock=lambda: SYNCED)
    book.sync()
    with serving(home, "-c", SERVER, SHOWN.isoformat()) as url:
        page = chromium.new_page()
        page.goto(f"{url}/glossary")
        now, then = taken_with(chromium, page), was_taken_with()
        page.close()
        if RENEW:
            PICTURES.mkdir(exist_ok=True)
            TAKEN.write_text(json.dumps(now) + "\n", "utf-8")
        elif now != then:
            capture = request.config.pluginmanager.getplugin("capturemanager")
            with capture.global_and_fixture_disabled():
                print(f"\nThe pictures were taken with {then}; here is {now}: they are compared by their structure.")
        yield Gallery(url, chromium, coarsely=now != then)


@pytest.mark.parametrize("width", HEIGHTS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_did(gallery: Gallery, name: str, width: int) -> None:
    context = gallery.chromium.new_context(
        viewport={"width": width, "height": HEIGHTS[width]}, color_scheme="light", reduced_motion="reduce"
    )
    tab, wrong = Tab(context.new_page(), gallery.url), []
    tab.open(name)
    tab.worked_out()
    for scheme in ("light", "dark"):
        tab.page.emulate_media(color_scheme=scheme)
        tab.settle()
        image, title = small(tab.page.screenshot(animations="disabled")), f"{name}-{width}-{scheme}"
        if RENEW:
            keep(image, title)
        elif said := _unlike(image, title, gallery.coarsely):
            wrong.append(said)
    context.close()
    assert wrong == []


def _unlike(image: Image.Image, title: str, coarsely: bool) -> str:
    """What is wrong with a picture, in words; the picture and where it differs are left in shots/."""
    file = PICTURES / f"{title}.png"
    if not file.exists():
        return f"{title} has no picture yet: make pictures"
    held = Image.open(file)
    found = compared(image, held, coarsely=coarsely)
    if found.alike:
        return ""
    SHOTS.mkdir(exist_ok=True)
    image.save(SHOTS / f"{title}-now.png")
    if image.size == held.size:
        differing(image, held).save(SHOTS / f"{title}-differs.png")
    return f"{title}: {found.said}. See {SHOTS}/{title}-now.png; if that is meant: make pictures"


def test_the_pictures_are_those_of_the_pages_and_small() -> None:
    held = sorted(PICTURES.glob("*.png"))
    wanted = [f"{name}-{width}-{scheme}" for name in PAGES for width in HEIGHTS for scheme in ("light", "dark")]
    assert [file.stem for file in held] == sorted(wanted)
    assert sum(file.stat().st_size for file in held) < MOST_BYTES


@pytest.fixture
def held() -> Image.Image:
    return Image.open(PICTURES / "overview-1440-light.png")


def test_a_button_that_is_gone_is_seen_and_a_hair_is_not(held: Image.Image) -> None:
    page = held.convert("RGB")
    assert compared(page, held).alike
    pen = ImageDraw.Draw(page)
    pen.line((200, 300, 240, 300), fill="#0b6b66")
    assert compared(page, held).alike
    pen.rectangle((300, 300, 332, 314), fill="#0b6b66")
    assert not compared(page, held).alike


def test_by_structure_the_same_page_in_another_hand_is_alike_and_another_page_is_not(held: Image.Image) -> None:
    moved = Image.new("RGB", held.size, "#fbfaf8")
    moved.paste(held.convert("RGB"), (3, 5))
    assert not compared(moved, held).alike and compared(moved, held, coarsely=True).alike
    for other in ("ask-1440-light", "glossary-1440-light", "tickets-1440-light"):
        assert not compared(Image.open(PICTURES / f"{other}.png").convert("RGB"), held, coarsely=True).alike


def test_a_picture_of_another_size_is_another(held: Image.Image) -> None:
    assert "px and was" in compared(held.convert("RGB").reduce(2), held).said

"""The same notebook in JupyterLab and in Voilà: a page whose filters, marks and receipts are live."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import deskbook
from deskbook.book import Book
from deskbook.views import theme, wording

from ..servers.process import free_port
from .conftest import Tab, await_server, shot

CARD = ".card[data-metric=tickets_created] .card-value"
TEMPLATES = Path(deskbook.__file__).parent / "apps" / "jupyter"
OWN_PLACES = {"HOME": "home", "IPYTHONDIR": "ipython"} | {
    f"JUPYTER_{name.upper()}_DIR": name for name in ("config", "data", "runtime")
}
THEMES = "lab/user-settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings"
TOKEN = secrets.token_hex()
SLOW_MS = 120_000
"""For a kernel that starts on a machine that is busy with other tests."""


@pytest.fixture
def notebooks(tmp_path: Path) -> Path:
    """A folder with the overview, which a server may write beside."""
    (tmp_path / "pages").mkdir()
    shutil.copy(Path(__file__).parents[2] / "notebooks" / "overview.ipynb", tmp_path / "pages")
    return tmp_path / "pages"


@contextmanager
def jupyter(desk: Book, command: Sequence[str], **config: Any) -> Iterator[str]:
    """A Jupyter server of one's own: nothing of the machine's is read, its token stands in a file."""
    port = free_port()
    # Sockets of kernels lie in it, and their names may not be long.
    with tempfile.TemporaryDirectory(prefix="deskbook", ignore_cleanup_errors=True) as name:
        places = {variable: Path(name) / folder for variable, folder in OWN_PLACES.items()}
        for place in places.values():
            place.mkdir()
        for file, held in config.items():
            text = json.dumps(held | {"KernelManager": {"transport": "ipc" if sys.platform == "linux" else "tcp"}})
            (places["JUPYTER_CONFIG_DIR"] / f"{file}.json").write_text(text, "utf-8")
        themes = places["JUPYTER_CONFIG_DIR"] / THEMES
        themes.parent.mkdir(parents=True)
        themes.write_text('{"adaptive-theme": true}', "utf-8")
        own = {**{one: str(place) for one, place in places.items()}, "JUPYTER_PATH": str(TEMPLATES)}
        environ = os.environ | own | {"DESKBOOK_HOME": str(desk.settings.workspace)}
        log = Path(name) / "log"
        with log.open("w") as said:
            started = [sys.executable, "-m", *command, f"--port={port}", "--no-browser"]
            server = subprocess.Popen(started, env=environ, stdout=said, stderr=subprocess.STDOUT, cwd=name)
        try:
            await_server(f"http://127.0.0.1:{port}/?token={TOKEN}", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(30)


@contextmanager
def opened(chromium: Any, url: str, path: str) -> Iterator[Tab]:
    """A tab at an address of a server, which must neither complain nor ask another host."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    made = Tab(context.new_page(), url).watch("error")
    made.page.goto(f"{url}/{path}")
    yield made
    context.close()
    assert (made.complaints, made.foreign) == ([], [])


def created(book: Book, where: str = "") -> str:
    return wording.number(book.query("tickets_created", where=where, period="-28d").value())


def check_it_is_live(made: Tab, book: Book) -> None:
    page = made.page
    made.settle()
    assert page.inner_text(CARD) == created(book)
    assert page.locator(".chart .slot canvas").count() >= 5
    made.choose("team", "Billing")
    assert page.inner_text(CARD) == created(book, "team = Billing") != created(book)
    reason, version = page.locator(".ranking button.pick").first, made.version
    word = reason.inner_text()
    reason.click()
    made.follow(version)
    assert page.inner_text(CARD) == created(book, f'team = Billing and category = "{word}"')


def check_it_asks_and_is_told(made: Tab, book: Book) -> None:
    page = made.page
    page.locator(CARD).click()
    assert "team = Billing" in page.inner_text(".drawer:popover-open pre >> nth=0")
    page.keyboard.press("Escape")
    page.locator(".drawer").wait_for(state="hidden")
    page.locator(".quick-filters").click()
    assert page.locator(".keeper:popover-open .quick .n").first.inner_text()
    page.keyboard.press("Escape")


def paper(made: Tab) -> str:
    return str(made.page.locator(".sheet").evaluate("el => getComputedStyle(el).getPropertyValue('--paper')"))


def run_all(page: Any, something: Any) -> None:
    """Run all cells until something comes of it: on a busy machine a kernel that is starting drops what it is told."""
    from playwright.sync_api import TimeoutError as NotYet

    for _ in range(4):
        for name in ("Run", "Run All Cells"):
            page.get_by_role("menuitem", name=name, exact=True).click()
        try:
            something.wait_for(timeout=SLOW_MS / 4)
        except NotYet:
            continue
        return
    something.wait_for()


def test_a_page_is_live_in_jupyterlab(chromium: Any, synced: Book, notebooks: Path) -> None:
    command = ("jupyterlab", "--ip=127.0.0.1", "--allow-root", f"--notebook-dir={notebooks}")
    quiet = {"check_for_updates_class": "jupyterlab.NeverCheckForUpdate", "news_url": None}
    settings = {"IdentityProvider": {"token": TOKEN}, "LabApp": quiet}
    with (
        jupyter(synced, command, jupyter_server_config=settings) as url,
        opened(chromium, url, f"lab/tree/overview.ipynb?token={TOKEN}") as made,
    ):
        page = made.page
        page.locator(".jp-Notebook .jp-Cell").first.wait_for()
        page.locator("[data-status=idle]").wait_for()
        which = page.locator(".jp-Dialog .jp-mod-accept")
        run_all(page, which.or_(page.locator(".sheet")).first)
        if which.is_visible():  # the kernel is not there yet, and JupyterLab asks which one it is to be
            which.click()
        check_it_is_live(made, synced)
        check_it_asks_and_is_told(made, synced)
        cells = page.locator(".jp-Cell").count()
        page.locator("[data-field=team]").focus()
        for key in "bdd":  # which would add a cell to the notebook and cut one out
            page.keyboard.press(key)
        assert page.locator(".jp-Cell").count() == cells
        assert paper(made) == theme.LIGHT["paper"]
        page.emulate_media(color_scheme="dark")
        page.locator("body[data-jp-theme-light=false]").wait_for(state="attached")
        with shot(page, "jupyterlab"):
            assert paper(made) == theme.DARK["paper"]


def test_a_page_is_live_in_voila(chromium: Any, synced: Book, notebooks: Path) -> None:
    settings = {"Voila": {"token": TOKEN, "ip": "127.0.0.1"}}
    with (
        jupyter(synced, ("voila", "--template=deskbook", str(notebooks)), voila=settings) as url,
        opened(chromium, url, f"?token={TOKEN}") as made,
    ):
        page = made.page
        page.get_by_role("link", name="Overview").click()
        check_it_is_live(made, synced)
        check_it_asks_and_is_told(made, synced)
        assert paper(made) == theme.LIGHT["paper"]
        page.emulate_media(color_scheme="dark")
        with shot(page, "voila"):
            assert paper(made) == theme.DARK["paper"]
        page.wait_for_url("**/overview.ipynb?team=Billing&pick=*")
        made.open("voila/render/overview.ipynb?team=Billing&theme=light&template=deskbook")
        assert page.inner_text(CARD) == created(synced, "team = Billing")
        assert page.locator(".problems p").count() == 0
        assert paper(made) == theme.LIGHT["paper"]

"""The overview (6 cards, 6 charts, a table): navigation and filter change to everything painted, in Chromium,
beside a page of the same parts in Streamlit and one in Dash.

"Painted" is the last change a person could see: the last canvas drawing or change of the document before
half a second without any. It is measured in the browser and the same way for all.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import sleep
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

from deskbook.apps.workspace import shipped
from tests.benchmarks import desks
from tests.benchmarks.serving import cpu_seconds
from tests.browser import launch
from tests.servers.process import free_port

HERE = Path(__file__).parent
DASH = Path(".bench/dash").absolute()
LOADS, CHANGES = 7, 9
TEAMS = 6
QUIET_MS = 500
WATCH = """
(() => {
  let last = 0
  const seen = () => { last = performance.now() }
  for (const kind of [CanvasRenderingContext2D.prototype]) {
    for (const name of ["fill", "stroke", "fillRect", "strokeRect", "fillText", "drawImage", "putImageData"]) {
      const draw = kind[name]
      kind[name] = function (...rest) { seen(); return draw.apply(this, rest) }
    }
  }
  const watch = (root) => new MutationObserver(seen).observe(root, {
    subtree: true, childList: true, characterData: true, attributes: true})
  const attach = Element.prototype.attachShadow
  Element.prototype.attachShadow = function (how) { const root = attach.call(this, how); watch(root); return root }
  watch(document)
  window.painted = async (quiet) => {
    for (;;) {
      const before = last
      await new Promise((done) => setTimeout(done, quiet))
      if (last === before && last > 0) return last
    }
  }
  window.mark = () => { last = 0; return performance.now() }
})()
"""


def main() -> dict[str, float]:
    """Milliseconds and server CPU for one page at 100,000 and 1,000,000 tickets."""
    figures: dict[str, float] = {}
    for name, tickets in (("100k", 100_000), ("1m", 1_000_000)):
        home = desks.synced(tickets).settings.workspace
        shutil.copytree(shipped("notebooks"), home / "notebooks", dirs_exist_ok=True)
        with served(home) as (url, pid), browser() as tab:
            warm, filtered, cpu = measure(tab, f"{url}/overview", pid, ours_ready, choose_team)
        figures |= {f"warm_ms_{name}": warm, f"filter_ms_{name}": filtered}
        if name == "1m":
            figures["server_cpu_ms"] = cpu
            with streamlit(home) as (url, pid), browser() as tab:
                warm, filtered, cpu = measure(tab, url, pid, streamlit_ready, choose_team_in_streamlit)
            figures |= {"streamlit_warm_ms_1m": warm, "streamlit_filter_ms_1m": filtered, "streamlit_cpu_ms": cpu}
            figures["warm_ratio_to_streamlit"] = figures["warm_ms_1m"] / warm
            figures["filter_ratio_to_streamlit"] = figures["filter_ms_1m"] / filtered
            figures |= beside_dash(home, figures)
    return figures


def beside_dash(home: Path, ours: Mapping[str, float]) -> dict[str, float]:
    """Milliseconds and server CPU of the page in Dash at 1,000,000 tickets, and ours as a share of them."""
    with dash(home) as (url, pid), browser() as tab:
        warm, filtered, cpu = measure(tab, url, pid, dash_ready, choose_team_in_dash)
    return {
        "dash_warm_ms_1m": warm,
        "dash_filter_ms_1m": filtered,
        "dash_cpu_ms": cpu,
        "warm_ratio_to_dash": ours["warm_ms_1m"] / warm,
        "filter_ratio_to_dash": ours["filter_ms_1m"] / filtered,
    }


def measure(
    tab: Page, url: str, pid: int, ready: Callable[[Page], None], choose: Callable[[Page, int], float]
) -> tuple[float, float, float]:
    """Medians: warm load and filter change (ms to everything painted), server CPU of a load (ms)."""
    for _ in range(2):
        tab.goto(url)
        ready(tab)
    loads, cpu, changes = [], [], []
    for _ in range(LOADS):
        before = cpu_seconds(pid)
        tab.goto(url)
        ready(tab)
        loads.append(float(tab.evaluate("(quiet) => painted(quiet)", QUIET_MS)))
        cpu.append(1000 * (cpu_seconds(pid) - before))
    for turn in range(CHANGES):
        begun = choose(tab, turn)
        changes.append(float(tab.evaluate("(quiet) => painted(quiet)", QUIET_MS)) - begun)
    return median(loads), median(changes), median(cpu)


def ours_ready(tab: Page) -> None:
    """Six cards with values and six canvases are there."""
    tab.locator(".card-value").nth(5).wait_for(timeout=60_000)
    tab.locator("canvas").nth(5).wait_for(timeout=60_000)


def choose_team(tab: Page, turn: int) -> float:
    """Choose what nobody chose before, by the field a person uses: six teams, then channels; the moment of it.

    An answer that is already kept would be quicker, and would hide what a new question costs.
    """
    field, index = ("team", 1 + turn) if turn < TEAMS else ("channel", 1 + turn - TEAMS)
    begun = float(tab.evaluate("() => mark()"))
    tab.locator(f'select[data-field="{field}"]').select_option(index=index)
    return begun


def streamlit_ready(tab: Page) -> None:
    """Six metrics and six charts are there."""
    tab.locator('[data-testid="stMetricValue"]').nth(5).wait_for(timeout=120_000)
    tab.locator('[data-testid="stVegaLiteChart"]').nth(5).wait_for(timeout=120_000)


def choose_team_in_streamlit(tab: Page, turn: int) -> float:
    """Choose another team; the menu is opened before the clock starts."""
    tab.locator('[data-testid="stSelectbox"] input').click()
    options = tab.locator('[role="option"]')
    options.nth(1 + turn % 3).wait_for()
    begun = float(tab.evaluate("() => mark()"))
    options.nth(1 + turn % 3).click()
    return begun


def dash_ready(tab: Page) -> None:
    """Six cards with values and six charts are there."""
    tab.locator(".card-value").nth(5).wait_for(timeout=120_000)
    tab.locator(".js-plotly-plot").nth(5).wait_for(timeout=120_000)


def choose_team_in_dash(tab: Page, turn: int) -> float:
    """Choose what nobody chose before, as in ours; the menu is opened before the clock starts."""
    field, place = ("team", turn) if turn < TEAMS else ("channel", turn - TEAMS)
    tab.locator(f"#{field}").click()
    options = tab.locator('[role="option"]')
    options.nth(1).wait_for()
    word = sorted(filter(None, options.all_text_contents()))[place]  # what was chosen last stands first
    begun = float(tab.evaluate("() => mark()"))
    options.filter(has_text=word).click()
    return begun


@contextmanager
def browser() -> Iterator[Page]:
    """One tab of one Chromium, with a cache and the watcher."""
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        context.add_init_script(WATCH)
        yield context.new_page()
        chromium.close()


@contextmanager
def served(home: Path) -> Iterator[tuple[str, int]]:
    """`deskbook serve` on a workspace, ready."""
    port = free_port()
    command = [sys.executable, "-m", "deskbook", "serve", "--port", str(port)]
    with running(command, home, f"http://127.0.0.1:{port}/health/ready") as pid:
        yield f"http://127.0.0.1:{port}", pid


@contextmanager
def streamlit(home: Path) -> Iterator[tuple[str, int]]:
    """The same page in Streamlit, its book open."""
    port = free_port()
    command = [
        sys.executable, "-m", "streamlit", "run", str(HERE / "streamlit_page.py"), "--server.port", str(port),
        "--server.address", "127.0.0.1", "--server.headless", "true", "--browser.gatherUsageStats", "false",
    ]  # fmt: skip
    with running(command, home, f"http://127.0.0.1:{port}/_stcore/health") as pid:
        yield f"http://127.0.0.1:{port}", pid


@contextmanager
def dash(home: Path) -> Iterator[tuple[str, int]]:
    """The same page in Dash, its book open and its scripts found.

    Its packages lie apart (`make bench` puts them there), as they bring plugins into pytest and JupyterLab.
    """
    if not DASH.is_dir():
        sys.exit(f"Dash is not in {DASH}. Write `make bench`, which puts it there.")
    port = free_port()
    command = [sys.executable, str(HERE / "dash_page.py"), str(port)]
    with running(command, home, f"http://127.0.0.1:{port}/_dash-layout", PYTHONPATH=str(DASH)) as pid:
        yield f"http://127.0.0.1:{port}", pid


@contextmanager
def running(command: list[str], home: Path, health: str, **more: str) -> Iterator[int]:
    """A server process that answers its health address; stopped by its own process id."""
    environ: dict[str, Any] = os.environ | {"DESKBOOK_HOME": str(home)} | more
    server = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                with urlopen(health, timeout=2) as answer:
                    if answer.status == 200:
                        break
            except OSError:
                sleep(0.5)
        yield server.pid
    finally:
        server.terminate()
        server.wait(30)

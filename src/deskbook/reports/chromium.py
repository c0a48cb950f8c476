"""HTML printed and pictured by headless Chromium."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deskbook.errors import ConfigError, DeskbookError

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES: Final = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
FLAGS: Final = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
    "--hide-scrollbars",
    "--virtual-time-budget=10000",
)
DRAWING_SECONDS: Final = 120
WIDTH_PX: Final = 1440
HIGHEST_PX: Final = 16_000
"""A taller picture is more than Chromium draws in one piece."""
SPARE_PX: Final = 200
"""A window is asked for this much taller than the page: part of it goes to a frame that is not drawn."""
PAPER_PX: Final = 1047
"""What A4 laid across holds between margins of 10 mm: figures are drawn as wide as they are printed."""
PRINTED: Final = """
<style>@page{size:A4 landscape;margin:10mm} html,body{margin:0} .deskbook-report{padding:0;max-width:none}</style>"""
PICTURED: Final = """
<style>html,body{margin:0}.deskbook-report{max-width:none}</style>
<script>addEventListener("load", () => setInterval(() => {
  document.documentElement.dataset.height = Math.floor(document.body.getBoundingClientRect().height)
}, 50))</script>"""
MEASURED: Final = re.compile(r'<html[^>]*\bdata-height="(\d+)"')


def find_browser() -> str | None:
    """Path of a Chromium or one of its kin; None when there is none."""
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    return next((place for place in PLACES if Path(place).is_file()), None)


def write_pdf(html: str, output: Path) -> None:
    """Print an HTML document to a PDF file.

    Raises:
        ConfigError: there is no browser to print with.
    """
    with _tab(html.replace("</body>", f"{PRINTED}</body>"), "pdf") as tab:
        tab.draw(f"--print-to-pdf={tab.drawn}", f"--window-size={PAPER_PX},1000")
        shutil.move(tab.drawn, output)


def write_png(html: str, output: Path) -> None:
    """Picture an HTML document, 1440 px wide and as tall as it is.

    Raises:
        ConfigError: there is no browser to draw with.
        DeskbookError: it is taller than can be drawn in one piece.
    """
    from PIL import Image

    with _tab(html.replace("</body>", f"{PICTURED}</body>"), "png") as tab:
        told = MEASURED.search(tab.draw("--dump-dom", f"--window-size={WIDTH_PX},1000"))
        if told is None:
            raise DeskbookError(f"{tab.browser} did not say how tall the report is, so it cannot be pictured.")
        height = int(told.group(1))
        if height > HIGHEST_PX:
            raise DeskbookError(
                f"The report is {height:,} px tall; a PNG holds {HIGHEST_PX:,}. Picture one view, or use --to pdf."
            )
        tab.draw(f"--screenshot={tab.drawn}", f"--window-size={WIDTH_PX},{height + SPARE_PX}")
        with Image.open(tab.drawn) as picture:
            picture.crop((0, 0, WIDTH_PX, height)).convert("RGB").save(output, "PNG", optimize=True)


@dataclass(frozen=True)
class _Tab:
    """A document in a folder of its own, and the browser that draws it."""

    browser: str
    folder: Path
    form: str

    @property
    def drawn(self) -> Path:
        """Where a drawing is put."""
        return self.folder / f"drawn.{self.form}"

    def draw(self, *asked: str) -> str:
        """Start the browser on the document once; what it said."""
        # Chromium refuses its sandbox to root; the page is our own file and reaches no network
        sandbox = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
        page, profile = self.folder / "report.html", self.folder / "profile"
        command = [self.browser, *FLAGS, *sandbox, f"--user-data-dir={profile}", *asked, page.as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, timeout=DRAWING_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            raise DeskbookError(f"{self.browser} took over {DRAWING_SECONDS} s to draw the report.") from None
        if done.returncode or ("--dump-dom" not in asked and not self.drawn.is_file()):
            said = done.stderr.decode("utf-8", "replace").strip()[-500:]
            raise DeskbookError(f"{self.browser} could not draw the report: {said}")
        return done.stdout.decode("utf-8", "replace")


@contextmanager
def _tab(html: str, form: str) -> Iterator[_Tab]:
    browser = find_browser()
    if browser is None:
        raise ConfigError(
            f"A {form.upper()} needs Chromium or Chrome, and none was found. Install one, or use --to html."
        )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "report.html").write_text(html, "utf-8")
        yield _Tab(browser, Path(folder), form)

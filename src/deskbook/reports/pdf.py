"""HTML printed by headless Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
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
    "--virtual-time-budget=10000",
)
DRAWING_SECONDS: Final = 120


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
    browser = find_browser()
    if browser is None:
        raise ConfigError("A PDF needs Chromium or Chrome, and none was found. Install one, or use --to html.")
    with tempfile.TemporaryDirectory() as folder:
        page, profile, drawn = Path(folder) / "report.html", Path(folder) / "profile", Path(folder) / "report.pdf"
        page.write_text(html, "utf-8")
        # Chromium refuses its sandbox to root; the page is our own file and reaches no network
        sandbox = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
        command = [browser, *FLAGS, *sandbox, f"--user-data-dir={profile}", f"--print-to-pdf={drawn}", page.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, timeout=DRAWING_SECONDS, check=False)
        if done.returncode or not drawn.is_file():
            raise DeskbookError(f"{browser} could not print the report: {done.stderr.strip()[-500:]}")
        shutil.move(drawn, output)

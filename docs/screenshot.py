"""Makes the picture at the top of the README from the real product: `make screenshot`.

A sample desk in a temporary folder, synced and served; Chromium opens the overview.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from deskbook.apps.workspace import make_workspace
from deskbook.book import Book
from deskbook.settings import load_settings
from tests.benchmarks.bench_page import served
from tests.browser import launch

PICTURE = Path(__file__).with_name("overview.png")


def main() -> None:
    """Write docs/overview.png."""
    with tempfile.TemporaryDirectory() as folder:
        home = make_workspace(Path(folder) / "desk", sample=20_000, seed=7)
        Book(load_settings(home, {})).sync()
        with served(home) as (url, _), sync_playwright() as playwright:
            chromium = launch(playwright)
            tab = chromium.new_page(viewport={"width": 1280, "height": 900}, device_scale_factor=1.5)
            tab.goto(f"{url}/overview")
            tab.locator("canvas").nth(2).wait_for(timeout=60_000)
            tab.wait_for_timeout(1_500)
            tab.screenshot(path=PICTURE)
            chromium.close()


if __name__ == "__main__":
    main()

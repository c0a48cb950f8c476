"""Headless Chromium for tests, benchmarks and the README's picture: one way to start it."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Browser, Playwright

from deskbook.reports import find_browser

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def launch(playwright: Playwright) -> Browser:
    """Chromium without a window; without one the test is skipped, except in CI, where it fails."""
    path = find_browser()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs Chromium")
        pytest.skip("needs Chromium or Chrome")
    return playwright.chromium.launch(executable_path=path, args=FLAGS)

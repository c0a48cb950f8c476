"""axe-core in a test's page: what it finds wrong, over the shadow roots too."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Final

OPTIONS: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
FAILING: Final = ("serious", "critical")


@cache
def script() -> str:
    """axe-core as the test extra brings it; the page's policy forbids script tags, so it is evaluated."""
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def violations(page: Any) -> list[str]:
    """What is wrong with the page as it stands, one line a place: impact, rule, HTML."""
    page.evaluate(script())
    found = page.evaluate("options => axe.run(document, options)", OPTIONS)["violations"]
    return [f"{one['impact']} {one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def failing(page: Any) -> list[str]:
    """The violations of serious or critical impact."""
    return [line for line in violations(page) if line.startswith(FAILING)]

"""Every page, light and dark, wide and narrow: drawn, quiet, and within its width."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Open, shot

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
PAGES = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_drawn_without_a_complaint(tab: Open, name: str, scheme: str, width: int) -> None:
    page = tab(width, scheme).open(name)
    with shot(page, f"{name}-{scheme}-{width}"):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("h1").inner_text()
        assert page.evaluate("document.documentElement.dataset.theme") == scheme
        assert page.locator("nav a[aria-current=page]").count() == 1


def test_the_first_page_is_the_one_in_front(tab: Open) -> None:
    page = tab().open("/")
    assert page.url.endswith("/overview")


def test_the_navigation_reaches_every_page_and_carries_the_filters(tab: Open) -> None:
    made = tab()
    page = made.open("overview?team=Billing")
    links = page.locator("nav a[data-page]").evaluate_all("links => links.map(link => link.href)")
    assert [link.split("/")[-1] for link in links] and all(link.endswith("?team=Billing") for link in links)
    assert sorted(link.split("/")[-1].split("?")[0] for link in links) == PAGES


def test_on_a_phone_the_filters_are_a_sheet(tab: Open) -> None:
    made = tab(390)
    page = made.open("overview")
    assert not page.locator("[data-field=team]").is_visible()
    page.click(".open-filters")
    assert page.locator("[data-field=team]").is_visible()
    with shot(page, "phone-filters"):
        made.choose("team", "Billing")
    page.click(".open-filters")
    assert "Billing" in page.inner_text(".said")
    assert page.locator("nav").bounding_box()["y"] > 700


def test_an_unknown_page_is_not_found(tab: Open, chromium: object) -> None:
    page = tab().page
    context = page.request
    assert context.get(f"{tab().url}/nothing").status == 404

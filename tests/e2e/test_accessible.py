"""axe-core finds nothing serious on any page, in either theme, wide or narrow, whatever is open on it."""

from __future__ import annotations

from typing import Any

import pytest

from .axe import failing, violations
from .conftest import Open
from .test_pages import PAGES


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_serious_violation(tab: Open, name: str, scheme: str) -> None:
    made = tab(1280, scheme)
    page = made.open(name)
    made.worked_out()
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    made.settle()
    assert violations(page) == []


def opened_receipt(page: Any) -> None:
    page.locator(".card").first.click()
    page.wait_for_selector(".drawer:not([hidden]) pre")


def opened_table(page: Any) -> None:
    page.locator(".chart >> text=Table").first.click()
    page.wait_for_selector(".behind table")


def opened_change(page: Any) -> None:
    page.locator(".chart >> text=Change").first.click()
    page.wait_for_selector(".swap:not([hidden])")


def opened_export(page: Any) -> None:
    page.click(".export summary")
    page.wait_for_selector(".export-forms button")


STATES = (opened_table, opened_change, opened_export, opened_receipt)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_opens_on_a_page_has_no_serious_violation(tab: Open, scheme: str, width: int) -> None:
    page = tab(width, scheme).open("overview")
    for opens in STATES:
        opens(page)
        assert (opens.__name__, failing(page)) == (opens.__name__, [])
        page.keyboard.press("Escape")  # behind an open menu nothing can be pressed


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_conversation_has_no_serious_violation(tab: Open, scheme: str, width: int) -> None:
    page = tab(width, scheme).open("tickets")
    page.locator("table.tickets .subject button").first.click()
    page.wait_for_selector(".messages .message")
    assert failing(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_empty_and_a_wrong_filter_have_no_serious_violation(tab: Open, scheme: str) -> None:
    made = tab(1280, scheme)
    assert failing(made.open("overview?where=language%20%3D%20xx")) == []
    assert failing(made.open("overview?where=team%20%3D")) == []


def test_a_violation_inside_the_page_would_be_found(tab: Open) -> None:
    page = tab().open("overview")
    page.locator(".sheet").evaluate("sheet => sheet.append(document.createElement('button'))")
    assert any("button-name" in line for line in failing(page))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sheets_of_a_phone_have_no_serious_violation(tab: Open, scheme: str) -> None:
    page = tab(390, scheme).open("overview")
    page.click(".open-filters")
    assert failing(page) == []
    page.click(".open-filters")
    page.click("nav .more")
    assert failing(page) == []

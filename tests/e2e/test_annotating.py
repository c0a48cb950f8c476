"""An annotation written down, seen on every chart over time, changed and taken away: by mouse, keys and thumb."""

from __future__ import annotations

from typing import Any

import pytest

from .axe import failing
from .conftest import Open, Tab, shot

CHART = ".chart:has(.annotate:not([hidden]))"
HOSTILE = "<b>Provider</b> outage"


def write(made: Tab, title: str, begins: str, **more: str) -> None:
    """Write one down through the first chart's button."""
    page, version = made.page, made.version
    page.locator(f"{CHART} .annotate").first.click()
    if page.locator(".drawer:not([hidden]) .annotation").count():
        page.click(".drawer button:has-text('Write one down')")
    page.fill(".annotation-form [type=text]", title)
    page.locator(".annotation-form [type=datetime-local]").first.fill(begins)
    if "ends" in more:
        page.locator(".annotation-form [type=datetime-local]").last.fill(more["ends"])
    page.fill(".annotation-form textarea", more.get("note", ""))
    page.click(".annotation-form [type=submit]")
    made.follow(version)


def take_away(made: Tab, title: str) -> None:
    page, version = made.page, made.version
    page.locator(f"{CHART} .annotate").first.click()
    page.click(f".drawer [aria-label='Delete {title}']")
    page.click(f".drawer [aria-label='Delete {title}']")
    made.follow(version)


def flags(page: Any, title: str) -> Any:
    return page.locator(f"{CHART} .flags .flag[aria-label^='{title}']")


def test_one_is_written_seen_changed_and_taken_away(tab: Open) -> None:
    made = tab(1440)
    page = made.open("overview")
    assert page.locator(".flags .flag[aria-label^='Autumn campaign']").count() >= 2
    write(made, HOSTILE, "2026-10-22T09:00", ends="2026-10-23T18:00", note="Phone line down")
    assert flags(page, HOSTILE).count() >= 2
    flag = flags(page, HOSTILE).first
    flag.hover()
    tip = page.locator(".flags li:has(.flag:hover) .tip")
    assert tip.is_visible() and HOSTILE in tip.inner_text() and "Phone line down" in tip.inner_text()
    with shot(page, "annotated"):
        pass
    flag.click()
    page.click(f".drawer [aria-label='Edit {HOSTILE}']")
    version = made.version
    page.fill(".annotation-form [type=text]", "Outage of the provider")
    page.click(".annotation-form [type=submit]")
    made.follow(version)
    assert flags(page, HOSTILE).count() == 0 and flags(page, "Outage of the provider").count() >= 2
    take_away(made, "Outage of the provider")
    assert flags(page, "Outage of the provider").count() == 0


def test_keys_alone_write_one_reach_its_flag_and_close_the_dialog(tab: Open) -> None:
    made = tab(1440)
    page = made.open("overview")
    page.locator(f"{CHART} .annotate").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.locator(f"{CHART} .annotate").first.evaluate("one => one.getRootNode().activeElement === one")
    page.keyboard.press("Enter")
    if page.locator(".drawer:not([hidden]) .annotation").count():
        page.locator(".drawer button:has-text('Write one down')").focus()
        page.keyboard.press("Enter")
    page.keyboard.type("By keys")
    version = made.version
    page.keyboard.press("Enter")
    made.follow(version)
    flags(page, "By keys").first.focus()
    assert page.locator(".flags li:has(.flag:focus) .tip").is_visible()
    page.keyboard.press("Enter")
    assert "By keys" in page.locator(".drawer:not([hidden]) .annotation").inner_text()
    page.keyboard.press("Escape")
    take_away(made, "By keys")


def test_what_cannot_be_kept_is_said_in_the_dialog_and_nothing_is_lost(tab: Open) -> None:
    made = tab()
    page = made.open("overview")
    page.locator(f"{CHART} .annotate").first.click()
    if page.locator(".drawer:not([hidden]) .annotation").count():
        page.click(".drawer button:has-text('Write one down')")
    page.fill(".annotation-form [type=text]", "Turned round")
    page.locator(".annotation-form [type=datetime-local]").first.fill("2026-10-22T09:00")
    page.locator(".annotation-form [type=datetime-local]").last.fill("2026-10-21T09:00")
    page.click(".annotation-form [type=submit]")
    page.wait_for_selector(".annotation-form .wrong:not([hidden])")
    assert "before it starts" in page.locator(".annotation-form .wrong").inner_text()
    assert page.input_value(".annotation-form [type=text]") == "Turned round"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_a_list_below_each_chart_names_them(tab: Open, scheme: str) -> None:
    made = tab(390, scheme, has_touch=True)
    page = made.open("overview")
    write(made, "Seen by thumb", "2026-10-22T09:00")
    row = page.locator(".noted button:has-text('Seen by thumb')").first
    assert row.bounding_box()["height"] >= 44 and page.locator(".flags button").count() == 0
    with shot(page, f"annotated-phone-{scheme}"):
        pass
    row.tap()
    assert failing(page) == []
    page.click(".drawer [aria-label='Edit Seen by thumb']")
    assert failing(page) == []
    page.keyboard.press("Escape")
    take_away(made, "Seen by thumb")

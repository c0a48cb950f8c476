"""The pages on a phone: four at the bottom, all behind More, the neighbours a swipe away."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Open, Tab, shot
from .test_pages import PAGES

TOUCH: dict[str, Any] = {"has_touch": True, "is_mobile": True}


def swipe(page: Any, x: int, *, down: int = 0, at: tuple[int, int] = (200, 110), fingers: int = 1) -> None:
    """Move one finger or two over the page, as a screen reports it."""
    session = page.context.new_cdp_session(page)

    def send(kind: str, share: float) -> None:
        points = [{"x": at[0] + x * share, "y": at[1] + down * share + 40 * one, "id": one} for one in range(fingers)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [] if kind == "touchEnd" else points})

    send("touchStart", 0)
    for step in range(1, 5):
        send("touchMove", step / 4)
    send("touchEnd", 1)


def order(page: Any) -> list[str]:
    links = page.locator("nav a[data-page]").evaluate_all("links => links.map(link => link.pathname)")
    return [str(link).rsplit("/", 1)[-1] for link in links]


def test_four_pages_stand_at_the_bottom_and_more_opens_all(tab: Open) -> None:
    page = tab(390).open("overview")
    assert page.locator("nav a:visible").count() == 4
    assert page.locator("nav a[aria-current=page]").is_visible()
    page.click("nav .more")
    with shot(page, "phone-pages"):
        assert page.locator("nav a:visible").count() == len(PAGES)
        assert page.locator("nav .more").get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert page.locator("nav a:visible").count() == 4
    assert page.evaluate("document.activeElement.className") == "more"


def test_every_page_is_two_taps_away(tab: Open) -> None:
    made = tab(390)
    page = made.open("overview?team=Billing")
    page.click("nav .more")
    page.click("nav a[href*=glossary]")
    page.wait_for_url("**/glossary?team=Billing")
    made.settle()
    assert page.locator("nav .more").evaluate("more => getComputedStyle(more).fontWeight") == "600"


def test_a_tap_beside_the_sheet_closes_it(tab: Open) -> None:
    page = tab(390).open("overview")
    page.click("nav .more")
    page.mouse.click(200, 60)
    assert page.locator("nav a:visible").count() == 4


@pytest.fixture
def phone(tab: Open) -> Tab:
    made: Tab = tab(390, **TOUCH)
    return made


def test_a_swipe_leads_to_the_neighbour_and_carries_the_filters(phone: Tab) -> None:
    page = phone.open("response_times?team=Billing")
    pages = order(page)
    here = pages.index("response_times")
    swipe(page, -140)
    page.wait_for_url(f"**/{pages[here + 1]}?team=Billing")
    phone.settle()
    swipe(page, 140)
    page.wait_for_url("**/response_times?team=Billing")
    phone.settle()


def stays(phone: Tab, name: str) -> None:
    phone.page.wait_for_timeout(300)
    assert phone.page.url.rsplit("/", 1)[-1].split("?")[0] == name


def test_a_short_a_steep_and_a_two_finger_move_are_no_swipe(phone: Tab) -> None:
    page = phone.open("response_times")
    swipe(page, -60)
    swipe(page, -100, down=90)
    swipe(page, -140, fingers=2)
    swipe(page, -140, at=(384, 110))
    stays(phone, "response_times")


def test_a_swipe_over_a_chart_or_a_field_is_no_swipe(phone: Tab) -> None:
    page = phone.open("sla")
    slot = page.locator(".slot").first
    slot.scroll_into_view_if_needed()
    box = slot.bounding_box()
    swipe(page, -140, at=(260, int(box["y"] + 60)))
    stays(phone, "sla")
    page = phone.open("tickets")
    box = page.locator("[data-field=search]").bounding_box()
    swipe(page, -140, at=(220, int(box["y"] + 10)))
    stays(phone, "tickets")


def test_a_swipe_beside_an_open_drawer_is_no_swipe(phone: Tab) -> None:
    page = phone.open("sla")
    page.locator(".card").first.click()
    swipe(page, -140, at=(260, 60))
    swipe(page, -140, at=(260, 600))
    stays(phone, "sla")
    assert page.locator(".drawer:not(.builder)").is_visible()


def test_the_page_can_be_zoomed_with_two_fingers(tab: Open) -> None:
    page = tab(390).open("overview")
    told = page.locator("meta[name=viewport]").get_attribute("content")
    assert "maximum-scale" not in told and "user-scalable" not in told


def test_the_script_of_a_page_runs_as_it_was_written(tab: Open) -> None:
    page = tab(1280).open("overview")
    scripts = "[...Bokeh.documents[0]._all_models.values()].filter((one) => one.esm)"
    assert page.evaluate(f"{scripts}.map((one) => one.compiled === one.esm)") == [True]

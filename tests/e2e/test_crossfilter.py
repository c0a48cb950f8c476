"""A mark is clicked, brushed or walked to, and every other view follows; it is undone as easily."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Open, Tab, shot
from .test_navigation import TOUCH, swipe

CHART = ".chart:has-text('{}') .slot"


def created(page: Any) -> str:
    return str(page.inner_text(".card[data-metric=tickets_created] .card-value"))


def within(page: Any, title: str) -> dict[str, float]:
    """A point over one of a chart's bars, within its slot."""
    box = page.locator(CHART.format(title)).bounding_box()
    return {"x": box["width"] * 0.6, "y": 80}


def click(tab: Tab, title: str, at: dict[str, float]) -> None:
    version = tab.version
    tab.page.locator(CHART.format(title)).click(position=at)
    tab.follow(version)


def test_a_click_narrows_the_page_and_a_second_one_undoes_it(tab: Open) -> None:
    made = tab()
    page = made.open("overview")
    whole, at = created(page), within(page, "How many tickets come in?")
    click(made, "How many tickets come in?", at)
    assert created(page) != whole and "pick=" in page.url
    with shot(page, "picked"):
        assert page.locator(".veil:visible").count() == 1
    page.reload()
    made.settle()
    assert created(page) != whole
    click(made, "How many tickets come in?", at)
    assert created(page) == whole and "pick=" not in page.url


def test_escape_lets_go_of_what_was_picked(tab: Open) -> None:
    made = tab()
    page = made.open("overview")
    whole = created(page)
    click(made, "How many tickets come in?", within(page, "How many tickets come in?"))
    version = made.version
    page.keyboard.press("Escape")
    made.follow(version)
    assert created(page) == whole


def test_days_are_brushed(tab: Open) -> None:
    made = tab()
    page = made.open("overview")
    box = page.locator(CHART.format("How many tickets come in?")).bounding_box()
    version = made.version
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 100, steps=3)
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 100, steps=3)
    page.mouse.up()
    made.follow(version)
    said = page.inner_text(".chart:has-text('How many tickets come in?') .caption")
    assert said.startswith("Only ") and " to " in said
    page.locator(".chart .caption >> text=Undo").click()
    made.settle()
    assert "pick=" not in page.url


def test_a_mark_is_picked_by_keyboard(tab: Open) -> None:
    made = tab()
    page = made.open("overview")
    whole = created(page)
    page.locator(CHART.format("When do they write?")).focus()
    for key in ("ArrowRight", *["ArrowDown"] * 2, *["ArrowRight"] * 10):
        page.keyboard.press(key)
    version = made.version
    page.keyboard.press(" ")
    made.follow(version)
    assert created(page) != whole
    assert "Wednesday, 10:00" in page.inner_text(".said")


def test_days_are_brushed_by_keyboard(tab: Open) -> None:
    made = tab()
    page = made.open("overview")
    slot = page.locator(CHART.format("How many tickets come in?"))
    slot.focus()
    for key in (*["ArrowRight"] * 2, *["Shift+ArrowRight"] * 2):
        page.keyboard.press(key)
    said = slot.locator(":scope > .tip em").inner_text()
    assert said.startswith("picking ")
    version = made.version
    page.keyboard.press(" ")
    made.follow(version)
    assert page.inner_text(".said").endswith(said.replace("picking", "only"))


def middle(page: Any, title: str) -> tuple[int, int]:
    """A point over the marks of a chart, once it is scrolled to the middle of the screen."""
    slot = page.locator(CHART.format(title))
    slot.evaluate("slot => slot.scrollIntoView({block: 'center'})")
    box = slot.bounding_box()
    return int(box["x"] + box["width"] * 0.6), int(box["y"] + box["height"] * 0.6)


@pytest.mark.parametrize("title", ["How many tickets come in?", "When do they write?", "What moved the volume?"])
def test_a_finger_picks_a_mark_reads_it_and_lets_go(tab: Open, title: str) -> None:
    made = tab(width=390, **TOUCH)
    page = made.open("overview")
    at, version = middle(page, title), made.version
    page.touchscreen.tap(*at)
    made.follow(version)
    assert "pick=" in page.url and "only" in page.inner_text(".said")
    assert page.locator(CHART.format(title)).locator(":scope > .tip").is_visible()
    version = made.version
    page.locator(".chart .caption >> text=Undo").tap()
    made.follow(version)
    assert "pick=" not in page.url


def test_a_finger_brushes_days_and_picks_nothing_while_it_scrolls(tab: Open) -> None:
    made = tab(width=390, **TOUCH)
    page = made.open("overview")
    at, before, version = middle(page, "How many tickets come in?"), page.evaluate("scrollY"), made.version
    swipe(page, 4, down=-150, at=at)
    page.wait_for_function(f"scrollY > {before}")
    assert made.version == version
    at = middle(page, "How many tickets come in?")
    swipe(page, -80, at=at)
    made.follow(version)
    assert " to " in page.inner_text(".chart:has-text('How many tickets come in?') .caption")
    slot = page.locator(CHART.format("How many tickets come in?"))
    assert slot.evaluate("slot => getComputedStyle(slot).touchAction") == "pan-y pinch-zoom"


def test_a_double_click_opens_the_tickets_of_a_shade(tab: Open) -> None:
    made = tab()
    page = made.open("overview")
    slot = page.locator(CHART.format("When do they write?"))
    box = slot.bounding_box()
    slot.dblclick(position={"x": box["width"] / 2, "y": box["height"] / 2})
    page.wait_for_url("**/tickets?*hour_of_day*")
    made.settle()
    assert "Tickets created, " in page.inner_text(".marked")


def test_a_double_click_opens_the_tickets_of_the_mark(tab: Open) -> None:
    made = tab()
    page = made.open("overview")
    slot = page.locator(CHART.format("How many tickets come in?"))
    slot.dblclick(position=within(page, "How many tickets come in?"))
    page.wait_for_url("**/tickets?*cell=*")
    made.settle()
    assert "Tickets created" in page.inner_text(".marked")


def test_a_tap_picks_and_a_group_of_a_table_is_picked_too(tab: Open) -> None:
    made = tab(width=390)
    page = made.open("overview")
    whole = created(page)
    row = page.locator("table.ranking button.pick").first
    version = made.version
    row.click()
    made.follow(version)
    assert created(page) != whole
    assert page.locator("table.ranking tr.picked").count() == 1
    assert page.locator("table.ranking tbody tr").count() > 1


def test_a_chart_is_cut_and_measured_otherwise_in_place(tab: Open) -> None:
    made = tab()
    page = made.open("overview")
    chart = page.locator(".chart").first
    chart.locator("text=Change").click()
    version = made.version
    chart.locator("[aria-label='Cut by']").select_option("team")
    made.follow(version)
    assert "Billing" in chart.locator(".legend").inner_text()
    version = made.version
    chart.locator("[aria-label=Measure]").select_option("tickets_solved")
    made.follow(version)
    assert chart.locator("h2").inner_text() == "Tickets solved"
    page.reload()
    made.settle()
    assert page.locator(".chart").first.locator("h2").inner_text() == "Tickets solved"
    page.locator(".chart").first.locator("text=Change").click()
    version = made.version
    page.locator(".chart").first.locator("text=Reset").click()
    made.follow(version)
    assert page.locator(".chart").first.locator("h2").inner_text() == "How many tickets come in?"


def test_what_is_cut_by_its_own_takes_another_measure_and_the_page_stays_whole(tab: Open) -> None:
    made = tab()
    page = made.open("sla")
    chart = page.locator(".chart:has-text('Which policy is kept?')")
    chart.locator("text=Change").click()
    assert chart.locator("[aria-label='Cut by'] option:checked").inner_text() == "policy"
    version, place = made.version, page.locator(".grid > .panel").count()
    chart.locator("[aria-label=Measure]").select_option("tickets_created")
    made.follow(version)
    page.wait_for_selector(".chart h2:text-is('Tickets created')")
    assert page.locator(".state.failed").count() == 0 and page.locator(".grid > .panel").count() == place
    bands = page.locator(".chart:has-text('Which targets break, under which priority?')")
    bands.locator("text=Change").click()
    version = made.version
    bands.locator("[aria-label='Cut by']").select_option("team")
    made.follow(version)
    assert "Billing" in bands.locator(".legend").inner_text()

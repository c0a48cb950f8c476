"""Charts without a figure in a browser: read by keys, picked, opened to their tickets, their table behind them."""

from __future__ import annotations

from typing import Any

import pytest

from .axe import failing
from .conftest import Open, shot

BOXES, STEPS = "section:has(> .spread)", "section:has(> .funnel)"
SMALL = "section:has(> .multiples)"


def test_a_box_opens_its_receipt_and_leads_to_its_tickets(tab: Open) -> None:
    made = tab()
    page = made.open("response_times?period=-90d")
    track = page.locator(f"{BOXES} .track").first
    said = track.get_attribute("aria-label")
    assert "median:" in said and "90 %:" in said
    track.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".drawer:not([hidden]) .big")
    team = said.split(",")[0]
    page.click("text=Open the tickets")
    made.settle()
    assert team in page.locator(".marked").inner_text()


def test_a_group_picked_on_a_box_narrows_the_page_and_a_second_press_lets_go(tab: Open) -> None:
    made = tab()
    page = made.open("response_times?period=-90d")
    before, version = page.locator(f"{STEPS} b").first.inner_text(), made.version
    page.locator(f"{BOXES} li button.link").first.click()
    made.follow(version)
    assert page.locator(f"{BOXES} li.behind-veil").count() > 0
    assert page.locator(f"{STEPS} b").first.inner_text() != before
    version = made.version
    page.locator(f"{BOXES} li button.link[aria-pressed=true]").click()
    made.follow(version)
    assert page.locator(f"{STEPS} b").first.inner_text() == before


def test_a_step_of_the_funnel_leads_to_its_tickets(tab: Open) -> None:
    made = tab()
    page = made.open("response_times?period=-90d")
    count = page.locator(f"{STEPS} b").nth(2).inner_text()
    page.locator(f"{STEPS} li button").nth(2).click()
    page.click("text=Open the tickets")
    made.settle()
    assert page.locator(".count").first.inner_text().startswith(count)


def test_the_csv_of_a_funnel_holds_plain_numbers(tab: Open) -> None:
    page = tab().open("response_times?period=-90d")
    with page.expect_download() as saved:
        page.locator(f"{STEPS} .tools >> text=CSV").click()
    heads, first, second, *_ = saved.value.path().read_text("utf-8-sig").splitlines()
    assert heads == 'Step,Tickets,"Of all, %","Of the step before, %"' and first.endswith(",100,")
    assert all(float(value) >= 0 for value in second.split(",")[1:])


def test_small_charts_are_read_bucket_by_bucket_in_all_of_them_at_once(tab: Open) -> None:
    page = tab().open("backlog")
    page.locator(f"{SMALL} .small-chart").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.locator(f"{SMALL} p.at").inner_text() == "Mon 5 Oct 2026"
    picture = page.locator(f"{SMALL} .small-chart svg").nth(1).bounding_box()
    page.mouse.move(picture["x"] + picture["width"] - 1, picture["y"] + 10)
    assert page.locator(f"{SMALL} p.at").inner_text() == "Sat 31 Oct 2026"
    page.locator(f"{SMALL} .tools >> text=Table").click()
    heads = page.locator(f"{SMALL} .behind thead th").all_inner_texts()
    assert heads[0] == "day" and heads[-1] == "Annotations"


@pytest.mark.parametrize("width", [1280, 390])
def test_they_are_added_to_a_page_from_the_library(tab: Open, width: int) -> None:
    made = tab(width)
    page = made.open("overview")
    page.click(".arrange-open")
    boxes, steps = ("first_reply_median_minutes", "boxes", BOXES), ("tickets_replied_in_time", "funnel", STEPS)
    for metric, kind, drawn in (boxes, steps):
        version = made.version
        page.click(".arrange-bar button:has-text('Add')")
        page.fill("[aria-label='Search the library']", metric.replace("_", " "))
        page.click(f".found [data-metric={metric}]")
        page.click(f".kinds [data-kind={kind}]")
        page.wait_for_selector(f".preview:not(.busy) {drawn}")
        page.click("text=Add to the page")
        made.follow(version)
        assert page.locator(f".placed {drawn}").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_they_stand_in_both_themes_and_on_a_phone(tab: Open, scheme: str) -> None:
    for width in (1440, 390):
        made: Any = tab(width, scheme)
        for name in ("response_times", "backlog"):
            page = made.open(f"{name}?period=-90d")
            assert failing(page) == []
            with shot(page, f"bare-{name}-{width}-{scheme}"):
                pass

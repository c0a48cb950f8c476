"""A page arranged: by mouse, finger and keys; widgets added, saved, shared, overtaken and taken back."""

from __future__ import annotations

import re
from typing import Any

from .conftest import Open, Tab, shot

FIRST, SECOND = "how-many-tickets-come-in", "what-moved-the-volume"


def arrange(tab: Tab, path: str = "overview") -> Any:
    """A page being arranged."""
    page = tab.open(path)
    page.click(".arrange-open")
    page.wait_for_selector(".placed")
    return page


def order(page: Any) -> list[str]:
    return [str(one.get_attribute("data-view")) for one in page.query_selector_all(".grid > [data-view]")]


def grip(page: Any, view: str) -> Any:
    return page.locator(f".placed[data-view={view}] .grip")


def save_as(page: Any, name: str, *roles: str) -> None:
    page.click(".arrange-bar button:has-text('Save as')")
    page.fill(".save-form [aria-label=Name]", name)
    for role in roles:
        page.check(f".save-form input[value={role}]")
    page.click(".save-form button[type=submit]")
    page.wait_for_selector(f".arrange-bar strong:text-is('{name}')")
    page.wait_for_function("name => location.search.includes(new URLSearchParams({layout: name}))", arg=name)


def add(page: Any, words: str, metric: str, kind: str) -> None:
    page.click(".arrange-bar button:has-text('Add')")
    page.fill("[aria-label='Search the library']", words)
    page.click(f".found [data-metric={metric}]")
    page.click(f".kinds [data-kind={kind}]")
    page.wait_for_selector(".preview:not(.busy) > *")
    page.click("text=Add to the page")


def test_a_widget_is_moved_resized_and_removed_by_keys_and_each_is_said(tab: Open) -> None:
    page = arrange(tab())
    grip(page, FIRST).focus()
    page.keyboard.press("ArrowRight")
    assert order(page)[2:4] == [SECOND, FIRST]
    assert page.locator(".bar [role=status].unseen").last.inner_text() == "How many tickets come in?: 4 of 9"
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    assert "8" in grip(page, FIRST).evaluate("grip => grip.closest('.placed').style.getPropertyValue('--cols')")
    assert "two thirds, 2 steps high" in grip(page, FIRST).get_attribute("aria-label")
    page.keyboard.press("Delete")
    assert FIRST not in order(page)
    page.click(".arrange-bar button:has-text('Undo')")
    assert order(page)[3] == FIRST
    page.click(".arrange-bar button:has-text('Reset')")
    assert order(page)[2:4] == [FIRST, SECOND]


def drag(page: Any, view: str, onto: str) -> None:
    start, end = grip(page, view).bounding_box(), page.locator(f".placed[data-view={onto}]").bounding_box()
    page.mouse.move(start["x"] + 20, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] - 30, end["y"] + 60, steps=8)
    page.mouse.up()


def test_a_widget_is_dragged_by_mouse_and_escape_lets_it_go_back(tab: Open) -> None:
    page = arrange(tab())
    drag(page, FIRST, SECOND)
    assert order(page)[2:4] == [SECOND, FIRST]
    with shot(page, "arranging"):
        box = grip(page, FIRST).bounding_box()
        page.mouse.move(box["x"] + 20, box["y"] + 10)
        page.mouse.down()
        page.mouse.move(box["x"] - 300, box["y"] + 40, steps=5)
        page.keyboard.press("Escape")
        page.mouse.up()
    assert order(page)[2:4] == [SECOND, FIRST]
    assert page.locator(".arrange-bar").is_visible()


def pull(page: Any, view: str, across: float, down: float) -> None:
    """Take a widget's lower right corner so far along, and hold it there."""
    box = page.locator(f".placed[data-view={view}]").bounding_box()
    page.mouse.move(box["x"] + box["width"] - 6, box["y"] + box["height"] - 6)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * across, box["y"] + box["height"] * down, steps=8)


def test_a_widget_is_resized_by_its_corner_and_escape_lets_it_be(tab: Open) -> None:
    page = arrange(tab())
    named, undo = grip(page, FIRST), page.locator(".arrange-bar button:has-text('Undo')")
    before = page.locator(f".placed[data-view={FIRST}]").bounding_box()
    pull(page, FIRST, 0.5, 0.9)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert ", half." in named.get_attribute("aria-label") and undo.is_disabled()
    assert page.locator(f".placed[data-view={FIRST}]").bounding_box() == before
    pull(page, FIRST, 0.68, 1.9)
    page.mouse.up()
    assert ", a third, 2 steps high." in named.get_attribute("aria-label")
    assert page.locator(".bar [role=status].unseen").last.inner_text().endswith(": a third, 2 steps high")
    after = page.locator(f".placed[data-view={FIRST}]").bounding_box()
    with shot(page, "arranging-resized"):
        assert after["width"] < before["width"] * 0.75 and after["height"] > before["height"] * 1.8
    undo.click()
    assert ", half." in named.get_attribute("aria-label")
    pull(page, "cards", 0.52, 3)
    page.mouse.up()
    assert ", half." in grip(page, "cards").get_attribute("aria-label"), "only charts grow in height"


def test_a_finger_drags_a_widget_on_a_phone_and_every_target_is_large(tab: Open) -> None:
    page = arrange(tab(390))
    client = page.context.new_cdp_session(page)
    touch = grip(page, "sentence").bounding_box()
    end = page.locator(".placed[data-view=cards]").bounding_box()
    at = {"x": touch["x"] + 20, "y": touch["y"] + 20}
    client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    for step in range(1, 9):
        y = at["y"] + (end["y"] + end["height"] - 10 - at["y"]) * step / 8
        client.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": at["x"], "y": y}]})
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_selector(".dragged", state="detached")
    assert order(page)[:2] == ["cards", "sentence"]
    with shot(page, "arranging-phone"):
        sizes = page.eval_on_selector_all(
            ".arrange-bar button, .frame button",
            "all => all.filter(one => one.offsetParent).map(one => [one.offsetWidth, one.offsetHeight])",
        )
    assert min(height for _, height in sizes) >= 44 and min(width for width, _ in sizes) >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_widget_from_the_library_is_found_tried_added_saved_and_there_again(tab: Open) -> None:
    made = tab()
    page = arrange(made)
    add(page, "reopen", "reopened_pct", "lines")
    page.wait_for_selector(".placed[data-view=w1] .chart canvas, .placed[data-view=w1] .chart .bk-Figure")
    made.settle()
    with shot(page, "arranging-added"):
        assert order(page)[-1] == "w1"
    save_as(page, "With reopens")
    page.click(".arrange-bar button:has-text('Done')")
    page.reload()
    made.settle()
    assert page.locator(".grid > *").last.locator("h2").inner_text() == "Reopened"
    assert "With reopens" in page.locator(".arrange-open").inner_text()
    version = made.version
    page.select_option("[data-field=team]", "Billing")
    made.follow(version)
    assert page.locator(".grid > *").count() == 10


def test_a_link_shows_the_layout_in_another_browser(tab: Open) -> None:
    page = arrange(tab())
    grip(page, "cards").focus()
    page.keyboard.press("Delete")
    save_as(page, "Linked", "everyone")
    other = tab(scheme="dark").open("overview?layout=local/Linked&team=Billing")
    assert other.locator(".cards").count() == 0 and other.locator("[data-field=team]").input_value() == "Billing"
    with shot(other, "arranged-dark"):
        assert other.locator(".grid.arranged > *").count() == 8


def test_an_unknown_layout_in_a_link_is_said_and_the_page_stays(tab: Open) -> None:
    page = tab().open("overview?layout=gone")
    assert "Unknown layout of page overview 'gone'" in page.locator(".problems [role=alert]").inner_text()
    assert page.locator(".grid > *").count() == 9


def test_the_second_of_two_tabs_is_told_keeps_its_arrangement_and_saves_a_copy(tab: Open) -> None:
    page = arrange(tab())
    grip(page, "cards").focus()
    page.keyboard.press("Delete")
    save_as(page, "Both")
    other = arrange(tab(), "overview?layout=Both")
    for one, key in ((page, "ArrowRight"), (other, "Shift+ArrowLeft")):
        grip(one, FIRST).focus()
        one.keyboard.press(key)
        one.click(".arrange-bar button:text-is('Save')")
    other.wait_for_selector("#drawer-title:text-is('Somebody saved first')")
    assert "changed meanwhile" in other.locator(".drawer:not(.builder) .drawer-body").inner_text()
    assert "layout=local%2FBoth" in other.locator("a:has-text('Look at theirs')").get_attribute("href")
    other.click(".drawer button:has-text('Save as')")
    other.fill(".save-form [aria-label=Name]", "Mine too")
    other.click(".save-form button[type=submit]")
    other.wait_for_selector(".arrange-bar strong:text-is('Mine too')")
    assert grip(other, FIRST).evaluate("grip => grip.closest('.placed').style.getPropertyValue('--cols')") == "4"


def test_an_older_version_is_restored_as_a_new_one_and_a_layout_is_deleted(tab: Open) -> None:
    page = arrange(tab())
    grip(page, FIRST).focus()
    page.keyboard.press("Delete")
    save_as(page, "Versions")
    page.click(".arrange-bar button:has-text('Reset')")
    page.click(".arrange-bar button:text-is('Save')")
    page.wait_for_selector(".arrange-bar button:text-is('Save'):disabled")
    page.click(".arrange-bar button:has-text('Layouts')")
    mine = page.locator(".layouts li", has_text=re.compile("^Versions"))
    mine.locator("text=History").click()
    page.click(".layouts li:has-text('Version 1') >> text=Restore")
    page.wait_for_selector(".layouts li:has-text('Version 3') >> text=in use")
    assert FIRST not in order(page)
    page.click("text=All layouts")
    mine.locator("text=Share").click()
    page.check(".save-form input[value=lead]")
    page.click(".save-form button[type=submit]")
    assert "shared with leads" in mine.locator(".small").inner_text()
    mine.locator("text=Delete").click()
    mine.locator("text=Delete for good?").click()
    page.wait_for_function("() => !location.search.includes('layout')")
    assert FIRST in order(page)


def test_escape_asks_before_an_arrangement_is_lost_and_a_reload_offers_it_again(tab: Open) -> None:
    made = tab()
    page = arrange(made)
    grip(page, FIRST).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    page.wait_for_selector("#drawer-title:text-is('Leave without saving?')")
    page.click("text=Go on arranging")
    page.reload()
    made.settle()
    assert order(page) == [] and page.locator(".grid .placed").count() == 0
    page.click(".arrange-waiting >> text=Go on arranging")
    assert order(page)[3] == FIRST
    page.click(".arrange-bar button:has-text('Done')")
    page.click("text=Discard")
    page.wait_for_selector(".placed", state="detached")
    assert page.locator(".grid > *").nth(2).locator("h2").inner_text() == "How many tickets come in?"

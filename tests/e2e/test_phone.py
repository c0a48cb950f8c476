"""On a phone: nothing to the side, room for a thumb, charts laid out anew, tables as cards."""

from __future__ import annotations

from typing import Any, Final

import pytest

from .conftest import Open, shot
from .test_pages import PAGES

PHONES: Final = (360, 390, 430)
LEAST_PX: Final = 44
# WCAG 2.5.8 leaves out links in running text: a thumb-sized one would push its lines apart.
RUNNING_TEXT: Final = ".sentence, .claims, .caption, .said, .marked"
SMALL: Final = """([least, text]) => {
  const found = []
  const walk = root => root.querySelectorAll('*').forEach(el => {
    if (el.shadowRoot) walk(el.shadowRoot)
    if (!el.matches('button, a[href], select, input, textarea, summary')) return
    if (el.closest(text) || !el.checkVisibility({visibilityProperty: true})) return
    const {width, height, right} = el.getBoundingClientRect()
    if (right < 0 || el.closest('.unseen')) return
    if (width < least - 0.5 || height < least - 0.5) found.push(
      `${el.tagName}.${el.className} ${width.toFixed()}x${height.toFixed()} ${el.textContent.slice(0, 20)}`)
  })
  walk(document)
  return found
}"""

WIDER: Final = """() => {
  const found = []
  const walk = root => root.querySelectorAll('*').forEach(el => {
    if (el.shadowRoot) walk(el.shadowRoot)
    if (el.tagName !== 'TABLE' || !el.checkVisibility()) return
    const {scrollWidth, clientWidth} = el.parentElement
    if (scrollWidth > clientWidth) found.push(`${el.className}: ${scrollWidth} in ${clientWidth}`)
  })
  walk(document)
  return found
}"""


def small(page: Any) -> list[str]:
    """The visible controls that are smaller than a thumb."""
    return list(page.evaluate(SMALL, [LEAST_PX, RUNNING_TEXT]))


def sideways(page: Any) -> int:
    """How many pixels the page can be scrolled to the side."""
    return int(page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_every_phone_and_every_control_a_thumb(tab: Open, name: str) -> None:
    made = tab(PHONES[0])
    page = made.open(name)
    made.worked_out()
    for width in PHONES:
        page.set_viewport_size({"width": width, "height": 844})
        made.settle()
        assert (width, sideways(page), small(page)) == (width, 0, [])


def test_what_opens_on_a_page_fits_a_thumb_too(tab: Open) -> None:
    page = tab(360).open("overview")
    page.locator(".chart >> text=Change").first.click()
    page.locator(".chart >> text=Table").first.click()
    page.click(".open-filters")
    assert (sideways(page), small(page)) == (0, [])
    page.click(".open-filters")
    page.click("nav .more")
    assert (sideways(page), small(page)) == (0, [])
    page.keyboard.press("Escape")
    page.locator(".card").first.click()
    assert (sideways(page), small(page)) == (0, [])


def test_a_conversation_fits_a_thumb_too(tab: Open) -> None:
    page = tab(360).open("tickets")
    page.locator("table.tickets .subject button").first.click()
    page.wait_for_selector(".messages .message")
    assert (sideways(page), small(page)) == (0, [])


def test_charts_are_one_a_row_and_their_names_stand_below(tab: Open) -> None:
    page = tab(390).open("overview")
    boxes = page.locator(".chart").evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())")
    assert {round(box["width"]) for box in boxes} == {366}
    lines = page.locator(".chart:has-text('How long until the first reply?')")
    legend = lines.locator(".legend")
    assert "90th percentile" in legend.inner_text() and "target 60" in legend.inner_text()
    assert legend.bounding_box()["y"] > lines.locator(".slot").bounding_box()["y"] + 200
    names = "[...Bokeh.documents[0].all_models].filter(m => m.type === 'Text').map(m => m.id)"
    assert page.evaluate(f"{names}.length") > 0
    hidden = "[...Bokeh.documents[0].all_models].filter(m => m.glyph?.type === 'Text').every(m => !m.visible)"
    assert page.evaluate(hidden)


def test_a_week_by_hours_stands_on_end_and_its_cells_can_be_picked(tab: Open) -> None:
    made = tab(390)
    page = made.open("overview")
    slot = page.locator(".chart:has-text('When do they write?') .slot")
    assert slot.bounding_box()["height"] > 350
    slot.focus()
    for key in (*["ArrowDown"] * 11, *["ArrowRight"] * 2):
        page.keyboard.press(key)
    assert page.locator(".tip:visible strong").inner_text() == "Wednesday, 10:00".replace("Wednesday", "Wed")
    version = made.version
    page.keyboard.press(" ")
    made.follow(version)
    assert "Wednesday, 10:00" in page.inner_text(".said")
    with shot(page, "phone-heat"):
        assert page.locator(".veil:visible").count() == 1


def test_tables_of_words_become_cards(tab: Open) -> None:
    page = tab(390).open("glossary")
    row = page.locator("table.listing tbody tr").first
    assert row.evaluate("row => getComputedStyle(row).display") == "grid"
    assert row.locator("td.long").first.bounding_box()["width"] > 300
    assert row.locator("td").first.evaluate("cell => getComputedStyle(cell, '::before').content").startswith('"Unit"')
    assert page.locator(".panel .scroll").first.evaluate("el => el.scrollWidth - el.clientWidth") <= 1


def test_a_long_table_begins_short_and_shows_the_rest_when_asked(tab: Open) -> None:
    made = tab(390)
    page = made.open("glossary")
    rows = page.locator("table.listing tbody tr")
    assert rows.count() == 12
    page.click(".more-rows button")
    assert rows.count() == 60
    made.open("overview")
    made.worked_out()
    rows, more = page.locator("table.ranking tbody tr:visible"), page.locator(".on-a-phone button")
    assert rows.count() == 6 and more.inner_text() == f"Show {page.locator('table.ranking tbody tr').count() - 6} more"
    more.click()
    assert rows.count() == page.locator("table.ranking tbody tr").count() > 8 and more.count() == 0
    assert page.evaluate("document.activeElement.shadowRoot?.activeElement?.closest('tr')?.rowIndex") == 7


@pytest.mark.parametrize("name", PAGES)
def test_no_table_is_wider_than_its_box(tab: Open, name: str) -> None:
    made = tab(360)
    page = made.open(name)
    made.worked_out()
    for width in (360, 390, 430, 768, 900, 1024, 1200, 1280, 360):
        page.set_viewport_size({"width": width, "height": 844})
        made.settle()
        assert (width, page.evaluate(WIDER)) == (width, [])


def test_a_ranking_on_a_phone_shows_every_number_below_its_group(tab: Open) -> None:
    made = tab(390)
    page = made.open("overview")
    made.worked_out()
    table = page.locator("table.ranking")
    name, *figures = table.locator("tbody tr").first.locator("th, td.figure-cell").all()
    heads = table.locator("thead th.figure-cell")
    assert len(figures) == heads.count() > 2
    below = name.bounding_box()["y"] + name.bounding_box()["height"]
    for at, figure in enumerate(figures):
        box = figure.bounding_box()
        assert box["y"] >= below - 1 and box["x"] + box["width"] <= 390
        assert box["x"] == pytest.approx(heads.nth(at).bounding_box()["x"], abs=1)
    change = table.locator(".change:visible").first
    number = change.locator("xpath=..").locator("button.number")
    assert change.bounding_box()["x"] == pytest.approx(number.bounding_box()["x"], abs=1)


def test_where_the_heads_do_not_fit_each_number_says_its_own(tab: Open) -> None:
    made = tab(390)
    page = made.open("teams")
    made.worked_out()
    table = page.locator("table.ranking.told").first
    heads = table.get_by_role("columnheader").all_inner_texts()
    row = table.get_by_role("row").nth(1)
    cells = row.locator("td.figure-cell")
    labels = cells.evaluate_all("all => all.map(one => one.dataset.label)")
    assert labels == heads[2:] and len(labels) > 4
    said = cells.first.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert said.startswith(f'"{labels[0]}"')
    assert row.get_by_role("rowheader").count() == 1 and row.get_by_role("cell").count() == len(labels) + 2

"""The Export menu, and that a chart's own CSV holds the rows that a report of it holds."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pytest import MonkeyPatch

from deskbook.book import Book
from deskbook.reports import find_page

from .conftest import Open, shot


def saved(page: Any, press: Any) -> Path:
    """What a click or key downloads."""
    with page.expect_download(timeout=60_000) as download:
        press()
    return Path(download.value.path())


def test_a_page_is_exported_by_keyboard_under_the_filters_shown(tab: Open, synced: Book) -> None:
    made = tab()
    page = made.open("overview")
    made.choose("team", "Billing")
    page.locator(".export summary").focus()
    page.keyboard.press("Enter")
    with shot(page, "export-menu"):
        for _ in range(4):
            page.keyboard.press("Tab")
    file = saved(page, lambda: page.keyboard.press("Enter"))
    cards = {
        row[0]: row[1] for row in load_workbook(io.BytesIO(file.read_bytes()))["Cards"].iter_rows(values_only=True)
    }
    assert cards["Tickets created"] == synced.query("tickets_created", where="team = Billing", period="-28d").value()
    page.wait_for_selector("text=Excel saved")


def test_while_a_file_is_made_the_page_says_so_and_a_failure_is_drawn(tab: Open) -> None:
    made = tab()
    page = made.open("overview")
    page.route("**/export/**", lambda route: route.fulfill(status=503, body="4 files are waiting. Try again in 30 s."))
    page.click(".export summary")
    page.click(".export [data-form=png]")
    page.wait_for_selector(".problems p:has-text('Try again in 30 s')")
    assert not page.locator(".export").evaluate("menu => menu.open")
    made.complaints[:] = [said for said in made.complaints if "503" not in said]


def test_escape_closes_the_menu_and_gives_the_focus_back(tab: Open) -> None:
    page = tab(390).open("overview")
    page.click(".export summary")
    with shot(page, "export-menu-phone"):
        page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not page.locator(".export").evaluate("menu => menu.open")
    assert page.locator(".export summary").evaluate("summary => summary === summary.getRootNode().activeElement")


def tables(home: Path, page: str, monkeypatch: MonkeyPatch) -> dict[str, dict[str, Any]]:
    """The tables a report of a page holds, by their titles."""
    monkeypatch.setenv("DESKBOOK_HOME", str(home))
    cells = json.loads(find_page(home, page).read_text("utf-8"))["cells"]
    space: dict[str, Any] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), space)  # our own notebook
    (document,) = [value for name, value in space["shown"].report().items() if name.endswith("+json")]
    return {view["title"]: view for view in document["views"]}


def test_the_rows_of_a_chart_are_the_same_in_the_page_and_in_a_report(
    tab: Open, synced: Book, monkeypatch: MonkeyPatch
) -> None:
    held = tables(synced.settings.workspace, "overview", monkeypatch)
    page = tab().open("overview")
    charts = page.locator(".chart")
    assert charts.count() == 6
    for place in range(charts.count()):
        chart = charts.nth(place)
        view = held[chart.locator("h2").inner_text()]
        file = saved(page, chart.locator("button:has-text('CSV')").click)
        heads, *rows = csv.reader(file.read_text("utf-8-sig").splitlines())
        assert heads == [head["label"] for head in view["heads"]]
        assert [[_said(cell) for cell in row] for row in rows] == [
            [_said(cell) for cell in row] for row in view["rows"]
        ]


def _said(cell: Any) -> Any:
    """A cell as both write it: numbers as numbers, nothing as nothing."""
    try:
        return float(str(cell).removeprefix("'"))
    except ValueError:
        return "" if cell is None else str(cell)


def test_a_chart_is_saved_as_a_workbook_of_its_own(tab: Open) -> None:
    page = tab().open("overview")
    chart = page.locator(".chart:has-text('How many tickets come in?')")
    book = load_workbook(io.BytesIO(saved(page, chart.locator("button:has-text('Excel')").click).read_bytes()))
    assert book.sheetnames == ["How many tickets come in", "About"]


@pytest.mark.parametrize(("name", "title"), [("overview", "What do they write about?"), ("glossary", "")])
def test_a_table_is_saved_as_a_workbook_too(tab: Open, name: str, title: str) -> None:
    page = tab().open(name)
    table = page.locator(f".panel:has-text('{title}'):has(button:text-is('Excel'))").last
    said = [row.strip() for row in table.locator("tbody th").all_inner_texts()]
    book = load_workbook(io.BytesIO(saved(page, table.locator("button:text-is('Excel')").click).read_bytes()))
    rows = [row[0] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)]
    assert len(said) > 4 and [row for row in rows if row in said] == said


def test_a_press_beside_the_menu_closes_it_and_opens_nothing(tab: Open) -> None:
    page = tab().open("overview")
    page.click(".export summary")
    card = page.locator(".card").first.bounding_box()
    page.wait_for_selector(".grid[inert]", state="attached")
    page.mouse.click(card["x"] + 20, card["y"] + 20)
    page.wait_for_selector(".grid:not([inert])")
    assert page.locator(".export[open]").count() == 0 and page.locator(".drawer:visible").count() == 0
    page.mouse.click(card["x"] + 20, card["y"] + 20)
    page.wait_for_selector(".drawer:not([hidden]) pre")


def test_one_view_of_a_page_is_chosen_in_the_menu(tab: Open) -> None:
    page = tab(390, has_touch=True, is_mobile=True).open("overview")
    page.tap(".export summary")
    what = page.locator("[aria-label='What to save']")
    what.locator("option").first.wait_for(state="attached")
    titles = [title.strip() for title in what.locator("option").all_inner_texts()]
    assert titles[:3] == ["The whole page", "The cards", "How many tickets come in?"]
    what.select_option(label="What do they write about?")
    with shot(page, "export-menu-view"):
        assert what.bounding_box()["height"] >= 44
    with page.expect_download(timeout=60_000) as download:
        page.tap(".export [data-form=csv]")
    assert "what-do-they-write-about" in download.value.suggested_filename
    page.tap(".export summary")
    assert what.input_value() == ""

"""The forms of a report: what is printed on each, and that its numbers are those of the query."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from deskbook.book import Book
from deskbook.errors import BadValue, ConfigError, DeskbookError, UnknownName
from deskbook.reports import Executed, find_browser, write_form, write_report

from .conftest import InProcess

PAGES = (
    *("overview", "response_times", "sla", "backlog", "sentiment", "satisfaction", "volume", "social"),
    *("teams", "tickets"),
    *("ask", "sources", "agreement", "glossary"),
)
PRINTED_AT = datetime(2026, 11, 2, 7, tzinfo=UTC)
BILLING = {"team": "Billing", "period": "2026-10"}
INTAKE = "how-many-tickets-come-in"


@pytest.fixture
def overview(in_process: InProcess) -> Executed:
    return in_process("overview", BILLING)


def sheets(executed: Executed, folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    write_form(executed, "xlsx", folder / "page.xlsx", PRINTED_AT)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(folder / "page.xlsx")}


def rows_of(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))


def with_rows(executed: Executed, *rows: list[Any]) -> Executed:
    """The same page with other rows in its first view, of two columns of words."""
    head = {"label": "Words", "kind": "text", "unit": ""}
    view = executed.data["views"][0] | {"heads": [head, head | {"label": "More"}], "rows": list(rows)}
    return dataclasses.replace(executed, data={**executed.data, "views": [view]})


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_tables_as_wide_as_their_heads(page: str, in_process: InProcess) -> None:
    views = in_process(page, {}).data["views"]
    assert views and len({view["name"] for view in views}) == len(views)
    assert all(len(row) == len(view["heads"]) for view in views for row in view["rows"])


def test_a_workbook_has_a_sheet_a_view_and_its_numbers_are_numbers(
    overview: Executed, tmp_path: Path, synced: Book
) -> None:
    made = sheets(overview, tmp_path)
    assert len(made) == len(overview.data["views"]) + 1
    cards = {row[0]: row[1] for row in made["Cards"][1:]}
    asked = synced.query("tickets_created,csat_good_pct", where="team = Billing", period="2026-10").rows[0]
    assert (cards["Tickets created"], cards["CSAT"]) == (
        asked["tickets_created"],
        pytest.approx(asked["csat_good_pct"], rel=1e-14),
    )


def test_days_are_days_in_a_workbook_and_units_stand_in_the_head(
    overview: Executed, tmp_path: Path, synced: Book
) -> None:
    head, *rows = sheets(overview, tmp_path)["How long until the first reply"]
    assert head[1] == "First reply, median (min)"
    asked = synced.query("first_reply_median_minutes", where="team = Billing", period="2026-10", grain="day").rows
    known = {date.fromisoformat(row["day"]): row["first_reply_median_minutes"] for row in asked}
    # A workbook keeps 16 digits of a number.
    assert {row[0].date(): row[1] for row in rows if row[1] is not None} == pytest.approx(known, rel=1e-14)


def test_the_sheet_about_prints_filters_data_time_snapshot_versions_and_commands(
    overview: Executed, tmp_path: Path
) -> None:
    about = {(row[0], row[1]): row[2:] for row in sheets(overview, tmp_path)["About"]}
    assert about["Page", "Filters"][0] == overview.data["sentence"] and "Billing" in overview.data["sentence"]
    assert about["Page", "Data to (UTC)"][0].startswith("2026-10-31T")
    assert about["Page", "Snapshot"][0] == overview.data["snapshot"]
    assert about["Page", "Printed (UTC)"][0] == "2026-11-02 07:00"
    assert about["Metric", "csat_good_pct"][1] == overview.data["metrics"]["csat_good_pct"]["version"]
    assert about["Receipt", "r0"][0].startswith("deskbook query tickets_created")


def test_text_that_looks_like_a_formula_stays_text_in_a_workbook(overview: Executed, tmp_path: Path) -> None:
    write_form(with_rows(overview, ["=1+1", "@sum"], ["-3", "+4\x07"]), "xlsx", tmp_path / "x.xlsx", PRINTED_AT)
    sheet = load_workbook(tmp_path / "x.xlsx").worksheets[0]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert [(cell.value, cell.data_type) for cell in cells] == [("=1+1", "s"), ("@sum", "s"), ("-3", "s"), ("+4 ", "s")]


def test_a_csv_is_a_head_and_rows_with_what_is_printed_in_its_last_columns(
    in_process: InProcess, tmp_path: Path
) -> None:
    made = in_process("overview", BILLING, view=INTAKE)
    write_form(made, "csv", tmp_path / "intake.csv", PRINTED_AT)
    rows = rows_of((tmp_path / "intake.csv").read_bytes())
    assert [row["day"] for row in rows] == [f"2026-10-{day:02d}" for day in range(1, 32)]
    first = rows[0]
    assert first["period"].startswith("1 Oct 2026 to 31 Oct 2026") and first["filters"].startswith("Billing")
    assert first["snapshot"] == str(made.data["snapshot"]) and first["data_until"].startswith("2026-10-31T")
    assert first["metric_versions"] == f"tickets_created {made.data['metrics']['tickets_created']['version']}"


def test_a_csv_of_a_page_with_several_views_names_them(overview: Executed, tmp_path: Path) -> None:
    with pytest.raises(BadValue, match=rf"8 views .*--view \(cards, {INTAKE}.*NAME.zip"):
        write_form(overview, "csv", tmp_path / "page.csv", PRINTED_AT)
    assert list(tmp_path.iterdir()) == []


def test_an_archive_holds_a_csv_a_view_and_what_they_are_about(overview: Executed, tmp_path: Path) -> None:
    write_form(overview, "zip", tmp_path / "page.zip", PRINTED_AT)
    with ZipFile(tmp_path / "page.zip") as archive:
        names = [view["name"] for view in overview.data["views"]]
        assert archive.namelist() == [*(f"{name}.csv" for name in names), "about.csv"]
        assert "deskbook query" in archive.read("about.csv").decode()


def test_a_formula_in_a_csv_gets_an_apostrophe(overview: Executed, tmp_path: Path) -> None:
    write_form(with_rows(overview, ["=1+1", "fine"]), "csv", tmp_path / "x.csv", PRINTED_AT)
    assert [row["Words"] for row in rows_of((tmp_path / "x.csv").read_bytes())] == ["'=1+1"]


def test_one_view_asks_only_for_its_own_numbers(in_process: InProcess) -> None:
    made = in_process("overview", BILLING, view=INTAKE)
    assert [view["name"] for view in made.data["views"]] == [INTAKE]
    assert {name for one in made.data["numbers"] for name in one["receipt"]["metrics"]} == {"tickets_created"}
    assert "CSAT" not in made.html


def test_an_unknown_view_names_the_closest(in_process: InProcess) -> None:
    with pytest.raises(UnknownName, match=f"Did you mean '{INTAKE}'"):
        in_process("overview", {}, view="how-many-tickets")


def test_a_view_with_nothing_to_show_says_so_in_every_table(in_process: InProcess, tmp_path: Path) -> None:
    made = in_process("overview", {"period": "2019-01"}, view=INTAKE)
    write_form(made, "csv", tmp_path / "x.csv", PRINTED_AT)
    assert rows_of((tmp_path / "x.csv").read_bytes())[0]["said"].startswith("Nothing in this period matches.")
    assert sheets(made, tmp_path)["How many tickets come in"][1][0].startswith("Nothing in this period matches.")


def test_a_table_of_tickets_holds_all_of_them_where_it_is_a_spreadsheet(in_process: InProcess, synced: Book) -> None:
    (shown,) = in_process("tickets", {"period": ""}, view="ticket-table").data["views"]
    (every,) = in_process("tickets", {"period": ""}, view="ticket-table", every_row=True).data["views"]
    assert (len(shown["rows"]), len(every["rows"])) == (50, synced.count_tickets())


def test_a_ranking_holds_the_groups_that_the_page_leaves_out(in_process: InProcess, synced: Book) -> None:
    (view,) = in_process("overview", {"period": ""}, view="what-do-they-write-about").data["views"]
    asked = synced.query("tickets_created", by="category").rows
    assert {row[0]: row[1] for row in view["rows"]} == {
        row["category"] or "not set": row["tickets_created"] for row in asked
    }


def test_a_report_of_one_view_runs_headless(home: Path, tmp_path: Path) -> None:
    made = write_report("overview", ["team=Billing"], to="csv", output=tmp_path / "x.csv", workspace=home, view="cards")
    assert (made["view"], made["bytes"]) == ("cards", (tmp_path / "x.csv").stat().st_size)
    assert rows_of((tmp_path / "x.csv").read_bytes())[0]["Metric"] == "Tickets created"


def test_an_unknown_view_of_a_report_is_asked_wrongly(home: Path, tmp_path: Path) -> None:
    with pytest.raises((BadValue, ConfigError), match="Did you mean 'cards'"):
        write_report("overview", [], to="csv", output=tmp_path / "x.csv", workspace=home, view="card")


def test_a_picture_is_1440_wide_and_as_tall_as_what_it_shows(
    overview: Executed, in_process: InProcess, tmp_path: Path
) -> None:
    if find_browser() is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("picturing a page needs Chromium")
    from PIL import Image

    heights = []
    for name, made in (("page", overview), ("view", in_process("overview", BILLING, view="cards"))):
        write_form(made, "png", tmp_path / f"{name}.png", PRINTED_AT)
        with Image.open(tmp_path / f"{name}.png") as picture:
            width, height = picture.size
            assert width == 1440 and len(picture.crop((0, height - 4, width, height)).getcolors()) == 1
            heights.append(height)
    assert heights[0] > 1500 > 700 > heights[1]


def test_a_pdf_is_a4_laid_across_and_its_charts_stand_side_by_side(overview: Executed, tmp_path: Path) -> None:
    if find_browser() is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("printing a page needs Chromium")
    from pypdf import PdfReader

    write_form(overview, "pdf", tmp_path / "x.pdf", PRINTED_AT)
    pages = PdfReader(tmp_path / "x.pdf").pages
    assert [round(float(side) / 72 * 25.4) for side in pages[0].mediabox[2:]] == [297, 210]
    assert len(pages) == 3 and "What moved the volume?" in pages[0].extract_text()


def test_a_page_taller_than_a_picture_can_be_says_what_to_do(overview: Executed, tmp_path: Path) -> None:
    if find_browser() is None:
        pytest.skip("picturing a page needs Chromium")
    tall = dataclasses.replace(overview, html="<div style='height:20000px'></div>")
    with pytest.raises(DeskbookError, match=r"20,000 px tall.*--to pdf"):
        write_form(tall, "png", tmp_path / "x.png", PRINTED_AT)


def test_an_html_report_leaves_its_tables_out(overview: Executed, tmp_path: Path) -> None:
    write_form(overview, "html", tmp_path / "x.html", PRINTED_AT)
    text = (tmp_path / "x.html").read_text("utf-8")
    held = json.loads(text.split('id="deskbook-page">', 1)[1].split("</script>", 1)[0])
    assert "views" not in held and held["numbers"]

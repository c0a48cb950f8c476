"""Views as an Excel workbook: a sheet a view, numbers as numbers and days as days, and a sheet 'About'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from deskbook.errors import BadValue
from deskbook.reports.about import ABOUT, about_rows
from deskbook.reports.tables import Head, View, views_of

MOST_ROWS: Final = 1_048_575
"""Rows of one sheet below its head (Excel's own limit)."""
LONGEST: Final = 32_767
"""Characters in one cell (Excel's own limit)."""
TITLE_CHARACTERS: Final = 31
NOT_IN_A_TITLE: Final = re.compile(r"[\\/*?:\[\]]")
LOOKS: Final = {"date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm"}
WIDTHS: Final = (9, 60)
SEEN: Final = 200
"""Rows that a column's width is chosen by."""
BOLD: Final = Font(bold=True)
WRAPPED: Final = Alignment(wrap_text=True, vertical="top")


def write_workbook(data: Mapping[str, Any], output: Path, printed_at: datetime) -> None:
    """Every view of a page that was run, and what they are about.

    Raises:
        BadValue: a view has more rows than a sheet holds.
    """
    book = Workbook(write_only=True)
    taken: list[str] = ["about"]
    for view in views_of(data):
        if len(view.rows) > MOST_ROWS:
            raise BadValue(
                f"View {view.name} has {len(view.rows):,} rows and an Excel sheet holds {MOST_ROWS:,}. "
                "Narrow the filters, or write it as csv."
            )
        _write(book.create_sheet(_title(view.title, taken)), view)
    about = book.create_sheet("About")
    for letter, width in zip("ABCD", (10, 34, 110, 70), strict=True):
        about.column_dimensions[letter].width = width
    about.freeze_panes = "A2"
    about.append([_cell(about, label, font=BOLD) for label in ABOUT])
    for row in about_rows(data, printed_at):
        about.append([_cell(about, value, alignment=WRAPPED) for value in row])
    book.save(output)


def _write(sheet: Any, view: View) -> None:
    heads, rows = view.heads, view.rows
    if view.said:
        heads, rows = (Head("Said", "text", ""),), [[view.said]]
    for place, head in enumerate(heads):
        sheet.column_dimensions[get_column_letter(place + 1)].width = _width(head, (row[place] for row in rows[:SEEN]))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(rows) + 1}"
    sheet.append([_cell(sheet, head.text, font=BOLD, alignment=WRAPPED) for head in heads])
    for row in rows:
        sheet.append([_typed(sheet, value, head) for value, head in zip(row, heads, strict=True)])


def _typed(sheet: Any, value: Any, head: Head) -> Any:
    if isinstance(value, str) and head.kind in LOOKS:
        value = date.fromisoformat(value) if head.kind == "date" else datetime.fromisoformat(value)
    look = LOOKS.get(head.kind, "")
    if isinstance(value, int | float):
        look = "#,##0" if float(value).is_integer() else "#,##0.0##"
    return _cell(sheet, value, look=look)


def _cell(sheet: Any, value: Any, *, look: str = "", font: Font | None = None, alignment: Any = None) -> Any:
    """A cell; text stays text, also where Excel would take it for a formula."""
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub(" ", value)
        value = value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…"
    made = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        made.data_type = "s"
    if look:
        made.number_format = look
    if font:
        made.font = font
    if alignment:
        made.alignment = alignment
    return made


def _width(head: Head, values: Iterable[Any]) -> float:
    least, most = WIDTHS
    longest = max((len(str(value)) for value in values if value is not None), default=0)
    needed = max(min(len(head.text), 24), longest if head.kind == "text" else min(longest, 18))
    return float(min(most, max(least, needed + 2)))


def _title(wanted: str, taken: list[str]) -> str:
    """A sheet's title: without the signs Excel refuses, cut to its length, different from those taken."""
    plain = NOT_IN_A_TITLE.sub(" ", wanted).strip("' ") or "View"
    for count in range(1, len(taken) + 2):
        tail = f" {count}" if count > 1 else ""
        title = f"{plain[: TITLE_CHARACTERS - len(tail)].strip()}{tail}"
        if title.lower() not in taken:
            break
    taken.append(title.lower())
    return title

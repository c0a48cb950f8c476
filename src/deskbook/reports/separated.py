"""Views as CSV: the first line is the head, every other a row; what is printed stands in the last columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

from deskbook.errors import BadValue
from deskbook.metrics import to_csv
from deskbook.reports.about import ABOUT, about_rows
from deskbook.reports.tables import View, period_words, until_words, versions, views_of

PRINTED: Final = ("period", "filters", "data_until", "snapshot", "metric_versions")
"""Columns with the same value in each row: under what the numbers were made."""
MARK: Final = "\ufeff"
"""Tells a spreadsheet that the text is UTF-8."""


def write_csv(data: Mapping[str, Any], output: Path) -> None:
    """One view as CSV.

    Raises:
        BadValue: the page has several; names them.
    """
    views = views_of(data)
    if len(views) > 1:
        names = ", ".join(view.name for view in views)
        raise BadValue(
            f"'{data['title']}' has {len(views)} views and a CSV file holds one. Name one with --view ({names}), "
            "or write all of them into an archive: -o NAME.zip"
        )
    output.write_text(MARK + _text(data, views[0]), "utf-8")


def write_csv_archive(data: Mapping[str, Any], output: Path, printed_at: datetime) -> None:
    """Every view as a CSV file of its own in one ZIP archive, with `about.csv` beside them."""
    with ZipFile(output, "w", ZIP_DEFLATED) as archive:
        for view in views_of(data):
            archive.writestr(f"{view.name}.csv", MARK + _text(data, view))
        about = to_csv((dict(zip(ABOUT, row, strict=True)) for row in about_rows(data, printed_at)), ABOUT)
        archive.writestr("about.csv", MARK + about)


def _text(data: Mapping[str, Any], view: View) -> str:
    held = (period_words(data), data["sentence"], until_words(data), data["snapshot"], versions(data, view.metrics))
    heads, rows = [head.text for head in view.heads], view.rows
    if view.said:
        heads, rows = ["said"], [[view.said]]
    names = [*_apart(heads), *PRINTED]
    return to_csv((dict(zip(names, (*map(_short, row), *held), strict=True)) for row in rows), names)


def _short(value: Any) -> Any:
    """A whole number without its point."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _apart(labels: list[str]) -> list[str]:
    """Labels made different where two are the same: columns are found by them."""
    return [label if label not in labels[:place] else f"{label} {place + 1}" for place, label in enumerate(labels)]

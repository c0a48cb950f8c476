"""The forms a report may have, and how each is written from a page that was run once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Final, Literal, get_args

from deskbook.reports.chromium import write_pdf, write_png
from deskbook.reports.run import PAGE_DATA, Executed
from deskbook.reports.separated import write_csv, write_csv_archive
from deskbook.reports.workbook import write_workbook

Form = Literal["html", "pdf", "png", "xlsx", "csv", "ipynb"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)
EVERY_ROW: Final = ("xlsx", "csv")
"""Forms that hold every row of a view, also those that the page shows on its next pages."""
MEDIA: Final = {
    "html": "text/html",
    "pdf": "application/pdf",
    "png": "image/png",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "zip": "application/zip",
    "ipynb": "application/x-ipynb+json",
}
"""Media types, by the ending of a file."""


def write_form(executed: Executed, form: str, output: Path, printed_at: datetime) -> None:
    """Write a page that was run; the file is there whole or not at all.

    Args:
        form: one of FORMS, or `zip` for every view as CSV.
    """
    output.parent.mkdir(parents=True, exist_ok=True)
    with whole(output) as draft:
        WRITERS[form](executed, draft, printed_at)


def document(executed: Executed) -> str:
    """The page as one HTML file that asks nothing of any host."""
    held = {name: value for name, value in executed.data.items() if name != "views"}
    data = json.dumps(held, ensure_ascii=False).replace("<", "\\u003c")
    title = escape(str(executed.data.get("title", "Report")))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n"
        f'<script type="{PAGE_DATA}" id="deskbook-page">{data}</script>\n</head>\n<body>\n'
        f"{executed.html}\n</body>\n</html>\n"
    )


@contextmanager
def whole(output: Path) -> Iterator[Path]:
    """A draft beside the output, moved into place when it is complete."""
    draft = output.with_name(f".{output.name}.draft")
    try:
        yield draft
        draft.replace(output)
    finally:
        draft.unlink(missing_ok=True)


def _html(executed: Executed, output: Path, printed_at: datetime) -> None:
    output.write_text(document(executed), "utf-8")


def _notebook(executed: Executed, output: Path, printed_at: datetime) -> None:
    output.write_text(json.dumps(executed.notebook, ensure_ascii=False, indent=1), "utf-8")


WRITERS: Final[dict[str, Callable[[Executed, Path, datetime], None]]] = {
    "html": _html,
    "pdf": lambda made, output, at: write_pdf(document(made), output),
    "png": lambda made, output, at: write_png(document(made), output),
    "xlsx": lambda made, output, at: write_workbook(made.data, output, at),
    "csv": lambda made, output, at: write_csv(made.data, output),
    "zip": lambda made, output, at: write_csv_archive(made.data, output, at),
    "ipynb": _notebook,
}

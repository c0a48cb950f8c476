"""A page run once, and the same without a kernel, for tests that look at what was made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from deskbook.book import Book
from deskbook.reports import Executed, find_page
from deskbook.reports.run import PAGE_DATA

InProcess = Callable[..., Executed]


@pytest.fixture(scope="session")
def home(synced: Book) -> Path:
    return synced.settings.workspace


@pytest.fixture
def in_process(home: Path, monkeypatch: pytest.MonkeyPatch) -> InProcess:
    """A page's notebook run here, with the parameters a kernel would get; `view` and `every_row` as in `execute`."""

    def run(page: str, values: Mapping[str, Any], *, view: str = "", every_row: bool = False) -> Executed:
        monkeypatch.setenv("DESKBOOK_HOME", str(home))
        monkeypatch.setenv("DESKBOOK_RENDER", "report")
        made = parameterize_notebook(load_notebook_node(str(find_page(home, page))), dict(values))
        space: dict[str, Any] = {}
        for cell in made.cells:
            if cell.cell_type == "code":
                exec(cell.source, space)  # our own notebook
        shown = space["shown"].only(view) if view else space["shown"]
        bundle = shown.report(every_row=every_row)
        return Executed(made, bundle["text/html"], bundle[PAGE_DATA])

    return run

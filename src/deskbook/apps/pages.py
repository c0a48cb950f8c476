"""Notebooks as served pages: read once, compiled, run afresh for each visitor."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

from deskbook.apps.dashboards import find_dashboards
from deskbook.apps.workspace import shipped
from deskbook.errors import ConfigError, DeskbookError
from deskbook.views import Link, failure

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Notebook:
    """One page's notebook.

    Attributes:
        name: its file name without the ending; the page's path.
        order: place in the navigation.
        roles: who may see it.
    """

    name: str
    title: str
    order: int
    roles: tuple[str, ...]
    question: str
    path: Path

    @property
    def link(self) -> Link:
        """How the navigation shows it."""
        return Link(f"./{self.name}", self.title, self.name)


def find_pages(workspace: Path) -> list[Notebook]:
    """The pages of a workspace (Deskbook's own where it has none) as they stand in the navigation.

    Those that a dashboard names come first, in its order; the others follow in the order of their metadata.

    Raises:
        ConfigError: there is no page, a notebook is none, or a dashboard does not hold.
    """
    own = workspace / "notebooks"
    found = find_notebooks(own) or find_notebooks(shipped("notebooks"))
    if not found:
        raise ConfigError(f"There is no page in {own}. Copy the notebooks of Deskbook there: deskbook init makes them.")
    named = {one.name: one for one in found}
    dashboards = find_dashboards(workspace / "dashboards", named)
    return [*{**{page: named[page] for one in dashboards for page in one.pages}, **named}.values()]


def find_notebooks(folder: Path) -> list[Notebook]:
    """The pages in a folder, in their order.

    Raises:
        ConfigError: a notebook does not parse, or lacks the metadata of a page.
    """
    found = [_described(path) for path in sorted(folder.glob("*.ipynb"))]
    return sorted(found, key=lambda one: (one.order, one.title))


def _described(path: Path) -> Notebook:
    about = _read(path).get("metadata", {}).get("deskbook")
    if not isinstance(about, Mapping) or "title" not in about:
        raise ConfigError(f"{path} is no page: its metadata lacks deskbook.title. Copy it from another page.")
    roles = tuple(str(role) for role in about.get("roles", ()))
    order, question = int(about.get("order", 99)), str(about.get("question", ""))
    return Notebook(path.stem, str(about["title"]), order, roles, question, path)


def _read(path: Path) -> dict[str, Any]:
    try:
        notebook: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path} does not read as a notebook: {error}.") from error
    return notebook


def compiled(path: Path) -> CodeType:
    """The code cells of a notebook, one after the other, as they would run in a kernel."""
    cells = [cell for cell in _read(path).get("cells", ()) if cell.get("cell_type") == "code"]
    source = "\n\n".join("".join(cell["source"]) for cell in cells)
    return compile(source, str(path), "exec")


def page_of(notebook: Notebook, desk: str) -> Callable[[], None]:
    """What Panel runs for each visitor; a changed file is read again."""
    kept: dict[float, CodeType] = {}

    def visit() -> None:
        try:
            changed = notebook.path.stat().st_mtime
            if changed not in kept:
                kept.clear()
                kept[changed] = compiled(notebook.path)
            exec(kept[changed], {"__name__": f"deskbook_page_{notebook.name}"})
        except Exception as error:  # the outermost door of a page: whatever failed is drawn, and logged
            log.exception("page failed page=%s", notebook.name)
            _draw_failure(notebook, desk, error)

    return visit


def _draw_failure(notebook: Notebook, desk: str, error: Exception) -> None:
    known = isinstance(error, DeskbookError)
    failure(notebook.title, desk, str(error) if known else "This page could not be made; the server's log says why.")

"""Dashboards as code: `dashboards/*.yaml` says which pages stand where in the navigation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from deskbook.errors import ConfigError, UnknownName
from deskbook.reports.deliver import Schedule, read_schedules
from deskbook.views.kept import layouts_of
from deskbook.views.layout import Layout


@dataclass(frozen=True)
class Dashboard:
    """One file of a workspace's dashboards.

    Attributes:
        name: its file name without the ending.
        title: as people call it.
        pages: names of notebooks, in order.
        roles: whom it is meant for. Kept as written: nobody is kept out by it.
        schedules: which reports are sent when, and to whom.
        layouts: of pages, by name; there for everyone.
    """

    name: str
    title: str
    pages: tuple[str, ...]
    roles: tuple[str, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    layouts: Mapping[str, Layout] = field(default_factory=dict)


KEYS = tuple(one.name for one in fields(Dashboard) if one.name != "name")


def find_dashboards(folder: Path, pages: Iterable[str]) -> list[Dashboard]:
    """The dashboards in a folder, by file name; none if there is no such folder.

    Args:
        pages: names of the notebooks there are.

    Raises:
        ConfigError: a file is no YAML, lacks its title or pages, names a page twice or in two files, or holds
            a layout that is none.
        UnknownName: a key, a page or a layout's metric that does not exist, with the closest one.
    """
    known = list(pages)
    held: dict[str, str] = {}
    found = [_read(file) for file in sorted(folder.glob("*.yaml"))]
    for one in found:
        for page in one.pages:
            if page not in known:
                raise UnknownName(f"page in dashboards/{one.name}.yaml", page, known)
            if page in held:
                where = f"dashboards/{held[page]}.yaml and dashboards/{one.name}.yaml"
                raise ConfigError(f"Page '{page}' is named twice, in {where}. A page has one place: name it once.")
            held[page] = one.name
        _check_pages(f"{one.name}.yaml", one.layouts, known)
    _apart(found)
    return found


def _apart(dashboards: Iterable[Dashboard]) -> None:
    """A schedule's name is there once: its log hangs on it."""
    held: dict[str, str] = {}
    for one in dashboards:
        for schedule in one.schedules:
            if schedule.name in held:
                where = f"dashboards/{held[schedule.name]}.yaml and dashboards/{one.name}.yaml"
                raise ConfigError(f"Schedule '{schedule.name}' is named twice, in {where}. Name each one once.")
            held[schedule.name] = one.name


def check_pages(file: str, layouts: Mapping[str, Layout], workspace: Path) -> None:
    """Raise UnknownName where a layout in a file is of a page that the workspace does not have."""
    _check_pages(file, layouts, [one.stem for one in (workspace / "notebooks").glob("*.ipynb")])


def _check_pages(file: str, layouts: Mapping[str, Layout], known: Iterable[str]) -> None:
    pages = list(known)
    for name, layout in layouts.items():
        if layout.page not in pages:
            raise UnknownName(f"page in {file}, layout '{name}'", layout.page, pages)


def _read(file: Path) -> Dashboard:
    try:
        values: Any = YAML(typ="safe").load(file.read_text("utf-8"))
    except (YAMLError, UnicodeDecodeError, OSError) as error:
        raise ConfigError(f"Dashboard {file} does not read as YAML: {error}.") from error
    if not isinstance(values, dict):
        raise ConfigError(f"Dashboard {file} says nothing. Write at least its title: and its pages:.")
    for key in values:
        if key not in KEYS:
            raise UnknownName(f"key in dashboards/{file.name}", str(key), KEYS)
    title = values.get("title")
    if not isinstance(title, str) or not title.strip():
        raise ConfigError(f"Dashboard {file}: title wants a text, got {title!r}. Write for example: title: Support")
    pages, roles = _names(file, values, "pages"), _names(file, {"roles": [], **values}, "roles")
    workspace, listed = file.parent.parent, values.get("schedules", [])
    schedules = read_schedules(listed, dashboard=file.stem, workspace=workspace)
    return Dashboard(file.stem, title, pages, roles, schedules, layouts_of(file, values))


def _names(file: Path, values: dict[str, Any], key: str) -> tuple[str, ...]:
    listed = values.get(key)
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise ConfigError(f"Dashboard {file}: {key} wants a list of names such as [overview], got {listed!r}.")
    return tuple(listed)

"""Layouts as data: which widgets a page shows, in which order and how large; and the same as YAML text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from deskbook.errors import ConfigError, UnknownName

FULL: Final = 12
"""A page is so many columns wide, whatever the screen; a phone shows one widget a row."""
WIDTHS: Final = (3, 4, 6, 8, 9, FULL)
HEIGHTS: Final = (1, 2, 3)
MOST_WIDGETS: Final = 60
LONGEST: Final = 120
"""Characters of a name or title."""
PLAIN: Final = re.compile(r"[A-Za-z_]([\w .-]*\w)?", re.ASCII)
KINDS: Final = ("lines", "bars", "heat", "ranking", "card", "boxes", "funnel", "multiples")


@dataclass(frozen=True)
class Show:
    """What an added widget shows.

    Attributes:
        kind: of KINDS.
        metrics: names; more than one only as lines, cards, the columns of a ranking and the steps of a funnel.
        by: dimension to cut by; empty for none.
        title: its question; made of its metrics when empty.
    """

    kind: str
    metrics: tuple[str, ...]
    by: str = ""
    title: str = ""

    def as_dict(self) -> dict[str, Any]:
        """As it stands in a file."""
        more = {"by": self.by, "title": self.title}
        return {"as": self.kind, "metrics": list(self.metrics), **{key: value for key, value in more.items() if value}}


@dataclass(frozen=True)
class Widget:
    """One place of a layout.

    Attributes:
        name: of a section of the page, or the widget's own where it shows something else.
        wide: columns of twelve, of WIDTHS.
        tall: height in steps, of HEIGHTS; only figures grow.
        show: what it shows; None where it is a section of the page.
    """

    name: str
    wide: int = 6
    tall: int = 1
    show: Show | None = None

    def as_dict(self) -> dict[str, Any]:
        """As it stands in a file."""
        named: dict[str, Any] = {"id": self.name, "show": self.show.as_dict()} if self.show else {"view": self.name}
        return named | {"wide": self.wide} | ({"tall": self.tall} if self.tall > 1 else {})


@dataclass(frozen=True)
class Layout:
    """What a page shows, in order. Sections of the page that it does not name are hidden."""

    page: str
    widgets: tuple[Widget, ...]

    def as_dict(self) -> dict[str, Any]:
        """As it is kept, and as it stands in a file."""
        return {"page": self.page, "widgets": [widget.as_dict() for widget in self.widgets]}


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A layout under its name, as somebody may see it.

    Attributes:
        owner: whose it is; for one that stands in a file, the file.
        version: the newest is the one in use; 0 for one in a file.
        is_own: whether it is the actor's own.
        may_change: whether the actor may save over it.
        changed_at: naive UTC; None for one in a file.
    """

    name: str
    owner: str
    layout: Layout
    version: int = 0
    shared: tuple[str, ...] = ()
    is_own: bool = False
    may_change: bool = False
    changed_by: str = ""
    changed_at: datetime | None = None

    @property
    def address(self) -> str:
        """As a link names it, the same for whoever opens it."""
        return f"{self.owner}/{self.name}"


def read_layout(data: Any, where: str = "layout") -> Layout:
    """A layout from what JSON or YAML holds. Names of views and metrics are not looked up yet.

    Raises:
        ConfigError: it is no layout; says where, what was wanted and what came.
    """
    held = _mapping(data, where, ("page", "widgets"))
    widgets = held.get("widgets")
    if not isinstance(widgets, list) or len(widgets) > MOST_WIDGETS:
        raise ConfigError(f"{where}: widgets wants a list of at most {MOST_WIDGETS}, got {_shown(widgets)}.")
    read = tuple(_widget(one, f"{where}, widget {place}") for place, one in enumerate(widgets, 1))
    names = [widget.name for widget in read]
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise ConfigError(f"{where}: '{twice[0]}' stands there twice. Give each widget a name of its own.")
    return Layout(_text(held, "page", where), read)


def _widget(data: Any, where: str) -> Widget:
    held = _mapping(data, where, ("view", "id", "show", "wide", "tall"))
    if ("view" in held) == ("show" in held) or ("id" in held) != ("show" in held):
        raise ConfigError(f"{where} wants either view: (a section of the page) or id: and show:, got {_shown(data)}.")
    wide, tall = _step(held, "wide", WIDTHS, where, 6), _step(held, "tall", HEIGHTS, where, 1)
    if "view" in held:
        return Widget(_text(held, "view", where), wide, tall)
    return Widget(_text(held, "id", where), wide, tall, read_show(held["show"], where))


def read_show(data: Any, where: str = "widget") -> Show:
    """What a widget shows, from what JSON or YAML holds.

    Raises:
        ConfigError: it does not have that form.
    """
    held = _mapping(data, where, ("as", "metrics", "by", "title"))
    kind, metrics = held.get("as"), held.get("metrics")
    if kind not in KINDS:
        raise UnknownName(f"kind (as) in {where}", str(kind), KINDS)
    if not isinstance(metrics, list) or not metrics or not all(isinstance(one, str) for one in metrics):
        raise ConfigError(f"{where}: metrics wants a list such as [tickets_created], got {_shown(metrics)}.")
    return Show(kind, tuple(metrics), _text(held, "by", where, ""), _text(held, "title", where, ""))


def _mapping(data: Any, where: str, keys: Sequence[str]) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise ConfigError(f"{where} wants {', '.join(f'{key}:' for key in keys)}, got {_shown(data)}.")
    for key in data:
        if key not in keys:
            raise UnknownName(f"key in {where}", str(key), keys)
    return data


def _text(held: Mapping[str, Any], key: str, where: str, default: str | None = None) -> str:
    value = held.get(key, default)
    if not isinstance(value, str) or (not value and default is None) or len(value) > LONGEST or not value.isprintable():
        raise ConfigError(f"{where}: {key} wants a text of at most {LONGEST} printable letters, got {_shown(value)}.")
    return value


def _step(held: Mapping[str, Any], key: str, steps: Sequence[int], where: str, default: int) -> int:
    value = held.get(key, default)
    if isinstance(value, bool) or value not in steps:
        raise ConfigError(f"{where}: {key} wants one of {', '.join(map(str, steps))}, got {_shown(value)}.")
    return int(value)


def _shown(value: Any) -> str:
    return "nothing" if value is None else repr(value)[:80]


def read_layouts(data: Any, where: str) -> dict[str, Layout]:
    """The layouts of a file by their names, from what stands under its `layouts:`.

    Raises:
        ConfigError: one of them is no layout, or its name does not do.
    """
    if not isinstance(data, Mapping):
        raise ConfigError(f"{where}: layouts wants names with page: and widgets:, got {_shown(data)}.")
    for name in data:
        _text({"name": name}, "name", f"{where}, layouts")
    return {name: read_layout(held, f"{where}, layout '{name}'") for name, held in data.items()}


def text_of(layouts: Mapping[str, Layout]) -> str:
    """Layouts as the YAML that a dashboard's file holds; a widget a line."""
    made = CommentedMap()
    for name, layout in layouts.items():
        widgets = [CommentedMap(_quoted(widget.as_dict())) for widget in layout.widgets]
        for widget in widgets:
            widget.fa.set_flow_style()
        made[_quoted(name)] = CommentedMap({"page": _quoted(layout.page), "widgets": widgets})
    yaml = YAML()
    yaml.width = 100_000
    yaml.allow_unicode = True
    out = StringIO()
    yaml.dump({"layouts": made}, out)
    return out.getvalue()


def _quoted(value: Any) -> Any:
    """The same with every text in quotes that is more than plain words: some marks mean something within braces."""
    if isinstance(value, dict):
        return {key: _quoted(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_quoted(held) for held in value]
    return DoubleQuotedScalarString(value) if isinstance(value, str) and not PLAIN.fullmatch(value) else value

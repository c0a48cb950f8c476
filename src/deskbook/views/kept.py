"""The layouts of a workspace: what people saved, and what stands in `dashboards/*.yaml` for everyone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Protocol

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from deskbook.access import EVERYONE, Actor
from deskbook.errors import BadValue, ConfigError, UnknownName
from deskbook.views.laid import check_layout
from deskbook.views.layout import Kept, Layout, read_layout, read_layouts
from deskbook.views.numbers import Book

KIND: Final = "layout"


class Saved(Protocol):
    """One version of something kept, as the store gives it; `changed_at` is naive UTC."""

    owner: str
    name: str
    version: int
    body: Mapping[str, Any]
    shared: tuple[str, ...]
    changed_by: str
    changed_at: datetime


class Saves(Protocol):
    """What people keep under a name, every version of it."""

    def keep(self, actor: Actor, kind: str, name: str, body: Mapping[str, Any], **given: Any) -> Saved:
        """Keep a body as the next version of its name."""

    def remove(self, actor: Actor, kind: str, name: str, *, at: datetime, seen: int, owner: str = "") -> None:
        """Take it from view."""

    def seen(self, actor: Actor, kind: str) -> Sequence[Saved]:
        """The newest version of each."""

    def one(self, actor: Actor, kind: str, name: str, *, owner: str = "", version: int = 0) -> Saved:
        """One of them."""

    def versions(self, actor: Actor, kind: str, name: str, *, owner: str = "") -> Sequence[Saved]:
        """Every version of one, the newest first."""


class Layouts:
    """What one actor may see and change. Each call checks their rights again.

    Args:
        folder: of the dashboards.
        clock: now, for the time of a version.
    """

    def __init__(self, saves: Saves, folder: Path, actor: Actor, clock: Callable[[], datetime]) -> None:
        self.saves, self.folder, self.actor, self.clock = saves, folder, actor, clock

    def seen(self, page: str = "") -> list[Kept]:
        """The newest version of each layout of a page (of all pages if empty): their own first, then by name."""
        saved = [self._kept(one) for one in self.saves.seen(self.actor, KIND)]
        return [one for one in (*saved, *in_files(self.folder)) if page in ("", one.layout.page)]

    def one(self, page: str, address: str, version: int = 0) -> Kept:
        """One of a page's: their own of that name, the one at owner/name, else the first shared under the name.

        Raises:
            UnknownName: none is there for this actor, with the closest that is.
        """
        shown = self.seen(page)
        found = [one for one in shown if one.is_own and one.name == address]
        found += [one for one in shown if one.address == address]
        found += [one for one in shown if one.name == address]
        if not found:
            known = {one.name if one.is_own else one.address for one in shown}
            raise UnknownName(f"layout of page {page}", address, known)
        if version in (0, found[0].version):
            return found[0]
        named = _named(page, found[0].name)
        return self._kept(self.saves.one(self.actor, KIND, named, owner=found[0].owner, version=version))

    def versions(self, page: str, address: str) -> list[Kept]:
        """Every version of one, the newest first."""
        found = self.one(page, address)
        if not found.version:
            return [found]
        held = self.saves.versions(self.actor, KIND, _named(page, found.name), owner=found.owner)
        return [self._kept(one) for one in held]

    def keep(
        self, name: str, layout: Layout, *, owner: str = "", shared: Iterable[str] | None = None, seen: int = 0
    ) -> Kept:
        """Save a layout under a name, as its next version.

        Args:
            owner: whose it is; the actor's own when empty.
            shared: roles to show it to; as it was when None.
            seen: version the change was made on; 0 for something new.

        Raises:
            Overtaken: there is a newer version than the one seen; nothing was written.
            AccessDenied: it is not the actor's to change.
            BadValue: the name is empty, too long or holds a slash.
        """
        if not name.strip():
            raise BadValue("A layout wants a name to be saved under, got an empty one.")
        if "/" in name:
            raise BadValue(f"A layout's name holds no slash, got '{name}'. It parts the owner from the name in links.")
        if shared is None:
            held = [one for one in self.seen(layout.page) if (one.name, one.owner) == (name, owner or self.actor.name)]
            shared = held[0].shared if held else ()
        named, now = _named(layout.page, name), self.clock().astimezone(UTC).replace(tzinfo=None)
        body = layout.as_dict()
        return self._kept(self.saves.keep(self.actor, KIND, named, body, at=now, owner=owner, shared=shared, seen=seen))

    def remove(self, page: str, address: str, *, seen: int) -> None:
        """Take one from view; its versions stay.

        Raises:
            Overtaken, AccessDenied: as for `keep`.
            ConfigError: it stands in a file.
        """
        found = self.one(page, address)
        if not found.version:
            raise ConfigError(f"Layout '{found.name}' stands in {found.owner}. Take it out of that file.")
        now = self.clock().astimezone(UTC).replace(tzinfo=None)
        self.saves.remove(self.actor, KIND, _named(page, found.name), at=now, seen=seen, owner=found.owner)

    def _kept(self, saved: Saved) -> Kept:
        return Kept(
            name=saved.name.partition("/")[2],
            owner=saved.owner,
            layout=read_layout(saved.body, f"layout '{saved.name}'"),
            version=saved.version,
            shared=saved.shared,
            is_own=saved.owner == self.actor.name,
            may_change=self.actor.may_change(saved.owner),
            changed_by=saved.changed_by,
            changed_at=saved.changed_at,
        )


def layouts_for(book: Book) -> Layouts:
    """The layouts that whoever asks this book may see."""
    return Layouts(book.saves, book.settings.workspace / "dashboards", book.actor, book.clock)


def _named(page: str, name: str) -> str:
    """A layout's name as it is kept: the same name may stand on every page."""
    return f"{page}/{name}"


def in_files(folder: Path) -> Sequence[Kept]:
    """The layouts that stand in a folder's dashboards, for everyone and read-only."""
    files = sorted(folder.glob("*.yaml"))
    return [one for file in files for one in _in_file(file, file.stat().st_mtime_ns)]


@lru_cache(maxsize=64)
def _in_file(file: Path, changed: int) -> Sequence[Kept]:
    held = layouts_of(file, read_yaml(file))
    owner = f"dashboards/{file.name}"
    return [Kept(name=name, owner=owner, layout=layout, shared=(EVERYONE,)) for name, layout in held.items()]


def read_yaml(file: Path) -> Any:
    """What a YAML file holds.

    Raises:
        ConfigError: it does not read as YAML.
    """
    try:
        return YAML(typ="safe").load(file.read_text("utf-8"))
    except (YAMLError, UnicodeDecodeError, OSError) as error:
        raise ConfigError(f"{file} does not read as YAML: {error}.") from error


def layouts_of(file: Path, values: Any) -> dict[str, Layout]:
    """The layouts under a file's `layouts:`, by name; none if it has none.

    Raises:
        ConfigError: one of them is no layout, or shows what does not exist, with the closest name.
    """
    data = values.get("layouts", {}) if isinstance(values, dict) else {}
    found = read_layouts(data, file.name)
    for name, layout in found.items():
        check_layout(layout, f"{file.name}, layout '{name}'")
    return found

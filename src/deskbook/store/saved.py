"""What people keep under a name: filters, layouts, subscriptions. Every version stays; nobody overwrites unseen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    DateTime,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    func,
    select,
)
from sqlalchemy.exc import IntegrityError

from deskbook.access import EVERYONE, Actor
from deskbook.access.actor import check_roles
from deskbook.errors import AccessDenied, BadValue, Overtaken, UnknownName
from deskbook.store.database import make_tables

LONGEST_NAME: Final = 120
LONGEST_BODY: Final = 200_000
"""Characters of a body as JSON."""
SAVED: Final = Table(
    "deskbook_saved",
    MetaData(),
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("tenant", String(80), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("owner", String(200), nullable=False),
    Column("name", String(LONGEST_NAME), nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("shared", String(400), nullable=False),
    Column("changed_by", String(200), nullable=False),
    Column("changed_at", DateTime, nullable=False),
    Column("gone", Boolean, nullable=False),
    UniqueConstraint("tenant", "kind", "owner", "name", "version"),
)


@dataclass(frozen=True, kw_only=True)
class Saved:
    """One version of something kept. `changed_at` is naive UTC.

    Attributes:
        kind: what it is, such as filter or layout.
        version: 1, 2, …; the newest is the one in use.
        shared: roles that see it, or EVERYONE; empty when it is its owner's alone.
    """

    kind: str
    owner: str
    name: str
    version: int
    body: Mapping[str, Any]
    shared: tuple[str, ...]
    changed_by: str
    changed_at: datetime


class Saves:
    """What the people of one desk keep. Each call checks what its actor may do."""

    def __init__(self, engine: Engine, tenant: str) -> None:
        self._engine, self._tenant = engine, tenant
        make_tables(engine, SAVED.metadata)

    def keep(
        self,
        actor: Actor,
        kind: str,
        name: str,
        body: Mapping[str, Any],
        *,
        at: datetime,
        owner: str = "",
        shared: Iterable[str] = (),
        seen: int = 0,
    ) -> Saved:
        """Keep a body under a name, as its next version.

        Args:
            at: now, naive UTC.
            owner: whose it is; the actor's own when empty.
            shared: roles to show it to, or EVERYONE.
            seen: version the change was made on; 0 for something new.

        Raises:
            Overtaken: there is a newer version than the one seen; nothing was written.
            AccessDenied: it is not the actor's to change.
            BadValue: an empty or overlong name, or a body too large to be one.
        """
        owner = owner or actor.name
        if not actor.may_change(owner):
            raise AccessDenied(f"The {kind} '{name}' is {owner}'s. Keep a copy under a name of your own.")
        held, text = tuple(dict.fromkeys(shared)), json.dumps(body, sort_keys=True)
        _check(kind, name, text, held)
        values = {"owner": owner, "name": name, "version": seen + 1, "body": text, "shared": ",".join(held)}
        return self._write(kind, values, actor, at, gone=False)

    def remove(self, actor: Actor, kind: str, name: str, *, at: datetime, seen: int, owner: str = "") -> None:
        """Take it from view; its versions stay, and keeping the name again goes on from them.

        Raises:
            Overtaken, AccessDenied: as for `keep`.
            UnknownName: there is none of that name.
        """
        held = self.one(actor, kind, name, owner=owner)
        if not actor.may_change(held.owner):
            raise AccessDenied(f"The {kind} '{name}' is {held.owner}'s; only they can remove it.")
        values = {"owner": held.owner, "name": name, "version": seen + 1, "body": "{}", "shared": ""}
        self._write(kind, values, actor, at, gone=True)

    def seen(self, actor: Actor, kind: str) -> list[Saved]:
        """The newest version of each that the actor may see, their own first, then by name."""
        rows = [row for row in self._read(SAVED.c.kind == kind, newest=True) if not row["gone"]]
        found = [_saved(row) for row in rows]
        shown = [one for one in found if actor.may_see(one.owner, one.shared)]
        return sorted(shown, key=lambda one: (one.owner != actor.name, one.name.casefold(), one.owner))

    def one(self, actor: Actor, kind: str, name: str, *, owner: str = "", version: int = 0) -> Saved:
        """One of them: the actor's own, else the one shared under that name; its newest version or an older one.

        Raises:
            UnknownName: none is there for this actor, with the closest name that is.
        """
        shown = self.seen(actor, kind)
        found = [one for one in shown if one.name == name and owner in ("", one.owner)]
        if not found:
            raise UnknownName(kind, name, {one.name for one in shown})
        if version in (0, found[0].version):
            return found[0]
        older = [one for one in self.versions(actor, kind, name, owner=found[0].owner) if one.version == version]
        if not older:
            raise UnknownName(f"version of {kind} '{name}'", str(version), [str(found[0].version)])
        return older[0]

    def versions(self, actor: Actor, kind: str, name: str, *, owner: str = "") -> list[Saved]:
        """Every version of one of them, the newest first; those after which it was gone are left out."""
        held = self.one(actor, kind, name, owner=owner)
        mine = and_(SAVED.c.kind == kind, SAVED.c.owner == held.owner, SAVED.c.name == name)
        found = [_saved(row) for row in self._read(mine) if not row["gone"]]
        return sorted(found, key=lambda one: -one.version)

    def named(self, kind: str) -> set[tuple[str, str]]:
        """Owner and name of everything of a kind that ever was, also of what is gone; for no one's eyes."""
        mine = and_(SAVED.c.tenant == self._tenant, SAVED.c.kind == kind)
        with self._engine.connect() as con:
            return {(owner, name) for owner, name in con.execute(select(SAVED.c.owner, SAVED.c.name).where(mine))}

    def newest(self, kind: str) -> int:
        """A number that grows whenever one of a kind is kept or removed; 0 where none ever was."""
        mine = and_(SAVED.c.tenant == self._tenant, SAVED.c.kind == kind)
        with self._engine.connect() as con:
            return int(con.scalar(select(func.max(SAVED.c.id)).where(mine)) or 0)

    def _write(self, kind: str, values: Mapping[str, Any], actor: Actor, at: datetime, *, gone: bool) -> Saved:
        row = {**values, "tenant": self._tenant, "kind": kind, "changed_by": actor.name, "changed_at": at, "gone": gone}
        mine = and_(SAVED.c.kind == kind, SAVED.c.owner == row["owner"], SAVED.c.name == row["name"])
        newest = next(iter(self._read(mine, newest=True)), None)
        if newest and newest["gone"] and row["version"] == 1:
            row["version"] = newest["version"] + 1
        elif (newest["version"] if newest else 0) != row["version"] - 1:
            raise _overtaken(kind, row["name"], newest)
        try:
            with self._engine.begin() as con:
                con.execute(SAVED.insert().values(**row))
        except IntegrityError:
            raise _overtaken(kind, row["name"], next(iter(self._read(mine, newest=True)), None)) from None
        return _saved(row)

    def _read(self, wanted: ColumnElement[bool], *, newest: bool = False) -> list[Mapping[str, Any]]:
        mine = and_(SAVED.c.tenant == self._tenant, wanted)
        chosen = select(SAVED).where(mine)
        if newest:
            group = (SAVED.c.kind, SAVED.c.owner, SAVED.c.name)
            chosen = chosen.where(SAVED.c.id.in_(select(func.max(SAVED.c.id)).where(mine).group_by(*group)))
        with self._engine.connect() as con:
            return [dict(row) for row in con.execute(chosen).mappings()]


def _saved(row: Mapping[str, Any]) -> Saved:
    shared = tuple(row["shared"].split(",")) if row["shared"] else ()
    given = {name: row[name] for name in ("kind", "owner", "name", "version", "changed_by", "changed_at")}
    return Saved(**given, body=json.loads(row["body"]), shared=shared)


def _check(kind: str, name: str, text: str, shared: tuple[str, ...]) -> None:
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise BadValue(f"A {kind} wants a name of 1 to {LONGEST_NAME} printable letters, got {name[:80]!r}.")
    if len(text) > LONGEST_BODY:
        raise BadValue(f"The {kind} '{name}' has {len(text):,} characters; {LONGEST_BODY:,} is the most. Split it.")
    check_roles(role for role in shared if role != EVERYONE)


def _overtaken(kind: str, name: str, newest: Mapping[str, Any] | None) -> Overtaken:
    if newest is None or newest["gone"]:
        return Overtaken(f"The {kind} '{name}' was removed meanwhile. Keep yours as a new one.")
    who = f"{newest['changed_by']} at {newest['changed_at']:%H:%M} UTC"
    return Overtaken(
        f"The {kind} '{name}' was changed meanwhile, by {who} (version {newest['version']}). Nothing was lost and "
        "nothing was written: look at theirs, then save yours on top of it or under another name."
    )

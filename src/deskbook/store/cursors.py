"""Where the pulls of each entry go on: a cursor as it was once written whole, and what changed since.

An entry of ten thousand files changes one of them at a page; writing all of them each time is what takes long then. Of
a small one it is taking out the row before, which costs thirty times what putting in another one does.
A change is {"put": {part: {name: value}}, "drop": {part: [name]}, "set": {part: value}, "unset": [part]}.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import duckdb

LARGE_CHARACTERS: Final = 16_384
OF_ENTRY: Final = "FROM lake.cursors WHERE tenant = $1 AND entry = $2"
# What lies there of an entry, told in one number: how many rows, and what is in them.
Mark = tuple[int, int]
Key = tuple[str, str]


@dataclass(frozen=True)
class Held:
    """A cursor as it lies in the lake.

    Attributes:
        mark: by which to know that it still does; None of a small one, which is read again as quickly.
        whole: characters of its newest whole writing.
        changes: characters of what was written since.
        rows: writings that lie there.
    """

    cursor: dict[str, Any]
    mark: Mark | None = None
    whole: int = 0
    changes: int = 0
    rows: int = 0


class Cursors:
    """The cursors of one lake, remembered while nobody else writes to it; large ones longer, by their mark."""

    def __init__(self) -> None:
        self._held: dict[Key, Held] = {}
        self._true_at: dict[Key, int] = {}
        self._written: set[Key] = set()
        self._now: int | None = None

    def read(self, con: duckdb.DuckDBPyConnection, tenant: str, entry: str) -> dict[str, Any]:
        """Where the next pull of an entry starts; empty before its first."""
        return _read(con, tenant, entry).cursor

    def begin(self, snapshot: int) -> None:
        """A commit begins on this snapshot: what was true of it needs no look into the lake."""
        self._now = snapshot
        self._written.clear()

    def settle(self, before: int, after: int) -> None:
        """A commit is through: what it knew and wrote is true of the snapshot it made, if nobody else made one."""
        if after in (before, before + 1):
            self._true_at |= dict.fromkeys(self._written, before)
            self._true_at = {key: after for key, at in self._true_at.items() if at == before}
        self._now = None

    def known(self, con: duckdb.DuckDBPyConnection, tenant: str, entry: str) -> Held:
        """As it lies in the lake, from memory if it is the same; a write that was rolled back left another mark."""
        key = (tenant, entry)
        held = self._held.get(key)
        if held is not None and self._now is not None and self._true_at.get(key) == self._now:
            return held
        if held is None or held.mark is None or held.mark != _mark(con, tenant, entry):
            held = self._held[key] = _read(con, tenant, entry)
        if self._now is not None:
            self._true_at[key] = self._now
        return held

    def write(self, con: duckdb.DuckDBPyConnection, tenant: str, entry: str, cursor: Mapping[str, Any]) -> None:
        """Keep a cursor, inside the caller's transaction; nothing if it is there already."""
        held = self.known(con, tenant, entry)
        if dict(cursor) == held.cursor:
            return
        self._true_at.pop((tenant, entry), None)
        self._written.add((tenant, entry))
        change = _text(_change(held.cursor, cursor)) if held.rows else ""
        changes = held.changes + len(change)
        if held.rows and changes <= max(held.whole, LARGE_CHARACTERS):
            con.execute(
                "INSERT INTO lake.cursors BY NAME SELECT $1 AS tenant, $2 AS entry, $3 AS cursor, $4 AS change",
                [tenant, entry, change, held.rows],
            )
            whole, rows = held.whole, held.rows + 1
        else:
            text = _text(cursor)
            if held.rows:
                con.execute(f"DELETE {OF_ENTRY}", [tenant, entry])
            con.execute(
                "INSERT INTO lake.cursors BY NAME SELECT $1 AS tenant, $2 AS entry, $3 AS cursor", [tenant, entry, text]
            )
            whole, changes, rows = len(text), 0, 1
        mark = _mark(con, tenant, entry) if whole >= LARGE_CHARACTERS else None
        self._held[tenant, entry] = Held(_copied(cursor), mark, whole, changes, rows)


def _read(con: duckdb.DuckDBPyConnection, tenant: str, entry: str) -> Held:
    rows = con.execute(f"SELECT cursor {OF_ENTRY} ORDER BY change NULLS FIRST", [tenant, entry]).fetchall()
    if not rows:
        return Held({})
    cursor = dict(json.loads(rows[0][0]))
    for (text,) in rows[1:]:
        _apply(cursor, json.loads(text))
    whole = len(rows[0][0])
    mark = _mark(con, tenant, entry) if whole >= LARGE_CHARACTERS else None
    return Held(cursor, mark, whole, sum(len(text) for (text,) in rows[1:]), len(rows))


def _mark(con: duckdb.DuckDBPyConnection, tenant: str, entry: str) -> Mark:
    row = con.execute(f"SELECT count(*), coalesce(bit_xor(hash(cursor)), 0) {OF_ENTRY}", [tenant, entry]).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, sort_keys=True, default=str)


def _copied(cursor: Mapping[str, Any]) -> dict[str, Any]:
    """A copy that stays as it is when whoever gave the cursor goes on writing to it."""
    return {part: _copied(value) if isinstance(value, Mapping) else value for part, value in cursor.items()}


def _change(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """What makes the new cursor of the old one."""
    change: dict[str, Any] = {"put": {}, "drop": {}, "set": {}, "unset": [part for part in old if part not in new]}
    for part, value in new.items():
        before = old.get(part)
        if isinstance(value, Mapping) and isinstance(before, Mapping):
            put = {name: item for name, item in value.items() if name not in before or before[name] != item}
            drop = [name for name in before if name not in value]
            change["put"] |= {part: put} if put else {}
            change["drop"] |= {part: drop} if drop else {}
        elif part not in old or before != value:
            change["set"][part] = value
    return {name: told for name, told in change.items() if told}


def _apply(cursor: dict[str, Any], change: Mapping[str, Any]) -> None:
    for part, names in change.get("drop", {}).items():
        for name in names:
            del cursor[part][name]
    for part, items in change.get("put", {}).items():
        cursor[part].update(items)
    for part in change.get("unset", ()):
        del cursor[part]
    cursor.update(change.get("set", {}))

"""Where the pulls of each entry go on: small cursors kept whole, large ones as a whole and what changed since.

An entry of ten thousand files changes one of them at a page; writing all of them each time is what takes long then.
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


@dataclass(frozen=True)
class Held:
    """A cursor as it lies in the lake.

    Attributes:
        mark: by which to know that it still does.
        whole: characters of its newest whole writing.
        changes: characters of what was written since.
    """

    cursor: dict[str, Any]
    mark: Mark = (0, 0)
    whole: int = 0
    changes: int = 0


class Cursors:
    """The cursors of one lake; large ones are remembered so long as nobody else writes them."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], Held] = {}

    def read(self, con: duckdb.DuckDBPyConnection, tenant: str, entry: str) -> dict[str, Any]:
        """Where the next pull of an entry starts; empty before its first."""
        return _read(con, tenant, entry).cursor

    def write(self, con: duckdb.DuckDBPyConnection, tenant: str, entry: str, cursor: Mapping[str, Any]) -> None:
        """Keep a cursor, inside the caller's transaction; nothing if it is there already."""
        held = self._known(con, tenant, entry)
        if dict(cursor) == held.cursor:
            return
        change = _text(_change(held.cursor, cursor)) if held.whole >= LARGE_CHARACTERS else ""
        if change and held.changes + len(change) <= held.whole:
            con.execute(
                "INSERT INTO lake.cursors BY NAME SELECT $1 AS tenant, $2 AS entry, $3 AS cursor, $4 AS change",
                [tenant, entry, change, held.mark[0]],
            )
            held = Held(_copied(cursor), _mark(con, tenant, entry), held.whole, held.changes + len(change))
        else:
            text = _text(cursor)
            con.execute(f"DELETE {OF_ENTRY}", [tenant, entry])
            con.execute(
                "INSERT INTO lake.cursors BY NAME SELECT $1 AS tenant, $2 AS entry, $3 AS cursor", [tenant, entry, text]
            )
            held = Held(_copied(cursor), _mark(con, tenant, entry), len(text))
        if held.whole >= LARGE_CHARACTERS:
            self._held[tenant, entry] = held

    def _known(self, con: duckdb.DuckDBPyConnection, tenant: str, entry: str) -> Held:
        """As it lies in the lake, from memory if it is the same; a write that was rolled back left another mark."""
        remembered = self._held.pop((tenant, entry), None)
        if remembered and remembered.mark == _mark(con, tenant, entry):
            return remembered
        return _read(con, tenant, entry)


def _read(con: duckdb.DuckDBPyConnection, tenant: str, entry: str) -> Held:
    rows = con.execute(f"SELECT cursor {OF_ENTRY} ORDER BY change NULLS FIRST", [tenant, entry]).fetchall()
    if not rows:
        return Held({})
    cursor = dict(json.loads(rows[0][0]))
    for (text,) in rows[1:]:
        _apply(cursor, json.loads(text))
    return Held(cursor, _mark(con, tenant, entry), len(rows[0][0]), sum(len(text) for (text,) in rows[1:]))


def _mark(con: duckdb.DuckDBPyConnection, tenant: str, entry: str) -> Mark:
    row = con.execute(f"SELECT count(*), coalesce(bit_xor(hash(cursor)), 0) {OF_ENTRY}", [tenant, entry]).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, sort_keys=True, default=str)


def _copied(cursor: Mapping[str, Any]) -> dict[str, Any]:
    return {part: dict(value) if isinstance(value, Mapping) else value for part, value in cursor.items()}


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

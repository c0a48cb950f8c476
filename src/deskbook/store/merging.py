"""One ticket from several sources: rows lie as they came under a tenant of their own, and as one desk under the desk's.

What the desk shows is worked out from what came and from nothing else, so that the order of arrival does not matter,
a key that changes parts what it joined, and no row of any source is lost.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import duckdb

from deskbook.errors import ConfigError, UnknownName
from deskbook.schema import TABLES
from deskbook.store.cursors import Cursors
from deskbook.store.lake import MERGES, Lake, as_it_came
from deskbook.store.merging_sql import KEYED, MEMBERS, wanted_of
from deskbook.store.places import quoted

KEYS: Final = ("precedence", "keys")
REVISION: Final = 2
"""Raised when the code merges differently."""


@dataclass(frozen=True)
class Merge:
    """Sources that hold the same tickets.

    Attributes:
        precedence: the sources; a ticket stands under the first that has it, and takes each value from the first
            that has one.
        keys: source -> columns of its tickets (`id`, `custom.order`) that say which ticket it is; equal in all.
    """

    precedence: tuple[str, ...]
    keys: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Merged:
    """What was merged last.

    Attributes:
        tickets: that stand in several sources and are counted once.
        unclear: keys that one source has on several tickets: none of those is merged.
    """

    tickets: int = 0
    unclear: int = 0


def parse_merges(tables: Iterable[Mapping[str, Any]]) -> tuple[Merge, ...]:
    """The `[[merges]]` of `deskbook.toml`.

    Raises:
        ConfigError: something in them cannot be meant; says what and where.
        UnknownName: a key or column that nobody knows.
    """
    merges = tuple(_merge(number, table) for number, table in enumerate(tables, 1))
    named = [source for merge in merges for source in merge.precedence]
    for source in named:
        if named.count(source) > 1:
            raise ConfigError(f"[[merges]] names source '{source}' twice. A source stands in one of them, once.")
    return merges


def _merge(number: int, table: Mapping[str, Any]) -> Merge:
    where = f"[[merges]] number {number}"
    for name in table:
        if name not in KEYS:
            raise UnknownName(f"key of {where}", str(name), KEYS)
    sources, keys = table.get("precedence"), table.get("keys")
    if not isinstance(sources, list) or len(sources) < 2 or not all(isinstance(one, str) and one for one in sources):
        raise ConfigError(f'{where}: precedence wants two or more sources: ["helpdesk", "warehouse"]; got {sources!r}.')
    if not isinstance(keys, Mapping) or set(keys) != set(sources):
        raise ConfigError(
            f'{where}: keys wants one for each source: {{ {sources[0]} = "id", {sources[1]} = "custom.order" }}; '
            f"got {keys!r}."
        )
    columns = {source: [value] if isinstance(value, str) else value for source, value in keys.items()}
    for source, listed in columns.items():
        if not isinstance(listed, list) or not listed or not all(isinstance(one, str) for one in listed):
            raise ConfigError(f"{where}: keys of {source} wants a column or a list of columns; got {keys[source]!r}.")
        for column in listed:
            if not column.startswith("custom.") and column not in TABLES["tickets"].names:
                raise UnknownName(f"column in {where}", column, (*TABLES["tickets"].names, "custom.<name>"))
    if len({len(listed) for listed in columns.values()}) > 1:
        raise ConfigError(f"{where}: keys wants as many columns of each source; got {keys!r}.")
    return Merge(tuple(sources), {source: tuple(listed) for source, listed in columns.items()})


class Merging:
    """The merging of one desk's sources. Without `[[merges]]` it does nothing, but for undoing what once was."""

    def __init__(self, lake: Lake, tenant: str, merges: Sequence[Merge]) -> None:
        self._lake, self._tenant, self._merges = lake, tenant, tuple(merges)
        self._own = as_it_came(tenant)
        self.sources = frozenset(source for merge in merges for source in merge.precedence)

    def settle(self) -> None:
        """Move rows to where they belong when a source begins or ceases to be merged; commits follow at once."""
        if self._lake.apart(self._tenant) == self.sources:
            return
        with self._lake.writing() as con:
            held = self._held_sources(con)  # another process may have been here while we waited
            for source in sorted(held - self.sources):
                _forget(con, self._tenant, source)
                _move(con, self._own, self._tenant, source)
            for source in sorted(self.sources - held):
                _forget(con, self._own, source)
                _move(con, self._tenant, self._own, source)
            self._keep(con, {"sources": sorted(self.sources)})

    def run(self) -> Merged:
        """Make the desk's rows of merged sources what they are to be, in one commit; none where nothing changed."""
        self.settle()
        if not self._merges:
            return Merged()
        seen = self._seen()
        mark = self._lake.cursor(self._own, MERGES)
        if mark.get("seen") == seen:
            return self.last()
        with self._lake.writing() as con:
            bound = {"own": self._own}
            con.execute(f"CREATE OR REPLACE TEMP TABLE keyed AS {KEYED.format(**_keys(self._merges))}", bound)
            con.execute(f"CREATE OR REPLACE TEMP TABLE members AS {MEMBERS}")
            for table in _filled(con, (self._own, self._tenant), self.sources):
                self._write(con, table)
            merged = _counted(con)
            self._keep(con, {"sources": sorted(self.sources), "seen": seen, **asdict(merged)})
        return merged

    def last(self) -> Merged:
        """What was merged last."""
        mark = self._lake.cursor(self._own, MERGES)
        return Merged(int(mark.get("tickets", 0)), int(mark.get("unclear", 0)))

    def oddities(self) -> list[tuple[str, str, int, str, str]]:
        """What merging found, as rows of findings: name, subject, count, said, applied."""
        last = self.last()
        several = "tickets that stand in several sources"
        unclear = "keys that one source has on several tickets, so that nobody can say which is another source's"
        rows = [
            ("merged_across_sources", "tickets", last.tickets, several, "merged: counted once, as [[merges]] says"),
            ("merge_key_unclear", "keys", last.unclear, unclear, "not merged: each ticket counts by itself"),
        ]
        return [row for row in rows if row[2]] if self._merges else []

    def _write(self, con: duckdb.DuckDBPyConnection, table: str) -> None:
        names = ", ".join(TABLES[table].names)
        listed = ", ".join(quoted(source) for source in sorted(self.sources))
        wanted = wanted_of(table, listed, max(len(merge.precedence) for merge in self._merges))
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE wanted AS SELECT $tenant AS tenant, source, {names}, raw, "
            f"hash({names}, raw) AS row_hash FROM ({wanted})",
            {"tenant": self._tenant, "own": self._own},
        )
        held = f"SELECT source, id, row_hash FROM lake.{table} WHERE tenant = $tenant AND source IN ({listed})"
        bound = {"tenant": self._tenant}
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE gone AS {held} EXCEPT SELECT source, id, row_hash FROM wanted", bound
        )
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE fresh AS SELECT source, id, row_hash FROM wanted EXCEPT ({held})", bound
        )
        if _one(con, "SELECT count(*) FROM gone"):
            con.execute(
                f"DELETE FROM lake.{table} WHERE tenant = $tenant AND (source, id) IN (SELECT source, id FROM gone)",
                bound,
            )
        if _one(con, "SELECT count(*) FROM fresh"):
            con.execute(f"INSERT INTO lake.{table} BY NAME FROM wanted SEMI JOIN fresh USING (source, id)")

    def _seen(self) -> str:
        """A mark that moves with what came and with how it is to be merged."""
        counted = " UNION ALL ".join(
            f"SELECT '{table}', count(*), bit_xor(hash(source, id, row_hash)) FROM lake.{table} WHERE tenant = $1"
            for table in TABLES
        )
        rows = self._lake.con.cursor().execute(f"{counted} ORDER BY 1", [self._own]).fetchall()
        parts: list[Any] = [REVISION, [asdict(merge) for merge in self._merges], rows]
        return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()

    def _held_sources(self, con: duckdb.DuckDBPyConnection | None = None) -> frozenset[str]:
        return frozenset(self._lake.cursor(self._own, MERGES, con).get("sources", ()))

    def _keep(self, con: duckdb.DuckDBPyConnection, mark: Mapping[str, Any]) -> None:
        Cursors().write(con, self._own, MERGES, mark)


def _keys(merges: Sequence[Merge]) -> dict[str, str]:
    """SQL over a ticket: which merge it belongs to, its key there, and its source's place."""
    whens: dict[str, list[str]] = {"number": [], "key": [], "place": []}
    for number, merge in enumerate(merges):
        for place, source in enumerate(merge.precedence):
            when = f"WHEN {quoted(source)} THEN"
            whens["number"].append(f"{when} {number}")
            whens["place"].append(f"{when} {place}")
            columns = [f"nullif(trim({_column(column)}), '')" for column in merge.keys[source]]
            known = " AND ".join(f"{column} IS NOT NULL" for column in columns)
            whens["key"].append(f"{when} CASE WHEN {known} THEN to_json([{', '.join(columns)}])::VARCHAR END")
    cases = {name: f"CASE source {' '.join(listed)} END" for name, listed in whens.items()}
    return cases | {"sources": ", ".join(quoted(source) for merge in merges for source in merge.precedence)}


def _column(name: str) -> str:
    if name.startswith("custom."):
        field = name.removeprefix("custom.").replace("\\", "\\\\").replace('"', '\\"')
        path = quoted(f'$."{field}"')
        return f"json_extract_string(custom, {path})"
    return f"{name}::VARCHAR"


def _filled(con: duckdb.DuckDBPyConnection, tenants: Sequence[str], sources: Iterable[str]) -> list[str]:
    """Tables in which these sources have rows; a delete that finds nothing would still make a file."""
    which = "tenant IN (SELECT unnest($1::VARCHAR[])) AND source IN (SELECT unnest($2::VARCHAR[]))"
    looked = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM lake.{table} WHERE {which}" for table in TABLES)
    return [table for table, rows in con.execute(looked, [list(tenants), list(sources)]).fetchall() if rows]


def _forget(con: duckdb.DuckDBPyConnection, tenant: str, source: str) -> None:
    for table in _filled(con, [tenant], [source]):
        con.execute(f"DELETE FROM lake.{table} WHERE tenant = $1 AND source = $2", [tenant, source])


def _move(con: duckdb.DuckDBPyConnection, old: str, new: str, source: str) -> None:
    for table in _filled(con, [old], [source]):
        where = f"FROM lake.{table} WHERE tenant = $1 AND source = $2"
        con.execute(f"INSERT INTO lake.{table} SELECT * REPLACE ($3 AS tenant) {where}", [old, source, new])
        con.execute(f"DELETE {where}", [old, source])


def _counted(con: duckdb.DuckDBPyConnection) -> Merged:
    tickets = _one(con, "SELECT count(DISTINCT (into_source, into_id)) FROM members")
    unclear = (
        "SELECT count(*) FROM (SELECT number, key FROM keyed WHERE key IS NOT NULL GROUP BY ALL "
        "HAVING count(DISTINCT source) > 1 AND count(*) > count(DISTINCT source))"
    )
    return Merged(tickets, _one(con, unclear))


def _one(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = con.execute(sql).fetchone()
    return int(row[0]) if row else 0

"""The lake's tables: the standard ones with their keys, payload and hash, and Deskbook's own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

import duckdb

from deskbook.schema import MEASURED, TABLES, Table

SQL_TYPE: Final = {
    "string": "VARCHAR",
    "int": "BIGINT",
    "float": "DOUBLE",
    "bool": "BOOLEAN",
    "time": "TIMESTAMPTZ",
    "list": "VARCHAR[]",
    "json": "VARCHAR",
}

OWN: Final[dict[str, dict[str, str]]] = {
    "message_scores": {
        "tenant": "VARCHAR",
        "source": "VARCHAR",
        "id": "VARCHAR",
        "text_hash": "UBIGINT",
        "scorer": "VARCHAR",
        "language": "VARCHAR",
        "sentiment_lexicon": "DECIMAL(5,4)",
        "sentiment_semantic": "DECIMAL(5,4)",
        "sentiment": "DECIMAL(5,4)",
        "sentiment_label": "VARCHAR",
    },
    "cursors": {"tenant": "VARCHAR", "entry": "VARCHAR", "cursor": "VARCHAR", "change": "BIGINT"},
    "quarantine": {
        "tenant": "VARCHAR",
        "source": "VARCHAR",
        "entry": "VARCHAR",
        "table_name": "VARCHAR",
        "origin": "VARCHAR",
        "line": "BIGINT",
        "column_name": "VARCHAR",
        "reason": "VARCHAR",
        "payload": "VARCHAR",
    },
}


def _declared(table: Table) -> dict[str, str]:
    keys = {"tenant": "VARCHAR", "source": "VARCHAR"}
    return keys | {column.name: SQL_TYPE[column.dtype] for column in table.columns}


PAYLOAD: Final = {"raw": "VARCHAR", "row_hash": "UBIGINT"}
TABLE_COLUMNS: Final[dict[str, dict[str, str]]] = {
    **{name: _declared(table) | PAYLOAD for name, table in TABLES.items()},
    **{name: _declared(table) for name, table in MEASURED.items()},
    **OWN,
}


def changes(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The statements that make the tables and columns that are not there yet."""
    held: dict[str, set[str]] = {}
    found = con.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'lake'")
    for table, column in found.fetchall():
        held.setdefault(table, set()).add(column)
    return [change for name, columns in TABLE_COLUMNS.items() for change in _missing(name, columns, held.get(name))]


def create(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables and columns that are not there yet, in one snapshot; none if all are."""
    wanted = changes(con)
    if not wanted:
        return
    con.execute("BEGIN")
    for change in wanted:
        con.execute(change)
    con.execute("COMMIT")


def _missing(name: str, columns: Mapping[str, str], held: Collection[str] | None) -> list[str]:
    """The statements that make a table as it is declared from what an older lake holds of it."""
    if held is None:
        return [f"CREATE TABLE lake.{name} ({', '.join(f'{column} {kind}' for column, kind in columns.items())})"]
    new = [column for column in columns if column not in held]
    return [f"ALTER TABLE lake.{name} ADD COLUMN {column} {columns[column]}" for column in new]

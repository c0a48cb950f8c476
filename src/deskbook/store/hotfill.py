"""Filling a hot copy: its tables one after the other, from one snapshot of the lake into an empty database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import duckdb

from deskbook.metrics.dimensions import CODES
from deskbook.store.carried import carry
from deskbook.store.hottables import (
    CODED,
    DIMENSIONS,
    FACTS,
    FIRST,
    MOOD,
    NO_WORD,
    TAGGED,
    TICKETS,
    WORDS,
    dimensions_of,
    filled,
)


def fill(con: duckdb.DuckDBPyConnection, name: str, tenant: str, zone: str, snapshot: int) -> None:
    """Make the tables of a copy in the attached, empty database `name`."""
    hot, bound = f"{name}.main", {"tenant": tenant, "zone": zone}
    for column, held in CODES.items():
        con.execute(f"CREATE TYPE {hot}.{held} AS ENUM {CODED[column]}")
    for table, sql in FIRST.items():
        _create(con, f"{hot}.{table}", filled(sql, hot, snapshot), bound)
    _fact(con, hot, "tickets", filled(TICKETS, hot, snapshot), DIMENSIONS, bound)
    _create(con, f"{hot}.plain", TAGGED.format(hot=hot), bound)
    _coded(con, hot, ("tag",), "tagged")
    con.execute(f"DROP TABLE {hot}.plain")
    for table, sql in FACTS.items():
        _fact(con, hot, table, filled(sql, hot, snapshot), WORDS[table], bound)
    for table in FIRST:
        con.execute(f"DROP TABLE {hot}.{table}")
    con.execute(f"CREATE TABLE {hot}.flow AS FROM {hot}.flow_then WHERE move <> 'moved'")
    months = carry(con, hot, dimensions_of("t"), bound)
    describe(con, hot, months)
    con.execute(f"CHECKPOINT {name}")


def describe(con: duckdb.DuckDBPyConnection, hot: str, months: Sequence[datetime], renewals: int = 0) -> None:
    """Make the table `desk` of a copy.

    Args:
        months: the beginnings that `carried` holds.
        renewals: how often the copy was brought to a later snapshot since it was made.
    """
    con.execute(
        f"CREATE TABLE {hot}.desk AS SELECT greatest((SELECT max(moved_at) FROM {hot}.flow), (SELECT max(sent_at) "
        f"FROM {hot}.messages)) AS data_until, $months::TIMESTAMP[] AS carried_at, {renewals} AS renewals",
        {"months": list(months)},
    )


def _fact(
    con: duckdb.DuckDBPyConnection, hot: str, table: str, sql: str, words: Sequence[str], bound: dict[str, str]
) -> None:
    """One table of the copy, its words as enums; compressed before the next one is made."""
    _create(con, f"{hot}.plain", sql, bound)
    _coded(con, hot, (*words, MOOD), table)
    con.execute(f"DROP TABLE {hot}.plain")
    con.execute(f"CHECKPOINT {hot.removesuffix('.main')}")


def _create(con: duckdb.DuckDBPyConnection, table: str, sql: str, bound: dict[str, str]) -> None:
    con.execute(f"CREATE TABLE {table} AS {sql}", {name: value for name, value in bound.items() if f"${name}" in sql})


def _coded(con: duckdb.DuckDBPyConnection, hot: str, columns: Sequence[str], made: str) -> None:
    """The table `plain` with some of its columns as enums: smaller, and faster to group and compare."""
    casts = []
    for column in columns:
        if column in CODES:
            casts.append(f"{column}::{hot}.{CODES[column]} AS {column}")
            continue
        found = f"SELECT DISTINCT {column}::VARCHAR FROM {hot}.plain WHERE {column} IS NOT NULL ORDER BY 1"
        words = con.execute(f"SELECT count(*) FROM ({found})").fetchone()
        listed = found if words and words[0] else NO_WORD
        con.execute(f"CREATE TYPE {hot}.{column}_words AS ENUM ({listed})")
        casts.append(f"{column}::{hot}.{column}_words AS {column}")
    con.execute(f"CREATE TABLE {hot}.{made} AS SELECT * REPLACE ({', '.join(casts)}) FROM {hot}.plain")

"""The application's own database: a file of its own beside SQLite's catalog, or a schema of its own in PostgreSQL."""

from __future__ import annotations

import hashlib
from typing import Final

from sqlalchemy import Connection, Engine, MetaData, create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from deskbook.errors import MissingExtra
from deskbook.store.failures import said
from deskbook.store.places import LAKE_SCHEMA, STATE_SCHEMA, is_shared

KEPT_OPEN: Final = 4
AT_MOST: Final = 40
"""Connections of one process: those kept for the next question, and beyond which one waits for another's end."""
RENEWED_SECONDS: Final = 1800


def open_database(url: URL) -> Engine:
    """The engine of an address; nothing is asked of it yet.

    With SQLite it is a file of its own beside the lake's catalog: DuckDB carries its own copy of SQLite,
    and two copies in one process must not share a file (sqlite.org/howtocorrupt.html, 2.2.1).

    Raises:
        MissingExtra: PostgreSQL without its package.
    """
    if not is_shared(url):
        url = url.set(database=str(url.database).removesuffix(".db") + "-state.db")
        # A file is opened in less time than a query takes; held open, it is nobody's to close.
        return create_engine(url, poolclass=NullPool)
    try:
        engine = create_engine(
            url,
            pool_size=KEPT_OPEN,
            max_overflow=AT_MOST - KEPT_OPEN,
            pool_pre_ping=True,
            pool_recycle=RENEWED_SECONDS,
            hide_parameters=True,
        )
    except ModuleNotFoundError:
        raise MissingExtra("A lake on PostgreSQL", "postgres") from None
    return engine.execution_options(schema_translate_map={None: STATE_SCHEMA})


def make_schemas(engine: Engine) -> bool:
    """Make the two schemas of a PostgreSQL database, where they are not there; whether a lake's catalog is there.

    Never for SQLite, whose files say nothing about who is making them.

    Raises:
        StoreError: the database cannot be reached, or its user may not make them.
    """
    if not is_shared(engine.url):
        return False
    try:
        with engine.begin() as con:
            held = set(con.scalars(text("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'deskbook%'")))
            missing = [name for name in (LAKE_SCHEMA, STATE_SCHEMA) if name not in held]
            if missing:
                _one_at_a_time(con, "schemas")
            for name in missing:
                con.execute(text(f"CREATE SCHEMA IF NOT EXISTS {name}"))
            made = con.scalar(
                text("SELECT to_regclass(:name) IS NOT NULL"), {"name": f"{LAKE_SCHEMA}.ducklake_metadata"}
            )
            return bool(made)
    except SQLAlchemyError as error:
        raise said(error, engine.url) from None


def make_tables(engine: Engine, metadata: MetaData) -> None:
    """Make the tables that are not there yet; of several processes that begin at once, one does.

    Raises:
        StoreError: the database cannot be reached, or its user may not make them.
    """
    try:
        make_schemas(engine)
        with engine.begin() as con:
            if is_shared(engine.url):
                _one_at_a_time(con, "tables")
            metadata.create_all(con)
    except SQLAlchemyError as error:
        raise said(error, engine.url) from None


def number_of(name: str) -> int:
    """The number that PostgreSQL knows a lock by."""
    return int.from_bytes(hashlib.sha256(f"deskbook {name}".encode()).digest()[:8], "big", signed=True)


def _one_at_a_time(con: Connection, name: str) -> None:
    """Wait until nobody else is at it; until the transaction ends."""
    con.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number_of(name)})

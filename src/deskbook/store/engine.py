"""DuckDB with its extensions, loaded from installed wheels and never from a network."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import duckdb

from deskbook.errors import ConfigError, MissingExtra, StoreError
from deskbook.store.failures import said, telling
from deskbook.store.objectstore import admit
from deskbook.store.places import LAKE_SCHEMA, Place, is_shared, quoted, shown, words_of

EXTENSIONS: Final = ("ducklake", "httpfs")
CONFIG: Final[dict[str, str | bool | int | float | list[str]]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
RETRIES: Final = 50
BUSY_TIMEOUT_MILLISECONDS: Final = 10_000
PASSWORD: Final = "deskbook_database"


def connect(place: Place, *, spill: Path, encrypted: bool) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB with the lake attached as `lake`.

    Args:
        spill: folder for what does not fit into memory; its files are gone when the query is done.
        encrypted: whether new files are encrypted; the keys lie in the catalog database.

    Raises:
        StoreError: the database or the files cannot be reached, or are another lake's.
        MissingExtra: PostgreSQL without its package.
    """
    con = duckdb.connect(config=CONFIG | {"temp_directory": str(spill)})
    for name in (*EXTENSIONS, "postgres_scanner" if is_shared(place.database) else "sqlite"):
        _load(con, name)
    con.execute(f"SET ducklake_max_retry_count = {RETRIES}")
    con.execute("SET TimeZone = 'UTC'")
    admit(con, place)
    target, options = _postgres(con, place) if is_shared(place.database) else _sqlite(place)
    options.append(f"DATA_PATH {quoted(place.files + '/')}")
    if encrypted:
        options.append("ENCRYPTED")
    _attach(con, place, target, options)
    if place.bucket:
        with telling(place, f"The files of the lake at {place.files} cannot be listed"):
            con.execute(f"SELECT count(*) FROM glob({quoted(place.files + '/deskbook-*')})")
    return con


def _attach(con: duckdb.DuckDBPyConnection, place: Place, target: str, options: list[str]) -> None:
    attach = f"ATTACH {quoted('ducklake:' + target)} AS lake"
    doing = f"The lake at {shown(place.database)} cannot be opened"
    try:
        con.execute(f"{attach} ({', '.join(options)})")
    except duckdb.Error as error:
        if "does not match existing data path" not in str(error):
            raise said(error, place.database, place, doing) from None
        if not _came_along(place):
            raise _elsewhere(str(error), place) from None
        with telling(place, doing):
            con.execute(f"{attach} ({', '.join([*options, 'OVERRIDE_DATA_PATH true'])})")


def _came_along(place: Place) -> bool:
    """Whether the files lie beside their catalog, as when a workspace was moved or copied as a whole."""
    if place.bucket or is_shared(place.database):
        return False
    files, catalog = Path(place.files), Path(str(place.database.database))
    return files.is_relative_to(catalog.parent) and files.is_dir() and any(files.iterdir())


def _sqlite(place: Place) -> tuple[str, list[str]]:
    file = str(place.database.database)
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    return f"sqlite:{file}", ["META_JOURNAL_MODE 'WAL'", f"META_BUSY_TIMEOUT {BUSY_TIMEOUT_MILLISECONDS}"]


def _postgres(con: duckdb.DuckDBPyConnection, place: Place) -> tuple[str, list[str]]:
    """The catalog in PostgreSQL; its password stands in no address, so that no message can show it."""
    options = [f"META_SCHEMA '{LAKE_SCHEMA}'"]
    if place.database.password:
        password = quoted(str(place.database.password))
        con.execute(f"CREATE OR REPLACE SECRET {PASSWORD} (TYPE postgres, PASSWORD {password})")
        options.append(f"META_SECRET '{PASSWORD}'")
    return f"postgres:{words_of(place.database)}", options


def _elsewhere(text: str, place: Place) -> StoreError:
    held = text.split('"')[-2] if text.count('"') >= 2 else "elsewhere"
    return StoreError(
        f"The lake at {shown(place.database)} keeps its files at {held}, and DESKBOOK_FILES says {place.files}/. "
        "Fix: set DESKBOOK_FILES to where they are, or take another database for another lake."
    )


def _load(con: duckdb.DuckDBPyConnection, name: str) -> None:
    try:
        con.execute(f"LOAD {name}")
    except duckdb.Error:
        from duckdb_extensions import import_extension

        try:
            import_extension(name)
        except ImportError:
            if name == "postgres_scanner":
                raise MissingExtra("A lake on PostgreSQL", "postgres") from None
            raise ConfigError(f"DuckDB's extension {name} is not installed. Fix: pip install deskbook") from None
        con.execute(f"LOAD {name}")

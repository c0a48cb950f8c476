"""DuckDB with its extensions, loaded from installed wheels and never from a network."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import duckdb

from deskbook.errors import ConfigError, StoreError

EXTENSIONS: Final = ("ducklake", "httpfs")
CATALOG_EXTENSION: Final = {"sqlite": "sqlite", "postgresql": "postgres_scanner"}
CONFIG: Final[dict[str, str | bool | int | float | list[str]]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
RETRIES: Final = 50
BUSY_TIMEOUT_MILLISECONDS: Final = 10_000


def connect(database_url: str, files_url: str, *, spill: Path, encrypted: bool) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB with the lake attached as `lake`.

    Args:
        database_url: SQLAlchemy URL of the lake's catalog (`sqlite:///…` or `postgresql://…`).
        files_url: folder or object-store URL of the Parquet files.
        spill: folder for what does not fit into memory; its files are gone when the query is done.
        encrypted: whether new files are encrypted; the keys lie in the catalog database.
    """
    scheme, target = _catalog_target(database_url)
    con = duckdb.connect(config=CONFIG | {"temp_directory": str(spill)})
    for name in (*EXTENSIONS, CATALOG_EXTENSION[scheme]):
        _load(con, name)
    con.execute(f"SET ducklake_max_retry_count = {RETRIES}")
    con.execute("SET TimeZone = 'UTC'")
    options = [f"DATA_PATH {_quoted(files_url.rstrip('/') + '/')}"]
    if encrypted:
        options.append("ENCRYPTED")
    if scheme == "sqlite":
        Path(target.removeprefix("sqlite:")).parent.mkdir(parents=True, exist_ok=True)
        options += ["META_JOURNAL_MODE 'WAL'", f"META_BUSY_TIMEOUT {BUSY_TIMEOUT_MILLISECONDS}"]
    try:
        con.execute(f"ATTACH {_quoted('ducklake:' + target)} AS lake ({', '.join(options)})")
    except duckdb.Error as error:
        raise StoreError(
            f"The lake at {_shown(database_url)} cannot be opened: {str(error).splitlines()[0]}"
        ) from error
    return con


def _load(con: duckdb.DuckDBPyConnection, name: str) -> None:
    try:
        con.execute(f"LOAD {name}")
    except duckdb.Error:
        from duckdb_extensions import import_extension

        import_extension(name)
        con.execute(f"LOAD {name}")


def _catalog_target(database_url: str) -> tuple[str, str]:
    scheme = urlsplit(database_url).scheme.split("+")[0]
    if scheme == "sqlite" and database_url.startswith("sqlite:///"):
        return scheme, "sqlite:" + database_url.removeprefix("sqlite:///")
    if scheme in ("postgresql", "postgres"):
        parts = urlsplit(database_url)
        words = {"host": parts.hostname, "port": parts.port, "user": parts.username, "password": parts.password}
        words["dbname"] = parts.path.lstrip("/")
        return "postgresql", "postgres:" + " ".join(f"{key}={value}" for key, value in words.items() if value)
    raise ConfigError(
        f"DESKBOOK_DATABASE is '{_shown(database_url)}'. Write sqlite:///path/to/file.db or postgresql://user@host/db."
    )


def _shown(url: str) -> str:
    parts = urlsplit(url)
    return url.replace(f":{parts.password}@", ":***@") if parts.password else url


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

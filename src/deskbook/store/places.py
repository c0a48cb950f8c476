"""Where a lake lies: its catalog's database and its files, as the settings write them, and never with a secret."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from deskbook.errors import ConfigError
from deskbook.settings import Storage

LAKE_SCHEMA: Final = "deskbook_lake"
STATE_SCHEMA: Final = "deskbook_state"
"""Schemas of a PostgreSQL database: the lake's catalog in one, the application's state in the other."""
CONNECT_SECONDS: Final = 10
OF_THIS_MACHINE: Final = ("", "localhost", "127.0.0.1", "::1")
PATTERN: Final = "Write sqlite:///path/to/file.db or postgresql://user@host/database."


def database_of(text: str) -> URL:
    """The address of a database, as SQLAlchemy takes it; PostgreSQL is spoken to through psycopg 3.

    Beyond this machine TLS is asked for, unless the address says otherwise by `sslmode`.

    Raises:
        ConfigError: it is none of SQLite or PostgreSQL.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise ConfigError(f"DESKBOOK_DATABASE cannot be read as an address. {PATTERN}") from None
    kind = url.drivername.split("+")[0]
    if kind == "sqlite" and url.database and text.startswith("sqlite:///"):
        return url
    if kind not in ("postgresql", "postgres") or not url.database:
        raise ConfigError(f"DESKBOOK_DATABASE is '{shown(url)}'. {PATTERN}")
    host = url.host or str(url.query.get("host", ""))
    beyond = host not in OF_THIS_MACHINE and not host.startswith("/")
    wanted = {"connect_timeout": str(CONNECT_SECONDS), "application_name": "deskbook"}
    wanted |= {"sslmode": "require"} if beyond else {}
    missing = {name: value for name, value in wanted.items() if name not in url.query}
    return url.set(drivername="postgresql+psycopg").update_query_dict(missing)


def is_shared(url: URL) -> bool:
    """Whether several machines may work on what lies there."""
    return url.get_backend_name() == "postgresql"


def shown(url: URL) -> str:
    """An address that may be read by anyone: no password, and none of what it is asked with."""
    return url.set(drivername=url.drivername.split("+")[0], query={}).render_as_string(hide_password=True)


def words_of(url: URL) -> str:
    """The address of a PostgreSQL database in libpq's words, without the password."""
    words = {"host": url.host, "port": url.port, "user": url.username, "dbname": url.database}
    words |= {name: value if isinstance(value, str) else ",".join(value) for name, value in url.query.items()}
    escaped = {name: str(value).replace("\\", "\\\\").replace("'", "\\'") for name, value in words.items() if value}
    return " ".join(f"{name}='{value}'" for name, value in escaped.items())


def quoted(text: str) -> str:
    """A text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True)
class Place:
    """Where one lake lies.

    Attributes:
        database: its catalog's.
        files: folder or `s3://bucket/prefix`, without a slash at the end.
        storage: how its object store is reached.
    """

    database: URL = field(repr=False)
    files: str
    storage: Storage = field(repr=False)

    @classmethod
    def of(cls, database: str, files: str, storage: Storage | None) -> Place:
        """A place as the settings write it.

        Raises:
            ConfigError: one of its addresses is none that a lake can lie at.
        """
        scheme = urlsplit(files).scheme
        if len(scheme) > 1 and scheme != "s3":  # one letter is a drive
            raise ConfigError(f"DESKBOOK_FILES is '{files}'. Write a folder or s3://bucket/prefix.")
        return cls(database_of(database), files.rstrip("/"), storage or Storage())

    @property
    def bucket(self) -> str:
        """The bucket its files lie in; empty for a folder."""
        parts = urlsplit(self.files)
        return parts.netloc if parts.scheme == "s3" else ""

    @property
    def names(self) -> tuple[str, str]:
        """What tells it from another; holds no secret."""
        return shown(self.database), self.files

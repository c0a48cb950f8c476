"""An outside SQL database: hosts tried in order, opened so that it is only read, failures told without secrets."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, unquote

from deskbook.errors import MissingExtra, SourceError, SourceMissing, Unreachable, Unreadable
from deskbook.sources.failures import driver_errors, is_lost, told
from deskbook.sources.hosts import Host, backend_of, hosts_of, with_authority
from deskbook.sources.sqloptions import SqlOptions

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

EXTRAS: Final = {
    "postgresql": "postgres",
    "mysql": "mysql",
    "mariadb": "mysql",
    "mssql": "mssql",
    "snowflake": "snowflake",
}
READ_ONLY: Final = {
    "postgresql": ("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY", "SET LOCAL TIME ZONE 'UTC'"),
    "mysql": (
        "SET SESSION time_zone = '+00:00', net_write_timeout = 600",
        "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
        "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY",
    ),
    "sqlite": ("PRAGMA query_only = ON", "PRAGMA cache_size = -16384", "PRAGMA busy_timeout = 10000", "BEGIN"),
}
"""What begins a reading: one snapshot, in which the database itself refuses to write.

SQLite sorts in pieces of its cache and holds a row of each piece: with the 2 MB it takes by itself, 2 GB of rows of
100 kB took 170 MB, with 16 MB 43.
"""
_ENGINES: dict[tuple[object, ...], Engine] = {}
_LOCK: Final = Lock()


@dataclass(frozen=True)
class Reading:
    """One read-only transaction.

    Attributes:
        backend: mysql also for MariaDB.
    """

    connection: Connection
    host: Host
    backend: str
    database: Database


class Database:
    """One database on one or several hosts.

    Attributes:
        backend: SQLAlchemy's name of it; mysql also for MariaDB.
        shown: its URL without its password.
        file: of SQLite; None where it is kept in memory or by a server.
    """

    def __init__(self, options: SqlOptions, folder: Path, entry: str) -> None:
        self._entry, self._options, self._folder = entry, options, folder
        self.hosts = hosts_of(options.url, options, entry)
        self.backend = backend_of(options.url, entry).replace("mariadb", "mysql")
        self.shown = self.hosts[0].shown
        self.secrets = tuple(str(host.url.password) for host in self.hosts if host.url.password)

    @cached_property
    def file(self) -> Path | None:
        """The SQLite file.

        Raises:
            SourceMissing: it is not there.
        """
        url = self.hosts[0].url
        name = url.database or ""
        if self.backend != "sqlite" or name in ("", ":memory:") or url.query.get("mode") == "memory":
            return None
        file = Path(unquote(name.removeprefix("file:").partition("?")[0]))
        file = (self._folder / file).resolve()
        if not file.is_file():
            raise SourceMissing(f"Entry '{self._entry}' reads the SQLite file {file}, which is not there.")
        return file

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """A read-only transaction on the first host that answers; the database's own errors come out as ours.

        Raises:
            Unreachable: no host answers, or the one that did is lost.
        """
        connection, host = self._connected()
        try:
            for statement in READ_ONLY.get(self.backend, ()):
                connection.exec_driver_sql(statement)
            yield Reading(connection, host, self.backend, self)
        except SourceError:
            connection.invalidate()
            raise
        except driver_errors() as error:
            connection.invalidate()
            raise self.told(error, host) from None  # its own text could hold bound values
        except GeneratorExit:
            connection.invalidate()  # rows that are under way would be read to their end
            raise
        finally:
            with suppress(*driver_errors()):  # of a host that is gone by now, whose rows were all read
                connection.close()

    def told(self, error: Exception, host: Host | None = None) -> SourceError:
        """A driver's error in our words."""
        return told(error, self._entry, (host or self.hosts[0]).shown, self.secrets)

    def _connected(self) -> tuple[Connection, Host]:
        """A connection to the first host that answers, the first of them wherever it is back."""
        failures = []
        for host in self.hosts:
            try:
                return self._engine(host).connect(), host
            except driver_errors() as error:
                failure = self.told(error, host)
                if not is_lost(failure) or len(self.hosts) == 1:
                    raise failure from None
                failures.append(str(failure))
        raise Unreachable(" ".join(failures))

    def _engine(self, host: Host) -> Engine:
        """The engine of a host: one a process, so that all entries of a database share its connections."""
        from sqlalchemy import create_engine
        from sqlalchemy.exc import NoSuchModuleError
        from sqlalchemy.pool import NullPool

        url, given = self._address(host.url)
        size = self._options.pool_size
        told = sorted((name, value) for name, value in given.items() if name != "conv")
        key = (os.getpid(), url.render_as_string(hide_password=False), size, repr(told))
        pooled: dict[str, Any] = {"pool_size": size, "max_overflow": 0, "pool_pre_ping": True, "pool_recycle": 1800}
        with _LOCK:
            if key in _ENGINES:
                return _ENGINES[key]
            try:
                how = {"poolclass": NullPool} if self.backend == "sqlite" else pooled
                engine = create_engine(url, connect_args=given, **how)
            except (ModuleNotFoundError, NoSuchModuleError):
                name = f"Entry '{self._entry}' ({self.backend})"
                raise MissingExtra(name, EXTRAS.get(self.backend, self.backend)) from None
            if self.backend != "sqlite":
                _ENGINES[key] = engine
            return engine

    def _address(self, url: URL) -> tuple[URL, dict[str, Any]]:
        """The URL with its driver, and the driver's arguments."""
        wait = self._options.connect_timeout_seconds
        url, given = with_authority(url, self._options, self._folder, self._entry)
        if self.backend == "postgresql":
            driver = url if "+" in url.drivername else url.set(drivername="postgresql+psycopg")
            return driver, {**given, "connect_timeout": wait, "prepare_threshold": None, "application_name": "deskbook"}
        if self.backend == "mysql":
            from pymysql.converters import encoders

            driver = url if "+" in url.drivername else url.set(drivername=f"{url.drivername}+pymysql")
            charset = {} if "charset" in url.query else {"charset": "utf8mb4"}
            # Values come as texts and become columns at once: four times as quick as one by one.
            return driver, {**given, **charset, "connect_timeout": wait, "conv": dict(encoders)}
        if self.file is not None:
            query = {"mode": "ro", "uri": "true", **({"immutable": "1"} if self._options.archive else {})}
            return url.set(database=self.file.as_uri(), query={}).update_query_dict(query), given
        if self.backend == "sqlite" and url.query.get("mode") == "memory":
            return url.update_query_dict({"uri": "true"}), given  # or its name would be that of a file to make
        return url, given

    def libpq(self, host: Host) -> str:
        """The address as PostgreSQL's own library takes it; it holds the password and is shown to nobody."""
        url, _ = self._address(host.url)
        query = {**url.query, "connect_timeout": str(self._options.connect_timeout_seconds)}
        where = "&".join(f"{name}={quote(str(value), safe='')}" for name, value in query.items())
        user = quote(url.username or "", safe="")
        secret = f":{quote(str(url.password), safe='')}" if url.password else ""
        name = f"[{url.host}]" if ":" in (url.host or "") else url.host or ""
        return f"postgresql://{user}{secret}@{name}:{url.port or 5432}/{quote(url.database or '')}?{where}"

    def check_table(self, connection: Connection, name: str) -> None:
        """Whether the table or view exists.

        Raises:
            SourceMissing: it does not; names the closest one.
        """
        from sqlalchemy import inspect

        schema, _, table = name.rpartition(".")
        inspector = inspect(connection)
        known = [*inspector.get_table_names(schema or None), *inspector.get_view_names(schema or None)]
        if table in known:
            return
        close = get_close_matches(table, known, n=1, cutoff=0.5)
        hint = f"Did you mean '{close[0]}'?" if close else f"Tables: {', '.join(sorted(known)) or 'none'}."
        raise SourceMissing(f"Entry '{self._entry}' reads the table '{name}', which {self.shown} lacks. {hint}")

    def order(self, connection: Connection, name: str) -> list[str]:
        """Columns of a table's primary key, so that two reads see its rows in one order."""
        from sqlalchemy import inspect

        schema, _, table = name.rpartition(".")
        if table not in inspect(connection).get_table_names(schema or None):
            return []
        return list(inspect(connection).get_pk_constraint(table, schema or None)["constrained_columns"])


__all__ = ["Database", "Reading", "Unreadable"]

"""An outside SQL database: opened so that it is only read, its failures told without its password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from deskbook.errors import ConfigError, MissingExtra, SourceError, SourceMissing, Unreadable

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

EXTRAS = {"postgresql": "postgres", "mysql": "mysql", "mariadb": "mysql", "mssql": "mssql", "snowflake": "snowflake"}


class Database:
    """One database by its SQLAlchemy URL. A SQLite file is opened with mode=ro.

    Attributes:
        shown: the URL without its password.
    """

    def __init__(self, url: str, folder: Path, entry: str) -> None:
        self._entry = entry
        self._url = _parsed(url, entry)
        self.shown = self._url.render_as_string(hide_password=True)
        if self._url.get_backend_name() == "sqlite" and self._url.database and self._url.database != ":memory:":
            self._url = self._sqlite(folder)

    def _sqlite(self, folder: Path) -> URL:
        name = str(self._url.database)
        if name.startswith("file:"):
            return self._url.update_query_dict({"mode": "ro", "uri": "true"})
        file = (folder / name).resolve()
        if not file.is_file():
            raise SourceMissing(f"Entry '{self._entry}' reads the SQLite file {file}, which is not there.")
        return self._url.set(database=file.as_uri()).update_query_dict({"mode": "ro", "uri": "true"})

    def _engine(self) -> Engine:
        from sqlalchemy import create_engine
        from sqlalchemy.exc import NoSuchModuleError
        from sqlalchemy.pool import NullPool

        try:
            return create_engine(self._url, poolclass=NullPool)
        except (ModuleNotFoundError, NoSuchModuleError):
            backend = self._url.get_backend_name()
            raise MissingExtra(f"Entry '{self._entry}' ({backend})", EXTRAS.get(backend, backend)) from None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection; the database's own errors come out as ours."""
        from sqlalchemy.exc import SQLAlchemyError

        engine = self._engine()
        try:
            with engine.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise self._told(error) from None  # its own text could hold bound values
        finally:
            engine.dispose()

    def _told(self, error: Exception) -> SourceError:
        said = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        if self._url.password:
            said = said.replace(str(self._url.password), "***")
        return Unreadable(f"Entry '{self._entry}' could not read {self.shown}: {said}. Check url:, table: or query:.")

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


def _parsed(url: str, entry: str) -> URL:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        raise ConfigError(
            f"Entry '{entry}': url: is no SQLAlchemy URL (its text is not shown, it may hold a password). "
            "Wanted dialect://user:password@host/database, such as sqlite:///desk.db."
        ) from None

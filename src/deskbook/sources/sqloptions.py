"""What a `sql` entry may set, checked before anything is opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final
from zoneinfo import ZoneInfo

from deskbook.errors import ConfigError, UnknownName
from deskbook.sources.contract import Entry
from deskbook.sources.rules import has_history
from deskbook.sources.size import LEAST_MEMORY_MB, Size
from deskbook.sources.statements import read_only

SWEEPS: Final = ("", "each", "daily", "never")
COUNTS: Final = ("page_rows", "pool_size", "connect_timeout_seconds")
LONGEST_CONNECT_SECONDS: Final = 4
"""Of each host where there are several: two of them fit into the ten seconds after which another one is to serve."""


@dataclass(frozen=True, kw_only=True)
class SqlOptions:
    """Options of a `sql` entry: where the database is, a table or a query, and how to go on.

    Attributes:
        url: SQLAlchemy URL; several hosts may stand in it, parted by commas.
        user, password: in place of those of the url; the password as a reference.
        hosts: `host` or `host:port` in the order to try, in place of the url's.
        ca: PEM file of the authority that signed the server's certificate; that of the system when absent.
        cleartext: `allowed` where a host beyond this machine may be spoken to without TLS.
        cursor_column: grows with every change (updated_at, id); without it the whole is compared.
        overlap_seconds: how far before the newest change rows are read again, for those that were committed late.
        deleted_column: says of a row that it is deleted: true, or any moment.
        tombstones: table or query whose first column holds the keys of deleted rows.
        sweep: when all keys are read to find rows that are gone: each (pull), daily or never. Without a cursor
            column they are, whenever anything changed.
        notify: channel of PostgreSQL's NOTIFY that wakes a sync.
        zone: IANA zone of times that the database keeps without one.
        encoding: of texts that are no UTF-8.
        archive: the SQLite file never changes again.
        page_rows: rows a page at most.
        memory_mb: by how much a sync of the entry may let the process grow; 0 where pages may be as large as is quick.
        pool_size: connections to one database at once, for all entries that read it.
    """

    url: str
    user: str = ""
    password: str = ""
    hosts: tuple[str, ...] = ()
    ca: str = ""
    cleartext: str = ""
    table: str = ""
    query: str = ""
    cursor_column: str = ""
    overlap_seconds: int = 0
    deleted_column: str = ""
    tombstones: str = ""
    sweep: str = ""
    notify: str = ""
    zone: str = ""
    encoding: str = ""
    archive: bool = False
    page_rows: int = 50_000
    memory_mb: int = 0
    pool_size: int = 4
    connect_timeout_seconds: int = LONGEST_CONNECT_SECONDS

    @property
    def size(self) -> Size:
        """The most that a page may hold."""
        return Size.within(self.memory_mb, self.page_rows)


def sql_options(entry: Entry, backend: str) -> SqlOptions:
    """The options of an entry, its query as it is run.

    Args:
        backend: SQLAlchemy's name of the database.

    Raises:
        UnknownName: an option nobody knows.
        ConfigError: a value that cannot be, or a query that does not only read.
    """
    options = SqlOptions(**{**_known(entry), "hosts": _hosts(entry)})
    place = f"Entry '{entry.name}'"
    if bool(options.table) == bool(options.query):
        raise ConfigError(f"{place} wants either table: or query:.")
    for name in COUNTS:
        _check_count(getattr(options, name), 1, f"{place}: {name}:")
    _check_count(options.overlap_seconds, 0, f"{place}: overlap_seconds:")
    if options.memory_mb != 0:
        _check_count(options.memory_mb, LEAST_MEMORY_MB, f"{place}: memory_mb:")
    if options.cleartext not in ("", "allowed"):
        raise ConfigError(f"{place}: cleartext: wants allowed, or is left out; got '{options.cleartext}'.")
    if options.sweep not in SWEEPS:
        raise UnknownName(f"sweep: of entry '{entry.name}'", str(options.sweep), SWEEPS[1:])
    _check_together(options, entry, backend)
    if options.zone:
        _check_zone(options.zone, place)
    query, tombstones = options.query, options.tombstones
    if query:
        query = read_only(query, entry.name, backend)
    if len(tombstones.split()) > 1:  # one word is a table's name
        tombstones = read_only(tombstones, entry.name, backend, option="tombstones")
    return replace(options, query=query, tombstones=tombstones)


def _known(entry: Entry) -> Mapping[str, Any]:
    known = [field.name for field in fields(SqlOptions)]
    for name in entry.options:
        if name not in known:
            raise UnknownName(f"option of entry '{entry.name}'", name, known)
    if not entry.options.get("url"):
        raise ConfigError(f"Entry '{entry.name}' has no url:. Write a SQLAlchemy URL, such as sqlite:///desk.db.")
    return entry.options


def _hosts(entry: Entry) -> tuple[str, ...]:
    hosts = entry.options.get("hosts", ())
    if not isinstance(hosts, list | tuple) or not all(isinstance(one, str) and one for one in hosts):
        raise ConfigError(f"Entry '{entry.name}': hosts: wants a list of host or host:port, got {hosts!r}.")
    return tuple(hosts)


def _check_count(number: object, least: int, place: str) -> None:
    if not isinstance(number, int) or isinstance(number, bool) or number < least:
        raise ConfigError(f"{place} wants a whole number from {least} on, got {number!r}.")


def _check_zone(zone: str, place: str) -> None:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError) as error:  # ZoneInfoNotFoundError is a KeyError
        raise ConfigError(f"{place}: zone: '{zone}' is no IANA time zone. Write one such as Europe/Berlin.") from error


def _check_together(options: SqlOptions, entry: Entry, backend: str) -> None:
    """Whether the options fit each other, the entry and the database."""
    place = f"Entry '{entry.name}'"
    if options.cursor_column and has_history(entry):
        raise ConfigError(
            f"{place} has cursor_column: '{options.cursor_column}' and history:. A history is compared "
            "with earlier rows, so it is read as a whole: take cursor_column: out."
        )
    if options.overlap_seconds and not options.cursor_column:
        raise ConfigError(f"{place} has overlap_seconds: without cursor_column:. Name the column, or take it out.")
    if options.notify and backend != "postgresql":
        raise ConfigError(f"{place}: notify: is PostgreSQL's LISTEN; {backend} has none. Take it out.")
    if options.archive and backend != "sqlite":
        raise ConfigError(f"{place}: archive: is for a SQLite file that never changes again. Take it out.")
    if backend == "sqlite" and options.hosts:
        raise ConfigError(f"{place}: hosts: is for a database server; SQLite is a file. Take it out.")

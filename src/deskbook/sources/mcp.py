"""Files that an MCP server gives: the same formats as `files`, read through its reading tools alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from deskbook.errors import ConfigError, SourceMissing
from deskbook.sources.contract import Clock, Cursor, Entry, Page, source
from deskbook.sources.files import Files
from deskbook.sources.forms import form, form_of
from deskbook.sources.location import Location
from deskbook.sources.options import FORMATS, FileOptions, file_options
from deskbook.sources.served import ServedFiles, Server, Session, check_path

OWN: Final = ("command", "server", "path", "environ", "seconds")
LONGEST_SECONDS: Final = 600


@dataclass(frozen=True, kw_only=True)
class ServedOptions(FileOptions):
    """What a form asks for. A `command` is not among it: which programs run here is decided in a reviewed file.

    Attributes:
        server: address of the MCP server (streamable HTTP).
        path: path or glob, as the server names its files.
        seconds: how long one call may take.
    """

    server: str
    path: str
    seconds: float = 60.0


@source("mcp")
class McpFiles(Files):
    """Files behind an MCP server, such as the official file-system server.

    The entry has `command` (a list: program and arguments) or `server` (an address), `path` (a path or glob as the
    server names files), and beside them what `files` takes: format, header, encoding …
    """

    def __init__(self, entry: Entry, clock: Clock) -> None:
        own = {name: entry.options[name] for name in OWN if name in entry.options}
        path = check_path(str(own.get("path", "")), entry.name)
        rest = {name: value for name, value in entry.options.items() if name not in OWN}
        if "url" in rest:
            raise ConfigError(f"Entry '{entry.name}': kind mcp has no url:. Write path:, and command: or server:.")
        super().__init__(_with(entry, {**rest, "url": path}), clock)
        self._options = file_options({**rest, "url": path}, entry.name)
        self._session = Session(_server(own, entry.name), entry.name)
        self._disk = ServedFiles(self._session)

    def pull(self, cursor: Cursor) -> Iterator[Page]:
        """Pages of every file that is new or changed; one connection for all of them."""
        with self._session.open():
            yield from super().pull(cursor)

    def first(self, rows: int) -> Page:
        """The first rows of the first file as a page."""
        with self._session.open():
            return super().first(rows)

    def _find(self) -> list[Location]:
        path = self._options.url
        found = []
        for name in self._session.find(path):
            size, stamp = self._session.about(name)
            found.append(Location(self._disk, name, name, size, stamp))
        if not found:
            raise SourceMissing(
                f"Entry '{self._entry.name}' reads '{path}', and the MCP server has no such file. Correct path:."
            )
        return found


def _with(entry: Entry, options: Mapping[str, Any]) -> Entry:
    return replace(entry, options=options)


def _server(own: Mapping[str, Any], entry: str) -> Server:
    command, address, seconds = own.get("command", []), own.get("server", ""), own.get("seconds", 60)
    is_list = isinstance(command, list) and all(isinstance(word, str) and word for word in command)
    if not is_list or bool(command) == bool(address):
        raise ConfigError(
            f"Entry '{entry}': kind mcp wants either command: [program, argument, …] or server: http://…/mcp."
        )
    if address and not str(address).startswith(("http://", "https://")):
        raise ConfigError(f"Entry '{entry}': server: wants an address such as http://127.0.0.1:8000/mcp.")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds <= LONGEST_SECONDS:
        raise ConfigError(f"Entry '{entry}': seconds: wants a number up to {LONGEST_SECONDS}, got {seconds!r}.")
    environ = own.get("environ", {})
    if not isinstance(environ, Mapping):
        raise ConfigError(f"Entry '{entry}': environ: wants names with values, such as {{TOKEN: '{{env(TOKEN)}}'}}.")
    told = {str(name): str(value) for name, value in environ.items()}
    return Server(command=tuple(command), url=str(address), environ=told, seconds=float(seconds))


form.add(
    "mcp",
    form_of(
        ServedOptions,
        title="Files of an MCP server",
        reads="The same files, read through an MCP server that lists and gives them.",
        shown=("server", "path", "format"),
        without=("url", "store"),  # what is set for a bucket is none of an MCP server's
        server={"example": "http://127.0.0.1:8000/mcp"},
        path={"example": "/desk/*.csv"},
        format={"kind": "choice", "choices": FORMATS, "help": "Told by the suffix of a name when left open."},
    ),
)

"""Files behind an MCP server, read through its reading tools alone: listed, fetched, never written.

The server is a stranger: which tools are called is decided here, names it lists are checked, and what it sends is
bounded in size and time.
"""

from __future__ import annotations

import base64
import io
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Final

from fsspec.spec import AbstractFileSystem

from deskbook.errors import ConfigError, MissingExtra, SourceError, SourceMissing, Unreadable

LIST: Final = ("list_directory",)
FETCH: Final = ("read_media_file", "read_text_file", "read_file")
ABOUT: Final = ("get_file_info", "list_allowed_directories")
ALLOWED: Final = frozenset((*LIST, *FETCH, *ABOUT))
"""The only tools that are ever called."""
DEEPEST: Final = 12
MOST_FILES: Final = 10_000
MOST_BYTES: Final = 256 * 1024 * 1024
LISTED: Final = re.compile(r"\[(FILE|DIR)\] (.+)")
TOLD: Final = re.compile(r"(size|modified): (.+)")


@dataclass(frozen=True, kw_only=True)
class Server:
    """How an MCP server is reached.

    Attributes:
        command: program and arguments to start, spoken to over its standard input and output; or
        url: its address (streamable HTTP).
        environ: of the program; nothing else of ours is passed on but what a program needs to start.
        seconds: how long one call may take.
    """

    command: Sequence[str] = ()
    url: str = ""
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)
    seconds: float = 60.0


class Session:
    """One connection; use it in a `with`."""

    def __init__(self, server: Server, entry: str) -> None:
        self._server, self._entry = server, entry
        self._client: Any = None
        self._portal: Any = None
        self._tools: frozenset[str] = frozenset()
        self._resources: dict[str, str] = {}

    @contextmanager
    def open(self) -> Iterator[Session]:
        """Connect, and hang up afterwards; inside an open one it is the same connection.

        Raises:
            SourceMissing: nothing answers, or it does not offer what reading needs.
        """
        if self._client is not None:
            yield self
            return
        try:
            from anyio.from_thread import start_blocking_portal
            from mcp import Client, StdioServerParameters
        except ImportError:
            raise MissingExtra(f"Entry '{self._entry}' (kind: mcp)", "mcp") from None
        made = self._server
        target = made.url or StdioServerParameters(
            command=made.command[0], args=list(made.command[1:]), env=dict(made.environ)
        )
        with start_blocking_portal() as portal:
            client = Client(target, read_timeout_seconds=made.seconds)
            connection = portal.wrap_async_context_manager(client)
            with self._saying("could not be reached"):
                connected = connection.__enter__()
            try:
                self._client, self._portal = connected, portal
                self._learn()
                yield self
            finally:
                self._client = self._portal = None
                connection.__exit__(None, None, None)

    @contextmanager
    def _saying(self, what: str) -> Iterator[None]:
        """Whatever the other side does wrong, told as ours."""
        try:
            yield
        except SourceError:
            raise
        except Exception as error:  # the room's edge: a stranger's program may fail in any way
            where = self._server.url or self._server.command[0]
            raise SourceMissing(
                f"Entry '{self._entry}': the MCP server {where} {what}: {_innermost(error)}."
            ) from error

    def _learn(self) -> None:
        """What the server offers: tools whose names are allowed and that do not say they write, else resources."""
        with self._saying("did not say what it offers"):
            held = self._client.server_capabilities
            tools = self._portal.call(self._client.list_tools).tools if held.tools else []
            self._tools = frozenset(
                tool.name
                for tool in tools
                if tool.name in ALLOWED and not (tool.annotations and tool.annotations.read_only_hint is False)
            )
            if not self._can_list and held.resources:
                found = self._portal.call(self._client.list_resources).resources
                self._resources = {_plain(one.name): str(one.uri) for one in found[:MOST_FILES]}
        if not self._can_list and not self._resources:
            raise SourceMissing(
                f"Entry '{self._entry}': the MCP server offers no tools to list and read files "
                f"({', '.join((*LIST, *FETCH))}) and no resources."
            )

    @property
    def _can_list(self) -> bool:
        return bool(self._tools & set(LIST) and self._tools & set(FETCH))

    def call(self, tool: str, **arguments: str) -> Any:
        """The result of one of the allowed tools.

        Raises:
            ConfigError: the tool is not one of them.
            SourceError: the server refused or failed.
        """
        if tool not in ALLOWED:
            raise ConfigError(f"MCP tool '{tool}' is not one that reads files; only {', '.join(sorted(ALLOWED))} are.")
        with self._saying(f"failed at {tool}"):
            result = self._portal.call(self._client.call_tool, tool, arguments)
        if result.is_error:
            said = " ".join(getattr(part, "text", "") for part in result.content)[:300]
            raise Unreadable(f"Entry '{self._entry}': {arguments.get('path', tool)}: the MCP server refused: {said}")
        return result

    def find(self, pattern: str) -> list[str]:
        """Names of the files that a path or glob (`**` for any depth) names, in alphabetical order."""
        if self._resources:
            return sorted(name for name in self._resources if _matches(name, pattern))
        root = _root(pattern)
        return sorted(name for name in self._walk(root, deep="**" in pattern) if _matches(name, pattern))

    def _walk(self, root: str, *, deep: bool) -> Iterator[str]:
        waiting, seen = [(root, 0)], 0
        while waiting:
            folder, depth = waiting.pop()
            for kind, name in LISTED.findall(_text(self.call("list_directory", path=folder))):
                if not _is_name(name):
                    raise Unreadable(f"Entry '{self._entry}': the MCP server lists '{name[:80]}', which is no name.")
                path = f"{folder.rstrip('/')}/{name}" if folder != "." else name
                if kind == "DIR" and depth < DEEPEST and deep:
                    waiting.append((path, depth + 1))
                elif kind == "FILE":
                    seen += 1
                    if seen > MOST_FILES:
                        raise Unreadable(f"Entry '{self._entry}': more than {MOST_FILES:,} files. Narrow path:.")
                    yield path

    def about(self, path: str) -> tuple[int, str]:
        """Size in bytes (-1 where it is not told) and what changes when the file does (empty where it is not)."""
        if "get_file_info" not in self._tools:
            return -1, ""
        told = dict(TOLD.findall(_text(self.call("get_file_info", path=path))))
        size = told.get("size", "")
        # Servers tell moments to the second, so a stamp is no proof that a file stayed as it was.
        return (int(size) if size.isdigit() else -1), ""

    def fetch(self, path: str) -> bytes:
        """A file's bytes; its text in UTF-8 where the server gives text."""
        if self._resources:
            with self._saying(f"failed to give {path}"):
                parts = self._portal.call(self._client.read_resource, self._resources[path]).contents
        else:
            tool = next(name for name in FETCH if name in self._tools)
            parts = [getattr(part, "resource", part) for part in self.call(tool, path=path).content]
        data = b"".join(_bytes(part) for part in parts)
        if len(data) > MOST_BYTES:
            raise Unreadable(f"{path} has {len(data):,} bytes; {MOST_BYTES:,} is the most. Split it.")
        return data


class ServedFiles(AbstractFileSystem):  # type: ignore[misc]  # fsspec has no types
    """A session as a file system that only opens and reads."""

    protocol = "mcp"
    cachable = False

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._held: tuple[str, bytes] = ("", b"")

    def _open(self, path: str, mode: str = "rb", **_: Any) -> io.BytesIO:
        if mode != "rb":
            raise OSError(f"{path} is read through MCP and cannot be written")
        if self._held[0] != path:  # the last one is kept: a file is hashed first and read after
            self._held = (path, self._session.fetch(path))
        return io.BytesIO(self._held[1])

    @classmethod
    def _strip_protocol(cls, path: Any) -> Any:
        return path


def check_path(path: str, entry: str) -> str:
    """A path or glob as written in an entry.

    Raises:
        ConfigError: it is empty or leads out of its folder.
    """
    if not path.strip() or ".." in path.split("/") or "\0" in path or "\\" in path:
        raise ConfigError(f"Entry '{entry}': path: wants files of the server such as /desk/*.csv, got '{path}'.")
    return path


def _plain(name: str) -> str:
    return posixpath.basename(name) or name


def _is_name(name: str) -> bool:
    return name not in ("", ".", "..") and "/" not in name and "\\" not in name and name.isprintable()


def _root(pattern: str) -> str:
    """The folder before the first sign of a glob."""
    fixed = []
    for part in pattern.split("/")[:-1]:
        if set("*?[") & set(part):
            break
        fixed.append(part)
    return "/".join(fixed) or ("/" if pattern.startswith("/") else ".")


def _matches(name: str, pattern: str) -> bool:
    """Whether a path fits a glob: `*` within one folder, `**` through any number of them."""
    named, wanted = name.split("/"), pattern.removeprefix("./").split("/")

    def fits(i: int, j: int) -> bool:
        if j == len(wanted):
            return i == len(named)
        if wanted[j] == "**":
            return any(fits(k, j + 1) for k in range(i, len(named) + 1))
        return i < len(named) and fnmatchcase(named[i], wanted[j]) and fits(i + 1, j + 1)

    return fits(0, 0)


def _text(result: Any) -> str:
    return "\n".join(getattr(part, "text", "") for part in result.content)


def _bytes(part: Any) -> bytes:
    for name in ("blob", "data"):
        if isinstance(getattr(part, name, None), str):
            return base64.b64decode(getattr(part, name))
    return str(getattr(part, "text", "")).encode()


def _innermost(error: BaseException) -> str:
    """What went wrong at the bottom of nested groups of errors, in a line."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return (str(error) or type(error).__name__).splitlines()[0][:200].rstrip(".")

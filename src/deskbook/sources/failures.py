"""What a database's drivers raise, told as our own errors: what happened, where, and the next step."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from typing import Final

from deskbook.errors import SourceError, SourceMissing, Unreachable, Unreadable

_KNOWN: Final[tuple[tuple[str, type[SourceError], str], ...]] = (
    (
        r"password authentication failed|access denied|no password supplied|login failed",
        Unreadable,
        "refuses the user or the password. Check user: and what password: refers to.",
    ),
    (
        r"could not translate host|name or service not known|getaddrinfo|nodename nor servname|name resolution",
        Unreachable,
        "has a host that nobody knows. Check the host in url: or hosts:.",
    ),
    (
        r"certificate verify failed|root certificate|does not match host name|hostname mismatch|ip address mismatch"
        r"|not valid for|certificate is not|self.signed",
        Unreadable,
        "could not prove who it is. Give the authority that signed its certificate with ca:, and the host's own name.",
    ),
    (
        r"does not support ssl|ssl is required|does not support it|no pg_hba.conf entry.*no encryption|require_secure",
        Unreadable,
        "and this machine do not agree on TLS. Turn TLS on in the server, or write cleartext: allowed into the entry.",
    ),
    (
        r"read.only|readonly|cannot execute .* in a read",
        Unreadable,
        "refused to write: the query calls something that does. Deskbook only reads.",
    ),
    (
        r"relation \"?[^ ]+\"? does not exist|no such table|table '[^']+' doesn't exist|42p01|1146",
        SourceMissing,
        "lacks a table that the query reads. Check table: or query:.",
    ),
    (
        r"connection refused|timed? ?out|server closed the connection|lost connection|gone away|can't connect"
        r"|connection reset|terminating connection|the database system is|no route|broken pipe|shutdown"
        r"|connection (?:is closed|already closed|to server|was killed)|failed to receive|could not receive"
        r"|no copy in progress|admin shutdown",
        Unreachable,
        "does not answer. Is the server up, and reachable from here? The next sync goes on where this one stopped.",
    ),
)
_DRIVERS: Final = {
    "sqlalchemy.exc": "SQLAlchemyError",
    "sqlite3": "Error",
    "psycopg": "Error",
    "pymysql": "MySQLError",
    "adbc_driver_manager": "Error",
    "pyarrow.lib": "ArrowException",
}


def driver_errors() -> tuple[type[Exception], ...]:
    """What the drivers that are loaded raise; none is loaded for it."""
    found = [getattr(sys.modules[name], error) for name, error in _DRIVERS.items() if name in sys.modules]
    return (OSError, *found)


def told(error: Exception, entry: str, shown: str, secrets: Sequence[str]) -> SourceError:
    """A driver's error as one of ours.

    Args:
        shown: the database's URL without its password.
        secrets: never to be shown.
    """
    said = _said(error)
    for secret in secrets:
        said = said.replace(secret, "***")
    for pattern, kind, step in _KNOWN:
        if re.search(pattern, said, re.IGNORECASE):
            return kind(f"Entry '{entry}' could not read {shown}: it {step} ({said})")
    return Unreadable(f"Entry '{entry}' could not read {shown}: {said}. Check url:, table: or query:.")


def is_lost(error: BaseException) -> bool:
    """Whether another host may serve in place of the one that failed."""
    return isinstance(error, Unreachable)


def _said(error: Exception) -> str:
    """The innermost error's first lines, without the statement."""
    innermost = getattr(error, "orig", None) or error
    lines = [line.strip() for line in _texts(innermost)]
    return " ".join(line for line in lines if line)[:300].rstrip(".")


def _texts(error: BaseException) -> Iterator[str]:
    text = str(error.args[1]) if len(error.args) > 1 and isinstance(error.args[0], int) else str(error)
    for line in text.strip().splitlines()[:3]:
        if line.startswith(("LINE ", "Query was", "[SQL", "(Background")) or set(line.strip()) <= {"^"}:
            return
        yield line.strip()

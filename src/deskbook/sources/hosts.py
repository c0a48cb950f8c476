"""The hosts of a database: which there are, and how each is spoken to, in TLS unless the entry says otherwise."""

from __future__ import annotations

import re
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from deskbook.errors import ConfigError, SourceMissing
from deskbook.sources.sqloptions import SqlOptions

if TYPE_CHECKING:
    from sqlalchemy import URL

LOOPBACK: Final = re.compile(r"localhost|127(\.\d+){3}|::1|")
CLEAR_MODES: Final = ("disable", "allow", "prefer")
SERVERS: Final = ("postgresql", "mysql", "mariadb")
_SEVERAL: Final = re.compile(r"^([a-z0-9+]+://(?:[^@/]*@)?)([^/?@]*,[^/?@]*)")


@dataclass(frozen=True)
class Host:
    """One host of a database.

    Attributes:
        url: its SQLAlchemy URL.
        shown: the URL without its password.
    """

    url: URL
    shown: str
    is_first: bool


def hosts_of(text: str, options: SqlOptions, entry: str) -> list[Host]:
    """The hosts in the order to try.

    Raises:
        ConfigError: the URL is none, or a host beyond this machine would be spoken to without TLS.
    """
    told = options.hosts
    if several := _SEVERAL.match(text):
        told = told or tuple(several.group(2).split(","))
        text = text.replace(several.group(2), "host", 1)
    first = parsed(text, entry)
    if options.user:
        first = first.set(username=options.user)
    if options.password:
        first = first.set(password=options.password)
    urls = [_at(first, one, entry) for one in told] or [first]
    checked = [_secured(url, options, entry) for url in urls]
    return [Host(url, _shown(url), place == 0) for place, url in enumerate(checked)]


def parsed(text: str, entry: str) -> URL:
    """A SQLAlchemy URL.

    Raises:
        ConfigError: it is none; its text is not shown.
    """
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(text)
    except (ArgumentError, ValueError):
        raise ConfigError(
            f"Entry '{entry}': url: is no SQLAlchemy URL (its text is not shown, it may hold a password). "
            "Wanted dialect://user@host/database, such as sqlite:///desk.db, and the password in password:."
        ) from None


def backend_of(text: str, entry: str) -> str:
    """SQLAlchemy's name of the database that a URL is for."""
    several = _SEVERAL.match(text)
    return parsed(text.replace(several.group(2), "host", 1) if several else text, entry).get_backend_name()


def _at(url: URL, host: str, entry: str) -> URL:
    found = re.fullmatch(r"(\[[^\]]+\]|[^:]+)(?::(\d+))?", host.strip())
    if not found:
        raise ConfigError(f"Entry '{entry}': '{host}' in hosts: is no host. Wanted host or host:port.")
    return url.set(host=found.group(1).strip("[]"), port=int(found.group(2)) if found.group(2) else url.port)


def _shown(url: URL) -> str:
    """The URL without its password and without what its query may hide."""
    return url.set(query={}).render_as_string(hide_password=True)


def _secured(url: URL, options: SqlOptions, entry: str) -> URL:
    backend = url.get_backend_name()
    if backend not in SERVERS:
        return url
    is_here = LOOPBACK.fullmatch(url.host or "") is not None
    mode = str(url.query.get("sslmode", ""))
    if not is_here and options.cleartext != "allowed" and (mode in CLEAR_MODES or "ssl_disabled" in url.query):
        raise ConfigError(
            f"Entry '{entry}' would speak to {url.host} in clear text (sslmode={mode or 'disable'}). "
            "Take that out of its url:, give the server's authority with ca: if it is one of your own, or write "
            "cleartext: allowed where nobody else can listen."
        )
    if backend != "postgresql" or mode or not (options.ca or (not is_here and options.cleartext != "allowed")):
        return url
    return url.update_query_dict({"sslmode": "verify-full"})


def authority(options: SqlOptions, folder: Path, entry: str) -> str:
    """The PEM file of the authorities to trust: the entry's own, or the system's.

    Raises:
        SourceMissing: the file is not there.
    """
    if not options.ca:
        return ssl.get_default_verify_paths().cafile or "system"
    file = (folder / options.ca).resolve()
    if not file.is_file():
        raise SourceMissing(
            f"Entry '{entry}': ca: names {file}, which is not there. Put the authority's PEM file there."
        )
    return str(file)


def with_authority(url: URL, options: SqlOptions, folder: Path, entry: str) -> tuple[URL, dict[str, Any]]:
    """The URL and the driver's arguments with which the server's certificate and name are verified."""
    backend, is_here = url.get_backend_name(), LOOPBACK.fullmatch(url.host or "") is not None
    if backend == "postgresql" and str(url.query.get("sslmode", "")).startswith("verify"):
        if "sslrootcert" not in url.query:
            url = url.update_query_dict({"sslrootcert": authority(options, folder, entry)})
        return url, {}
    if backend not in ("mysql", "mariadb") or options.cleartext == "allowed" or (is_here and not options.ca):
        return url, {}
    if not options.ca and "ssl_ca" in url.query:
        return url, {"ssl_verify_identity": True, "ssl_verify_cert": True}
    return url, {"ssl_ca": authority(options, folder, entry), "ssl_verify_identity": True, "ssl_verify_cert": True}


def told_hosts(hosts: Sequence[Host]) -> str:
    """The hosts as a message names them."""
    return " and ".join(host.shown for host in hosts)

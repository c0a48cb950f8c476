"""Addresses that may be asked: never one over which credentials would travel in the open."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from deskbook.errors import ConfigError

LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


def check_address(url: str, entry: str) -> None:
    """Whether an address can be asked: https, or http on this machine.

    Raises:
        ConfigError: it cannot.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise ConfigError(f"Entry '{entry}': '{parts._replace(query='').geturl()}' is no address. Write https://…")
    if parts.username or parts.password:
        raise ConfigError(f"Entry '{entry}': the address holds a name or password. Give them as options of their own.")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ConfigError(
            f"Entry '{entry}': http://{parts.hostname} would carry credentials over an open line. Write https://."
        )

"""What every entry of a web API may set beside its own options, and how options are read from a catalog."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from types import NoneType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from deskbook.errors import ConfigError, UnknownName, about
from deskbook.sources.contract import Entry
from deskbook.sources.http.fetch import Account
from deskbook.sources.http.meter import Meter


@dataclass(frozen=True, kw_only=True)
class WebOptions:
    """How an API is reached.

    Attributes:
        proxy: address of an HTTP proxy; that of the environment (HTTPS_PROXY) when absent.
        ca_file: PEM file of the authority that signed the server's certificate; that of the system when absent.
        timeout_seconds: how long one answer may take.
        at_once: requests under way side by side.
        max_requests: after which a pull ends and goes on another time; 0 for no bound.
        max_cost: the same for cost, as the vendor counts it.
        patience_seconds: how long a limit of the vendor is waited for before a pull ends and goes on another time.
    """

    proxy: str = field(default="", repr=False)
    ca_file: str = ""
    timeout_seconds: float = 60.0
    at_once: int = 4
    max_requests: int = 0
    max_cost: float = 0.0
    patience_seconds: float = 900.0

    def reached(self, entry: Entry) -> dict[str, Any]:
        """What of it an `Account` holds."""
        return {
            "entry": entry.name,
            "proxy": self.proxy,
            "ca_file": str(entry.folder / self.ca_file) if self.ca_file else "",
            "timeout_seconds": self.timeout_seconds,
            "at_once": self.at_once,
            "patience_seconds": self.patience_seconds,
        }

    def meter(self, entry: Entry) -> Meter:
        """Counts of one pull, with its bounds."""
        return Meter(entry.name, most_requests=self.max_requests, most_cost=self.max_cost)


Made = TypeVar("Made", bound=WebOptions)


def web_options(kind: type[Made], entry: Entry) -> Made:
    """The options of an entry, each of the type that its class declares.

    Args:
        kind: a dataclass of options made from `WebOptions`.

    Raises:
        UnknownName: an option nobody knows.
        ConfigError: one that is missing, or a value that cannot be; carries its field.
    """
    hints = get_type_hints(kind)
    known = {one.name: one for one in fields(kind)}
    for name in entry.options:
        if name not in known:
            raise UnknownName(f"option of entry '{entry.name}'", name, known)
    for name, one in known.items():
        if one.default is MISSING and one.default_factory is MISSING and entry.options.get(name) in (None, ""):
            with about(name):
                raise ConfigError(f"Entry '{entry.name}' (kind {entry.kind}) has no {name}:, which it needs.")
    return kind(**{name: _fitting(hints[name], value, name, entry) for name, value in entry.options.items()})


def _fitting(hint: Any, value: Any, name: str, entry: Entry) -> Any:
    kinds = [one for one in get_args(hint) if one is not NoneType] if NoneType in get_args(hint) else [hint]
    kind = kinds[0]
    with about(name):
        if get_origin(kind) is Literal:
            if value not in get_args(kind):
                raise UnknownName(f"{name}: of entry '{entry.name}'", str(value), map(str, get_args(kind)))
            return value
        if get_origin(kind) in (tuple, list):
            is_plain = isinstance(value, list | tuple) and all(isinstance(one, str | int) for one in value)
            if get_origin(kind) is tuple and is_plain:
                return tuple(str(one) for one in value)
            if get_origin(kind) is list and isinstance(value, list):
                return value
        elif kind is bool or isinstance(value, bool):
            if kind is bool and isinstance(value, bool):
                return value
        elif kind in (int, float):
            if (isinstance(value, int) or (kind is float and isinstance(value, float))) and value >= 0:
                return kind(value)
        elif kind is str:
            if isinstance(value, str | int | date):  # YAML makes a date of 2026-01-31
                return str(value)
        elif isinstance(value, Mapping):
            return value
        wanted = {int: "a whole number from 0 on", float: "a number from 0 on", bool: "true or false", str: "text"}
        said = wanted.get(kind, "a list" if get_origin(kind) in (tuple, list) else "pairs of name: value")
        raise ConfigError(f"Entry '{entry.name}': {name}: wants {said}, got {type(value).__name__}.")


def account_of(options: WebOptions, entry: Entry, **more: Any) -> Account:
    """The account of an entry.

    Args:
        more: what else an `Account` holds: base_url, name, auth, limits, judge …
    """
    return Account(**{**options.reached(entry), **more})


__all__ = ["WebOptions", "account_of", "web_options"]

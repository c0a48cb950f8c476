"""The sample desk as the servers of vendors: one module a vendor, with `app(...)` and `records(folder)`.

`records(folder)` reads a sample that `deskbook sample` wrote; `app` takes what it gives and is the vendor's API.
A module that has both is a vendor of its name. `SERVED` knows them all, `sandbox` opens one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, is_dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, Final, get_type_hints

from starlette.applications import Starlette

from deskbook.errors import ConfigError, UnknownName
from deskbook.sources import Entry

TOKEN: Final = "sandbox"
BRAND: Final = "NorthlightCare"
QUICK: Final = {"requests_per_minute": 3_000}
"""A sandbox needs no sparing: accounts on the vendor's smallest plan may ask so seldom that a sample takes hours."""


@dataclass(frozen=True)
class Way:
    """How an entry reaches a vendor's sandbox.

    Attributes:
        option: which of the entry's options holds the token.
        below: path that the entry's base_url ends with.
        more: further options.
    """

    option: str = "token"
    below: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


WAYS: Final[Mapping[str, Way]] = {
    "freshdesk": Way("api_key", "", QUICK),
    "freshservice": Way("api_key", "", QUICK),
    "intercom": Way(),
    "slack": Way("token", "/api", {"agent_groups": ["support"], **QUICK}),
    "x": Way("bearer_token", "", {"accounts": [BRAND], "first_days": 3_660, "posts_a_month": 1_000_000}),
    "zendesk": Way("api_token", "", {"email": "support@northlight.example", "exports_per_minute": 6_000}),
}


class Served(Mapping[str, ModuleType]):
    """Vendors by name, found when first asked for."""

    def __getitem__(self, name: str) -> ModuleType:
        if name not in self._found:
            raise UnknownName("vendor", name, self._found)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    @cached_property
    def _found(self) -> dict[str, ModuleType]:
        modules = {one.name: import_module(f"{__name__}.{one.name}") for one in iter_modules(__path__)}
        return {name: one for name, one in modules.items() if hasattr(one, "app") and hasattr(one, "records")}


SERVED: Final[Mapping[str, ModuleType]] = Served()


def sandbox(vendor: str, folder: Path) -> Starlette:
    """The vendor's API over the sample desk of a folder.

    Raises:
        UnknownName: no such vendor.
        ConfigError: the sample is of an earlier version, and lacks what the vendor's records are made of.
        OSError: the folder holds no sample.
    """
    module = SERVED[vendor]
    try:
        made = module.records(folder)
    except KeyError as error:
        raise ConfigError(
            f"{folder}: wanted a sample desk of this version, got one without {error}. "
            f"Fix: write it anew with `deskbook sample {folder}`."
        ) from error
    wanted = next(iter(get_type_hints(module.app).values()))
    if is_dataclass(wanted) and isinstance(wanted, type) and isinstance(made, Mapping):
        made = wanted(**made)  # records told as what the account is made of
    application: Starlette = module.app(made)
    return application


def token_of(vendor: str) -> str:
    """The token that a vendor's sandbox lets in."""
    module = SERVED[vendor]
    found = getattr(module, "TOKEN", None) or getattr(module, "KEY", None)
    return str(found or TOKEN)


def entry_of(vendor: str, address: str) -> tuple[Entry, str]:
    """A catalog entry that reads a sandbox, and the environment variable that it takes the token from.

    Args:
        address: of the server, such as http://127.0.0.1:8700.
    """
    way = WAYS.get(vendor) or Way()
    # A name of its own: the variable of a real account would wake the entry that waits for it.
    name, variable = f"{vendor}_sandbox", f"{vendor.upper()}_SANDBOX_TOKEN"
    options = {"base_url": address + way.below, **way.more, way.option: f"{{env({variable})}}"}
    entry = Entry(name=name, kind=vendor, source=name, options=options, description="The sample desk, served.")
    return entry, variable


__all__ = ["SERVED", "entry_of", "sandbox", "token_of"]

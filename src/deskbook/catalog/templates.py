"""`{env(NAME)}`, `{keyring(NAME)}`, `{CATALOG_DIR}` and user parameters in a catalog's values, filled in."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from intake.readers.user_parameters import set_values

from deskbook.errors import ConfigError, MissingSecret
from deskbook.settings import secret

NAMED: Final = re.compile(r"\{(env|keyring)\(([^)]+)\)\}")
REFERENCE: Final = re.compile(r"\{[^{}]+\}")
FORBIDDEN: Final = re.compile(r"\{\s*(?:func|import|pickle64)\(")


def walk(value: Any, change: Callable[[str], Any]) -> Any:
    """The value with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: walk(inner, change) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [walk(inner, change) for inner in value]
    return value


def texts_in(value: Any) -> list[str]:
    """Every text in a nested value."""
    found: list[str] = []
    walk(value, found.append)
    return found


def check_references(values: Mapping[str, Any], secrets: Iterable[str], entry: str) -> None:
    """Whether what must not stand in a catalog is only referred to.

    Args:
        secrets: names of values that are secrets.

    Raises:
        ConfigError: one of them stands there as itself; it is not shown.
    """
    for name in secrets:
        value = values.get(name)
        if isinstance(value, str) and value and not REFERENCE.search(value):
            raise ConfigError(
                f"Catalog entry '{entry}': {name}: holds a secret. Put it into an environment variable and write "
                f"{name}: '{{env(NAME)}}'; the one that stood here is to be changed, as a catalog is for everybody."
            )


def with_secrets(values: Mapping[str, Any], environ: Mapping[str, str], entry: str) -> dict[str, Any]:
    """The values with `{env(NAME)}` and `{keyring(NAME)}` filled in, safe to be formatted by Intake once more.

    Raises:
        MissingSecret: an environment variable that a value names is not set.
        ConfigError: the keyring does not hold what a value names, or cannot be opened.
    """

    def fill(text: str) -> str:
        return NAMED.sub(lambda match: _secret(match, environ, entry).replace("{", "{{").replace("}", "}}"), text)

    filled: dict[str, Any] = walk(values, fill)
    return filled


def resolve(
    values: Mapping[str, Any], parameters: Mapping[str, Any], environ: Mapping[str, str] | None, entry: str
) -> dict[str, Any]:
    """The values with all their templates filled in.

    Args:
        environ: where `{env(NAME)}` is looked up; the process's own if None.

    A secret is put in last, so nothing in it is ever taken for a template.

    Raises:
        MissingSecret: an environment variable that a value names is not set.
        ConfigError: the keyring does not hold what a value names, or cannot be opened.
    """
    secrets: list[str] = []

    def set_aside(match: re.Match[str]) -> str:
        secrets.append(_secret(match, os.environ if environ is None else environ, entry))
        return f"\0{len(secrets) - 1}\0"

    filled = set_values(dict(parameters), walk(values, lambda text: NAMED.sub(set_aside, text)))
    resolved: dict[str, Any] = walk(
        filled, lambda text: re.sub("\0(\\d+)\0", lambda match: secrets[int(match.group(1))], text)
    )
    return resolved


def _secret(match: re.Match[str], environ: Mapping[str, str], entry: str) -> str:
    kind, name = match.group(1), match.group(2).strip()
    if kind == "keyring":
        return secret(f"{{keyring({name})}}", f"Catalog entry '{entry}'")
    if name not in environ:
        raise MissingSecret(entry, name)
    return environ[name]

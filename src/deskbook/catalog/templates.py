"""`{env(NAME)}`, `{file(PATH)}`, `{keyring(NAME)}`, `{CATALOG_DIR}` and user parameters in a catalog, filled in.

A password is never written in a catalog, only where it is kept.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from intake.readers.user_parameters import set_values

from deskbook.errors import ConfigError, MissingSecret, about
from deskbook.settings import secret

REFERENCE: Final = re.compile(r"\{(env|file|keyring)\(([^)]+)\)\}")
PASSWORD_IN_URL: Final = re.compile(r"^[a-z][a-z0-9+.-]*://[^/?#@]*?:([^/?#]*)@", re.IGNORECASE)
PASSWORD_NAMES: Final = re.compile(
    r"^(key|sas|connection_string|authorization|cookie)$|(^|_)(password|passwd|passphrase|secret|token)$"
    r"|(^|_)(api|access|account|private|secret)_?key$"
)
"""What a value is called, in small letters with `_`, that must not stand in a file."""
LATER: Final = re.compile(r"\{(?:resources|incremental)\.[\w.-]+\}")
"""What a source fills in itself, request by request; no template of a catalog."""
LARGEST_SECRET_BYTES: Final = 64 * 1024
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


def check_secrets(values: Mapping[str, Any], entry: str) -> None:
    """Whether no password is written in an entry itself.

    Raises:
        ConfigError: one is, in a url or under a name of its own; it is not shown.
    """
    for name, value in values.items():
        if isinstance(value, Mapping):
            check_secrets(value, entry)
            continue
        if isinstance(value, list | tuple):
            for one in value:
                check_secrets(one if isinstance(one, Mapping) else {name: one}, entry)
            continue
        if not isinstance(value, str):
            continue
        found = PASSWORD_IN_URL.match(value)
        is_written = bool(found and found.group(1) and not REFERENCE.fullmatch(found.group(1)))
        if is_written or (value and _is_secret(str(name)) and not _is_by_name(value)):
            with about(name):
                raise ConfigError(
                    f"Catalog entry '{entry}' has a secret written in {name}:, where everybody can read it. Take it "
                    "out, change it where it is used, and refer to it: '{env(DESK_PASSWORD)}', "
                    "'{file(/run/secrets/desk)}' or '{keyring(desk)}'."
                )


def missing_variables(value: Any, environ: Mapping[str, str]) -> tuple[str, ...]:
    """The environment variables that a value refers to and that are not set, or set to nothing."""
    named = [match for text in texts_in(value) for match in REFERENCE.finditer(text) if match[1] == "env"]
    return tuple(dict.fromkeys(one[2].strip() for one in named if not environ.get(one[2].strip())))


def _is_secret(name: str) -> bool:
    return bool(PASSWORD_NAMES.search(name.lower().replace("-", "_")))


def _is_by_name(value: str) -> bool:
    return bool(REFERENCE.search(value) or LATER.search(value))


def with_secrets(values: Mapping[str, Any], environ: Mapping[str, str], entry: str, folder: Path) -> dict[str, Any]:
    """The values with their references filled in, safe to be formatted by Intake once more.

    Args:
        folder: where paths of `{file(…)}` start.

    Raises:
        MissingSecret: an environment variable that a value names is not set.
        ConfigError: a file or a keyring's entry that it names is not there.
    """

    def fill(text: str) -> str:
        kept = LATER.sub(lambda m: f"{{{m[0]}}}", text)
        return REFERENCE.sub(lambda m: _secret(m, environ, entry, folder).replace("{", "{{").replace("}", "}}"), kept)

    filled: dict[str, Any] = walk(values, fill)
    return filled


def resolve(
    values: Mapping[str, Any],
    parameters: Mapping[str, Any],
    environ: Mapping[str, str] | None,
    entry: str,
    folder: Path,
) -> dict[str, Any]:
    """The values with all their templates filled in.

    A secret is put in last, so nothing in it is ever taken for a template.

    Args:
        environ: where `{env(NAME)}` is looked up; the process's own if None.
        folder: where paths of `{file(…)}` start.

    Raises:
        MissingSecret: an environment variable that a value names is not set.
        ConfigError: a file or a keyring's entry that it names is not there.
    """
    secrets: list[str] = []

    def set_aside(match: re.Match[str]) -> str:
        secrets.append(_secret(match, os.environ if environ is None else environ, entry, folder))
        return f"\0{len(secrets) - 1}\0"

    def keep(match: re.Match[str]) -> str:
        secrets.append(match[0])
        return f"\0{len(secrets) - 1}\0"

    filled = set_values(dict(parameters), walk(values, lambda text: LATER.sub(keep, REFERENCE.sub(set_aside, text))))
    resolved: dict[str, Any] = walk(
        filled, lambda text: re.sub("\0(\\d+)\0", lambda match: secrets[int(match.group(1))], text)
    )
    return resolved


def _secret(match: re.Match[str], environ: Mapping[str, str], entry: str, folder: Path) -> str:
    kind, name = match.group(1), match.group(2).strip()
    if kind == "keyring":
        return secret(f"{{keyring({name})}}", f"Catalog entry '{entry}'")
    if kind == "file":
        return _of_file(folder / name, entry)
    if name not in environ:
        raise MissingSecret(entry, name)
    return environ[name]


def _of_file(file: Path, entry: str) -> str:
    """What a file holds, without the end of its last line."""
    try:
        if file.stat().st_size > LARGEST_SECRET_BYTES:
            raise ConfigError(f"Catalog entry '{entry}' refers to {file}, which is too large for a secret.")
        return file.read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"Catalog entry '{entry}' needs the file {file}, which cannot be read ({type(error).__name__}). "
            "Fix: put the secret there, readable by whoever runs Deskbook."
        ) from None

"""A form that was filled in: options with their secrets set apart, to be tried with them and written without."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from deskbook.catalog.templates import resolve, texts_in, walk
from deskbook.errors import ConfigError, SourceMissing, about
from deskbook.sources.forms import Form
from deskbook.sources.secrets import REFERENCE, lift

MARK: Final = re.compile("\ue000([a-z0-9_]+)\ue001")
USER: Final = re.compile(r"^(?P<scheme>[\w+.\-]+://)(?P<user>[^:/?#@]+)(?::[^@]*)?@")
TEMPLATE: Final = re.compile(r"\{\s*\w+\(")


@dataclass(frozen=True)
class Described:
    """Options with a mark where a secret belongs.

    Attributes:
        secrets: what the mark says -> the secret, as it is written at that place.
    """

    options: Mapping[str, Any]
    secrets: Mapping[str, str] = field(repr=False)

    @property
    def in_address(self) -> bool:
        """Whether a secret is a part of a longer text."""
        return any(MARK.search(text) and not MARK.fullmatch(text) for text in texts_in(self.options))

    def written(self, instead: Mapping[str, str]) -> dict[str, Any]:
        """The options with something in place of each mark: references for a file, the secrets for a trial."""
        made: dict[str, Any] = walk(self.options, lambda text: MARK.sub(lambda mark: instead[mark[1]], text))
        return made


def describe(form: Form, values: Mapping[str, str]) -> Described:
    """The options that a form's values make; what is a secret is taken out of them, also out of addresses.

    Raises:
        ConfigError: a value that cannot be; carries its field.
    """
    options, secrets = form.read(values), dict[str, str]()

    def taker(label: str) -> Callable[[str], str]:
        def take(secret: str) -> str:
            name = label if label not in secrets else f"{label}_{len(secrets) + 1}"
            secrets[name] = secret
            return f"\ue000{name}\ue001"

        return take

    for one in form.fields:
        value = options.get(one.name)
        if value is None:
            continue
        if one.kind == "secret":
            options[one.name] = value if REFERENCE.fullmatch(value) else taker(one.name)(_placed(value, one.part_of))
        elif isinstance(value, str):
            options[one.name] = lift(value, taker("password"))
    for one in form.fields:
        if one.part_of and (secret := options.pop(one.name, None)) is not None:
            with about(one.name):
                options[one.part_of] = _with_password(str(options.get(one.part_of, "")), secret)
    marked = "".join(texts_in(options))
    _check_templates(form, options)
    return Described(options, {name: value for name, value in secrets.items() if f"\ue000{name}\ue001" in marked})


def resolved(described: Described, folder: Path) -> dict[str, Any]:
    """The options as a source takes them: references looked up, secrets in their places.

    Raises:
        MissingSecret: an environment variable that a value refers to is not set.
    """
    parameters = {"CATALOG_DIR": folder.absolute().as_uri()}
    found = resolve(described.options, parameters, None, "new", folder)
    return Described(found, described.secrets).written(described.secrets)


@contextmanager
def nearer(values: Mapping[str, str], folder: Path) -> Iterator[None]:
    """Whoever names a file as it lies in the workspace is told how it is named from the folder of the catalogs."""
    try:
        yield
    except SourceMissing as error:
        for name, text in values.items():
            parts = text.strip().partition("sqlite:///")
            path = parts[2] if parts[1] else text.strip()
            if path and "://" not in path and not Path(path).is_absolute() and any(folder.parent.glob(path)):
                with about(name):
                    raise SourceMissing(f"{error} Did you mean '{parts[1]}../{path}'?") from None
        raise


def _placed(secret: str, part_of: str) -> str:
    """A secret as it is written where it belongs: in an address, signs of its own are encoded."""
    return quote(secret, safe="") if part_of else secret


def _with_password(address: str, secret: str) -> str:
    if not USER.match(address):
        raise ConfigError(
            "The address names no user that the password is of. Write it as dialect://user@host/database."
        )
    return USER.sub(lambda found: f"{found['scheme']}{found['user']}:{secret}@", address)


def _check_templates(form: Form, options: Mapping[str, Any]) -> None:
    """A value is a value: what would make Intake run or read something is refused before it is filled in."""
    for name, value in options.items():
        for text in texts_in(value):
            if TEMPLATE.search(REFERENCE.sub("", text)):
                with about(name):
                    raise ConfigError(f"{form[name].label} holds a template that a form may not: {{name(…)}}.")

"""What sending needs of the outside: the mail server, the environment's secrets, a clock and patience."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from deskbook.errors import ConfigError, UnknownName

SECRET: Final = re.compile(r"\{env\(([A-Za-z_][A-Za-z0-9_]*)\)\}")
PORTS: Final = {"starttls": 587, "tls": 465, "none": 25}
MAIL_KEYS: Final = ("host", "port", "from", "user", "password", "tls")


@dataclass(frozen=True, kw_only=True)
class Mail:
    """The server that e-mail is handed to.

    Attributes:
        password: as `{env(NAME)}`; filled in when it is needed.
        tls: `starttls`, `tls` from the first byte, or `none`.
    """

    host: str
    port: int
    sender: str
    user: str
    password: str
    tls: str


@dataclass(frozen=True, kw_only=True)
class Means:
    """What a channel is given beside the parcel.

    Attributes:
        environ: where `{env(NAME)}` is looked up.
        clock: the moment it is.
        sleep: waits between two tries; tests give another.
    """

    workspace: Path
    environ: Mapping[str, str] = field(repr=False)
    mail: Mail | None = None
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep

    def secret(self, text: str, whose: str) -> str:
        """A text with its `{env(NAME)}` filled in.

        Raises:
            ConfigError: a variable is not set; names it, never its value.
        """

        def fill(match: re.Match[str]) -> str:
            name = match.group(1)
            if not self.environ.get(name):
                raise ConfigError(
                    f"{whose} needs the environment variable {name}, which is not set. "
                    f"Fix: export {name}=… before starting Deskbook."
                )
            return self.environ[name]

        return SECRET.sub(fill, text)


def is_reference(text: str) -> bool:
    """Whether a text is one reference to the environment and nothing else."""
    return SECRET.fullmatch(text) is not None


def read_mail(values: Mapping[str, Any]) -> Mail | None:
    """The mail server from `[mail]` of deskbook.toml; None where there is no such table.

    Raises:
        ConfigError: host or sender is missing, a value is of the wrong kind, or a password is written out.
        UnknownName: a key nobody knows, with the closest one.
    """
    if not values:
        return None
    for name, value in values.items():
        if name not in MAIL_KEYS:
            raise UnknownName("setting in [mail]", name, MAIL_KEYS)
        if not isinstance(value, int if name == "port" else str):
            raise ConfigError(
                f"Setting {name} in [mail] wants {'a number' if name == 'port' else 'a text'}: {value!r}."
            )
    if not values.get("host") or "@" not in str(values.get("from", "")):
        raise ConfigError('[mail] wants host = "mail.example.com" and from = "Deskbook <desk@example.com>".')
    tls = values.get("tls", "starttls")
    if tls not in PORTS:
        raise ConfigError(f"Setting tls in [mail] is '{tls}'. Write one of: {', '.join(PORTS)}.")
    password = values.get("password", "")
    if password and not is_reference(password):
        raise ConfigError('[mail] wants its password from the environment: password = "{env(MAIL_PASSWORD)}".')
    return Mail(
        host=values["host"],
        port=values.get("port", PORTS[tls]),
        sender=values["from"],
        user=values.get("user", ""),
        password=password,
        tls=tls,
    )

"""Where a secret goes that somebody typed: into the system's keyring under a name, if there is one."""

from __future__ import annotations

import secrets
from typing import Final

from deskbook.errors import ConfigError

SERVICE: Final = "deskbook"
MOST_TRIES: Final = 50


def has_keyring() -> bool:
    """Whether this machine has a keyring that keeps things: its package, and a system behind it."""
    try:
        import keyring
    except ImportError:
        return False
    return bool(keyring.get_keyring().priority > 0)


def keep(name: str, value: str) -> str:
    """Put a secret into the keyring; the name it stands under, another one if that was taken.

    Raises:
        ConfigError: the keyring could not be opened; never says the value.
    """
    import keyring

    try:
        for count in range(1, MOST_TRIES):
            under = name if count == 1 else f"{name}_{count}"
            if keyring.get_password(SERVICE, under) is None:
                keyring.set_password(SERVICE, under, value)
                return under
    except keyring.errors.KeyringError as error:
        raise ConfigError(f"The system's keyring could not be written: {type(error).__name__}.") from None
    raise ConfigError(f"The system's keyring has {MOST_TRIES} secrets called '{name}…'. Remove those no longer used.")


def once(name: str) -> str:
    """A key under a name, made when first asked for.

    Raises:
        ConfigError: the keyring could not be opened.
    """
    import keyring

    try:
        held = keyring.get_password(SERVICE, name)
        if held is None:
            keyring.set_password(SERVICE, name, secrets.token_hex(32))
            held = keyring.get_password(SERVICE, name)
    except keyring.errors.KeyringError as error:
        raise ConfigError(f"The system's keyring could not be opened: {type(error).__name__}.") from None
    return str(held)


def forget(name: str) -> None:
    """Take a secret out of the keyring again: what it was for did not come to be."""
    import keyring

    keyring.delete_password(SERVICE, name)

"""Who may do what by a slash command, and where its answer may be sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from deskbook.access import ROLES
from deskbook.errors import ConfigError, UnknownName, about
from deskbook.sources.http.addresses import LOOPBACK

EVERYONE: Final = "everyone"
ANSWERS_HOST: Final = "hooks.slack.com"


@dataclass(frozen=True)
class Caller:
    """Who used the command, as Slack's signed call says.

    Attributes:
        workspace: theirs; in a shared channel it may be another one than the app's.
    """

    user: str
    channel: str
    workspace: str


def check_command_roles(roles: Mapping[str, Any], workspace: str, entry: str) -> None:
    """Whether `command_roles:` can be meant.

    Raises:
        UnknownName: a role that no desk has.
        ConfigError: not a list of ids, or everyone of no workspace.
    """
    with about("command_roles"):
        for role, ids in roles.items():
            if role not in ROLES:
                raise UnknownName(f"role in command_roles: of entry '{entry}'", str(role), ROLES)
            if not isinstance(ids, list | tuple) or not all(isinstance(one, str) for one in ids):
                raise ConfigError(f"Entry '{entry}': command_roles: {role} wants a list of ids, such as [U024BE7LH].")
            if EVERYONE in ids and not workspace:
                raise ConfigError(
                    f"Entry '{entry}': command_roles: {role} is for everyone, and workspace: does not say of which "
                    "workspace (T…). People of others may be in a shared channel."
                )


def roles_of(roles: Mapping[str, Any], workspace: str, caller: Caller) -> frozenset[str]:
    """The roles that a caller has; none unless they are named, their channel is, or everyone of their workspace."""
    held = {caller.user, caller.channel} - {""}
    if workspace and caller.workspace == workspace:
        held.add(EVERYONE)
    return frozenset(role for role, ids in roles.items() if held & set(ids))


def may_be_answered_at(address: str, base_url: str) -> bool:
    """Whether an answer may be sent to an address: Slack's own, or this machine where the API is on it too."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.username or parts.password:
        return False
    if urlsplit(base_url).hostname in LOOPBACK:
        return parts.scheme in ("http", "https") and host in LOOPBACK
    return parts.scheme == "https" and host == ANSWERS_HOST and port in (None, 443)

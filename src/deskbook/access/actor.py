"""The person or program behind a call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from deskbook.errors import AccessDenied, BadValue, UnknownName

ROLES: Final = ("viewer", "agent", "lead", "analyst", "admin")
"""What people are on a desk; a dashboard names them to say whom it is meant for."""
EVERYONE: Final = "everyone"
"""A thing shared with everyone of the desk."""


@dataclass(frozen=True)
class Actor:
    """Who asks.

    Attributes:
        name: as the desk knows them; what they own is kept under it.
        roles: of ROLES.
    """

    name: str
    roles: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise BadValue("An actor needs a name, got an empty one.")
        check_roles(self.roles)

    def may_see(self, owner: str, shared: Iterable[str]) -> bool:
        """Whether something of `owner`, shared with these roles (or EVERYONE), is theirs to see."""
        held = set(shared)
        return owner == self.name or EVERYONE in held or bool(self.roles & held)

    def needs(self, roles: Iterable[str], doing: str) -> None:
        """Raise AccessDenied unless the actor has one of these roles; `doing` says what for."""
        wanted = tuple(roles)
        if not self.roles & set(wanted):
            held = ", ".join(sorted(self.roles)) or "none"
            raise AccessDenied(f"{doing} needs one of the roles {', '.join(wanted)}; {self.name} has {held}.")

    def may_change(self, owner: str) -> bool:
        """Whether something of `owner` is theirs to change: their own, and for an admin whatever they see."""
        return owner == self.name or "admin" in self.roles


def check_roles(roles: Iterable[str]) -> None:
    """Raise UnknownName for a role that no desk has."""
    for role in roles:
        if role not in ROLES:
            raise UnknownName("role", role, ROLES)


LOCAL: Final = Actor("local", frozenset(ROLES))
"""Whoever sits at the machine: Deskbook listens there alone unless told otherwise, and asks no one to sign in."""

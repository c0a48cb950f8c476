"""Where a subscription made on a page may send: only to what the administrator's settings name.

A schedule in `dashboards/*.yaml` is reviewed like code and may name any address; whoever looks at a page may not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deskbook.errors import ConfigError, UnknownName, about
from deskbook.reports.deliver.channels import Place
from deskbook.settings import Settings

VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
BELOW: Final = re.compile(r"[\w .+@/-]*")
"""What the name of a folder may hold: no drive, no backslash, nothing that does not print."""
MOST_PEOPLE: Final = 20


@dataclass(frozen=True, kw_only=True)
class Permits:
    """Whom and what a page's subscriptions may reach.

    Attributes:
        people: domains and single addresses, in small letters; none means that no page sends e-mail.
        folder: relative to the workspace; files go there or below.
        hooks: environment variable of a webhook's address -> the one of its secret, empty without.
    """

    workspace: Path
    people: tuple[str, ...]
    folder: str
    hooks: Mapping[str, str]

    def send(
        self, email: Sequence[str], folder: str | None, webhooks: Sequence[str], place: Place
    ) -> list[dict[str, object]]:
        """The addresses of a subscription as a schedule writes them.

        Raises:
            ConfigError: one is not permitted; `field` of the error is its channel.
        """
        made: list[dict[str, object]] = []
        with about("email"):
            if email:
                made.append({"email": self._addresses(email, place)})
        with about("folder"):
            if folder is not None:
                made.append({"folder": self._below(folder, place)})
        with about("webhook"):
            return made + [self._hook(name) for name in webhooks]

    def _addresses(self, email: Sequence[str], place: Place) -> list[str]:
        if len(email) > MOST_PEOPLE:
            raise place.wrong(f"email has {len(email)} addresses; {MOST_PEOPLE} is the most. Send to a list instead.")
        for one in email:
            low = one.lower()
            # a mail server may read a second @ as the way on to another host
            if low.count("@") != 1 or not {low, low.partition("@")[2]} & {*self.people}:
                raise place.wrong(f"email: {one} may not be written to from a page. {self.said}")
        return list(dict.fromkeys(email))

    @property
    def said(self) -> str:
        """Whom letters may go to, in words."""
        if self.people:
            return f"Permitted: {', '.join(self.people)} (deliver_domains in deskbook.toml)."
        return 'Nobody may, until deskbook.toml says whom: deliver_domains = ["example.com"].'

    def _below(self, folder: str, place: Place) -> str:
        name, root = folder.strip().strip("/"), (self.workspace / self.folder).resolve()
        odd = not BELOW.fullmatch(folder) or folder.startswith("/") or ".." in name.split("/")
        if odd or not (root / name).resolve().is_relative_to(root):
            raise place.wrong(f"folder '{folder}' is not below {self.folder}. Write a name such as billing.")
        return f"{self.folder}/{name}".rstrip("/")

    def _hook(self, name: str) -> dict[str, object]:
        if name not in self.hooks:
            raise UnknownName("webhook in deliver_webhooks of deskbook.toml", name, self.hooks)
        secret = {"secret": f"{{env({self.hooks[name]})}}"} if self.hooks[name] else {}
        return {"webhook": f"{{env({name})}}", **secret}


def read_permits(settings: Settings) -> Permits:
    """What `deliver_domains`, `deliver_folder` and `deliver_webhooks` of the settings permit.

    Raises:
        ConfigError: one of them cannot be meant.
    """
    folder, home = settings.deliver_folder.strip().strip("/"), settings.workspace.resolve()
    inside = (home / folder).resolve()
    if not folder or settings.deliver_folder.startswith("/") or inside == home or not inside.is_relative_to(home):
        raise ConfigError(
            f"Setting deliver_folder is '{settings.deliver_folder}'. Write a folder in the workspace: 'deliveries'."
        )
    hooks: dict[str, str] = {}
    for written in settings.deliver_webhooks:
        name, colon, secret = written.partition(":")
        if not VARIABLE.fullmatch(name) or bool(colon) != bool(VARIABLE.fullmatch(secret)):
            raise ConfigError(
                f"Setting deliver_webhooks holds '{written}'. Write the name of the environment variable that holds "
                "the address, such as REPORTS_HOOK, or REPORTS_HOOK:REPORTS_KEY with the one of its secret."
            )
        hooks[name] = secret
    for one in settings.deliver_domains:
        if not re.fullmatch(r"([^@\s,]+@)?[^@\s,]+\.[^@\s,.]+", one):
            raise ConfigError(
                f"Setting deliver_domains holds '{one}'. Write domains or addresses: example.com, a@b.org."
            )
    people = tuple(dict.fromkeys(one.lower() for one in settings.deliver_domains))
    return Permits(workspace=settings.workspace, people=people, folder=folder, hooks=hooks)

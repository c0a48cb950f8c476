"""What a channel is: how its line in a schedule is read, and how a parcel goes out by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Final, Protocol

from deskbook.errors import ConfigError
from deskbook.registry import Registry
from deskbook.reports.deliver.means import Means
from deskbook.reports.deliver.parcel import Parcel


@dataclass(frozen=True)
class Place:
    """Where something stands, for messages: a schedule of a dashboard, or a subscription, which stands in no file."""

    dashboard: str
    schedule: str
    workspace: Path

    def __str__(self) -> str:
        if not self.dashboard:
            return f"subscription '{self.schedule}'"
        return f"schedule '{self.schedule}' in dashboards/{self.dashboard}.yaml"

    def wrong(self, said: str) -> ConfigError:
        """The error that says what is wrong there."""
        text = str(self)
        return ConfigError(f"{text[:1].upper()}{text[1:]}: {said}")


class Channel(Protocol):
    """One address that reports are sent to.

    Attributes:
        keys: what may stand beside the channel's name in its line of a schedule.
        repeats: whether sending again after a kill in between leaves nothing twice.
    """

    keys: ClassVar[tuple[str, ...]]
    repeats: ClassVar[bool]

    @classmethod
    def read(cls, values: Mapping[str, Any], place: Place) -> Channel:
        """The address as it is written.

        Raises:
            ConfigError: it cannot be meant; names the schedule and its file.
        """

    @property
    def shown(self) -> str:
        """The address for the log: nothing in it is secret."""

    def send(self, parcel: Parcel, means: Means) -> str:
        """Send a parcel once; a note for the log, or nothing.

        Raises:
            DeliveryError: it did not arrive; says whether trying again may help.
            ConfigError: something it needs is not set.
        """


channel: Final[Registry[type[Channel]]] = Registry("channel", "deskbook.reports.deliver.channels")

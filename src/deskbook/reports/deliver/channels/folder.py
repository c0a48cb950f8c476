"""Reports into a folder: each file whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from deskbook.errors import DeliveryError
from deskbook.reports.deliver.channels.contract import Channel, Place, channel
from deskbook.reports.deliver.means import Means
from deskbook.reports.deliver.parcel import Parcel
from deskbook.reports.forms import whole


@channel("folder")
@dataclass(frozen=True)
class Folder:
    """A folder, relative to the workspace and within it, or absolute."""

    written: str

    keys: ClassVar[tuple[str, ...]] = ("folder",)
    repeats: ClassVar[bool] = True

    @classmethod
    def read(cls, values: Mapping[str, Any], place: Place) -> Channel:
        """The folder as it is written."""
        written = values["folder"]
        if not isinstance(written, str) or not written.strip():
            raise place.wrong(f"folder wants a path such as reports, got {written!r}.")
        path = Path(written)
        home = place.workspace.resolve()
        if not path.is_absolute() and not (home / path).resolve().is_relative_to(home):
            raise place.wrong(
                f"folder '{written}' leads out of the workspace. Write it as an absolute path to mean that."
            )
        return cls(written)

    @property
    def shown(self) -> str:
        """The path as it is written."""
        return self.written

    def send(self, parcel: Parcel, means: Means) -> str:
        """Put each file in its place."""
        folder = means.workspace / self.written
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for file in parcel.files:
                with whole(folder / file.name) as draft:
                    shutil.copyfile(file, draft)
        except OSError as error:
            raise DeliveryError(f"Folder {self.written} cannot be written: {error.strerror}.") from error
        return ", ".join(file.name for file in parcel.files)

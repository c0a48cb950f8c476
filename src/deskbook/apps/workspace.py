"""Making a workspace: folders, settings, pages and dashboard, and a sample desk if asked for."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Final

from deskbook.errors import ConfigError

SETTINGS: Final = """[workspace]
name = "{name}"
zone = "UTC"          # IANA zone of days and weeks
today = "{today}"      # "clock", or "data": relative periods start from the newest row
first_reply_target_minutes = 60
"""
PROMISES: Final = """
[[schedules]]
name = "office"
hours = {"mon-fri" = "08:00-18:00"}
closed = [
    "2024-12-25..2024-12-26", "2025-01-01", "2025-04-21", "2025-05-01",
    "2025-12-25..2025-12-26", "2026-01-01", "2026-04-06", "2026-05-01", "2026-12-25..2026-12-26",
]

[[policies]]
name = "Chat and phone"
for = {channel = ["chat", "phone"]}
hours = "business"
first_reply = {urgent = "15m", high = "30m", normal = "1h", low = "2h"}
next_reply = "1h"
resolution = {urgent = "8h", high = "16h", normal = "30h", low = "50h"}

[[policies]]
name = "Standard"
hours = "business"
first_reply = {urgent = "1h", high = "2h", normal = "4h", low = "8h"}
next_reply = "8h"
requester_wait = "30h"
resolution = {urgent = "16h", high = "30h", normal = "50h", low = "80h"}
"""
"""What the sample desk promises; `resolution` and the others count in the hours above."""


SAMPLE: Final = "sample.yaml"
"""The catalog of a sample desk; every other one that comes with Deskbook is asleep until it is set up."""


def shipped(name: str) -> Path:
    """Where catalogs, notebooks or dashboards that come with Deskbook lie: in the repository, or in the package."""
    repository = Path(__file__).resolve().parents[3] / name
    if (repository.parent / "pyproject.toml").is_file() and repository.is_dir():
        return repository
    return Path(str(files("deskbook") / name))


def make_workspace(
    directory: Path, *, sample: int = 0, seed: int = 7, progress: Callable[[int], None] | None = None
) -> Path:
    """A workspace in `directory`; what is there already stays as it is.

    Raises:
        ConfigError: the directory is a file, or already a workspace.
    """
    directory = directory.expanduser().resolve()
    if directory.is_file():
        raise ConfigError(f"{directory} is a file; a workspace is a folder. Choose another name.")
    if (directory / "deskbook.toml").exists():
        raise ConfigError(f"{directory} is a workspace already. Use it, or choose another folder.")
    for name in ("catalogs", "notebooks", "dashboards"):
        (directory / name).mkdir(parents=True, exist_ok=True)
    for folder, ending in (("catalogs", "yaml"), ("notebooks", "ipynb"), ("dashboards", "yaml")):
        for file in sorted(shipped(folder).glob(f"*.{ending}")):
            if file.name != SAMPLE and not (directory / folder / file.name).exists():
                shutil.copy(file, directory / folder / file.name)
    if sample:
        add_sample(directory, tickets=sample, seed=seed, progress=progress)
    (directory / ".gitignore").write_text(".deskbook/\ndeliveries/\nsample/\n.catalogs.lock\n", "utf-8")
    text = SETTINGS.format(name=directory.name.replace('"', "'"), today="data" if sample else "clock")
    (directory / "deskbook.toml").write_text(text + PROMISES * bool(sample), "utf-8")
    return directory


def add_sample(directory: Path, *, tickets: int, seed: int, progress: Callable[[int], None] | None = None) -> None:
    """A sample desk in `directory/sample` and a catalog entry for each of its files."""
    from deskbook.catalog import write_catalog
    from deskbook.samples import sample_entries, write_sample

    write_sample(directory / "sample", tickets=tickets, seed=seed, progress=progress)
    catalog = directory / "catalogs" / SAMPLE
    if not catalog.exists():
        write_catalog(catalog, "Sample desk", sample_entries(directory / "sample"))

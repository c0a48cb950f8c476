"""What is sent: a page's report in the forms wanted, and what stands on the letter that goes with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from deskbook.reports.forms import MEDIA
from deskbook.reports.tables import View, period_words, until_words, versions, views_of


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """One report, ready to go.

    Attributes:
        schedule: whose it is.
        page: its name.
        due_at: when it was due (UTC).
        zone: on whose clock it is said when.
        data: the page's data, as it was run.
        files: the report in its forms, named for schedule and due time.
        said: what the condition came to, in words; empty without one.
    """

    schedule: str
    page: str
    due_at: datetime
    zone: str
    data: Mapping[str, Any]
    files: tuple[Path, ...]
    said: str = ""

    @property
    def subject(self) -> str:
        """A line that says which page under which filters."""
        return " ".join(f"{self.data['title']}: {self.data['sentence']}".split())

    @property
    def bytes(self) -> int:
        """The size of its files together."""
        return sum(file.stat().st_size for file in self.files)

    def printed(self) -> list[tuple[str, str]]:
        """Under what its numbers were made, label and text."""
        due = self.due_at.replace(tzinfo=UTC).astimezone(ZoneInfo(self.zone))
        facts = [
            ("Filters", self.data["sentence"]),
            ("Period", period_words(self.data)),
            ("Data to (UTC)", until_words(self.data)),
            ("Snapshot", str(self.data["snapshot"])),
            ("Condition", self.said),
            ("Metrics", versions(self.data, tuple(self.data["metrics"]))),
            ("Schedule", f"{self.schedule}, due {due:%Y-%m-%d %H:%M} ({self.zone})"),
        ]
        return [(label, text) for label, text in facts if text]


def media_type(file: Path) -> str:
    """A file's media type, by its ending."""
    return MEDIA[file.suffix.removeprefix(".")]


def file_name(schedule: str, due_at: datetime, ending: str) -> str:
    """A file's name: no two times of a schedule share one, also where the clock is put back."""
    return f"{schedule}-{due_at:%Y-%m-%dT%H%MZ}.{ending}"


def numbers_digest(data: Mapping[str, Any]) -> str:
    """SHA-256 of what a page's tables say and how it is defined; not of when they were made, nor of ages that grow."""
    held = [[view.name, list(_news(view)), versions(data, view.metrics)] for view in views_of(data)]
    return hashlib.sha256(json.dumps(held, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _news(view: View) -> Iterator[list[Any]]:
    kept = [place for place, head in enumerate(view.heads) if head.kind != "age"]
    yield [view.heads[place].text for place in kept] or [view.said]
    for row in view.rows:
        yield [row[place] for place in kept]

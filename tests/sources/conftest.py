"""Sources on files that the tests of this room share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from deskbook.sources import Entry, Source, source

NOW = datetime(2026, 6, 1, tzinfo=UTC)
MAPPING = {"id": "number", "created_at": "created", "subject": "title", "status": "state", "priority": "urgency"}

Make = Callable[..., Source]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A source on files below the test's folder; keywords beside `mapping` and `shape` are options."""

    def build(
        kind: str = "files", *, mapping: Mapping[str, Any] | None = None, shape: str = "", **options: Any
    ) -> Source:
        entry = Entry(
            name="desk",
            kind=kind,
            source="desk",
            table="tickets",
            mapping=MAPPING if mapping is None else mapping,
            shape=shape,
            options=options,
            folder=tmp_path,
        )
        return source[kind](entry, lambda: NOW)

    return build

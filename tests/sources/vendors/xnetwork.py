"""Reading a network of X in tests."""

from __future__ import annotations

import json
from typing import Any

from deskbook.sources import Page
from deskbook.sources.x import XSource

from ...fakes.x import BRAND, Fake

Rows = dict[str, dict[str, dict[str, Any]]]


def read(source: XSource, cursor: dict[str, Any] | None = None) -> tuple[list[Page], Rows]:
    """All pages, and their rows by table and id; each cursor passes through JSON."""
    pages, rows = [], {}
    for page in source.pull(cursor or {}):
        assert json.loads(json.dumps(page.cursor)) == page.cursor
        pages.append(page)
        for batch in source.normalise(page):
            assert not batch.rejects, batch.rejects
            rows.setdefault(batch.table, {}).update({one["id"]: one for one in batch.rows.to_pylist()})
    return pages, rows


def desk(fake: Fake, conversations: int = 12) -> list[str]:
    """Conversations of a question, an answer and thanks; the ids of their first posts."""
    made = []
    for number in range(conversations):
        first = fake.post(f"ann{number}", f"@{BRAND} it is broken {number} #down", hours_ago=30 + number)
        answer = fake.post(BRAND, f"@ann{number} we look", to=first, hours_ago=20 + number / 10)
        fake.post(f"ann{number}", f"@{BRAND} thanks", to=answer, hours_ago=10 + number / 10)
        made.append(first)
    return made

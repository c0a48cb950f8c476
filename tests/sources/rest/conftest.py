"""Sources on the fake desk that the tests of this room share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from deskbook.sources import Entry, source
from deskbook.sources.rest import Rest
from tests.fakes.rest import BASE, Desk, app
from tests.fakes.web import Faulty, Time, wire_to

MAPPING = {"id": "id", "created_at": "created_at", "updated_at": "updated_at", "subject": "subject", "status": "state"}
NEW = {"cursor_path": "updated_at", "start_param": "since"}


class Web:
    """A fake desk, and sources that ask it."""

    def __init__(self) -> None:
        self.desk, self.time = Desk(), Time()
        self.fake = Faulty(app(self.desk), self.time)

    def entry(self, resources: Any, *, mapping: Mapping[str, Any] | None = None, **more: Any) -> Entry:
        client = {"base_url": BASE, **more.pop("client", {})}
        options = {"client": client, "resources": resources, **more}
        return Entry(name="desk", kind="rest", source="desk", table="tickets", mapping=mapping or {}, options=options)

    def source(self, resources: Any, *, mapping: Mapping[str, Any] | None = None, **more: Any) -> Rest:
        assert "rest" in source
        entry = self.entry(resources, mapping=MAPPING if mapping is None else mapping, **more)
        return Rest(entry, self.time, wire_to(self.fake, self.time))


@pytest.fixture
def web() -> Web:
    return Web()


def ids(source: Rest, cursor: Any) -> tuple[list[str], Any]:
    """Ids of the rows that a pull gives, in their order, and the cursor after it."""
    found: list[str] = []
    for page in source.pull(cursor):
        cursor = page.cursor
        for batch in source.normalise(page):
            assert not batch.rejects, batch.rejects
            found += batch.rows.column("id").to_pylist()
    return found, cursor

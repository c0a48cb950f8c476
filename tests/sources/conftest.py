"""Sources on files that the tests of this room share."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from deskbook.sources import Entry, Source, source

from ..servers.mariadb import MariaDB, mariadb
from ..servers.postgres import Postgres, postgres

NOW = datetime(2026, 6, 1, tzinfo=UTC)
MAPPING = {"id": "number", "created_at": "created", "subject": "title", "status": "state", "priority": "urgency"}

Make = Callable[..., Source]
COUNT = itertools.count()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    with postgres() as server:
        yield server


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[MariaDB]:
    with mariadb() as server:
        yield server


@pytest.fixture(params=["postgresql", "mariadb", "sqlite"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh, empty database of each kind."""
    return fresh_url(request, request.param, tmp_path)


def fresh_url(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> str:
    """The SQLAlchemy URL of an empty database."""
    name = f"desk{next(COUNT)}"
    if kind == "sqlite":
        return f"sqlite:///{tmp_path / name}.db"
    server: Postgres | MariaDB = request.getfixturevalue(f"{'postgres' if kind == 'postgresql' else kind}_server")
    return server.create(name)


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

"""Every test of the store runs on both kinds of lake: files in a folder, and PostgreSQL with S3."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from deskbook.store import State

from ..servers.lakes import At, Outside, in_folder


@pytest.fixture(params=["folder", pytest.param("servers", marks=pytest.mark.servers)])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def at(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> At:
    if kind == "folder":
        return in_folder(tmp_path)
    outside: Outside = request.getfixturevalue("outside")
    return outside.lake(tmp_path)


@pytest.fixture
def anew(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], At]:
    """Places with no lake yet, one after the other."""
    numbers = count()

    def made() -> At:
        folder = tmp_path / f"lake{next(numbers)}"
        if kind == "folder":
            return in_folder(folder)
        outside: Outside = request.getfixturevalue("outside")
        return outside.empty(folder)

    return made


@pytest.fixture
def state(at: At) -> Iterator[State]:
    made = at.state()
    yield made
    made.engine.dispose()

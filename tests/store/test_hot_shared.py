"""A reader beside one who makes copies: it takes what that made, and makes its own only when none comes."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskbook.store import HotCopies, HotFiles, Lake
from deskbook.store import hot as hot_module

from ..conftest import Fill
from ..servers.lakes import At
from .test_hot import TICKETS, eventually

TICKET = {**TICKETS[0], "id": "another"}


def test_a_copy_in_between_is_not_made_and_the_one_that_was_made_is_taken(
    fill: Fill, lake: Lake, at: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tickets=TICKETS[:1])
    reading = at.open()
    theirs, ours = HotCopies(lake, HotFiles(tmp_path / "hot")), HotCopies(reading, HotFiles(tmp_path / "hot"))
    first = theirs.view("main", "UTC").snapshot
    assert ours.ready("main", "UTC", others_make=True).snapshot == first

    fill(tickets=[TICKET])
    assert ours.ready("main", "UTC", others_make=True).snapshot == first and not ours.is_coming("main", "UTC")
    whole = theirs.view("main", "UTC").snapshot
    fill(tickets=[{**TICKET, "id": "later"}])
    eventually(lambda: ours.ready("main", "UTC", others_make=True).snapshot == whole)
    assert lake.snapshot() > whole and not ours.is_coming("main", "UTC")

    monkeypatch.setattr(hot_module, "PATIENCE_SECONDS", -1.0)
    eventually(lambda: ours.ready("main", "UTC", others_make=True).snapshot == lake.snapshot())
    reading.close()

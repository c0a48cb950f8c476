"""A cursor is written as what changed, and read as if it had been written whole."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskbook.store import Commit, Lake

from ..servers.lakes import At

STATE = "0123456789abcdef0123456789abcdef 0123456789abcdef"


def keep(lake: Lake, cursor: dict[str, Any], *, tenant: str = "main") -> None:
    lake.commit(tenant, Commit(entry="desk", source="desk", batches=[], cursor=cursor))


def many(count: int) -> dict[str, Any]:
    return {"files": {f"s3://desk/e/{n:05d}.csv": STATE for n in range(count)}}


def written(lake: Lake) -> list[int]:
    """Characters of each writing that lies there, the whole one first."""
    rows = lake.con.execute("SELECT length(cursor) FROM lake.cursors ORDER BY change NULLS FIRST").fetchall()
    return [length for (length,) in rows]


def test_of_a_small_cursor_few_characters_lie_there_however_often_it_moves(lake: Lake) -> None:
    for page in range(60):
        keep(lake, {"after": page, "seen": [STATE * 20 + str(page)]})
    whole, *changes = written(lake)
    assert whole + sum(changes) < 2 * 16_384 and len(changes) < 59
    assert lake.cursor("main", "desk") == {"after": 59, "seen": [STATE * 20 + "59"]}


def test_a_page_after_the_first_asks_the_lake_for_no_cursor(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(lake, many(1))
    monkeypatch.setattr("deskbook.store.cursors._read", lambda con, tenant, entry: pytest.fail("it was read again"))
    for count in (2, 3):
        keep(lake, many(count))


def test_of_a_large_one_only_the_change_is_written(lake: Lake) -> None:
    keep(lake, many(1_000))
    for count in range(1_001, 1_006):
        keep(lake, many(count))
    whole, *changes = written(lake)
    assert whole > 50_000 and len(changes) == 5 and max(changes) < 150
    assert lake.cursor("main", "desk") == many(1_005)


def test_changes_larger_than_the_whole_become_a_new_whole(lake: Lake) -> None:
    keep(lake, many(300))
    for count in range(400, 1_600, 200):
        keep(lake, many(count))
    assert sum(written(lake)) < 2 * len(str(many(1_400))) and lake.cursor("main", "desk") == many(1_400)


def test_what_left_the_cursor_is_gone(lake: Lake) -> None:
    keep(lake, many(1_000) | {"other": 1, "left": {"a": 1}})
    fewer = {"files": dict(list(many(1_000)["files"].items())[10:]), "other": 2, "new": [1]}
    keep(lake, fewer)
    assert len(written(lake)) == 2 and lake.cursor("main", "desk") == fewer


def test_the_same_cursor_again_makes_no_snapshot(lake: Lake) -> None:
    keep(lake, many(1_000))
    before = lake.snapshot()
    keep(lake, many(1_000))
    assert lake.snapshot() == before


@pytest.mark.parametrize("first", [1, 1_000])
def test_two_processes_take_turns(lake: Lake, at: At, first: int) -> None:
    other = at.open()
    keep(lake, many(first))
    for count in range(first + 1, first + 5):
        keep(other if count % 2 else lake, many(count))
        assert lake.cursor("main", "desk") == other.cursor("main", "desk") == many(count)
    other.close()


def test_two_tenants_have_cursors_of_their_own(lake: Lake) -> None:
    for tenant, count in (("main", 1_000), ("other", 900), ("main", 1_001), ("other", 901)):
        keep(lake, many(count), tenant=tenant)
    assert (lake.cursor("main", "desk"), lake.cursor("other", "desk")) == (many(1_001), many(901))


def test_a_commit_that_fails_leaves_the_cursor_before_it(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(lake, many(1_000))
    keep(lake, many(1_001))
    with monkeypatch.context() as patch:
        write = lake._cursors.write
        patch.setattr(lake._cursors, "write", lambda *given: (write(*given), 1 / 0))
        with pytest.raises(ZeroDivisionError):
            keep(lake, many(1_002))
    keep(lake, many(1_003))
    assert lake.cursor("main", "desk") == many(1_003)


PARTS = st.dictionaries(st.sampled_from("abc"), st.dictionaries(st.sampled_from("xyz"), st.integers(0, 3)) | st.none())


@pytest.mark.parametrize("kind", ["folder"], indirect=True)  # it is worked out here, whatever the lake lies on
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cursors=st.lists(PARTS, min_size=1, max_size=3))
def test_any_change_is_read_as_it_was_meant(lake: Lake, cursors: list[dict[str, Any]]) -> None:
    for cursor in cursors:
        keep(lake, many(300) | cursor)
        assert lake.cursor("main", "desk") == many(300) | cursor


def test_a_cursor_that_its_owner_writes_to_is_written_anew(lake: Lake) -> None:
    cursor: dict[str, Any] = {"tickets": {"edge": {"1": "a"}}}
    keep(lake, cursor)
    cursor["tickets"]["edge"]["2"] = "b"
    keep(lake, cursor)
    assert lake.cursor("main", "desk") == {"tickets": {"edge": {"1": "a", "2": "b"}}}

"""What people keep: versions, sharing, and two who change the same thing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from deskbook.access import EVERYONE, LOCAL, Actor
from deskbook.errors import AccessDenied, BadValue, Overtaken, UnknownName
from deskbook.store import Saves, State

AT = datetime(2026, 11, 24, 9, 30)
MIA = Actor("mia", frozenset({"agent"}))
NOAH = Actor("noah", frozenset({"lead"}))


@pytest.fixture
def saves(state: State) -> Saves:
    return Saves(state.engine, "main")


def test_each_save_is_a_version_and_the_newest_is_in_use(saves: Saves) -> None:
    saves.keep(MIA, "filter", "late", {"text": "a = 1"}, at=AT)
    saves.keep(MIA, "filter", "late", {"text": "a = 2"}, at=AT, seen=1)
    assert saves.one(MIA, "filter", "late").body == {"text": "a = 2"}
    assert [one.version for one in saves.versions(MIA, "filter", "late")] == [2, 1]
    assert saves.one(MIA, "filter", "late", version=1).body == {"text": "a = 1"}


def test_a_save_on_an_old_version_is_told_and_writes_nothing(saves: Saves) -> None:
    saves.keep(MIA, "layout", "mine", {"by": "tab one"}, at=AT)
    saves.keep(MIA, "layout", "mine", {"by": "tab two"}, at=AT, seen=1)
    with pytest.raises(Overtaken, match=r"by mia at 09:30 UTC \(version 2\)"):
        saves.keep(MIA, "layout", "mine", {"by": "tab one again"}, at=AT, seen=1)
    assert saves.one(MIA, "layout", "mine").body == {"by": "tab two"}


def test_of_many_saves_at_once_one_is_kept(saves: Saves) -> None:
    def save(number: int) -> bool:
        try:
            saves.keep(MIA, "layout", "mine", {"by": number}, at=AT)
        except Overtaken:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(save, range(16))) == 1


def test_nobody_sees_what_is_not_shared_with_them(saves: Saves) -> None:
    saves.keep(MIA, "filter", "own", {}, at=AT)
    saves.keep(MIA, "filter", "leads", {}, at=AT, shared=["lead"])
    saves.keep(MIA, "filter", "all", {}, at=AT, shared=[EVERYONE])
    assert [one.name for one in saves.seen(NOAH, "filter")] == ["all", "leads"]
    with pytest.raises(UnknownName):
        saves.one(NOAH, "filter", "own")
    assert saves.seen(NOAH, "layout") == []


def test_only_the_owner_or_an_admin_changes_it(saves: Saves) -> None:
    saves.keep(MIA, "filter", "all", {"text": "x"}, at=AT, shared=[EVERYONE])
    with pytest.raises(AccessDenied, match="is mia's"):
        saves.keep(NOAH, "filter", "all", {"text": "y"}, at=AT, owner="mia", seen=1)
    with pytest.raises(AccessDenied, match="only they can remove"):
        saves.remove(NOAH, "filter", "all", at=AT, seen=1)
    changed = saves.keep(LOCAL, "filter", "all", {"text": "z"}, at=AT, owner="mia", seen=1)
    assert (changed.owner, changed.changed_by) == ("mia", "local")


def test_ones_own_comes_before_one_shared_under_the_same_name(saves: Saves) -> None:
    saves.keep(NOAH, "filter", "late", {"of": "noah"}, at=AT, shared=["agent"])
    saves.keep(MIA, "filter", "late", {"of": "mia"}, at=AT)
    assert saves.one(MIA, "filter", "late").owner == "mia"
    assert saves.one(MIA, "filter", "late", owner="noah").body == {"of": "noah"}


def test_what_is_removed_is_out_of_view_and_its_name_is_free_again(saves: Saves) -> None:
    saves.keep(MIA, "filter", "late", {"text": "a"}, at=AT)
    saves.remove(MIA, "filter", "late", at=AT, seen=1)
    assert saves.seen(MIA, "filter") == []
    assert saves.keep(MIA, "filter", "late", {"text": "b"}, at=AT).version == 3
    assert [one.version for one in saves.versions(MIA, "filter", "late")] == [3, 1]


def test_a_change_to_what_was_removed_meanwhile_is_told(saves: Saves) -> None:
    saves.keep(MIA, "filter", "late", {}, at=AT)
    saves.remove(MIA, "filter", "late", at=AT, seen=1)
    with pytest.raises(Overtaken, match="removed meanwhile"):
        saves.keep(MIA, "filter", "late", {}, at=AT, seen=1)


def test_two_desks_keep_the_same_name_apart(saves: Saves, state: State) -> None:
    other = Saves(state.engine, "other")
    saves.keep(MIA, "filter", "late", {"of": "main"}, at=AT)
    assert other.seen(MIA, "filter") == []
    assert other.keep(MIA, "filter", "late", {"of": "other"}, at=AT).version == 1


@pytest.mark.parametrize("name", ["", "  ", "a" * 121, "two\nlines"])
def test_a_name_nobody_could_read_is_refused(saves: Saves, name: str) -> None:
    with pytest.raises(BadValue, match="printable letters"):
        saves.keep(MIA, "filter", name, {}, at=AT)


def test_a_body_too_large_is_refused_with_its_size(saves: Saves) -> None:
    with pytest.raises(BadValue, match="250,0"):
        saves.keep(MIA, "filter", "big", {"text": "x" * 250_000}, at=AT)


def test_an_unknown_role_to_share_with_is_named(saves: Saves) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'lead'"):
        saves.keep(MIA, "filter", "late", {}, at=AT, shared=["leads"])

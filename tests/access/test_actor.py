"""Who may see and change what others own."""

import pytest

from deskbook.access import EVERYONE, LOCAL, Actor
from deskbook.errors import BadValue, UnknownName

MIA = Actor("mia", frozenset({"agent"}))


@pytest.mark.parametrize(
    ("owner", "shared", "seen"),
    [
        ("mia", (), True),
        ("noah", (), False),
        ("noah", ("lead",), False),
        ("noah", ("agent",), True),
        ("x", (EVERYONE,), True),
    ],
)
def test_an_actor_sees_their_own_and_what_is_shared_with_a_role_of_theirs(
    owner: str, shared: tuple[str, ...], seen: bool
) -> None:
    assert MIA.may_see(owner, shared) is seen


def test_only_the_owner_and_an_admin_may_change() -> None:
    assert MIA.may_change("mia")
    assert not MIA.may_change("noah")
    assert LOCAL.may_change("noah")


def test_an_unknown_role_names_the_closest() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'agent'"):
        Actor("mia", frozenset({"agents"}))


def test_an_actor_without_a_name_is_refused() -> None:
    with pytest.raises(BadValue, match="needs a name"):
        Actor(" ")

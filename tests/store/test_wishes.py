"""What each person wants of the pages: their own, the newest, apart by desk."""

from concurrent.futures import ThreadPoolExecutor

from deskbook.access import LOCAL, Actor
from deskbook.store import State, Wishes

from ..servers.lakes import At

MIA = Actor("mia")


def test_a_wish_is_its_persons_own_and_the_newest_holds(state: State, at: At) -> None:
    engine = state.engine
    wishes, other = Wishes(engine, "main"), Wishes(engine, "other")
    assert wishes.of(MIA, "theme") == ""
    for value in ("light", "dark", "dark"):
        wishes.keep(MIA, "theme", value)
    assert (wishes.of(MIA, "theme"), wishes.of(LOCAL, "theme"), other.of(MIA, "theme")) == ("dark", "", "")
    again = at.state()
    assert Wishes(again.engine, "main").of(MIA, "theme") == "dark"
    again.engine.dispose()


def test_of_two_tabs_at_once_one_choice_holds(state: State) -> None:
    wishes = Wishes(state.engine, "main")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: wishes.keep(MIA, "theme", str(number)), range(16)))
    assert wishes.of(MIA, "theme") in {str(number) for number in range(16)}

"""What each person wants of the pages: their own, the newest, apart by desk."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from deskbook.access import LOCAL, Actor
from deskbook.store import State, Wishes

MIA = Actor("mia")


def test_a_wish_is_its_persons_own_and_the_newest_holds(tmp_path: Path) -> None:
    engine = State(f"sqlite:///{tmp_path / 'desk.db'}").engine
    wishes, other = Wishes(engine, "main"), Wishes(engine, "other")
    assert wishes.of(MIA, "theme") == ""
    for value in ("light", "dark", "dark"):
        wishes.keep(MIA, "theme", value)
    assert (wishes.of(MIA, "theme"), wishes.of(LOCAL, "theme"), other.of(MIA, "theme")) == ("dark", "", "")
    assert Wishes(State(f"sqlite:///{tmp_path / 'desk.db'}").engine, "main").of(MIA, "theme") == "dark"
    engine.dispose()


def test_of_two_tabs_at_once_one_choice_holds(tmp_path: Path) -> None:
    engine = State(f"sqlite:///{tmp_path / 'desk.db'}").engine
    wishes = Wishes(engine, "main")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: wishes.keep(MIA, "theme", str(number)), range(16)))
    assert wishes.of(MIA, "theme") in {str(number) for number in range(16)}
    engine.dispose()

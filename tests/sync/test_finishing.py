"""What follows from new rows is worked out by one process at a time."""

from __future__ import annotations

from threading import Event, Thread

from deskbook.book.syncing import FINISHING
from deskbook.schema.measured import TICKET_CLOCKS
from deskbook.store import Leases
from deskbook.sync import Finishing, sync_entries

from ..conftest import Workspace, open_book


def test_a_second_worker_leaves_clocks_and_moods_to_the_one_who_is_at_it(workspace: Workspace) -> None:
    book = open_book(workspace())
    sync_entries(book._means())

    def measured() -> int:
        return book.lake.count(TICKET_CLOCKS.name, book.settings.tenant)

    other = Leases(book.state.engine, book.settings.state / "leases")
    with other.taken(book.settings.tenant, FINISHING) as is_theirs:
        assert is_theirs
        assert not book.finish(wait_seconds=0.0)
        assert measured() == 0
    assert book.finish(wait_seconds=0.0)
    assert measured() == 600


def test_a_sync_by_hand_waits_for_who_is_at_it(workspace: Workspace) -> None:
    book = open_book(workspace())
    sync_entries(book._means())
    let_go, came, done = Event(), Event(), []

    def hold() -> None:
        other = Leases(book.state.engine, book.settings.state / "leases")
        with other.taken(book.settings.tenant, FINISHING):
            came.set()
            let_go.wait(30)

    holder = Thread(target=hold)
    holder.start()
    assert came.wait(30)
    waiting = Thread(target=lambda: done.append(book.finish()))
    waiting.start()
    waiting.join(1.0)
    assert waiting.is_alive() and not done
    let_go.set()
    waiting.join(60)
    holder.join(30)
    assert done == [True]


def test_a_pass_that_another_is_at_is_tried_again() -> None:
    stop, tries = Event(), []

    def work() -> bool:
        tries.append(1)
        if len(tries) == 3:
            stop.set()
        return len(tries) == 3

    waits: list[float] = []
    stop.wait = lambda seconds=None: bool(waits.append(seconds or 0.0)) or stop.is_set()  # type: ignore[method-assign]
    Finishing(work, lambda said: None).run(stop)
    assert len(tries) == 3
    assert waits[:2] == [5.0, 5.0]

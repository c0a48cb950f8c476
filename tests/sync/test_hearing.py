"""What webhooks say is kept before the caller is thanked, fetched once, and moves no cursor."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from deskbook.apps.hooks import MOST_BYTES, add_hooks
from deskbook.book import Book
from deskbook.sync.hearing import MOST_TRIES, take_in

from .scripted import Time, open_desk, tell, write_desk
from .test_rounds import until

GOOD = {"x-signature": "good", "x-signature-timestamp": "1"}


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
def book(tmp_path: Path, clock: Time) -> Book:
    folder = write_desk(tmp_path / "desk", sla={}, other={})
    return open_desk(folder, clock)


@pytest.fixture
def door(book: Book) -> Iterator[TestClient]:
    app = FastAPI()
    add_hooks(app, book)
    with TestClient(app) as client:
        yield client


def call(door: TestClient, entry: str = "sla", headers: dict[str, str] | None = None, **said: Any) -> Any:
    return door.post(f"/hooks/{entry}", content=json.dumps(said), headers=GOOD if headers is None else headers)


def ids(book: Book) -> list[str]:
    return sorted(book.lake.read("tickets", "main").column("id").to_pylist())


def waiting(book: Book) -> int:
    return sum(map(len, book.hooks.waiting(book._means().now()).values()))


def test_what_is_heard_is_committed_and_the_cursor_stays(book: Book, door: TestClient) -> None:
    tell(book.settings.workspace, "sla", rows=2)
    book.sync("sla")
    before = book.lake.cursor("main", "sla")
    assert call(door, id="e1", n=77).status_code == 200
    assert take_in(book._means(), book.hooks) == 1
    assert ids(book) == ["T0", "T1", "T77"] and book.lake.cursor("main", "sla") == before
    assert waiting(book) == 0 and take_in(book._means(), book.hooks) == 0


def test_one_event_counts_once_however_often_it_is_told(book: Book, door: TestClient) -> None:
    for attempt in ("1", "2", "3"):
        assert call(door, headers={**GOOD, "x-signature-timestamp": attempt}, id="e1", n=5).status_code == 200
    assert waiting(book) == 1
    take_in(book._means(), book.hooks)
    assert call(door, headers={**GOOD, "x-signature-timestamp": "4"}, id="e1", n=5).status_code == 200
    assert waiting(book) == 0


def test_the_same_call_word_for_word_is_refused(book: Book, door: TestClient) -> None:
    assert call(door, id="e1", n=5).status_code == 200
    again = call(door, id="e1", n=5)
    assert again.status_code == 401 and again.json()["said"] == "this call came before"
    assert waiting(book) == 1


def test_a_vendor_that_signs_no_time_may_tell_again(book: Book, door: TestClient) -> None:
    for _ in range(2):
        assert call(door, headers={"x-signature": "good"}, id="e1", n=5).status_code == 200
    assert waiting(book) == 1


@pytest.mark.parametrize(
    ("entry", "headers", "said", "status"),
    [
        ("sla", {"x-signature": "bad"}, {"id": "e", "n": 1}, 401),
        ("sla", {}, {"id": "e", "n": 1}, 401),
        ("nobody", GOOD, {"id": "e", "n": 1}, 404),
        ("sla", GOOD, {"id": "e"}, 422),
    ],
)
def test_what_is_refused_is_logged_and_not_kept(
    book: Book,
    door: TestClient,
    caplog: pytest.LogCaptureFixture,
    entry: str,
    headers: dict[str, str],
    said: dict[str, Any],
    status: int,
) -> None:
    assert call(door, entry, headers, **said).status_code == status
    assert waiting(book) == 0 and "webhook refused" in caplog.text


def test_a_call_of_more_than_a_megabyte_is_not_read(book: Book, door: TestClient) -> None:
    assert door.post("/hooks/sla", content=b" " * (MOST_BYTES + 1), headers=GOOD).status_code == 413


def test_the_caller_gets_the_reply_that_the_source_gives(book: Book, door: TestClient) -> None:
    assert call(door, id="e1", n=1, reply={"challenge": "abc"}).json() == {"challenge": "abc"}


def test_what_cannot_be_fetched_is_tried_again_later_and_others_are_not_held_up(
    book: Book, door: TestClient, clock: Time
) -> None:
    tell(book.settings.workspace, "sla", hook_fails="again")
    call(door, id="e1", n=1)
    call(door, "other", id="e2", n=2)
    assert take_in(book._means(), book.hooks) == 1 and ids(book) == ["T2"]
    tell(book.settings.workspace, "sla")
    assert take_in(book._means(), book.hooks) == 0, "not at once"
    clock.go_on(5)
    assert take_in(book._means(), book.hooks) == 1 and ids(book) == ["T1", "T2"]


def test_what_never_can_be_fetched_is_left_to_the_next_sync(
    book: Book, door: TestClient, clock: Time, caplog: pytest.LogCaptureFixture
) -> None:
    tell(book.settings.workspace, "sla", hook_fails="crash")
    call(door, id="e1", n=1)
    for _ in range(MOST_TRIES):
        take_in(book._means(), book.hooks)
        clock.go_on(3_600)
    assert waiting(book) == 0 and "left to the next sync" in caplog.text


def test_whoever_watches_takes_it_in_as_it_comes(book: Book, door: TestClient) -> None:
    import threading

    stop = Event()
    thread = threading.Thread(target=lambda: book.watch(stop=stop, say=lambda said: None))
    thread.start()
    try:
        call(door, id="e1", n=9)
        until(lambda: ids(book) == ["T9"], "in the store")
        until(lambda: book.query("tickets_created").value() == 1, "on the pages")
    finally:
        stop.set()
        thread.join()

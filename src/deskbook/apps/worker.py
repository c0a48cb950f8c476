"""The worker: syncs what is due all the time; indexes, asks again and delivers as it comes up."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic
from typing import Final

from filelock import FileLock, Timeout

from deskbook.apps.deliveries import deliver_round
from deskbook.book import Book
from deskbook.errors import ConfigError, DeskbookError, EmbeddingFailed

log = logging.getLogger(__name__)
LOOK_SECONDS: Final = 15
"""How often a waiting worker looks whether somebody subscribed to something."""


def run(book: Book, *, rounds: int | None = None, say: Callable[[str], None]) -> int:
    """Work until told to stop (SIGTERM, Ctrl-C); or as many whole rounds as asked for, one after the other.

    Returns:
        Rounds done: of everything, or while it watches of indexing and asking again.

    Raises:
        ConfigError: another worker of this workspace is running.
    """
    stop = stopped_by_signals()
    book.settings.state.mkdir(parents=True, exist_ok=True)
    lock = FileLock(book.settings.state / "worker.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise ConfigError(f"A worker is running for {book.settings.workspace} already. One is enough.") from None
    with lock:
        if rounds is None:
            with syncing(book, stop, say):
                return _work(book, stop, say)
        done = 0
        while not stop.is_set() and done < rounds:
            one_round(book, say)
            deliver_round(book, say)
            done += 1
        return done


def stopped_by_signals() -> Event:
    """An event that SIGTERM and Ctrl-C set."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


@contextmanager
def syncing(book: Book, stop: Event, say: Callable[[str], None]) -> Iterator[None]:
    """Entries are synced as they are due, in a thread beside the block; a failure of that thread ends the block too."""
    failed: list[BaseException] = []

    def watch() -> None:
        try:
            book.watch(stop=stop, say=say, workers=os.cpu_count() or 1)
        except BaseException as failure:  # handed to the worker, which ends with it
            failed.append(failure)
            stop.set()
            if not isinstance(failure, DeskbookError):
                raise

    thread = Thread(target=watch, name="watch")
    book.fit_threads()  # here, where the block is not at the lake yet: else each could wait for the other for ever
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
    if failed:
        raise failed[0]


def _work(book: Book, stop: Event, say: Callable[[str], None]) -> int:
    """Index and ask again every so often, and deliver what is due, until told to stop."""
    done = 0
    while not stop.is_set():
        follow_up(book, say)
        done += 1
        pause = monotonic() + book.settings.sync_every_seconds
        mark, due_at = book.subscriptions().mark(), monotonic() + deliver_round(book, say)
        while not stop.is_set() and (left := pause - monotonic()) > 0:
            stop.wait(max(0.0, min(left, due_at - monotonic(), LOOK_SECONDS)))
            now = book.subscriptions().mark()
            if not stop.is_set() and (now != mark or due_at <= monotonic() < pause):
                mark, due_at = now, monotonic() + deliver_round(book, say)
    return done


def one_round(book: Book, say: Callable[[str], None]) -> None:
    """Sync every entry, score and index what is new; says what failed and what was written."""
    for problem in book.catalog.problems:
        say(str(problem))
    for report in book.sync(workers=os.cpu_count() or 1):
        if report.error:
            say(f"{report.name}: {report.error}")
        elif rows := report.total.written:
            say(f"{report.name}: {rows:,} rows written in {report.seconds:.1f} s")
    follow_up(book, say)


def follow_up(book: Book, say: Callable[[str], None]) -> None:
    """Merge small files, index what is new, and ask again the kept questions that something changed for."""
    for table, files in book.compact().items():
        say(f"{files} small files of {table} merged")
    try:
        done = book.index()
    except EmbeddingFailed as error:  # its server is away: the index of the last round still serves
        say(f"Index left as it was: {error}")
    else:
        if done and done.is_news:
            say(str(done))
    ask_again(book, say)


def ask_again(book: Book, say: Callable[[str], None]) -> None:
    """Ask the kept questions again that something changed for; says which answers differ."""
    try:
        done = book.asked().again()
    except DeskbookError as error:
        say(f"No question was asked again: {error}")
        return
    for one in done:
        if one.difference.state != "same":
            say(f"Question {one.asked.id}, {one.asked.question[:80]}: {one.difference.sentence()}")

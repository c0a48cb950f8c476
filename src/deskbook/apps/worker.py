"""The worker: a round is sync, score, index, ask again, deliver; then it waits, and delivers when something is due."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable
from threading import Event
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
    """Rounds until told to stop (SIGTERM, Ctrl-C), or as many as asked for.

    Returns:
        Rounds done.

    Raises:
        ConfigError: another worker of this workspace is running.
    """
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    book.settings.state.mkdir(parents=True, exist_ok=True)
    lock = FileLock(book.settings.state / "worker.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise ConfigError(f"A worker is running for {book.settings.workspace} already. One is enough.") from None
    done = 0
    with lock:
        while not stop.is_set() and (rounds is None or done < rounds):
            one_round(book, say)
            done += 1
            pause = monotonic() + book.settings.sync_every_seconds
            mark, due_at = book.subscriptions().mark(), monotonic() + deliver_round(book, say)
            while (rounds is None or done < rounds) and not stop.is_set() and (left := pause - monotonic()) > 0:
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
        rows = sum(table.written for table in report.tables.values())
        if report.error:
            say(f"{report.name}: {report.error}")
        elif rows:
            say(f"{report.name}: {rows:,} rows written in {report.seconds:.1f} s")
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

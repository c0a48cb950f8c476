"""Web and worker together: the worker as a process of its own, ended with the web."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable

from deskbook.apps.web import serve
from deskbook.apps.worker import one_round
from deskbook.book import Book

STOP_SECONDS = 20


def run(book: Book, host: str, port: int, *, say: Callable[[str], None]) -> None:
    """A first round, so that the pages have something to show; then serve until stopped.

    The worker is stopped by its own process id.
    """
    say("==> Syncing, scoring, indexing")
    one_round(book, say)
    environment = os.environ | {"DESKBOOK_HOME": str(book.settings.workspace)}
    worker = subprocess.Popen([sys.executable, "-m", "deskbook", "worker"], env=environment)
    say(f"==> Worker started (process {worker.pid}); it syncs each source as it is due")
    say("==> Starting the pages")
    # The web server stops in good order and then raises the signal again; unhandled, it would end us before the worker.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        serve(book, host, port, say=say)
    finally:
        worker.terminate()
        try:
            worker.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            worker.kill()

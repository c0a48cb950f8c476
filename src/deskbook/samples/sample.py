"""Writes a sample desk into a directory: plan it, draw it chunk by chunk, export and book each chunk."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from deskbook.errors import ConfigError
from deskbook.samples.calendar import business_clock, day_number, promised_clock
from deskbook.samples.chunk import Desk, draw_chunk, spans
from deskbook.samples.desk import hire_staff, invite_customers
from deskbook.samples.export import Export
from deskbook.samples.incidents import plan_desk
from deskbook.samples.ledger import Ledger
from deskbook.samples.reported import Office

log = logging.getLogger(__name__)

TRUTH_FILE = "truth.json"
_PARTIAL = ".sample-partial"
_MOST_A_DAY = 10_000
"""Tickets a day on average; a chunk holds at least one day, so this bounds memory."""
_DAYS = range(28, 3_661)
_LAST_DAYS = (date(1990, 1, 1), date(2100, 12, 31))


def write_sample(
    directory: Path,
    *,
    tickets: int = 20_000,
    seed: int = 7,
    until: date = date(2026, 10, 31),
    days: int = 730,
    progress: Callable[[int], None] | None = None,
) -> dict[str, Any]:
    """Writes a believable support desk and its ledger of truth; the same arguments give the same files.

    Args:
        directory: a new or empty directory, or an older sample, which is replaced.
        tickets: how many, 1 to 10,000 a day on average.
        seed: 0 or more; another seed gives another desk.
        until: the last day with tickets, UTC; nothing that happened is dated later.
        days: length of the period, 28 to 3,660.
        progress: called after each chunk with the number of tickets written so far.

    Returns:
        The content of truth.json, see `deskbook.samples.ledger`.

    Raises:
        ConfigError: an argument is out of range, or the directory holds something else.
    """
    _check(tickets, seed, until, days)
    _check_directory(directory)
    partial = directory / _PARTIAL
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        truth = _write(partial, _desk(tickets, seed, until, days), progress)
        for file in sorted(partial.iterdir(), key=lambda path: path.name == TRUTH_FILE):
            file.replace(directory / file.name)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    log.info("Wrote sample: %d tickets, %d messages, seed %d", truth["tickets"], truth["messages"], seed)
    return truth


def _desk(tickets: int, seed: int, until: date, days: int) -> Desk:
    first = day_number(until) - days + 1
    rng = np.random.default_rng([seed, 0])
    # Work goes on past the period, else its last tickets would have no opening hours to wait for.
    since, last = first - 7, first + days + 60
    return Desk(
        seed=seed,
        plan=plan_desk(tickets, until, days, rng),
        staff=hire_staff(tickets, first, days, rng),
        customers=invite_customers(tickets, first, days, rng),
        clock=business_clock(since, last),
        office=Office(promised_clock(since, last), promised_clock(since, last, is_open_on_holidays=True)),
    )


def _write(directory: Path, desk: Desk, progress: Callable[[int], None] | None) -> dict[str, Any]:
    ledger = Ledger(desk)
    done = 0
    with Export(directory) as export:
        export.people(desk)
        for span, first_number in spans(desk.plan):
            chunk = draw_chunk(desk, span, first_number)
            export.chunk(chunk)
            ledger.add(chunk)
            done += len(chunk.tickets)
            if progress is not None:
                progress(done)
    truth = ledger.truth()
    text = json.dumps(truth, indent=1, ensure_ascii=False)
    (directory / TRUTH_FILE).write_text(text + "\n", encoding="utf-8")
    return truth


def _check(tickets: int, seed: int, until: date, days: int) -> None:
    """Refuses arguments that no desk can have; each message names the value and the fix."""
    if days not in _DAYS:
        raise ConfigError(f"days: wanted {_DAYS[0]} to {_DAYS[-1]}, got {days}. Fix: pass for example days=730.")
    most = _MOST_A_DAY * days
    if not 1 <= tickets <= most:
        raise ConfigError(
            f"tickets: wanted 1 to {most} for {days} days, got {tickets}. Fix: pass for example tickets=20000."
        )
    if seed < 0:
        raise ConfigError(f"seed: wanted 0 or more, got {seed}. Fix: pass for example seed=7.")
    if not _LAST_DAYS[0] <= until <= _LAST_DAYS[1]:
        raise ConfigError(f"until: wanted a day from {_LAST_DAYS[0]} to {_LAST_DAYS[1]}, got {until}.")


def _check_directory(directory: Path) -> None:
    """Refuses a directory that holds anything but an older sample."""
    if directory.is_file():
        raise ConfigError(f"'{directory}' is a file; a sample needs a directory. Fix: choose another path.")
    held = {path.name for path in directory.iterdir()} - {_PARTIAL} if directory.is_dir() else set()
    if held and TRUTH_FILE not in held:
        raise ConfigError(
            f"'{directory}' is not empty and not a sample (it has no {TRUTH_FILE}). Fix: choose a new directory."
        )

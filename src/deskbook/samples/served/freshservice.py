"""A sample desk as Freshservice serves it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from starlette.applications import Starlette

from deskbook.samples.served.fresh import Account, Records
from deskbook.samples.served.freshfolder import read

KEY: Final = "sample-key"


def app(records: Records, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Starlette:
    """The account as an application, below /api/v2.

    Args:
        now: the account's clock, for tickets listed without updated_since.
    """
    return Account(records, wrapped=True, now=now).app()


def records(folder: Path) -> Records:
    """The sample desk of a folder that `deskbook sample` wrote."""
    found = read(folder, is_service=True)
    found.key = KEY
    return found

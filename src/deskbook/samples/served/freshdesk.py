"""A sample desk as Freshdesk serves it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from starlette.applications import Starlette

from deskbook.samples.served.fresh import Account, Records
from deskbook.samples.served.freshfolder import read

KEY: Final = "sample-key"
VARIABLE: Final = "FRESHDESK_API_KEY"


def app(records: Records, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Starlette:
    """The account as an application, below /api/v2.

    Args:
        now: the account's clock, for tickets listed without updated_since.
    """
    return Account(records, wrapped=False, now=now).app()


def records(folder: Path) -> Records:
    """The sample desk of a folder that `deskbook sample` wrote."""
    return read(folder, is_service=False)


def variables() -> dict[str, str]:
    """Environment variables that the entry refers to: a catalog holds no secret, not even this one."""
    return {VARIABLE: KEY}


def entry(url: str) -> dict[str, Any]:
    """Options of an entry that reads the account served at an address."""
    return {"base_url": url, "api_key": f"{{env({VARIABLE})}}", "requests_per_minute": 600_000}

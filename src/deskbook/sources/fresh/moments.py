"""Times as both products write them."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from deskbook.sources.arrays import json_text


def moment(text: Any) -> datetime | None:
    """A time in UTC; None where it is none."""
    if not isinstance(text, str) or not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def iso(at: datetime) -> str:
    """A time as both take and give it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def earlier(text: str, seconds: float) -> str:
    """A time so many seconds before."""
    at = moment(text)
    return iso(at - timedelta(seconds=seconds)) if at else text


def utc_text(text: Any) -> str:
    """A time in the form that texts of it can be compared in; empty where it is none."""
    at = moment(text)
    return iso(at) if at else ""


def digest(value: Any) -> str:
    """What tells two states of an object apart, short."""
    return hashlib.blake2b(json_text(value).encode("utf-8", "replace"), digest_size=6).hexdigest()

"""Until when an entry's credentials hold, told before the first request fails for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import parse_qs

from deskbook.errors import AuthFailed
from deskbook.sources.stores import StoreOptions

SOON: Final = timedelta(days=7)
# What a SAS must permit: reading, listing.
WANTED: Final = {"r": "read", "l": "list"}
FORMS: Final = ("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%MZ", "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S.%fZ")


def check_expiry(options: StoreOptions, entry: str, now: datetime) -> str:
    """Whether a shared access signature still holds.

    Returns:
        What is to be said of one that ends within a week; empty of any other.

    Raises:
        AuthFailed: it has ended, has not begun, or does not permit to list and read.
    """
    words = sas_words(options)
    ends, begins = _moment(words.get("se", "")), _moment(words.get("st", ""))
    fix = "Make a new one, and put it where the entry's sas: or connection_string: refers to."
    if ends and ends <= now:
        raise AuthFailed(f"Entry '{entry}': its shared access signature ended at {ends:%Y-%m-%d %H:%M} UTC. {fix}")
    if begins and begins > now:
        raise AuthFailed(f"Entry '{entry}': its shared access signature begins at {begins:%Y-%m-%d %H:%M} UTC. {fix}")
    allowed = words.get("sp", "")
    lacking = [name for letter, name in WANTED.items() if allowed and letter not in allowed]
    if options.archive and allowed:
        lacking += [name for letter, name in {"w": "write", "d": "delete"}.items() if letter not in allowed]
    if lacking:
        raise AuthFailed(
            f"Entry '{entry}': its shared access signature permits '{allowed}', but not to {', '.join(lacking)}. {fix}"
        )
    if ends and ends - now < SOON:
        return f"the shared access signature ends at {ends:%Y-%m-%d %H:%M} UTC. {fix}"
    return ""


def sas_words(options: StoreOptions) -> dict[str, str]:
    """The fields of an entry's shared access signature; none if it has none."""
    text = options.sas.lstrip("?")
    for part in options.connection_string.split(";"):
        name, _, value = part.partition("=")
        if name.strip().lower() == "sharedaccesssignature":
            text = value.lstrip("?")
    return {name: values[0] for name, values in parse_qs(text).items()}


def _moment(text: str) -> datetime | None:
    for form in FORMS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None

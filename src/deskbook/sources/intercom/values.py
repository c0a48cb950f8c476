"""Values as Intercom writes them: moments in two units, and words that mean one of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from deskbook.schema.times import EPOCH_MILLISECONDS_BELOW, EPOCH_SECONDS_BELOW

Row = dict[str, Any]
Payload = Mapping[str, Any]
NAMED: Final = "deskbook.names"
"""Type of the last object of a page, which is ours: names that its other objects refer to by id."""
DELETED: Final = "deskbook.deleted"
"""Type of an object that stands for a conversation that is no longer there."""
NOBODY: Final = ("0", "", "nobody")
ROLES: Final = {"user": "customer", "lead": "customer", "contact": "customer", "visitor": "customer"} | {
    "admin": "agent",
    "bot": "bot",
    "operator": "bot",
    "team": "system",
    "campaign": "system",
}
STATES: Final = {"open": "open", "closed": "closed", "snoozed": "hold"}
PRIORITIES: Final = {"low": "low", "medium": "normal", "high": "high", "urgent": "urgent"} | {"priority": "high"}
UNSAID: Final = ("none", "not_priority")
CHANNELS: Final = {"conversation": "chat", "messenger": "chat", "email": "email", "sms": "sms", "push": "push"} | {
    **dict.fromkeys(("facebook", "instagram", "twitter"), "social"),
    **dict.fromkeys(("phone_call", "phone_switch", "phone"), "phone"),
}


def seconds_of(value: Any) -> float | None:
    """A moment in seconds since 1970, whichever unit it is in and whether before or after; None where it is none."""
    if isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    if abs(number) < EPOCH_SECONDS_BELOW:
        return number
    return number / (1e3 if abs(number) < EPOCH_MILLISECONDS_BELOW else 1e6)


def moment(value: Any) -> float | str | None:
    """A moment in seconds since 1970; what is none is kept as it is, to be refused by name."""
    seconds = seconds_of(value)
    return (str(value) or None) if seconds is None and value is not None else seconds


def meant(known: Mapping[str, str], value: Any) -> str | None:
    """What a word means; None for one that is unknown, or for none."""
    return known.get(str(value).lower()) if value is not None else None


def text_id(value: Any) -> str | None:
    """An id as text; None for nobody."""
    text = "" if value is None else str(value)
    return None if text in NOBODY or text.startswith("nobody") else text


def inner(value: Any, *path: str) -> Any:
    """What stands at a path of nested objects; None where any of them is absent."""
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def listed(value: Any, *path: str) -> list[Payload]:
    """The objects of a list at a path; none where there is no list."""
    found = inner(value, *path) if path else value
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def split(objects: Sequence[Payload]) -> tuple[list[tuple[int, Payload]], Payload]:
    """A page's objects with their places, and the names that they refer to."""
    names: Payload = {}
    found: list[tuple[int, Payload]] = []
    for place, one in enumerate(objects):
        if one.get("type") == NAMED:
            names = one
        else:
            found.append((place, one))
    return found, names


def chunks(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    """Parts of a sequence."""
    for start in range(0, len(items), size):
        yield items[start : start + size]

"""Values as Zendesk writes them, and words that mean one of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any, Final

Row = dict[str, Any]
Payload = Mapping[str, Any]
NAMES: Final = "deskbook_names"
"""Key of the last object of a page, which is ours: names that its other objects refer to by id."""
SYSTEM_AUTHOR: Final = "-1"
STATES: Final = frozenset({"new", "open", "pending", "hold", "solved", "closed"})
DELETED: Final = "deleted"
PRIORITIES: Final = frozenset({"low", "normal", "high", "urgent"})
CHANNELS: Final = {
    **dict.fromkeys(("chat", "chat_transcript", "native_messaging", "sunshine_conversations_api", "line"), "chat"),
    **dict.fromkeys(("whatsapp", "sms", "apple_business_chat", "messaging_csv_import"), "chat"),
    **dict.fromkeys(("voice", "phone", "voicemail", "phone_call_inbound", "phone_call_outbound"), "phone"),
    **dict.fromkeys(("twitter", "twitter_dm", "twitter_favorite", "facebook", "facebook_post"), "social"),
    **dict.fromkeys(("facebook_message", "instagram_dm", "any_channel"), "social"),
    **dict.fromkeys(("web", "web_form", "web_widget", "help_center", "sample_ticket"), "web"),
    **dict.fromkeys(("email", "mail"), "email"),
}
MACHINES: Final = ("rule", "trigger", "automation", "answer_bot_for_agents", "bot")
"""Channels by which no person writes."""
AGENTS: Final = ("agent", "admin")
FORMER: Final = "former agents"
"""What a page of people is called who are agents no more."""


def text_id(value: Any) -> str | None:
    """An id as text; None where there is none."""
    return None if value in (None, "") else str(value)


def known(words: frozenset[str], value: Any) -> str | None:
    """A word that is one of ours; None for one that is unknown, or for none."""
    word = str(value).lower() if value is not None else ""
    return word if word in words else None


def inner(value: Any, *path: str) -> Any:
    """What stands at a path of nested objects; None where any of them is absent."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def listed(value: Any, *path: str) -> list[dict[str, Any]]:
    """The objects of a list at a path; none where there is no list."""
    found = inner(value, *path) if path else value
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def whole(value: Any, times: float = 1.0) -> int | None:
    """A number as a whole one; None where it is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        return None
    return round(value * times)


def split(objects: Sequence[Payload]) -> tuple[list[tuple[int, Payload]], Payload]:
    """A page's objects with their places, and the names that they refer to."""
    names: Payload = {}
    found: list[tuple[int, Payload]] = []
    for place, one in enumerate(objects):
        if NAMES in one:
            names = one[NAMES]
        else:
            found.append((place, one))
    return found, names

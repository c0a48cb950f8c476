"""What Slack's Events API calls with: that something was said, changed, deleted or reacted to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deskbook.errors import Unreadable
from deskbook.sources.arrays import load_json
from deskbook.sources.contract import Told


def heard(body: bytes, entry: str) -> Told:
    """What a call says; of one that asks whether we are there, what Slack waits for.

    Raises:
        Unreadable: it says nothing that is known.
    """
    try:
        said = load_json(body)
    except ValueError:
        said = None
    kind = said.get("type") if isinstance(said, Mapping) else None
    if kind == "url_verification" and said.get("challenge"):
        challenge = str(said["challenge"])
        return Told(f"challenge {challenge}", {}, {"challenge": challenge})
    if kind == "app_rate_limited":
        return Told(f"limited {said.get('minute_rate_limited')}", {})
    if kind != "event_callback" or not said.get("event_id") or not isinstance(said.get("event"), Mapping):
        raise Unreadable(f"Entry '{entry}': Slack called with a {kind or 'body'} that says nothing known.")
    return Told(str(said["event_id"]), _about(said["event"]))


def _about(event: Mapping[str, Any]) -> dict[str, Any]:
    """The channel and thread of an event; empty of one about something else."""
    kind = str(event.get("type") or "")
    if kind.startswith("reaction_"):
        item = event.get("item")
        inner = item if isinstance(item, Mapping) and item.get("type") == "message" else {}
        channel = inner.get("channel")
    elif kind == "message":
        parts = (event.get("message"), event.get("previous_message"), event)
        inner = next((one for one in parts if isinstance(one, Mapping) and (one.get("thread_ts") or one.get("ts"))), {})
        channel = event.get("channel")
    else:
        return {}
    thread = inner.get("thread_ts") or inner.get("ts")
    return {"channel": str(channel), "thread": str(thread)} if channel and thread else {}

"""Messages and changes of tickets, from the export of their events or from their audits: the same ids in both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Final

from deskbook.sources.zendesk.values import MACHINES, SYSTEM_AUTHOR, Payload, Row, inner, listed, text_id, whole

KINDS: Final = {"status": "status", "assignee_id": "assignment", "group_id": "team", "priority": "priority"}
COMMENTS: Final = ("Comment", "VoiceComment", "FacebookComment", "ChatTranscript")
CHANGES: Final = ("Change", "Create")
PROMISES: Final = ("apply_sla", "fulfill", "breach")


def messages(one: Payload, names: Payload) -> Iterator[Row]:
    """The comments of one event or audit."""
    for child, kind in _children(one):
        if kind not in COMMENTS:
            continue
        author = text_id(child.get("author_id")) or text_id(_by(one))
        is_public = child.get("public", child.get("comment_public"))
        yield {
            "id": text_id(child.get("id")),
            "ticket_id": text_id(one.get("ticket_id")),
            "sent_at": _moment(child) or _moment(one),
            "author_role": _role(author, is_public, _channel(child) or _channel(one), names),
            "author_id": None if author == SYSTEM_AUTHOR else author,
            "is_public": is_public,
            "text": child.get("plain_body") or child.get("body"),
        }


def events(one: Payload, names: Payload) -> Iterator[Row]:
    """The changes of one event or audit that a ticket's clocks go by."""
    actor, ticket = text_id(_by(one)), text_id(one.get("ticket_id"))
    for child, kind in _children(one):
        if kind not in CHANGES:
            continue
        for field, value in _changed(child):
            before = text_id(child.get("previous_value")) if kind == "Change" else None
            yield {
                "id": f"{text_id(child.get('id'))}-{field}",
                "ticket_id": ticket,
                "occurred_at": _moment(child) or _moment(one),
                "kind": KINDS[field],
                "old_value": before,
                "new_value": text_id(value),
                "actor_id": None if actor == SYSTEM_AUTHOR else actor,
            }


def promise(one: Payload, names: Payload) -> Iterator[Row]:
    """What became of a promise to a ticket: it was made, kept or broken; of a metric event."""
    if one.get("type") in PROMISES:
        yield {
            "id": f"metric-{text_id(one.get('id'))}",
            "ticket_id": text_id(one.get("ticket_id")),
            "occurred_at": one.get("time"),
            "kind": "sla",
            "old_value": text_id(one.get("metric")),
            "new_value": text_id(one.get("type")),
        }


def _children(one: Payload) -> Iterable[tuple[Payload, str]]:
    """The parts of an event (`child_events`) or an audit (`events`), with their type."""
    for child in listed(one.get("child_events")) or listed(one.get("events")):
        yield child, child.get("event_type") or child.get("type") or ""


def _changed(child: Payload) -> Iterator[tuple[str, Any]]:
    """Fields that a part changes, with their new value: an audit names them, an export has them as keys."""
    if "field_name" in child:
        if child["field_name"] in KINDS:
            yield str(child["field_name"]), child.get("value")
        return
    for field in KINDS:
        if field in child:
            yield field, child[field]


def _by(one: Payload) -> Any:
    return one.get("updater_id", one.get("author_id"))


def _channel(one: Payload) -> str:
    return str(inner(one, "via", "channel") or one.get("via") or "").lower()


def _moment(one: Payload) -> Any:
    if one.get("created_at"):
        return one["created_at"]
    seconds = whole(one.get("timestamp"))
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat()


def _role(author: str | None, is_public: Any, channel: str, names: Payload) -> str:
    if author is None or author == SYSTEM_AUTHOR:
        return "system"
    if channel in MACHINES:
        return "bot"
    # Whoever writes an internal note is one of the desk, also one who is no agent any more.
    return "agent" if author in (names.get("agents") or ()) or is_public is False else "customer"

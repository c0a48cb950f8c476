"""The parts of a conversation: messages where somebody wrote, events where something changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from deskbook.sources.html import plain_text
from deskbook.sources.intercom.values import (
    PRIORITIES,
    ROLES,
    STATES,
    UNSAID,
    Payload,
    Row,
    inner,
    listed,
    meant,
    moment,
    text_id,
)

MOST_PARTS: Final = 500
"""Parts that Intercom gives of one conversation: the newest."""
WRITTEN: Final = frozenset(
    {"comment", "quick_reply", "open", "close", "assignment", "assign_and_reopen", "assign_and_unsnooze"}
)
"""Kinds of parts whose text the customer reads."""
BECOMES: Final = {
    **dict.fromkeys(("close", "note_and_close", "merged_secondary_conversation"), "closed"),
    **dict.fromkeys(("open", "note_and_reopen", "assign_and_reopen", "assign_and_unsnooze", "unsnoozed"), "open"),
    **dict.fromkeys(("timer_unsnooze", "note_and_unsnooze"), "open"),
    **dict.fromkeys(("snoozed", "note_and_snooze"), "hold"),
}
"""What the status is after parts of a kind."""
QUIET: Final = frozenset(
    {"note", "merged_primary_conversation", "away_mode_assignment", "participant_added", "participant_removed"}
    | {"conversation_rating_changed", "conversation_rating_remark_added", "conversation_tags_updated"}
    | {"default_assignment", "message_assignment", "custom_action_started", "custom_action_finished"}
    | {"conversation_attribute_updated_by_admin", "conversation_attribute_updated_by_workflow"}
    | {"conversation_attribute_updated_by_user", "operator_workflow_event", "language_detection_details"}
    | {"ticket_state_updated_by_admin", "ticket_attribute_updated_by_admin", "conversation_sla_target_missed"}
)
"""Kinds that are known and neither written nor a status."""
KINDS: Final = WRITTEN | QUIET | set(BECOMES)
MISSED: Final = "conversation_sla_target_missed"
PRIORITY: Final = "priority"


def parts_of(conversation: Payload) -> list[Payload]:
    """The parts, the oldest first."""
    found = listed(conversation, "conversation_parts", "conversation_parts")
    return sorted(found, key=lambda one: _order(one.get("created_at")))


def _order(value: Any) -> float:
    at = moment(value)
    return at if isinstance(at, float) else float("inf")


def count_of(conversation: Payload) -> int:
    """How many parts there are, as Intercom counts them."""
    told = (
        inner(conversation, "statistics", "count_conversation_parts"),
        inner(conversation, "conversation_parts", "total_count"),
    )
    return max((one for one in told if isinstance(one, int)), default=0)


def is_cut(conversation: Payload) -> bool:
    """Whether there are more parts than were given."""
    given = len(listed(conversation, "conversation_parts", "conversation_parts"))
    return given >= MOST_PARTS and count_of(conversation) > given


def role_of(author: Any) -> str:
    """Who wrote: an answer of the AI agent is the bot's, whoever's name it bears; whoever is unknown is the system."""
    if inner(author, "from_ai_agent") is True or inner(author, "is_ai_answer") is True:
        return "bot"
    return ROLES.get(str(inner(author, "type")).lower(), "system")


def messages(conversation: Payload) -> Iterator[Row]:
    """What was written, from the first message on."""
    ticket = text_id(conversation.get("id"))
    source = conversation.get("source")
    if _says(source):
        row = {"id": f"{ticket}-first", "sent_at": moment(conversation.get("created_at")), "is_public": True}
        yield _message(row, ticket, inner(source, "author"), source)
    for part in parts_of(conversation):
        if _says(part):
            is_public = part.get("part_type") in WRITTEN
            row = {"id": text_id(part.get("id")), "sent_at": moment(part.get("created_at")), "is_public": is_public}
            yield _message(row, ticket, part.get("author"), part)


def _says(held: Any) -> bool:
    return bool(inner(held, "body") or inner(held, "attachments"))


def _message(row: Row, ticket: str | None, author: Any, held: Any) -> Row:
    body = None if inner(held, "redacted") else plain_text(inner(held, "body"))
    role = role_of(author)
    return {**row, "ticket_id": ticket, "author_role": role, "author_id": text_id(inner(author, "id")), "text": body}


def events(conversation: Payload) -> Iterator[Row]:
    """What changed: status, agent, team, priority and promises that were missed."""
    ticket = text_id(conversation.get("id"))
    # Of a conversation that was cut off nobody knows what came before the oldest part.
    before: dict[str, str | None] = {"status": None if is_cut(conversation) else "open"}
    for part in parts_of(conversation):
        for kind, old, new in _changes(part):
            if kind != "sla" and before.get(kind) == new:
                continue
            yield {
                "id": f"{text_id(part.get('id'))}-{kind}",
                "ticket_id": ticket,
                "occurred_at": moment(part.get("created_at")),
                "kind": kind,
                "old_value": old or before.get(kind),
                "new_value": new,
                "actor_id": text_id(inner(part, "author", "id")),
            }
            before[kind] = new


def _changes(part: Payload) -> Iterator[tuple[str, str | None, str | None]]:
    """Kind, value before where the part tells it, and value after."""
    kind = str(part.get("part_type"))
    status = BECOMES.get(kind) or meant(STATES, part.get("state"))
    if status:
        yield "status", None, status
    to = part.get("assigned_to")
    if isinstance(to, dict):
        whom, target = str(to.get("type")).lower(), text_id(to.get("id"))
        if "team" in whom:
            yield "team", None, target
        elif "admin" in whom or whom == "nobody":
            yield "assignment", None, target
    if kind == MISSED:
        yield "sla", None, "missed"
    if str(inner(part, "event_details", "attribute", "name")).lower() == PRIORITY:
        now, was = inner(part, "event_details", "value", "name"), inner(part, "event_details", "value", "previous")
        if meant(PRIORITIES, now) or str(now).lower() in UNSAID:
            yield PRIORITY, meant(PRIORITIES, was), meant(PRIORITIES, now)

"""Slack's people and messages as rows of standard tables. A thread is a ticket: its first message opens it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pyarrow as pa

from deskbook.schema import Batch
from deskbook.sources.contract import Page
from deskbook.sources.payloads import batch_of, payloads
from deskbook.sources.slack.mrkdwn import plain, written
from deskbook.sources.slack.options import SlackOptions
from deskbook.sources.slack.people import SLACKBOT, listed, matches

PEOPLE: Final = "slack people"
CONTEXT: Final = "deskbook"
"""The first object of a page: what its messages do not say themselves, such as names; the others are as Slack sent."""
NOTICES: Final = frozenset(
    {
        *("channel_join", "channel_leave", "channel_topic", "channel_purpose", "channel_name", "channel_archive"),
        *(
            "channel_unarchive",
            "channel_posting_permissions",
            "channel_convert_to_private",
            "channel_convert_to_public",
        ),
        *("group_join", "group_leave", "group_topic", "group_purpose", "group_name", "group_archive"),
        *("group_unarchive", "pinned_item", "unpinned_item", "bot_add", "bot_remove", "bot_enable", "bot_disable"),
        *("reminder_add", "sh_room_created", "sh_room_shared", "ekm_access_denied", "tabbed_canvas_updated"),
        *("channel_canvas_updated", "huddle_thread", "joiner_notification"),
    }
)
"""Subtypes of what Slack itself writes into a channel: no ticket begins with one."""
WORDS: Final = frozenset(
    {
        *("", "bot_message", "me_message", "file_share", "file_comment", "file_mention", "thread_broadcast"),
        *("reply_broadcast", "tombstone", "message_changed", "message_deleted", "message_replied", "slackbot_response"),
        *("assistant_app_thread", "document_mention", "reply_to", "bot_profile"),
    }
)
MICRO: Final = 1_000_000
SUBJECT_LETTERS: Final = 120


def micros(ts: Any) -> int | None:
    """Microseconds since 1970 of Slack's `seconds.micros`; None for what is none."""
    seconds, _, rest = str(ts or "").partition(".")
    if not seconds.isdigit() or not (rest.isdigit() or not rest) or len(seconds) > 11:
        return None
    return int(seconds) * MICRO + int(rest[:6].ljust(6, "0"))


def moment(ts: Any) -> datetime | None:
    """The moment of a ts, exactly."""
    found = micros(ts)
    return None if found is None else datetime.fromtimestamp(0, UTC) + timedelta(microseconds=found)


def thread_of(message: Mapping[str, Any]) -> str:
    """The ts of the thread a message belongs to: a text, as all of Slack's keys are."""
    return str(message.get("thread_ts") or message.get("ts") or "")


def is_first(message: Mapping[str, Any]) -> bool:
    """Whether a message opens its thread."""
    return thread_of(message) == str(message.get("ts") or "")


def normalise(page: Page, options: SlackOptions, now: datetime) -> list[Batch]:
    """The batches of a page of people or of messages."""
    first, *rest = payloads(page)
    context = first.get(CONTEXT)
    if not isinstance(context, Mapping):  # messages alone, such as a recording
        context, rest = {}, [first, *rest]
    offset = 1 if first.get(CONTEXT) is not None else 0
    if page.origin == PEOPLE:
        known = context.get("people") or {}
        rows = [
            (place + offset, {"id": one.get("id"), **known.get(one.get("id"), {})}) for place, one in enumerate(rest)
        ]
        return _people(rows, page, now)
    return _Talk(page, options, context, now).batches(rest, offset)


def _people(rows: Sequence[tuple[int, Mapping[str, Any]]], page: Page, now: datetime) -> list[Batch]:
    batches = []
    for table, role, columns in (
        ("agents", "agent", ("id", "name", "email", "is_active")),
        ("customers", "customer", ("id", "name", "email", "segment")),
    ):
        chosen = [(place, row) for place, row in rows if row.get("role") == role]
        if chosen:
            made = [{name: row.get(name) for name in columns} for _, row in chosen]
            batches.append(batch_of(table, made, page, now, of=[place for place, _ in chosen]))
    return batches


@dataclass(frozen=True)
class _Talk:
    """One page of messages of one channel."""

    page: Page
    options: SlackOptions
    context: Mapping[str, Any]
    now: datetime

    def batches(self, messages: Sequence[Mapping[str, Any]], offset: int) -> list[Batch]:
        """Tickets, messages and events; people that no list of members has; ids of what is gone."""
        held: dict[str, tuple[int, Mapping[str, Any]]] = {}
        gone_messages = [str(one) for one in self.context.get("gone_messages") or ()]
        for place, one in enumerate(messages, offset):
            if one.get("subtype") == "message_deleted":
                gone_messages.append(
                    self._id(one.get("deleted_ts") or (one.get("previous_message") or {}).get("ts"), one)
                )
                continue
            inner = one.get("message")
            changed = one.get("subtype") in ("message_changed", "message_replied") and isinstance(inner, Mapping)
            told = {"channel": one.get("channel"), **inner} if changed and isinstance(inner, Mapping) else one
            held[self._id(told.get("ts"), told)] = (place, told)  # the later one of an id holds
        threads: dict[str, list[tuple[int, Mapping[str, Any]]]] = {}
        for place, one in held.values():
            threads.setdefault(thread_of(one), []).append((place, one))
        return self._made(threads, gone_messages)

    def _made(self, threads: Mapping[str, list[tuple[int, Mapping[str, Any]]]], gone: list[str]) -> list[Batch]:
        of: dict[str, list[int]] = {"tickets": [], "messages": [], "events": []}
        rows: dict[str, list[dict[str, Any]]] = {"tickets": [], "messages": [], "events": []}
        gone_events = []
        for thread in threads.values():
            thread.sort(key=lambda one: micros(one[1].get("ts")) or 0)
            firsts = [(place, one) for place, one in thread if is_first(one)]
            for place, one in thread:
                if one.get("subtype") == "tombstone":
                    gone.append(self._id(one.get("ts"), one))
                elif not (is_first(one) and one.get("subtype") in NOTICES):
                    rows["messages"].append(self._message(one))
                    of["messages"].append(place)
            if firsts and firsts[0][1].get("subtype") not in NOTICES:
                ticket = self._ticket(firsts[0][1], [one for _, one in thread])
                rows["tickets"].append(ticket)
                of["tickets"].append(firsts[0][0])
                events = self._events(ticket, [one for _, one in thread])
                rows["events"] += events
                of["events"] += [firsts[0][0]] * len(events)
                gone_events += sorted({f"{ticket['id']}:solved"} - {event["id"] for event in events})
        gone_of = {"tickets": self.context.get("gone") or (), "messages": gone, "events": gone_events}
        made = [
            batch_of(
                name, rows[name], self.page, self.now, of=of[name], gone=pa.array(list(gone_of[name]), pa.string())
            )
            for name in rows
            if rows[name] or (gone_of[name] and name != "events")
        ]
        found = [(0, {"id": id, **one}) for id, one in self._known.items() if one.get("is_found")]
        return [*_people(found, self.page, self.now), *made]

    @property
    def _known(self) -> Mapping[str, Mapping[str, Any]]:
        return self.context.get("people") or {}

    def _channel(self, message: Mapping[str, Any]) -> str:
        held = self.context.get("channel") or {}
        return str(held.get("id") or message.get("channel") or "")

    def _id(self, ts: Any, message: Mapping[str, Any]) -> str:
        return f"{self._channel(message)}:{ts}" if ts else ""

    def _text(self, message: Mapping[str, Any]) -> str:
        channels = self.context.get("channels") or {}
        return plain(
            written(message),
            lambda id: str(self._known.get(id, {}).get("name") or ""),
            lambda id: str(channels.get(id) or ""),
        )

    def _role(self, message: Mapping[str, Any]) -> str:
        user, subtype = str(message.get("user") or ""), str(message.get("subtype") or "")
        if subtype in NOTICES:
            return "system"
        if user and user != SLACKBOT and not (message.get("bot_id") and user not in self._known):
            return str(self._known.get(user, {}).get("role") or "customer")
        return "bot"

    def _message(self, message: Mapping[str, Any]) -> dict[str, Any]:
        thread = self._id(thread_of(message), message)
        return {
            "id": self._id(message.get("ts"), message),
            "ticket_id": thread,
            "sent_at": moment(message.get("ts")),
            "author_role": self._role(message),
            "author_id": message.get("user") or message.get("bot_id"),
            "is_public": not self.context.get("is_internal", False),
            "text": self._text(message),
            "reply_to_id": None if is_first(message) else thread,
        }

    def _ticket(self, first: Mapping[str, Any], thread: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        status, agent = self._standing(first, thread)
        is_lost = first.get("subtype") == "tombstone"  # the question was deleted, its answers were not
        asked_by = next((one.get("parent_user_id") for one in thread[1:]), None) if is_lost else first.get("user")
        role = self._known.get(str(asked_by), {}).get("role") if is_lost else self._role(first)
        text, ts = self._text(first), first.get("ts")
        latest = max((one for one in map(moment, _stamps(first, thread)) if one), default=None)
        return {
            "id": self._id(ts, first),
            "created_at": moment(ts),
            "subject": None if is_lost else text.split("\n", 1)[0][:SUBJECT_LETTERS],
            "status": status,
            "channel": "slack",
            "agent_id": agent,
            "customer_id": asked_by if role == "customer" else None,
            "created_by": role or "customer",
            "tags": [str(one.get("name")) for one in listed(first.get("reactions")) if one.get("name")],
            "custom": self._custom(thread),
            "resolved_at": latest if status == "solved" else None,
            "updated_at": latest,
            "url": self._url(first),
        }

    def _standing(self, first: Mapping[str, Any], thread: Sequence[Mapping[str, Any]]) -> tuple[str, str | None]:
        """Status, and the agent it is with: who took it by a reaction, else who wrote last."""
        reactions = {str(one.get("name")).partition("::")[0]: one for one in listed(first.get("reactions"))}
        spoke = [(self._role(one), one.get("user")) for one in thread]
        agents = [str(user) for role, user in spoke if role == "agent" and user]
        takers = [
            str(user)
            for name in self.options.taken_reactions
            for user in reactions.get(name, {}).get("users") or ()
            if self._known.get(str(user), {}).get("role") == "agent"
        ]
        answers = [role for role, _ in spoke[1:] if role in ("agent", "customer")]
        last = next(iter(agents[::-1] if "agent" in answers else takers or agents[:1]), None)
        if any(name in reactions for name in self.options.resolved_reactions):
            return "solved", last
        if answers and answers[-1] == "agent":
            return self.options.answered, last
        return ("open" if "agent" in answers or takers else "new"), last

    def _events(self, ticket: Mapping[str, Any], thread: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """What became of it as far as messages tell; a reaction has no time, so that the last message's is taken."""
        made = []
        id, agent = ticket["id"], ticket["agent_id"]
        replier = next((one for one in thread[1:] if self._role(one) == "agent" and one.get("user")), None)
        if replier is not None:
            told = {"kind": "assignment", "new_value": replier["user"], "actor_id": replier["user"]}
            made.append({"id": f"{id}:assigned", "ticket_id": id, "occurred_at": moment(replier.get("ts")), **told})
        if ticket["status"] == "solved":
            told = {"kind": "status", "old_value": "open", "new_value": "solved", "actor_id": agent}
            made.append({"id": f"{id}:solved", "ticket_id": id, "occurred_at": ticket["resolved_at"], **told})
        return made

    def _custom(self, thread: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        channel = self.context.get("channel") or {}
        files = [str(file.get("filetype") or "file") for one in thread for file in listed(one.get("files"))]
        name = channel.get("name") or ("direct message" if channel.get("is_im") else None)
        found = {
            "Slack channel": name,
            "Use": "internal" if self.context.get("is_internal") else "support",
            "Files": len(files) or None,
            "File types": ", ".join(sorted(set(files))) or None,
        }
        return {key: value for key, value in found.items() if value is not None}

    def _url(self, first: Mapping[str, Any]) -> str | None:
        site, channel = str(self.context.get("site") or ""), self._channel(first)
        if not site.startswith("https://") or not channel:
            return None
        return f"{site.rstrip('/')}/archives/{channel}/p{str(first.get('ts')).replace('.', '')}"


def _stamps(first: Mapping[str, Any], thread: Sequence[Mapping[str, Any]]) -> list[Any]:
    return [first.get("latest_reply"), *(one.get("ts") for one in thread)]


def is_internal(channel: Mapping[str, Any], options: SlackOptions) -> bool:
    """Whether what is said in a channel is no support."""
    return matches(options.internal_channels, channel.get("name"), channel.get("id"))

"""Comments, audits and metric sets of a sample desk's tickets as Zendesk writes them, made when they are asked for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from datetime import datetime
from html import escape
from typing import Any, Final

import pandas as pd

Row = dict[str, Any]
SYSTEM_ID: Final = -1
PARTS: Final = 1_000
"""Comments, audits and events of one ticket are numbered within it."""
PRIORITIES: Final = {"low": "low", "medium": "normal", "high": "high", "critical": "urgent"}
FIELDS: Final = {"status": "status", "team": "group_id", "assignment": "assignee_id", "priority": "priority"}
WORDS: Final = {"priority": PRIORITIES}
RULE: Final = {"channel": "rule", "source": {"to": {}, "from": {"id": 35_001, "title": "Routing"}, "rel": "trigger"}}
BOT: Final = {"channel": "answer_bot_for_web_widget", "source": {"to": {}, "from": {}, "rel": None}}
WEB: Final = {"channel": "web", "source": {"to": {}, "from": {}, "rel": None}}


class ByTicket(MutableMapping[int, Any]):
    """What a sample has of each ticket: made when it is asked for, for a desk has a million of them.

    Args:
        keys: numbers of the tickets.
        make: what there is of one.

    Attributes:
        version: grows with every change.
    """

    def __init__(self, keys: Sequence[int], make: Callable[[int], Any]) -> None:
        self._keys, self._make = dict.fromkeys(keys), make
        self._set: dict[int, Any] = {}
        self.version = 0

    def __getitem__(self, key: int) -> Any:
        if key in self._set:
            return self._set[key]
        if key not in self._keys:
            raise KeyError(key)
        return self._make(key)

    def __setitem__(self, key: int, value: Any) -> None:
        self._keys[key] = None
        self._set[key] = value
        self.version += 1

    def __delitem__(self, key: int) -> None:
        del self._keys[key]
        self._set.pop(key, None)
        self.version += 1

    def __iter__(self) -> Iterator[int]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class Grouped:
    """Rows of a table by ticket.

    Args:
        table: with a column `ticket`; its order within a ticket is kept.
    """

    def __init__(self, table: pd.DataFrame) -> None:
        ordered = table.sort_values("ticket", kind="stable")
        self._tickets = ordered["ticket"].tolist()
        self._columns: dict[str, list[Any]] = {}
        for name in ordered.columns:
            values = ordered[name]
            held = values.astype(object).where(values.notna(), None) if values.hasnans else values
            self._columns[name] = held.tolist()

    def __call__(self, ticket: int) -> list[Row]:
        """The rows of a ticket."""
        begin, end = bisect_left(self._tickets, ticket), bisect_right(self._tickets, ticket)
        held = {name: column[begin:end] for name, column in self._columns.items()}
        return [dict(zip(held, row, strict=True)) for row in zip(*held.values(), strict=True)]


def comments_of(ticket: int, messages: list[Row]) -> list[Row]:
    """Comments of a ticket from its messages, the earliest first."""
    return [_comment(ticket, one) for one in messages]


def _comment(ticket: int, one: Row) -> Row:
    number = ticket * PARTS + int(one["message_id"].rpartition("-")[2])
    text = one["body"] or ""
    html = "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in text.split("\n\n"))
    is_bot = one["author_role"] == "bot"
    return {
        **{"id": number, "type": "Comment", "author_id": SYSTEM_ID if is_bot else int(one["author"])},
        **{"body": text, "plain_body": text, "html_body": f'<div class="zd-comment" dir="auto">{html}</div>'},
        **{"public": one["public"], "attachments": [], "audit_id": number, "via": BOT if is_bot else WEB},
        **{"created_at": one["sent_at"], "metadata": {"system": {}, "custom": {}}},
    }


def audits_of(ticket: Row, messages: list[Row], events: list[Row]) -> list[Row]:
    """Audits of a ticket from its messages and events: one for what one author did at one moment."""
    number, made = ticket["id"], dict[tuple[str, int], Row]()
    for one in comments_of(number, messages):
        audit = _audit(made, number, one["created_at"], one["author_id"])
        audit["events"].append({name: one[name] for name in ("id", "type", "author_id", "body", "html_body", "public")})
    for place, event in enumerate(events):
        actor = SYSTEM_ID if event["actor"] == "system" else int(event["actor"])
        audit = _audit(made, number, event["at"], actor)
        audit["events"].append(_changed(event, number * PARTS + 500 + place))
        if not place:
            audit["events"] += _created(ticket, events, number * PARTS + 900)
    ordered = sorted(made.values(), key=lambda audit: audit["created_at"])
    return [{**one, "id": number * PARTS + 100 + place} for place, one in enumerate(ordered)]


def _audit(made: dict[tuple[str, int], Row], ticket: int, at: str, author: int) -> Row:
    fresh = {"id": 0, "ticket_id": ticket, "created_at": at, "author_id": author, "events": []}
    fresh |= {"metadata": {"system": {}, "custom": {}}, "via": RULE if author == SYSTEM_ID else WEB}
    return made.setdefault((at, author), fresh)


def _changed(event: Row, number: int) -> Row:
    name, words = FIELDS[event["type"]], WORDS.get(event["type"], {})
    old, new = (words.get(event[side], event[side]) for side in ("old", "new"))
    row = {"id": number, "field_name": name, "value": new}
    if name == "status" and old is None:
        return {**row, "type": "Create"}
    return {**row, "type": "Change", "previous_value": old}


def _created(ticket: Row, events: list[Row], number: int) -> list[Row]:
    """What a ticket began with: its priority is that before the first change, if it was ever changed."""
    raised = next((one for one in events if one["type"] == "priority"), None)
    priority = PRIORITIES[raised["old"]] if raised else ticket["priority"]
    begun = {"subject": ticket["subject"], "priority": priority, "requester_id": str(ticket["requester_id"])}
    return [
        {"id": number + place, "type": "Create", "field_name": name, "value": value}
        for place, (name, value) in enumerate(begun.items())
    ]


def metric_set(ticket: Row, solved_at: str | None, figures: Row, messages: list[Row], events: list[Row]) -> Row:
    """Zendesk's own figures of a ticket: the replies it reports, and what its log says."""
    moves = [(one["type"], one["new"], one["at"]) for one in events]
    given = [at for kind, new, at in moves if kind == "assignment" and new]
    solved = [at for kind, new, at in moves if (kind, new) == ("status", "solved")]
    first = figures.get("first_reply_seconds")
    business = figures.get("first_reply_business_seconds")
    minutes = {"calendar": _minutes(first), "business": _minutes(business)}
    return {
        **{"id": ticket["id"] + 70_000_000, "ticket_id": ticket["id"], "created_at": ticket["created_at"]},
        **{"updated_at": ticket["updated_at"], "solved_at": solved_at},
        "group_stations": sum(kind == "team" for kind, _, _ in moves),
        "assignee_stations": len(given),
        "reopens": sum((one["type"], one["old"], one["new"]) == ("status", "solved", "open") for one in events),
        "replies": sum(one["public"] and one["author_role"] == "agent" for one in messages),
        **{"initially_assigned_at": given[0] if given else None, "assigned_at": given[-1] if given else None},
        "status_updated_at": max((at for kind, _, at in moves if kind == "status"), default=ticket["created_at"]),
        "latest_comment_added_at": max((one["sent_at"] for one in messages), default=ticket["created_at"]),
        "reply_time_in_minutes": minutes,
        "reply_time_in_seconds": {"calendar": None if first is None else int(first)},
        "first_resolution_time_in_minutes": _lasted(ticket["created_at"], solved[0] if solved else None),
        "full_resolution_time_in_minutes": _lasted(ticket["created_at"], solved_at),
    }


def _minutes(seconds: float | None) -> int | None:
    return None if seconds is None else int(seconds // 60)


def _lasted(begin: str, end: str | None) -> dict[str, int | None]:
    """Minutes between two times; business hours are the policies' matter."""
    if end is None:
        return {"calendar": None, "business": None}
    seconds = (datetime.fromisoformat(end) - datetime.fromisoformat(begin)).total_seconds()
    return {"calendar": int(seconds // 60), "business": None}

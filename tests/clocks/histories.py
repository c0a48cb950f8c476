"""Tickets with their history as plain values, the batch `measure` takes, and random ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from deskbook.clocks import Batch

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TEXT, WHOLE = pa.string(), pa.int64()
COLUMNS: dict[str, pa.DataType] = {
    **dict.fromkeys(("source", "id"), TEXT),
    **dict.fromkeys(("inputs", "created_us", "first_reply_us", "resolved_us", "updated_us"), WHOLE),
    **dict.fromkeys(("status", "priority", "channel", "category", "customer_id"), TEXT),
    "tags": pa.list_(TEXT),
    **dict.fromkeys(("segment", "team", "agent", "team_id", "agent_id", "created_by", "merged_into_id"), TEXT),
    "is_spam": pa.bool_(),
}
MESSAGE = {"ticket": pa.int32(), "at_us": WHOLE, "id": TEXT, "role": TEXT, "author_id": TEXT, "is_public": pa.bool_()}
EVENT = {"ticket": pa.int32(), "at_us": WHOLE, "id": TEXT, "kind": TEXT, "old_value": TEXT, "new_value": TEXT}


@dataclass(frozen=True)
class Said:
    """One message."""

    at: datetime
    role: str = "customer"
    is_public: bool | None = True
    author: str | None = None
    id: str = ""


@dataclass(frozen=True)
class Changed:
    """One event."""

    at: datetime
    kind: str
    new: str | None
    old: str | None = None
    id: str = ""


@dataclass(frozen=True)
class Ticket:
    """One ticket; `columns` are those of the standard table, without times."""

    created: datetime
    said: tuple[Said, ...] = ()
    changed: tuple[Changed, ...] = ()
    first_reply: datetime | None = None
    resolved: datetime | None = None
    updated: datetime | None = None
    id: str = "1"
    columns: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.columns.get(name)


def at(text: str) -> datetime:
    """A UTC time."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def micros(moment: datetime | None) -> int | None:
    return None if moment is None else (moment - EPOCH) // timedelta(microseconds=1)


def numbered(ticket: Ticket) -> Ticket:
    """The same with ids for messages and events, in their order."""
    said = tuple(replace(one, id=one.id or f"m{place:03}") for place, one in enumerate(ticket.said))
    changed = tuple(replace(one, id=one.id or f"e{place:03}") for place, one in enumerate(ticket.changed))
    return replace(ticket, said=said, changed=changed)


def batch_of(tickets: Sequence[Ticket]) -> Batch:
    """The tables `measure` takes."""
    rows = [
        {"source": "desk", "id": one.id, "inputs": place, "created_us": micros(one.created)}
        | {"first_reply_us": micros(one.first_reply), "resolved_us": micros(one.resolved)}
        | {"updated_us": micros(one.updated), **one.columns}
        for place, one in enumerate(tickets)
    ]
    messages = [
        (place, micros(m.at), m.id, m.role, m.author, m.is_public)
        for place, one in enumerate(tickets)
        for m in one.said
    ]
    events = [
        (place, micros(e.at), e.id, e.kind, e.old, e.new) for place, one in enumerate(tickets) for e in one.changed
    ]
    return Batch(
        pa.Table.from_pylist(rows, pa.schema(list(COLUMNS.items()))), _table(messages, MESSAGE), _table(events, EVENT)
    )


def _table(rows: list[tuple[Any, ...]], types: dict[str, pa.DataType]) -> pa.Table:
    listed = [dict(zip(types, row, strict=True)) for row in sorted(rows, key=lambda row: row[:3])]
    return pa.Table.from_pylist(listed, pa.schema(list(types.items())))


MONDAY = at("2026-03-23T00:00")
"""Clocks in Berlin go forward six days later."""
CHANNELS, PRIORITIES = ("email", "chat", "phone"), ("low", "normal", "high", "urgent")
STATES = ("new", "open", "pending", "hold", "solved", "closed", "deleted")
WORDS: dict[str, tuple[str | None, ...]] = {
    "status": (*STATES, "open", "solved", "Escalated", None),
    "priority": (*PRIORITIES, None),
    "team": ("t1", "t2", None),
    "assignment": ("a1", "a2", "a3", None),
    "schedule": ("office", "nights", "never", "elsewhere", None),
}


@st.composite
def moments(draw: st.DrawFn, first: int = 0, last: int = 40) -> datetime:
    """Moments on a coarse grid of hours, so that many fall together; some a little off it."""
    hours = draw(st.integers(first, last)) * 6
    return MONDAY + timedelta(hours=hours, microseconds=draw(st.sampled_from([0, 0, 0, 1, 59_999_999, 1_800_000_000])))


@st.composite
def messages(draw: st.DrawFn) -> Said:
    role = draw(st.sampled_from(["customer", "customer", "agent", "agent", "bot", "system"]))
    is_public, author = draw(st.sampled_from([True, True, False, None])), draw(st.sampled_from(["a1", "a2", None]))
    return Said(draw(moments()), role, is_public, author)


@st.composite
def changes(draw: st.DrawFn, kinds: tuple[str, ...] = tuple(WORDS)) -> Changed:
    kind = draw(st.sampled_from(["status", *kinds]))
    word = st.sampled_from(WORDS[kind])
    return Changed(draw(moments()), kind, draw(word), draw(st.one_of(st.none(), word)))


@st.composite
def tickets(draw: st.DrawFn) -> Ticket:
    """A ticket that may hold anything a source can say, true or not."""
    maybe = st.one_of(st.none(), moments())
    columns = {
        "status": draw(st.sampled_from([*STATES, None])),
        "priority": draw(st.sampled_from([*PRIORITIES, None])),
        "channel": draw(st.sampled_from([*CHANNELS, None])),
        "team_id": draw(st.sampled_from(["t1", "t2", None])),
        "agent_id": draw(st.sampled_from(["a1", "a2", None])),
        "created_by": draw(st.sampled_from([None, None, "agent", "customer"])),
        "merged_into_id": draw(st.sampled_from([None] * 7 + ["9"])),
        "is_spam": draw(st.sampled_from([None, False, False, False, False, True])),
        "tags": draw(st.sampled_from([None, [], ["vip"], ["gold", "vip"]])),
    }
    said = tuple(draw(st.lists(messages(), max_size=7)))
    changed = tuple(draw(st.lists(changes(), max_size=9)))
    own = {"first_reply": draw(maybe), "resolved": draw(maybe), "updated": draw(maybe)}
    return Ticket(draw(moments(0, 16)), said, changed, **own, columns=columns)


def batches(most: int = 4) -> st.SearchStrategy[list[Ticket]]:
    """Some random tickets with ids."""
    return st.lists(tickets(), min_size=0, max_size=most).map(named)


def named(some: Sequence[Ticket]) -> list[Ticket]:
    return [numbered(replace(one, id=str(place))) for place, one in enumerate(some)]

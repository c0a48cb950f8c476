"""Planted tickets as the rows of a batch."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pyarrow as pa

from deskbook.clocks import Batch

from .planted import Desk


def batch_of(tickets: Iterable[Desk]) -> Batch:
    """The tickets, then those merged into them, as rows."""
    owners = list(tickets)
    merged = [(one, f"t{place}") for place, desk in enumerate(owners) for one in desk.merged]
    rows = [(desk, None) for desk in owners] + merged
    ids = [f"t{place}" for place in range(len(owners))] + [f"m{place}" for place in range(len(merged))]
    messages = [
        {"ticket": place, "at_us": micros(one.at), "id": f"{place}-{number:03}", "role": one.role,
         "author_id": one.author, "is_public": one.is_public, "role_now": one.role_today or one.role}
        for place, (desk, _) in enumerate(rows)
        for number, one in enumerate(desk.messages)
    ]  # fmt: skip
    changes = [
        (place, at, kind, old, new)
        for place, (desk, _) in enumerate(rows)
        for at, kind, old, new in [
            *((at, "schedule", old, new) for at, old, new in desk.changes),
            *((at, "status", None, status) for at, status in desk.statuses),
        ]
    ]
    events = [
        {"ticket": place, "at_us": micros(at), "id": f"e{number:05}", "kind": kind, "old_value": old, "new_value": new}
        for number, (place, at, kind, old, new) in enumerate(sorted(changes, key=lambda one: one[:2]))
    ]
    return Batch(_tickets(rows, ids), pa.Table.from_pylist(messages, MESSAGES), pa.Table.from_pylist(events, EVENTS))


MESSAGES = pa.schema(
    [("ticket", pa.int32()), ("at_us", pa.int64()), ("id", pa.string()), ("role", pa.string()),
     ("author_id", pa.string()), ("is_public", pa.bool_()), ("role_now", pa.string())]
)  # fmt: skip
EVENTS = pa.schema(
    [("ticket", pa.int32()), ("at_us", pa.int64()), ("id", pa.string()), ("kind", pa.string()),
     ("old_value", pa.string()), ("new_value", pa.string())]
)  # fmt: skip
WORDS = ("priority", "category", "customer_id", "segment", "team", "agent", "team_id", "agent_id", "created_by")


def _tickets(rows: list[tuple[Desk, str | None]], ids: list[str]) -> pa.Table:
    size = len(rows)
    return pa.table(
        {
            "source": ["desk"] * size,
            "id": ids,
            "inputs": pa.array([0] * size, pa.int64()),
            "created_us": [micros(desk.created) for desk, _ in rows],
            "first_reply_us": pa.nulls(size, pa.int64()),
            "resolved_us": pa.nulls(size, pa.int64()),
            "updated_us": pa.array([desk.updated and micros(desk.updated) for desk, _ in rows], pa.int64()),
            "status": [desk.statuses[-1][1] if desk.statuses else "open" for desk, _ in rows],
            "channel": [desk.channel for desk, _ in rows],
            "merged_into_id": pa.array([into for _, into in rows], pa.string()),
            "is_spam": pa.nulls(size, pa.bool_()),
            "tags": pa.nulls(size, pa.list_(pa.string())),
            **{name: pa.nulls(size, pa.string()) for name in WORDS},
        }
    )


def micros(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)

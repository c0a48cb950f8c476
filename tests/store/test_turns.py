"""What the index reads of the lake: every message with its ticket's words, and a state that moves with them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa

from deskbook.schema import coerce
from deskbook.store import Commit, Lake, LakeTurns

AT = datetime(2026, 10, 1, 12, tzinfo=UTC)


def write(lake: Lake, tenant: str, table: str, **columns: list[Any]) -> None:
    rows = len(columns["id"])
    arrays = {name: pa.array(values) for name, values in columns.items()}
    raw, lines = pa.array(["{}"] * rows), np.arange(rows)
    batch = coerce(table, arrays, raw=raw, lines=lines, origin="t", now=datetime(2026, 12, 1, tzinfo=UTC))
    lake.commit(tenant, Commit(entry=table, source="desk", batches=[batch], cursor={"n": 1}))


def desk(lake: Lake, tenant: str = "main", team: str = "Billing", text: str = "Where is it?") -> None:
    write(lake, tenant, "tickets", id=["T1"], created_at=[AT], subject=["Parcel"], team=[team], status=["open"])
    write(
        lake,
        tenant,
        "messages",
        id=["M1", "M2", "M3", "M4"],
        ticket_id=["T1", "T1", "T1", "T9"],
        sent_at=[AT] * 4,
        author_role=["customer", "agent", "customer", "bot"],
        text=[text, "On its way.", " \n", "A ticket nobody knows"],
    )


def read(lake: Lake, keys: Any = None, tenant: str = "main") -> dict[str, dict[str, Any]]:
    return {row["id"]: row for table in LakeTurns(lake, tenant).read(keys) for row in table.to_pylist()}


def test_each_message_with_text_carries_its_tickets_words(lake: Lake) -> None:
    desk(lake)
    rows = read(lake)
    assert sorted(rows) == ["M1", "M2", "M3", "M4"]
    one = {name: rows["M2"][name] for name in ("ticket_id", "role", "text", "subject", "team", "status", "channel")}
    assert one == {
        "ticket_id": "T1", "role": "agent", "text": "On its way.", "subject": "Parcel", "team": "Billing",
        "status": "open", "channel": "",
    }  # fmt: skip
    assert rows["M1"]["sent_at"] == int(AT.timestamp() * 1_000_000) and rows["M4"]["subject"] == ""


def states(lake: Lake, tenant: str = "main", snapshot: int | None = None) -> dict[int, int]:
    table = LakeTurns(lake, tenant, snapshot).states()
    return dict(zip(table["key"].to_pylist(), table["state"].to_pylist(), strict=True))


def test_a_state_moves_with_its_message_and_its_ticket_alone(lake: Lake) -> None:
    desk(lake)
    before, first = states(lake), lake.snapshot()
    keys = {name: row["key"] for name, row in read(lake).items()}
    desk(lake, text="Where is it now?")
    said = states(lake)
    assert {name for name in keys if said[keys[name]] != before[keys[name]]} == {"M1"}
    desk(lake, text="Where is it now?", team="Orders")
    moved = states(lake)
    assert {name for name in keys if moved[keys[name]] != said[keys[name]]} == {"M1", "M2", "M3"}
    assert states(lake, snapshot=first) == before


def test_only_the_messages_asked_for_are_read(lake: Lake) -> None:
    desk(lake)
    key = read(lake)["M2"]["key"]
    assert list(read(lake, np.array([key, 7], np.uint64))) == ["M2"] and read(lake, np.array([], np.uint64)) == {}


def test_tenants_do_not_see_each_other(lake: Lake) -> None:
    desk(lake)
    desk(lake, tenant="other", text="Ours alone")
    assert read(lake)["M1"]["text"] == "Where is it?" and read(lake, tenant="other")["M1"]["text"] == "Ours alone"

"""What a source no longer has: tickets are deleted from a moment on, other rows removed; past numbers stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from deskbook.clocks import Rules
from deskbook.metrics import Desk, parse_period, query
from deskbook.rag.index import open_index, update_index
from deskbook.schema import Batch
from deskbook.store import Commit, HotCopies, HotFiles, Lake, LakeTurns, Written
from deskbook.store import hot as hot_module
from deskbook.sync import measure_tickets

from ..conftest import batch
from .test_hotrenew import Changing, content

AT = datetime(2026, 10, 20, tzinfo=UTC)
TICKETS = [
    {"id": str(n), "created_at": "2026-10-01T08:00:00Z", "status": "open", "subject": f"Ticket {n}"} for n in range(5)
]


def put(lake: Lake, *rows: dict[str, Any], table: str = "tickets", tenant: str = "main", source: str = "desk") -> None:
    lake.commit(tenant, Commit(entry=table, source=source, batches=[batch(table, rows)], cursor=None))


def take(lake: Lake, table: str = "tickets", tenant: str = "main", source: str = "desk", **what: Any) -> Written:
    named = {name: pa.array(ids, pa.string()) for name, ids in what.items()}
    made: Batch = replace(batch(table, []), gone_at=AT, **named)
    done = lake.commit(tenant, Commit(entry=table, source=source, batches=[made], cursor={"at": 1}))
    return done[table]


def states(lake: Lake, tenant: str = "main") -> dict[str, str]:
    return dict(zip(*lake.read("tickets", tenant, columns=["id", "status"]).to_pydict().values(), strict=True))


def test_a_ticket_that_is_gone_is_deleted_in_the_commit_of_its_cursor(lake: Lake) -> None:
    put(lake, *TICKETS)
    before = lake.snapshot()
    assert take(lake, gone=["1", "3", "absent"]) == Written(gone=2)
    assert states(lake) == {"0": "open", "1": "deleted", "2": "open", "3": "deleted", "4": "open"}
    assert (lake.snapshot(), lake.cursor("main", "tickets")) == (before + 1, {"at": 1})
    events = lake.read("events", "main", order="ticket_id").to_pylist()
    assert [(e["ticket_id"], e["kind"], e["old_value"], e["new_value"], e["occurred_at"]) for e in events] == [
        (id, "status", "open", "deleted", AT) for id in ("1", "3")
    ]


def test_of_a_ticket_of_which_no_status_is_known_an_event_says_since_when_it_is_gone(lake: Lake) -> None:
    put(lake, {"id": "1", "created_at": "2026-10-01T08:00:00Z"})
    take(lake, gone=["1"])
    (event,) = lake.read("events", "main").to_pylist()
    assert (event["old_value"], event["new_value"], event["occurred_at"]) == (None, "deleted", AT)


def test_gone_again_changes_nothing_and_makes_no_snapshot(lake: Lake) -> None:
    put(lake, *TICKETS)
    take(lake, gone=["1"])
    before = lake.snapshot()
    assert take(lake, gone=["1"]) == Written()
    assert take(lake, present=["0", "2", "3", "4"]) == Written()
    assert lake.snapshot() == before


def test_what_is_not_among_all_that_is_there_is_gone(lake: Lake) -> None:
    put(lake, *TICKETS)
    put(lake, *TICKETS, tenant="other")
    put(lake, *TICKETS, source="desk2")
    assert take(lake, present=["0", "7"]).gone == 4
    assert sorted(lake.read("tickets", "main", where="source = 'desk2'")["status"].to_pylist()) == ["open"] * 5
    assert set(states(lake, "other").values()) == {"open"}
    assert take(lake, tenant="other", present=[]).gone == 5


def test_a_row_of_the_batch_itself_is_there_whatever_else_is_said(lake: Lake) -> None:
    put(lake, *TICKETS)
    made = replace(batch("tickets", TICKETS[:1]), gone=pa.array(["0", "1"]), gone_at=AT)
    lake.commit("main", Commit(entry="t", source="desk", batches=[made], cursor=None))
    assert (states(lake)["0"], states(lake)["1"]) == ("open", "deleted")


def test_rows_of_other_tables_are_removed(lake: Lake) -> None:
    rows = [{"id": f"m{n}", "ticket_id": "0", "sent_at": "2026-10-02", "author_role": "agent"} for n in range(3)]
    put(lake, *rows, table="messages")
    assert take(lake, "messages", gone=["m1"]).gone == 1
    assert lake.read("messages", "main", columns=["id"])["id"].to_pylist() == ["m0", "m2"]
    put(lake, *rows, table="messages")
    assert lake.count("messages", "main") == 3


def test_a_ticket_that_comes_back_stands_as_its_source_says(lake: Lake) -> None:
    put(lake, *TICKETS)
    take(lake, gone=["1"])
    put(lake, TICKETS[1])
    assert states(lake)["1"] == "open"
    told = lake.read("events", "main", order="occurred_at").to_pylist()
    assert [(e["old_value"], e["new_value"]) for e in told] == [("open", "deleted"), ("deleted", "open")]
    assert told[1]["occurred_at"] > AT
    put(lake, {**TICKETS[1], "subject": "Changed"})
    assert lake.count("events", "main") == 2, "it was back already"
    assert take(lake, gone=["1"]).gone == 1


def test_a_ticket_that_came_back_is_in_the_backlog_again(lake: Lake) -> None:
    put(lake, *TICKETS)
    take(lake, gone=["1", "2"])
    put(lake, TICKETS[1])
    measure_tickets(lake, Rules(), tenant="main")
    view = HotCopies(lake).view("main", "UTC")
    desk = Desk(
        con=view.cursor(), tenant="main", zone="UTC", snapshot=view.snapshot, data_until=AT, carried_at=view.carried_at
    )
    names = ("open_backlog", "tickets_created", "backlog_deleted", "backlog_recovered")
    (row,) = query(desk, names, period=parse_period("2026-01-01..2099-12-31", now=AT, zone="UTC")).rows
    assert row == {"open_backlog": 4, "tickets_created": 5, "backlog_deleted": 2, "backlog_recovered": 1}


def test_what_deskbook_wrote_stays_when_the_events_are_read_whole_or_swept(lake: Lake) -> None:
    put(lake, *TICKETS)
    put(
        lake,
        {"id": "e", "ticket_id": "0", "occurred_at": "2026-10-02", "kind": "status", "new_value": "open"},
        table="events",
    )
    take(lake, gone=["1"])
    assert take(lake, "events", present=[]).gone == 1
    whole = replace(batch("events", []), replaces=True)
    lake.commit("main", Commit(entry="e", source="desk", batches=[whole], cursor=None))
    assert lake.read("events", "main", columns=["ticket_id"])["ticket_id"].to_pylist() == ["1"]


@pytest.mark.parametrize("history", [False, True])
def test_numbers_of_the_past_stay_when_tickets_are_deleted(lake: Lake, history: bool) -> None:
    solved = {**TICKETS[0], "status": "solved", "resolved_at": "2026-10-05T10:00:00Z"}
    put(lake, solved, *TICKETS[1:])
    if history:
        event = {"id": "e", "ticket_id": "0", "occurred_at": "2026-10-05T10:00:00Z", "kind": "status"}
        put(lake, {**event, "old_value": "open", "new_value": "solved"}, table="events")
    before = numbers(lake)
    assert before == [{"tickets_created": 5, "tickets_solved": 1, "open_backlog": 4}, 0]
    take(lake, gone=["0", "1"])
    assert numbers(lake) == [{"tickets_created": 5, "tickets_solved": 1, "open_backlog": 4}, 1]


def numbers(lake: Lake) -> list[Any]:
    """Of the days before the deletion, and the tickets deleted while open since."""
    measure_tickets(lake, Rules(), tenant="main")
    view = HotCopies(lake).view("main", "UTC")
    desk = Desk(
        con=view.cursor(), tenant="main", zone="UTC", snapshot=view.snapshot, data_until=AT, carried_at=view.carried_at
    )
    spans = ("2026-10-01..2026-10-10", "2026-10-11..2026-10-31")
    then, later = (parse_period(one, now=AT, zone="UTC") for one in spans)
    (row,) = query(desk, ["tickets_created", "tickets_solved", "open_backlog"], period=then).rows
    return [row, query(desk, ["backlog_deleted"], period=later).value()]


def test_a_hot_copy_brought_up_to_date_equals_one_made_anew(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[bool] = []
    renew = hot_module.renew
    monkeypatch.setattr(hot_module, "renew", lambda *given: (done.append(renew(*given)), done[-1])[1])
    desk, copies = Changing(3), HotCopies(lake, HotFiles(tmp_path / "hot"))
    desk.open(60)
    desk.tickets["59"]["status"] = "deleted"  # a word that the copy knows
    for table, rows in desk.rows().items():
        put(lake, *rows, table=table)
    measure_tickets(lake, Rules(), tenant="main")
    copies.view("main", "UTC")
    open_ones = [id for id, one in desk.tickets.items() if one["status"] == "open"]
    take(lake, gone=open_ones[:2])
    take(lake, "messages", gone=["m7"])
    measure_tickets(lake, Rules(), tenant="main")
    assert content(copies.view("main", "UTC")) == content(HotCopies(lake).view("main", "UTC"))
    assert done == [True]


def test_the_search_index_follows(lake: Lake, tmp_path: Path) -> None:
    put(lake, *TICKETS)
    rows = [
        {"id": f"m{n}", "ticket_id": str(n), "sent_at": "2026-10-02", "author_role": "customer", "text": f"word{n}"}
        for n in range(4)
    ]
    put(lake, *rows, table="messages")
    index = tmp_path / "index"
    wish = {"tenant": "main", "wish": "words", "choose": lambda count, english: None}
    update_index(index, LakeTurns(lake, "main"), **wish)
    take(lake, gone=["1"])
    take(lake, "messages", gone=["m2"])
    found = update_index(index, LakeTurns(lake, "main"), **wish)
    assert found is not None and (found.changed, found.removed) == (1, 1)
    held = {
        row["message_id"]: row["status"]
        for one in open_index(index, "main").segments
        for row, alive in zip(one.rows.to_pylist(), one.alive, strict=True)
        if alive
    }
    assert held == {"m0": "open", "m1": "deleted", "m3": "open"}

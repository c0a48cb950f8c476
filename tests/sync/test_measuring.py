"""Measuring from lake to lake: only what changed, batch by batch, and the same however it is cut."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from deskbook.clocks import Rules, make_rules
from deskbook.schema import MEASURED
from deskbook.store import Commit, HotCopies, Lake, switched_counts
from deskbook.sync import measure_tickets

from ..conftest import NOW, batch

RULES = make_rules(zone="UTC", policies=[{"name": "p", "first_reply": "1h", "resolution": {"urgent": "4h"}}])
START = NOW - timedelta(days=30)
ZERO = datetime(1, 1, 1, tzinfo=UTC)
Row = dict[str, Any]


def desk(count: int = 7) -> dict[str, list[Row]]:
    """Tickets that differ: replies, changes of status, priority and team."""
    tickets, messages, events = [], [], []
    for n in range(count):
        born = START + timedelta(hours=n)
        tickets.append(
            {"id": f"t{n}", "created_at": born, "status": "solved" if n % 2 else "open", "team": f"T{n % 3}"}
        )
        for k, role in enumerate(("customer", "agent", "customer")[: n % 4]):
            said = born + timedelta(minutes=50 * k * (n + 1))
            messages.append({"id": f"m{n}{k}", "ticket_id": f"t{n}", "sent_at": said, "author_role": role})
        for k, (kind, new) in enumerate((("priority", "urgent"), ("team", "T1"), ("status", "pending"))[: n % 4]):
            changed = born + timedelta(hours=k + 1)
            events.append(
                {"id": f"e{n}{k}", "ticket_id": f"t{n}", "occurred_at": changed, "kind": kind, "new_value": new}
            )
    return {"tickets": tickets, "messages": messages, "events": events}


def commit(lake: Lake, tenant: str = "main", **tables: list[Row]) -> None:
    batches = [batch(name, rows) for name, rows in tables.items() if rows]
    lake.commit(tenant, Commit(entry="e", source="desk", batches=batches, cursor=None))


def held(lake: Lake, tenant: str = "main") -> dict[str, list[Row]]:
    """All measured rows of a tenant."""
    found = {}
    for name in MEASURED:
        rows = lake.read(name, tenant).to_pylist()
        found[name] = sorted(rows, key=lambda row: [str(value) for value in row.values()])
    return found


def apart(rows: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """The same without the name of the tenant."""
    return {name: [{**row, "tenant": ""} for row in listed] for name, listed in rows.items()}


@pytest.mark.parametrize("size", [1, 3])
def test_batches_of_any_size_give_the_same_rows(lake: Lake, size: int) -> None:
    for tenant in ("main", "other"):
        commit(lake, tenant, **desk())
    told: list[tuple[int, int]] = []
    assert measure_tickets(lake, RULES, tenant="main", batch_tickets=size, progress=lambda *one: told.append(one)) == 7
    assert measure_tickets(lake, RULES, tenant="other") == 7
    assert apart(held(lake)) == apart(held(lake, "other"))
    assert all(held(lake).values())
    assert told[-1] == (7, 7)
    assert len(told) == -(-7 // size)


def test_a_second_run_measures_nothing_and_writes_nothing(lake: Lake) -> None:
    commit(lake, **desk())
    measure_tickets(lake, RULES, tenant="main")
    before = lake.snapshot()
    assert measure_tickets(lake, RULES, tenant="main") == 0
    assert lake.snapshot() == before


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("messages", {"id": "new", "ticket_id": "t4", "sent_at": NOW, "author_role": "agent"}),
        ("events", {"id": "new", "ticket_id": "t4", "occurred_at": NOW, "kind": "status", "new_value": "hold"}),
        ("tickets", desk()["tickets"][4] | {"priority": "low"}),
    ],
)
def test_one_changed_ticket_is_measured_alone(lake: Lake, table: str, row: Row) -> None:
    commit(lake, **desk())
    measure_tickets(lake, RULES, tenant="main")
    before = held(lake)
    commit(lake, **{table: [row]})
    assert measure_tickets(lake, RULES, tenant="main") == 1
    after = held(lake)
    for name, rows in before.items():
        key = "id" if name == "ticket_clocks" else "ticket_id"
        assert [one for one in rows if one[key] != "t4"] == [one for one in after[name] if one[key] != "t4"]
    changed = [next(one["inputs"] for one in rows["ticket_clocks"] if one["id"] == "t4") for rows in (before, after)]
    assert changed[0] != changed[1]


def test_a_new_name_of_a_team_measures_the_tickets_it_has_now(lake: Lake) -> None:
    """Policies may choose by team, so its name is part of what a ticket is measured from."""
    commit(lake, tickets=[{"id": "a", "created_at": START, "team_id": "1"}, {"id": "b", "created_at": START}])
    assert measure_tickets(lake, RULES, tenant="main") == 2
    commit(lake, teams=[{"id": "1", "name": "Billing"}])
    assert measure_tickets(lake, RULES, tenant="main") == 1


def test_other_rules_measure_every_ticket_again(lake: Lake) -> None:
    commit(lake, **desk())
    measure_tickets(lake, Rules(), tenant="main")
    assert held(lake)["promises"] == []
    assert measure_tickets(lake, RULES, tenant="main") == 7
    assert {row["policy"] for row in held(lake)["promises"]} == {"p"}
    assert {row["rules"] for row in held(lake)["ticket_clocks"]} == {RULES.version}


def test_rows_of_tickets_that_are_gone_go_too(lake: Lake) -> None:
    commit(lake, **desk())
    commit(lake, "other", **desk(2))
    for tenant in ("main", "other"):
        measure_tickets(lake, RULES, tenant=tenant)
    other = held(lake, "other")
    rows = batch("tickets", desk()["tickets"][:3])
    replaced = type(rows)(**{**vars(rows), "replaces": True})
    lake.commit("main", Commit(entry="e", source="desk", batches=[replaced], cursor=None))
    assert measure_tickets(lake, RULES, tenant="main") == 0
    after = held(lake)
    assert {row["id"] for row in after["ticket_clocks"]} == {"t0", "t1", "t2"}
    assert {row["ticket_id"] for name in ("replies", "moves", "promises") for row in after[name]} <= {"t0", "t1", "t2"}
    assert held(lake, "other") == other


def test_tenants_are_measured_apart(lake: Lake) -> None:
    commit(lake, **desk(3))
    commit(lake, "other", **desk(2))
    assert measure_tickets(lake, RULES, tenant="main") == 3
    assert not any(held(lake, "other").values())
    main = held(lake)
    assert measure_tickets(lake, RULES, tenant="other") == 2
    assert held(lake) == main
    assert {row["tenant"] for rows in held(lake, "other").values() for row in rows} == {"other"}


class Killed(BaseException):
    """What a signal does in the middle of a run."""


def test_a_run_that_was_killed_between_batches_goes_on_where_it_stopped(lake: Lake) -> None:
    for tenant in ("main", "other"):
        commit(lake, tenant, **desk())
    measure_tickets(lake, RULES, tenant="other")

    def kill(done: int, _: int) -> None:
        if done >= 4:
            raise Killed

    with pytest.raises(Killed):
        measure_tickets(lake, RULES, tenant="main", batch_tickets=2, progress=kill)
    assert len(held(lake)["ticket_clocks"]) == 4
    assert measure_tickets(lake, RULES, tenant="main", batch_tickets=2) == 3
    assert apart(held(lake)) == apart(held(lake, "other"))


def test_an_empty_lake_is_measured_without_a_snapshot(lake: Lake) -> None:
    before = lake.snapshot()
    assert measure_tickets(lake, RULES, tenant="main") == 0
    assert lake.snapshot() == before


def test_tickets_that_are_left_out_keep_their_row_and_leave_the_hot_copy(lake: Lake) -> None:
    tickets = [{"id": "a", "created_at": START}, {"id": "b", "created_at": START, "is_spam": True}]
    commit(lake, tickets=tickets)
    measure_tickets(lake, RULES, tenant="main")
    assert [row["left_out"] for row in held(lake)["ticket_clocks"]] in ([None, "spam"], ["spam", None])
    assert switched_counts(lake, "main")["spam_tickets"] == 1
    view = HotCopies(lake).view("main", "UTC")
    assert view.cursor().execute("SELECT list(id) FROM tickets").fetchone() == (["a"],)
    assert {row["ticket_id"] for row in held(lake)["moves"]} == {"a"}


def test_a_date_no_calendar_reaches_stops_nobody_elses_clock(lake: Lake) -> None:
    rules = make_rules(zone="Europe/Berlin", schedules=[{"name": "office", "hours": {"mon-sun": "09:00-17:00"}}])
    rows = desk(3)
    rows["tickets"].append({"id": "zero", "created_at": ZERO, "status": "open"})
    rows["messages"] += [
        {"id": "z1", "ticket_id": "zero", "sent_at": ZERO, "author_role": "customer"},
        {"id": "z2", "ticket_id": "zero", "sent_at": START, "author_role": "agent"},
    ]
    commit(lake, **rows)
    assert measure_tickets(lake, rules, tenant="main") == 4
    clocks = {row["id"]: row for row in lake.read("ticket_clocks", "main").to_pylist()}
    assert clocks["zero"]["first_reply_business_seconds"] is None
    assert clocks["t2"]["first_reply_business_seconds"] is not None

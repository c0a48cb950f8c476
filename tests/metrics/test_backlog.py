"""opening + created + reopened + recovered - solved - deleted (+ moved in - moved out) = closing, for every cut."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbook.clocks import Rules
from deskbook.metrics import Desk, Period, parse_filter, parse_period, query
from deskbook.store import Commit, HotCopies, Lake
from deskbook.sync import measure_tickets

from ..conftest import NOW, Fill, batch
from .test_query import desk_of

Row = dict[str, Any]
FLOWS = {"created": 1, "reopened": 1, "recovered": 1, "solved": -1, "deleted": -1, "moved_in": 1, "moved_out": -1}
NAMES = ["backlog_opening", "open_backlog", *(f"backlog_{name}" for name in FLOWS)]
CUTS = (None, "team", "team_then", "agent_then", "priority_then", "status_then", "channel", "move")
GRAINS = (None, "hour", "day", "week", "month", "quarter")
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Pacific/Auckland")
WORDS = {
    "status": ("open", "pending", "solved", "closed", "deleted"),
    "team": ("T1", "T2"),
    "assignment": ("a", "b"),
    "priority": ("low", "urgent"),
}
CHANGES = [datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 10, 23, tzinfo=UTC), datetime(2018, 11, 2, tzinfo=UTC)]
"""A little before clocks change somewhere."""


@st.composite
def moments(draw: st.DrawFn) -> datetime:
    minutes = draw(st.one_of(st.integers(0, 96).map(lambda half: half * 60), st.integers(0, 60 * 24 * 40)))
    return draw(st.shared(st.sampled_from(CHANGES), key="start")) + timedelta(minutes=minutes)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Row], list[Row]]:
    tickets, events = [], []
    for n in range(draw(st.integers(1, 10))):
        own = {"status": draw(st.sampled_from(["open", "pending", "solved", "deleted", None]))}
        own |= {"team": draw(st.sampled_from(["T1", None])), "channel": draw(st.sampled_from(["chat", "email", None]))}
        tickets.append({"id": str(n), "created_at": draw(moments()), **own})
        for k in range(draw(st.integers(0, 7))):
            kind = draw(st.sampled_from(["status", "status", *WORDS]))
            change = {"kind": kind, "occurred_at": draw(moments()), "new_value": draw(st.sampled_from(WORDS[kind]))}
            events.append({"id": f"{n}-{k}", "ticket_id": str(n), **change})
    return tickets, events


@st.composite
def periods(draw: st.DrawFn, zone: str) -> Period:
    ends = sorted({draw(moments()), draw(moments())})
    since = draw(st.sampled_from([None, ends[0]]))
    until = draw(st.sampled_from([None, ends[-1]]))
    return Period(since, until if until != since else None, zone=zone)


def balance(rows: list[Row], cut: str | None, grain: str | None) -> None:
    """Every row balances, and each group closes a bucket at what the next one opens with."""
    moved_between = cut in ("team_then", "agent_then", "priority_then", "status_then", "move")
    chains = defaultdict(list)
    for row in rows:
        assert row["open_backlog"] >= 0 or cut == "move", row
        change = sum(sign * row[f"backlog_{name}"] for name, sign in FLOWS.items())
        assert row["backlog_opening"] + change == row["open_backlog"], row
        if not moved_between:
            assert row["backlog_moved_in"] == row["backlog_moved_out"] == 0
        chains[row.get(cut or "")].append(row)
    for chain in chains.values() if grain else ():
        for before, after in pairwise(chain):
            assert before["open_backlog"] == after["backlog_opening"]


@pytest.fixture(scope="module")
def shared_lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """One lake for all examples, each a tenant of its own."""
    folder = tmp_path_factory.mktemp("backlog")
    lake = Lake(f"sqlite:///{folder}/d.db", f"{folder}/f", state=folder)
    yield lake
    lake.close()


TENANTS = count()


@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_what_was_open_and_what_moved_give_what_is_open(shared_lake: Lake, data: st.DataObject) -> None:
    (tickets, events), zone, tenant = data.draw(histories()), data.draw(st.sampled_from(ZONES)), f"t{next(TENANTS)}"
    batches = [batch("tickets", tickets), *([batch("events", events)] if events else [])]
    shared_lake.commit(tenant, Commit(entry="e", source="s", batches=batches, cursor=None))
    measure_tickets(shared_lake, Rules(), tenant=tenant)
    desk = desk_of(HotCopies(shared_lake), zone, tenant)
    for _ in range(20):
        cut, grain = data.draw(st.sampled_from(CUTS)), data.draw(st.sampled_from(GRAINS))
        by = [name for name in (grain, cut) if name]
        period = data.draw(periods(zone))
        rows = query(desk, NAMES, by=by, period=period).rows
        balance(rows, cut, grain)
        assert rows == query(replace(desk, carried_at=()), NAMES, by=by, period=period).rows


@pytest.fixture
def years(fill: Fill, hot: HotCopies) -> Desk:
    """Sixteen months: a ticket a week, solved after a while that grows, so that some are open for months."""
    first, tickets = datetime(2025, 6, 1, tzinfo=UTC), []
    for week in range(68):
        created = first + timedelta(days=7 * week)
        solved = created + timedelta(days=week)
        own = {"status": "solved", "resolved_at": solved.isoformat()} if solved < NOW else {"status": "open"}
        tickets.append({"id": str(week), "created_at": created.isoformat(), "team": "AB"[week % 2], **own})
    fill(tickets=tickets)
    return desk_of(hot)


@pytest.mark.parametrize("where", ["", "team = A", "ticket = 3", "ticket = nobody"])
@pytest.mark.parametrize("grain", [(), ("day",), ("week",), ("month",)])
def test_a_level_counted_from_the_month_before_is_that_counted_from_the_first_day(
    years: Desk, grain: tuple[str, ...], where: str
) -> None:
    wanted, whole = parse_filter(where), replace(years, carried_at=())
    for words in (
        "2025-05",
        "2025-06",
        "2025-11",
        "2026-02-01..2026-02-28",
        "2026-03-05..2026-07-04",
        "2026-10",
        "2027",
    ):
        period = parse_period(words, now=NOW, zone="UTC")
        asked = {"by": grain, "where": wanted, "period": period}
        found = query(years, ["open_backlog", "backlog_opening"], **asked)
        assert found.rows == query(whole, ["open_backlog", "backlog_opening"], **asked).rows, words
        assert words < "2025-07" or "carried_from" in found.receipt.bound


def test_beginnings_are_left_out_where_so_much_is_open_that_they_save_nothing(fill: Fill, hot: HotCopies) -> None:
    created = [datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=10 * n) for n in range(60)]
    fill(tickets=[{"id": str(n), "created_at": at.isoformat(), "status": "open"} for n, at in enumerate(created)])
    desk = desk_of(hot)
    assert desk.carried_at == ()
    assert query(desk, ["open_backlog"], period=parse_period("2026-08", now=NOW, zone="UTC")).value() == 60


DAY = "2026-10-0{}T12:00:00Z"


@pytest.fixture
def desk(fill: Fill, hot: HotCopies) -> Desk:
    changes = [
        ("1", "team", 2, "A", "B"),
        ("1", "status", 3, "open", "solved"),
        ("1", "status", 5, "solved", "open"),
        ("2", "status", 4, "open", "deleted"),
        ("2", "status", 6, "deleted", "open"),
    ]
    fill(
        tickets=[
            {"id": "1", "created_at": DAY.format(1), "team": "B", "status": "open"},
            {"id": "2", "created_at": DAY.format(2), "team": "A", "status": "open"},
            {"id": "3", "created_at": DAY.format(2), "team": "A", "status": "closed", "updated_at": DAY.format(7)},
        ],
        events=[
            {"id": str(n), "ticket_id": ticket, "kind": kind, "occurred_at": DAY.format(day), "old_value": old}
            | {"new_value": new}
            for n, (ticket, kind, day, old, new) in enumerate(changes)
        ],
    )
    return desk_of(hot)


def test_the_days_of_a_small_desk_can_be_added_up_by_eye(desk: Desk) -> None:
    rows = query(desk, ["open_backlog", "backlog_solved", "backlog_deleted", "backlog_recovered"], by=["day"]).rows
    assert [row["open_backlog"] for row in rows] == [1, 3, 2, 1, 2, 3, 2]
    assert [row["backlog_solved"] for row in rows] == [0, 0, 1, 0, 0, 0, 1]
    assert [(row["backlog_deleted"], row["backlog_recovered"]) for row in rows][3:6] == [(1, 0), (0, 0), (0, 1)]


def test_a_ticket_is_open_where_it_was_then(desk: Desk) -> None:
    names = ["open_backlog", "backlog_moved_in", "backlog_moved_out"]
    rows = query(desk, names, by=["team_then", "day"], where=parse_filter("ticket = 1")).rows
    found = {(row["team_then"], row["day"][-1]): tuple(row[name] for name in names) for row in rows}
    assert (found["A", "1"], found["A", "2"], found["B", "2"]) == ((1, 0, 0), (0, 0, 1), (1, 1, 0))
    assert (found["B", "3"], found["B", "5"]) == ((0, 0, 0), (1, 0, 0))


def test_a_ticket_solved_at_no_known_time_is_not_open_in_any_metric(desk: Desk) -> None:
    names = ["backlog_age_median_hours", "tickets_unanswered", "tickets_unassigned"]
    (row,) = query(desk, names, where=parse_filter("ticket = 3")).rows
    assert [row[name] for name in names] == [None, 0, 0]
    (row,) = query(desk, ["tickets_created"], by=["age_band"], where=parse_filter("ticket = 3")).rows
    assert row["age_band"] is None

"""Tickets whose answer can be seen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from deskbook.clocks import Rules, make_rules, measure
from tests.clocks.histories import Changed, Said, Ticket, at, batch_of, numbered

Row = dict[str, Any]
WEEKS = {  # minutes since Sunday 00:00 UTC, as the help desk writes them
    "A": [[720, 1560], [2160, 3000], [3600, 4440], [5040, 5880], [6480, 7320], [7920, 8760], [9360, 10200]],
    "B": [[2340, 2910], [3780, 4350], [5220, 5790], [6660, 7230], [8100, 8670]],
}
GOLDEN = Ticket(
    at("2020-09-29T17:01:38"),
    said=(
        Said(at("2020-09-29T17:01:38")),
        Said(at("2020-09-30T19:01:25"), "agent", is_public=False),
        Said(at("2020-09-30T19:01:46"), "agent"),
        Said(at("2020-10-01T15:03:44"), "agent"),
    ),
    changed=(
        Changed(at("2020-09-30T19:01:25"), "schedule", "B", "A"),
        Changed(at("2020-10-01T15:03:44"), "status", "solved", "open"),
    ),
    columns={"status": "solved"},
)


def golden_rules() -> Rules:
    rows = [
        {
            "id": name,
            "name": name,
            "zone": "UTC",
            "since": None,
            "intervals": spans,
            "holidays": None,
            "applies_to": None,
        }
        for name, spans in WEEKS.items()
    ]
    return make_rules(zone="UTC", schedule_rows=rows)


def clocks(ticket: Ticket, rules: Rules | None = None) -> Row:
    (row,) = measure(batch_of([numbered(ticket)]), rules or Rules())["ticket_clocks"].to_pylist()
    return dict(row)


def promises(ticket: Ticket, **policy: Any) -> list[Row]:
    """Promises of a ticket under one policy, its schedule open from 9 to 17 UTC on weekdays."""
    office = {"name": "office", "zone": "UTC", "hours": {"mon-fri": "09:00-17:00"}}
    rules = make_rules(zone="UTC", schedules=[office], policies=[{"name": "p", **policy}])
    return list(measure(batch_of([numbered(ticket)]), rules)["promises"].to_pylist())


def told(rows: list[Row], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


def test_the_golden_ticket_counts_every_schedule_it_was_under() -> None:
    row = clocks(GOLDEN, golden_rules())
    assert row["first_reply_business_seconds"] == round(960.133 * 60)  # 538.367 + 421.417 under A, 0.350 under B
    until_night, next_day = 328 * 60 + 14, 3 * 60 + 44  # under B: 19:01:46 to 00:30, 15:00 to 15:03:44
    assert row["resolution_business_seconds"] == round(960.133 * 60) + until_night + next_day


def test_the_golden_ticket_under_its_last_schedule_alone_is_as_zendesk_says() -> None:
    row = clocks(GOLDEN, golden_rules())
    assert row["first_reply_last_schedule_seconds"] == round(690.133 * 60)  # 448.367 + 241.767, all under B
    assert row["resolution_last_schedule_seconds"] == round(690.133 * 60) + 328 * 60 + 14 + 3 * 60 + 44


MONDAY = "2026-03-02T"
STORY = Ticket(
    at(f"{MONDAY}09:00"),
    said=(
        Said(at(f"{MONDAY}09:00")),
        Said(at(f"{MONDAY}09:20"), "agent", is_public=False, author="ann"),
        Said(at(f"{MONDAY}09:30"), "agent", author="ann"),
        Said(at(f"{MONDAY}10:00")),
        Said(at(f"{MONDAY}10:10")),
        Said(at(f"{MONDAY}11:00"), "agent", author="bob"),
        Said(at(f"{MONDAY}16:00")),
    ),
    changed=(
        Changed(at(f"{MONDAY}09:10"), "assignment", "ann"),
        Changed(at(f"{MONDAY}09:15"), "status", "open", "new"),
        Changed(at(f"{MONDAY}09:40"), "assignment", "bob", "ann"),
        Changed(at(f"{MONDAY}11:00"), "status", "pending", "open"),
        Changed(at(f"{MONDAY}12:00"), "status", "solved", "pending"),
        Changed(at(f"{MONDAY}13:00"), "status", "open", "solved"),
        Changed(at(f"{MONDAY}15:00"), "status", "solved", "open"),
    ),
    columns={"status": "solved", "priority": "normal"},
)


def test_replies_are_counted_from_the_customers_first_message_since_the_last() -> None:
    rows = measure(batch_of([numbered(STORY)]), Rules())["replies"].to_pylist()
    assert told(rows, "number", "reply_seconds", "author_id") == [(1, 30 * 60, "ann"), (2, 60 * 60, "bob")]
    row = clocks(STORY)
    assert (row["first_reply_seconds"], row["total_reply_seconds"]) == (30 * 60, 90 * 60)
    assert row["waiting_since"] == at(f"{MONDAY}16:00")


def test_time_in_each_status_adds_up_to_the_time_it_was_open() -> None:
    row = clocks(STORY)
    stood = [row[f"{name}_seconds"] / 60 for name in ("new", "open", "pending", "hold")]
    assert stood == [15, 105 + 120, 60, 0]
    assert sum(stood) == (6 - 1) * 60  # six hours from creation to the last solution, one of them solved


def test_hands_reopens_and_resolutions_are_counted() -> None:
    row = clocks(STORY)
    assert (row["resolutions"], row["reopens"], row["assignments"], row["assignees"]) == (2, 1, 2, 2)
    assert (row["handoffs"], row["notes"], row["messages_in"], row["messages_out"], row["replies"]) == (1, 1, 4, 2, 2)
    assert row["unassigned_seconds"] == 10 * 60
    assert row["last_assignment_to_resolution_seconds"] == (15 * 60 - (9 * 60 + 40)) * 60


@pytest.mark.parametrize(
    ("target", "within", "wanted"),
    [
        ("first_reply", "29m", [("breached", "09:29", 30)]),
        ("first_reply", "30m", [("achieved", None, 30)]),
        ("next_reply", "59m", [("breached", "10:59", 60), ("cancelled", None, 0)]),
        ("requester_wait", "1h", [("breached", "10:00", 240)]),
        ("agent_work", "3h", [("breached", "14:00", 240)]),
        ("agent_work", "4h", [("achieved", None, 240)]),
        ("periodic_update", "1h", [("breached", "10:30", 90), ("cancelled", None, 60)]),
        ("resolution", "4h", [("breached", "14:00", 300)]),
    ],
)
def test_each_target_runs_out_on_its_own_clock(target: str, within: str, wanted: list[Any]) -> None:
    rows = promises(STORY, **{target: within})
    clocked = [
        (row["ending"], row["breach_at"] and f"{row['breach_at']:%H:%M}", row["elapsed_seconds"] / 60) for row in rows
    ]
    assert clocked == wanted


SILENT = Ticket(at(f"{MONDAY}09:00"), said=(Said(at(f"{MONDAY}09:00")),), columns={"status": "open", "priority": "low"})


def test_an_unanswered_ticket_runs_towards_its_breach() -> None:
    (row,) = promises(SILENT, first_reply="1h")
    assert (row["ending"], row["breach_at"]) == ("running", at(f"{MONDAY}10:00"))
    assert (row["ended_at"], row["elapsed_seconds"]) == (None, None)


def test_business_promises_wait_for_the_next_opening() -> None:
    (row,) = promises(SILENT, first_reply="10h", hours="business")
    assert row["breach_at"] == at("2026-03-03T11:00")


def test_a_promise_used_up_at_closing_time_can_be_kept_until_the_next_opening() -> None:
    (row,) = promises(SILENT, first_reply="8h", hours="business")
    assert row["breach_at"] == at("2026-03-03T09:00")
    late = Ticket(SILENT.created, (*SILENT.said, Said(at(f"{MONDAY}20:00"), "agent")), columns=SILENT.columns)
    (kept,) = promises(late, first_reply="8h", hours="business")
    assert (kept["ending"], kept["elapsed_seconds"]) == ("achieved", 8 * 3600)


def raised(moment: str, new: str = "urgent") -> Ticket:
    """The silent ticket, answered at noon, its priority changed at a moment."""
    said = (*SILENT.said, Said(at(f"{MONDAY}12:00"), "agent"))
    return Ticket(SILENT.created, said, (Changed(at(MONDAY + moment), "priority", new, "low"),), columns=SILENT.columns)


BY_PRIORITY = {"low": "2h", "urgent": "30m"}
ENDED = ("priority_then", "ending", "applied_at", "breach_at", "ended_at", "elapsed_seconds")


def test_raising_the_priority_replaces_the_promise_on_the_same_clock() -> None:
    first, second = told(promises(raised("09:10"), first_reply=BY_PRIORITY), *ENDED)
    begun, changed, noon = at(f"{MONDAY}09:00"), at(f"{MONDAY}09:10"), at(f"{MONDAY}12:00")
    assert first == ("low", "cancelled", begun, at(f"{MONDAY}11:00"), changed, 600)
    assert second == ("urgent", "breached", changed, at(f"{MONDAY}09:30"), noon, 3 * 3600)


def test_a_tighter_promise_that_is_over_already_breaks_at_once() -> None:
    _, second = told(promises(raised("10:00"), first_reply=BY_PRIORITY), *ENDED)
    assert second[:4] == ("urgent", "breached", at(f"{MONDAY}10:00"), at(f"{MONDAY}10:00"))


def test_a_promise_broken_before_the_change_stays_broken() -> None:
    first, second = told(promises(raised("11:30"), first_reply=BY_PRIORITY), *ENDED)
    assert first == ("low", "breached", at(f"{MONDAY}09:00"), at(f"{MONDAY}11:00"), at(f"{MONDAY}11:30"), 9000)
    assert second[1] == "breached"


def test_a_priority_without_a_target_promises_nothing_while_it_holds() -> None:
    rows = promises(raised("10:00", "normal"), first_reply=BY_PRIORITY)
    assert told(rows, "priority_then", "ending", "ended_at") == [("low", "cancelled", at(f"{MONDAY}10:00"))]
    assert promises(Ticket(SILENT.created, SILENT.said), first_reply=BY_PRIORITY) == []


def test_a_ticket_solved_without_an_answer_has_its_promise_cancelled() -> None:
    solved = Changed(at(f"{MONDAY}09:30"), "status", "solved", "open")
    ticket = Ticket(SILENT.created, SILENT.said, (solved,), columns={"status": "solved"})
    (row,) = promises(ticket, first_reply="1h")
    assert told([row], "ending", "ended_at", "elapsed_seconds") == [("cancelled", solved.at, 1800)]


def test_a_clock_stands_while_the_ticket_is_solved_and_goes_on_when_it_comes_back() -> None:
    changed = (
        Changed(at(f"{MONDAY}09:30"), "status", "solved", "open"),
        Changed(at(f"{MONDAY}13:00"), "status", "open", "solved"),
    )
    ticket = Ticket(SILENT.created, SILENT.said, changed, columns={"status": "open"})
    for target in ("first_reply", "resolution", "agent_work", "requester_wait"):
        (row,) = promises(ticket, **{target: "1h"})
        assert told([row], "ending", "breach_at") == [("running", at(f"{MONDAY}13:30"))], target


def test_a_deleted_ticket_keeps_no_promise_and_has_no_solution() -> None:
    changed = (
        Changed(at(f"{MONDAY}09:20"), "status", "solved", "open"),
        Changed(at(f"{MONDAY}09:30"), "status", "open", "solved"),
        Changed(at(f"{MONDAY}09:45"), "status", "deleted", "open"),
    )
    ticket = Ticket(SILENT.created, SILENT.said, changed, columns={"status": "deleted"})
    (row,) = promises(ticket, resolution="1h")
    assert told([row], "ending", "ended_at", "elapsed_seconds") == [("cancelled", changed[-1].at, 35 * 60)]
    assert (clocks(ticket)["resolved_at"], clocks(ticket)["first_resolved_at"]) == (None, changed[0].at)


def test_pausing_states_stop_a_clock() -> None:
    (row,) = promises(STORY, resolution="3h", pause={"resolution": ["pending"]})
    assert (row["breach_at"], row["elapsed_seconds"]) == (at(f"{MONDAY}14:00"), 4 * 3600)


def test_a_paused_clock_that_never_resumes_has_no_moment_of_breach() -> None:
    pending = Changed(at(f"{MONDAY}09:30"), "status", "pending", "open")
    ticket = Ticket(SILENT.created, SILENT.said, (pending,), columns={"status": "pending"})
    assert told(promises(ticket, agent_work="1h"), "ending", "breach_at") == [("running", None)]


def test_values_that_come_and_go_within_one_instant_leave_no_trace() -> None:
    noon = at(f"{MONDAY}12:00")
    changed = tuple(Changed(noon, "assignment", new, old) for old, new in (("ann", "bob"), ("bob", "ann")))
    ticket = Ticket(SILENT.created, SILENT.said, changed, columns={"status": "open"})
    assert clocks(ticket)["assignments"] == 1
    assert measure(batch_of([numbered(ticket)]), Rules())["moves"].num_rows == 1


def test_business_time_before_creation_counts_under_the_first_schedule() -> None:
    said = (Said(at(f"{MONDAY}09:00")), Said(at(f"{MONDAY}10:00"), "agent"))
    ticket = Ticket(at(f"{MONDAY}11:00"), said)
    office = {"name": "office", "zone": "UTC", "hours": {"mon-fri": "09:00-17:00"}}
    found = measure(batch_of([numbered(ticket)]), make_rules(zone="UTC", schedules=[office]))["replies"].to_pylist()
    assert told(found, "reply_seconds", "reply_business_seconds") == [(3600, 3600)]


def test_a_first_answer_that_only_the_source_knows_ends_the_wait() -> None:
    answered = Ticket(SILENT.created, SILENT.said, first_reply=SILENT.created + timedelta(minutes=5))
    assert clocks(answered)["waiting_since"] is None
    again = Ticket(SILENT.created, (*SILENT.said, Said(at(f"{MONDAY}10:00"))), first_reply=answered.first_reply)
    assert clocks(again)["waiting_since"] == at(f"{MONDAY}10:00")


def test_a_known_first_solution_is_kept_when_nobody_dated_the_last_one() -> None:
    changed = (
        Changed(at(f"{MONDAY}10:00"), "status", "solved", "open"),
        Changed(at(f"{MONDAY}11:00"), "status", "open", "solved"),
    )
    updated = at(f"{MONDAY}12:00")
    row = clocks(Ticket(SILENT.created, SILENT.said, changed, updated=updated, columns={"status": "solved"}))
    assert (row["first_resolved_at"], row["first_resolution_seconds"]) == (changed[0].at, 3600)
    assert (row["resolved_at"], row["resolutions"]) == (None, 2)


def test_a_batch_without_tickets_gives_tables_without_rows() -> None:
    assert [table.num_rows for table in measure(batch_of([]), golden_rules()).values()] == [0, 0, 0, 0]

"""Every oddity of a history is found, and counted by the rule that stands beside it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from deskbook.clocks import FINDINGS, Rules, found, measure
from tests.clocks.histories import Changed, Said, Ticket, at, batch_of, numbered

NINE, TEN, NOON = (at(f"2026-03-02T{hour}:00") for hour in ("09", "10", "12"))
EIGHT = NINE - timedelta(hours=1)


def clocks(ticket: Ticket) -> tuple[list[str], dict[str, Any]]:
    """What is odd about a ticket, and its measured row."""
    (row,) = measure(batch_of([numbered(ticket)]), Rules())["ticket_clocks"].to_pylist()
    return [one.name for one in found({row["findings"]: 1})], row


def moves(ticket: Ticket) -> list[tuple[Any, ...]]:
    """Moves in and out of the open tickets."""
    rows = measure(batch_of([numbered(ticket)]), Rules())["moves"].to_pylist()
    return [(row["move"], row["moved_at"]) for row in rows if row["move"] != "moved"]


def with_status(*changes: tuple[Any, ...], status: str = "open", **own: Any) -> Ticket:
    """A ticket of nine o'clock with changes of status: (when, new, old)."""
    changed = tuple(Changed(when, "status", *words) for when, *words in changes)
    return Ticket(NINE, changed=changed, columns={"status": status}, **own)


def test_a_change_before_creation_is_taken_as_made_at_creation() -> None:
    odd, row = clocks(with_status((EIGHT, "open", "new"), (TEN, "pending", "open")))
    assert odd == ["event_before_creation"]
    assert (row["new_seconds"], row["open_seconds"]) == (0, 3600)


def test_a_change_to_the_same_value_is_left_out() -> None:
    twice = (Changed(TEN, "assignment", "ann"), Changed(NOON, "assignment", "ann", "ann"))
    odd, row = clocks(Ticket(NINE, changed=twice, columns={"status": "open"}))
    assert odd == ["event_repeated"]
    assert row["assignments"] == 1


def test_a_change_from_another_value_than_was_left_keeps_the_order_of_times() -> None:
    odd, row = clocks(with_status((TEN, "pending", "open"), (NOON, "open", "hold")))
    assert odd == ["event_out_of_order"]
    assert (row["open_seconds"], row["pending_seconds"], row["hold_seconds"]) == (3600, 7200, 0)


def test_a_status_nobody_knows_counts_as_open() -> None:
    odd, row = clocks(with_status((TEN, "Escalated", "new"), (NOON, "pending", "Escalated")))
    assert odd == ["status_unknown"]
    assert (row["new_seconds"], row["open_seconds"]) == (3600, 7200)


def test_a_tickets_own_status_is_the_last_word_on_its_history() -> None:
    ticket = with_status((TEN, "pending", "open"), status="solved", resolved=NOON)
    odd, row = clocks(ticket)
    assert odd == ["history_ends_elsewhere"]
    assert row["resolved_at"] == NOON
    assert moves(ticket)[-1] == ("solved", NOON)


def test_an_open_ticket_whose_history_ends_solved_came_back_at_its_last_change() -> None:
    ticket = with_status((TEN, "solved", "open"), updated=NOON)
    odd, row = clocks(ticket)
    assert odd == ["history_ends_elsewhere"]
    assert (row["resolved_at"], row["reopens"]) == (None, 1)
    assert moves(ticket)[-1] == ("reopened", NOON)


def test_a_solution_without_a_time_leaves_the_backlog_at_the_last_change() -> None:
    ticket = Ticket(NINE, updated=NOON, columns={"status": "closed"})
    odd, row = clocks(ticket)
    assert odd == ["resolution_without_time"]
    assert moves(ticket) == [("created", NINE), ("solved", NOON)]
    assert (row["resolved_at"], row["resolution_seconds"], row["resolutions"]) == (None, None, 1)


def test_a_solution_before_creation_has_no_resolution_time() -> None:
    ticket = Ticket(NINE, resolved=EIGHT, columns={"status": "solved"})
    odd, row = clocks(ticket)
    assert odd == ["resolution_before_creation"]
    assert (row["resolution_seconds"], row["resolution_business_seconds"]) == (None, None)
    assert moves(ticket) == [("created", NINE), ("solved", NINE)]


def test_a_message_before_creation_is_kept() -> None:
    said = (Said(EIGHT), Said(TEN, "agent"))
    odd, row = clocks(Ticket(NINE, said, columns={"status": "open"}))
    assert odd == ["message_before_creation"]
    assert (row["messages_in"], row["total_reply_seconds"], row["first_reply_seconds"]) == (1, 7200, 3600)


def test_a_first_reply_before_creation_has_no_reply_time() -> None:
    odd, row = clocks(Ticket(NINE, first_reply=EIGHT, columns={"status": "open"}))
    assert odd == ["reply_before_creation"]
    assert (row["first_reply_at"], row["first_reply_seconds"]) == (EIGHT, None)


def test_a_plain_history_has_no_findings() -> None:
    assert clocks(with_status((TEN, "open", "new"), (NOON, "solved", "open"), status="solved"))[0] == []


def test_findings_are_counted_by_ticket_and_say_what_is_applied() -> None:
    first, second = FINDINGS[0], FINDINGS[1]
    assert found({0: 5, 1: 2, 3: 4}) == {first: 6, second: 4}
    assert all(one.said and one.applied for one in FINDINGS)


def test_every_finding_has_a_test_that_finds_it() -> None:
    cases = [
        with_status((EIGHT, "open", "new"), (TEN, "Escalated", "hold"), (NOON, "Escalated", "open"), status="solved"),
        with_status((NINE, "pending", "new"), (TEN, "hold", "solved")),
        Ticket(NINE, (Said(EIGHT),), first_reply=EIGHT, resolved=EIGHT, columns={"status": "solved"}),
    ]
    assert {name for case in cases for name in clocks(case)[0]} == {one.name for one in FINDINGS}

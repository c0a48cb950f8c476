"""Reported numbers from the lake: the golden ticket, and what is said where something is missing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from deskbook.clocks import Explained, make_rules
from deskbook.errors import BadValue, UnknownName
from deskbook.store import Lake
from deskbook.sync import explain_reported

from ..conftest import Fill

MINUTE = timedelta(minutes=1)
SUNDAY = datetime(2020, 9, 27, tzinfo=UTC)
A = [[720, 1560], [2160, 3000], [3600, 4440], [5040, 5880], [6480, 7320], [7920, 8760], [9360, 10200]]
B = [[2340, 2910], [3780, 4350], [5220, 5790], [6660, 7230], [8100, 8670]]
RULES = make_rules(
    zone="UTC",
    schedule_rows=[
        {"id": name, "name": name, "zone": "UTC", "since": None, "intervals": spans, "holidays": None,
         "applies_to": None if name == "A" else {"channel": ["none"]}}
        for name, spans in (("A", A), ("B", B))
    ],
)  # fmt: skip


def message(place: int, at: str, role: str, is_public: bool = True) -> dict[str, Any]:
    return {"id": f"m{place}", "ticket_id": "941606", "sent_at": at, "author_role": role, "author_id": role,
            "is_public": is_public}  # fmt: skip


GOLDEN: dict[str, list[dict[str, Any]]] = {
    "tickets": [{"id": "941606", "created_at": "2020-09-29T17:01:38Z", "status": "solved"}],
    "messages": [
        message(1, "2020-09-29T17:01:38Z", "customer"),
        message(2, "2020-09-30T19:01:25Z", "agent", is_public=False),
        message(3, "2020-09-30T19:01:46Z", "agent"),
        message(4, "2020-10-01T15:03:44Z", "agent"),
    ],
    "events": [
        {"id": "e1", "ticket_id": "941606", "occurred_at": "2020-09-30T19:01:25Z", "kind": "schedule",
         "old_value": "A", "new_value": "B"},
        {"id": "e2", "ticket_id": "941606", "occurred_at": "2020-10-01T15:03:44Z", "kind": "status",
         "old_value": "open", "new_value": "solved"},
    ],
}  # fmt: skip


def reported(seconds: int | None, ticket: str = "941606", measure: str = "first_reply_business") -> dict[str, Any]:
    return {"id": f"{ticket}-{measure}", "ticket_id": ticket, "measure": measure, "reported_seconds": seconds}


def ask(lake: Lake, ticket: str | None = None, measure: str = "first_reply_business", **given: Any) -> Explained:
    return explain_reported(lake, RULES, measure, tenant="main", zone="UTC", ticket_id=ticket, **given)


def test_the_golden_ticket_is_explained_in_one_sentence(fill: Fill, lake: Lake) -> None:
    fill(**GOLDEN)
    (found,) = ask(lake, "941606", theirs_seconds=round(690.133 * 60)).tickets
    assert (found.ours_seconds, found.difference_seconds, found.cause) == (57_608, -16_200, "schedule_rule")
    assert found.sentence == (
        "Ticket 941606: we count 960.133 min and they 690.133 min, 270 min less, because they count its whole life "
        "under the last schedule, 'B', and not under each of 'A' and 'B' while it held."
    )
    assert found.candidates[0] == "last_schedule"
    assert not found.is_ambiguous


def test_the_number_is_read_from_reported_with_or_without_its_unit(fill: Fill, lake: Lake) -> None:
    fill(**GOLDEN, reported=[reported(41_408, measure="first_reply_business_seconds")])
    for measure in ("first_reply_business", "first_reply_business_seconds"):
        assert ask(lake, "941606", measure).tickets == ask(lake, measure=measure).tickets
    assert ask(lake).sums[0].seconds == -16_200


def test_a_ticket_that_agrees_has_no_cause(fill: Fill, lake: Lake) -> None:
    fill(**GOLDEN, reported=[reported(57_608)])
    (one,), found = ask(lake, "941606").tickets, ask(lake)
    assert (one.cause, one.sentence) == ("", "Ticket 941606: both count 960.133 min.")
    assert (found.tickets, found.sums, found.sentence) == ((), (), "Both agree on every figure (1).")


def test_a_number_that_nothing_gives_is_unexplained_with_the_nearest(fill: Fill, lake: Lake) -> None:
    fill(**GOLDEN, reported=[reported(41_300)])
    (found,) = ask(lake).tickets
    assert (found.cause, found.shares[0].seconds) == ("unexplained", 41_300 - 57_608)
    assert "the nearest is 690.1" in found.sentence


def test_a_note_that_only_they_count_gives_a_number_where_we_have_none(fill: Fill, lake: Lake) -> None:
    rows = {**GOLDEN, "messages": GOLDEN["messages"][:2]}
    fill(**rows, reported=[reported(57_587)])
    (found,) = ask(lake).tickets
    assert (found.ours_seconds, found.difference_seconds, found.cause) == (None, None, "internal_comment")
    assert "we have no figure" in found.sentence and "where we see no end" in found.sentence


def test_another_tenants_numbers_are_not_read(fill: Fill, lake: Lake) -> None:
    fill(**GOLDEN)
    fill(tenant="other", **GOLDEN, reported=[reported(1)])
    with pytest.raises(BadValue, match="reported measures: none"):
        ask(lake)


def test_roles_of_today_come_from_the_agents_of_the_desk(fill: Fill, lake: Lake) -> None:
    said = [message(1, "2020-09-29T17:01:38Z", "customer"), message(2, "2020-09-29T18:01:38Z", "customer"),
            message(3, "2020-09-29T19:01:38Z", "agent")]  # fmt: skip
    said[1]["author_id"] = "trainee"
    fill(tickets=GOLDEN["tickets"], messages=said, agents=[{"id": "trainee", "name": "T."}])
    (found,) = ask(lake, "941606", "first_reply", theirs_seconds=3_600).tickets
    assert found.candidates[0] == "role_today"


def test_merged_tickets_are_read_along(fill: Fill, lake: Lake) -> None:
    merged = {"id": "7", "created_at": "2020-09-29T15:00:00Z", "status": "closed", "merged_into_id": "941606"}
    fill(**{**GOLDEN, "tickets": [*GOLDEN["tickets"], merged]}, reported=[reported(None)])
    theirs = int((datetime(2020, 9, 30, 19, 1, 46, tzinfo=UTC) - datetime(2020, 9, 29, 15, tzinfo=UTC)).total_seconds())
    (found,) = ask(lake, "941606", "first_reply", theirs_seconds=theirs).tickets
    assert found.cause == "merge"
    assert "2020-09-29 15:00:00 UTC, when ticket 7, merged into it, was created" in found.sentence


@pytest.mark.parametrize(
    ("ticket", "measure", "said"),
    [
        ("941606", "first_reply_busines", "Did you mean 'first_reply_business'"),
        ("9", "first_reply", "There is no ticket 9"),
        ("941606", "first_reply", "Give their number"),
        (None, "resolution", "reported measures: none"),
    ],
)
def test_what_is_missing_is_named_with_what_to_do(
    fill: Fill, lake: Lake, ticket: str | None, measure: str, said: str
) -> None:
    fill(**GOLDEN)
    with pytest.raises((BadValue, UnknownName), match=said):
        ask(lake, ticket, measure)


def test_a_ticket_of_several_sources_wants_one_named(fill: Fill, lake: Lake) -> None:
    fill(**GOLDEN)
    fill(source="shop", **GOLDEN)
    with pytest.raises(BadValue, match="in several sources: desk, shop"):
        ask(lake, "941606", theirs_seconds=60)
    assert ask(lake, "941606", theirs_seconds=60, source="shop").tickets[0].source == "shop"

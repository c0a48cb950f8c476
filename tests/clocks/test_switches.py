"""What counts and what is left out, by the switches in `[rules]`."""

from __future__ import annotations

from typing import Any

import pytest

from deskbook.clocks import Rules, make_rules, measure
from deskbook.errors import ConfigError, UnknownName
from tests.clocks.histories import Said, Ticket, at, batch_of, named
from tests.clocks.rulebook import SWITCHES

NINE = at("2026-03-02T09:00")
ASKED = (Said(NINE),)


def left_out(tickets: list[Ticket], **switches: str) -> list[str | None]:
    found = measure(batch_of(named(tickets)), make_rules(zone="UTC", switches=switches))
    counted = {row["ticket_id"] for row in found["moves"].to_pylist()}
    rows = found["ticket_clocks"].to_pylist()
    assert counted == {row["id"] for row in rows if row["left_out"] is None}
    return [row["left_out"] for row in rows]


def ticket(**columns: Any) -> Ticket:
    return Ticket(NINE, ASKED, columns={"status": "open"} | columns)


@pytest.mark.parametrize(
    ("switch", "reason", "columns"),
    [
        ("merged_tickets", "merged", {"merged_into_id": "9"}),
        ("spam_tickets", "spam", {"is_spam": True}),
        ("deleted_tickets", "deleted", {"status": "deleted"}),
        ("agent_created_tickets", "agent-created", {"created_by": "agent"}),
    ],
)
def test_a_switch_leaves_its_tickets_out_and_no_others(switch: str, reason: str, columns: dict[str, Any]) -> None:
    some = [ticket(), ticket(**columns), ticket(is_spam=False, created_by="customer")]
    others = dict.fromkeys(("merged_tickets", "spam_tickets", "deleted_tickets", "agent_created_tickets"), "count")
    assert left_out(some, **others | {switch: "leave out"}) == [None, reason, None]
    assert left_out(some, **others) == [None, None, None]


def test_merged_and_spam_tickets_are_left_out_unless_someone_says_otherwise() -> None:
    some = [ticket(merged_into_id="9"), ticket(is_spam=True), ticket(status="deleted"), ticket(created_by="agent")]
    assert left_out(some) == ["merged", "spam", None, None]


def test_who_wrote_first_says_who_opened_a_ticket_when_the_source_does_not() -> None:
    outbound = Ticket(NINE, (Said(NINE, "agent"), Said(at("2026-03-02T10:00"))))
    said = [outbound, ticket(), Ticket(NINE), Ticket(NINE, outbound.said, columns={"created_by": "customer"})]
    assert left_out(said, agent_created_tickets="leave out") == ["agent-created", None, None, None]


def replied(rules: Rules) -> tuple[Any, ...]:
    said = (*ASKED, Said(at("2026-03-02T09:01"), "bot"), Said(at("2026-03-02T09:05"), "agent", is_public=False))
    answered = Ticket(NINE, (*said, Said(at("2026-03-02T09:30"), "agent")))
    (row,) = measure(batch_of(named([answered])), rules)["ticket_clocks"].to_pylist()
    return row["first_reply_seconds"] // 60, row["replies"], row["messages_out"], row["notes"]


def test_bots_and_notes_answer_only_where_the_rules_say_so() -> None:
    assert replied(Rules()) == (30, 1, 1, 1)
    assert replied(Rules(bot_replies="count")) == (1, 2, 1, 1)
    assert replied(Rules(internal_replies="count")) == (5, 2, 1, 1)
    assert replied(Rules(internal_replies="count", bot_replies="count")) == (1, 3, 1, 1)


def test_an_unknown_switch_offers_the_closest_one() -> None:
    with pytest.raises(UnknownName, match=r"switch in \[rules\].*'bot_reply'.*Did you mean 'bot_replies'"):
        make_rules(zone="UTC", switches={"bot_reply": "count"})


def test_a_switch_that_is_no_choice_says_the_choices() -> None:
    with pytest.raises(ConfigError, match=r'spam_tickets is True\. Write "count" or "leave out"'):
        make_rules(zone="UTC", switches={"spam_tickets": True})


def test_every_switch_changes_the_version_of_the_rules() -> None:
    plain = Rules()
    flipped = {"count": "leave out", "leave out": "count"}
    versions = {make_rules(zone="UTC", switches={name: flipped[plain.switches[name]]}).version for name in SWITCHES}
    assert len(versions | {plain.version}) == len(SWITCHES) + 1 == 7

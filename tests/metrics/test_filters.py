from __future__ import annotations

from typing import Any

import pytest

from deskbook.errors import BadValue, UnknownName
from deskbook.metrics import both, equal_to, parse_filter


def sql(text: str) -> tuple[str, dict[str, Any]]:
    bound: dict[str, Any] = {}
    found = parse_filter(text)
    assert found
    return found.sql("tickets", bound), bound


def test_a_value_is_bound_and_never_pasted() -> None:
    written, bound = sql('team = "x\'; DROP TABLE tickets; --"')
    assert "DROP" not in written
    assert bound == {"w0": "x'; DROP TABLE tickets; --"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("channel = chat", "channel is chat"),
        ("priority in (high, urgent)", "priority is high or urgent"),
        ("team is null", "team is not set"),
        ("first_reply_minutes > 60", "first reply over 60 min"),
        ("reopens > 0", "reopens over 0"),
        ("created_at in -7d", "created in the last 7 days"),
        ("created_at in today", "created today"),
        ("resolved_at before 2026-10", "solved before 1 Oct 2026"),
        ("resolved_at until 2026-10", "solved until 31 Oct 2026"),
        ("updated_at since 'last week'", "changed since last week"),
        ("created_at not in 2026-10-01..2026-10-03", "created not in 1 Oct 2026 to 3 Oct 2026"),
        ("created_at in 2026-10-01T00:00+02:00..2026-11-01T00:00+01:00", "created in 1 Oct 2026 to 31 Oct 2026"),
        ('text contains "money back"', "text contains money back"),
        ("team not contains tier", "team does not contain tier"),
        ("channel = chat and (team = A or team = B)", "channel is chat and (team is A or team is B)"),
        ("not tag = refund", "not (tag is refund)"),
        ("custom.plan != pro", "plan is not pro"),
    ],
)
def test_a_filter_says_itself(text: str, sentence: str) -> None:
    found = parse_filter(text)
    assert found and found.sentence() == sentence


def test_an_unknown_dimension_names_the_closest() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'channel'"):
        parse_filter("chanel = chat")


@pytest.mark.parametrize("text", ["channel chat", "channel =", "= chat", "channel = chat and", "(channel = chat"])
def test_what_cannot_be_read_shows_how_to_write_it(text: str) -> None:
    with pytest.raises(BadValue, match="Write conditions such as"):
        parse_filter(text)


def test_a_number_is_wanted_where_numbers_are_compared() -> None:
    with pytest.raises(BadValue, match="compared with numbers"):
        sql("replies > many")


def test_a_grain_belongs_into_a_period() -> None:
    with pytest.raises(BadValue, match="use a period"):
        sql("day = 2026-10-01")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("text = refund", "cannot be answered, as it is a text. Use contains"),
        ("created_at contains 2026", "cannot be answered, as it is a moment. Use in"),
        ("replies contains 2", "cannot be answered, as it is a number"),
        ("tag > vip", "Tags have no order"),
        ("replies > nan", "compared with numbers"),
        ("created_at in sometime", "'sometime' is no period"),
        ("created_at since ..2026", "has no beginning"),
        ("created_at in 2026-10-01T10:00", "is a moment, not a period"),
        ('text contains " "', "wants a word"),
        ("created_at in last week", "Several words stand in quotes"),
    ],
)
def test_what_cannot_be_meant_says_why(text: str, said: str) -> None:
    with pytest.raises(BadValue, match=said):
        parse_filter(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("team is Billing", "team = Billing"),
        ("team is not Billing", "team != Billing"),
        ("team in Billing", "team in (Billing)"),
        ("created_at >= 2026-10", "created_at since 2026-10"),
        ("created_at < today", "created_at before today"),
        ("created_at = 2026-10", "created_at in 2026-10"),
        ("team NOT IN (a,b) AND NOT tag IS NULL", "team not in (a, b) and not (tag is null)"),
        ('"custom.Plan type" = "is"', '"custom.Plan type" = "is"'),
        ("team = in or team = 'don\\'t'", 'team = "in" or team = "don\'t"'),
    ],
)
def test_what_people_also_write_is_read(text: str, written: str) -> None:
    found = parse_filter(text)
    assert found and found.text() == written


def test_a_median_asked_of_a_ticket_names_the_tickets_own_measure() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'first_reply_minutes'"):
        parse_filter("first_reply_median_minutes > 60")


def test_a_filter_nested_without_end_is_refused() -> None:
    with pytest.raises(BadValue, match="nested too deeply"):
        parse_filter("not " * 5_000 + "team = A")


def test_a_choice_per_dimension_becomes_one_filter() -> None:
    found = equal_to({"team": "Billing", "channel": ["chat", "email"], "priority": "", "source": None})
    assert found and found.text() == "team = Billing and channel in (chat, email)"


def test_nothing_chosen_is_no_filter() -> None:
    assert equal_to({"team": ""}) is None
    assert both(None, None) is None

"""Policies as people write them, and what is said of those that cannot be meant."""

from __future__ import annotations

from typing import Any

import pytest

from deskbook.clocks import make_rules, parse_policies, policies_from_rows
from deskbook.clocks.policies import ANY, length_seconds
from deskbook.errors import ConfigError, UnknownName


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("45s", 45), ("30m", 1800), ("30min", 1800), ("8h", 28_800), ("1h 30m", 5400), ("1.5h", 5400), ("2D", 172_800)],
)
def test_lengths_of_time_are_read_as_people_write_them(text: str, wanted: int) -> None:
    assert length_seconds(text, "x") == wanted


@pytest.mark.parametrize("text", ["", "soon", "8", "8 hours", "-5m", "0m", "1h and a bit", 8, None])
def test_what_is_no_length_says_where_it_stood_and_how_one_looks(text: Any) -> None:
    with pytest.raises(ConfigError, match=r'first_reply of policy \'p\'.*is no length of time\. Write "45m", "8h"'):
        parse_policies([{"name": "p", "first_reply": text}])


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({}, r'wants a name, got None\. Write name = "Chat" under \[\[policies\]\]'),
        ({"name": " "}, r"wants a name, got ' '"),
        ({"name": "p"}, r"policy 'p' promises nothing\. Write a target such as first_reply"),
        ({"name": "p", "resolution": "1d", "pause": "hold"}, r"policy 'p': pause wants a table such as .*got 'hold'"),
        (
            {"name": "p", "resolution": "1d", "pause": {"resolution": 3}},
            r"policy 'p': pause of resolution wants states such as \[\"pending\"\], got 3",
        ),
        (
            {"name": "p", "agent_work": "1d", "pause": {"agent_work": ["new", "open"]}},
            r"policy 'p': pause of agent_work leaves no state .* Leave out one of new, open",
        ),
        (
            {"name": "p", "resolution": "1d", "for": {"agent": []}},
            r"policy 'p': for.agent wants a list of values, got \[\]",
        ),
        (
            {"name": "p", "resolution": "1d", "for": {"status": "open"}},
            r"cannot choose tickets by status\. Choose by sour",
        ),
    ],
)
def test_a_table_that_cannot_be_read_says_what_was_wanted(table: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        parse_policies([table])


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"first_replies": "1h"}, "key of policy 'p' 'first_replies'. Did you mean 'first_reply'"),
        ({"resolution": {"urgnt": "1h"}}, "priority in resolution of policy 'p' 'urgnt'. Did you mean 'urgent'"),
        ({"resolution": "1h", "hours": "busines"}, "hours of policy 'p' 'busines'. Did you mean 'business'"),
        ({"resolution": "1h", "pause": {"resolutions": ["hold"]}}, "target in pause of policy 'p' 'resolutions'. Did"),
        ({"resolution": "1h", "pause": {"resolution": ["pendng"]}}, "state in pause of policy 'p' 'pendng'. Did you"),
        ({"resolution": "1h", "for": {"chanel": "chat"}}, "key in for of policy 'p' 'chanel'. Did you mean 'channel'"),
    ],
)
def test_a_name_nobody_knows_offers_the_closest_one(table: dict[str, Any], message: str) -> None:
    with pytest.raises(UnknownName, match=message):
        parse_policies([{"name": "p"} | table])


def test_one_length_holds_for_every_priority_without_its_own() -> None:
    (policy,), _ = parse_policies([{"name": "p", "first_reply": "1h", "resolution": {"urgent": "4h"}}])
    assert [policy.seconds("first_reply", word) for word in ("urgent", None)] == [3600, 3600]
    assert [policy.seconds("resolution", word) for word in ("urgent", "low", None)] == [14_400, None, None]
    assert policy.seconds("next_reply", "urgent") is None


def test_one_state_may_be_paused_without_a_list() -> None:
    (policy,), _ = parse_policies([{"name": "p", "resolution": "1d", "pause": {"resolution": "hold"}}])
    assert policy.running["resolution"] == ("new", "open", "pending")


def test_a_policy_behind_one_that_fits_all_its_tickets_is_found() -> None:
    wide, narrow = {"name": "all", "resolution": "1d"}, {"name": "chat", "resolution": "1h", "for": {"channel": "chat"}}
    _, (finding,) = parse_policies([wide, narrow])
    assert (finding.name, finding.subject) == ("policy_never_used", "chat")
    assert "'all'" in finding.said
    assert parse_policies([narrow, wide])[1] == ()


def test_urgent_tickets_with_a_looser_target_are_found() -> None:
    _, (finding,) = parse_policies([{"name": "p", "first_reply": {"low": "1h", "high": "2h"}}])
    assert (finding.name, finding.said) == (
        "policy_urgent_is_slower",
        "first_reply allows high tickets 7200 s and low ones 3600 s",
    )


ROWS = [
    {"id": "1", "name": "b", "position": 2, "target": "first_reply", "priority": None, "target_seconds": 60},
    {"id": "2", "name": "a", "position": 1, "target": "resolution", "priority": "urgent", "target_seconds": 600}
    | {"hours": "business", "applies_to": '{"channel": ["chat"]}'},
    {"id": "3", "name": "a", "position": 1, "target": "resolution", "priority": "low", "target_seconds": 6000}
    | {"hours": "business", "applies_to": '{"channel": ["chat"]}'},
]


def test_policies_of_a_help_desk_come_in_its_order() -> None:
    (first, second), findings = policies_from_rows(ROWS)
    assert (first.name, first.applies_to) == ("a", {"channel": ("chat",)})
    assert first.targets == {"resolution": {"urgent": 600, "low": 6000}}
    assert (second.targets, second.hours) == ({"first_reply": {ANY: 60}}, {"first_reply": "calendar"})
    assert findings == ()


def test_rows_whose_tickets_cannot_be_read_say_how_they_look() -> None:
    with pytest.raises(ConfigError, match=r"policy 'b': applies_to wants JSON such as .*got '\{chat'"):
        policies_from_rows([ROWS[0] | {"applies_to": "{chat"}])


def test_what_deskbook_toml_says_comes_before_the_help_desk() -> None:
    rules = make_rules(zone="UTC", policies=[{"name": "own", "resolution": "1d"}], policy_rows=ROWS)
    assert [one.name for one in rules.policies] == ["own", "a", "b"]
    assert {(one.name, one.subject) for one in rules.findings} >= {("policy_never_used", "a")}


def test_a_schedule_cannot_be_for_tickets_of_a_status() -> None:
    table = {"name": "s", "hours": {"mon": "09:00-17:00"}, "for": {"status": "open"}}
    with pytest.raises(ConfigError, match=r"for of schedule 's' cannot choose tickets by status"):
        make_rules(zone="UTC", schedules=[table])

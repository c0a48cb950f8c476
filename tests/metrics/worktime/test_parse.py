"""Reading schedules: what is meant is understood, what cannot stand is found, what cannot be meant is refused."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest

from deskbook.errors import BadValue, ConfigError, UnknownName
from deskbook.metrics.worktime import Finding, Parsed, parse_schedules, schedules_from_rows, together

MONDAY = 1440


def read(*tables: dict[str, Any]) -> Parsed:
    return parse_schedules([{"name": "office", **table} for table in tables], zone="Europe/Berlin")


def rows(**changes: Any) -> Parsed:
    row = {"id": 7, "name": "Office", "zone": "UTC", "intervals": "[[1980, 2460]]", **changes}
    return schedules_from_rows([row], zone="Europe/Berlin")


def only(parsed: Parsed) -> Finding:
    (finding,) = parsed.findings
    return finding


def test_a_whole_table_of_deskbook_toml() -> None:
    text = """
        [[schedules]]
        name = "office"
        hours = {mon = "09:00-12:30 13:30-18:00", "wed-thu" = "9:00-17:00", "sat,sun" = "22:00-24:00"}
        holidays = ["DE-BE", "fr"]
        closed = ["2026-12-24", 2026-12-31]
        open = {"2026-12-05" = "10:00-14:00"}
        for = {channel = ["chat"], team = "Billing", "custom.plan" = ["gold"]}
        [[schedules.versions]]
        since = 2026-07-01
        zone = "Europe/Paris"
    """
    parsed = parse_schedules(tomllib.loads(text)["schedules"], zone="Europe/Berlin")
    (office,) = parsed.schedules
    first, second = office.versions
    assert first.week[:2] == ((1320, 1440), (MONDAY + 540, MONDAY + 750)) and len(first.week) == 6
    assert first.holidays == ("DE-BE", "FR") and first.closed[1] == (date(2026, 12, 31),) * 2
    assert first.opened == ((date(2026, 12, 5), ((600, 840),)),)
    assert (first.zone, second.zone, second.week, second.since) == (
        "Europe/Berlin",
        "Europe/Paris",
        first.week,
        date(2026, 7, 1),
    )
    assert office.applies_to == {"channel": ("chat",), "team": ("Billing",), "custom.plan": ("gold",)}
    assert parsed.findings == () and not office.is_default


def test_versions_build_on_each_other_in_the_order_of_their_days() -> None:
    later = [{"since": "2026-08-01", "zone": "UTC"}, {"since": "2026-07-01", "hours": {"mon": "10:00-11:00"}}]
    versions = read({"hours": {"mon": "09:00-10:00"}, "versions": later}).schedules[0].versions
    assert [(one.zone, one.week[0][0] - MONDAY) for one in versions] == [
        ("Europe/Berlin", 540),
        ("Europe/Berlin", 600),
        ("UTC", 600),
    ]


HOURS = {"hours": {"mon": "09:00-17:00"}}


@pytest.mark.parametrize(
    ("table", "name", "said", "applied"),
    [
        ({"hours": {"mon": "09:00-12:00 11:00-13:00"}}, "overlap", "mon 09:00-12:00 and mon 11:00-13:00", "joined"),
        ({"hours": {"mon": "22:00-06:00", "tue": "05:00-07:00"}}, "overlap", "mon 22:00-06:00 and tue", "joined"),
        ({**HOURS, "open": {"2026-12-05": "10:00-12:00 11:00-13:00"}}, "overlap", "2026-12-05 10:00", "joined"),
        ({}, "empty", "no hours at all", "unknown"),
        ({**HOURS, "zone": "Europe/Berln"}, "zone_unknown", "(closest: 'Europe/Berlin')", "Europe/Berlin is used"),
        ({**HOURS, "zone": "Europe"}, "zone_unknown", "'Europe' is no IANA", "Europe/Berlin is used"),
        ({**HOURS, "holidays": "XX"}, "country_unknown", "'XX'", "no holidays"),
        ({**HOURS, "holidays": "DE-ZZ"}, "region_unknown", "no region 'ZZ' (known: BB, BE", "all of DE"),
        ({**HOURS, "closed": ["2026-12-31..2026-12-24"]}, "days_reversed", "2026-12-31 to", "other way round"),
        ({**HOURS, "versions": [{"since": "2026-07-01"}] * 2}, "version_repeated", "2026-07-01", "later one"),
    ],
)
def test_what_cannot_stand_is_found_and_a_rule_applied(
    table: dict[str, Any], name: str, said: str, applied: str
) -> None:
    found = only(read(table))
    assert (found.name, found.subject) == (f"schedule_{name}", "office")
    assert said in found.said and applied in found.applied


def test_the_rules_are_applied() -> None:
    assert read({"hours": {"mon": "09:00-12:00 11:00-13:00"}}).schedules[0].versions[0].week == ((1980, 2220),)
    assert read({**HOURS, "zone": "Mars/Olympus"}).schedules[0].versions[0].zone == "Europe/Berlin"
    assert read({**HOURS, "holidays": ["XX", "DE-ZZ"]}).schedules[0].versions[0].holidays == ("DE",)


def test_spans_that_touch_are_one_without_a_finding() -> None:
    parsed = read({"hours": {"sat": "22:00-24:00", "sun": "00:00-06:00 06:00-07:00"}})
    assert parsed.findings == () and parsed.schedules[0].versions[0].week == ((0, 420), (9960, 10080))


def test_two_schedules_of_one_name_are_told_apart_and_one_default_remains() -> None:
    parsed = read(HOURS, HOURS, {**HOURS, "for": {"team": "Billing"}})
    assert [(one.name, one.is_default) for one in parsed.schedules] == [
        ("office", True),
        ("office 2", False),
        ("office 3", False),
    ]
    names = [one.name for one in parsed.findings]
    assert names == ["schedule_duplicate_name", "schedule_two_defaults", "schedule_duplicate_name"]
    assert "refers to it" in parsed.findings[1].applied


def test_schedules_of_two_origins_become_one_set() -> None:
    both = together(read(HOURS), rows(name="office"))
    assert [(one.name, one.id, one.is_default) for one in both.schedules] == [
        ("office", "office", True),
        ("office 2", "7", False),
    ]
    assert together(both) == both


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"hourss": {}}, "Did you mean 'hours'"),
        ({"hours": {"mom": "09:00-17:00"}}, "Did you mean 'mon'"),
        ({"hours": {"mon": "9-17"}}, "'9-17' is no span of clock times"),
        ({"hours": {"mon": "09:00-24:30"}}, "is no span"),
        ({"hours": {"mon": "24:00-25:00"}}, "is no span"),
        ({"hours": {"mon": "09:60-17:00"}}, "is no span"),
        ({"hours": {"mon": "09:00-09:00"}}, "Write 00:00-24:00"),
        ({"hours": {"mon": 9}}, "want text"),
        ({"hours": "09:00-17:00"}, "hours wants a table"),
        ({"hours": {"mon-fri": "09:00-17:00", "fri": "09:00-12:00"}}, "name fri twice, in 'mon-fri' and in 'fri'"),
        ({"closed": ["Christmas"]}, "'Christmas' is no date"),
        ({"closed": 3}, "closed wants text or a list"),
        ({"open": ["2026-12-05"]}, "open wants a table"),
        ({"for": {"chanel": ["chat"]}}, "Did you mean 'channel'"),
        ({"for": {"channel": []}}, "wants a list of values"),
        ({"for": "chat"}, "for wants a table"),
        ({"versions": [{"hours": {}}]}, "a version wants since"),
        ({"versions": [{"since": "2026-07-01", "for": {}}]}, "Unknown key of a version"),
        ({"versions": {"since": "2026-07-01"}}, r"versions wants \[\[schedules.versions\]\]"),
        ({"name": ""}, "A schedule wants a name"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_fix(table: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        read(table)


def test_rows_of_a_help_desk_are_versions_grouped_by_name() -> None:
    day = '[["2026-12-24", "2026-12-26"]]'
    one = {"id": 7, "name": "Office", "zone": "UTC", "intervals": "[[1980, 2460]]", "holidays": day, "applies_to": None}
    two = {
        **one,
        "id": 8,
        "since": "2026-07-01",
        "intervals": [[540, 600]],
        "applies_to": '{"channel": ["chat"]}',
    }
    parsed = schedules_from_rows([two, one], zone="UTC")
    (office,) = parsed.schedules
    assert (office.id, office.name, office.applies_to) == ("8", "Office", {"channel": ("chat",)})
    assert [version.week for version in office.versions] == [((1980, 2460),), ((540, 600),)]
    assert office.versions[0].closed == ((date(2026, 12, 24), date(2026, 12, 26)),) and parsed.findings == ()


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"intervals": "[[600, 300], [600, 700]]"}, "schedule_span_reversed"),
        ({"intervals": "[[10080, 10100], [600, 700]]"}, "schedule_span_outside_week"),
        ({"intervals": "[[600, 700], [650, 800]]"}, "schedule_overlap"),
        ({"intervals": None}, "schedule_empty"),
        ({"zone": "Eastern Time"}, "schedule_zone_unknown"),
        ({"holidays": '[["2026-12-26", "2026-12-24"]]'}, "schedule_days_reversed"),
    ],
)
def test_bad_rows_are_found(changes: dict[str, Any], name: str) -> None:
    assert only(rows(**changes)).name == name


def test_a_span_past_the_weeks_end_goes_on_at_its_beginning() -> None:
    assert rows(intervals="[[9960, 10440]]").schedules[0].versions[0].week == ((0, 360), (9960, 10080))


@pytest.mark.parametrize("bad", ["[[600", "{}", "[[600]]", '[["09:00", "17:00"]]'])
def test_a_row_in_another_form_is_refused(bad: str) -> None:
    with pytest.raises(BadValue, match=r"Schedule 7.*intervals wants"):
        rows(intervals=bad)


def test_a_row_that_claims_by_no_dimension_is_refused() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'channel'"):
        rows(applies_to='{"chanel": ["chat"]}')

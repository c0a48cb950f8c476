from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbook.errors import BadValue, UnknownName
from deskbook.metrics import Condition, Filter, filled, gaps, parse_filter


def asked(text: str) -> Filter:
    found = parse_filter(text)
    assert found
    return found


def test_gaps_are_named_in_the_order_they_are_written() -> None:
    one = asked("waiting_hours > {hours} and not (team = {team} or created_at in {when}) and agent != {team}")
    assert gaps(one) == {"hours": "waiting_hours", "team": "team", "when": "created_at"}
    assert gaps(asked("team = Billing")) == gaps(None) == {}


@given(st.text(min_size=1))
def test_whatever_fills_a_gap_is_only_a_value(value: str) -> None:
    made = filled(asked("team = {team}"), {"team": value})
    assert made == Condition("team", "=", (value,))
    assert parse_filter(made.text()) == made


def test_a_list_takes_several_values() -> None:
    assert filled(asked("team in ({teams}, C)"), {"teams": ["A", "B"]}).text() == "team in (A, B, C)"
    with pytest.raises(BadValue, match="takes one value, got A, B"):
        filled(asked("team = {team}"), {"team": ["A", "B"]})


def test_a_gap_left_open_or_unknown_is_said() -> None:
    with pytest.raises(BadValue, match=r"asks for hours. Write such as \(hours=…\)"):
        filled(asked("team = {team} and age_hours > {hours}"), {"team": "A"})
    with pytest.raises(UnknownName, match="Did you mean 'team'"):
        filled(asked("team = {team}"), {"teem": "A"})


@pytest.mark.parametrize(("gap", "value"), [("age_hours > {x}", "many"), ("created_at in {x}", "sometime")])
def test_a_value_that_cannot_be_one_of_its_field_is_refused(gap: str, value: str) -> None:
    with pytest.raises(BadValue):
        filled(asked(gap), {"x": value})

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbook.errors import BadValue, UnknownName
from deskbook.metrics import Condition, Filter, both, equal_to, parse_filter
from deskbook.metrics.filters import Joined, Negated


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
        ("first_reply_minutes > 60", "first reply over 60"),
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


def test_a_time_belongs_into_a_period() -> None:
    with pytest.raises(BadValue, match="use a period"):
        sql("day = 2026-10-01")


def test_a_choice_per_dimension_becomes_one_filter() -> None:
    found = equal_to({"team": "Billing", "channel": ["chat", "email"], "priority": "", "source": None})
    assert found and found.text() == "team = Billing and channel in (chat, email)"


def test_nothing_chosen_is_no_filter() -> None:
    assert equal_to({"team": ""}) is None
    assert both(None, None) is None


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
CONDITIONS = st.one_of(
    st.builds(
        Condition,
        st.sampled_from(["team", "channel", "custom.plan"]),
        st.sampled_from(["=", "!=", "contains"]),
        st.tuples(WORDS),
    ),
    st.builds(Condition, st.just("team"), st.sampled_from(["in", "not in"]), st.lists(WORDS, min_size=1).map(tuple)),
    st.builds(Condition, st.just("agent"), st.sampled_from(["null", "not null"]), st.just(())),
)
FILTERS: st.SearchStrategy[Filter] = st.recursive(
    CONDITIONS,
    lambda inner: st.one_of(
        st.builds(Negated, inner),
        st.builds(Joined, st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)


@given(FILTERS)
def test_a_filter_written_as_text_means_the_same(one: Filter) -> None:
    again = parse_filter(one.text())
    first: dict[str, Any] = {}
    second: dict[str, Any] = {}
    assert again and again.sql("tickets", second) == one.sql("tickets", first)
    assert first == second

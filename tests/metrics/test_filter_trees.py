from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from deskbook.errors import BadValue, DeskbookError
from deskbook.metrics import Filter, as_tree, from_tree, parse_filter

from .test_filter_meaning import FILTERS


@given(FILTERS)
def test_a_filter_goes_through_its_tree_and_back_unharmed(one: Filter) -> None:
    assert from_tree(json.loads(json.dumps(as_tree(one)))) == one


@pytest.mark.parametrize("text", ["team = A", "not team = A", "not (not team = A)", "not (team = A or tag = b)", ""])
def test_the_root_of_a_tree_is_a_group(text: str) -> None:
    tree = as_tree(parse_filter(text))
    assert tree["parts"] or not text
    assert from_tree(tree) == parse_filter(text)


def test_an_empty_group_is_no_condition() -> None:
    empty = {"word": "or", "not": True, "parts": []}
    condition = {"field": "team", "op": "=", "values": ["A"], "not": False}
    found = from_tree({"word": "and", "not": False, "parts": [empty, condition]})
    assert found == parse_filter("team = A")


DEEP: Any = {"word": "and", "not": False, "parts": []}
for _ in range(50):
    DEEP = {"word": "and", "not": False, "parts": [DEEP]}


@pytest.mark.parametrize(
    ("node", "said"),
    [
        ({"field": "", "op": "=", "values": []}, "Choose a field"),
        ({"field": "team", "op": "=", "values": []}, "Choose a value for Team"),
        ({"field": "team", "op": "=", "values": ["A", "B"]}, "Choose a value for Team"),
        ({"field": "reopens", "op": ">", "values": ["many"]}, "compared with numbers"),
        ({"field": "team", "op": "; DROP", "values": ["A"]}, "cannot be answered"),
        ({"field": "nothing", "op": "=", "values": ["A"]}, "Unknown dimension"),
        ({"field": ["team"], "op": "=", "values": "A"}, "a field, an operator and a list"),
        ({"word": "xor", "parts": []}, "by and or or"),
        (None, "groups and conditions"),
        ("team = A", "groups and conditions"),
        (DEEP, "at most 20 deep"),
    ],
)
def test_what_is_no_filter_says_what_is_missing(node: Any, said: str) -> None:
    with pytest.raises(DeskbookError, match=said):
        from_tree({"word": "and", "not": False, "parts": [node]})


def test_a_tree_is_a_group() -> None:
    with pytest.raises(BadValue, match="groups and conditions"):
        from_tree([])

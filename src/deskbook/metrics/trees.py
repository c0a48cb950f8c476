"""A filter as a tree of plain values, for whoever builds one by hand: a panel on a page, a program over an API.

A group is `{"word": "and", "not": False, "parts": […]}`, a condition `{"field": "team", "op": "=", "values": ["A"],
"not": False}`. The root is a group. Nothing is lost either way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from deskbook.errors import BadValue
from deskbook.metrics.conditions import LISTS, UNARY, Condition
from deskbook.metrics.dimensions import dimension
from deskbook.metrics.filters import Filter, Joined, Negated

Tree = dict[str, Any]
DEEPEST: Final = 20
"""Groups inside each other that are read."""


def as_tree(one: Filter | None) -> Tree:
    """The filter as a tree; an empty group for none."""
    if one is None:
        return _group("and", [])
    node = _node(one)
    return node if "parts" in node else _group("and", [node])


def _node(one: Filter) -> Tree:
    if isinstance(one, Condition):
        return {"field": one.field, "op": one.op, "values": list(one.values), "not": False}
    if isinstance(one, Joined):
        return _group(one.word, [_node(part) for part in one.parts])
    if isinstance(one.part, Negated):
        return _group("and", [_node(one.part)]) | {"not": True}
    return _node(one.part) | {"not": True}


def _group(word: str, parts: list[Tree]) -> Tree:
    return {"word": word, "not": False, "parts": parts}


def from_tree(tree: Any) -> Filter | None:
    """The filter a tree describes; None when no group holds a condition.

    Raises:
        BadValue: it is no such tree, or a condition is not complete; says what is missing.
        UnknownName: it names a dimension that does not exist.
    """
    return _read(tree, 0)


def _read(node: Any, depth: int) -> Filter | None:
    if not isinstance(node, Mapping) or depth > DEEPEST:
        raise BadValue(f"A filter's tree is made of groups and conditions, at most {DEEPEST} deep.")
    made = _joined(node, depth) if "parts" in node else _condition(node)
    return Negated(made) if node.get("not") and made is not None else made


def _joined(node: Mapping[str, Any], depth: int) -> Filter | None:
    word, parts = node.get("word"), node["parts"]
    if word not in ("and", "or") or not isinstance(parts, list):
        raise BadValue(f"A group joins a list of parts by and or or, got {word!r}.")
    read = tuple(part for part in (_read(one, depth + 1) for one in parts) if part is not None)
    return Joined(str(word), read) if len(read) > 1 else next(iter(read), None)


def _condition(node: Mapping[str, Any]) -> Condition:
    field, op, values = node.get("field"), node.get("op"), node.get("values")
    if not isinstance(field, str) or not isinstance(op, str) or not isinstance(values, list):
        raise BadValue("A condition has a field, an operator and a list of values.")
    if not field:
        raise BadValue("Choose a field.")
    label = dimension(field).label
    given = tuple(str(value) for value in values)
    if op in UNARY:
        given = ()
    elif not given or (op not in LISTS and len(given) != 1):
        raise BadValue(f"Choose a value for {label}.")
    made = Condition(field, op, given)
    made.check()
    return made

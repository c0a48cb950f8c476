"""What a mapping says, read and checked: for each standard column, where its values come from."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from deskbook.errors import ConfigError, UnknownName
from deskbook.schema import Column, Table, TimeForm, standard_table
from deskbook.schema.tables import TICKETS
from deskbook.sources.contract import Entry

KEYS = ("field", "value", "values", "format", "zone", "from")
FROM = ("first", "last")
# What stands beside the columns in a table's mapping.
WORDS = ("rows", "history", "changes", "resource")
# Where a kind of change has standard words, they are those of this column of tickets.
WORDED = {"status": TICKETS["status"], "priority": TICKETS["priority"]}
# What a table of changes has of itself.
GIVEN = ("id", "kind", "old_value", "new_value")
ORDER = Column("history", "string", "Where a row stands among the states of its ticket.", required=True)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Rule:
    """One column's source.

    Attributes:
        place: what messages call it: entry, table and column.
        field: a field's name, or a JMESPath expression.
        value: a constant in its stead.
        values: the source's words -> standard words.
        form: how the source writes a time.
        is_first: in a history, whether it is taken from the first row of an id, not the last; of a
            change, whether the first row counts as one.
    """

    column: Column
    place: str
    field: str | None = None
    value: Any = None
    values: Mapping[Any, Any] = dataclasses.field(default_factory=dict)
    form: TimeForm | None = None
    is_first: bool = False


@dataclasses.dataclass(frozen=True)
class TableRules:
    """One standard table made from a page.

    Attributes:
        custom: name of a custom field -> its rule.
        rows: JMESPath from a document to this table's items; "@" is the document itself.
        history: fields that say in which order the rows were true, if they are states of one thing
            after another; then one row an id is made, from its last state.
        changes: kind of event -> the field whose changes from state to state are the rows.
    """

    table: Table
    rules: tuple[Rule, ...]
    custom: Mapping[str, Rule]
    rows: str = "@"
    history: tuple[Rule, ...] = ()
    changes: Mapping[str, Rule] = dataclasses.field(default_factory=dict)


def has_history(entry: Entry) -> bool:
    """Whether rows of the entry are compared with others, so that it must be read as a whole."""
    tables = entry.mapping.get("tables", {"": entry.mapping})
    return isinstance(tables, Mapping) and any(isinstance(one, Mapping) and "history" in one for one in tables.values())


def table_rules(entry: Entry) -> list[TableRules]:
    """The rules of every table that an entry feeds.

    Raises:
        ConfigError: no mapping, no table, or a part of the mapping has the wrong form.
        UnknownName: a standard table or column that does not exist.
    """
    if not entry.mapping:
        raise ConfigError(f"Entry '{entry.name}' has no mapping. Propose one with: deskbook map {entry.name}")
    if "tables" not in entry.mapping:
        if not entry.table:
            raise ConfigError(f"Entry '{entry.name}' names no table:. Write one, or: deskbook map {entry.name}")
        return [_one_table(entry, entry.table, entry.mapping)]
    tables = entry.mapping["tables"]
    if not isinstance(tables, Mapping) or not all(isinstance(one, Mapping) for one in tables.values()):
        raise ConfigError(f"Entry '{entry.name}': mapping tables: wants a mapping for each table's name.")
    return [_one_table(entry, name, one) for name, one in tables.items()]


def _one_table(entry: Entry, name: str, mapping: Mapping[str, Any]) -> TableRules:
    table = standard_table(name)
    rules, custom = [], {}
    for column, spec in mapping.items():
        place = f"Entry '{entry.name}' maps {name}.{column}"
        if column in WORDS:
            continue
        if column == "custom" and isinstance(spec, Mapping) and not set(spec) <= set(KEYS):
            custom = {str(key): _rule(table["custom"], one, f"{place}.{key}") for key, one in spec.items()}
        else:
            rules.append(_rule(table[column], spec, place))
    rows = mapping.get("rows", "@")
    if not isinstance(rows, str):
        raise ConfigError(f"Entry '{entry.name}': rows: of {name} wants a JMESPath expression, got {rows!r}.")
    place = f"Entry '{entry.name}' maps {name}"
    found = TableRules(table, tuple(rules), custom, rows, _history(mapping, place), _changes(table, mapping, place))
    _check_history(found, place)
    return found


def _history(mapping: Mapping[str, Any], place: str) -> tuple[Rule, ...]:
    """The order of the states: one field or several, the later ones for ties."""
    spec = mapping.get("history", [])
    rules = [_rule(ORDER, one, f"{place}.history") for one in (spec if isinstance(spec, list) else [spec])]
    if "history" in mapping and not (rules and all(rule.field and not rule.values for rule in rules)):
        raise ConfigError(f"{place}.history to {spec!r}. Wanted the field that says which row came first, or several.")
    return tuple(rules)


def _changes(table: Table, mapping: Mapping[str, Any], place: str) -> dict[str, Rule]:
    spec = mapping.get("changes", {})
    if not isinstance(spec, Mapping) or ("changes" in mapping and not spec):
        raise ConfigError(f"{place}.changes to {spec!r}. Wanted pairs of kind: field, such as status: state.")
    if spec and table.name != "events":
        raise ConfigError(f"{place}.changes, which makes events. Write it under events:.")
    if not spec:
        return {}
    kinds, value = table["kind"].one_of, table["new_value"]
    for kind in spec:
        if kind not in kinds:
            raise UnknownName(f"kind of change where {place[0].lower()}{place[1:]}.changes", str(kind), kinds)
    return {str(kind): _rule(WORDED.get(kind, value), one, f"{place}.changes.{kind}") for kind, one in spec.items()}


def _check_history(rules: TableRules, place: str) -> None:
    """Whether what only a history can say stands in a history."""
    names = [rule.column.name for rule in rules.rules]
    if rules.changes and not rules.history:
        raise ConfigError(f"{place}.changes without history:. Write the field that says which row came first.")
    for name in GIVEN if rules.changes else ():
        if name in names:
            raise ConfigError(f"{place}.{name}, which changes: gives of itself. Take it out.")
    for name in ("ticket_id", "occurred_at") if rules.changes else ():
        if name not in names:
            raise ConfigError(f"{place}.changes without {name}:. Write the field that holds it.")
    for rule in (*rules.rules, *rules.custom.values(), *rules.history):
        kept = rules.history and not rules.changes and rule.column.name not in ("id", "custom", ORDER.name)
        if rule.is_first and not kept:
            raise ConfigError(f"{rule.place} from: first, which is for a column of a table with history: alone.")


def _rule(column: Column, spec: object, place: str) -> Rule:
    if isinstance(spec, str) and spec:
        return Rule(column=column, place=place, field=spec)
    if not isinstance(spec, Mapping):
        raise ConfigError(f"{place} to {spec!r}. Wanted a field, a JMESPath expression or {{field: …}}.")
    for key in spec:
        if key not in KEYS:
            raise UnknownName(f"key where {place[0].lower()}{place[1:]}", str(key), KEYS)
    if ("field" in spec) == ("value" in spec):
        raise ConfigError(f"{place} wrongly: wanted either field: or value:.")
    if not isinstance(spec.get("values", {}), Mapping):
        raise ConfigError(f"{place}: values: wants pairs of source word: standard word.")
    if spec.get("from", "last") not in FROM:
        raise UnknownName(f"from: where {place[0].lower()}{place[1:]}", str(spec["from"]), FROM)
    return Rule(
        column=column,
        place=place,
        field=None if "value" in spec else str(spec["field"]),
        value=spec.get("value"),
        values=spec.get("values", {}),
        form=_form(spec, place),
        is_first=spec.get("from") == "first",
    )


def _form(spec: Mapping[str, Any], place: str) -> TimeForm | None:
    if "format" not in spec and "zone" not in spec:
        return None
    zone = str(spec.get("zone", "UTC"))
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError) as error:  # ZoneInfoNotFoundError is a KeyError
        raise ConfigError(f"{place}: zone: '{zone}' is no IANA time zone. Write one such as Europe/Berlin.") from error
    return TimeForm(format=spec.get("format"), zone=zone)

"""What a mapping says, read and checked: for each standard column, where its values come from."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from deskbook.errors import ConfigError, UnknownName
from deskbook.schema import Column, Table, TimeForm, standard_table
from deskbook.sources.contract import Entry

KEYS = ("field", "value", "values", "format", "zone")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Rule:
    """One column's source.

    Attributes:
        place: what messages call it: entry, table and column.
        field: a field's name, or a JMESPath expression.
        value: a constant in its stead.
        values: the source's words -> standard words.
        form: how the source writes a time.
    """

    column: Column
    place: str
    field: str | None = None
    value: Any = None
    values: Mapping[Any, Any] = dataclasses.field(default_factory=dict)
    form: TimeForm | None = None


@dataclasses.dataclass(frozen=True)
class TableRules:
    """One standard table made from a page.

    Attributes:
        rows: JMESPath from a document to this table's items; "@" is the document itself.
        custom: name of a custom field -> its rule.
    """

    table: Table
    rules: tuple[Rule, ...]
    custom: Mapping[str, Rule]
    rows: str = "@"


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
        if column == "rows":
            continue
        if column == "custom" and isinstance(spec, Mapping) and not set(spec) <= set(KEYS):
            custom = {str(key): _rule(table["custom"], one, f"{place}.{key}") for key, one in spec.items()}
        else:
            rules.append(_rule(table[column], spec, place))
    rows = mapping.get("rows", "@")
    if not isinstance(rows, str):
        raise ConfigError(f"Entry '{entry.name}': rows: of {name} wants a JMESPath expression, got {rows!r}.")
    return TableRules(table, tuple(rules), custom, rows)


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
    return Rule(
        column=column,
        place=place,
        field=None if "value" in spec else str(spec["field"]),
        value=spec.get("value"),
        values=spec.get("values", {}),
        form=_form(spec, place),
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

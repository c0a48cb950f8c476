"""Columns of a file against what the entry maps: a header that changed is told before its rows are taken for others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches

import pyarrow as pa

from deskbook.errors import Unreadable
from deskbook.sources.contract import Entry
from deskbook.sources.expressions import looks_like_expression
from deskbook.sources.rules import table_rules

NAMES_SHOWN = 30
NAME_SHOWN = 60


def mapped_fields(entry: Entry) -> dict[str, str]:
    """Field -> the place of the mapping that names it; without expressions, whose parts are not known."""
    found: dict[str, str] = {}
    for table in table_rules(entry):
        if table.rows != "@":  # its fields are those of what stands inside a row
            continue
        changes = table.changes.values()
        for rule in (*table.rules, *table.custom.values(), *table.history, *changes):
            if rule.field:
                found.setdefault(rule.field, rule.place)
    return found


def check_columns(entry: Entry, names: Sequence[str], origin: str, line: Callable[[], int]) -> None:
    """Whether a file of columns has every field the entry maps.

    Args:
        names: of its columns.
        line: of its header, asked for only where it is to be told; 0 if it has none.

    Raises:
        Unreadable: a mapped field is not there; the closest of the columns nobody maps is offered.
    """
    fields = mapped_fields(entry)
    gone = [name for name in fields if name not in names and not looks_like_expression(name)]
    if not gone:
        return
    new = [name for name in names if name not in fields]
    at = line()
    where = f"{origin} (header on line {at})" if at else origin
    told = []
    for name in gone:
        close = get_close_matches(name, new, n=1, cutoff=0.5) or get_close_matches(name, names, n=1, cutoff=0.5)
        hint = f"Did you mean '{close[0][:NAME_SHOWN]}'?" if close else ""
        told.append(f"{fields[name]} to '{name}', a field that {where} lacks. {hint}".strip())
    listed = ", ".join(name[:NAME_SHOWN] for name in new[:NAMES_SHOWN])
    raise Unreadable(f"{' '.join(told)} Columns there that nothing maps: {listed or 'none'}.")


def kinds_of(rows: pa.Table, before: Mapping[str, str] | Sequence[str] = ()) -> dict[str, str]:
    """Name and kind of each column of a file, as a cursor keeps them.

    Args:
        before: those of the file before it, whose kind a column keeps in which this one has no value.
    """
    kinds = before if isinstance(before, Mapping) else {}
    return {column.name: _kind(column.type) or kinds.get(column.name, "") for column in rows.schema}


def _kind(type: pa.DataType) -> str:
    if pa.types.is_null(type):
        return ""
    if pa.types.is_integer(type) or pa.types.is_floating(type) or pa.types.is_decimal(type):
        return "number"
    if pa.types.is_timestamp(type) or pa.types.is_date(type):
        return "time"
    if pa.types.is_boolean(type):
        return "true or false"
    return "list or object" if pa.types.is_nested(type) else "text"


def changes(before: Mapping[str, str] | Sequence[str], now: Mapping[str, str], origin: str) -> tuple[str, ...]:
    """What is to be said of a file whose columns are not those of the one read before it, though every mapped one is.

    Args:
        before: the columns of the file before it, with their kinds where those are known; empty if it is the first.
    """
    kinds = before if isinstance(before, Mapping) else {}
    new = [name[:NAME_SHOWN] for name in now if name not in before]
    gone = [name[:NAME_SHOWN] for name in before if name not in now]
    other = [
        f"{name[:NAME_SHOWN]} ({kinds[name]} before, {kind} now)"
        for name, kind in now.items()
        if kind and kinds.get(name) and kinds[name] != kind
    ]
    said = []
    if before and (new or gone):
        told = f"new {', '.join(new[:NAMES_SHOWN]) or 'none'}; gone {', '.join(gone[:NAMES_SHOWN]) or 'none'}"
        said.append(f"{origin} has other columns than the file before it: {told}")
    if other:
        said.append(
            f"{origin} has columns of another kind than the file before it: {', '.join(other[:NAMES_SHOWN])}; values "
            "are taken where they fit, and rows where they do not are set aside"
        )
    return tuple(said)

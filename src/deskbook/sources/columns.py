"""Columns of a file against what the entry maps: a header that changed is told before its rows are taken for others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from difflib import get_close_matches

from deskbook.errors import Unreadable
from deskbook.sources.contract import Entry
from deskbook.sources.expressions import looks_like_expression
from deskbook.sources.rules import table_rules

log = logging.getLogger(__name__)

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


def say_changes(entry: Entry, before: Sequence[str], names: Sequence[str], origin: str) -> None:
    """Log that a file has other columns than the one read before it, though every mapped one is there.

    Args:
        before: the columns of the file before it; empty if it is the first.
    """
    new = [name[:NAME_SHOWN] for name in names if name not in before]
    gone = [name[:NAME_SHOWN] for name in before if name not in names]
    if before and (new or gone):
        told = f"new {', '.join(new[:NAMES_SHOWN]) or 'none'}; gone {', '.join(gone[:NAMES_SHOWN]) or 'none'}"
        log.warning("entry=%s %s has other columns than the file before it: %s", entry.name, origin, told)

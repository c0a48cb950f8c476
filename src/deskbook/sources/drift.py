"""A table's columns against those it had when it was last read: what is new, gone or of another type is said."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches

from deskbook.errors import Unreadable
from deskbook.sources.bulk import Field
from deskbook.sources.contract import Entry
from deskbook.sources.expressions import looks_like_expression
from deskbook.sources.rules import table_rules


def columns_of(fields: Sequence[Field]) -> dict[str, str]:
    """Name and kind of each column, as a cursor keeps them."""
    return {field.name: field.kind for field in fields}


def mapped(entry: Entry) -> set[str]:
    """The columns that an entry's mapping reads by name."""
    if not entry.mapping:
        return set()
    rules = [rule for table in table_rules(entry) for rule in (*table.rules, *table.custom.values(), *table.history)]
    return {rule.field for rule in rules if rule.field is not None and not looks_like_expression(rule.field)}


def changes(entry: Entry, before: Mapping[str, str], fields: Sequence[Field], origin: str) -> tuple[str, ...]:
    """What is to be said of the columns since they were last seen; nothing the first time.

    Raises:
        Unreadable: a column that the mapping reads is gone; names it and the closest of the new ones.
    """
    now = columns_of(fields)
    if not before:
        return ()
    new = [name for name in now if name not in before]
    gone = [name for name in before if name not in now]
    _check_gone(entry, gone, new, now, origin)
    said = [f"{origin} has the new column '{name}' ({now[name]}); map it if it is wanted" for name in new]
    said += [f"{origin} has no column '{name}' any more; nothing was made of it" for name in gone]
    said += [
        f"{origin}: column '{name}' is {now[name]} now and was {before[name]}; its values are taken where they fit, "
        "and rows where they do not are set aside"
        for name in now
        if name in before and now[name] != before[name]
    ]
    return tuple(said)


def _check_gone(entry: Entry, gone: Collection[str], new: Sequence[str], now: Collection[str], origin: str) -> None:
    wanted = mapped(entry)
    for name in gone:
        if name not in wanted:
            continue
        close = get_close_matches(name, new, n=1, cutoff=0.3) or get_close_matches(name, now, n=1, cutoff=0.5)
        hint = f"Is it '{close[0]}' now?" if close else f"New columns: {', '.join(new) or 'none'}."
        raise Unreadable(
            f"Entry '{entry.name}' maps column '{name}', which {origin} had when it was last read and has no more. "
            f"{hint} Change the mapping; nothing was read, and nothing is lost."
        )

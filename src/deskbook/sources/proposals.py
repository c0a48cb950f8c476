"""A mapping proposed from a sample: field names compared with known aliases, values looked at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

from deskbook.schema import TABLES, Column, Table, standard_table
from deskbook.sources import twitter
from deskbook.sources.aliases import ALIASES, INVERTED, TRUE_IS_CUSTOMER
from deskbook.sources.documents import NESTED
from deskbook.sources.likeness import likeness
from deskbook.sources.naming import subject_of
from deskbook.sources.sniffing import ENUMERATED, Facts, facts

SURE: Final = 0.98
STEP: Final = 0.006
WITHIN: Final = 0.6
BY_VALUES: Final = 0.55
BY_SUBJECT: Final = 0.85
BY_WORDS: Final = 0.1
"""What single words add at most: a column with a name of its own, or words it knows among its values, goes first."""
SUITED: Final = 0.9
"""How well values must suit a column that only single words speak for."""
WANTED: Final = 0.45
PREFIXES: Final = (
    "ticket",
    "issue",
    "case",
    "conversation",
    "request",
    "incident",
    "message",
    "comment",
    "survey",
    "rating",
    "agent",
    "sr",
)
IDENTIFIER: Final = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True)
class Proposal:
    """A mapping to look over and keep.

    Attributes:
        table: the standard table; empty when `shape` says all.
        mapping: standard column -> field, as a catalog holds it.
        confidence: standard column -> how sure, from 0 to 1.
        unmapped: fields that no column was found for.
        shape: a layout known by name, in place of a mapping.
    """

    table: str
    mapping: Mapping[str, Any]
    confidence: Mapping[str, float]
    unmapped: tuple[str, ...]
    shape: str = ""


def propose(table_name: str | None, sample: pa.Table) -> Proposal:
    """A mapping of the sample's fields.

    Args:
        table_name: the standard table, or None to find the one that fits best.
        sample: some rows as the source holds them; a few hundred are plenty.
    """
    if table_name is None and twitter.recognises(sample.column_names):
        return Proposal("", {}, {}, (), twitter.SHAPE)
    known = {field: facts(sample.column(field)) for field in sample.column_names}
    tables = [standard_table(table_name)] if table_name else [TABLES[name] for name in ALIASES]
    found = [(table, _assign(table, known)) for table in tables]
    table, assigned = max(found, key=lambda each: _fit(*each))
    nested = sample.schema.metadata == NESTED
    mapping = {
        column: _value(column, field, path_of(field) if nested else field, known[field])
        for column, (field, _) in assigned.items()
    }
    confidence = {column: round(score, 2) for column, (_, score) in assigned.items()}
    used = {field for field, _ in assigned.values()}
    return Proposal(table.name, mapping, confidence, tuple(field for field in known if field not in used))


def header_words(name: str) -> str:
    """A field's name as small words: `createdAt`, `Created-At` and `created_at` are `created at`."""
    spaced = re.sub(r"(?<=[a-z0-9äöüß])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
    return " ".join(re.findall(r"[^\W_]+", spaced.casefold().replace("ß", "ss")))


def _assign(table: Table, known: Mapping[str, Facts]) -> dict[str, tuple[str, float]]:
    """Column -> (field, score), the best pairs first, each column and field once."""
    pairs = [
        (score, -place, column.name, field)
        for column in table.columns
        for place, (field, seen) in enumerate(known.items())
        if (score := _score(table, column, field, seen)) >= WANTED
    ]
    taken: dict[str, tuple[str, float]] = {}
    used: set[str] = set()
    for score, _, column, field in sorted(pairs, reverse=True):
        if column not in taken and field not in used:
            taken[column] = (field, min(score, 1.0))
            used.add(field)
    return {name: taken[name] for name in table.names if name in taken}


def _fit(table: Table, assigned: Mapping[str, tuple[str, float]]) -> tuple[float, float]:
    """How well a table takes a sample: what it explains, much less if a needed column is missing."""
    missing = sum(column.required and column.name not in assigned for column in table.columns)
    total = sum(score for _, score in assigned.values())
    return total * 0.4**missing, -len(table.columns)


def _score(table: Table, column: Column, field: str, seen: Facts) -> float:
    aliases = ALIASES.get(table.name, {}).get(column.name) or (header_words(column.name),)
    named = _by_name(aliases, header_words(field)) or _by_subject(aliases, header_words(field), column)
    suits = _plausible(column, seen)
    if named:
        return named * suits
    likely = likeness(ALIASES.get(table.name, {}), table, column, header_words(field)) if suits >= SUITED else 0.0
    if likely:
        return WANTED + BY_WORDS * likely
    known = seen.known.get(column.name, 0.0)
    if column.name in ENUMERATED and column.name != "kind" and known > 0.8 and seen.unique < 0.5:
        return BY_VALUES
    return 0.0


def _by_name(aliases: tuple[str, ...], words: str) -> float:
    """Likeness of a name to a column's aliases: the earlier the alias, the surer."""
    trials = [(words, 1.0)]
    first, _, rest = words.partition(" ")
    if first in PREFIXES and rest and rest != "id":
        trials.append((rest, 0.93))
    stripped = words.removesuffix(" utc").removesuffix(" gmt")
    trials += [(stripped, 0.97), (words.removeprefix("custom field ").removeprefix("sys "), 0.9)]
    trials += [(words.removeprefix("fields ").removesuffix(" name"), 0.9)] if words.startswith("fields ") else []
    return max(
        ((SURE - STEP * aliases.index(trial)) * factor for trial, factor in trials if trial in aliases),
        default=WITHIN * any(words.endswith(f" {alias}") and " " in alias for alias in aliases[:12]),
    )


def _by_subject(aliases: tuple[str, ...], words: str, column: Column) -> float:
    """Likeness of what a name is about to what an alias is; less sure than a name that is one."""
    is_time, is_id = column.dtype == "time", column.name.endswith("id")
    said = subject_of(words, is_time=is_time, is_id=is_id)
    for place, alias in enumerate(aliases) if said else ():
        if subject_of(alias, is_time=is_time, is_id=is_id) == said:
            return (SURE - STEP * place) * BY_SUBJECT
    return 0.0


def _plausible(column: Column, seen: Facts) -> float:
    """How well the values suit the column, as a factor."""
    if not seen.filled:
        return 0.85
    if column.dtype == "time":
        return 1.0 if seen.times > 0.8 else 0.2
    if column.name == "id":
        return 1.0 if seen.unique > 0.95 else 0.55
    if seen.times > 0.9 and seen.numbers < 0.5:
        return 0.2
    if column.one_of or column.name in ENUMERATED:
        return _enumerated(column.name, seen)
    suits = {
        "bool": (seen.booleans > 0.9 or seen.numbers > 0.9, 0.3),
        "float": (seen.numbers > 0.9, 0.6),
        "email": (seen.emails > 0.5, 0.4),
        "team": (seen.numbers < 0.9, 0.6),
        "agent": (seen.numbers < 0.9, 0.6),
    }
    suited, else_ = suits.get(
        column.name, suits.get(column.dtype, (seen.letters < 60 or not column.name.endswith("_id"), 0.3))
    )
    return 1.0 if suited else else_


def _enumerated(name: str, seen: Facts) -> float:
    if name == "author_role" and seen.booleans > 0.9:
        return 0.95
    if seen.known.get(name, 0.0) > 0.5:
        return 1.0
    others = max((share for other, share in seen.known.items() if other != name), default=0.0)
    return 0.4 if others > 0.8 or seen.letters > 40 else 0.8


def _value(column: str, field: str, name: str, seen: Facts) -> Any:
    """What stands in the catalog for one column."""
    words = header_words(field)
    if column == "author_role" and seen.booleans > 0.9:
        who = ("customer", "agent") if words in TRUE_IS_CUSTOMER else ("agent", "customer")
        return {"field": name, "values": {"true": who[0], "false": who[1]}}
    if column in ("is_public", "is_active") and words in INVERTED:
        return {"field": name, "values": {"true": "false", "1": "false", "false": "true", "0": "true"}}
    return name


def path_of(field: str) -> str:
    """A dotted name as a JMESPath expression that reads the same."""
    parts = field.split(".")
    return ".".join(part if IDENTIFIER.fullmatch(part) else f'"{part}"' for part in parts)

"""A source tried before it is kept: its first rows as they are, as a mapping makes them, and what it would refuse."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa

from deskbook.schema import Batch
from deskbook.sources.arrays import flat, texts
from deskbook.sources.contract import Entry, Page, Showing, Source
from deskbook.sources.documents import NESTED, flatten
from deskbook.sources.proposals import path_of
from deskbook.sources.records import Problems, Records
from deskbook.sources.rules import Rule, table_rules
from deskbook.sources.words import standard_words

LONGEST: Final = 120
"""Characters of a value shown."""
MOST_WORDS: Final = 40
EXAMPLES: Final = 3


@dataclass(frozen=True)
class Seen:
    """A field of the source.

    Attributes:
        name: as the source calls it, nested ones with dots.
        text: as a mapping writes it.
        examples: some of its values.
    """

    name: str
    text: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A row of a preview: its values, or the column and the reason it would be set aside for."""

    line: int
    values: tuple[Any, ...] = ()
    column: str = ""
    reason: str = ""
    payload: str = ""


@dataclass(frozen=True)
class Shown:
    """What the first rows become.

    Attributes:
        heads: standard columns that a row of these has a value of.
        good: rows of all that were looked at which would be kept.
        aside: those that would be set aside.
    """

    table: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    good: int
    aside: int


@dataclass(frozen=True)
class Word:
    """A word of the source in a column that has words of its own.

    Attributes:
        to: what it becomes; its own text where nothing is known of it.
        fits: whether that is a word of the column.
    """

    word: str
    count: int
    to: str
    fits: bool


def first_page(source: Source, rows: int) -> Page:
    """The first rows of a source, with their lines."""
    if isinstance(source, Showing):
        return source.first(rows)
    found = source.sample(rows)
    return Page(found, np.arange(1, found.num_rows + 1), "its first rows", {}, first=True)


def seen(page: Page) -> list[Seen]:
    """The fields that the rows have."""
    rows = flatten(page.rows)
    nested = rows.schema.metadata == NESTED
    return [Seen(name, path_of(name) if nested else name, _examples(rows.column(name))) for name in rows.column_names]


def _examples(column: pa.ChunkedArray) -> tuple[str, ...]:
    values = texts(flat(column)).to_pylist()
    return tuple(one[:LONGEST] for one in list(dict.fromkeys(filter(None, values)))[:EXAMPLES])


def raw_rows(page: Page, most: int) -> tuple[list[str], list[list[str]]]:
    """The first rows as the source holds them: heads, and each value as text."""
    found = flatten(page.rows.slice(0, most))
    columns = [texts(flat(found.column(name))).to_pylist() for name in found.column_names]
    rows = [["" if value is None else value[:LONGEST] for value in row] for row in zip(*columns, strict=True)]
    return list(found.column_names), rows


def shown(source: Source, page: Page, most: int) -> list[Shown]:
    """What the mapping makes of a page, a table each: good rows and refused ones in the order of their lines.

    Raises:
        ConfigError: the mapping is wrong.
        Unreadable: it names a field that the source lacks.
    """
    return [_shown(batch, page, most) for batch in source.normalise(page)]


def _shown(batch: Batch, page: Page, most: int) -> Shown:
    rejects = [*page.rejects, *batch.rejects]
    heads = tuple(name for name in batch.rows.column_names if batch.rows.column(name).null_count < batch.rows.num_rows)
    values = list(zip(*(batch.rows.column(name).slice(0, most).to_pylist() for name in heads), strict=True))
    good = [Row(line, tuple(row)) for line, row in zip(_lines(batch, page), values, strict=False)]
    bad = [Row(one.line, (), one.column, one.reason, one.payload[:LONGEST]) for one in rejects]
    rows = sorted([*good, *bad], key=lambda row: row.line)
    if bad and not any(row.reason for row in rows[:most]):  # whoever looks for what is wrong must find it
        rows = [*bad[:EXAMPLES], *rows]
    return Shown(batch.table, heads, tuple(rows[:most]), batch.rows.num_rows, len(rejects))


def _lines(batch: Batch, page: Page) -> list[int]:
    """The line of each good row; 0 where a row of the source became none or several."""
    refused = Counter(one.line for one in batch.rejects)
    left = [line for line in page.lines.tolist() if not refused[line]]
    return left if len(left) == batch.rows.num_rows else [0] * batch.rows.num_rows


def words(entry: Entry, page: Page) -> dict[str, list[Word]]:
    """Column -> the source's words in it, those that mean nothing yet first, then the most frequent."""
    if "tables" in entry.mapping or not entry.mapping:
        return {}
    (rules,) = table_rules(entry)
    records, _ = Records.of(page).items(rules.rows, rules.table.name, rules.table.name)
    chosen = [rule for rule in rules.rules if rule.column.one_of and rule.field is not None]
    return {rule.column.name: _words(rule, records) for rule in chosen}


def _words(rule: Rule, records: Records) -> list[Word]:
    problems: Problems = {}
    held = texts(records.pick(rule, problems))
    counts = Counter(word for word in held.to_pylist() if word not in (None, ""))
    said = list(counts)
    meant = standard_words(rule.column, pa.array(said, pa.string()), rule.values).to_pylist()
    fits = [to is None or to.lower() in rule.column.one_of for to in meant]
    found = [Word(word, counts[word], to or "", fit) for word, to, fit in zip(said, meant, fits, strict=True)]
    return sorted(found, key=lambda one: (one.fits, -one.count, one.word))[:MOST_WORDS]

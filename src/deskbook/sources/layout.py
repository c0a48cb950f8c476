"""How a delimited file is laid out: its delimiter, the line of its header, its column names."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

HEADER_WITHIN = 20
COMPARED = 10
DELIMITERS = (",", ";", "\t", "|")
HEAD_BYTES = 64 * 1024


@dataclass(frozen=True)
class Layout:
    """What a reader needs to know before the first row.

    Attributes:
        delimiter: one character.
        names: column names, made unique; nameless ones are called by their place.
        skip_lines: physical lines up to and with the header.
    """

    delimiter: str
    names: tuple[str, ...]
    skip_lines: int


def sniff(head: str, *, header: int | None, delimiter: str | None) -> Layout | None:
    """The layout of a file that begins so; None if nothing in it looks like a header.

    Args:
        head: the beginning of the file.
        header: line of the header (1-based) when the catalog says it.
        delimiter: likewise.
    """
    # A quote inside a field belongs to another delimiter, so long as there is one without.
    found = _found(head, header, delimiter, strict=True) or _found(head, header, delimiter, strict=False)
    if not found:
        return None
    fields, _, best, names, end = max(found, key=lambda each: each[:2])
    return Layout(best if fields > 1 else delimiter or ",", unique_names(names), end)


def _found(
    head: str, header: int | None, delimiter: str | None, *, strict: bool
) -> list[tuple[int, int, str, list[str], int]]:
    """For each delimiter that gives a header: its fields, its row (negative), itself, the names, the last line."""
    found = []
    for one in (delimiter,) if delimiter else DELIMITERS:
        rows, ends = _parse(head, one, strict)
        at = _line_index(ends, header) if header else header_row(rows)
        if at is not None and at < len(rows):
            found.append((len(rows[at]), -at, one, rows[at], ends[at]))
    return found


def only_column(head: str) -> Layout | None:
    """The layout of a file of one column, whose header is its first line that is not empty."""
    for number, line in enumerate(io.StringIO(head), start=1):
        if line.strip():
            return Layout(",", unique_names([line.strip().strip('"')]), number)
    return None


def _parse(head: str, delimiter: str, strict: bool) -> tuple[list[list[str]], list[int]]:
    rows, ends = [], []
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter, strict=strict)
    try:
        for row in reader:
            rows.append(row)
            ends.append(reader.line_num)
            if len(rows) >= HEADER_WITHIN + COMPARED:
                break
    except csv.Error:
        pass  # what was read up to here is enough to look at
    return rows, ends


def _line_index(ends: Sequence[int], header: int) -> int | None:
    return next((place for place, end in enumerate(ends) if end >= header), None)


def header_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Index of the first row that names columns: two or more distinct words, and as wide as most rows are."""
    widths = Counter(len(row) for row in rows if sum(bool(field.strip()) for field in row) > 1)
    width = max(widths, key=lambda one: (widths[one], one), default=0)
    for place, row in enumerate(rows[:HEADER_WITHIN]):
        filled = [field.strip() for field in row if field.strip()]
        words = [field for field in filled if not _is_number(field)]
        if len(row) == width and len(set(words)) > 1:
            return place
    return None


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True


def unique_names(names: Sequence[str]) -> tuple[str, ...]:
    """Column names as written, nameless ones `column_3`, repeated ones `name_2`."""
    taken: set[str] = set()
    out = []
    for place, written in enumerate(names, start=1):
        name = first = written.strip().removeprefix("\ufeff") or f"column_{place}"
        count = 1
        while name in taken:
            count += 1
            name = f"{first}_{count}"
        taken.add(name)
        out.append(name)
    return tuple(out)

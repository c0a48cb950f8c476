"""JSON and JSON lines: each record kept as its own text, in one column, whatever is nested in it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final

import numpy as np
import pyarrow as pa

from deskbook.errors import SourceMissing, Unreadable
from deskbook.schema import Reject
from deskbook.sources.arrays import array_of, json_text, load_all, load_json
from deskbook.sources.chunks import Chunk
from deskbook.sources.expressions import Expression
from deskbook.sources.location import Location, opened, undecodable
from deskbook.sources.options import FileOptions

DOCUMENT: Final = "_document"
# Marks a flattened table, in which a dot in a name leads into an object.
NESTED: Final = {b"deskbook": b"documents"}
LINES_AT_ONCE = 20_000
PAYLOAD_SHOWN = 2_000
NESTED_SHOWN = 3


def read_lines(location: Location, options: FileOptions, table: str) -> Iterator[Chunk]:
    """Chunks of a JSON lines file; a line that is no JSON object is set aside."""
    with opened(location) as stream:
        text = io.TextIOWrapper(stream, options.encoding, newline="\n")
        start, seen = 1, False
        try:
            while lines := list(islice(text, LINES_AT_ONCE)):
                chunk = _chunk(lines, start, location.origin, table)
                seen = seen or bool(chunk.rows.num_rows or chunk.rejects)
                start += len(lines)
                yield chunk
        except UnicodeError:
            raise undecodable(location, options.encoding) from None
    if not seen:
        raise SourceMissing(f"{location.origin} is empty. Wanted one JSON object a line.")


def _chunk(lines: list[str], start: int, origin: str, table: str) -> Chunk:
    good, places, rejects = [], [], []
    for number, line in enumerate(lines, start):
        text = line.strip()
        if not text:
            continue
        try:
            wrong = "" if isinstance(load_json(text), dict) else "is JSON, but no object"
        except ValueError as error:
            wrong = f"is no JSON: {error}"
        if wrong:
            rejects.append(Reject(table, origin, number, "", f"the line {wrong}", text[:PAYLOAD_SHOWN]))
        else:
            good.append(text)
            places.append(number)
    return Chunk(document_table(good), np.array(places, dtype=np.int64), tuple(rejects))


def read_document(location: Location, options: FileOptions, table: str) -> Iterator[Chunk]:
    """The records of a JSON file; their line is their number in the list, from 1 on."""
    with opened(location) as stream:
        try:
            text = stream.read().decode(options.encoding)
        except UnicodeError:
            raise undecodable(location, options.encoding) from None
    if not text.strip():
        raise SourceMissing(f"{location.origin} is empty. Wanted a JSON list of objects.")
    try:
        whole = load_json(text)
    except ValueError as error:
        raise Unreadable(
            f"{location.origin} is no sound JSON: {error}. One object a line? Write format: jsonl."
        ) from error
    good, places, rejects = [], [], []
    for number, record in enumerate(_records(whole, options.rows, location.origin), start=1):
        if isinstance(record, dict):
            good.append(json_text(record))
            places.append(number)
        else:
            shown = json_text(record)[:PAYLOAD_SHOWN]
            rejects.append(Reject(table, location.origin, number, "", "the record is no JSON object", shown))
    yield Chunk(document_table(good), np.array(places, dtype=np.int64), tuple(rejects))


def _records(whole: Any, rows: str | None, origin: str) -> list[Any]:
    if rows:
        found = Expression(rows, f"rows: of {origin}").search(whole)
        if isinstance(found, list):
            return found
        raise Unreadable(f"{origin}: rows: '{rows}' gives {type(found).__name__}; wanted a list of objects.")
    if isinstance(whole, list):
        return whole
    lists = (
        [v for v in whole.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
        if isinstance(whole, dict)
        else []
    )
    if len(lists) == 1:
        return lists[0]
    return [whole]


def document_table(texts: list[str]) -> pa.Table:
    """Documents as a page holds them: one column of JSON text."""
    try:
        column = pa.array(texts, pa.string())
    except UnicodeError:  # a lone surrogate, which JSON may escape and UTF-8 cannot hold
        column = pa.array([text.encode("utf-8", "replace").decode() for text in texts], pa.string())
    return pa.table({DOCUMENT: column})


def is_documents(rows: pa.Table) -> bool:
    """Whether these rows are JSON documents rather than columns."""
    return bool(rows.column_names == [DOCUMENT])


def flatten(rows: pa.Table) -> pa.Table:
    """Documents as columns, nested objects under dotted names; other rows as they are."""
    if not is_documents(rows):
        return rows
    flats = [_dotted(record, NESTED_SHOWN) for record in load_all(rows.column(DOCUMENT).to_pylist())]
    names = list(dict.fromkeys(name for flat in flats for name in flat))
    columns = {name: array_of([flat.get(name) for flat in flats]) for name in names}
    return pa.table(columns).replace_schema_metadata(NESTED)


def _dotted(record: Mapping[str, Any], depth: int) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, dict) and depth > 1:
            out |= {f"{name}.{inner}": v for inner, v in _dotted(value, depth - 1).items()}
        else:
            out[name] = value
    return out

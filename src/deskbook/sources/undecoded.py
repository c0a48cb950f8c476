"""Texts of a database that are no UTF-8, and times that nobody placed: named, never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from deskbook.errors import ConfigError
from deskbook.schema import Reject
from deskbook.sources.arrays import flat, json_text
from deskbook.sources.bulk import Field
from deskbook.sources.contract import Entry, Page
from deskbook.sources.drift import mapped
from deskbook.sources.following import PAYLOAD_SHOWN
from deskbook.sources.rules import table_rules
from deskbook.sources.sqloptions import SqlOptions


def decoded(page: Page, options: SqlOptions, entry: Entry) -> tuple[Page, tuple[Reject, ...]]:
    """The page with bytes as texts, and the rows whose text is no UTF-8, unless the entry says its encoding."""
    wanted, rows = mapped(entry), page.rows
    rejects: dict[int, tuple[str, str]] = {}
    for place, name in enumerate(rows.column_names):
        column = flat(rows.column(name))
        if not (pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type)):
            continue
        texts, wrong = _texts(column, options.encoding)
        if wrong and name not in wanted:
            continue
        rows = rows.set_column(place, name, texts)
        for row, reason in wrong.items():
            rejects.setdefault(row, (name, reason))
    if not rejects:
        return replace(page, rows=rows), ()
    keep = np.ones(rows.num_rows, dtype=bool)
    keep[list(rejects)] = False
    found = tuple(_reject(page, rows, row, *said, entry) for row, said in sorted(rejects.items()))
    return replace(page, rows=rows.filter(pa.array(keep)), lines=page.lines[keep]), found


def _texts(column: pa.Array, encoding: str) -> tuple[pa.Array, dict[int, str]]:
    """The bytes as texts, and what is wrong with those that are none."""
    try:
        return column.cast(pa.string()), {}
    except pa.ArrowInvalid:
        pass
    out: list[str | None] = []
    wrong = {}
    for place, value in enumerate(column.to_pylist()):
        try:
            out.append(None if value is None else value.decode("utf-8"))
        except UnicodeDecodeError as error:
            if encoding:
                out.append(value.decode(encoding, "replace"))
                continue
            byte = value[error.start]
            wrong[place] = (
                f"byte 0x{byte:02x} at place {error.start + 1} is no UTF-8; write the text's own encoding: into the "
                "entry, such as cp1252"
            )
            out.append(value.decode("utf-8", "backslashreplace"))
    return pa.array(out, pa.string()), wrong


def _reject(page: Page, rows: pa.Table, row: int, column: str, reason: str, entry: Entry) -> Reject:
    payload = json_text(rows.slice(row, 1).to_pylist()[0])[:PAYLOAD_SHOWN]
    table = entry.table or next(iter(entry.mapping.get("tables", {})), "")
    return Reject(table, page.origin, int(page.lines[row]), column, reason, payload)


def naive_times(fields: Sequence[Field], options: SqlOptions, entry: Entry) -> None:
    """Whether each mapped time that the database keeps without a zone is told one.

    Raises:
        ConfigError: one is not.
    """
    if options.zone or not entry.mapping:
        return
    naive = {field.name for field in fields if field.kind == "time"}
    for table in table_rules(entry):
        for rule in table.rules:
            if rule.column.dtype == "time" and rule.form is None and rule.field in naive:
                raise ConfigError(
                    f"Entry '{entry.name}' maps {rule.column.name} to '{rule.field}', a time that the database keeps "
                    "without a zone. Write zone: into the entry: UTC, or the zone of its clock such as Europe/Berlin."
                )

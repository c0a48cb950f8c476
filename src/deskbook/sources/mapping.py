"""A page's rows turned into batches of standard tables by the entry's mapping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deskbook.schema import EVENTS, TICKETS, Batch, Reject, coerce
from deskbook.sources.arrays import flat, json_text, texts
from deskbook.sources.contract import Entry, Page
from deskbook.sources.documents import PAYLOAD_SHOWN
from deskbook.sources.history import changes, in_order, last_states
from deskbook.sources.records import Problems, Records
from deskbook.sources.rules import Rule, TableRules, table_rules
from deskbook.sources.words import standard_words


def normalise(entry: Entry, page: Page, now: datetime) -> list[Batch]:
    """One batch for each table the entry feeds.

    Raises:
        ConfigError: the entry has no mapping, or a wrong one.
        Unreadable: the mapping names a field that the page lacks.
    """
    records = Records.of(page)
    return [_batch(rules, records, page, now) for rules in table_rules(entry)]


def _batch(rules: TableRules, page_records: Records, page: Page, now: datetime) -> Batch:
    name = rules.table.name
    place = rules.rules[0].place if rules.rules else name
    records, rejects = page_records.items(rules.rows, name, place)
    given: dict[str, pa.Array] = {}
    if rules.history:
        records, given, unfit = _history(rules, records)
        rejects += unfit
    problems: Problems = {}
    columns = given | {
        rule.column.name: standard_words(rule.column, records.pick(rule, problems), rule.values) for rule in rules.rules
    }
    if name == EVENTS.name:
        columns |= event_words(columns)
    if rules.custom:
        columns["custom"] = _custom(rules.custom, records, problems)
    times = {rule.column.name: rule.form for rule in rules.rules if rule.form}
    raw, lines = records.raw, records.lines
    if problems:
        rejects += _rejects(name, problems, records)
        keep = np.ones(len(raw), dtype=bool)
        keep[list(problems)] = False
        mask = pa.array(keep)
        columns = {column: values.filter(mask) for column, values in columns.items()}
        raw, lines = raw.filter(mask), lines[keep]
    are_states = bool(rules.history) and not rules.changes
    batch = coerce(name, columns, raw=raw, lines=lines, origin=page.origin, now=now, times=times, is_history=are_states)
    batch = last_states(batch, rules) if are_states else batch
    return replace(batch, rejects=(*rejects, *batch.rejects), replaces=page.replaces)


def event_words(columns: Mapping[str, pa.Array]) -> dict[str, pa.Array]:
    """The values of status and priority changes in standard words: those a ticket itself would have."""
    if "kind" not in columns:
        return {}
    kind, out = _whole(texts(columns["kind"])), {}
    for name in ("old_value", "new_value"):
        if name in columns:
            out[name] = _whole(texts(columns[name]))
            for field in ("status", "priority"):
                which = pc.fill_null(pc.equal(kind, field), False)
                words = standard_words(TICKETS[field], out[name].filter(which), {})
                out[name] = pc.replace_with_mask(out[name], which, words)
    return out


def _whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return flat(column) if isinstance(column, pa.ChunkedArray) else column


def _history(rules: TableRules, records: Records) -> tuple[Records, dict[str, pa.Array], list[Reject]]:
    """The rows in the order of their states, or those where something changed and what that was."""
    problems: Problems = {}
    placed = records.take(in_order(records, rules, problems))
    rejects = _rejects(rules.table.name, problems, records)
    if not rules.changes:
        return placed, {}, rejects
    problems = {}
    places, given = changes(placed, rules, problems)
    return placed.take(places), given, rejects + _rejects(rules.table.name, problems, placed)


def _rejects(table: str, problems: Problems, records: Records) -> list[Reject]:
    out = []
    for row, (column, reason) in sorted(problems.items()):
        payload = records.raw[row].as_py()
        shown = payload if isinstance(payload, str) else json_text(payload)
        out.append(Reject(table, records.origin, int(records.lines[row]), column, reason, shown[:PAYLOAD_SHOWN]))
    return out


def _custom(rules: Mapping[str, Rule], records: Records, problems: Problems) -> pa.Array:
    """The custom fields of each row as one JSON object; a field that is empty is left out."""
    parts = []
    for name, rule in rules.items():
        values = standard_words(rule.column, records.pick(rule, problems), rule.values)
        encoded = (values if pa.types.is_primitive(values.type) else texts(values)).dictionary_encode()
        members = [
            None if v in (None, "") else f"{json_text(name)}:{json_text(v)}" for v in encoded.dictionary.to_pylist()
        ]
        parts.append(pa.array(members, pa.string()).take(encoded.indices))
    # Of one array alone Arrow drops the nulls in place of skipping them.
    alone = len(parts) == 1
    inside = parts[0].fill_null("") if alone else pc.binary_join_element_wise(*parts, ",", null_handling="skip")
    return pc.binary_join_element_wise("{", inside, "}", "")

"""Rows that are states of one thing after another: put in order, the last of each kept, their changes told.

An audit log, an event log or a change-data feed holds a row for each moment something was changed.
A table's `history:` names the fields that order those rows; rows that stand equal keep the order of
their lines. A row whose place cannot be read is set aside, and its neighbours are compared across it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from deskbook.errors import Unreadable
from deskbook.schema import Batch, utc
from deskbook.sources.arrays import texts
from deskbook.sources.records import Problems, Records
from deskbook.sources.rules import GIVEN, Rule, TableRules
from deskbook.sources.words import standard_words

# A history is held in memory as a whole: 909,405 rows of 36 columns took 2.1 GB and 20 s to normalise.
ROWS_AT_ONCE: Final = 1_000_000
# The hot copy takes events of one moment in the order of their ids, so the count in an id is padded.
COUNT_DIGITS: Final = 5


def check_size(rows: int, origin: str) -> None:
    """Whether a history can be held as a whole.

    Raises:
        Unreadable: it has over `ROWS_AT_ONCE` rows.
    """
    if rows > ROWS_AT_ONCE:
        raise Unreadable(
            f"{origin} has over {ROWS_AT_ONCE:,} rows, and history: reads them as a whole, since each is compared "
            "with the one before. Keep them in a database, and let the query: of a sql entry find the last state "
            "and the changes (lag(state) OVER (PARTITION BY ticket ORDER BY changed_at)), without history:."
        )


def in_order(records: Records, rules: TableRules, problems: Problems) -> np.ndarray:
    """Places of the rows in the order of their states; those without a place are told in `problems`."""
    keys = [_key(records.pick(rule, problems), rule, problems) for rule in rules.history]
    is_placed = np.ones(len(records), dtype=bool)
    is_placed[list(problems)] = False
    places = np.flatnonzero(is_placed)
    return np.asarray(places[np.lexsort([key[places] for key in reversed(keys)])])


def _key(values: pa.Array, rule: Rule, problems: Problems) -> np.ndarray:
    """What the rows are sorted by: numbers if most values are such, else times; anything where there is none."""
    text = texts(values).to_pandas().astype("object")
    said = text.notna() & (text != "")
    is_number = said & pd.to_numeric(text, errors="coerce").notna()
    if rule.form is None and not pa.types.is_temporal(values.type) and 2 * is_number.sum() > said.sum():
        key, is_known, wanted = _numbers(text, is_number), is_number.to_numpy(), "number, as most are"
    else:
        form = rule.form
        times = utc(values, format=form.format, zone=form.zone) if form else utc(values)
        is_known = np.asarray(pc.is_valid(times.values), dtype=bool)
        key = np.asarray(pc.fill_null(times.values.cast(pa.int64()), 0))
        wanted = "time; if it may be day/month or month/day, add format: to history:"
    for row in np.flatnonzero(~is_known).tolist():
        problem = f"'{text[row]}' is no {wanted}" if said[row] else "is empty"
        problems.setdefault(row, (rule.column.name, f"{rule.field} {problem}; the row's place is unknown"))
    return key


def _numbers(text: pd.Series, is_number: pd.Series) -> np.ndarray:
    """The numbers without the detour through floats, which would take neighbours over 2**53 for equal."""
    found = pd.to_numeric(text[is_number]).to_numpy()
    key = np.zeros(len(text), dtype=found.dtype)
    key[is_number.to_numpy()] = found
    return key


def last_states(batch: Batch, rules: TableRules) -> Batch:
    """One row an id: its last state, but for the columns that are taken from its first."""
    ids = batch.rows.column("id").combine_chunks()
    codes = ids.dictionary_encode().indices.to_numpy()
    first = np.unique(codes, return_index=True)[1]
    last = len(codes) - 1 - np.unique(codes[::-1], return_index=True)[1]
    rows = batch.rows.take(pa.array(last))
    for rule in rules.rules:
        if rule.is_first:
            at = rows.column_names.index(rule.column.name)
            rows = rows.set_column(at, rows.schema.field(at), batch.rows.column(at).take(pa.array(first)))
    return replace(batch, rows=rows, raw=batch.raw.take(pa.array(last)))


def changes(records: Records, rules: TableRules, problems: Problems) -> tuple[np.ndarray, dict[str, pa.Array]]:
    """Where a field differs, in standard words, from the row before of the same ticket.

    A ticket's first row changes nothing, unless the field is taken from: first; then what it says is a
    change from nothing, as for a ticket that is solved from its first row on. A row with an unknown
    word is told in `problems`, and the next is compared with the one before it.

    Returns:
        The place of each change in the records, a place as often as fields changed there, and the
        columns of `events` that follow: id (ticket, kind and count, in the order of the changes),
        kind, old_value, new_value.
    """
    (by,) = (rule for rule in rules.rules if rule.column.name == "ticket_id")
    tickets = standard_words(by.column, records.pick(by, problems), by.values)
    tickets = texts(tickets).to_pandas().astype("object")
    tickets = tickets.where(tickets != "", None)
    for row in np.flatnonzero(tickets.isna()).tolist():
        problems.setdefault(row, ("ticket_id", "ticket_id is empty, and a change needs its ticket"))
    values = {kind: _values(kind, rule, records, problems) for kind, rule in rules.changes.items()}
    frame = pd.DataFrame({"ticket": tickets, **values}).drop(index=list(problems))
    found = pd.concat([_changed(rules.changes[kind], kind, frame["ticket"], frame[kind]) for kind in values])
    found = found.sort_values("place", kind="stable")
    columns = {name: pa.array(found[name], pa.string(), from_pandas=True) for name in GIVEN}
    return np.asarray(found["place"]), columns


def _values(kind: str, rule: Rule, records: Records, problems: Problems) -> pd.Series:
    """The field in standard words, None where it is empty."""
    values = texts(standard_words(rule.column, records.pick(rule, problems), rule.values))
    if rule.column.one_of:
        known = pc.or_kleene(pc.is_in(values, pa.array((*rule.column.one_of, ""))), pc.is_null(values))
        wanted = f"wanted one of {', '.join(rule.column.one_of)}. Map it under changes: {kind}: values:"
        for row in np.flatnonzero(~np.asarray(known, dtype=bool)).tolist():
            problems.setdefault(row, ("new_value", f"{kind} '{values[row].as_py()}' is unknown; {wanted}"))
    said: pd.Series = values.to_pandas().astype("object")
    return said.where(said.notna() & (said != ""), None)


def _changed(rule: Rule, kind: str, tickets: pd.Series, values: pd.Series) -> pd.DataFrame:
    """One row a change of one field: place, id, kind, old_value, new_value."""
    codes = pd.Series(values.factorize()[0], values.index)
    before = codes.groupby(tickets).shift()
    is_change = before.notna() & (before != codes)
    if rule.is_first:
        is_change |= before.isna() & values.notna()
    ticket = tickets[is_change]
    count = (ticket.groupby(ticket).cumcount() + 1).astype(str).str.zfill(COUNT_DIGITS)
    return pd.DataFrame(
        {
            "place": ticket.index,
            "id": ticket + f"-{kind}-" + count,
            "kind": kind,
            "old_value": values.groupby(tickets).shift()[is_change],
            "new_value": values[is_change],
        }
    )

"""When an entry's mapping changes, the rows it brought before follow it: made anew of the payload kept beside each.

What has no whole payload of its own (states of a history, items inside a document, rows that several entries share) or
was set aside is pulled again from the source.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from deskbook.schema import Batch, joined
from deskbook.sources import Entry, Page, mapping
from deskbook.sources.documents import DOCUMENT
from deskbook.sources.rules import table_rules
from deskbook.store import Commit, as_given, as_it_came
from deskbook.sync.cluster import Cluster

if TYPE_CHECKING:
    from deskbook.sync.run import Means

log = logging.getLogger(__name__)
MAPPING: Final = "[[mapping]]"
"""Where a cursor says which mapping its rows were made by; sources never see it."""
PAGE_ROWS: Final = 25_000
PAGES_AT_ONCE: Final = 8
"""Handed to a cluster together; each is some tens of megabytes."""


@dataclass(frozen=True)
class Start:
    """Where a pull starts.

    Attributes:
        cursor: what the source is given.
        mark: what every cursor it gives is kept with.
        notes: what became of the rows that were there.
    """

    cursor: Mapping[str, Any]
    mark: Mapping[str, Any]
    notes: tuple[str, ...] = ()


def start(means: Means, name: str, key: str) -> Start:
    """Where the pull of an entry starts; rows of a mapping it had before were made anew then.

    Args:
        key: the `source` its rows lie under.
    """
    entry = means.entries.entry(name)
    held = means.lake.cursor(means.tenant, name)
    cursor = {part: value for part, value in held.items() if part != MAPPING}
    now = _marked(entry)
    before = held.get(MAPPING)
    if not now or not before or before == now:
        return Start(cursor, {MAPPING: now} if now else {})
    kept = before["tables"] == now["tables"] and _is_whole(entry) and _is_alone(means, name, key)
    notes: tuple[str, ...] = ()
    if kept:
        count = sum(_remapped(means, entry, key, table, now["ids"] != before["ids"]) for table in now["tables"])
        notes = (f"the mapping changed: of the rows that were there, {count} were made anew of what is kept of them",)
    if not kept or _has_set_aside(means, name):
        notes += ("the mapping changed: everything is pulled again",)
        cursor = {}
    else:
        commit = Commit(entry=name, source=key, batches=[], cursor={**cursor, MAPPING: now})
        with means.turn:
            means.lake.commit(means.tenant, commit)
    log.info("mapping changed tenant=%s entry=%s %s", means.tenant, name, "; ".join(notes))
    return Start(cursor, {MAPPING: now}, notes)


def _marked(entry: Entry) -> dict[str, Any]:
    """A sign of an entry's mapping, of its rules for ids alone, and the tables it feeds; nothing without a mapping."""
    if not entry.mapping:
        return {}
    parts = entry.mapping.get("tables", {entry.table: entry.mapping})
    ids = {table: one.get("id") for table, one in parts.items()} if isinstance(parts, Mapping) else {}
    return {"sign": _sign([entry.mapping, entry.shape]), "ids": _sign(ids), "tables": sorted(ids)}


def _sign(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _is_whole(entry: Entry) -> bool:
    """Whether each row's payload is all that it was made of."""
    return not entry.shape and all(one.rows == "@" and not one.history for one in table_rules(entry))


def _is_alone(means: Means, name: str, key: str) -> bool:
    """Whether no other entry brings rows of these tables under this source."""
    rota, own = means.rota, set(_marked(means.entries.entry(name))["tables"])
    for other in rota.names:
        if other == name:
            continue
        first, entry = rota.entries.get(rota.first(other)), rota.entries.get(other)
        if first is None or entry is None:
            return False  # nobody can say what it brings
        tables = _marked(entry).get("tables")
        if first.source == key and (tables is None or own & set(tables)):
            return False
    return True


def _has_set_aside(means: Means, name: str) -> bool:
    found = means.lake.read(
        "quarantine", means.tenant, columns=["origin"], where="entry = $entry", params={"entry": name}, limit=1
    )
    return bool(found.num_rows)


def _remapped(means: Means, entry: Entry, key: str, table: str, has_other_ids: bool) -> int:
    """Make the rows of one table anew; how many differ.

    With other ids it is one commit, which takes the rows of the old ones out.
    """
    batches = _batches(means, entry, key, table, are_all=has_other_ids)
    if has_other_ids:
        found = list(batches)
        batches = iter([replace(joined(found), replaces=True)] if found else [])
    count = 0
    for number, batch in enumerate(batches):
        origin = f"kept {table}"
        commit = Commit(
            entry=entry.name, source=key, batches=[batch], cursor=None, origin=origin, first=number == 0
        )  # fmt: skip
        with means.turn:
            count += means.lake.commit(means.tenant, commit)[table].written
    if count:
        means.changed()
    return count


def _batches(means: Means, entry: Entry, key: str, table: str, *, are_all: bool) -> Iterator[Batch]:
    """The rows of a table as the mapping makes them now, page by page; on a cluster some pages at once."""
    plain = replace(entry, options={}, keeper=None)  # a mapping holds no secret, so none travels
    work = partial(_made_anew, plain, table, means.clock())
    pages = _pages(means, key, table, are_all=are_all)
    with Cluster(means.scheduler) as cluster:
        while group := list(islice(pages, PAGES_AT_ONCE if cluster.is_set else 1)):
            for batches in cluster.map(work, group):
                yield from batches


def _made_anew(entry: Entry, table: str, now: datetime, page: Page) -> list[Batch]:
    """What a worker does with its share."""
    return [one for one in mapping.normalise(entry, page, now) if one.table == table]


def _pages(means: Means, key: str, table: str, *, are_all: bool) -> Iterator[Page]:
    """The payloads of a table's rows; without those that Deskbook itself marked as deleted."""
    tenant = as_it_came(means.tenant) if key in means.lake.apart(means.tenant) else means.tenant
    which = "true" if are_all and table == "tickets" else as_given(table)
    after, snapshot = "", means.lake.snapshot()
    while True:
        rows = means.lake.read(
            table,
            tenant,
            columns=["id", "raw"],
            where=f"source = $source AND id > $after AND {which}",
            params={"source": key, "after": after},
            order="id",
            limit=PAGE_ROWS,
            snapshot=snapshot,
        )
        if not rows.num_rows:
            return
        after = rows.column("id")[-1].as_py()
        yield Page(pa.table({DOCUMENT: rows.column("raw")}), np.arange(rows.num_rows) + 1, f"kept {table}", {})

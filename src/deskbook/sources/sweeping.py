"""Rows that are gone from a database: by a sweep over all keys, by a table of tombstones, by a column that says so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deskbook.errors import ConfigError, UnknownName
from deskbook.schema import Batch
from deskbook.sources.arrays import flat, texts
from deskbook.sources.bulk import Field, fields_of, read_pages
from deskbook.sources.contract import Entry, Page
from deskbook.sources.database import Reading
from deskbook.sources.expressions import looks_like_expression
from deskbook.sources.rules import Rule, table_rules
from deskbook.sources.selecting import select_of
from deskbook.sources.size import Size
from deskbook.sources.sqloptions import SqlOptions
from deskbook.sources.words import standard_words

if TYPE_CHECKING:
    from sqlalchemy import Select

KEY_ROWS: Final = 200_000
DAY: Final = timedelta(days=1)
NOT_DELETED: Final = pa.array(["", "0", "false", "f", "no", "n", "0000-00-00", "0000-00-00 00:00:00"])


def key_of(entry: Entry) -> str:
    """The field that every table the entry feeds takes its ids from; empty where there is no such one."""
    if not entry.mapping:
        return ""
    tables = table_rules(entry)
    fields = [rule.field for table in tables for rule in table.rules if rule.column.name == "id" and table.rows == "@"]
    one = fields[0] if fields else None
    is_plain = one is not None and not looks_like_expression(one)
    return str(one) if is_plain and fields == [one] * len(tables) else ""


def is_due(options: SqlOptions, swept_at: str, now: datetime) -> bool:
    """Whether keys are to be read in this pull, by the entry's `sweep:`."""
    if options.sweep == "daily":
        return not swept_at or now - datetime.fromisoformat(swept_at) >= DAY
    return options.sweep == "each"


@contextmanager
def present_keys(reading: Reading, select: Select[Any], key: str, fields: Sequence[Field]) -> Iterator[pa.ChunkedArray]:
    """All keys there are, in a file beside memory, so that it does not matter how many.

    Raises:
        UnknownName: there is no such column.
    """
    import sqlalchemy as sa

    known = {field.name: field for field in fields}
    if key not in known:
        raise UnknownName("field of ids", key, known)
    keys: Select[Any] = select.with_only_columns(sa.column(key), maintain_column_froms=True).order_by(None)
    with TemporaryDirectory(prefix="deskbook-keys-", ignore_cleanup_errors=True) as made:
        file, writer = Path(made) / "keys.arrow", None
        for table in read_pages(reading, keys, [known[key]], Size(KEY_ROWS)):
            writer = writer or pa.ipc.new_file(str(file), pa.schema([("key", pa.string())]))
            writer.write(pa.record_batch([_plain(flat(table.column(0)))], names=["key"]))
        if writer is None:
            yield pa.chunked_array([], pa.string())
            return
        writer.close()
        with pa.memory_map(str(file)) as mapped:
            yield pa.ipc.open_file(mapped).read_all().column(0)


def _plain(keys: pa.Array) -> pa.Array:
    """Keys as the texts that ids are."""
    return texts(keys)


def tombstones(reading: Reading, options: SqlOptions) -> tuple[pa.Array, str]:
    """The keys of deleted rows, and a hash of them."""
    import sqlalchemy as sa

    select = select_of(reading, options.tombstones)
    field = fields_of(reading, select)[0]
    wanted: Select[Any] = sa.select(sa.column(field.name)).select_from(select.subquery("d"))
    found = [_plain(flat(table.column(0))) for table in read_pages(reading, wanted, [field], Size(KEY_ROWS))]
    keys = pa.concat_arrays(found) if found else pa.array([], pa.string())
    return keys, hashlib.sha256("\0".join(sorted(filter(None, keys.to_pylist()))).encode()).hexdigest()


def without_deleted(page: Page, options: SqlOptions, key: str, entry: Entry) -> Page:
    """The page without the rows that say they are deleted; their keys are gone.

    Raises:
        UnknownName: there is no such column.
    """
    column = options.deleted_column
    if not column or column not in page.rows.column_names:
        if column and page.rows.num_columns:
            raise UnknownName(f"deleted_column of entry '{entry.name}'", column, page.rows.column_names)
        return page
    values = flat(page.rows.column(column))
    said = pc.utf8_lower(texts(values))
    deleted = pc.and_(pc.is_valid(said), pc.invert(pc.is_in(said, NOT_DELETED)))
    if not pc.any(deleted).as_py():
        return page
    keep = pc.invert(deleted)
    gone = flat(page.rows.filter(deleted).column(key))
    lines = page.lines[np.asarray(keep.to_numpy(zero_copy_only=False), bool)]
    return replace(page, rows=page.rows.filter(keep), lines=lines, gone=gone)


def with_gone(batches: Sequence[Batch], page: Page, entry: Entry, now: datetime) -> list[Batch]:
    """The batches with what the page says is gone, in the words of their ids."""
    if page.gone is None and page.present is None:
        return list(batches)
    rules: Mapping[str, Rule] = {
        table.table.name: rule for table in table_rules(entry) for rule in table.rules if rule.column.name == "id"
    }
    out = []
    for batch in batches:
        rule = rules[batch.table]
        gone = batch.gone if page.gone is None else _ids(page.gone, rule)
        present = page.present
        if present is not None and rule.values:
            present = pa.chunked_array([_ids(one, rule) for one in present.chunks], pa.string())
        out.append(replace(batch, gone=gone, present=present, gone_at=now))
    return out


def _ids(keys: pa.Array, rule: Rule) -> pa.Array:
    return texts(standard_words(rule.column, keys, rule.values))


def check_key(options: SqlOptions, key: str, entry: Entry) -> None:
    """Whether deletions can be told by the entry's ids.

    Raises:
        ConfigError: its options ask for it, and its ids are not one plain column.
    """
    asked = [n for n in ("deleted_column", "tombstones", "sweep") if getattr(options, n) not in ("", "never")]
    if asked and entry.mapping and not key:
        raise ConfigError(
            f"Entry '{entry.name}' has {asked[0]}:, and its ids are not one column of the table. Map id to one column; "
            "a query: can make it, such as SELECT a || '-' || b AS key."
        )

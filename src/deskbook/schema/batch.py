"""What a source hands to the store: good rows of one standard table, and the bad ones with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import pyarrow as pa

QUARANTINE = pa.schema(
    [
        ("table_name", pa.string()),
        ("origin", pa.string()),
        ("line", pa.int64()),
        ("column_name", pa.string()),
        ("reason", pa.string()),
        ("payload", pa.string()),
    ]
)


@dataclass(frozen=True)
class Reject:
    """One row that could not be taken, where it stands and why."""

    table: str
    origin: str
    line: int
    column: str
    reason: str
    payload: str


@dataclass(frozen=True)
class Batch:
    """Rows of one standard table from one page of a source.

    Attributes:
        table: name of the standard table.
        rows: its declared columns (absent ones are null), keys unique.
        raw: the source's own row for each row: JSON text, or a struct the store turns into JSON.
        rejects: rows of the page that went to quarantine.
        replaces: whether these are all rows that were made of the source's, so that others were made wrongly and
            are removed without a trace: threads put together anew, a history read anew.
        gone: ids of rows that the source no longer has. Tickets are deleted from then on, rows of other tables removed.
        present: ids of all rows that the source still has; every other one is gone. Absent where that is not known.
        gone_at: when that was so; the moment of the commit if absent.
        row_hash: the store's own hash of each row with its payload, where it was asked for it ahead of the commit.
    """

    table: str
    rows: pa.Table
    raw: pa.Array
    rejects: Sequence[Reject] = ()
    replaces: bool = False
    gone: pa.Array = field(default_factory=lambda: pa.array([], pa.string()))
    present: pa.Array | pa.ChunkedArray | None = None
    gone_at: datetime | None = None
    row_hash: pa.ChunkedArray | None = None

    @property
    def read(self) -> int:
        """Rows the source held, good and bad."""
        return int(self.rows.num_rows) + len(self.rejects)


def joined(batches: Sequence[Batch]) -> Batch:
    """Batches of one table, their payloads of one kind, as one; of rows that stand in several the last is kept."""
    if len(batches) == 1:
        return batches[0]
    rows = pa.concat_tables([one.rows for one in batches]).combine_chunks()
    raw = pa.concat_arrays([one.raw for one in batches])
    is_older = rows.column("id").to_pandas().duplicated(keep="last").to_numpy()
    if is_older.any():
        kept = pa.array(~is_older)
        rows, raw = rows.filter(kept), raw.filter(kept)
    return Batch(batches[0].table, rows, raw, tuple(reject for one in batches for reject in one.rejects))


def quarantine_table(rejects: Sequence[Reject]) -> pa.Table:
    """Rejects as one Arrow table in the shape of `QUARANTINE`."""
    rows = [(r.table, r.origin, r.line, r.column, r.reason, r.payload) for r in rejects]
    columns: list[tuple[object, ...]] = list(zip(*rows, strict=True)) if rows else [() for _ in QUARANTINE]
    return pa.table([pa.array(c, t.type) for c, t in zip(columns, QUARANTINE, strict=True)], schema=QUARANTINE)

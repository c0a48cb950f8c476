"""The receipt: everything needed to compute a number again, and to see whether it still holds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from deskbook.errors import BadValue
from deskbook.metrics.table import Row, Table


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What one query asked and got.

    Attributes:
        metrics: name -> version of its definition.
        by: dimensions, in order.
        where: filter in the filter language; empty when there was none.
        since: first moment (UTC, ISO 8601); empty when open.
        until: first moment after it; empty when open.
        period: the words the period was given in.
        before_since: start of the period compared with; empty when none was.
        before_until: its end.
        zone: wall clock of days and weeks.
        tenant: whose data.
        snapshot: the lake's snapshot.
        data_until: newest moment in that snapshot (UTC).
        given: settings the metrics used, such as the reply target.
        sql: the statement that ran.
        bound: the values bound into it.
        rows: number of rows it gave.
        digest: SHA-256 of those rows as canonical JSON.
        against: the word for the period compared with; empty when it was given by its dates.
        days_off: days off in either period, for which a comparison leaves days out (ISO 8601).
        left_out: all days left out of either period, those beside days off among them.
        cell: when the receipt is for a single number: its metric, and the row it stands in.
    """

    metrics: Mapping[str, str]
    by: Sequence[str]
    where: str
    since: str
    until: str
    period: str
    zone: str
    tenant: str
    snapshot: int
    data_until: str
    sql: str
    bound: Mapping[str, Any]
    rows: int
    digest: str
    given: Mapping[str, Any] = field(default_factory=dict)
    before_since: str = ""
    before_until: str = ""
    against: str = ""
    days_off: Sequence[str] = field(default_factory=list)
    left_out: Sequence[str] = field(default_factory=list)
    cell: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> Row:
        """Plain values, ready for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Receipt:
        """A receipt read back.

        Raises:
            BadValue: a field is missing or unknown.
        """
        try:
            return cls(**values)
        except TypeError as error:
            raise BadValue(f"This is no receipt of Deskbook: {error}.") from error


def digest(table: Table) -> str:
    """SHA-256 of a table's rows as canonical JSON: keys sorted, nothing escaped that need not be."""
    return hashlib.sha256(table.json_bytes()).hexdigest()

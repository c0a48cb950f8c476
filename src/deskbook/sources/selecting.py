"""The SELECT behind an entry: all columns of a table in the order of its key, or a query of the entry's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deskbook.sources.database import Reading

if TYPE_CHECKING:
    from sqlalchemy import Select


def select_of(reading: Reading, text: str) -> Select[Any]:
    """All rows of a table or a query.

    Args:
        text: a table's name, with its schema where it has one, or a query that was proved to only read.

    Raises:
        SourceMissing: there is no such table; names the closest one.
    """
    import sqlalchemy as sa

    everything: sa.ColumnClause[Any] = sa.literal_column("*")
    if len(text.split()) > 1:
        query = text.replace(":", "\\:")  # else a colon begins a bound value
        return sa.select(everything).select_from(sa.text(f"({query}) AS q"))
    reading.database.check_table(reading.connection, text)
    schema, _, name = text.rpartition(".")
    order: list[sa.ColumnClause[Any]] = [sa.column(one) for one in reading.database.order(reading.connection, text)]
    return sa.select(everything).select_from(sa.table(name, schema=schema or None)).order_by(*order)

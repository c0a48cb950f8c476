"""Proposing an entry's mapping and writing it where the catalog keeps it."""

from __future__ import annotations

from deskbook.book import Book
from deskbook.errors import DataError
from deskbook.sources.proposals import Proposal, propose

SAMPLE_ROWS = 500


def propose_mapping(book: Book, entry: str, table: str | None, *, write: bool) -> Proposal:
    """How an entry's fields become standard ones, from their names and values.

    Raises:
        UnknownName: no such entry or table.
        DataError: nothing in it looks like a standard table.
    """
    rows = book.catalog.source(entry, book.clock).sample(SAMPLE_ROWS)
    proposal = propose(table or book.catalog.entry(entry).table or None, rows)
    if not proposal.mapping and not proposal.shape:
        raise DataError(
            f"Nothing in '{entry}' looks like a standard table. Its fields: {', '.join(rows.column_names)}."
        )
    if write:
        book.catalog.write_mapping(entry, proposal.mapping, table=proposal.table or "", shape=proposal.shape or "")
    return proposal

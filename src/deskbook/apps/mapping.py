"""Proposing an entry's mapping and writing it where the catalog keeps it."""

from __future__ import annotations

import re
from pathlib import Path

from deskbook.book import Book
from deskbook.catalog.writing import add_entry, change_metadata
from deskbook.errors import DataError
from deskbook.sources.proposals import Proposal, propose
from deskbook.sources.rest.openapi import Proposed, propose_entry
from deskbook.sources.rest.schemas import Spec

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


def propose_source(book: Book, name: str, file: Path, paths: tuple[str, ...], *, write: bool) -> Proposed:
    """An entry of kind rest from an OpenAPI file, written into a catalog file of its own, asleep until it is set up.

    Args:
        name: of the entry; the file's title when empty.
        paths: of the lists it reads; those whose name says what they list when empty.

    Raises:
        ConfigError: the file is none, nothing in it looks like a standard table, or the name is taken.
    """
    if not name:
        title = str(Spec.read(file).document.get("info", {}).get("title") or file.stem)
        name = re.sub(r"\W+", "_", title.lower()).strip("_")
    proposed = propose_entry(file, name, paths)
    if write:
        catalog = book.settings.workspace / "catalogs" / f"{name}.yaml"
        add_entry(catalog, proposed.entry, proposed.entry.description or name)
        change_metadata(catalog, name, {"asleep_without": "env"})
    return proposed

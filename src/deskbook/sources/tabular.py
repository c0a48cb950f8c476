"""Parquet and Excel: tables with types of their own; a row's line is its number in the sheet or file."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

import numpy as np
import pyarrow as pa

from deskbook.errors import SourceMissing, Unreadable
from deskbook.sources.arrays import array_of
from deskbook.sources.chunks import Chunk
from deskbook.sources.layout import header_row, unique_names
from deskbook.sources.location import Location, opened
from deskbook.sources.options import FileOptions

BATCH_ROWS = 50_000


def read_parquet(location: Location, options: FileOptions, table: str) -> Iterator[Chunk]:
    """Chunks of a Parquet file; lines are row numbers from 1 on."""
    import pyarrow.parquet as pq

    with opened(location) as stream:
        try:
            file = pq.ParquetFile(stream)
        except pa.ArrowInvalid as error:
            raise Unreadable(f"{location.origin} is no sound Parquet file: {error}. Fetch it again.") from error
        line = 1
        for batch in file.iter_batches(batch_size=min(options.page_rows, BATCH_ROWS)):
            yield Chunk(pa.Table.from_batches([batch]), np.arange(line, line + batch.num_rows, dtype=np.int64))
            line += batch.num_rows


def read_excel(location: Location, options: FileOptions, table: str) -> Iterator[Chunk]:
    """The rows of one sheet below its header; lines are Excel's row numbers."""
    rows = _sheet(location, options)
    place = options.header - 1 if options.header else header_row([[_shown(cell) for cell in row] for row in rows[:40]])
    place = next((n for n, row in enumerate(rows) if any(map(_shown, row))), None) if place is None else place
    if place is None or place >= len(rows):
        raise SourceMissing(f"{location.origin} has no header row. Wanted column names above the rows.")
    names = unique_names([_shown(cell) for cell in rows[place]])
    kept = [n for n in range(place + 1, len(rows)) if any(map(_shown, rows[n]))]
    columns = {name: array_of([_cell(rows[n], at) for n in kept]) for at, name in enumerate(names)}
    yield Chunk(pa.table(columns), np.array(kept, dtype=np.int64) + 1)


def _sheet(location: Location, options: FileOptions) -> list[list[Any]]:
    import python_calamine

    with opened(location) as stream:
        try:
            book = python_calamine.load_workbook(stream)
        except (python_calamine.CalamineError, ValueError) as error:
            raise Unreadable(f"{location.origin} is no sound Excel file: {error}. Fetch it again.") from error
        names = book.sheet_names
        if options.sheet is not None and options.sheet not in names:
            close = get_close_matches(options.sheet, names, n=1)
            hint = f"Did you mean '{close[0]}'?" if close else f"Sheets: {', '.join(names)}."
            raise Unreadable(f"{location.origin} has no sheet '{options.sheet}'. {hint}")
        if not names:
            raise SourceMissing(f"{location.origin} has no sheets.")
        sheet = book.get_sheet_by_name(options.sheet or names[0])
        return sheet.to_python(skip_empty_area=False)


def _shown(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


def _cell(row: list[Any], at: int) -> Any:
    value = row[at] if at < len(row) else None
    return None if value == "" else value

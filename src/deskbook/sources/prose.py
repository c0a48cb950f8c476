"""Documents of plain text or Markdown, such as help articles: one row a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

import numpy as np
import pyarrow as pa

from deskbook.errors import SourceMissing
from deskbook.sources.chunks import Chunk
from deskbook.sources.location import Location, opened, undecodable
from deskbook.sources.options import FileOptions

HEADING: Final = re.compile(r"^\s{0,3}#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)


def read_prose(location: Location, options: FileOptions, table: str) -> Iterator[Chunk]:
    """One row: `path`, `name`, `title` (the first heading, else the name) and `text`."""
    with opened(location) as stream:
        try:
            text = stream.read().decode(options.encoding)
        except UnicodeError:
            raise undecodable(location, options.encoding) from None
    if not text.strip():
        raise SourceMissing(f"{location.origin} is empty. Wanted a document.")
    name = PurePosixPath(location.origin).stem
    heading = HEADING.search(text)
    row = {"path": location.origin, "name": name, "title": heading[1] if heading else name, "text": text}
    yield Chunk(pa.table({key: [value] for key, value in row.items()}), np.array([1], dtype=np.int64))

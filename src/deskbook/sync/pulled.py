"""Pages that were pulled and are yet to be committed, sealed on this machine: after a crash nobody asks for them again.

They are a convenience and no part of the lake: lost, unreadable or of another cursor, they are pulled again.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import os
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from deskbook.schema import Reject
from deskbook.sources import Entry, Page
from deskbook.sources.documents import is_documents

log = logging.getLogger(__name__)
LINE: Final = "_line"
TOLD: Final = b"deskbook"
MAKING: Final = ".making"
REVISION: Final = 1
"""Raised when pages are written in another way, or a source makes other payloads of what it is sent."""
KEPT_SECONDS: Final = 86_400
"""After which a page of a sync that nobody took up again is removed."""


@dataclass(frozen=True)
class Pulled:
    """Where the pages of all entries are kept.

    Attributes:
        key: what gives the key they are sealed with.
    """

    folder: Path
    key: Callable[[], str]

    def of(self, tenant: str, entry: Entry) -> Shelf:
        """The place of one entry's pages; old ones of any entry are removed."""
        oldest = time.time() - KEPT_SECONDS
        for file in self.folder.glob("*/*"):
            with suppress(OSError):  # its own sync may be removing it
                if file.stat().st_mtime < oldest:
                    file.unlink()
        name = hashlib.sha256(f"{tenant}\0{entry.name}".encode()).hexdigest()[:16]
        told = repr((REVISION, entry.kind, sorted(entry.options.items())))
        return Shelf(self.folder / name, self.key().encode(), hashlib.sha256(told.encode()).hexdigest())


class Shelf:
    """Pages of one entry in the order they were pulled; only who has the entry's lease uses it.

    Args:
        of: what differs as soon as the entry leads elsewhere or pages are written in another way.
    """

    def __init__(self, folder: Path, key: bytes, of: str) -> None:
        self._folder, self._key, self._of = folder, key, of
        self._number = 0

    def takes(self, page: Page) -> bool:
        """Whether a page can be kept: objects as an API sent them, that say nothing of other rows."""
        return is_documents(page.rows) and page.gone is None and page.present is None and not page.replaces

    def keep(self, page: Page, before: Mapping[str, Any]) -> Path:
        """Keep a page that was pulled after a cursor; when it returns, it outlives the process."""
        import pyarrow.parquet as pq
        from pyarrow.parquet.encryption import create_encryption_properties

        told = {
            "of": self._of,
            "before": sign(before),
            "origin": page.origin,
            "cursor": page.cursor,
            "first": page.first,
            "notes": page.notes,
            "rejects": [asdict(one) for one in page.rejects],
        }
        table = page.rows.append_column(LINE, pa.array(page.lines, pa.int64()))
        table = table.replace_schema_metadata({TOLD: json.dumps(told)})
        self._folder.mkdir(parents=True, exist_ok=True)
        self._number += 1
        name = f"{self._number:08d}-{secrets.token_hex(16)}.parquet"
        making = self._folder / f"{name}{MAKING}"
        properties = create_encryption_properties(self._key_of(name))
        pq.write_table(
            table,
            making,
            encryption_properties=properties,
            compression="none",
            use_dictionary=False,
            write_statistics=False,
        )
        os.replace(making, self._folder / name)
        return self._folder / name

    def following(self, cursor: Mapping[str, Any]) -> Iterator[tuple[Page, Path]]:
        """The pages kept that follow a cursor without a gap, in order; all others are removed."""
        at, is_over = sign(cursor), False
        for file in sorted(self._folder.glob("*")):
            found = None if is_over or file.name.endswith(MAKING) else self._read(file)
            if found is None or found[1] != at:
                is_over = is_over or at != sign(cursor)  # what follows a gap would not be where the pull goes on
                file.unlink(missing_ok=True)
                continue
            self._number = max(self._number, int(file.name.partition("-")[0]))
            page, at = found[0], sign(found[0].cursor)
            yield page, file

    def clear(self) -> None:
        """Remove all pages."""
        for file in self._folder.glob("*"):
            file.unlink(missing_ok=True)

    def _read(self, file: Path) -> tuple[Page, str] | None:
        """A page and the sign of the cursor before it; None where it is not whole or not of this entry."""
        import pyarrow.parquet as pq
        from pyarrow.parquet.encryption import create_decryption_properties

        try:
            table = pq.read_table(file, decryption_properties=create_decryption_properties(self._key_of(file.name)))
            told = json.loads((table.schema.metadata or {})[TOLD])
        except (OSError, pa.ArrowException, KeyError, ValueError) as error:
            log.warning("a page that was kept cannot be read and is pulled again: %s", type(error).__name__)
            return None
        if told["of"] != self._of:
            return None
        lines = np.asarray(table.column(LINE))
        rows = table.drop_columns([LINE]).replace_schema_metadata(None)
        rejects = tuple(Reject(**one) for one in told["rejects"])
        page = Page(rows, lines, told["origin"], told["cursor"], rejects, first=told["first"])
        return replace(page, notes=tuple(told["notes"])), str(told["before"])

    def _key_of(self, name: str) -> bytes:
        """A key of its own for each file, as AES-GCM wants it."""
        return hmac.new(self._key, name.encode(), hashlib.sha256).digest()


def sign(cursor: Mapping[str, Any]) -> str:
    """What tells cursors apart."""
    return hashlib.sha256(json.dumps(cursor, sort_keys=True, default=str).encode()).hexdigest()


__all__ = ["Pulled", "Shelf", "sign"]

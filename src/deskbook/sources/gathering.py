"""Small files several at once: a commit costs as much as some thousand rows, and a first import has as many files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa

from deskbook.errors import DeskbookError
from deskbook.schema import Batch, joined
from deskbook.sources.contract import Page
from deskbook.sources.taken import is_done

MOST_FILES: Final = 100
MOST_BYTES: Final = 16 << 20


@dataclass(frozen=True)
class Gathered(Page):
    """Several files as one page.

    Attributes:
        batches: their rows as standard tables; each file was normalised by itself, so that a row that was set aside
            names its file and line.
    """

    batches: Sequence[Batch] = ()


@dataclass
class _Held:
    """Pages that wait to be given out as one, each with its rows as standard tables."""

    pages: list[Page] = field(default_factory=list)
    batches: list[list[Batch]] = field(default_factory=list)
    rows: int = 0
    size: int = 0

    def fits(self, page: Page, batches: Sequence[Batch], page_rows: int) -> bool:
        """Whether one more page can stand beside those that wait."""
        if not self.pages:
            return True
        is_small = self.rows + page.rows.num_rows <= page_rows and self.size + page.rows.nbytes <= MOST_BYTES
        is_alike = page.rows.schema.equals(self.pages[0].rows.schema) and _shapes(batches) == _shapes(self.batches[0])
        return is_small and is_alike and len(self.pages) < MOST_FILES

    def add(self, page: Page, batches: list[Batch]) -> None:
        self.pages.append(page)
        self.batches.append(batches)
        self.rows, self.size = self.rows + page.rows.num_rows, self.size + page.rows.nbytes

    def taken(self) -> Iterator[Page]:
        """What waits, as one page."""
        pages, batches = self.pages, self.batches
        self.pages, self.batches, self.rows, self.size = [], [], 0, 0
        if len(pages) == 1:
            yield pages[0]
        elif pages:
            last = pages[-1]
            yield Gathered(
                pa.concat_tables([one.rows for one in pages]),
                np.concatenate([one.lines for one in pages]),
                f"{pages[0].origin} and {len(pages) - 1} more",
                last.cursor,
                rejects=tuple(reject for one in pages for reject in one.rejects),
                notes=tuple(note for one in pages for note in one.notes),
                batches=[joined(list(same)) for same in zip(*batches, strict=True)],
            )


def gathered(
    found: Iterator[Page], before: Collection[str], normalise: Callable[[Page], list[Batch]], page_rows: int
) -> Iterator[Page]:
    """The pages with small files put together; the cursor of each is that of its last file.

    Args:
        before: files of which something was taken before: what was set aside of one of them is to be replaced, so that
            it is a page of its own.
        page_rows: rows a page at most.
    """
    held = _Held()
    for page in found:
        batches = _made(page, normalise) if _is_small(page, before) else None
        if batches is None or not held.fits(page, batches, page_rows):
            yield from held.taken()
        if batches is None:
            yield page
        else:
            held.add(page, batches)
    yield from held.taken()


def _is_small(page: Page, before: Collection[str]) -> bool:
    """Whether a page is the whole of a new file."""
    states = page.cursor.get("files", {})
    return page.first and page.origin not in before and is_done(states.get(page.origin))


def _made(page: Page, normalise: Callable[[Page], list[Batch]]) -> list[Batch] | None:
    try:
        batches = normalise(page)
    except DeskbookError:  # alone, it is told again by whoever commits it, after the files before it
        return None
    return None if any(one.replaces or one.present is not None or len(one.gone) for one in batches) else batches


def _shapes(batches: Sequence[Batch]) -> list[tuple[str, pa.DataType]]:
    return [(one.table, one.raw.type) for one in batches]


__all__ = ["Gathered", "gathered"]

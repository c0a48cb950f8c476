"""How large a page of a database's rows may be, by the memory that a sync of them may take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from deskbook.errors import Unreadable

PAGE_BYTES: Final = 16 << 20
LEAST_MEMORY_MB: Final = 80
"""What the lake and the drivers take whatever the page."""
SHARE: Final = 64
"""Of the memory allowed a page's columns are such a part: some pages are under way, each in several forms."""
WHOLE_SHARE: Final = 10
"""Rows read as a whole lie there in as many forms, but only once."""
ROW_BYTES: Final = 500
"""What a row takes beside its values, in the lake's columns and its payload, reckoned as part of a page."""


@dataclass(frozen=True)
class Size:
    """The most rows and bytes of one page.

    Attributes:
        bytes: of the columns; a page ends with the row that reaches them.
        memory_mb: what it was reckoned from; 0 for any memory.
    """

    rows: int
    bytes: int = PAGE_BYTES
    memory_mb: int = 0

    @property
    def chunk(self) -> int:
        """Bytes that a driver reads at once."""
        return max(1, self.bytes // 4)

    @classmethod
    def within(cls, memory_mb: int, rows: int) -> Size:
        """The size of pages of so many rows at most with which a sync grows by no more than this; 0 for any memory."""
        if not memory_mb:
            return cls(rows)
        size = min(PAGE_BYTES, (memory_mb << 20) // SHARE)
        return cls(max(1, min(rows, size // ROW_BYTES)), size, memory_mb)

    def check_whole(self, held_bytes: int, origin: str) -> None:
        """Whether rows that are read as a whole, as a history is, still fit.

        Raises:
            Unreadable: their columns take too large a part of the memory that the entry allows.
        """
        if self.memory_mb and held_bytes > (self.memory_mb << 20) // WHOLE_SHARE:
            raise Unreadable(
                f"{origin} holds over {held_bytes >> 20} MB, and history: reads it as a whole, which memory_mb: "
                f"{self.memory_mb} does not allow. Raise memory_mb: or take it out, read fewer columns by a query:, or "
                "let the query: find the changes (lag(state) OVER (PARTITION BY ticket ORDER BY changed_at)) and leave "
                "history: out. Nothing was taken, and nothing is lost."
            )

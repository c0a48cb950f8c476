"""Memory of bulk reads: what a page took goes back to the system once it is done with, whichever thread took it."""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import Any, Final

import pyarrow as pa

MMAP_THRESHOLD: Final = -3
"""glibc's own name for it in `mallopt` is M_MMAP_THRESHOLD."""
APART_BYTES: Final = 1 << 20
"""From here on a block of memory lies apart, so that it can go back whatever lies beside it."""


@cache
def give_back() -> None:
    """Have freed pages given back, from the first bulk read of a process on.

    A page is made in one thread and freed in another. Arrow's own pool keeps it for the thread that made it, and glibc
    raises the size from which blocks lie apart to that of the largest that was ever freed: 20 to 50 MB each.
    """
    pa.set_memory_pool(pa.system_memory_pool())
    if sys.platform == "linux":
        mallopt: Any = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none
        if mallopt:
            mallopt(MMAP_THRESHOLD, APART_BYTES)

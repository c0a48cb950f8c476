"""A bulk read gives back what its pages took."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import sys
import numpy as np
import pyarrow as pa
from deskbook.sources.allocation import give_back

def held_mb():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS")) / 1024

if sys.argv[1] == "given back":
    give_back()
np.ones(2 << 20)  # freed at once: of 16 MB, from which on glibc lets blocks lie apart by itself
before, held = held_mb(), []
for _ in range(40):  # what is freed lies between what stays
    held += [np.ones(2 << 17), np.ones(5_000)]
most = held_mb() - before
held[::2] = [None] * 40
print(int(most), int(held_mb() - before), pa.default_memory_pool().backend_name)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's allocator is that of Linux")
def test_what_lies_between_blocks_that_stay_goes_back() -> None:
    most, left, pool = said("given back")
    assert (int(most) > 70, int(left) < 20, pool) == (True, True, "system")
    assert int(said("as it is")[1]) > 40


def said(how: str) -> list[str]:
    return subprocess.check_output([sys.executable, "-c", SCRIPT, how], text=True).split()

"""Of two gigabytes of rows every one is read, and never more than some pages of them are held."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROWS, TEXT_BYTES = 20_000, 100_000
MOST_HELD_MB, MOST_GROWN_MB = 32, 100
"""Columns held at once, and by how much the process grows with what drivers and allocators keep beside them."""
SCRIPT = """
import json, resource, sys
from pathlib import Path
import pyarrow as pa
from deskbook.sources import Entry, source, utc_now

def most_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)

folder, rows, size = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
query = ("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
         "SELECT i AS number, '2026-01-01' AS created, hex(zeroblob(%d)) || i AS title FROM n")
mapping = {"id": "number", "created_at": "created", "subject": "title"}

def read(rows, size):
    options = {"url": "sqlite:///desk.db", "query": query % (rows, size // 2), "cursor_column": "number",
               "memory_mb": 100}
    entry = Entry(name="desk", kind="sql", source="desk", table="tickets", mapping=mapping, options=options,
                  folder=folder)
    made, total, found, pages = source["sql"](entry, utc_now), 0, 0, 0
    for page in made.pull({}):
        (batch,) = made.normalise(page)
        numbers = [int(one) for one in batch.rows.column("id").to_pylist()]
        assert numbers == list(range(found + 1, found + 1 + len(numbers)))
        found, pages = found + len(numbers), pages + 1
        total += sum(len(one.as_py()) for one in batch.rows.column("subject"))
    return found, total, pages

read(10, 100)  # what is imported on the way is no row
before = most_mb()
found, total, pages = read(rows, size)
print(json.dumps({"rows": found, "bytes": total, "pages": pages, "grown_mb": most_mb() - before,
                  "held_mb": pa.default_memory_pool().max_memory() / 1024**2}))
"""


def test_a_row_set_larger_than_memory_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "desk.db").touch()
    given = [str(tmp_path), str(ROWS), str(TEXT_BYTES)]
    done = subprocess.run([sys.executable, "-c", SCRIPT, *given], capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    digits = sum(len(str(number)) for number in range(1, ROWS + 1))
    assert (told["rows"], told["bytes"]) == (ROWS, ROWS * TEXT_BYTES + digits)
    assert told["bytes"] > 2e9 and told["held_mb"] < MOST_HELD_MB and told["grown_mb"] < MOST_GROWN_MB, told

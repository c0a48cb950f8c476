"""Small commits make small files: where a table has many, they are merged, and every snapshot reads as it did.

No snapshot is expired, since nobody can know whose receipt names it.
"""

from __future__ import annotations

import logging
from typing import Final

from deskbook.store.lake import Lake

log = logging.getLogger(__name__)
MOST_FILES: Final = 100
"""Small files of one table that are left alone: what a day of syncs every quarter of an hour makes."""
SMALL_BYTES: Final = 16 << 20
"""Files from this size on are not written again, however large a table gets."""
KEPT_DAYS: Final = 1
"""How long a file that was merged away stays for who may be reading it."""


def compact(lake: Lake, *, most_files: int = MOST_FILES) -> dict[str, int]:
    """Merge the small files of tables that have many, one table a commit, and remove those merged away a day ago.

    Args:
        most_files: a table with at least so many files is looked at.

    Returns:
        Table -> files merged; empty where there was nothing to do, and then no snapshot is made.

    Raises:
        StoreError: the database or the files cannot be reached.
    """
    con = lake.con.cursor()
    info = "SELECT table_name FROM ducklake_table_info('lake') WHERE file_count >= $1 ORDER BY 1"
    merged: dict[str, int] = {}
    for (table,) in con.execute(info, [most_files]).fetchall():
        with lake.writing() as writing:
            call = f"CALL ducklake_merge_adjacent_files('lake', $1, max_file_size => {SMALL_BYTES})"
            files = sum(int(row[2]) for row in writing.execute(call, [table]).fetchall())
        if files:
            merged[table] = files
            log.info("files merged table=%s files=%d", table, files)
    if merged:
        old = f"now() - INTERVAL {KEPT_DAYS} DAY"
        con.execute(f"CALL ducklake_cleanup_old_files('lake', older_than => {old})")
    con.close()
    return merged

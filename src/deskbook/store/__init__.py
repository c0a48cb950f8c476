"""The lake: commit rows with their cursor, read them back at any snapshot, keep a hot copy.

The only room that imports duckdb.
"""

from deskbook.store.hot import HotCopies, HotView
from deskbook.store.lake import Commit, Lake, Written
from deskbook.store.scores import count_unscored, unscored, write_scores
from deskbook.store.state import Run, State

__all__ = [
    "Commit",
    "HotCopies",
    "HotView",
    "Lake",
    "Run",
    "State",
    "Written",
    "count_unscored",
    "unscored",
    "write_scores",
]

"""The lake: commit rows with their cursor, read them back at any snapshot, keep a hot copy.

The only room that imports duckdb.
"""

from deskbook.store.asked import Asked, AskedLog
from deskbook.store.compaction import compact
from deskbook.store.compared import Compared, reported_measures
from deskbook.store.deliveries import Delivery, DeliveryLog, Key
from deskbook.store.gone import as_given
from deskbook.store.hooks import Heard, Hooks
from deskbook.store.hot import HotCopies, HotView
from deskbook.store.hotfiles import HotFiles
from deskbook.store.lake import Commit, Lake, Written, as_it_came
from deskbook.store.leases import Leases
from deskbook.store.measured import Unmeasured, finding_counts, forget_gone, switched_counts, write_measured
from deskbook.store.merging import Merge, Merged, Merging, parse_merges
from deskbook.store.saved import Saved, Saves
from deskbook.store.scores import count_unscored, unscored, write_scores
from deskbook.store.spent import Spent
from deskbook.store.standing import Standing, Standings
from deskbook.store.state import Run, State
from deskbook.store.tokens import EntryTokens
from deskbook.store.turns import LakeTurns
from deskbook.store.wishes import Wishes

__all__ = [
    "Asked",
    "AskedLog",
    "Commit",
    "Compared",
    "Delivery",
    "DeliveryLog",
    "EntryTokens",
    "Heard",
    "Hooks",
    "HotCopies",
    "HotFiles",
    "HotView",
    "Key",
    "Lake",
    "LakeTurns",
    "Leases",
    "Merge",
    "Merged",
    "Merging",
    "Run",
    "Saved",
    "Saves",
    "Spent",
    "Standing",
    "Standings",
    "State",
    "Unmeasured",
    "Wishes",
    "Written",
    "as_given",
    "as_it_came",
    "compact",
    "count_unscored",
    "finding_counts",
    "forget_gone",
    "parse_merges",
    "reported_measures",
    "switched_counts",
    "unscored",
    "write_measured",
    "write_scores",
]

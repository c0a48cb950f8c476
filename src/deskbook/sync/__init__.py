"""Source and cursor become standard tables in the store; text columns follow.

Resumable at any moment: rows and cursor lie in one commit.
"""

from deskbook.sync.cluster import Cluster
from deskbook.sync.explaining import explain_reported
from deskbook.sync.finishing import Finishing
from deskbook.sync.hearing import hear
from deskbook.sync.measuring import measure_tickets
from deskbook.sync.pulled import Pulled
from deskbook.sync.rota import Rota
from deskbook.sync.rounds import Rounds
from deskbook.sync.run import EntryReport, Means, sync_entries
from deskbook.sync.scoring import score_messages

__all__ = [
    "Cluster",
    "EntryReport",
    "Finishing",
    "Means",
    "Pulled",
    "Rota",
    "Rounds",
    "explain_reported",
    "hear",
    "measure_tickets",
    "score_messages",
    "sync_entries",
]

"""Source and cursor become standard tables in the store; text columns follow.

Resumable at any moment: rows and cursor lie in one commit.
"""

from deskbook.sync.explaining import explain_reported
from deskbook.sync.measuring import measure_tickets
from deskbook.sync.run import EntryReport, sync_entries
from deskbook.sync.scoring import score_messages

__all__ = ["EntryReport", "explain_reported", "measure_tickets", "score_messages", "sync_entries"]

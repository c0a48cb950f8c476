"""A synthetic support desk with planted incidents, and the ledger of what is true about it.

Start at `write_sample`; `words` holds the vocabulary.
"""

from deskbook.samples.entries import sample_entries
from deskbook.samples.sample import write_sample

__all__ = ["sample_entries", "write_sample"]

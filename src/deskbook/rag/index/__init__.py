"""The search index of a tenant's messages: passages with their words and vectors, in segments on disk.

`update_index` brings it to what the lake holds, `search` finds passages in it, in any process.
"""

from deskbook.rag.index.build import Indexed, Turns, update_index
from deskbook.rag.index.opened import Index, Scope, indexed_snapshot, open_index
from deskbook.rag.index.search import Hit, Reader, search

__all__ = [
    "Hit",
    "Index",
    "Indexed",
    "Reader",
    "Scope",
    "Turns",
    "indexed_snapshot",
    "open_index",
    "search",
    "update_index",
]

"""Questions in words, answered from the data: a typed plan, numbers with receipts, passages with ids.

`answer(question, book)` is the door; no language model is needed.
"""

from deskbook.rag.answer import Answer, answer
from deskbook.rag.contract import Numbers
from deskbook.rag.find import index_folder
from deskbook.rag.follow import follow, follow_ups
from deskbook.rag.guard import is_hostile
from deskbook.rag.index import Hit, Indexed, Scope, indexed_snapshot, search, update_index
from deskbook.rag.passages import span
from deskbook.rag.plan import Plan
from deskbook.rag.plan_document import plan_from
from deskbook.rag.plan_parser import make_plan
from deskbook.rag.rephrase import Sentence

__all__ = [
    "Answer",
    "Hit",
    "Indexed",
    "Numbers",
    "Plan",
    "Scope",
    "Sentence",
    "answer",
    "follow",
    "follow_ups",
    "index_folder",
    "indexed_snapshot",
    "is_hostile",
    "make_plan",
    "plan_from",
    "search",
    "span",
    "update_index",
]

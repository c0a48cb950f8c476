"""The index as a part of LangChain: a retriever for any chain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from deskbook.errors import MissingExtra

if TYPE_CHECKING:
    from langchain_core.callbacks import CallbackManagerForRetrieverRun
    from langchain_core.documents import Document
    from langchain_core.retrievers import BaseRetriever

Row = dict[str, Any]


def make_retriever(find: Callable[[str], Sequence[Row]]) -> BaseRetriever:
    """A retriever from a question to documents: verbatim passages, with where they stand as metadata.

    Args:
        find: the passages that fit a question: `text`, and all else of them.

    Raises:
        MissingExtra: langchain-core is not installed.
    """
    try:
        from langchain_core import documents
        from langchain_core.retrievers import BaseRetriever
    except ImportError:
        raise MissingExtra("A LangChain retriever", "ask") from None

    class Passages(BaseRetriever):
        """Finds passages of a desk's conversations."""

        def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
            return [
                documents.Document(page_content=row["text"], metadata={k: v for k, v in row.items() if k != "text"})
                for row in find(query)
            ]

    return Passages()

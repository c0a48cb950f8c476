"""The index as parts of LangChain: a retriever for any chain, and any of our embedders as its `Embeddings`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from deskbook.errors import MissingExtra
from deskbook.rag.index.search import Hit

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings
    from langchain_core.runnables import Runnable

    from deskbook.text.embedding import SearchEmbedder


def retriever(
    find: Callable[[str], Sequence[Hit]], texts: Callable[[Sequence[Hit]], Sequence[str]]
) -> Runnable[str, Any]:
    """A runnable from a question to `Document`s: verbatim passages, with where they stand as metadata.

    Args:
        find: the search, with its scope.
        texts: the passages of hits.

    Raises:
        MissingExtra: langchain-core is not installed.
    """
    try:
        from langchain_core.documents import Document
        from langchain_core.runnables import RunnableLambda
    except ImportError:
        raise MissingExtra("A LangChain retriever", "ask") from None

    def found(question: str) -> list[Document]:
        hits = find(question)
        return [
            Document(page_content=text, metadata=_metadata(hit)) for hit, text in zip(hits, texts(hits), strict=True)
        ]

    return RunnableLambda(found, name="deskbook-passages")


def _metadata(hit: Hit) -> dict[str, Any]:
    return {
        "source": hit.source,
        "ticket_id": hit.ticket_id,
        "message_id": hit.message_id,
        "sent_at": hit.sent_at.isoformat(),
        "role": hit.role,
        "team": hit.team,
        "language": hit.language,
        "start": hit.start,
        "end": hit.end,
    }


def as_embeddings(embedder: SearchEmbedder) -> Embeddings:
    """One of our embedders where LangChain wants its own kind.

    Raises:
        MissingExtra: langchain-core is not installed.
    """
    try:
        from langchain_core.embeddings import Embeddings
    except ImportError:
        raise MissingExtra("LangChain embeddings", "ask") from None

    class Wrapped(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            vectors: list[list[float]] = embedder.embed(texts).tolist()
            return vectors

        def embed_query(self, text: str) -> list[float]:
            (vector,) = embedder.embed_queries([text]).tolist()
            return list(vector)

    return Wrapped()

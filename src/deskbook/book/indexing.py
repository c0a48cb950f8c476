"""The part of a book that keeps the search index of its messages."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, cast

import pandas as pd

from deskbook import metrics as m
from deskbook.errors import UnknownName
from deskbook.settings import Settings
from deskbook.store import Lake, LakeTurns

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever

    from deskbook.rag import Indexed, Numbers
    from deskbook.text.embedding import SearchEmbedder

NARROWED: Final = ("source", "team", "channel", "status", "language", "role")
COLUMNS: Final = ("source", "ticket_id", "message_id", "sent_at", "role", "team", "language", "text", "score")


class Indexing(ABC):
    """The part of a `Book` that indexes its messages and finds passages of them."""

    settings: Settings

    @abstractmethod
    def period(self, period: str | m.Period | None = None) -> m.Period:
        """A period from words."""

    @property
    @abstractmethod
    def lake(self) -> Lake:
        """The store of rows."""

    @property
    @abstractmethod
    def snapshot(self) -> int:
        """Number of the lake's snapshot that is read."""

    def index(self) -> Indexed | None:
        """Bring the search index of the messages to the newest snapshot; None where it was there already.

        Vectors are made on a Dask cluster where one is set.

        Raises:
            EmbeddingFailed: the endpoint of embeddings gave none; the index stays as it was.
            MissingExtra: the packages of the chosen embedding are not installed.
        """
        from deskbook.rag import index_folder, update_index
        from deskbook.sync import Cluster
        from deskbook.sync.embedding import on_cluster
        from deskbook.text.tiers import make_embedder, tier_for, wish

        made = self.settings
        with Cluster(made.scheduler) as cluster:

            def choose(messages: int, english: float) -> SearchEmbedder | None:
                tier = tier_for(made, messages, english)
                return on_cluster(tier, make_embedder(tier, made), cluster)

            return update_index(
                index_folder(made),
                LakeTurns(self.lake, made.tenant, self.snapshot),
                tenant=made.tenant,
                wish=wish(made),
                choose=choose,
                near=made.vectors,
            )

    def passages(
        self, query: str, *, period: str | m.Period | None = None, k: int = 10, **narrowed: str | Sequence[str]
    ) -> pd.DataFrame:
        """The passages of conversations that fit a query best by words and meaning, best first, one a message.

        A message that gives orders to whoever reads it is left out. Empty where nothing is indexed yet.

        Args:
            period: when they were sent; at any time if absent.
            narrowed: source, team, channel, status, language or role: one word, or several.

        Returns:
            source, ticket_id, message_id, sent_at (UTC), role, team, language, text (verbatim), score.

        Raises:
            UnknownName: messages are not told apart by that.
        """
        from deskbook.rag.find import readable
        from deskbook.rag.index import Scope

        for name in narrowed:
            if name not in NARROWED:
                raise UnknownName("way to narrow passages", name, NARROWED)
        words: dict[str, Any] = {name: (one,) if isinstance(one, str) else tuple(one) for name, one in narrowed.items()}
        span = self.period(period)
        scope = Scope(tenant=self.settings.tenant, since=span.since, until=span.until, **words)
        return pd.DataFrame(readable(cast("Numbers", self), query, scope, k), columns=list(COLUMNS))

    def retriever(self, **asked: Any) -> BaseRetriever:
        """`passages`, with the same arguments, as a LangChain retriever.

        Raises:
            MissingExtra: langchain-core is not installed.
        """
        from deskbook.rag.index.chain import make_retriever

        def find(query: str) -> list[dict[str, Any]]:
            rows = self.passages(query, **asked).to_dict("records")
            return [{str(name): value for name, value in row.items()} for row in rows]

        return make_retriever(find)

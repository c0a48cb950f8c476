"""The part of a book that keeps the search index of its messages."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from deskbook.settings import Settings
from deskbook.store import Lake, LakeTurns

if TYPE_CHECKING:
    from deskbook.rag import Indexed


class Indexing(ABC):
    """The part of a `Book` that indexes."""

    settings: Settings

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

        Raises:
            EmbeddingFailed: the endpoint of embeddings gave none; the index stays as it was.
            MissingExtra: the packages of the chosen embedding are not installed.
        """
        from deskbook.rag import index_folder, update_index
        from deskbook.text.tiers import make_embedder, tier_for, wish

        made = self.settings
        return update_index(
            index_folder(made),
            LakeTurns(self.lake, made.tenant, self.snapshot),
            tenant=made.tenant,
            wish=wish(made),
            choose=lambda messages, english: make_embedder(tier_for(made, messages, english), made),
            near=made.vectors,
        )

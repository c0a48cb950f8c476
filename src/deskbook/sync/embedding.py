"""Vectors of many texts on a cluster: those that this machine would make, worked out partition by partition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from deskbook.errors import ConfigError
from deskbook.sync.cluster import Cluster
from deskbook.text.tiers import local_embedder, versions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from deskbook.text.embedding import SearchEmbedder

PART_TEXTS: Final[Mapping[str, int]] = {"static": 2_500, "minilm": 250, "multilingual": 250}
"""Texts of one partition, by tier: some seconds of a core with a model, half a second without. A tier that stands not
here asks a server of its own."""


class OnCluster:
    """An embedder whose larger jobs a cluster does; each text is read by itself, so any cut gives the same vectors."""

    def __init__(self, tier: str, inner: SearchEmbedder, cluster: Cluster) -> None:
        self._tier, self._inner, self._cluster = tier, inner, cluster

    @property
    def name(self) -> str:
        """Model and version."""
        return self._inner.name

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return self._inner.dimensions

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, shape (len(texts), dimensions), each of length 1."""
        size = PART_TEXTS[self._tier]
        if len(texts) <= size or not self._cluster.is_set:
            return self._inner.embed(texts)
        import numpy as np

        parts = [list(texts[start : start + size]) for start in range(0, len(texts), size)]
        return np.concatenate(self._cluster.map(partial(embedded, self._tier, versions(self._tier)), parts))

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a question, shape (len(texts), dimensions), each of length 1."""
        return self._inner.embed_queries(texts)


def on_cluster(tier: str, embedder: SearchEmbedder | None, cluster: Cluster) -> SearchEmbedder | None:
    """The embedder of a tier, with a cluster for its larger jobs where there is one that can do them."""
    if embedder is None or tier not in PART_TEXTS or not cluster.is_set:
        return embedder
    return OnCluster(tier, embedder, cluster)


def embedded(tier: str, wanted: str, texts: Sequence[str]) -> NDArray[np.float32]:
    """What a worker does with its share.

    Raises:
        ConfigError: other packages than those of whoever asks; the share is then done there.
    """
    if versions(tier) != wanted:
        raise ConfigError(f"A worker embeds with '{versions(tier)}', wanted is '{wanted}'. Install the same there.")
    return local_embedder(tier).embed(texts)

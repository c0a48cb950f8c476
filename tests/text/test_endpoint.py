"""Vectors from an OpenAI-compatible server: in batches, in order, bounded in time, the key named and never said."""

from __future__ import annotations

import numpy as np
import pytest

from deskbook.errors import ConfigError, EmbeddingFailed
from deskbook.text.endpoint import TEXTS_A_REQUEST, Endpoint
from tests.fakes.embeddings_server import FakeEmbeddings

pytest.importorskip("openai")


def test_texts_go_in_batches_and_come_back_in_order() -> None:
    texts = [f"text {'x' * (n % 7)}" for n in range(TEXTS_A_REQUEST + 5)]
    with FakeEmbeddings() as fake:
        made = Endpoint("e5", url=fake.url)
        vectors = made.embed([*texts, "  "])
        assert made.name == f"e5@{fake.url}" and made.dimensions == 3
    assert [len(one) for one in fake.asked] == [1, TEXTS_A_REQUEST, 5] and fake.asked[1] == texts[:TEXTS_A_REQUEST]
    assert np.allclose(vectors[:-1], [0.6, 0.8, 0.0]) and not vectors[-1].any()


def test_the_key_is_named_and_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_KEY", "sk-secret")
    with FakeEmbeddings() as fake:
        made = Endpoint("e5", url=fake.url, key="{env(DESK_KEY)}")
        made.embed(["a"])
    assert set(fake.keys) == {"Bearer sk-secret"} and "sk-secret" not in repr(made) + made.name


def test_a_key_written_out_or_absent_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match="by name") as said:
        Endpoint("e5", key="sk-secret")
    assert "sk-secret" not in str(said.value)
    monkeypatch.delenv("NO_KEY", raising=False)
    with pytest.raises(ConfigError, match="NO_KEY, which is not set"):
        Endpoint("e5", key="{env(NO_KEY)}").embed(["a"])


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("401", "HTTP 401"),
        ("few", "fewer or broken"),
        ("nan", "fewer or broken"),
        ("html", "no vectors|cannot be asked"),
    ],
)
def test_a_server_that_fails_is_one_error_without_its_words(how: str, said: str) -> None:
    with FakeEmbeddings("well", how) as fake, pytest.raises(EmbeddingFailed, match=said) as error:
        Endpoint("e5", url=fake.url).embed(["one text", "another"])
    assert "sk-secret" not in str(error.value) and fake.url in str(error.value)


def test_a_refusal_that_passes_is_tried_again() -> None:
    with FakeEmbeddings("well", "500", "well") as fake:
        assert Endpoint("e5", url=fake.url).embed(["a"]).shape == (1, 3)
    assert len(fake.asked) == 3


def test_a_server_that_hangs_is_left() -> None:
    with FakeEmbeddings("hang") as fake, pytest.raises(EmbeddingFailed, match="did not answer within 1 s"):
        Endpoint("e5", url=fake.url, seconds=0.2).embed(["a"])


def test_no_server_is_one_error() -> None:
    with FakeEmbeddings() as fake:
        url = fake.url
    with pytest.raises(EmbeddingFailed, match="cannot be asked: APIConnectionError"):
        Endpoint("e5", url=url).embed(["a"])

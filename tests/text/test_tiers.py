"""The embedders: each gives unit vectors of like meanings; the one that suits a desk is chosen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from deskbook.errors import ConfigError, MissingExtra, UnknownName
from deskbook.settings import Settings, load_settings
from deskbook.text import tiers
from deskbook.text.embedding import SearchEmbedder
from deskbook.text.tiers import BULK_PASSAGES, Multilingual, Static, is_installed, made_with, make_embedder, tier_for

LOCAL = ("static", "minilm", "multilingual")
TEXTS = ["Where is my order?", "My parcel has not come yet", "I forgot my password", "", "🙂"]


def settings(tmp_path: Path, **made: str) -> Settings:
    return Settings(workspace=tmp_path, **made)  # type: ignore[arg-type]


def embedder(tier: str, tmp_path: Path) -> SearchEmbedder:
    if not is_installed(tier):
        pytest.skip(f"{tier} is not installed")
    made = make_embedder(tier, settings(tmp_path))
    assert made is not None
    return made


@pytest.mark.parametrize("tier", LOCAL)
def test_like_meanings_are_near_and_nothing_is_not_a_number(tier: str, tmp_path: Path) -> None:
    made = embedder(tier, tmp_path)
    vectors, asked = made.embed(TEXTS), made.embed_queries(["Has my parcel arrived?"])
    assert vectors.shape == (5, made.dimensions) and vectors.dtype == np.float32 and np.isfinite(vectors).all()
    lengths = np.linalg.norm(vectors, axis=1)
    assert all(length == pytest.approx(1, abs=1e-5) or length == 0 for length in lengths) and lengths[:3].min() > 0
    assert asked[0] @ vectors[1] > asked[0] @ vectors[2]


@pytest.mark.parametrize("tier", LOCAL)
def test_a_text_has_the_same_vector_alone_and_among_others(tier: str, tmp_path: Path) -> None:
    made = embedder(tier, tmp_path)
    together = made.embed(TEXTS)
    assert all(np.array_equal(made.embed([text])[0], row) for text, row in zip(TEXTS, together, strict=True))


def test_the_multilingual_model_reads_across_languages(tmp_path: Path) -> None:
    made = embedder("multilingual", tmp_path)
    german, other = made.embed(["Mein Paket ist nicht angekommen", "Ich habe mein Passwort vergessen"])
    (asked,) = made.embed_queries(["my parcel did not arrive"])
    assert asked @ german > asked @ other


@pytest.mark.parametrize(
    ("installed", "passages", "english", "wanted"),
    [
        (LOCAL, 10, 1.0, "minilm"),
        (LOCAL, 10, 0.2, "multilingual"),
        (LOCAL, BULK_PASSAGES + 1, 1.0, "static"),
        (LOCAL, BULK_PASSAGES + 1, 0.2, "static"),
        (("static",), 10, 1.0, "static"),
        (("minilm",), BULK_PASSAGES + 1, 1.0, "words"),
        ((), 10, 1.0, "words"),
    ],
)
def test_a_desk_gets_the_best_that_is_quick_enough(
    installed: tuple[str, ...],
    passages: int,
    english: float,
    wanted: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(tiers, "is_installed", lambda tier: tier in installed)
    assert tier_for(settings(tmp_path), passages, english) == wanted
    assert tier_for(settings(tmp_path, embedding="multilingual"), passages, english) == "multilingual"


def test_an_index_is_asked_with_the_model_it_was_made_with(tmp_path: Path) -> None:
    made = embedder("static", tmp_path)
    assert made_with(Static.name, settings(tmp_path)) is made
    assert made_with("another-model", settings(tmp_path)) is None
    endpoint = settings(tmp_path, embedding="endpoint", embedding_model="m", embedding_key="")
    assert made_with("m@openai", endpoint).name == "m@openai"  # type: ignore[union-attr]
    assert made_with("n@openai", endpoint) is None


def test_words_alone_need_no_embedder_and_an_unknown_tier_is_named(tmp_path: Path) -> None:
    assert make_embedder("words", settings(tmp_path)) is None
    with pytest.raises(UnknownName, match="Did you mean 'minilm'"):
        make_embedder("minilmm", settings(tmp_path))
    with pytest.raises(ConfigError, match="embedding_model is empty"):
        make_embedder("endpoint", settings(tmp_path, embedding_model=""))


@pytest.mark.parametrize("kind", [Static, Multilingual])
def test_a_missing_package_names_the_extra(kind: type[Static | Multilingual], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiers, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r"deskbook\[ask\]"):
        kind().embed(["a"])


def test_the_environment_chooses_and_a_wrong_choice_is_refused(tmp_path: Path) -> None:
    assert load_settings(tmp_path, {"DESKBOOK_EMBEDDING": "static"}).embedding == "static"
    with pytest.raises(ConfigError, match=r"Setting embedding is 'best'\. Write one of: auto, words, static"):
        load_settings(tmp_path, {"DESKBOOK_EMBEDDING": "best"})
    (tmp_path / "deskbook.toml").write_text('[workspace]\nvectors = "faiss"\n')
    with pytest.raises(ConfigError, match="Write 'exact' or 'chroma'"):
        load_settings(tmp_path, {})

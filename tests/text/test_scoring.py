"""The table: one row a text, in order, exact, and the same however it was made."""

from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbook.errors import BadFrame, UnknownName
from deskbook.text import LABELS, label, score_texts, scorer_name
from deskbook.text.scoring import PAYS_FROM_TEXTS, SCHEMA

TEXTS = [
    "Still waiting for my refund, this is unacceptable",
    "Meine Bestellung ist kaputt angekommen und niemand antwortet",
    "Where can I change my delivery address?",
    "Thank you so much, all sorted now and working again!",
]


def test_rows_keep_the_order_of_the_texts() -> None:
    table = score_texts(pa.array([*TEXTS, *TEXTS[::-1]]))
    assert table["sentiment_label"].to_pylist()[:4] == ["negative", "negative", "neutral", "positive"]
    assert table.slice(0, 4).to_pylist() == table.slice(4, 4).to_pylist()[::-1]


def test_languages_are_told() -> None:
    texts = [
        *TEXTS[:2],
        "No funciona la aplicación desde ayer",
        "Je ne peux pas ouvrir mon compte",
        "Não consigo entrar na conta",
    ]
    assert score_texts(pa.array(texts))["language"].to_pylist() == ["en", "de", "es", "fr", "pt"]


def test_a_short_text_has_no_language_but_a_mood() -> None:
    table = score_texts(pa.array(["ok", "kaputt!", "Great!", "😡😡"]))
    assert table["language"].to_pylist() == [None] * 4
    assert table["sentiment_label"].to_pylist() == ["neutral", "negative", "positive", "negative"]


@pytest.mark.parametrize("nothing", [None, "", "  \n\t", "https://example.org/x", "> a quote", "@acme", "\x00"])
def test_nothing_said_has_no_score(nothing: str | None) -> None:
    (row,) = score_texts(pa.array([nothing], pa.string())).to_pylist()
    assert row == {**dict.fromkeys(SCHEMA.names), "scorer": "lexicon-1"}


def test_scores_are_exact_decimals() -> None:
    table = score_texts(pa.array(["This is good", "This is bad"]))
    assert table.schema == SCHEMA
    assert table["sentiment_lexicon"].to_pylist() == [Decimal("0.4404"), Decimal("-0.5423")]
    assert table["sentiment"].equals(table["sentiment_lexicon"])
    assert table["sentiment_semantic"].null_count == 2


@pytest.mark.parametrize(
    ("mood", "wanted"),
    [(-10_000, "negative"), (-500, "negative"), (-499, "neutral"), (0, "neutral"), (499, "neutral"), (500, "positive")],
)
def test_label_thresholds(mood: int, wanted: str) -> None:
    assert label(mood) == wanted


def test_a_quoted_reply_does_not_change_the_score() -> None:
    quoted = TEXTS[0] + "\n\nOn Mon, 3 Mar 2025, Ann wrote:\n> Great, thank you so much, perfect!\n> Wonderful\n"
    assert score_texts(pa.array([quoted])).equals(score_texts(pa.array([TEXTS[0]])))


def test_two_processes_give_the_same_table_as_one() -> None:
    texts = pa.array([f"{TEXTS[row % 4]} {row}" for row in range(2 * PAYS_FROM_TEXTS + 1)])
    assert score_texts(texts, workers=2).equals(score_texts(texts))


def test_every_arrow_form_of_strings_gives_the_same_table() -> None:
    texts = pa.array([*TEXTS, None])
    wanted = score_texts(texts)
    forms = [pa.chunked_array([texts[:2], texts[2:]]), texts.cast(pa.large_string()), texts.dictionary_encode()]
    assert all(score_texts(form).equals(wanted) for form in [*forms, pa.concat_arrays([texts, texts])[5:]])


@pytest.mark.parametrize(
    "empty", [pa.array([], pa.string()), pa.chunked_array([], pa.string()), pa.array([], pa.null())]
)
def test_no_texts_give_an_empty_table(empty: pa.Array) -> None:
    assert score_texts(empty).schema == SCHEMA
    assert score_texts(empty).num_rows == 0


def test_a_megabyte_of_text_is_scored() -> None:
    assert score_texts(pa.array(["terrible " * 120_000]))["sentiment_label"].to_pylist() == ["negative"]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.none() | st.text(max_size=80) | st.sampled_from(["not good!!", "NO NO but :)", "\x00ok", "İ is bad"]))
)
def test_any_text_gives_a_score_in_range_with_its_label(texts: list[str | None]) -> None:
    rows = score_texts(pa.array(texts, pa.string())).to_pylist()
    assert len(rows) == len(texts)
    for row in rows:
        score = row["sentiment"]
        assert (score is None) == (row["sentiment_label"] is None)
        assert score is None or (-1 <= score <= 1 and row["sentiment_label"] == label(int(score * 10_000)))
        assert row["sentiment_label"] in (*LABELS, None)


def test_numbers_are_refused() -> None:
    with pytest.raises(BadFrame, match="wanted strings, got int64"):
        score_texts(pa.array([1, 2]))


def test_an_unknown_method_offers_the_closest() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'semantic'"):
        scorer_name("semantics")  # type: ignore[arg-type]

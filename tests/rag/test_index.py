"""The index: found by stems and by meaning, narrowed by scope, whole after a failure, BM25 as bm25s has it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import bm25s
import pytest
import Stemmer

from deskbook.errors import EmbeddingFailed, StoreError
from deskbook.rag.index import Reader, Scope, indexed_snapshot, open_index, search
from deskbook.rag.index.postings import scores, stems
from tests.rag.indexed import Bags, build, message

MAIN = Scope(tenant="main")
TEXTS = ("my refund is late", "refunds take long, refund me", "the app crashes", "hello there", "a zebra")
SOME = [message(number, text) for number, text in enumerate(TEXTS)]


def found(folder: Path, query: str, scope: Scope = MAIN) -> list[str]:
    return [hit.message_id for hit in search(folder, query, scope)]


def test_messages_are_found_by_the_stem_of_a_word(tmp_path: Path) -> None:
    assert build(tmp_path, SOME)
    assert found(tmp_path, "refunded") == ["M1", "M0"]


def test_a_hit_says_where_it_stands(tmp_path: Path) -> None:
    build(tmp_path, SOME)
    (hit,) = search(tmp_path, "crashed", MAIN)
    assert (hit.source, hit.ticket_id, hit.role, hit.team, hit.language) == ("desk", "T2", "customer", "Billing", "en")
    assert TEXTS[2][hit.start : hit.end] == TEXTS[2] and hit.score > 0


def test_scores_are_those_of_bm25s(tmp_path: Path) -> None:
    build(tmp_path, SOME[:3])
    build(tmp_path, SOME, 2)
    index = open_index(tmp_path, "main")
    words = [f"{row['ticket_id']} 2026-09-{21 + n} Billing customer \n{row['text']}" for n, row in enumerate(SOME)]
    stemmer = Stemmer.Stemmer("english")
    oracle = bm25s.BM25(method="lucene", k1=1.5, b=0.75, dtype="float64")
    oracle.index(bm25s.tokenize(words, stopwords=[], stemmer=stemmer, show_progress=False), show_progress=False)
    ours = scores([(one.postings, one.alive) for one in index.segments], stems("late refund"))
    (query,) = bm25s.tokenize(["late refund"], stopwords=[], stemmer=stemmer, show_progress=False, return_ids=False)
    by_message = {
        one.rows["message_id"][row].as_py(): value
        for one, values in zip(index.segments, ours, strict=True)
        for row, value in enumerate(values)
    }
    theirs = {f"M{n}": float(score) for n, score in enumerate(oracle.get_scores(query))}
    assert by_message == pytest.approx(theirs, abs=1e-6) and max(theirs.values()) > 0.5


@pytest.mark.parametrize(
    ("scope", "wanted"),
    [
        (Scope(tenant="main", since=datetime(2026, 9, 23, tzinfo=UTC)), ["M2", "M3"]),
        (Scope(tenant="main", until=datetime(2026, 9, 22, tzinfo=UTC)), ["M0"]),
        (Scope(tenant="main", team=("Orders",)), ["M1"]),
        (Scope(tenant="main", role=("agent",), language=("de", "fr")), ["M2"]),
        (Scope(tenant="main", tickets=frozenset({("desk", "T3"), ("other", "T0")})), ["M3"]),
        (Scope(tenant="main", status=("nowhere",)), []),
    ],
)
def test_a_scope_narrows_words_and_meaning(tmp_path: Path, scope: Scope, wanted: list[str]) -> None:
    own = [{}, {"team": "Orders"}, {"role": "agent", "language": "de"}, {"role": "agent"}]
    build(tmp_path, [message(n, f"the parcel {n}", **more) for n, more in enumerate(own)], embedder=Bags())
    assert sorted(found(tmp_path, "parcel", scope)) == wanted
    hits = search(tmp_path, "parcel the", scope, embedders=lambda name: Bags())
    assert sorted(hit.message_id for hit in hits) == wanted


def test_meaning_finds_what_shares_no_stem(tmp_path: Path) -> None:
    class Synonyms(Bags):
        def embed_queries(self, texts: list[str]) -> object:
            return self.embed([text.replace("broken", "crashes") for text in texts])

    build(tmp_path, SOME, embedder=Bags())
    assert found(tmp_path, "app broken") == ["M2"] and found(tmp_path, "broken") == []
    (first, *_) = search(tmp_path, "broken", MAIN, embedders=lambda name: Synonyms())
    assert first.message_id == "M2"


def test_the_index_of_one_tenant_answers_no_other(tmp_path: Path) -> None:
    build(tmp_path, SOME)
    with pytest.raises(StoreError, match="not of tenant 'other'"):
        search(tmp_path, "refund", Scope(tenant="other"))


def test_the_reader_puts_the_best_first_and_loses_none(tmp_path: Path) -> None:
    build(tmp_path, SOME)
    reader = Reader(Bags(), lambda hits: ["refunded" if hit.message_id == "M0" else "else" for hit in hits])
    assert [hit.message_id for hit in search(tmp_path, "refunded", MAIN, reader=reader)] == ["M0", "M1"]


def test_words_alone_serve_where_the_embedder_fails(tmp_path: Path) -> None:
    class Away(Bags):
        def embed_queries(self, texts: list[str]) -> object:
            raise EmbeddingFailed("away")

    build(tmp_path, SOME, embedder=Bags())
    assert [hit.message_id for hit in search(tmp_path, "crash", MAIN, embedders=lambda name: Away())] == ["M2"]


def test_a_long_message_is_found_once_by_its_best_passage(tmp_path: Path) -> None:
    text = "We talked about the weather. " * 60 + "Then the zebra came. " + "It was a long day. " * 60
    build(tmp_path, [message(1, text)])
    (hit,) = search(tmp_path, "zebra", MAIN)
    assert "zebra" in text[hit.start : hit.end] and hit.end - hit.start <= 900


def test_the_same_snapshot_and_wish_are_not_built_again(tmp_path: Path) -> None:
    build(tmp_path, SOME, 7)
    assert build(tmp_path, SOME[:1], 7) is None and indexed_snapshot(tmp_path) == 7
    assert build(tmp_path, SOME[:1], 7, wish="other") and len(found(tmp_path, "refund")) == 1


def test_another_model_means_a_new_index_that_says_so(tmp_path: Path) -> None:
    build(tmp_path, SOME)
    done = build(tmp_path, SOME, 2, Bags(), wish="bags")
    assert done and done.rebuilt == "it was made with words alone, now bags-1" and "built anew" in str(done)
    assert done.embedded == len(SOME)


def test_a_build_that_fails_leaves_the_old_index(tmp_path: Path) -> None:
    class Failing(Bags):
        def embed(self, texts: list[str]) -> object:
            raise EmbeddingFailed("away")

    build(tmp_path, SOME, embedder=Bags())
    with pytest.raises(EmbeddingFailed):
        build(tmp_path, [*SOME[1:], message(9, "a new refund")], 2, Failing())
    assert indexed_snapshot(tmp_path) == 1 and found(tmp_path, "refund") == ["M1", "M0"]
    build(tmp_path, [*SOME[1:], message(9, "a new refund")], 2, Bags())
    assert sorted(found(tmp_path, "refund")) == ["M1", "M9"]
    named = {name for name, _ in open_index(tmp_path, "main").generation.segments}  # type: ignore[union-attr]
    assert {one.name for one in tmp_path.iterdir() if one.is_dir()} == named


def test_no_index_no_word_and_no_message_find_nothing(tmp_path: Path) -> None:
    assert found(tmp_path / "none", "refund") == [] and indexed_snapshot(tmp_path / "none") is None
    build(tmp_path, [])
    assert found(tmp_path, "refund") == []
    build(tmp_path, SOME, 2)
    assert found(tmp_path, "") == found(tmp_path, "qqq") == [] == search(tmp_path, "refund", MAIN, 0)


def test_odd_questions_find_nothing_and_break_nothing(tmp_path: Path) -> None:
    build(tmp_path, SOME, embedder=Bags())
    for query in ("🙂🙂", "'; DROP TABLE messages; --", "x" * 10_000, "\0", "   \n"):
        assert isinstance(search(tmp_path, query, MAIN, embedders=lambda name: Bags()), list)


@pytest.mark.parametrize("text", ['{"format": 3, "sna', '{"format": 1, "snapshot": 1, "generation": "1-ab"}'])
def test_a_torn_pointer_or_an_older_format_is_no_index_and_is_replaced(tmp_path: Path, text: str) -> None:
    build(tmp_path, SOME)
    (tmp_path / "current.json").write_text(text)
    assert found(tmp_path, "refund") == []
    assert build(tmp_path, SOME) and len(found(tmp_path, "refund")) == 2
    assert json.loads((tmp_path / "current.json").read_text())["messages"] == len(SOME)


def test_forms_of_a_word_are_found_in_each_language(tmp_path: Path) -> None:
    said = {
        "de": ("Die Rechnungen sind falsch", "Rechnung"),
        "es": ("Mis facturas son incorrectas", "factura"),
        "fr": ("Mes livraisons sont perdues", "livraison"),
        "pt": ("As entregas atrasaram", "entrega"),
        "en": ("The deliveries are late", "delivery"),
    }
    build(tmp_path, [message(n, text, language=name) for n, (name, (text, _)) in enumerate(said.items())])
    assert [found(tmp_path, word) for _, word in said.values()] == [[f"M{n}"] for n in range(5)]


def test_what_an_older_format_and_another_way_left_is_removed(tmp_path: Path) -> None:
    for name in ("7-abcdef12", "s-left", "chroma"):
        (tmp_path / name).mkdir()
    build(tmp_path, SOME)
    (only,) = [one for one in tmp_path.iterdir() if one.is_dir()]
    assert only.name == open_index(tmp_path, "main").segments[0].name


def test_a_message_without_a_word_is_never_found(tmp_path: Path) -> None:
    build(tmp_path, [*SOME, message(7, ""), message(8, " \n", subject="refund"), message(9, "🙂")], embedder=Bags())
    hits = search(tmp_path, "refund customer Billing", MAIN, 50, embedders=lambda name: Bags())
    assert {hit.message_id for hit in hits} == {"M0", "M1", "M2", "M3", "M4", "M9"}
    assert build(tmp_path, SOME, 2, Bags()).removed == 3  # type: ignore[union-attr]

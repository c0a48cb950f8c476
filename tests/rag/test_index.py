"""The word index: built once a snapshot, replaced whole, searched by stems."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from deskbook.rag import build_index, indexed_snapshot, search


def messages(*texts: str | None) -> pd.DataFrame:
    ids = [f"M{number}" for number in range(len(texts))]
    sent = pd.date_range("2026-10-01", periods=len(texts), freq="D")
    tickets = [f"T{number}" for number in range(len(texts))]
    return pd.DataFrame({"source": "desk", "ticket_id": tickets, "id": ids, "sent_at": sent, "text": list(texts)})


SOME = messages("my refund is late", "refunds take long, refund me", "the app crashes", None, "   ", "hello there")


def test_messages_are_found_by_the_stem_of_a_word(tmp_path: Path) -> None:
    assert build_index(SOME, tmp_path, 1)
    assert [hit.message_id for hit in search(tmp_path, "refunded")] == ["M1", "M0"]


def test_a_hit_says_where_it_stands(tmp_path: Path) -> None:
    build_index(SOME, tmp_path, 1)
    (hit,) = search(tmp_path, "crashed")
    assert (hit.source, hit.ticket_id, hit.sent_at) == (
        "desk",
        "T2",
        datetime(2026, 10, 3, tzinfo=UTC),
    ) and hit.score > 0


def test_a_span_of_time_narrows_the_search(tmp_path: Path) -> None:
    build_index(SOME, tmp_path, 1)
    since = datetime(2026, 10, 2, tzinfo=UTC)
    assert [hit.message_id for hit in search(tmp_path, "refund", since=since)] == ["M1"]
    assert [hit.message_id for hit in search(tmp_path, "refund", until=since)] == ["M0"]


def test_the_same_snapshot_is_not_built_again(tmp_path: Path) -> None:
    build_index(SOME, tmp_path, 7)
    assert not build_index(messages("new text"), tmp_path, 7) and indexed_snapshot(tmp_path) == 7
    assert search(tmp_path, "new text") == []


def test_a_new_snapshot_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    build_index(SOME, tmp_path, 1)
    build_index(messages("only zebras"), tmp_path, 2)
    assert search(tmp_path, "refund") == [] and search(tmp_path, "zebra")[0].message_id == "M0"
    assert len([one for one in tmp_path.iterdir() if one.is_dir()]) == 1


def test_a_build_that_fails_leaves_the_old_index(tmp_path: Path) -> None:
    build_index(SOME, tmp_path, 1)
    with pytest.raises(KeyError):
        build_index(SOME.drop(columns="ticket_id"), tmp_path, 2)
    assert indexed_snapshot(tmp_path) == 1 and len(search(tmp_path, "refund")) == 2
    assert len([one for one in tmp_path.iterdir() if one.is_dir()]) == 1


def test_no_index_no_word_and_no_message_find_nothing(tmp_path: Path) -> None:
    assert search(tmp_path / "none", "refund") == [] and indexed_snapshot(tmp_path / "none") is None
    build_index(messages(None), tmp_path, 1)
    assert search(tmp_path, "refund") == []
    build_index(SOME, tmp_path, 2)
    assert search(tmp_path, "") == search(tmp_path, "qqq") == search(tmp_path, "refund", 0) == []


def test_a_torn_pointer_is_no_index_and_is_replaced(tmp_path: Path) -> None:
    build_index(SOME, tmp_path, 1)
    (tmp_path / "current.json").write_text('{"format": 1, "sna')
    assert search(tmp_path, "refund") == []
    assert build_index(SOME, tmp_path, 1) and len(search(tmp_path, "refund")) == 2


def test_a_hundred_thousand_messages_are_indexed_in_seconds(tmp_path: Path) -> None:
    dice = np.random.default_rng(1)
    words = np.array([f"word{number}" for number in range(5_000)])
    texts = [" ".join(row) for row in words[dice.integers(0, 5_000, (100_000, 15))]]
    started = time.perf_counter()
    build_index(messages(*texts).assign(sent_at=datetime(2026, 10, 1, tzinfo=UTC)), tmp_path, 1)
    built = time.perf_counter()
    assert len(search(tmp_path, "word17 word99")) == 10
    assert built - started < 30 and time.perf_counter() - built < 3

"""Floors under how well passages are found on public questions with known answers; see tests/benchmarks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskbook.text import MiniLM
from deskbook.text.tiers import Static, is_installed
from tests.rag.retrieval import Desk, Kept, emanual, measure, stack_faq


@pytest.fixture(scope="module", params=[stack_faq, emanual], ids=["StackFAQ", "E-manual"])
def desk(request: pytest.FixtureRequest, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    if not is_installed("static"):
        pytest.skip("deskbook[ask] is not installed")
    yield Desk(request.param(shared), tmp_path_factory.mktemp("sets"), Kept(Static()))


FLOORS = {"StackFAQ": (0.80, 0.85, 0.90), "E-manual": (0.78, 0.81, 0.83)}


def test_words_alone_and_with_meaning_stay_above_their_floors(desk: Desk) -> None:
    words, both, _ = FLOORS[desk.questions.name]
    asked = desk.questions.asked["test"]
    assert measure(asked, desk.words).mrr >= words
    assert measure(asked, desk.both).mrr >= both


def test_reading_again_helps(desk: Desk) -> None:
    if not is_installed("minilm"):
        pytest.skip("deskbook[ask] is not installed")
    asked = desk.questions.asked["test"][:120]
    reader = Kept(MiniLM())
    got = measure(asked, lambda query: desk.read_again(query, reader))
    assert got.mrr >= FLOORS[desk.questions.name][2] and got.mrr > measure(asked, desk.both).mrr

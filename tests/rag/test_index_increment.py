"""Adds, edits, moves and deletes, one after the other, against an index built at once."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from deskbook.rag.index import Scope, open_index, search
from tests.rag.indexed import Bags, build, message

WORDS = [
    f"{a}{b}" for a in ("ka", "lo", "mi", "nu", "pe", "ro", "su", "ti") for b in ("ber", "dan", "fix", "gol", "hut")
]
TEAMS = ("Billing", "Orders", "Repairs")


def contents(folder: Path) -> dict[tuple[str, int], tuple[Any, ...]]:
    """All that an index holds of each passage, whichever segment it lies in."""
    held: dict[tuple[str, int], tuple[Any, ...]] = {}
    for one in open_index(folder, "main").segments:
        bags: list[dict[str, int]] = [{} for _ in range(len(one.alive))]
        for term in one.postings.terms.to_pylist():
            for doc, count in zip(*one.postings.of(term), strict=True):
                bags[doc][term] = int(count)
        for row, values in enumerate(one.rows.to_pylist()):
            if one.alive[row]:
                key = (values["message_id"], values["part"])
                assert key not in held
                held[key] = (values, bags[row], int(one.postings.lengths[row]), one.vectors[row].tobytes())
    return held


def answers(folder: Path, dice: random.Random) -> list[list[tuple[str, int, float]]]:
    """What many questions find, with scores, by words and meaning, narrowed and not."""
    said = []
    for _ in range(40):
        query = " ".join(dice.choices(WORDS, k=dice.randint(1, 4)))
        scope = Scope(tenant="main", team=dice.choice([(), (dice.choice(TEAMS),)]))
        hits = search(folder, query, scope, 20, embedders=dice.choice([None, lambda name: Bags()]))
        said.append([(hit.message_id, hit.start, hit.score) for hit in hits])
    return said


def edited(rows: list[dict[str, Any]], dice: random.Random, fresh: int) -> list[dict[str, Any]]:
    """Some deleted, some said otherwise, some passed to another team, some new."""
    kept = []
    for row in rows:
        fate = dice.random()
        if fate < 0.08:
            continue
        if fate < 0.16:
            row = {**row, "text": " ".join(dice.choices(WORDS, k=dice.randint(1, 400)))}
        elif fate < 0.24:
            row = {**row, "team": dice.choice(TEAMS), "status": "solved"}
        kept.append(row)
    return [*kept, *(message(fresh + n, " ".join(dice.choices(WORDS, k=8))) for n in range(dice.randint(0, 30)))]


@pytest.mark.parametrize("seed", range(6))
def test_an_index_grown_step_by_step_equals_one_built_at_once(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    rows = [message(n, " ".join(dice.choices(WORDS, k=8)), team=dice.choice(TEAMS)) for n in range(120)]
    for step in range(1, 9):
        build(tmp_path / "grown", rows, step, Bags())
        rows = edited(rows, dice, 1_000 * step)
    build(tmp_path / "grown", rows, 9, Bags())
    build(tmp_path / "whole", rows, 9, Bags())
    assert contents(tmp_path / "grown") == contents(tmp_path / "whole")
    ours, theirs = (answers(tmp_path / name, random.Random(seed)) for name in ("grown", "whole"))
    assert ours == theirs and sum(map(len, theirs)) > 400


def test_only_what_is_new_is_embedded(tmp_path: Path) -> None:
    rows = [message(n, f"text {n}") for n in range(10)]
    build(tmp_path, rows, embedder=Bags())
    embedder = Bags()
    moved = [{**row, "team": "Orders", "status": "solved"} for row in rows[:4]]
    done = build(tmp_path, [*moved, {**rows[4], "text": "other"}, *rows[6:], message(77, "new")], 2, embedder)
    assert done and (done.added, done.changed, done.removed, done.embedded) == (1, 5, 1, 2)
    assert sorted(embedder.asked) == ["new", "other"]
    hits = search(tmp_path, "text", Scope(tenant="main", team=("Orders",)))
    assert {hit.message_id for hit in hits} == {"M0", "M1", "M2", "M3"}


def test_equal_texts_are_embedded_once(tmp_path: Path) -> None:
    embedder = Bags()
    build(tmp_path, [message(n, "the same flood") for n in range(40)], embedder=embedder)
    assert embedder.asked == ["the same flood"]


def test_small_segments_are_merged_and_large_ones_left(tmp_path: Path) -> None:
    rows = [message(n, f"text {n}") for n in range(400)]
    build(tmp_path, rows)
    (large,) = open_index(tmp_path, "main").segments
    for step in range(2, 42):
        rows.append(message(1_000 + step, "more"))
        build(tmp_path, rows, step)
    names = [one.name for one in open_index(tmp_path, "main").segments]
    assert names[0] == large.name and len(names) <= 6
    assert len(search(tmp_path, "more", Scope(tenant="main"), 99)) == 40


def test_a_segment_that_lost_much_is_written_anew(tmp_path: Path) -> None:
    rows = [message(n, f"text {n}") for n in range(20)]
    build(tmp_path, rows)
    build(tmp_path, rows[:5], 2)
    (one,) = open_index(tmp_path, "main").segments
    assert len(one.alive) == 5 and "15" not in one.postings.terms.to_pylist()
    build(tmp_path, [], 3)
    assert open_index(tmp_path, "main").segments == () and np.size(search(tmp_path, "text", Scope(tenant="main"))) == 0


def test_an_index_that_is_open_stays_as_it_was(tmp_path: Path) -> None:
    rows = [message(n, f"text {n}") for n in range(20)]
    build(tmp_path, rows, embedder=Bags())
    before = open_index(tmp_path, "main")
    build(tmp_path, [], 2, Bags())
    inside = before.inside(Scope(tenant="main"))
    assert len(before.by_words(["text"], inside, 50)) == 20
    assert len(before.by_meaning(Bags().embed(["text 3"])[0], inside, 50)) == 20

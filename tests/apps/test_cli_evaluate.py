"""`deskbook evaluate ask`: its keys, its table, what it shows of held-out seeds and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deskbook.apps.cli import app
from deskbook.errors import BadValue

KEYS = (
    "overall numbers why_easy why_hard citation_precision citation_recall abstention_f1 injection_followed "
    "plan_accuracy_en plan_accuracy_de plan_accuracy_es plan_accuracy_fr p95_ms by_kind"
)


def run(*words: str) -> str:
    done = CliRunner().invoke(app, ["evaluate", "ask", *words], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


def test_json_has_every_score_and_nothing_beside_it() -> None:
    scores = json.loads(run("--seeds", "11", "--kinds", "unknown_entity,quiet_day", "--limit", "4", "--json"))
    assert set(KEYS.split()) <= set(scores)
    assert scores["seeds"] == [11] and scores["questions"] == 4
    assert scores["by_kind"]["unknown_entity"] == {"questions": 2, "right": 1.0, "plan": None}


def test_failures_say_what_was_wanted_and_what_came() -> None:
    said = run("--seeds", "11", "--kinds", "multi_hop", "--limit", "1", "--answerer", "passages", "--failures")
    assert "11-multi_hop-" in said and "wanted:" in said and "came:" in said


def test_held_out_questions_are_not_shown_unless_asked_for() -> None:
    with pytest.raises(BadValue, match="--failures wants train seeds, got held-out 201"):
        run("--seeds", "11,201", "--failures")


def test_scores_of_some_kinds_are_not_kept(tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="--keep wants all kinds of question"):
        run("--seeds", "11", "--kinds", "rank", "--keep", str(tmp_path / "kept.json"))

"""Whole questions by somebody who did not know the parser: how many are read as the kind they are meant as."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final, cast

from deskbook.rag import make_plan
from deskbook.rag.contract import Numbers

from .test_phrasings import Names

ASKED: Final = tomllib.loads((Path(__file__).parent / "free_questions.toml").read_text("utf-8"))["asked"]
FLOOR: Final = 0.78
"""Share reached; some name teams and segments that the desk of the test lacks, and are refused by name."""


def test_most_free_questions_are_read_as_the_kind_they_are_meant_as() -> None:
    plans = [(make_plan(text, cast(Numbers, Names())), kind) for text, kind in ASKED]
    right = [("refused" if plan.problem else plan.kind) == kind for plan, kind in plans]
    assert sum(right) / len(right) >= FLOOR

"""The index between processes: what one builds another finds, and a builder that is killed leaves the old one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from deskbook.rag.index import Scope, indexed_snapshot, search
from tests.rag.indexed import Bags, build, message

ROOT = Path(__file__).resolve().parents[2]
MAIN = Scope(tenant="main")
BUILDER = """
import sys
from pathlib import Path
from tests.rag.indexed import Bags, build, message
rows = [message(n, f"parcel {n}") for n in range(int(sys.argv[2]))]
build(Path(sys.argv[1]), rows, int(sys.argv[2]), Bags(), near=sys.argv[3])
"""
KILLED = """
import os, sys
from pathlib import Path
from deskbook.rag.index import generation, segment
from tests.rag.indexed import Bags, build, message
module, name = {"words": (segment.words, "save"), "pointer": (generation.os, "replace")}[sys.argv[2]]
setattr(module, name, lambda *_: os._exit(9))
build(Path(sys.argv[1]), [message(n, f"letter {n}") for n in range(50)], 9, Bags(), near=sys.argv[3])
"""


def run(code: str, *words: object) -> int:
    command = [sys.executable, "-c", code, *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=120).returncode


@pytest.mark.parametrize("near", ["exact", "chroma"])
def test_what_another_process_indexes_is_found_without_a_restart(tmp_path: Path, near: str) -> None:
    if near == "chroma":
        pytest.importorskip("chromadb")

    def found() -> set[str]:
        hits = search(tmp_path, "parcel customer", MAIN, 99, embedders=lambda name: Bags())
        by_meaning = search(tmp_path, "parcel", MAIN, 99, embedders=lambda name: Bags())
        assert {hit.message_id for hit in hits} == {hit.message_id for hit in by_meaning}
        return {hit.message_id for hit in hits}

    assert run(BUILDER, tmp_path, 3, near) == 0 and found() == {"M0", "M1", "M2"}
    assert run(BUILDER, tmp_path, 5, near) == 0 and found() == {"M0", "M1", "M2", "M3", "M4"}
    assert run(BUILDER, tmp_path, 1, near) == 0 and found() == {"M0"}


@pytest.mark.parametrize("near", ["exact", "chroma"])
@pytest.mark.parametrize("where", ["words", "pointer"])
def test_a_builder_that_is_killed_leaves_the_old_index(tmp_path: Path, near: str, where: str) -> None:
    if near == "chroma":
        pytest.importorskip("chromadb")
    rows: list[dict[str, Any]] = [message(n, f"parcel {n}") for n in range(5)]
    build(tmp_path, rows, 1, Bags(), near=near)
    assert run(KILLED, tmp_path, where, near) == 9
    hits = search(tmp_path, "parcel letter", MAIN, 99, embedders=lambda name: Bags())
    assert indexed_snapshot(tmp_path) == 1 and {hit.message_id for hit in hits} == {f"M{n}" for n in range(5)}
    build(tmp_path, rows[:2], 3, Bags(), near=near)
    hits = search(tmp_path, "parcel letter", MAIN, 99, embedders=lambda name: Bags())
    assert {hit.message_id for hit in hits} == {"M0", "M1"}
    assert len([one for one in tmp_path.iterdir() if one.name.startswith("s-")]) == 1

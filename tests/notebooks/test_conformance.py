"""Every notebook is a page: the seven parts, thin cells, typed parameters, nothing left over from a run."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from deskbook.book import Book
from deskbook.reports.run import PAGE_DATA, execute

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
DEMANDED = {"overview", "response_times", "sentiment", "tickets", "ask", "sources"}
LOOPS = (ast.For, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.AsyncFor)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text("utf-8")))


def code(path: Path) -> list[str]:
    return ["".join(cell["source"]) for cell in read(path)["cells"] if cell["cell_type"] == "code"]


def test_the_demanded_pages_are_there() -> None:
    assert {path.stem for path in NOTEBOOKS} >= DEMANDED


@every_notebook
def test_a_page_has_its_seven_parts(path: Path) -> None:
    cells = read(path)["cells"]
    kinds = [cell["cell_type"] for cell in cells]
    assert kinds == ["markdown", *["code"] * 6]
    about = "".join(cells[0]["source"])
    assert about.startswith("# ") and "Tables:" in about and "Owner:" in about
    assert [cell["metadata"].get("tags") for cell in cells[1:]] == [None, ["parameters"], None, None, None, None]
    sources = code(path)
    assert sources[0].startswith("import deskbook")
    assert "deskbook.open()" in sources[2]
    assert sources[-1].rstrip().endswith(".servable()")


@every_notebook
def test_a_page_describes_itself(path: Path) -> None:
    about = read(path)["metadata"]["deskbook"]
    assert set(about) == {"title", "order", "roles", "question"}
    assert about["title"] and about["question"].endswith("?")
    assert isinstance(about["order"], int) and about["roles"]


def test_pages_have_an_order_of_their_own() -> None:
    orders = [read(path)["metadata"]["deskbook"]["order"] for path in NOTEBOOKS]
    assert len(set(orders)) == len(orders)


@every_notebook
def test_cells_are_thin_and_hold_no_logic(path: Path) -> None:
    for source in code(path):
        assert len(source.splitlines()) <= 10
        nodes = list(ast.walk(ast.parse(source)))
        assert not [type(node).__name__ for node in nodes if isinstance(node, (*LOOPS, *DEFINITIONS))]
        names = {node.id for node in nodes if isinstance(node, ast.Name)}
        assert not names & {"print", "display", "exec", "eval"}
        assert not re.search(r"\bselect\b.+\bfrom\b", source, re.IGNORECASE)


@every_notebook
def test_parameters_are_annotated_literals_with_help(path: Path) -> None:
    source = code(path)[1]
    statements = ast.parse(source).body
    assert statements
    for statement, line in zip(statements, source.splitlines(), strict=True):
        assert isinstance(statement, ast.AnnAssign), line
        ast.literal_eval(statement.value)  # type: ignore[arg-type]
        assert re.search(r"  # \S.{8,}", line), line


@every_notebook
def test_nothing_is_left_over_from_a_run(path: Path) -> None:
    for cell in read(path)["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None


@every_notebook
def test_a_page_runs_headless_and_its_numbers_hold(path: Path, synced: Book) -> None:
    executed = execute(path, {}, synced.settings.workspace)
    assert executed.html.strip()
    assert executed.data["title"] == read(path)["metadata"]["deskbook"]["title"]
    verdicts = synced.verify(dict(executed.data))
    assert [verdict.reason for verdict in verdicts if not verdict.holds] == []
    assert PAGE_DATA.endswith("+json")

"""The house rules that a machine can check."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

import deskbook

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")


def package(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0].lower().replace("_", "-").replace(".", "-")


def test_conda_names_the_same_packages_as_pip() -> None:
    extras = PROJECT["optional-dependencies"]
    wanted = [
        *PROJECT["dependencies"],
        *(one for name, ones in extras.items() if not name.startswith("bench") for one in ones),
    ]
    conda = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    (listed,) = [item["pip"] for item in conda if isinstance(item, dict)]
    assert {package(one) for one in wanted} == {package(one) for one in listed if not one.startswith("-")}


def test_every_dependency_is_pinned_in_the_lock() -> None:
    pinned = {package(line) for line in LOCK.splitlines()}
    extras = [one for listed in PROJECT["optional-dependencies"].values() for one in listed]
    assert {package(one) for one in (*PROJECT["dependencies"], *extras)} <= pinned


def test_the_lock_names_no_address() -> None:
    assert not re.search(r"://|--index|--find-links|@ ", LOCK)


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT / "src")))
def test_a_module_is_short_and_named_for_what_it_holds(file: Path) -> None:
    assert file.read_text("utf-8").count("\n") <= 400
    vague = r"(utils?|helpers?|common|misc|manager|handler|processor|(?<!fresh)service)s?\.py$"
    assert not re.search(vague, file.name), "Freshservice is a vendor's name"


def functions(file: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(file.read_text("utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_a_function_fits_on_a_screen() -> None:
    long = {
        f"{file.name}:{node.name}": node.end_lineno - node.lineno + 1
        for file in SOURCES
        for node in functions(file)
        if node.end_lineno and node.end_lineno - node.lineno + 1 > 50
    }
    assert long == {}


def test_no_module_reads_the_environment_but_the_doors() -> None:
    allowed = {"settings.py", "catalog.py", "templates.py"}
    found = [
        str(file.relative_to(ROOT / "src" / "deskbook"))
        for file in SOURCES
        if "os.environ" in file.read_text("utf-8") and file.name not in allowed
    ]
    assert [name for name in found if not name.startswith(("apps/", "reports/", "views/"))] == []


def test_importing_deskbook_reads_and_opens_nothing() -> None:
    code = (
        "import deskbook, sys; print(sorted(m for m in sys.modules if m.split('.')[0] in ('pandas','duckdb','panel')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_help_needs_none_of_the_heavy_packages() -> None:
    heavy = ("pandas", "duckdb", "panel", "bokeh", "pyarrow", "sqlalchemy", "intake", "lark")
    code = f"import deskbook.apps.cli, sys; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_is_offered_is_there() -> None:
    assert all(getattr(deskbook, name) for name in deskbook.__all__)


def test_the_changelog_speaks_of_this_version() -> None:
    assert f"## {deskbook.__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_every_setting_stands_in_the_readme() -> None:
    from dataclasses import fields

    from deskbook.settings import ENVIRONMENT, Settings

    readme = (ROOT / "README.md").read_text("utf-8")
    names = [field.name for field in fields(Settings) if field.name != "workspace"]
    assert [name for name in (*names, *ENVIRONMENT, "DESKBOOK_HOME") if f"`{name}`" not in readme] == []


def test_every_mail_setting_stands_in_the_readme() -> None:
    from deskbook.reports.deliver.means import MAIL_KEYS

    readme = (ROOT / "README.md").read_text("utf-8").split("[mail]", 1)[1]
    assert [name for name in MAIL_KEYS if f"`{name}`" not in readme] == []


def test_every_setting_of_the_object_store_stands_in_the_readme() -> None:
    from deskbook.settings import STORAGE_KEYS

    readme = (ROOT / "README.md").read_text("utf-8").split("[storage]", 1)[1]
    names = [*STORAGE_KEYS, *(variable for variables in STORAGE_KEYS.values() for variable in variables)]
    assert [name for name in names if f"`{name}`" not in readme] == []


def test_every_setting_of_the_model_stands_in_the_readme() -> None:
    from deskbook.rag.model_settings import MODEL_KEYS

    readme = (ROOT / "README.md").read_text("utf-8").split("[model]", 1)[1]
    assert [name for name in MODEL_KEYS if f"`{name}`" not in readme] == []


def test_every_command_stands_in_the_readme() -> None:
    from typer.main import get_command

    from deskbook.apps.cli import app

    readme = (ROOT / "README.md").read_text("utf-8")
    names = list(getattr(get_command(app), "commands", {}))
    assert [name for name in names if f"deskbook {name}" not in readme] == []


@pytest.mark.parametrize(
    "file", sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]), ids=lambda file: file.name
)
def test_no_document_says_a_thing_twice(file: Path) -> None:
    text = re.sub(r"```.*?```", "", file.read_text("utf-8"), flags=re.DOTALL)
    lines = re.findall(r"^(?:#{2,3} .*|\| `deskbook [^|]*)", text, re.MULTILINE)
    paragraphs = [one.strip() for one in re.split(r"\n\s*\n", text) if len(one) > 80]
    said = lines if file.name == "metrics.md" else [*lines, *paragraphs]  # of metrics, twins have the same words
    assert [one[:80] for one, count in Counter(said).items() if count > 1] == []


def test_the_repository_is_a_workspace_for_its_sample_desk(tmp_path: Path) -> None:
    from deskbook.catalog import write_catalog
    from deskbook.samples import sample_entries

    write_catalog(tmp_path / "catalogs" / "sample.yaml", "Sample desk", sample_entries(tmp_path / "sample"))
    fresh = (tmp_path / "catalogs" / "sample.yaml").read_text("utf-8")
    assert (ROOT / "catalogs" / "sample.yaml").read_text("utf-8") == fresh


@pytest.mark.parametrize("name", ["README.md", "docs/metrics.md", "docs/filters.md", "docs/ask.md"])
def test_generated_docs_are_up_to_date(name: str) -> None:
    command = [sys.executable, "-m", "cogapp", "--check", str(ROOT / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"run: .venv/bin/cog -r {name}"

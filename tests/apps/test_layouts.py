"""Layouts as code: in dashboards/*.yaml, and by command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deskbook.apps.cli import app
from deskbook.apps.pages import find_pages
from deskbook.apps.workspace import make_workspace
from deskbook.errors import ConfigError, DeskbookError

TEXT = """layouts:
  Monday:
    page: overview
    widgets:
    - {view: cards, wide: 12}
    - {id: w1, show: {as: bars, metrics: [tickets_created], by: team, title: "Who gets them?"}, wide: 8, tall: 2}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "desk")


def run(home: Path, *given: str) -> str:
    done = CliRunner().invoke(app, ["layout", *given, "--workspace", str(home)])
    if done.exception and isinstance(done.exception, DeskbookError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_layout_comes_out_of_a_desk_as_it_went_in(home: Path) -> None:
    (home / "monday.yaml").write_text(TEXT, "utf-8")
    assert run(home, "import", str(home / "monday.yaml")) == "Monday of overview, version 1\n"
    assert run(home, "export", "Monday") == TEXT
    assert run(home, "export", "local/Monday", "--page", "overview") == TEXT
    assert run(home, "import", str(home / "monday.yaml")) == "Monday of overview, version 1\n"
    (row,) = json.loads(run(home, "list", "--json"))
    assert (row["page"], row["name"], row["owner"], row["widgets"]) == ("overview", "Monday", "local", 2)


def test_a_changed_file_becomes_the_next_version(home: Path) -> None:
    (home / "monday.yaml").write_text(TEXT, "utf-8")
    run(home, "import", str(home / "monday.yaml"))
    (home / "monday.yaml").write_text(TEXT.replace("wide: 8", "wide: 6"), "utf-8")
    assert run(home, "import", str(home / "monday.yaml")) == "Monday of overview, version 2\n"


def test_a_layout_in_a_dashboard_is_exported_as_it_stands_there(home: Path) -> None:
    (home / "dashboards" / "more.yaml").write_text(f"title: More\npages: []\n{TEXT}", "utf-8")
    assert find_pages(home)
    assert run(home, "export", "Monday") == TEXT
    assert "dashboards/more.yaml" in run(home, "list")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("tickets_created", "tickets_creatd", "more.yaml, layout 'Monday', widget 2 'tickets_creatd'. Did you mean"),
        ("overview", "overviw", "page in more.yaml, layout 'Monday' 'overviw'. Did you mean 'overview'"),
        ("as: bars", "as: bar", "more.yaml, layout 'Monday', widget 2 'bar'. Did you mean 'bars'"),
        ("wide: 12", "width: 12", "more.yaml, layout 'Monday', widget 1 'width'"),
        ("by: team", "by: tem", "more.yaml, layout 'Monday', widget 2 'tem'. Did you mean 'team'"),
    ],
)
def test_a_dashboard_with_a_layout_that_does_not_hold_says_where(home: Path, old: str, new: str, said: str) -> None:
    (home / "dashboards" / "more.yaml").write_text(f"title: More\npages: []\n{TEXT.replace(old, new)}", "utf-8")
    with pytest.raises(ConfigError, match=said):
        find_pages(home)


def test_a_name_on_two_pages_wants_the_page(home: Path) -> None:
    for page in ("overview", "sla"):
        (home / "one.yaml").write_text(TEXT.replace("overview", page), "utf-8")
        run(home, "import", str(home / "one.yaml"))
    with pytest.raises(DeskbookError, match="Say which: --page"):
        run(home, "export", "Monday")
    assert "page: sla" in run(home, "export", "Monday", "--page", "sla")


def test_an_unknown_layout_and_an_empty_file_are_said(home: Path) -> None:
    with pytest.raises(ConfigError, match="Unknown layout 'Munday'"):
        run(home, "export", "Munday")
    (home / "none.yaml").write_text("title: x\n", "utf-8")
    with pytest.raises(ConfigError, match="holds no layouts"):
        run(home, "import", str(home / "none.yaml"))

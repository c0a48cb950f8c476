"""The entries of docs/sources.md can be copied: each makes its source, its password put in from where it is kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deskbook.catalog import Catalog
from deskbook.sources import Waking, utc_now
from deskbook.sources.rest import Rest

GUIDE = (Path(__file__).parents[2] / "docs" / "sources.md").read_text("utf-8")
BLOCKS = [text for text in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL) if "datatypes:Sql" in text]


@pytest.mark.parametrize("text", BLOCKS, ids=["postgresql", "mysql", "sqlite"])
def test_an_entry_of_the_guide_makes_a_source(tmp_path: Path, text: str) -> None:
    (tmp_path / "secret").write_text("p@ss/word\n")
    (tmp_path / "desk.yaml").write_text(text.replace("/run/secrets/desk", str(tmp_path / "secret")))
    catalog = Catalog.open(tmp_path, {"DESK_PASSWORD": "p@ss/word"})
    assert not catalog.problems
    source = catalog.source("tickets", utc_now)
    assert isinstance(source, Waking) == ("notify:" in text)
    options = catalog.entry("tickets").options
    assert options.get("password", "p@ss/word") == "p@ss/word"


def test_the_slack_entry_of_the_guide_makes_a_source(tmp_path: Path) -> None:
    (text,) = [one for one in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL) if "kind: slack" in one]
    (tmp_path / "desk.yaml").write_text(text)
    catalog = Catalog.open(tmp_path, {"SLACK_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"})
    assert not catalog.problems
    assert type(catalog.source("slack", utc_now)).__name__ == "Slack"


def test_the_rest_entry_of_the_guide_makes_a_source(tmp_path: Path) -> None:
    (text,) = [one for one in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL) if "kind: rest" in one]
    (tmp_path / "desk.yaml").write_text(text)
    catalog = Catalog.open(tmp_path, {"DESK_TOKEN": "t"})
    assert not catalog.problems
    source = catalog.source("desk", utc_now)
    assert isinstance(source, Rest) and source.resources["comments"].shares == ("id", "requester")

"""Entries that sleep until their variables are set: nobody's concern before, synced like any other afterwards."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import deskbook
from deskbook.apps.cli import app
from deskbook.apps.workspace import make_workspace, shipped
from deskbook.catalog import Catalog
from deskbook.errors import MissingSecret, UnknownName
from deskbook.sources import source, utc_now

VENDORS = ("freshdesk", "freshservice", "intercom", "rest", "slack", "x", "zendesk")
VALUES = {"REST_BASE_URL": "https://desk.example/api", "ZENDESK_SUBDOMAIN": "desk", "X_ACCOUNT": "desk",
          "FRESHDESK_DOMAIN": "desk", "FRESHSERVICE_DOMAIN": "desk"}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in VENDORS:
        (tmp_path / f"{name}.yaml").write_text((shipped("catalogs") / f"{name}.yaml").read_text())
    return tmp_path


class Held:
    """Tokens that nobody has given yet."""

    def load(self) -> None:
        return None

    def save(self, tokens: object) -> None:
        raise AssertionError("nothing is asked")


def test_templates_sleep_and_say_for_what(folder: Path) -> None:
    catalog = Catalog.open(folder, {"ZENDESK_SUBDOMAIN": "desk", "REST_TOKEN": ""})
    assert catalog.names == () and not catalog.problems
    assert sorted(catalog.asleep) == sorted(VENDORS)
    assert "ZENDESK_SUBDOMAIN" not in catalog.asleep["zendesk"]
    assert catalog.asleep["rest"] == ("REST_BASE_URL", "REST_TOKEN")
    with pytest.raises(MissingSecret):
        catalog.entry("rest")


# Those of kinds that are not there yet are tried as soon as they are.
@pytest.mark.parametrize("name", [name for name in VENDORS if name in source])
def test_a_template_whose_variables_are_set_makes_its_source(folder: Path, name: str) -> None:
    needed = Catalog.open(folder, {}).asleep[name]
    environ = {one: VALUES.get(one, "made-up") for one in needed}
    catalog = Catalog.open(folder, environ, keeper=lambda entry: Held())
    assert name in catalog.names
    assert catalog.source(name, utc_now) is not None


@pytest.mark.parametrize("name", VENDORS)
def test_a_template_holds_no_secret_and_wakes_by_variables_of_its_own(folder: Path, name: str) -> None:
    text = (folder / f"{name}.yaml").read_text()
    named = re.findall(r"\{env\((\w+)\)\}", text)
    assert named and all(one.startswith(name.upper()) for one in named)
    assert f"kind: {name}" in text


def test_a_word_that_is_none_is_refused(folder: Path) -> None:
    text = (folder / "rest.yaml").read_text().replace("asleep_without: env", "asleep_without: envs")
    (folder / "rest.yaml").write_text(text)
    catalog = Catalog.open(folder, {"REST_BASE_URL": "https://desk.example", "REST_TOKEN": "t"})
    with pytest.raises(UnknownName, match="Did you mean 'env'"):
        catalog.entry("rest")


def run(home: Path, *given: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["--workspace", str(home), *given])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout


def test_a_new_workspace_has_them_asleep_and_nothing_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKBOOK_HOME", "")
    home = make_workspace(tmp_path / "desk")
    assert sorted(one.stem for one in (home / "catalogs").glob("*.yaml")) == sorted(VENDORS)
    code, said = run(home, "sources")
    assert code == 0 and "Asleep until set up" in said and "zendesk" in said
    told = json.loads(run(home, "sources", "--json")[1])
    assert told["sources"] == [] and told["asleep"]["slack"] == ["SLACK_TOKEN"]
    checks = {one["name"]: one for one in json.loads(run(home, "doctor", "--json")[1])}
    assert checks["entry slack"] == {
        "name": "entry slack", "status": "missing", "detail": "asleep; to wake it, set SLACK_TOKEN"
    }  # fmt: skip
    assert checks["catalog"]["status"] == "ok" and checks["sources"]["status"] == "ok"
    book = deskbook.open(home)
    assert book.sync() == [] and book.health() == {} and book.sources().empty


def test_a_woken_entry_is_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = make_workspace(tmp_path / "desk")
    (tmp_path / "t.csv").write_text("id,created\n1,2026-01-01\n")
    text = (home / "catalogs" / "rest.yaml").read_text()
    head, _, _ = text.partition("      kind: rest")
    tail = text[text.index("entries:") :].replace(
        "created_at: created_at, updated_at: updated_at, ", "created_at: created, "
    )
    tail = tail.replace(", subject: subject, status: status", "")
    (home / "catalogs" / "rest.yaml").write_text(f"{head}      kind: files\n      url: '{{env(T_CSV)}}'\n{tail}")
    assert deskbook.open(home).asleep["rest"] == ("T_CSV",)
    monkeypatch.setenv("T_CSV", str(tmp_path / "t.csv"))
    book = deskbook.open(home)
    assert "rest" not in book.asleep
    (report,) = book.sync()
    assert (report.name, report.status, report.total.written) == ("rest", "ok", 1)

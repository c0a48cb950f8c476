"""What the page asks while a source is added: the form, the look, and each answer for those who may not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from deskbook.access import ROLES, Actor
from deskbook.book import Book
from deskbook.views import add_source
from deskbook.views.asking import ASKED, SLOW, answer
from deskbook.views.memory import memory_of
from deskbook.views.visit import Visit

from .conftest import block, filters

NAMES = [name for name in ASKED if name.startswith("adding_")]


@pytest.fixture
def desk(empty_book: Book) -> Book:
    folder = empty_book.settings.workspace
    (folder / "catalogs").mkdir()
    (folder / "cases.csv").write_text(
        "Case ID,Opened,Status\n" + "".join(f"{n},2026-10-0{n},open\n" for n in range(1, 8))
    )
    return empty_book


def visit(book: Book, *roles: str) -> Visit:
    return Visit(book, book, filters(), memory_of(book), Actor("ann", frozenset(roles or ROLES)))


def asked(book: Book, name: str, **message: Any) -> dict[str, Any]:
    return answer(visit(book), {"ask": name, **message})


FILES = {"kind": "files", "values": {"url": "../cases.csv"}}


def test_the_section_is_for_admins_alone(desk: Book) -> None:
    assert block(desk, add_source("Add a source"))["kind"] == "adding"
    desk.actor = Actor("eve", frozenset({"lead"}))
    assert block(desk, add_source("Add a source"))["kind"] == "hidden"


def test_the_menu_offers_each_kind_with_its_fields_and_each_table_with_its_columns(desk: Book) -> None:
    told = asked(desk, "adding_menu")
    assert {"files", "sql", "mcp"} <= {one["kind"] for one in told["kinds"]}
    assert all(one["fields"] and one["title"] and one["reads"] for one in told["kinds"])
    (tickets,) = [one for one in told["tables"] if one["name"] == "tickets"]
    assert [one["name"] for one in tickets["columns"] if one["needed"]] == ["id", "created_at"]
    assert "Europe/Berlin" in told["zones"] and told["names"] == []
    json.dumps(told)


def test_a_source_is_looked_at_saved_synced_and_mapped_anew(desk: Book) -> None:
    look = asked(desk, "adding_look", draft=FILES)
    assert look["shown"][0]["rows"][0]["values"][1] == "Thu 1 Oct 2026, 00:00"
    assert (look["confidence"]["status"], look["looked_at"]) == (98, 7)
    draft = FILES | {"name": "cases", "table": look["table"], "lines": look["lines"]}
    assert asked(desk, "adding_save", draft=draft)["names"] == ["cases"]
    assert asked(desk, "adding_sync", entry="cases") == {"status": "ok", "said": "7 rows kept, 0 set aside"}
    again = asked(desk, "adding_look", entry="cases", draft={"lines": None})
    lines = [one | {"how": "", "text": ""} if one["column"] == "status" else one for one in again["lines"]]
    more = {"entry": "cases", "sign": again["sign"], "draft": {"table": "tickets", "lines": lines}}
    assert asked(desk, "adding_remap", **more)["file"] == "catalogs/sources.yaml"
    assert asked(desk, "adding_remap", **more)["overtaken"] is True
    json.dumps([look, again])


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_answered_to_others(desk: Book, name: str) -> None:
    said = answer(visit(desk, "lead", "analyst"), {"ask": name, "draft": FILES, "entry": "cases"})
    assert "Adding a source needs one of the roles admin" in said["problem"]
    assert name in SLOW


@pytest.mark.parametrize(
    "draft",
    ["text", {"kind": "files", "values": "x"}, {"kind": "files", "lines": "x"}, {"kind": "files", "lines": [1]}],
)
def test_a_draft_that_is_none_is_refused(desk: Book, draft: Any) -> None:
    assert "described by fields with texts" in asked(desk, "adding_look", draft=draft)["problem"]


def test_a_way_to_fill_a_column_that_nobody_knows_is_refused(desk: Book) -> None:
    lines = [{"column": "id", "how": "feild", "text": "x"}]
    assert "Did you mean 'field'" in asked(desk, "adding_look", draft=FILES | {"lines": lines})["problem"]

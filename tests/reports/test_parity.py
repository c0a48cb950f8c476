"""One number everywhere: what a page draws, its report, its CSV and `query` say the same, whatever the filters."""

from __future__ import annotations

import csv
import io
import json
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from deskbook.apps.cli.main import app
from deskbook.book import Book, share_book
from deskbook.metrics import GRAINS, Condition, Filter, Joined, Negated, registry
from deskbook.reports import find_page, write_report
from deskbook.reports.separated import write_csv_archive
from deskbook.views.page import Page

from ..conftest import NOW
from .conftest import InProcess
from .drawn import Place, drawn_numbers

PAGES = ("overview", "response_times", "sentiment", "backlog", "sla", "satisfaction", "teams", "volume", "social")
SETS_A_PAGE = 26
"""208 filter sets in all."""
PERIODS = ("-28d", "2026-10", "last week", "-90d", "2026-10-31", "2026-Q3", "2026-06-01..2026-08-15", "-2y", "")
AGAINST = ("before", "alike", "year", "")
FIELDS = ("team", "channel", "priority", "source")
CUTS = ("team", "channel", "priority", "agent", "language")
PRINTED = 5
"""Columns of a CSV that say under what it was made."""


class Chance:
    """Draws filters as people set them: fields, nested conditions, picked marks, changed charts."""

    def __init__(self, seed: str, book: Book) -> None:
        self.dice, self.book = Random(seed), book

    def fields(self) -> dict[str, str]:
        """Values of a page's fields."""
        words = {name: ["", "", "", *self.book.choices(name)] for name in FIELDS}
        chosen = {name: self.dice.choice(known) for name, known in words.items()}
        chosen |= {"period": self.dice.choice(PERIODS), "compare": self.dice.choice(AGAINST)}
        return chosen | ({"where": self.filter(2).text()} if self.dice.random() < 0.6 else {})

    def filter(self, depth: int) -> Filter:
        """A condition, or several."""
        if depth == 0 or self.dice.random() < 0.4:
            return self.condition()
        parts = tuple(self.filter(depth - 1) for _ in range(self.dice.choice((1, 2, 3))))
        made = parts[0] if len(parts) == 1 else Joined(self.dice.choice(("and", "or")), parts)
        return Negated(made) if self.dice.random() < 0.25 else made

    def condition(self) -> Condition:
        """One of every kind of condition."""
        name = self.dice.choice(("team", "channel", "priority", "status", "agent", "category", "tag", "language"))
        words = self.book.choices(name)
        return self.dice.choice(
            (
                Condition(name, self.dice.choice(("=", "!=")), (self.dice.choice(words),)),
                Condition(name, self.dice.choice(("in", "not in")), tuple(self.dice.sample(words, 2))),
                Condition(name, self.dice.choice(("null", "not null"))),
                Condition("reopens", ">", ("0",)),
                Condition("first_reply_minutes", self.dice.choice(("<", ">=")), (str(self.dice.randrange(300)),)),
                Condition("created_at", self.dice.choice(("in", "before", "since")), ("2026-09",)),
                Condition("text", "contains", (self.dice.choice(("refund", "order", "thank")),)),
            )
        )

    def touched(self, sheet: Mapping[str, Any]) -> dict[str, str]:
        """A mark picked on one of a page's charts, or a chart that is cut another way; nothing, half the time."""
        charts = [block for block in sheet["blocks"] if block.get("state") == "ok"]
        marks = [
            {"from": block["view"], "row": {by: line["row"][by]} | self.span(block)}
            for block in charts
            if block.get("picks") and (by := block.get("by")) and block.get("grain") in GRAINS
            for line in block["series"]
            if line.get("row")
        ]
        if marks and self.dice.random() < 0.3:
            return {"pick": json.dumps(self.dice.choice(marks))}
        cut = [block["view"] for block in charts if (block["offers"] or {}).get("by")]
        if cut and self.dice.random() < 0.3:
            return {"swap": json.dumps({self.dice.choice(cut): {"by": self.dice.choice(CUTS)}})}
        return {}

    def span(self, block: Mapping[str, Any]) -> dict[str, list[str]]:
        """A stretch of a chart's buckets, half the time."""
        first, last = sorted(self.dice.choices(range(len(block["keys"])), k=2))
        return {block["grain"]: [block["keys"][first], block["keys"][last]]} if self.dice.random() < 0.5 else {}


@pytest.fixture
def pages(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Page]:
    """A page's notebook, run as for a visitor who has just come."""
    monkeypatch.setenv("DESKBOOK_HOME", str(home))

    def opened(name: str) -> Page:
        space: dict[str, Any] = {}
        for cell in json.loads(find_page(home, name).read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), space)  # our own notebook
        made: Page = space["shown"]
        return made

    return opened


@pytest.fixture
def standing(synced: Book, monkeypatch: pytest.MonkeyPatch) -> Book:
    """The book every part of this process opens, its clock standing still."""
    monkeypatch.setattr(synced, "clock", lambda: NOW)
    share_book(synced)
    return synced


@pytest.mark.parametrize("name", PAGES)
def test_page_report_csv_and_query_agree_on_random_filters(
    name: str, standing: Book, pages: Callable[[str], Page], in_process: InProcess, tmp_path: Path
) -> None:
    chance, visited, compared = Chance(name, standing), pages(name), 0
    sheet = visited.sheet()
    for _ in range(SETS_A_PAGE):
        chosen = chance.fields()
        chosen |= chance.touched(sheet)
        visited.filters.read_url("?" + urlencode(chosen))
        sheet = visited.sheet()
        if sheet["filters"]["problems"]:  # a mark of the last filters may lie outside these
            assert "pick" in chosen, sheet["filters"]["problems"]
            visited.filters.read_url("?" + urlencode({**chosen, "pick": ""}))
            chosen, sheet = {**chosen, "pick": ""}, visited.sheet()
        report = in_process(name, chosen, every_row=True).data
        drawn = drawn_numbers(sheet["blocks"])
        held = {**chosen, "where": sheet["filters"]["values"]["where"]}  # a page may have one of its own
        asked = [query_as(standing, held, number["receipt"]) for number in report["numbers"]]
        assert [json.loads(json.dumps(number["rows"])) for number in report["numbers"]] == asked, chosen
        assert differences(drawn, dict(zip(report["names"], asked, strict=False))) == [], chosen
        assert differences_in_csv(sheet["blocks"], written(report, tmp_path)) == [], chosen
        assert by_command(chance.dice.choice(report["commands"])) in asked, chosen
        compared += len(drawn)
    assert compared > 20 * SETS_A_PAGE


def query_as(book: Book, chosen: Mapping[str, str], receipt: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows `query` gives for the filters as they were set; for what a picked mark narrows, as the receipt says."""
    held = [f"{name} = {json.dumps(chosen[name], ensure_ascii=False)}" for name in FIELDS if chosen[name]]
    where = " and ".join([*held, *([f"({chosen['where']})"] if chosen.get("where") else [])])
    period = book.period(chosen["period"])
    wanted = receipt["since"], receipt["until"]
    earlier = period.earlier(chosen["compare"] or "before") if period.days else None
    spans = {_ends(one): one for one in (earlier, period) if one}
    if chosen.get("pick") or wanted not in spans:
        where, spans = receipt["where"], {wanted: book.period(receipt["period"])}
    against = (receipt["against"] or "before") if receipt["before_since"] else False
    asked = book.query(list(receipt["metrics"]), by=receipt["by"], where=where, period=spans[wanted], compare=against)
    rows: list[dict[str, Any]] = json.loads(json.dumps(asked.rows))
    return rows


def _ends(period: Any) -> tuple[str, str]:
    return tuple(one.isoformat() if one else "" for one in (period.since, period.until))


def differences(drawn: Mapping[Place, float | None], rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Any]:
    """What is drawn and not in the rows of its query; a group without a row is drawn as nothing, or as 0."""
    held = {
        (name, column, frozenset((key, row[key]) for key in row if key not in _measured(row))): row[column]
        for name, found in rows.items()
        for row in found
        for column in _measured(row)
    }
    return [(place, value, held.get(place)) for place, value in drawn.items() if (held.get(place) or 0) != (value or 0)]


def _measured(row: Mapping[str, Any]) -> list[str]:
    """The columns of a row that are numbers of metrics."""
    ends = ("", "_n", "_before", "_before_n", "_change", "_change_pct", "_alike", "_alike_n")
    return [key for key in row if any(key.removesuffix(end) in registry for end in ends)]


def written(report: Mapping[str, Any], folder: Path) -> dict[str, list[list[str]]]:
    """The CSV files of a report, parsed: view -> rows."""
    file = folder / "report.zip"
    write_csv_archive(report, file, datetime(2026, 11, 1))
    with ZipFile(file) as archive:
        texts = {name.removesuffix(".csv"): archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    return {name: list(csv.reader(io.StringIO(text))) for name, text in texts.items()}


def differences_in_csv(blocks: Sequence[Mapping[str, Any]], files: Mapping[str, list[list[str]]]) -> list[Any]:
    """Numbers of cards, charts and rankings that stand otherwise in the file of their view."""
    found = []
    for block in blocks:
        if block.get("state", "ok") != "ok" or block["view"] not in files:
            continue
        rows = files[block["view"]][1:]
        for said, cell in _cells(block, rows):
            if (float(cell) if cell else None) != said:
                found.append((block["view"], said, cell))
    return found


def _cells(block: Mapping[str, Any], rows: list[list[str]]) -> Iterator[tuple[float | None, str]]:
    """Numbers drawn, each with its cell of the file."""
    shape = block.get("shape") or block["kind"]
    if shape == "cards":
        yield from ((card["raw"], row[1]) for card, row in zip(block["items"], rows, strict=True))
    elif shape in ("bars", "lines"):
        for at, line in enumerate(block["series"], 1):
            yield from ((value, row[at]) for value, row in zip(line["values"], rows, strict=True))
    elif shape == "grid":
        for values, row in zip(block["values"], rows, strict=True):
            yield from zip(values, row[1 : len(values) + 1], strict=True)
    elif shape == "ranking":
        held = {row[0]: row for row in rows}
        yield from ((row["cells"][0]["raw"], held[row["label"]][1]) for row in block["rows"])


def by_command(command: str) -> list[dict[str, Any]]:
    """The rows that the command printed beside a number gives."""
    done = CliRunner().invoke(app, [*shlex.split(command)[1:], "--json"])
    assert done.exit_code == 0, (command, done.output)
    rows: list[dict[str, Any]] = json.loads(done.stdout)["rows"]
    return rows


@pytest.mark.parametrize("name", ("overview", "teams"))
def test_a_report_run_by_papermill_holds_what_its_page_draws(
    name: str, synced: Book, pages: Callable[[str], Page], tmp_path: Path
) -> None:
    chosen = Chance(f"papermill {name}", synced).fields() | {"period": "2026-06-01..2026-10-15"}
    visited, file = pages(name), tmp_path / "report.zip"
    visited.filters.read_url("?" + urlencode(chosen))
    sheet = visited.sheet()
    given = [f"{field}={value}" for field, value in chosen.items()]
    write_report(name, given, to="csv", output=file, workspace=synced.settings.workspace)
    with ZipFile(file) as archive:
        texts = {one.removesuffix(".csv"): archive.read(one).decode("utf-8-sig") for one in archive.namelist()}
    parsed = {one: list(csv.reader(io.StringIO(text))) for one, text in texts.items()}
    assert len(parsed) > 5 and differences_in_csv(sheet["blocks"], parsed) == []

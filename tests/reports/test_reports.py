from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from deskbook.book import Book
from deskbook.errors import BadValue, ConfigError, DeskbookError, UnknownName
from deskbook.reports import find_browser, find_page, page_parameters, write_report
from deskbook.reports.parameters import typed
from deskbook.reports.run import PAGE_DATA

Write = Callable[..., Path]


@pytest.fixture
def write(home: Path, tmp_path: Path) -> Write:
    def report(*given: str, to: str = "ipynb", page: str = "overview") -> Path:
        file = tmp_path / f"report.{to}"
        write_report(page, given, to=to, output=file, workspace=home)  # type: ignore[arg-type]
        return file

    return report


def shown(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """The page's data in an executed notebook."""
    bundles = [output.get("data", {}) for cell in notebook["cells"] for output in cell.get("outputs", [])]
    (data,) = [bundle[PAGE_DATA] for bundle in bundles if PAGE_DATA in bundle]
    return dict(data)


def test_a_report_run_by_papermill_equals_query_and_its_receipts_hold(write: Write, synced: Book) -> None:
    made = json.loads(write("team=Billing", "period=2026-10").read_text("utf-8"))
    data = shown(made)
    (row,) = [n["rows"][0] for n in data["numbers"] if not n["receipt"]["by"] and "tickets_created" in n["rows"][0]][:1]
    assert row["tickets_created"] == synced.query("tickets_created", where="team = Billing", period="2026-10").value()
    verdicts = synced.verify(made)
    assert len(verdicts) >= 8 and all(verdict.holds for verdict in verdicts)


def test_html_is_one_file_that_asks_no_other_host(write: Write) -> None:
    text = re.sub(r"<script.*?</script>", "", write("channel=chat", to="html").read_text("utf-8"), flags=re.DOTALL)
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", text)
    assert "channel is chat" in text.lower() or "chat" in text
    assert "snapshot" in text and "First reply" in text


def test_html_draws_its_charts_without_a_network(write: Write, browser_tab: Any) -> None:
    file = write("period=2026-10", to="html")
    asked: list[str] = []
    errors: list[str] = []
    browser_tab.on("request", lambda request: asked.append(request.url))
    browser_tab.on("pageerror", lambda error: errors.append(str(error)))
    browser_tab.context.set_offline(True)
    browser_tab.goto(file.as_uri())
    browser_tab.locator("canvas").nth(3).wait_for(timeout=30_000)
    assert errors == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


def test_pdf_prints_filters_data_time_snapshot_and_definitions(write: Write) -> None:
    if find_browser() is None:
        skip_unless_ci("printing a PDF needs Chromium")
    from pypdf import PdfReader

    text = " ".join(page.extract_text() for page in PdfReader(write("team=Billing", to="pdf")).pages)
    words = unicodedata.normalize("NFKC", " ".join(text.split()))
    assert "Billing" in words and "snapshot" in words.lower()
    assert "31 Oct 2026" in words
    assert "From creation to the first public agent reply after the customer's first message" in words


def skip_unless_ci(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def test_a_page_that_does_not_exist_names_the_closest(home: Path) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'overview'"):
        find_page(home, "overveiw")


def test_an_unknown_parameter_names_the_closest(write: Write) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'channel'"):
        write("chanel=chat")


def test_a_parameter_without_a_value_names_the_known_ones(write: Write) -> None:
    with pytest.raises(BadValue, match=r"known: period \(str\), team \(str\)"):
        write("team")


def test_a_wrong_filter_fails_the_report_with_its_own_words(write: Write) -> None:
    with pytest.raises((BadValue, ConfigError), match="is no period"):
        write("period=soon")


def test_a_failed_report_leaves_no_file(write: Write, tmp_path: Path) -> None:
    with pytest.raises(DeskbookError):
        write("period=soon")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("kind", "text", "value"), [("int", "3", 3), ("float", "0.5", 0.5), ("bool", "yes", True), ("str", "3", "3")]
)
def test_values_follow_the_annotation(kind: str, text: str, value: object) -> None:
    from deskbook.reports import Parameter

    assert typed([f"x={text}"], {"x": Parameter("x", kind, "", "")}) == {"x": value}


@pytest.mark.parametrize(("kind", "text"), [("int", "three"), ("bool", "perhaps"), ("float", "")])
def test_a_value_of_the_wrong_type_names_the_known_parameters(kind: str, text: str) -> None:
    from deskbook.reports import Parameter

    with pytest.raises(BadValue, match=f"Parameter x wants {kind}.*Known parameters: x"):
        typed([f"x={text}"], {"x": Parameter("x", kind, "", "")})


@pytest.mark.parametrize("page", ["overview", "response_times", "sentiment", "tickets", "ask", "sources"])
def test_every_page_has_parameters_with_help(page: str, home: Path) -> None:
    parameters = page_parameters(find_page(home, page))
    assert all(one.help and one.kind in ("str", "int", "float", "bool") for one in parameters.values())

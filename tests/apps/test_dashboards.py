from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from deskbook.apps.dashboards import Dashboard, find_dashboards
from deskbook.apps.doctor import checks
from deskbook.apps.pages import find_pages
from deskbook.apps.web import make_app
from deskbook.apps.workspace import make_workspace
from deskbook.book import Book
from deskbook.errors import ConfigError, UnknownName
from deskbook.settings import load_settings

PAGES = (
    *("overview", "response_times", "sla", "backlog", "sentiment", "satisfaction", "volume", "social"),
    *("teams", "tickets"),
    *("ask", "sources", "agreement", "glossary"),
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A workspace as `deskbook init` makes it."""
    return make_workspace(tmp_path / "desk")


def write(home: Path, text: str, name: str = "support") -> None:
    (home / "dashboards" / f"{name}.yaml").write_text(text, "utf-8")


def order(home: Path) -> list[str]:
    return [page.name for page in find_pages(home)]


def test_a_new_workspace_has_a_dashboard_of_all_its_pages(home: Path) -> None:
    (made,) = find_dashboards(home / "dashboards", PAGES)
    assert (made.title, made.pages) == ("Support", PAGES)
    assert set(order(home)) == set(PAGES)


def test_pages_stand_where_the_dashboard_puts_them_and_the_others_follow(home: Path) -> None:
    write(home, "title: Support\npages: [tickets, overview]\nroles: [lead]")
    assert order(home) == ["tickets", "overview", *(page for page in PAGES if page not in ("tickets", "overview"))]


def test_dashboards_follow_each_other_by_file_name(home: Path) -> None:
    write(home, "title: Support\npages: [overview]")
    write(home, "title: Mood\npages: [sentiment, ask]", "mood")
    assert order(home)[:3] == ["sentiment", "ask", "overview"]


@pytest.mark.parametrize("kept", [True, False], ids=["an empty folder", "no folder"])
def test_without_a_dashboard_the_notebooks_say_their_order(home: Path, kept: bool) -> None:
    shutil.rmtree(home / "dashboards")
    if kept:
        (home / "dashboards").mkdir()
    places = [json.loads(page.path.read_text("utf-8"))["metadata"]["deskbook"]["order"] for page in find_pages(home)]
    assert places == sorted(places)


def test_the_first_page_of_the_dashboard_opens_the_desk(home: Path) -> None:
    write(home, "title: Support\npages: [tickets]")
    client = TestClient(make_app(Book(load_settings(home, {}))), base_url="http://127.0.0.1:5006")
    assert client.get("/", follow_redirects=False).headers["location"] == "/tickets"


def test_an_address_that_leads_nowhere_names_the_page_that_was_meant_and_keeps_its_filters(home: Path) -> None:
    client = TestClient(make_app(Book(load_settings(home, {}))), base_url="http://127.0.0.1:5006")
    found = client.get('/overviw?team=A"B', headers={"accept": "text/html"})
    assert found.status_code == 404
    assert 'Did you mean <a href="/overview?team=A%22B">Overview</a>?' in found.text
    assert client.get("/<script>", headers={"accept": "text/html"}).text.count("<script") == 0
    assert client.get("/overviw.json").json() == {"detail": "Not Found"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: Support\npages: [overviw]", "support.yaml 'overviw'. Did you mean 'overview'"),
        ("title: Support\npage: [overview]", "support.yaml 'page'. Did you mean 'pages'"),
        ("title: Support\npages: [overview]\ndefaults: {period: -7d}", "Unknown key"),
        ("title: Support\npages: [ask, ask]", "'ask' is named twice"),
        ("title: Support\npages: overview", "pages wants a list of names"),
        ("title: Support\npages: [overview]\nroles: lead", "roles wants a list of names"),
        ("pages: [overview]", "title wants a text, got None"),
        ("title: Support", "pages wants a list of names .*, got None"),
        ("", "says nothing"),
        ("title: [", "does not read as YAML"),
    ],
)
def test_a_dashboard_that_does_not_hold_says_what_was_wanted(home: Path, text: str, said: str) -> None:
    write(home, text)
    with pytest.raises(ConfigError, match=said):
        find_pages(home)


def test_a_page_has_one_place(home: Path) -> None:
    write(home, "title: Mood\npages: [overview]", "mood")
    with pytest.raises(ConfigError, match=r"dashboards/mood.yaml and dashboards/support.yaml"):
        find_pages(home)


def test_an_unknown_page_is_an_unknown_name(home: Path) -> None:
    with pytest.raises(UnknownName) as raised:
        write(home, "title: Support\npages: [tickts]")
        find_pages(home)
    assert raised.value.name == "tickts"


def test_the_doctor_reads_the_dashboards(home: Path) -> None:
    write(home, "title: Desk\npages: [tickets, ask]")
    assert doctor(home) == ("ok", "Desk: tickets, ask")
    write(home, "title: Desk\npages: [tickts]")
    status, detail = doctor(home)
    assert status == "failed" and "Did you mean 'tickets'" in detail


def doctor(home: Path) -> tuple[str, str]:
    (found,) = [check for check in checks(home) if check.name == "dashboards"]
    return found.status, found.detail


def test_roles_are_kept_as_written(home: Path) -> None:
    write(home, "title: Desk\npages: [ask]\nroles: [lead, viewer]")
    assert find_dashboards(home / "dashboards", PAGES) == [Dashboard("support", "Desk", ("ask",), ("lead", "viewer"))]

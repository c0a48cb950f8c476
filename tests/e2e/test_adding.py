"""A source is added from the Sources page: by mouse, by keyboard, on a phone; and its tickets are counted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deskbook.apps.workspace import make_workspace
from deskbook.book import Book
from deskbook.settings import load_settings

from .axe import failing
from .conftest import Open, Tab, serving, shot

PLACE = ".adding-place"
SECRET = "hush-hush-9"
HEAD = "Case Number,Opened,Title,State,Dept,Shoe size\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of nobody yet, with files beside it that a stranger brings."""
    home = make_workspace(tmp_path_factory.mktemp("adding") / "desk")
    (home / "exports").mkdir()
    states = ("Open", "Limbo", "Solved")
    rows = [
        f"C-{n},2026-10-{n % 28 + 1:02d} 09:{n:02d},Order {n} is late,{states[n % 3]},Billing,4{n % 9}"
        for n in range(40)
    ]
    (home / "exports" / "cases.csv").write_text(HEAD + "\n".join(rows) + "\n")
    with sqlite3.connect(home / "exports" / "old.db") as made:
        made.execute("create table issues (issue_key text primary key, created text, summary text, status text)")
        made.executemany(
            "insert into issues values (?, ?, ?, 'open')", [(f"I-{n}", "2026-10-02", "x") for n in range(9)]
        )
    return home


@pytest.fixture(scope="module")
def url(desk: Path) -> Iterator[str]:
    with serving(desk, "-m", "deskbook", "serve", "--port") as address:
        yield address


@pytest.fixture
def tab(chromium: Any, url: str) -> Iterator[Open]:
    opened: list[tuple[Tab, Any]] = []

    def make(width: int = 1280, scheme: str = "light") -> Tab:
        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        made = Tab(context.new_page(), url).watch("error", "warning")
        opened.append((made, context))
        return made

    yield make
    for made, context in opened:
        context.close()
        assert (made.complaints, made.foreign) == ([], [])


def book_of(desk: Path) -> Book:
    return Book(load_settings(desk, {}))


def adding(page: Any, kind: str) -> Any:
    """The form, opened at a kind."""
    page.click(".adding button:has-text('Add a source')")
    page.check(f"{PLACE} input[value={kind}]")
    return page.locator(PLACE)


def field(page: Any, name: str) -> Any:
    return page.locator(f"{PLACE} [data-field='{name}']")


def tried(page: Any) -> Any:
    page.click(f"{PLACE} button:has-text('Test the connection')")
    page.wait_for_selector(f"{PLACE} .mapping .verdict:not(:empty)")
    return page.locator(f"{PLACE} .mapping")


def saved(page: Any, name: str) -> str:
    field(page, "name").fill(name)
    page.click(f"{PLACE} button:has-text('Save the source')")
    page.wait_for_selector(f"{PLACE} .saved-as")
    return str(page.locator(PLACE).inner_text())


def synced(page: Any) -> str:
    page.click(f"{PLACE} button:has-text('Sync now')")
    page.wait_for_selector(f"{PLACE} .saved-note .good", timeout=60_000)
    return str(page.locator(f"{PLACE} .saved-note .good").inner_text())


def focused(page: Any) -> str:
    """What has the focus, within the page's own root."""
    return str(page.locator(".sheet").evaluate("el => el.getRootNode().activeElement?.dataset.field || ''"))


def test_a_stranger_adds_a_csv_and_sees_its_tickets_counted(tab: Open, desk: Path) -> None:
    opened = tab()
    page = opened.open("sources")
    adding(page, "files")
    with shot(page, "adding-kind"):
        field(page, "url").fill("../exports/cases.csv")
    mapping = tried(page)
    assert "27 rows would be kept, 13 set aside" in mapping.locator(".verdict").inner_text()
    assert mapping.locator(".refused").first.inner_text().startswith("3\tSet aside: status 'Limbo' is unknown")
    assert field(page, "map-created_at").input_value() == "Opened"
    assert "1 of 3 words mean nothing yet (13 rows)" in mapping.locator("[data-column=status] summary").inner_text()
    with shot(page, "adding-mapping"):
        mapping.locator("[aria-label='What Limbo means in status']").select_option("pending")
    page.wait_for_selector(f"{PLACE} .verdict:has-text('all 40 rows would be kept')")
    mapping.locator(".left-out label", has_text="Shoe size").click()
    page.wait_for_selector(f"{PLACE} th:has-text('custom')")
    with shot(page, "adding-mapped"):
        said = saved(page, "cases")
    assert "cases is in catalogs/sources.yaml" in said
    assert synced(page) == "Synced: 40 rows kept, 0 set aside"
    with shot(page, "adding-saved"):
        page.wait_for_selector("table.sources th:has-text('cases')")
    book = book_of(desk)
    assert book.count_tickets() == 40
    assert book.catalog.entry("cases").mapping["status"] == {"field": "State", "values": {"Limbo": "pending"}}
    opened.open("tickets?period=")
    assert page.locator(".count").inner_text().startswith("40 tickets")


def test_a_table_of_sqlite_is_added_by_keyboard_alone(tab: Open, desk: Path) -> None:
    page = tab().open("sources")
    page.locator(".adding button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{PLACE} input[value=sql]")
    for _ in range(page.locator(f"{PLACE} input[type=radio]").count()):
        if page.locator(f"{PLACE} input[value=sql]").is_checked():
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert focused(page) == "url"
    page.keyboard.type("sqlite:///../exports/old.db")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert focused(page) == "table"
    page.keyboard.type("isues")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{PLACE} .wrong:has-text(\"Did you mean 'issues'\")")
    assert focused(page) == "table"
    page.keyboard.press("Control+A")
    page.keyboard.type("issues")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{PLACE} .verdict:has-text('all 9 rows would be kept')")
    assert "It answers" in page.locator(".sheet").evaluate("el => el.getRootNode().activeElement.textContent")
    field(page, "name").focus()
    assert field(page, "name").input_value() == "issues"
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{PLACE} .saved-as")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{PLACE} .good:has-text('Synced: 9 rows kept')", timeout=60_000)
    assert "issues" in book_of(desk).catalog.names


@pytest.mark.parametrize(
    ("kind", "fill", "at", "said"),
    [
        ("files", {"url": "../exports/case.csv"}, "url", "no such file is there"),
        ("files", {"url": "http://127.0.0.1:1/x.csv"}, "url", "http://127.0.0.1:1/x.csv"),
        ("files", {"url": "../exports/cases.csv", "header": "first"}, "header", "wants a whole number"),
        ("sql", {"url": "postgresql+psycopg://ann@127.0.0.1:1/desk", "table": "t"}, "url", "refused"),
        ("mcp", {"server": "here", "path": "/x.csv"}, "server", "wants an address"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(tab: Open, kind: str, fill: dict[str, str], at: str, said: str) -> None:
    page = tab().open("sources")
    form = adding(page, kind)
    if "header" in fill:
        form.locator("summary:has-text('More options')").click()
    for name, text in fill.items():
        field(page, name).fill(text)
    page.click(f"{PLACE} button:has-text('Test the connection')")
    page.wait_for_selector(f'{PLACE} .adding-field:has([data-field={at}]) .wrong:has-text("{said}")', timeout=40_000)
    assert focused(page) == at and field(page, at).get_attribute("aria-invalid") == "true"
    assert failing(page) == []


def test_a_broken_mapping_is_said_at_its_column(tab: Open, desk: Path) -> None:
    page = tab().open("sources")
    adding(page, "files")
    field(page, "url").fill("../exports/cases.csv")
    mapping = tried(page)
    field(page, "map-subject").select_option(label="an expression…")
    mapping.locator("[aria-label='Expression of subject']").fill("Title[")
    page.wait_for_selector(f"{PLACE} [data-column=subject] .wrong:has-text('is no JMESPath expression')")
    mapping.locator("[aria-label='Expression of subject']").fill("split(Title, ' ')[0]")
    page.wait_for_selector(f"{PLACE} .mapping-preview td:text-is('Order')")
    field(page, "map-created_at").select_option("")
    field(page, "name").fill("broken")
    page.click(f"{PLACE} button:has-text('Save the source')")
    page.wait_for_selector(f"{PLACE} [data-column=created_at] .wrong:has-text('comes from nothing')")
    assert focused(page) == "map-created_at"
    assert "broken" not in book_of(desk).catalog.names


def test_a_password_is_moved_out_of_the_address_and_forgotten(tab: Open, desk: Path) -> None:
    page = tab().open("sources")
    adding(page, "sql")
    field(page, "url").fill(f"postgresql+psycopg://ann:{SECRET}@127.0.0.1:1/desk")
    field(page, "table").fill("tickets")
    assert field(page, "url").input_value() == "postgresql+psycopg://ann@127.0.0.1:1/desk"
    assert field(page, "password").input_value() == SECRET
    page.click(f"{PLACE} button:has-text('Test the connection')")
    page.wait_for_selector(f"{PLACE} .adding-field:has([data-field=url]) .wrong:not([hidden])", timeout=40_000)
    with shot(page, "adding-wrong"):
        html = page.locator(".sheet").evaluate("el => el.getRootNode().innerHTML")
    assert SECRET not in html and SECRET not in page.content()
    kept = b"".join(one.read_bytes() for one in desk.rglob("*") if one.is_file())
    assert SECRET.encode() not in kept


def test_two_people_who_save_at_once_lose_nothing_and_the_later_is_told_of_a_taken_name(tab: Open, desk: Path) -> None:
    pages = [tab().open("sources") for _ in range(2)]
    for page in pages:
        adding(page, "files")
        field(page, "url").fill("../exports/cases.csv")
        tried(page)
        field(page, "map-status").select_option("")
        field(page, "name").fill("twice")
    for page in pages:
        page.click(f"{PLACE} button:has-text('Save the source')")
    for page in pages:
        page.wait_for_selector(f"{PLACE} :is(.saved-as, .wrong:has-text('twice_2'))")
    (later,) = [page for page in pages if not page.locator(f"{PLACE} .saved-as").count()]
    assert focused(later) == "name"
    assert "twice_2 is in" in saved(later, "twice_2")
    assert {"twice", "twice_2"} <= set(book_of(desk).catalog.names)


def test_a_mapping_is_changed_for_an_entry_that_is_there(tab: Open, desk: Path) -> None:
    page = tab().open("sources")
    adding(page, "files")
    field(page, "url").fill("../exports/cases.csv")
    tried(page)
    saved(page, "anew")
    page.click(".adding button:has-text('Change a mapping')")
    field(page, "entry").select_option("anew")
    page.wait_for_selector(f"{PLACE} .verdict:not(:empty)")
    field(page, "map-subject").select_option("")
    with shot(page, "adding-remap"):
        page.wait_for_selector(f"{PLACE} .mapping-preview table:not(:has(th:text-is('subject')))")
    page.click(f"{PLACE} button:has-text('Save the mapping')")
    page.wait_for_selector(f"{PLACE} .saved-note:has-text('Those synced before stay as they are')")
    assert "subject" not in book_of(desk).catalog.entry("anew").mapping


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_form_fits_thumbs_and_axe_finds_nothing(tab: Open, scheme: str) -> None:
    page = tab(width=390, scheme=scheme).open("sources")
    adding(page, "sql")
    field(page, "url").fill("sqlite:///../exports/old.db")
    field(page, "table").fill("issues")
    with shot(page, f"adding-390-{scheme}"):
        tried(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    sizes = page.locator(f"{PLACE} :is(button, select, summary, input[type=text])").evaluate_all(
        "all => all.filter(one => one.offsetParent).map(one => one.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 44
    assert failing(page) == []

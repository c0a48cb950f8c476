"""A source is added by a form: described, tried, mapped, written; its secrets go elsewhere, and only an admin may."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from deskbook.access import LOCAL, ROLES, Actor
from deskbook.book import Book
from deskbook.book.drafts import Draft, Drafts, Kept
from deskbook.book.sampling import AT_ONCE, Samples
from deskbook.catalog import Catalog
from deskbook.errors import AccessDenied, ConfigError, DeskbookError, Overtaken, SourceMissing, UnknownName
from deskbook.sources.editing import Line

from .conftest import CSV, HEAD, mapped, rows


def chosen(look: Any) -> dict[str, str]:
    return {line.column: line.text for line in look.lines if line.how}


def change(lines: Any, column: str, **changes: Any) -> list[Line]:
    return [replace(line, **changes) if line.column == column else line for line in lines]


def test_a_csv_is_looked_at_mapped_saved_and_synced(book: Book) -> None:
    drafts = book.drafts()
    look = drafts.look(CSV)
    assert chosen(look) == {
        "id": "Ticket ID",
        "created_at": "Created",
        "subject": "Subject",
        "status": "Status",
        "priority": "Urgency",
    }
    assert (look.table, look.unmapped, look.looked_at, len(look.rows)) == ("tickets", ["Shoe size"], 61, 20)
    assert look.confidence["id"] > 0.9
    kept = drafts.save(replace(CSV, table=look.table, lines=look.lines))
    assert kept == Kept(name="our_tickets", file="catalogs/sources.yaml")
    counts = drafts.sync("our_tickets")["tables"]["tickets"]
    assert (counts["read"], counts["written"], counts["quarantined"]) == (61, 60, 1)
    assert book.count_tickets() == 60


def test_the_preview_shows_twenty_rows_in_their_lines_and_refused_ones_in_words(book: Book) -> None:
    (shown,) = book.drafts().look(CSV).shown
    assert (len(shown.rows), shown.good, shown.aside) == (20, 60, 1)
    (refused,) = [row for row in shown.rows if row.reason]
    assert (refused.line, refused.column) == (62, "created_at") and "'soon' is no time" in refused.reason
    good = [row for row in shown.rows if not row.reason]
    assert [row.line for row in good[:3]] == [2, 3, 4]
    assert dict(zip(shown.heads, good[0].values, strict=True))["priority"] == "high"


def test_words_that_mean_nothing_yet_are_counted_and_can_be_given_a_meaning(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "exports" / "tickets.csv"
    file.write_text(HEAD + rows(10) + rows(12, "limbo").replace("T-", "U-") + rows(3, "parked").replace("T-", "V-"))
    look = book.drafts().look(CSV)
    assert [(one.word, one.count, one.fits) for one in look.words["status"]] == [
        ("limbo", 12, False),
        ("parked", 3, False),
        ("open", 10, True),
    ]
    assert look.shown[0].aside == 15
    lines = change(look.lines, "status", words={"limbo": "pending", "parked": "hold"})
    again = book.drafts().look(replace(CSV, table="tickets", lines=lines))
    assert again.shown[0].aside == 0
    assert {one.word: one.to for one in again.words["status"]} == {"limbo": "pending", "parked": "hold", "open": "open"}


def test_a_naive_time_takes_its_zone_and_an_expression_its_part(book: Book) -> None:
    look = book.drafts().look(CSV)
    lines = change(look.lines, "created_at", zone="Asia/Tokyo")
    lines = change(lines, "category", how="expression", text="split(Subject, ' ')[0]")
    lines = change(lines, "channel", how="constant", text="email")
    again = book.drafts().look(replace(CSV, table="tickets", lines=lines))
    row = dict(zip(again.shown[0].heads, again.shown[0].rows[3].values, strict=True))
    assert str(row["created_at"]) == "2026-10-03 00:00:00+00:00" and row["category"] == "Order"
    assert row["channel"] == "email"
    kept = book.drafts().save(replace(CSV, table="tickets", lines=lines, custom={"shoe_size": "Shoe size"}))
    assert book.catalog.entry(kept.name).mapping["created_at"] == {"field": "Created", "zone": "Asia/Tokyo"}
    assert book.catalog.entry(kept.name).mapping["custom"] == {"shoe_size": "Shoe size"}


@pytest.mark.parametrize(
    ("column", "changes", "said"),
    [
        ("subject", {"how": "expression", "text": "Subject["}, "is no JMESPath expression"),
        ("subject", {"how": "field", "text": "Sbject"}, "Did you mean 'Subject'"),
        ("created_at", {"zone": "Mars/Base"}, "is no IANA time zone"),
        ("subject", {"how": "constant", "text": " "}, "it is empty"),
    ],
)
def test_a_broken_mapping_is_said_of_its_column_and_not_saved(
    book: Book, column: str, changes: dict[str, Any], said: str
) -> None:
    look = book.drafts().look(CSV)
    draft = replace(CSV, table="tickets", lines=change(look.lines, column, **changes))
    again = book.drafts().look(draft)
    assert said in again.problem and again.field == f"map-{column}" and not again.shown
    if changes.get("text") != "Sbject":  # which fields there are is known only where the source is asked
        with pytest.raises(DeskbookError, match=said.split("'")[0]):
            book.drafts().save(draft)


def test_without_what_a_row_needs_nothing_is_saved(book: Book) -> None:
    draft = mapped(book, CSV)
    with pytest.raises(DeskbookError, match="created_at comes from nothing") as raised:
        book.drafts().save(replace(draft, lines=change(draft.lines, "created_at", how="", text="")))
    assert raised.value.field == "map-created_at" and book.catalog.names == ()


@pytest.mark.parametrize(
    ("kind", "values", "field", "said"),
    [
        ("files", {"url": "../exports/ticket.csv"}, "url", "no such file is there"),
        ("files", {"url": "exports/tickets.csv"}, "url", "Did you mean '../exports/tickets.csv'?"),
        (
            "sql",
            {"url": "sqlite:///exports/desk.db", "table": "t"},
            "url",
            "Did you mean 'sqlite:///../exports/desk.db'",
        ),
        ("sql", {"url": "sqlite:///x.db"}, "table", "This source wants either table: or query:"),
        ("files", {"url": ""}, "url", "is empty, and a source needs it"),
        ("files", {"url": "../exports/tickets.csv", "header": "two"}, "header", "wants a whole number, got 'two'"),
        ("files", {"url": "../exports/tickets.csv", "format": "cvs"}, "format", "Did you mean 'csv'"),
        ("files", {"url": "../exports/tickets.csv", "encoding": "klingon"}, "encoding", "'klingon' is unknown"),
        ("files", {"url": "{func(os:getcwd)}"}, "url", "holds a template that a form may not"),
        ("sql", {"url": "sqlite:///nowhere.db", "table": "t"}, "url", "which is not there"),
        ("sql", {"url": "no address", "table": "t"}, "url", "is no SQLAlchemy URL"),
        ("sql", {"url": "sqlite:///../exports/desk.db", "table": "tikets"}, "table", "Did you mean 'tickets'"),
        ("sql", {"url": "sqlite:///../exports/desk.db", "query": "drop table tickets"}, "query", "query: "),
        ("mcp", {"server": "ftp://x", "path": "/a.csv"}, "server", "wants an address such as http"),
    ],
)
def test_what_is_wrong_is_said_of_its_field(
    book: Book, tmp_path: Path, kind: str, values: dict[str, str], field: str, said: str
) -> None:
    with sqlite3.connect(tmp_path / "exports" / "desk.db") as made:
        made.execute("create table tickets (id text, created text)")
    with pytest.raises(DeskbookError) as raised:
        book.drafts().look(Draft(kind=kind, values=values))
    assert said in str(raised.value) and raised.value.field == field


def test_a_program_to_start_is_no_field_of_a_form(book: Book) -> None:
    with pytest.raises(UnknownName, match="Unknown field of the form 'command'"):
        book.drafts().look(Draft(kind="mcp", values={"server": "http://h/mcp", "path": "/a.csv", "command": "sh"}))


def test_a_table_of_sqlite_is_added(book: Book, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "exports" / "desk.db") as made:
        made.execute("create table cases (case_number text primary key, opened_at text, state text)")
        made.executemany("insert into cases values (?, ?, ?)", [(f"C{n}", "2026-10-01", "open") for n in range(7)])
    values = {"url": "sqlite:///../exports/desk.db", "table": "cases"}
    draft = mapped(book, Draft(kind="sql", name="cases", values=values))
    book.drafts().save(draft)
    assert book.drafts().sync("cases")["status"] == "ok" and book.count_tickets() == 7


@pytest.mark.parametrize("name", ["", "Our tickets", "1st", "../up", "a" * 61])
def test_a_name_that_cannot_be_is_refused(book: Book, name: str) -> None:
    with pytest.raises(ConfigError) as raised:
        book.drafts().save(replace(mapped(book, CSV), name=name))
    assert raised.value.field == "name"


def test_the_file_of_others_keeps_its_comments_and_their_entries(book: Book, tmp_path: Path) -> None:
    draft = mapped(book, CSV)
    book.drafts().save(draft)
    file = tmp_path / "catalogs" / "sources.yaml"
    file.write_text("# reviewed by Ann\n" + file.read_text().replace("id: Ticket ID", "id: Ticket ID  # since 2024"))
    book.drafts().save(replace(draft, name="second"))
    assert file.read_text().startswith("# reviewed by Ann\n") and "id: Ticket ID  # since 2024" in file.read_text()
    assert book.catalog.names == ("our_tickets", "second")


def test_many_who_save_at_once_lose_nothing(book: Book) -> None:
    draft = mapped(book, CSV)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: book.drafts().save(replace(draft, name=f"entry_{n}")), range(16)))
    assert sorted(book.catalog.names) == sorted(f"entry_{n}" for n in range(16))
    assert Catalog.open(book.settings.workspace / "catalogs").problems == ()


def test_of_two_who_take_one_name_the_later_is_told(book: Book) -> None:
    draft = mapped(book, CSV)

    def save(_: int) -> str:
        try:
            return book.drafts().save(draft).name
        except ConfigError as error:
            return f"{error.field}: {error}"

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(save, range(4)))
    assert said.count("our_tickets") == 1
    assert all(one.startswith("name: ") and "our_tickets_2" in one for one in said if one != "our_tickets")


def test_an_entry_is_mapped_anew_unless_somebody_did_so_meanwhile(book: Book) -> None:
    drafts = book.drafts()
    drafts.save(mapped(book, CSV))
    look, sign = drafts.look_at("our_tickets"), drafts.seen("our_tickets")
    assert chosen(look)["subject"] == "Subject" and look.confidence == {}
    lines = change(look.lines, "subject", how="", text="")
    drafts.remap("our_tickets", table="tickets", lines=lines, custom={"size": "Shoe size"}, sign=sign)
    assert "subject" not in book.catalog.entry("our_tickets").mapping
    assert drafts.look_at("our_tickets").custom == {"size": "Shoe size"}
    with pytest.raises(Overtaken, match="changed meanwhile"):
        drafts.remap("our_tickets", table="tickets", lines=look.lines, custom={}, sign=sign)


def test_a_mapping_that_says_more_than_lines_is_shown_and_left_to_its_file(book: Book) -> None:
    book.drafts().save(mapped(book, CSV))
    history = {"history": "Created", "id": "Ticket ID", "created_at": {"field": "Created", "from": "first"}}
    book.catalog.write_mapping("our_tickets", history)
    look = book.drafts().look_at("our_tickets")
    assert "a history" in look.fixed and look.shown
    with pytest.raises(ConfigError, match=r"is mapped in sources\.yaml"):
        book.drafts().remap("our_tickets", table="tickets", lines=look.lines, custom={}, sign="")


def calls(drafts: Drafts) -> dict[str, Any]:
    """Everything that can be asked for."""
    more: dict[str, Any] = {"table": "tickets", "lines": [], "custom": {}, "sign": ""}
    return {
        "catalogs": lambda: drafts.catalogs,
        "forms": drafts.forms,
        "names": drafts.names,
        "look": lambda: drafts.look(CSV),
        "look_at": lambda: drafts.look_at("our_tickets"),
        "seen": lambda: drafts.seen("our_tickets"),
        "save": lambda: drafts.save(CSV),
        "remap": lambda: drafts.remap("our_tickets", **more),
        "sync": lambda: drafts.sync("our_tickets"),
    }


@pytest.mark.parametrize("name", calls(Drafts(None, LOCAL, Samples())))  # type: ignore[arg-type]
@pytest.mark.parametrize("role", [one for one in ROLES if one != "admin"])
def test_nobody_but_an_admin_may(book: Book, name: str, role: str) -> None:
    drafts = book.drafts(Actor("eve", frozenset({role})))
    assert not drafts.may
    with pytest.raises(AccessDenied, match="Adding a source needs one of the roles admin"):
        calls(drafts)[name]()


def test_every_call_is_among_those_that_are_checked() -> None:
    open_to_all = {"may", "has_keyring", "read"}
    assert {name for name in vars(Drafts) if not name.startswith("_")} == {
        *calls(Drafts(None, LOCAL, Samples())),
        *open_to_all,
    }  # type: ignore[arg-type]


def test_a_source_that_never_answers_is_given_up_and_only_a_few_are_waited_for() -> None:
    samples, go = Samples(seconds=0.05), Event()

    def hang() -> Any:
        go.wait(60)

    for number in range(AT_ONCE):
        with pytest.raises(SourceMissing, match=r"No rows came within 0\.05 s"):
            samples.page(number, hang, again=False)
    with pytest.raises(SourceMissing, match="are being tried and do not answer yet"):
        samples.page("one more", hang, again=False)
    go.set()


def test_rows_are_held_for_the_next_look_unless_they_are_asked_for_again() -> None:
    samples, asked = Samples(), []

    def ask() -> Any:
        asked.append(1)
        return len(asked)

    assert [samples.page("k", ask, again=one) for one in (False, False, True, False)] == [1, 1, 2, 2]

"""A source is added by a form: described, tried, mapped, written; its secrets go elsewhere, and only an admin may."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from deskbook.access import LOCAL, ROLES, Actor
from deskbook.book import Book
from deskbook.book.described import describe, resolved
from deskbook.book.drafts import Draft, Drafts, Kept
from deskbook.book.sampling import AT_ONCE, Samples
from deskbook.catalog import Catalog
from deskbook.errors import AccessDenied, ConfigError, DeskbookError, Overtaken, SourceError, SourceMissing, UnknownName
from deskbook.settings import Settings
from deskbook.sources.editing import Line
from deskbook.sources.forms import Field, Form

from ..conftest import NOW

SECRET = "s3cr3t/w@rd"
HEAD = "Ticket ID,Created,Subject,Status,Urgency,Shoe size\n"


def rows(count: int, status: str = "open") -> str:
    return "".join(f"T-{n},2026-10-{n % 28 + 1:02d} 09:00,Order {n},{status},High,4{n % 10}\n" for n in range(count))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    (tmp_path / "catalogs").mkdir()
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "tickets.csv").write_text(HEAD + rows(60) + "T-60,soon,Odd,open,High,40\n")
    made = Book(Settings(workspace=tmp_path), clock=lambda: NOW)
    yield made
    if "lake" in vars(made):
        made.lake.close()


CSV = Draft(kind="files", name="our_tickets", values={"url": "../exports/tickets.csv"})


def mapped(book: Book, draft: Draft) -> Draft:
    """The draft with the mapping that is proposed for it."""
    look = book.drafts().look(draft)
    return replace(draft, table=look.table, lines=look.lines)


def chosen(look: Any) -> dict[str, str]:
    return {line.column: line.text for line in look.lines if line.how}


def change(lines: Any, column: str, **changes: Any) -> list[Line]:
    return [replace(line, **changes) if line.column == column else line for line in lines]


def everything_below(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


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


ADDRESS = {"url": "postgresql+psycopg://desk:{}@127.0.0.1:1/desk", "table": "tickets"}
LINES = [Line(column=one, how="field", text=one) for one in ("id", "created_at")]
DATABASE = Draft(kind="sql", name="helpdesk", table="tickets", lines=LINES)


def in_address() -> Draft:
    return replace(DATABASE, values=ADDRESS | {"url": ADDRESS["url"].format("s3cr3t%2Fw%40rd")})


def in_field() -> Draft:
    return replace(DATABASE, values=ADDRESS | {"url": ADDRESS["url"].replace(":{}", ""), "password": SECRET})


@pytest.mark.parametrize("draft", [in_address(), in_field()], ids=["in the address", "in its field"])
def test_a_password_goes_to_a_variable_and_into_no_file(
    book: Book, tmp_path: Path, draft: Draft, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    with pytest.raises(SourceError) as raised:
        book.drafts().look(draft)
    assert raised.value.field == "url" and "127.0.0.1" in str(raised.value)
    kept = book.drafts().save(draft)
    assert (kept.keyring, kept.to_set) == ((), ("HELPDESK_PASSWORD",))
    held = (tmp_path / "catalogs" / "sources.yaml").read_text()
    assert held.count("{env(HELPDESK_PASSWORD)}") == 1
    for said in (str(raised.value), repr(draft), repr(kept), caplog.text):
        assert "s3cr3t" not in said
    assert b"s3cr3t" not in everything_below(tmp_path)


def test_a_sync_says_which_variable_is_missing_and_never_what_it_holds(
    book: Book, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(0)
    book.drafts().save(in_field())
    assert "HELPDESK_PASSWORD" in str(book.drafts().sync("helpdesk")["error"])
    monkeypatch.setenv("HELPDESK_PASSWORD", "s3cr3t%2Fw%40rd")
    assert book.drafts().sync("helpdesk")["status"] == "failed"
    assert "s3cr3t" not in caplog.text + str(book.sources().to_dict())
    assert b"s3cr3t" not in everything_below(tmp_path)


PARTS = Form(
    title="Parts",
    reads="Nothing.",
    fields=(
        Field(name="url", label="Address"),
        Field(name="pin", label="Pin", kind="secret", part_of="url"),
        Field(name="key", label="Key", kind="secret"),
    ),
)


def test_a_secret_that_belongs_into_an_address_is_encoded_there_and_one_of_its_own_is_not(tmp_path: Path) -> None:
    made = describe(PARTS, {"url": "db://ann@host/desk", "pin": "p@ss", "key": "k@y"})
    assert made.secrets == {"pin": "p%40ss", "key": "k@y"} and made.in_address
    assert resolved(made, tmp_path) == {"url": "db://ann:p%40ss@host/desk", "key": "k@y"}
    assert made.written({"pin": "{env(A)}", "key": "{env(B)}"}) == {
        "url": "db://ann:{env(A)}@host/desk",
        "key": "{env(B)}",
    }
    assert not describe(PARTS, {"url": "db://host", "key": "k"}).in_address


def test_a_password_of_nobody_is_refused() -> None:
    with pytest.raises(ConfigError, match="names no user") as raised:
        describe(PARTS, {"url": "db://host/desk", "pin": "x"})
    assert raised.value.field == "pin"


@pytest.fixture
def ring() -> Iterator[dict[tuple[str, str], str]]:
    """A keyring that lives as long as the test."""
    import keyring
    from keyring.backend import KeyringBackend

    held: dict[tuple[str, str], str] = {}

    class Ring(KeyringBackend):
        priority = 9  # type: ignore[assignment]

        def get_password(self, service: str, username: str) -> str | None:
            return held.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            held[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            del held[service, username]

    before = keyring.get_keyring()
    keyring.set_keyring(Ring())
    yield held
    keyring.set_keyring(before)


def test_with_a_keyring_the_password_is_kept_there_and_read_from_there(
    book: Book, tmp_path: Path, ring: dict[tuple[str, str], str]
) -> None:
    kept = book.drafts().save(in_address())
    assert (kept.keyring, kept.to_set, kept.encoded) == (("helpdesk_password",), (), True)
    assert ring == {("deskbook", "helpdesk_password"): "s3cr3t%2Fw%40rd"}
    assert book.catalog.entry("helpdesk").options["url"] == ADDRESS["url"].format("s3cr3t%2Fw%40rd")
    assert b"s3cr3t" not in everything_below(tmp_path)
    with pytest.raises(ConfigError, match=r"'helpdesk' is taken\. Free is: helpdesk_2"):
        book.drafts().save(in_field())
    assert len(ring) == 1


def test_a_secret_of_something_else_is_not_overwritten_and_one_for_nothing_is_taken_out_again(
    book: Book, tmp_path: Path, ring: dict[tuple[str, str], str]
) -> None:
    ring["deskbook", "helpdesk_password"] = "of something else"
    (tmp_path / "catalogs" / "sources.yaml").write_text("version: 2\nentries: [")
    with pytest.raises(ConfigError, match="no sound YAML"):
        book.drafts().save(in_field())
    assert ring == {("deskbook", "helpdesk_password"): "of something else"}
    assert book.drafts().save(replace(in_field(), file="more")).keyring == ("helpdesk_password_2",)


def test_a_reference_that_was_typed_stays_one(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_CSV", str(tmp_path / "exports" / "tickets.csv"))
    draft = mapped(book, replace(CSV, values={"url": "{env(DESK_CSV)}"}))
    assert book.drafts().save(draft).to_set == ()
    assert "url: '{env(DESK_CSV)}'" in (tmp_path / "catalogs" / "sources.yaml").read_text()


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

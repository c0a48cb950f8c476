"""Secrets that are typed into a form: into a keyring or a variable by name, in an address encoded, in no file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from deskbook.book import Book
from deskbook.book.described import describe, resolved
from deskbook.book.drafts import Draft
from deskbook.errors import ConfigError, SourceError
from deskbook.sources.editing import Line
from deskbook.sources.forms import Field, Form

from .conftest import CSV, SECRET, everything_below, mapped

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
